"""A combo box keeps its text where it is when it is entered, clear of its arrow, at every text size."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QComboBox, QStyle, QStyleOptionComboBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui import theme


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
