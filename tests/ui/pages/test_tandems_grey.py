"""What is grey on the list of tandems and in its menus says why."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu
from window_fixtures import OpenWindow, Stage

from app import i18n
from app.domain.tandems import TandemState
from app.services import tandems
from ui.pages.tandems import TandemsPage
from ui.parts.permits import add_action


@pytest.fixture(params=("en", "de"))
def stage(open_demo: OpenWindow, request: pytest.FixtureRequest) -> Stage:
    return open_demo(request.param)


@pytest.fixture
def page(stage: Stage) -> TandemsPage:
    page = stage.go("tandems")
    assert isinstance(page, TandemsPage)
    return page


def grey(menu: QMenu) -> list[QAction]:
    return [one for one in menu.actions() if not one.isSeparator() and not one.isEnabled()]


def test_every_grey_button_says_why_and_is_silent_once_it_can_be_pressed(page: TandemsPage) -> None:
    acting = (page.open_button, page.record_button, page.state_button, page.dissolve_button, page.remove_button)
    page.table.clearSelection()
    for button in acting:
        assert not button.isEnabled()
        assert button.toolTip() == button.accessibleDescription() == i18n.tr("Select tandems first")
    page.table.choose(page.model.record(0).id)
    page.table.selectAll()
    for button in acting:
        assert button.isEnabled() == (not button.accessibleDescription()) == (not button.toolTip())
    assert page.open_button.accessibleDescription()
    assert page.state_button.accessibleDescription()


def test_grey_entries_of_the_menus_say_why(stage: Stage, page: TandemsPage) -> None:
    running = next(one for one in page.model.records() if one.tandem.state is TandemState.ACTIVE)
    page.table.choose(running.id)
    shut = grey(page._records_into(QMenu(page)))
    assert [one.toolTip() for one in shut] == [i18n.tr("all recorded")] * 2
    assert all(one.text().endswith(f"\t{one.toolTip()}") for one in shut)
    stage.desk.do(tandems.consent, running.tandem.mentor.id, None)
    page.table.choose(running.id)
    assert [one.toolTip() for one in grey(page._states_into(QMenu(page)))] == [i18n.tr("consents are missing")]


def test_an_entry_that_can_be_taken_says_no_reason() -> None:
    menu = QMenu()
    assert (add_action(menu, "Go").text(), add_action(menu, "Go").isEnabled()) == ("Go", True)
