"""What somebody hears who does not see the window: where the keyboard went, and what changed elsewhere."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from window_fixtures import OpenWindow, type_text

from ui import tasks
from ui.desk import Place
from ui.pages.pairing import PairingPage
from ui.pages.people import PeoplePage
from ui.parts.named_box import NamedBox
from ui.parts.spoken import SpokenLabel
from ui.shell.palette import Palette


def focus() -> QWidget:
    now = QApplication.focusWidget()
    assert now is not None
    return now


def test_a_page_opened_by_its_key_takes_the_keyboard_and_tab_goes_on_in_it(open_demo: OpenWindow) -> None:
    stage = open_demo("en")
    stage.workplace.rail.buttons["overview"].setFocus()
    for key in ("Ctrl+2", "Ctrl+9", "Ctrl+3"):
        stage.key(key)
        assert focus() in (stage.page, stage.page.start_at()), key
        QTest.keyClick(focus(), Qt.Key.Key_Tab)
        assert stage.page.isAncestorOf(focus()), key


def test_who_comes_back_to_a_page_is_where_they_were_and_hears_its_name(
    open_demo: OpenWindow, heard: list[str]
) -> None:
    stage = open_demo("en")
    stage.key("Ctrl+2")
    page = stage.page
    assert isinstance(page, PeoplePage)
    page.list.table.setFocus()
    stage.key("Ctrl+9")
    heard.clear()
    stage.key("Ctrl+2")
    assert focus() is page.list.table
    assert heard == ["People"]


def test_f1_reads_the_help_and_goes_back(open_demo: OpenWindow) -> None:
    stage = open_demo("en")
    here = stage.workplace.rail.buttons["people"]
    here.setFocus()
    for leave in ("F1", "Escape"):
        stage.key("F1")
        assert focus() is stage.workplace.help.text
        QTest.keyClick(focus(), getattr(Qt.Key, f"Key_{leave}"))
        assert not stage.workplace.help.isVisible()
        assert focus() is here, leave


def test_tab_leaves_the_help(open_demo: OpenWindow) -> None:
    stage = open_demo("en")
    stage.key("F1")
    QTest.keyClick(focus(), Qt.Key.Key_Tab)
    assert focus() is not stage.workplace.help.text


def test_a_search_says_how_many_are_left(open_demo: OpenWindow, heard: list[str]) -> None:
    stage = open_demo("en")
    stage.key("Ctrl+2")
    page = stage.page
    assert isinstance(page, PeoplePage)
    stage.qtbot.waitUntil(lambda: page.list.model.rowCount() > 0)
    page.list.search.setFocus()
    type_text(page.list.search, "zzz")
    stage.qtbot.waitUntil(lambda: "Nothing found" in heard)
    QTest.keyClick(page.list.search, Qt.Key.Key_Escape)
    n = page.list.model.total()
    stage.qtbot.waitUntil(lambda: f"{n} found" in heard)


def test_the_palette_says_what_enter_would_open(open_demo: OpenWindow, heard: list[str]) -> None:
    stage = open_demo("en")
    palette = Palette(stage.window, stage.desk, stage.workplace.pages)
    palette.show()
    QTest.keyClick(palette.line, Qt.Key.Key_Down)
    assert heard[-1] == palette.found.item(1).text()
    type_text(palette.line, "setti")
    stage.qtbot.waitUntil(lambda: heard[-1].startswith("Settings"))
    type_text(palette.line, "zzz")
    stage.qtbot.waitUntil(lambda: heard[-1] == "Nothing found")
    palette.close()
    palette.deleteLater()


def test_the_palette_leaves_the_keyboard_on_the_page_it_opened(open_demo: OpenWindow) -> None:
    stage = open_demo("en")
    stage.workplace.rail.buttons["people"].setFocus()
    palette = Palette(stage.window, stage.desk, stage.workplace.pages)
    palette.show()
    stage.qtbot.waitUntil(palette.isActiveWindow)
    type_text(palette.line, "setti")
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert stage.page.key == "settings"
    assert stage.window.focusWidget() is stage.page


def test_a_preview_reads_the_page_in_view(open_demo: OpenWindow) -> None:
    stage = open_demo("en")
    stage.desk.go(Place("documents"))
    view = stage.page.pdf.view  # type: ignore[attr-defined]
    stage.qtbot.waitUntil(lambda: not tasks.running() and stage.page.pdf.page_count > 0)  # type: ignore[attr-defined]
    assert view.accessibleDescription() == ""
    view.setFocus()
    assert view.accessibleDescription().startswith("Page 1 of")
    assert len(view.accessibleDescription().split()) > 20


@pytest.mark.parametrize("named_first", [True, False])
def test_a_combo_box_is_called_by_its_name_and_not_by_what_is_chosen(qtbot: QtBot, named_first: bool) -> None:
    holder, box = QWidget(), NamedBox()
    qtbot.addWidget(holder)
    box.addItems(["one", "two"])
    if named_first:
        box.setAccessibleName("Number")
    QVBoxLayout(holder).addWidget(box)
    if not named_first:
        box.setAccessibleName("Number")
    told = QAccessible.queryAccessibleInterface(box)
    assert told is not None
    names = [label.text(QAccessible.Text.Name) for label, _ in told.relations(QAccessible.RelationFlag.Label)]
    assert names == ["Number"]
    assert all(label.isHidden() for label in holder.findChildren(QLabel))


def test_a_line_is_said_when_it_changes_or_shows_again_and_not_when_it_empties(
    qtbot: QtBot, heard: list[str]
) -> None:
    label = SpokenLabel()
    qtbot.addWidget(label)
    label.setText("there from the first")
    label.show()
    qtbot.waitUntil(label.isVisible)
    heard.clear()
    label.setText("new")
    qtbot.waitUntil(lambda: heard == ["new"])
    label.setText("")
    label.setText("new")
    qtbot.waitUntil(lambda: heard == ["new", "new"])
    label.hide()
    label.show()
    qtbot.waitUntil(lambda: heard == ["new", "new", "new"])


def test_keeping_a_pair_is_heard(open_demo: OpenWindow, heard: list[str]) -> None:
    stage = open_demo("en")
    stage.desk.go(Place("pairing"))
    page = stage.page
    assert isinstance(page, PairingPage)
    stage.qtbot.waitUntil(lambda: page.outcome is not None and page.board.proposals.model().rowCount() > 0)
    page.board.proposals.setFocus()
    for said in ("This pair is kept in every plan.", "This pair is no longer kept."):
        page.board.proposals.setCurrentIndex(page.board.proposals.model().index(0, 0))
        QTest.keyClick(page.board.proposals, Qt.Key.Key_L)
        assert said in heard
        stage.qtbot.waitUntil(lambda: not tasks.running())
