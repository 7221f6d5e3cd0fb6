"""Small truths of the tandem page and its neighbours: a goal's bar, a long name, a new note, what undo says."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot
from window_fixtures import OpenWindow, Stage, click

from app.domain.programmes import Criterion, Rule
from app.domain.tandems import TandemState
from app.services import goals, people
from app.store import tandems
from ui.desk import Place
from ui.pages.pairing import PairingPage
from ui.pages.tandem import TandemPage
from ui.pages.tandems import TandemsPage
from ui.parts.meters import LevelBar
from ui.parts.step_words import step_text


@pytest.fixture
def stage(open_demo: OpenWindow) -> Stage:
    return open_demo("en")


def shown(stage: Stage) -> TandemPage:
    assert stage.desk.programme is not None
    found = tandems.of_programme(stage.desk.vault, stage.desk.programme)
    stage.desk.go(Place("tandem", next(one.id for one in found if one.state is TandemState.ACTIVE)))
    page = stage.page
    assert isinstance(page, TandemPage)
    return page


def gained(bar: LevelBar) -> float:
    """The coloured part."""
    (_, (left, right)), = (one for one in bar.shares() if one[0] == "accent")
    return right - left


def test_what_was_there_at_the_start_is_not_counted_as_gained(stage: Stage) -> None:
    page = shown(stage)
    assert page.record is not None
    identity = stage.desk.do(goals.add, page.record, baseline=2, target=4)
    item = page.goals.items[identity]
    assert item.share.text() == "0%"
    assert gained(item.bar) == 0
    assert "start 2, now 2 of 4, target 4" in item.bar.accessibleName()
    stage.desk.do(goals.edit, identity, now=3)
    assert (item.share.text(), gained(item.bar)) == ("50%", 0.25)
    stage.desk.do(goals.edit, identity, now=1)
    assert (item.share.text(), gained(item.bar)) == ("0%", 0)


def test_a_long_name_leaves_the_role_whole(stage: Stage) -> None:
    page = shown(stage)
    assert page.shown is not None
    mentor, family = page.shown.tandem.mentor.person, "Freifrau von und zu Hohenlohe-Schillingsfürst"
    stage.desk.do(people.edit, mentor, given_name="Maximiliane-Alexandra Theodora", family_name=family)
    block = page.head_card.blocks[0]
    assert block.name.text().endswith("Schillingsfürst")
    assert block.role.width() >= block.role.sizeHint().width()


def test_a_new_note_is_seen_whole_and_not_just_its_title(stage: Stage, qtbot: QtBot) -> None:
    page = shown(stage)
    click(page.private.add_button)
    editor, view = page.private.editor, page.area.viewport()

    def whole() -> bool:
        top = editor.mapTo(view, QPoint(0, 0)).y()
        return top >= 0 and top + editor.height() <= view.height()

    qtbot.waitUntil(whole)
    assert editor.title.hasFocus()


def test_undo_says_what_was_set_at_the_pairing_desk(stage: Stage, qtbot: QtBot) -> None:
    page = stage.go("pairing")
    assert isinstance(page, PairingPage)
    qtbot.waitUntil(lambda: page.outcome is not None and not page.work.busy)
    page.weights_button.setChecked(True)
    page.weights.slider(Criterion.SKILLS).setValue(3)
    page.flush()
    assert step_text(stage.desk.vault.steps.done[-1].label) == "weights changed"
    assert page.outcome is not None
    page.ease(frozenset({Rule.SAME_TEAM}))
    assert step_text(stage.desk.vault.steps.done[-1].label) == "rules changed"


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_list_of_tandems_needs_no_sideways_scrolling_with_large_text(open_demo: OpenWindow, language: str) -> None:
    page = open_demo(language, text_size=150).go("tandems")
    assert isinstance(page, TandemsPage)
    assert page.table.horizontalScrollBar().maximum() == 0
