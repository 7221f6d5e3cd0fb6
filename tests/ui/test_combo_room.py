"""A combo box keeps its text where it is when it is entered, clear of its arrow, at every text size."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QStyle, QStyleOptionComboBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui import theme
from ui.parts.named_box import NamedBox


def text_room(box: QComboBox) -> QRect:
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    field = QStyle.SubControl.SC_ComboBoxEditField
    return box.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, field, box)


@pytest.mark.parametrize("size", [100, 150, 200])
def test_the_text_does_not_move_when_the_box_is_entered(qtbot: QtBot, qapp: QApplication, size: int) -> None:
    theme.apply(qapp, "light", size)
    try:
        window, box, other = QWidget(), QComboBox(), QComboBox()
        qtbot.addWidget(window)
        lines = QVBoxLayout(window)
        for one in (other, box):
            one.addItems(["Reverse Mentoring 2026"])
            lines.addWidget(one)
        window.show()
        window.activateWindow()
        other.setFocus()
        qtbot.waitUntil(other.hasFocus)
        before = text_room(box)
        box.setFocus()
        qtbot.waitUntil(box.hasFocus)
        after = text_room(box)
        assert abs(after.left() - before.left()) <= 1
        assert abs(after.right() - before.right()) <= 1
    finally:
        theme.apply(qapp, "light", 100)


def test_words_without_room_end_in_dots_and_are_told_whole(qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply(qapp, "light", 200)
    try:
        box = NamedBox()
        qtbot.addWidget(box)
        box.addItems(["Reverse Mentoring 2026"])
        box.resize(box.sizeHint())
        box.show()
        box.grab()
        assert box.shown_text() == "Reverse Mentoring 2026"
        assert box.toolTip() == ""
        box.resize(300, box.height())
        box.grab()
        assert box.shown_text().endswith("…")
        assert box.fontMetrics().horizontalAdvance(box.shown_text()) <= box.text_room().width() + 2
        assert box.toolTip() == "Reverse Mentoring 2026"
        box.resize(box.sizeHint())
        box.grab()
        assert box.toolTip() == ""
        box.setToolTip("Why it can't be chosen")
        box.resize(300, box.height())
        box.grab()
        assert box.toolTip() == "Why it can't be chosen"
    finally:
        theme.apply(qapp, "light", 100)


def test_words_reach_as_far_as_the_arrow(qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply(qapp, "light", 100)
    box = NamedBox()
    qtbot.addWidget(box)
    box.addItems(["Reverse Mentoring 2026 (2)"])
    words = box.fontMetrics().horizontalAdvance(box.currentText())
    around = 1 + theme.px(10) + theme.px(4) + theme.px(28)  # border, padding, a little air, the arrow
    box.resize(words + around, box.sizeHint().height())
    assert box.shown_text() == box.currentText()


def test_two_programmes_that_differ_at_their_end_never_read_the_same(qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply(qapp, "light", 100)
    box = NamedBox()
    qtbot.addWidget(box)
    box.elide = Qt.TextElideMode.ElideMiddle
    box.addItems(["Mentoring for everybody who sells in 2026", "Mentoring for everybody who sells in 2027"])
    box.resize(220, box.sizeHint().height())
    first = box.shown_text()
    box.setCurrentIndex(1)
    assert "…" in first
    assert first != box.shown_text()


def test_the_open_list_is_as_wide_as_its_longest_entry(qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply(qapp, "light", 100)
    box = NamedBox()
    qtbot.addWidget(box)
    box.addItems(["Short", "Classic mentoring for everybody who sells and builds in 2026"])
    box.setFixedWidth(220)
    box.show()
    box.showPopup()
    try:
        longest = box.fontMetrics().horizontalAdvance(box.itemText(1))
        assert longest < box.view().width() <= box.screen().availableGeometry().width()
    finally:
        box.hidePopup()
