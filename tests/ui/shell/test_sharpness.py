"""A screen of another scale that comes later."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_fixtures import OpenWindow

from ui import icons
from ui.desk import Place
from ui.shell.sharpness import Sharpness


def scale_of(icon: QIcon) -> float:
    """Of the picture that is drawn for it on a screen of one and a half."""
    size = QSize(18, 18)
    return icon.pixmap(size, 1.5, QIcon.Mode.Normal, QIcon.State.Off).width() / size.width()


def test_icons_are_drawn_anew_for_a_screen_of_another_scale(
    open_demo: OpenWindow, qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = open_demo()
    stage.go("tandems")
    before = stage.workplace
    Sharpness(stage.window)
    screen = qapp.primaryScreen()
    screen.geometryChanged.emit(QRect(0, 0, 800, 800))
    assert stage.workplace is before, "nothing is new"
    assert scale_of(icons.icon("users")) == 1.0
    monkeypatch.setattr(icons, "screen_scales", lambda: [1.0, 1.5])
    screen.geometryChanged.emit(QRect(0, 0, 800, 800))
    qapp.processEvents()
    assert stage.workplace is before, "somebody may be typing, or have a dialog open"
    assert scale_of(icons.icon("users")) == 1.5
    stage.desk.go(Place("people"))
    qtbot.waitUntil(lambda: stage.window.workplace is not before)
    assert stage.page.key == "people"
    icons.forget()
