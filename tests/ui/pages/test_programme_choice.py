"""The programme is chosen on every page that shows one; and where the keyboard is when a page is come to."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from window_fixtures import OpenWindow, Stage

from app.domain.ids import ProgrammeId
from app.services import programmes
from app.store.vault import create_vault
from ui.desk import Place
from ui.pages.overview import OverviewPage
from ui.pages.pairing import PairingPage
from ui.pages.programme import ProgrammePage
from ui.pages.tandems import TandemsPage
from ui.shell.demo import DEMO_PASSPHRASE

SHOWING = ("overview", "pairing", "tandems", "programme")


@pytest.fixture
def stage(open_demo: OpenWindow) -> Stage:
    return open_demo("en")


def choice_of(stage: Stage, key: str) -> OverviewPage | PairingPage | TandemsPage | ProgrammePage:
    page = stage.go(key)
    assert isinstance(page, OverviewPage | PairingPage | TandemsPage | ProgrammePage)
    return page


def second(stage: Stage) -> ProgrammeId:
    made = replace(programmes.blank(), title="The round after")
    stage.desk.do(programmes.add, made)
    return made.id


def test_one_programme_leaves_nothing_to_choose(stage: Stage) -> None:
    for key in SHOWING:
        choice = choice_of(stage, key).choice
        assert choice.isVisible() == (key == "programme")
        assert not choice.isEnabled()


@pytest.mark.parametrize("key", SHOWING)
def test_the_choice_on_a_page_is_that_of_the_whole_window(stage: Stage, key: str) -> None:
    first, other = stage.desk.programme, second(stage)
    assert first is not None
    stage.desk.choose_programme(first)
    page = choice_of(stage, key)
    assert page.choice.isVisible()
    assert page.choice.value() == first
    page.choice.input.setFocus()
    QTest.keyClick(page.choice.input, Qt.Key.Key_Down if page.choice.input.currentIndex() == 0 else Qt.Key.Key_Up)
    page.choice.input.activated.emit(page.choice.input.currentIndex())
    assert stage.desk.programme == other
    for each in SHOWING:
        assert choice_of(stage, each).choice.value() == other


def test_a_programme_removed_and_brought_back_is_offered_again(stage: Stage) -> None:
    other = second(stage)
    page = choice_of(stage, "tandems")
    assert page.choice.isVisible()
    stage.desk.do(programmes.remove, other)
    assert not page.choice.isVisible()
    stage.desk.undo()
    assert page.choice.isVisible()
    assert [page.choice.input.itemText(place) for place in range(page.choice.input.count())].count("The round after")


def test_no_page_is_come_to_at_what_removes_something(stage: Stage) -> None:
    overview = choice_of(stage, "overview")
    assert isinstance(overview, OverviewPage)
    overview.next_button.setFocus()
    stage.desk.go(Place("programme"))
    page = stage.page
    assert isinstance(page, ProgrammePage)
    assert QApplication.focusWidget() is page.tabs.tabBar()


def test_the_first_overview_is_at_its_main_button(open_window: OpenWindow, tmp_path: Path) -> None:
    path = tmp_path / "Empty.tandembuch"
    create_vault(path, DEMO_PASSPHRASE).close()
    stage = open_window(chosen=path, language="en")
    stage.unlock(DEMO_PASSPHRASE)
    page = stage.page
    assert isinstance(page, OverviewPage)
    assert page.start_at() is not None
    assert QApplication.focusWidget() is page.start_at()
    stage.desk.go(Place("pairing"))
    pairing = stage.page
    assert isinstance(pairing, PairingPage)
    assert QApplication.focusWidget() is pairing.empty.button
