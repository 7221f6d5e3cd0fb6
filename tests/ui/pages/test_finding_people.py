"""Ctrl+F on every page: a search field, somebody on the pairing page, or the way to anything."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from window_fixtures import OpenWindow, Stage

from app.domain.programmes import Role
from app.errors import Fault
from app.services import people, plans, programmes
from app.store.vault import create_vault
from ui.desk import Place
from ui.pages.pairing import PairingPage
from ui.parts import pairing_work, veil
from ui.parts.pairing_board import LEFT_TAB, PROPOSED_TAB, TANDEMS_TAB
from ui.parts.pairing_switch import MAP, PLAN
from ui.parts.search import SearchField
from ui.shell.demo import DEMO_PASSPHRASE
from ui.shell.palette import Palette


def desk_of(stage: Stage) -> PairingPage:
    page = stage.go("pairing")
    assert isinstance(page, PairingPage)
    stage.qtbot.waitUntil(lambda: page.outcome is not None)
    return page


def ctrl_f(stage: Stage) -> None:
    QTest.keyClick(stage.window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)


@pytest.mark.parametrize("key", ["overview", "pairing", "documents", "security", "settings", "people", "notes"])
def test_ctrl_f_does_something_on_every_page(open_demo: OpenWindow, key: str) -> None:
    stage = open_demo("en")
    page = stage.go(key)
    ctrl_f(stage)
    palettes = stage.window.findChildren(Palette)
    if fields := [one for one in page.findChildren(SearchField) if one.isVisible()]:
        assert [one.hasFocus() for one in fields] == [True]
        assert not palettes
        return
    (palette,) = palettes
    assert palette.isVisible()
    assert palette.windowTitle() == ("Find somebody on this page" if key == "pairing" else "Go to")
    palette.reject()


@pytest.mark.parametrize("key", ["people", "programme", "tandems", "notes"])
def test_ctrl_f_goes_to_anything_where_the_search_field_is_not_shown(
    open_window: OpenWindow, tmp_path: Path, key: str
) -> None:
    path = tmp_path / "empty.tandembuch"
    create_vault(path, DEMO_PASSPHRASE).close()
    stage = open_window(chosen=path)
    stage.unlock(DEMO_PASSPHRASE)
    stage.go(key)
    ctrl_f(stage)
    (palette,) = stage.window.findChildren(Palette)
    assert palette.windowTitle() == "Go to"
    palette.reject()


def test_ctrl_f_does_not_search_behind_the_veil(open_demo: OpenWindow) -> None:
    stage = open_demo("en")
    stage.go("notes")
    veil.draw(True)
    try:
        ctrl_f(stage)
        (palette,) = stage.window.findChildren(Palette)
        assert palette.isVisible()
        palette.reject()
    finally:
        veil.draw(False)


def test_somebody_is_found_where_they_are_on_the_pairing_page(open_demo: OpenWindow) -> None:
    stage = open_demo("en")
    page = desk_of(stage)
    outcome, board = page.outcome, page.board
    assert outcome is not None
    proposed = outcome.basis.person(outcome.plan.pairs[-1].ids[1])
    page.show_view(MAP)
    ctrl_f(stage)
    (palette,) = stage.window.findChildren(Palette)
    stage.qtbot.waitUntil(lambda: palette.found.count() > 0)
    QTest.keyClicks(palette.line, proposed.personnel_number)
    assert palette.found.count() == 1
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert page.switch.view() == PLAN
    current = board.proposals.current()
    assert current is not None
    assert current.pair == outcome.plan.pairs[-1].ids
    assert board.proposals.hasFocus()
    left = board.remaining_model.records()[-1]
    stage.desk.go(Place("pairing", left.person.id))
    assert board.tabs.currentIndex() == LEFT_TAB
    assert board.remaining.current_record() == left
    both = {row.mentor.id for row in board.tandem_model.records()}
    both -= {outcome.basis.person(one).id for pair in outcome.plan.pairs for one in pair.ids}
    stage.desk.go(Place("pairing", min(both)))
    assert board.tabs.currentIndex() == TANDEMS_TAB
    chosen = board.tandems.current_record()
    assert chosen is not None
    assert min(both) == chosen.mentor.id
    assert PROPOSED_TAB == 0


def test_nobody_is_wanted_any_more_once_no_plan_could_be_made(open_demo: OpenWindow) -> None:
    stage = open_demo("en")
    page = desk_of(stage)
    outcome = page.outcome
    assert outcome is not None
    page.show_view(MAP)
    page.finder.want(outcome.basis.person(outcome.plan.pairs[0].ids[0]).id, None)
    page.work.failed.emit(Fault("record.gone"))
    page.work.solved.emit(outcome)  # later, for another reason
    assert page.switch.view() == MAP


def test_who_is_wanted_before_the_plan_is_there_is_shown_with_it(open_demo: OpenWindow) -> None:
    stage = open_demo("en")
    assert stage.desk.programme is not None
    basis = plans.read_basis(stage.desk.vault, stage.desk.programme)
    wanted = basis.person(plans.opened(basis).plan.pairs[1].ids[1]).id
    stage.desk.go(Place("pairing", wanted))
    page = stage.page
    assert isinstance(page, PairingPage)

    def shown() -> bool:
        row = page.board.proposals.current()
        return row is not None and wanted in (row.mentor.id, row.mentee.id)

    stage.qtbot.waitUntil(shown)


def test_who_came_since_the_last_plan_is_shown_with_the_next(
    open_demo: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pairing_work, "AT_ONCE", 0)  # as where there are many: solved off the main thread
    stage = open_demo("en")
    page, programme = desk_of(stage), stage.desk.programme
    assert programme is not None
    stage.go("overview")
    wanted = stage.desk.do(people.add, replace(people.blank(), family_name="Neuling"))
    stage.desk.do(programmes.enrol, programme, [wanted], Role.MENTEE)
    stage.desk.go(Place("pairing", wanted))

    def shown() -> bool:
        row, left = page.board.proposals.current(), page.board.remaining.current_record()
        in_pair = row is not None and wanted in (row.mentor.id, row.mentee.id)
        return in_pair or (left is not None and left.person.id == wanted)

    stage.qtbot.waitUntil(lambda: not page.work.busy)
    assert shown()
