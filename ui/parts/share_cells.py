"""Cells with a small bar and its figure, and dates in a tone: what the list of tandems adds to the table's cells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter

from ui import theme
from ui.parts.records import Column
from ui.parts.rows import RowDelegate
from ui.parts.table import RecordTable

R = TypeVar("R")
BAR_WIDTH, BAR_HEIGHT = 36, 6


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareColumn(Column[R]):
    """A bar filled to ``share`` (0 to 1, None draws none) with the text at its right; ``tone`` colours the bar."""

    share: Callable[[R], float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToneColumn(Column[R]):
    """A text in the ink of its ``tone``, "text" and "muted" among them; the words say what the tone says."""


class ShareDelegate(RowDelegate):
    """Paints both kinds of column and leaves the others to the table's own delegate."""

    def _paint_cell(
        self, painter: QPainter, rect: QRect, column: Column[Any], record: Any, *, chosen: bool
    ) -> None:
        if isinstance(column, ShareColumn):
            self._paint_share(painter, rect, column, record)
        elif isinstance(column, ToneColumn):
            middle = rect.y() + (rect.height() - 1) // 2
            painter.setFont(self._font)
            painter.setPen(theme.colour(column.tone(record) if column.tone else "text"))
            room = rect.width() - self._padding - self._padding // 2
            self._paint_text(painter, column.text(record), rect.x() + self._padding, middle, room, right=False)
        else:
            super()._paint_cell(painter, rect, column, record, chosen=chosen)

    def _paint_share(self, painter: QPainter, rect: QRect, column: ShareColumn[Any], record: Any) -> None:
        share = column.share(record)
        left, middle = rect.x() + self._padding, rect.y() + (rect.height() - 1) // 2
        wide, thick = theme.px(BAR_WIDTH), theme.px(BAR_HEIGHT)
        if share is not None:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            groove = QRectF(left, middle - thick / 2 + 1, wide, thick)
            painter.setBrush(theme.colour("border"))
            painter.drawRoundedRect(groove, thick / 2, thick / 2)
            if share > 0:
                groove.setWidth(max(wide * min(share, 1.0), thick))
                painter.setBrush(theme.colour(column.tone(record) if column.tone else "accent"))
                painter.drawRoundedRect(groove, thick / 2, thick / 2)
            painter.restore()
        shift = wide + theme.px(8) if share is not None else 0
        painter.setFont(self._font)
        painter.setPen(self._ink["muted"])
        room = rect.width() - self._padding - shift - theme.px(2)
        self._paint_text(painter, column.text(record), left + shift, middle, room, right=False)


def use_share_cells(table: RecordTable[Any]) -> None:
    """Gives a table the delegate that knows these columns."""
    table.rows = ShareDelegate(table, table.records)
    table.setItemDelegate(table.rows)
