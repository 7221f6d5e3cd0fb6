"""The rim of a table: round corners, a border, the ring of the focus."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import QTableView, QWidget

from ui import theme
from ui.parts.painted import picture


class Edge(QWidget):
    """Lies over the table and gives it round corners, a border and the ring of the focus."""

    def __init__(self, table: QTableView, ground: str) -> None:
        super().__init__(table)
        self._table = table
        self._ground = ground
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)

    def lay_over(self) -> None:
        """Covers the table's rim only, so that a repainted row does not repaint the whole rim."""
        whole, rim = self._table.rect(), theme.px(10) + 2
        self.setGeometry(whole)
        middle = QRegion(whole.adjusted(2, rim, -2, -rim)) + QRegion(whole.adjusted(rim, 2, -rim, -2))
        self.setMask(QRegion(whole) - middle)

    def paintEvent(self, _event: QPaintEvent) -> None:
        focused = self._table.hasFocus()
        thick, rim = 2 if focused else 1, theme.px(10) + 2
        scale = self.devicePixelRatio()
        whole = picture(
            ("edge", self._ground, thick), QSizeF(2 * rim, 2 * rim), scale, lambda p, r: self._paint_edge(p, r, thick)
        )
        painter = QPainter(self)
        wide, tall, side = self.width(), self.height(), whole.width() // 2
        for x, left in ((0, 0), (wide - rim, side)):
            for y, top in ((0, 0), (tall - rim, side)):
                painter.drawPixmap(QRect(x, y, rim, rim), whole, QRect(left, top, side, side))
        line = theme.colour("accent" if focused else "border")
        for x, y, w, h in (
            (rim, 0, wide - 2 * rim, thick),
            (rim, tall - thick, wide - 2 * rim, thick),
            (0, rim, thick, tall - 2 * rim),
            (wide - thick, rim, thick, tall - 2 * rim),
        ):
            painter.fillRect(x, y, w, h, line)
        painter.end()

    def _paint_edge(self, painter: QPainter, rect: QRectF, thick: int) -> None:
        inner = rect.adjusted(thick / 2, thick / 2, -thick / 2, -thick / 2)
        radius = theme.px(10)
        outside, inside = QPainterPath(), QPainterPath()
        outside.addRect(rect)
        inside.addRoundedRect(inner, radius, radius)
        painter.fillPath(outside.subtracted(inside), theme.colour(self._ground))
        painter.setPen(QPen(theme.colour("accent" if thick == 2 else "border"), thick))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(inner, radius, radius)
