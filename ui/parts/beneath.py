"""Paints the second, smaller line under the name in a row."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QPainter

from ui import theme

SCALE = 0.82


class Beneath:
    """Made anew with each theme: it keeps font, measures and colour."""

    def __init__(self) -> None:
        self._font = theme.font(SCALE)
        self._metrics = QFontMetrics(self._font)
        self._name = QFontMetrics(theme.font())
        self._ink = theme.colour("muted")

    def paint(self, painter: QPainter, text: str, left: int, middle: int, room: int) -> int:
        """Paints the line, its font left set, and gives by how much the name moves up from the row's ``middle``."""
        both = self._name.height() + self._metrics.height()
        baseline = middle - both // 2 + self._name.height() + self._metrics.ascent()
        painter.setFont(self._font)
        painter.setPen(self._ink)
        plain = text.replace("\n", " ")
        painter.drawText(left, baseline, self._metrics.elidedText(plain, Qt.TextElideMode.ElideRight, room))
        return self._metrics.height() // 2
