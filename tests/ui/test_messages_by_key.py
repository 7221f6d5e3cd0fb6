"""A message at the window's foot is reached and left by key, and pairs are made and told without a mouse."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from window_fixtures import OpenWindow, Stage

from app.errors import Fault
from ui import tasks
from ui.desk import Place
from ui.pages.pairing import PairingPage
from ui.pages.people import PeoplePage
from ui.parts.banner import Banner
from ui.parts.pairing_switch import COMPARED


def focus() -> QWidget:
    now = QApplication.focusWidget()
    assert now is not None
    return now


@pytest.fixture
def people(open_demo: OpenWindow) -> tuple[Stage, PeoplePage]:
    stage = open_demo("en")
    stage.desk.go(Place("people"))
    page = stage.page
    assert isinstance(page, PeoplePage)
    stage.qtbot.waitUntil(lambda: page.list.model.rowCount() > 0)
    page.list.table.setFocus()
    return stage, page


def test_f6_goes_to_undo_and_back(people: tuple[Stage, PeoplePage], heard: list[str]) -> None:
    stage, page = people
    stage.key("F6")
    assert heard[-1] == "There is no message."
    stage.desk.say("One was removed", undo=True)
    stage.key("F6")
    toast = stage.workplace.toast
    assert focus() is toast.undo_button
    assert toast.undo_button.accessibleDescription() == "One was removed"
    stage.key("F6")
    assert focus() is page.list.table
    assert toast.isVisible()


def test_tab_goes_on_from_the_page_to_the_message(people: tuple[Stage, PeoplePage], tmp_path: Path) -> None:
    stage, _ = people
    stage.desk.say("Saved", file=tmp_path / "list.pdf")
    toast = stage.workplace.toast
    first = stage.workplace.rail.buttons["overview"]
    first.setFocus()
    passed = []
    for _ in range(3):
        QTest.keyClick(focus(), Qt.Key.Key_Backtab)
        passed.append(focus())
    assert passed[:2] == [toast.close_button, toast.folder_button]
    assert stage.page.isAncestorOf(passed[2])
    for _ in range(3):
        QTest.keyClick(focus(), Qt.Key.Key_Tab)
    assert focus() is first


@pytest.mark.parametrize("way", ["close", "undo", "escape"])
def test_who_leaves_the_message_is_where_they_were(people: tuple[Stage, PeoplePage], way: str) -> None:
    stage, page = people
    stage.desk.say("One was removed", undo=True)
    stage.key("F6")
    toast = stage.workplace.toast
    if way == "close":
        toast.close_button.setFocus()
    QTest.keyClick(focus(), Qt.Key.Key_Escape if way == "escape" else Qt.Key.Key_Return)
    assert way == "undo" or not toast.isVisible()
    assert focus() is page.list.table


def test_f6_goes_to_what_went_wrong(people: tuple[Stage, PeoplePage]) -> None:
    stage, page = people
    stage.desk.say_fault(Fault("record.gone"))
    stage.qtbot.waitUntil(lambda: any(one.isVisible() for one in stage.workplace.findChildren(Banner)))
    stage.key("F6")
    assert focus().accessibleName() == "Close this message"
    QTest.keyClick(focus(), Qt.Key.Key_Return)
    assert focus() is page.list.table


# Pairing


@pytest.fixture
def pairing(open_demo: OpenWindow) -> tuple[Stage, PairingPage]:
    stage = open_demo("en", start=Place("pairing"))
    assert isinstance(stage.page, PairingPage)
    settled(stage.qtbot, stage.page)
    return stage, stage.page


def settled(qtbot: QtBot, page: PairingPage) -> None:
    qtbot.waitUntil(lambda: page.outcome is not None and not page.work.busy and not tasks.running())


def test_two_chosen_by_hand_are_told_and_keys_work_on_the_row_that_is_heard(
    pairing: tuple[Stage, PairingPage], heard: list[str]
) -> None:
    stage, page = pairing
    board = page.board
    board.mentors.setFocus()
    QTest.keyClick(board.mentors, Qt.Key.Key_Down)
    board.mentees.setFocus()
    QTest.keyClick(board.mentees, Qt.Key.Key_Down)
    assert board.proposals.current() is None
    assert heard[-1].startswith(page.panel.heading.text())
    assert page.panel.total.text() in heard[-1]
    board.proposals.setFocus()
    row = board.proposals.rows()[board.proposals.currentIndex().row()]
    QTest.keyClick(board.proposals, Qt.Key.Key_L)
    settled(stage.qtbot, page)
    assert next(one for one in board.proposals.rows() if one.pair == row.pair).locked
    assert "(L)" in board.proposals.accessibleDescription()


def test_the_points_are_told_where_the_keyboard_is_on_them(pairing: tuple[Stage, PairingPage]) -> None:
    _, page = pairing
    page.board.proposals.choose(page.board.proposals.rows()[0].pair)
    told = page.panel._area.accessibleDescription()
    assert "Skills: " in told
    assert len(told.split("; ")) == len(page.board.proposals.rows()[0].reasons)


def test_compared_plans_are_told_once(pairing: tuple[Stage, PairingPage], heard: list[str]) -> None:
    stage, page = pairing
    page.show_view(COMPARED)
    stage.qtbot.waitUntil(lambda: bool(page.compare_view.said.text()))
    settled(stage.qtbot, page)
    told = [one for one in heard if page.compare_view.said.text() in one]
    assert len(told) == 1
    assert page.compare_view.one.figures.text() in told[0]
    described = page.compare_view.other.field.input.accessibleDescription()
    assert page.compare_view.other.figures.text() in described
