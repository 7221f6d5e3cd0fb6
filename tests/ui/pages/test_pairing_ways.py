"""From the pairing page to the page of a person: by a row's menu, by keys, and back by the rail."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pairing_scene import opened
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app import i18n
from app.places import places
from app.services import demo
from app.settings import Settings
from app.store.vault import Vault
from ui import theme
from ui.desk import Desk, Place
from ui.pages.pairing import PairingPage
from ui.parts.pairing_board import LEFT_TAB, TANDEMS_TAB
from ui.parts.pairing_switch import MAP
from ui.parts.pairing_ways import keys_text

ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def page(vault: Vault, home: Path, qapp: QApplication, qtbot: QtBot) -> Iterator[PairingPage]:
    i18n.set_language("en")
    theme.apply(qapp, "light")
    desk = Desk(vault, places(home), Settings(language="en"))
    desk.do(demo.fill, date.today())
    made = opened(desk, qtbot)
    with qtbot.waitExposed(made):
        made.activateWindow()
    yield made
    made.work.stop()


def pressed(qtbot: QtBot, page: PairingPage, view: QWidget, keys: Qt.KeyboardModifier) -> Place:
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    with qtbot.waitSignal(page.desk.went) as went:
        QTest.keyClick(view, Qt.Key.Key_Return, keys)
    place = went.args[0]
    assert isinstance(place, Place)
    return place


def entries(page: PairingPage) -> list[QAction]:
    assert page.ways.menu is not None
    return page.ways.menu.actions()


def test_a_proposal_leads_to_both_of_its_people(qtbot: QtBot, page: PairingPage) -> None:
    row = page.board.proposals.rows()[0]
    page.board.proposals.choose(row.pair)
    assert pressed(qtbot, page, page.board.proposals, ALT) == Place("people", row.mentor.id)
    assert pressed(qtbot, page, page.board.proposals, ALT | SHIFT) == Place("people", row.mentee.id)
    assert "Alt+" in page.board.proposals.accessibleDescription()


def test_the_menu_of_a_row_is_of_the_row_below_it(qtbot: QtBot, page: PairingPage) -> None:
    view = page.board.proposals
    assert len(view.rows()) > 1
    row = view.rows()[1]
    at: QPoint = view.visualRect(view.model().index(1, 0)).center()
    view.customContextMenuRequested.emit(at)
    found = entries(page)
    assert [one.text().split("\t")[0] for one in found] == [
        f"Show {row.mentor.full_name} in People", f"Show {row.mentee.full_name} in People"
    ]  # fmt: skip
    with qtbot.waitSignal(page.desk.went) as went:
        found[1].trigger()
    assert went.args == [Place("people", row.mentee.id)]
    assert page.ways.menu is not None
    page.ways.menu.close()
    qtbot.waitUntil(lambda: page.ways.menu is None)


def test_who_is_in_the_lists_beside_the_plan_is_shown_too(qtbot: QtBot, page: PairingPage) -> None:
    for view in (page.board.mentors, page.board.mentees):
        person = view.rows()[0].person
        view.choose(view.rows()[0].id)
        for keys in (ALT, ALT | SHIFT):
            assert pressed(qtbot, page, view, keys) == Place("people", person.id)


def test_who_is_left_over_and_the_open_tandems_lead_to_their_people(qtbot: QtBot, page: PairingPage) -> None:
    page.board.tabs.setCurrentIndex(TANDEMS_TAB)
    tandem = page.board.tandem_model.record(0)
    page.board.tandems.selectRow(0)
    assert pressed(qtbot, page, page.board.tandems, ALT | SHIFT) == Place("people", tandem.mentee.id)
    page.board.tabs.setCurrentIndex(LEFT_TAB)
    left = page.board.remaining_model.record(0)
    page.board.remaining.selectRow(0)
    nothing = Qt.KeyboardModifier.NoModifier
    for keys in (ALT, nothing):  # Enter as in the list of people
        assert pressed(qtbot, page, page.board.remaining, keys) == Place("people", left.person.id)
    page.board.remaining.menu_wanted.emit([left], page.mapToGlobal(QPoint(9, 9)))
    assert [one.text().split("\t")[0] for one in entries(page)] == ["Show in People"]


def test_a_cell_of_the_map_leads_to_both(qtbot: QtBot, page: PairingPage) -> None:
    page.show_view(MAP)
    heat = page.map_view.map
    assert page.outcome is not None
    pair = heat.pair()
    assert pair is not None
    mentor, mentee = (page.outcome.basis.person(one) for one in pair)
    assert pressed(qtbot, page, heat, ALT) == Place("people", mentor.id)
    assert pressed(qtbot, page, heat, ALT | SHIFT) == Place("people", mentee.id)


def test_keys_are_named_in_german_too() -> None:
    i18n.set_language("de")
    assert keys_text("Alt+Shift+Return") == "Alt+Umschalt+Eingabe"
    i18n.set_language("en")
    assert keys_text("Alt+Shift+Return") == "Alt+Shift+Return"
