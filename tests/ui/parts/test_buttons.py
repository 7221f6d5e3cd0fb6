from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui import theme
from ui.parts import buttons


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_return_presses_a_button_as_space_does(qtbot: QtBot, qapp: QApplication, key: Qt.Key) -> None:
    theme.apply(qapp, "light")
    button = buttons.primary("Next")
    qtbot.addWidget(button)
    pressed: list[int] = []
    button.clicked.connect(lambda: pressed.append(1))
    QTest.keyClick(button, key)
    assert pressed == [1]


def test_return_held_down_presses_once(qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply(qapp, "light")
    button = buttons.secondary("Delete")
    qtbot.addWidget(button)
    pressed: list[int] = []
    button.clicked.connect(lambda: pressed.append(1))
    for again in (False, True, True):
        event = QKeyEvent(
            QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", again
        )
        QApplication.sendEvent(button, event)
        assert event.isAccepted()  # or a dialog would take it for its own default button
    assert pressed == [1]


@pytest.mark.parametrize(("make", "times"), [(buttons.primary, 1), (buttons.danger, 1), (buttons.quiet, 2)])
def test_a_double_click_counts_once_where_it_would_do_something_twice(
    qtbot: QtBot, qapp: QApplication, make: Callable[[str], buttons.Button], times: int
) -> None:
    theme.apply(qapp, "light")
    button = make("Add")
    qtbot.addWidget(button)
    pressed: list[int] = []
    button.clicked.connect(lambda: pressed.append(1))
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QTest.mouseDClick(button, Qt.MouseButton.LeftButton)  # what the system makes of the second press
    QTest.mouseRelease(button, Qt.MouseButton.LeftButton)
    assert len(pressed) == times
