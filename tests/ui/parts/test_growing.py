from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.parts.growing import fit_height, fits, grown, keep_on_screen

ROOM = QRect(0, 0, 1366, 728)


@pytest.mark.parametrize(
    ("now", "wanted", "then"),
    [
        (QRect(400, 200, 500, 300), QSize(600, 400), QRect(349, 149, 600, 400)),  # about the same middle
        (QRect(400, 400, 500, 300), QSize(800, 640), QRect(249, 88, 800, 640)),  # not below the screen
        (QRect(0, 0, 300, 200), QSize(500, 400), QRect(0, 0, 500, 400)),  # not beyond the corner
        (QRect(100, 100, 300, 200), QSize(2000, 2000), ROOM),  # no larger than the screen
    ],
)
def test_a_window_grows_about_its_middle_and_stays_on_the_screen(now: QRect, wanted: QSize, then: QRect) -> None:
    assert grown(now, wanted, ROOM) == then


def test_a_window_that_would_hang_over_the_screen_does_not_fit() -> None:
    assert fits(QSize(1280, 640), ROOM)
    assert not fits(QSize(1280, 800), ROOM)
    assert not fits(QSize(1280, 800), QRect(0, 0, 1280, 1024))
    assert fits(QSize(1280, 800), QRect(0, 0, 1440, 900))


def test_a_window_is_as_high_as_what_it_holds(qtbot: QtBot) -> None:
    window, words = QWidget(), QLabel("A sentence that needs several lines where it has little room. " * 3)
    qtbot.addWidget(window)
    words.setWordWrap(True)
    column = QVBoxLayout(window)
    column.addWidget(words)
    window.resize(300, 900)
    window.show()
    fit_height(window)
    assert (window.width(), window.height()) == (300, column.totalHeightForWidth(300))
    words.setText("Short.")
    high = window.height()
    fit_height(window)
    assert window.height() < high


def test_a_dialog_is_no_larger_than_the_screen(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    room = window.screen().availableGeometry()
    window.resize(room.width() * 2, 300)
    keep_on_screen(window)
    assert (window.width(), window.height()) == (room.width(), 300)
    window.resize(200, room.height() * 2)
    keep_on_screen(window)
    assert window.width() == 200
    assert window.height() < room.height()
