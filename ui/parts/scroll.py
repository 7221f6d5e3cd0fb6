"""Scroll areas that a screen reader may ask for anything.

Qt chooses what it tells a screen reader about a widget by the names of its classes, the most derived first. What it
takes for a scroll area (Qt 6.12) counts its scroll bars only while they are seen and does not check which child it is
asked for: a request for the scroll bar of an area that was hidden a moment ago ends the program. Under the name of
QWidget it tells the same role and the same children, counts them always, and answers every request. The style sheet
sees the scroll area still, which is among the ancestors.
"""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QScrollArea
from PySide6.QtWidgets import QWidget as Plain

Area = TypeVar("Area", bound=QAbstractScrollArea)


def told_as_widget(area: type[Area]) -> type[Area]:
    """The same class, told to a screen reader as a plain widget."""
    return type("QWidget", (area,), {})


class Sheet(Plain):
    """What lies in a scroll area and holds wrapped text: as high as that is at the width there is, and no higher.

    A layout alone asks at least for the height of a narrower width, and emptiness would follow the last line.
    """

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), 0)


class QWidget(QScrollArea):
    """Scrolls up and down; what lies in it is as wide as it is."""

    def __init__(self, parent: Plain | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)


Scroll = QWidget


class _InMargin(Scroll):
    """Keeps the room of its scroll bar free where there is none: what lies in it has the same width always."""

    def __init__(self) -> None:
        super().__init__()
        self.verticalScrollBar().rangeChanged.connect(self._keep_room)
        self._keep_room(0, 0)

    def _keep_room(self, least: int, most: int) -> None:
        self.setViewportMargins(0, 0, 0 if most > least else self.verticalScrollBar().sizeHint().width(), 0)


MarginScroll = told_as_widget(_InMargin)
