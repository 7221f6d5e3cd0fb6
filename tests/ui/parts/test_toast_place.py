"""A toast covers nothing that could be clicked next, and goes with the pages it speaks of."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QComboBox, QLineEdit, QWidget
from shiboken6 import isValid
from window_fixtures import OpenWindow, Stage

from ui.desk import Place
from ui.shell.pages import PAGES

CONTROLS = (QAbstractButton, QComboBox, QLineEdit, QAbstractItemView)


def covered(stage: Stage) -> list[QWidget]:
    """The controls of the page and the rail that the toast lies over, as far as they are seen."""
    toast, window = stage.workplace.toast, stage.window
    ground = QRect(toast.mapTo(window, toast.rect().topLeft()), toast.size())
    found: list[QWidget] = []
    for one in stage.workplace.findChildren(QWidget):
        if isinstance(one, CONTROLS) and one.isVisible() and not toast.isAncestorOf(one):
            seen = one.visibleRegion().boundingRect()
            seen.moveTopLeft(one.mapTo(window, seen.topLeft()))
            if not seen.isEmpty() and seen.adjusted(0, 0, 0, -1).intersects(ground):
                found.append(one)
    return found


@pytest.mark.parametrize("size", [100, 150])
@pytest.mark.parametrize("key", [page.key for page in PAGES if page.in_rail])
def test_no_control_lies_under_it(open_demo: OpenWindow, key: str, size: int) -> None:
    stage = open_demo("de", text_size=size)
    stage.window.resize(1280, 800)
    stage.desk.go(Place(key))
    stage.desk.say("Dudek, Szymon wurde entfernt", undo=True)
    QApplication.processEvents()
    assert stage.workplace.toast.isVisible()
    assert stage.window.rect().contains(stage.workplace.toast.geometry())
    assert covered(stage) == []


def test_it_goes_with_its_pages(open_demo: OpenWindow) -> None:
    stage = open_demo()
    toast = stage.workplace.toast
    stage.desk.say("One was removed", undo=True)
    assert toast.parentWidget() is stage.window
    stage.window.look_anew()
    assert not isValid(toast)
