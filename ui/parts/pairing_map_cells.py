"""The cells of the heat map; alike ones are one picture, since drawing thousands anew takes longer than a frame."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QPoint, QRect, QRectF, QSizeF
from PySide6.QtGui import QPainter, QPixmap

from ui import theme
from ui.parts.painted import Pictures
from ui.parts.pairing_cells import Mark, paint_cell, tens
from ui.parts.pairing_map_sheet import Cell, MapSheet

_CELLS = Pictures(1500)
Look = tuple[int, Mark, bool, bool]


def paint_cells(
    painter: QPainter,
    seen: QRect,
    sheet: MapSheet,
    marks: Mapping[Cell, Mark],
    corner: QPoint,
    step: tuple[float, float],
) -> None:
    """Paints the cells that lie in ``seen``; the first one begins at ``corner``."""
    (wide, tall), left, top = step, corner.x(), corner.y()
    rows = range(max(0, int((seen.top() - top) / tall)), len(sheet.mentors))
    columns = range(max(0, int((seen.left() - left) / wide)), len(sheet.mentees))
    size, scale = QSizeF(wide, tall), painter.device().devicePixelRatio()
    blocked, warned = sheet.blocked, sheet.warned
    drawn: dict[Look, QPixmap] = {}
    for row in rows:
        if top + row * tall > seen.bottom():
            break
        for column in columns:
            if left + column * wide > seen.right():
                break
            cell = row, column
            shut = cell in blocked
            look = (0 if shut else tens(sheet.scores[row][column]), marks.get(cell, Mark.NONE), shut, cell in warned)
            made = drawn.get(look)
            if made is None:
                made = drawn[look] = _CELLS.picture(("cell", *look), size, scale, partial(_cell, look))
            painter.drawPixmap(int(left + column * wide), int(top + row * tall), made)


def _cell(look: Look, painter: QPainter, room: QRectF) -> None:
    score, mark, blocked, warned = look
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setFont(theme.font(0.86, tabular=True))
    paint_cell(painter, room, score, mark, blocked=blocked, warned=warned)
