"""The names at the left and above the heat map: they stay in sight while it scrolls, and thin out where rows are low.

Where there is no room for every name, every second, third, … one stands there, and always whoever is looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

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
    rows: tuple[int, ...]  # those looked at, the one that matters most first
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
        line = max(self.step[1], theme.px(LINE))
        for row, top in lines(len(people), self.step[1], line, self.rows):
            box = QRectF(0, top, room.width() - theme.px(8), line)
            self._name(painter, box, people[row].name, strong=row in self.rows, right=True)

    def _column_names(self, people: tuple[Head, ...], painter: QPainter, room: QRectF) -> None:
        painter.fillRect(room, theme.colour("surface"))
        line = theme.px(LINE)
        for column, left in lines(len(people), self.step[0], line, (self.column,)):
            painter.save()
            painter.translate(left + line, room.height())
            painter.rotate(-90)
            box = QRectF(theme.px(6), -line, room.height() - theme.px(6), line)
            self._name(painter, box, people[column].name, strong=column == self.column, right=False)
            painter.restore()

    def _name(self, painter: QPainter, box: QRectF, name: str, *, strong: bool, right: bool) -> None:
        font = theme.font(0.92, theme.SEMIBOLD if strong else theme.REGULAR)
        painter.setFont(font)
        painter.setPen(theme.colour("text" if strong else "muted"))
        fitted = QFontMetrics(font).elidedText(name, Qt.TextElideMode.ElideRight, int(box.width()))
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(box, int(side | Qt.AlignmentFlag.AlignVCenter), fitted)


def lines(count: int, step: float, line: float, strong: Sequence[int] = ()) -> list[tuple[int, float]]:
    """Whose names there is room for, with where the ``line`` of each begins; no two of them overlap.

    ``strong``: who is named in any case, the first before the others. Of the rest as many as fit between these, from
    the first on; the lines at both ends are moved inwards.
    """
    last = max(count * step - line, 0)
    begins = [min(max((one + 0.5) * step - line / 2, 0), last) for one in range(count)]
    shown: list[tuple[int, float]] = []
    for one in strong:
        if one < count and all(abs(begins[one] - begin) >= line for _, begin in shown):
            shown.append((one, begins[one]))
    named = [begin for _, begin in shown]
    free = 0.0
    for one, begin in enumerate(begins):
        if begin >= free:
            free = begin + line
            if all(abs(begin - other) >= line for other in named):
                shown.append((one, begin))
    return shown
