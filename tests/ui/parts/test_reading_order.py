"""Tab goes as a page is read, also through what was made anew, and brings what it reaches into view."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QGridLayout, QPushButton, QTabWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.parts import reading_order
from ui.parts.scroll import Scroll


class Desk(QWidget):
    """A window that Tab goes through as it is read."""

    def focusNextPrevChild(self, on: bool) -> bool:  # noqa: N802
        return reading_order.step(self, on)


def button(text: str) -> QPushButton:
    made = QPushButton(text)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return made


def shown(qtbot: QtBot, *things: QWidget) -> tuple[Desk, QVBoxLayout]:
    desk = Desk()
    column = QVBoxLayout(desk)
    for thing in things:
        column.addWidget(thing)
    qtbot.addWidget(desk)
    desk.show()
    desk.activateWindow()
    qtbot.waitUntil(desk.isActiveWindow)
    return desk, column


def passed(first: QPushButton, steps: int, key: Qt.Key = Qt.Key.Key_Tab) -> list[str]:
    first.setFocus()
    names = []
    for _ in range(steps):
        now = QApplication.focusWidget()
        assert isinstance(now, QPushButton)
        names.append(now.text())
        QTest.keyClick(now, key)
    return names


def test_what_is_made_later_is_reached_where_it_stands(qtbot: QtBot) -> None:
    first, last = button("first"), button("last")
    desk, column = shown(qtbot, first, last)
    between = button("between")
    column.insertWidget(1, between)
    qtbot.waitUntil(between.isVisible)
    assert passed(first, 4) == ["first", "between", "last", "first"]
    assert passed(first, 4, Qt.Key.Key_Backtab) == ["first", "last", "between", "first"]


def test_what_is_hidden_greyed_or_out_of_tab_is_passed_by(qtbot: QtBot) -> None:
    hidden, grey, silent = button("hidden"), button("grey"), button("silent")
    first, last = button("first"), button("last")
    desk, _ = shown(qtbot, first, hidden, grey, silent, last)
    hidden.hide()
    grey.setEnabled(False)
    silent.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    assert passed(first, 3) == ["first", "last", "first"]


def test_a_grid_is_read_row_by_row_and_tabs_before_what_they_show(qtbot: QtBot) -> None:
    grid, tabs, inner = QWidget(), QTabWidget(), button("inner")
    cells = QGridLayout(grid)
    for words, row, place in (("d", 1, 1), ("a", 0, 0), ("c", 1, 0), ("b", 0, 1)):
        cells.addWidget(button(words), row, place)
    tabs.addTab(inner, "tab")
    desk, _ = shown(qtbot, grid, tabs)
    first = next(one for one in desk.findChildren(QPushButton) if one.text() == "a")
    assert passed(first, 4) == ["a", "b", "c", "d"]
    assert QApplication.focusWidget() is tabs.tabBar()
    QTest.keyClick(tabs.tabBar(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is inner


def test_what_lies_outside_the_view_comes_into_it(qtbot: QtBot) -> None:
    area, inside, before = Scroll(), QWidget(), button("before")
    column = QVBoxLayout(inside)
    deep = [button(str(at)) for at in range(60)]
    for one in deep:
        column.addWidget(one)
    area.setWidget(inside)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    desk, _ = shown(qtbot, area, before)
    desk.resize(300, 200)
    area.verticalScrollBar().setValue(0)
    before.setFocus()
    QTest.keyClick(before, Qt.Key.Key_Backtab)
    assert deep[-1].hasFocus()
    assert not deep[-1].visibleRegion().isEmpty()


def test_a_widget_may_be_read_otherwise_than_it_is_laid_out(qtbot: QtBot) -> None:
    class Note(QWidget):
        def __init__(self) -> None:
            super().__init__()
            self.title, self.pin, self.text = button("title"), button("pin"), button("text")
            column = QVBoxLayout(self)
            for one in (self.title, self.pin, self.text):
                column.addWidget(one)

        def read_as(self) -> Sequence[QWidget]:
            return self.title, self.text, self.pin

    note = Note()
    desk, _ = shown(qtbot, note)
    assert passed(note.title, 3) == ["title", "text", "pin"]
