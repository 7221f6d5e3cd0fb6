"""The wheel with Ctrl changes the size of the heat map's cells: a step for each notch, and on a touchpad no more."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.ids import EnrolmentId
from ui.parts.pairing_map import HeatMap
from ui.parts.pairing_map_sheet import Head, MapSheet


@pytest.fixture
def heat(qtbot: QtBot) -> HeatMap:
    made = HeatMap()
    qtbot.addWidget(made)
    heads = tuple(Head(id=EnrolmentId(number), name=f"P{number}", full=f"P{number}") for number in range(1, 7))
    made.show_sheet(MapSheet(mentors=heads[:3], mentees=heads[3:], scores=((500,) * 3,) * 3))
    made.resize(made.minimumSizeHint())
    return made


def turn(heat: HeatMap, *deltas: int) -> int:
    """How many steps of size that made."""
    steps: list[object] = []
    heat.zoomed.connect(steps.append)
    for delta in deltas:
        event = QWheelEvent(
            QPointF(5, 5), QPointF(5, 5), QPoint(), QPoint(0, delta), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(heat, event)
    heat.zoomed.disconnect(steps.append)
    return len(steps)


def test_a_notch_is_a_step(heat: HeatMap) -> None:
    before = heat.cell_rect((0, 0)).width()
    assert turn(heat, 120) == 1
    assert heat.cell_rect((0, 0)).width() > before
    assert turn(heat, -120) == 1
    assert heat.cell_rect((0, 0)).width() == before


def test_small_pieces_make_a_step_once_they_are_a_notch(heat: HeatMap) -> None:
    before = heat.cell_rect((0, 0)).width()
    assert turn(heat, *[10] * 11) == 0
    assert turn(heat, 10) == 1
    assert turn(heat, *[-10] * 12) == 1
    assert heat.cell_rect((0, 0)).width() == before
    assert turn(heat, 0, 0) == 0
