"""The names at the left and above the heat map: they stay in sight while it scrolls, and thin out where rows are low.

Where there is no room for every name, every second, third, … one stands there, and always whoever is looked at.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from math import ceil

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from ui import theme
from ui.parts.painted import Pictures
from ui.parts.pairing_map_sheet import Head, MapSheet

_HEADS = Pictures(8)
LINE = 17  # pixels at 100 % that a name needs


@dataclass(frozen=True, slots=True, kw_only=True)
class Heads:
    """Where the names lie: ``corner`` of what is seen, ``room`` of both heads, ``step`` from cell to cell."""

    corner: QPoint
    room: QSize
    step: tuple[float, float]
    rows: frozenset[int]  # those looked at
    column: int

    def paint(self, painter: QPainter, sheet: MapSheet, whole: QSize) -> None:
        """``whole``: the size of the map."""
        corner, (wide, tall) = self.corner, self.step
        head_wide, head_tall = self.room.width(), self.room.height()
        ground = theme.colour("surface")
        painter.fillRect(QRect(corner.x(), corner.y(), whole.width(), head_tall), ground)
        painter.fillRect(QRect(corner.x(), corner.y(), head_wide, whole.height()), ground)
        scale = painter.device().devicePixelRatio()
        names = tuple(one.name for one in sheet.mentors), tuple(one.name for one in sheet.mentees)
        size = QSizeF(head_wide, max(len(names[0]) * tall, 1))
        key: tuple[object, ...] = ("rows", names[0], self.rows, tall)
        made = _HEADS.picture(key, size, scale, partial(self._row_names, sheet.mentors))
        painter.setClipRect(QRect(corner.x(), corner.y() + head_tall, head_wide, whole.height()))
        painter.drawPixmap(corner.x(), head_tall, made)
        size = QSizeF(max(len(names[1]) * wide, 1), head_tall)
        key = ("columns", names[1], self.column, wide)
        made = _HEADS.picture(key, size, scale, partial(self._column_names, sheet.mentees))
        painter.setClipRect(QRect(corner.x() + head_wide, corner.y(), whole.width(), head_tall))
        painter.drawPixmap(head_wide, corner.y(), made)
        painter.setClipping(False)

    def _row_names(self, people: tuple[Head, ...], painter: QPainter, room: QRectF) -> None:
        painter.fillRect(room, theme.colour("surface"))
        tall = self.step[1]
        for row in self._shown(len(people), tall, self.rows):
            middle, line = (row + 0.5) * tall, max(tall, theme.px(LINE))
            top = min(max(middle - line / 2, 0), max(room.height() - line, 0))
            box = QRectF(0, top, room.width() - theme.px(8), line)
            self._name(painter, box, people[row].name, strong=row in self.rows, right=True)

    def _column_names(self, people: tuple[Head, ...], painter: QPainter, room: QRectF) -> None:
        painter.fillRect(room, theme.colour("surface"))
        wide, line = self.step[0], theme.px(LINE)
        for column in self._shown(len(people), wide, (self.column,)):
            painter.save()
            left = min(max((column + 0.5) * wide - line / 2, 0), max(room.width() - line, 0))
            painter.translate(left + line, room.height())
            painter.rotate(-90)
            box = QRectF(theme.px(6), -line, room.height() - theme.px(6), line)
            self._name(painter, box, people[column].name, strong=column == self.column, right=False)
            painter.restore()

    def _shown(self, count: int, step: float, strong: Iterable[int]) -> list[int]:
        """Whose names there is room for: all, or every so many that are not in the way of those looked at."""
        every = ceil(theme.px(LINE) / step) if step < theme.px(LINE) else 1
        first = [one for one in strong if one < count]
        rest = range(0, count, every)
        return [one for one in rest if all(abs(one - other) >= every for other in first)] + first

    def _name(self, painter: QPainter, box: QRectF, name: str, *, strong: bool, right: bool) -> None:
        font = theme.font(0.92, theme.SEMIBOLD if strong else theme.REGULAR)
        painter.setFont(font)
        painter.setPen(theme.colour("text" if strong else "muted"))
        fitted = QFontMetrics(font).elidedText(name, Qt.TextElideMode.ElideRight, int(box.width()))
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(box, int(side | Qt.AlignmentFlag.AlignVCenter), fitted)
