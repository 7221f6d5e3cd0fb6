"""Paints the rows of a table: all kinds of cells, the selection's bar, the line between two rows."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
)

from ui import theme
from ui.parts.avatar import SIZE, avatar_picture, initials_of
from ui.parts.meters import meter_picture
from ui.parts.pills import pill_picture
from ui.parts.records import Column, RecordModel

PADDING = 12
BAR = 3


class RowDelegate(QStyledItemDelegate):
    """One delegate for every column of a ``RecordModel``. Reads the model's records itself: no trip through data()."""

    def __init__(self, view: QTableView, model: RecordModel[Any]) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self.hovered = -1
        self._elided: dict[tuple[str, int], str] = {}
        self.refresh()

    def refresh(self) -> None:
        """Takes the theme's colours, font and measures; a new theme calls it."""
        self._font = theme.font()
        self._metrics = QFontMetrics(self._font)
        self._baseline = (self._metrics.ascent() - self._metrics.descent()) // 2
        self._padding, self._bar, self._avatar = theme.px(PADDING), theme.px(BAR), theme.px(SIZE)
        self._ink = {token: theme.colour(token) for token in ("text", "muted", "accent")}
        self._line, self._ground = theme.colour("border"), theme.colour("surface")
        self._chosen, self._hover = theme.colour("accent_soft"), theme.colour("hover")
        self._elided.clear()
        self._pills: dict[tuple[str, str, int, float], QPixmap] = {}

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(theme.px(60), theme.row_height())

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect: QRect = option.rect
        row = index.row()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        ground = self._chosen if chosen else self._hover if row == self.hovered else self._ground
        painter.fillRect(rect, ground)
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, self._line)
        if chosen and self._view.horizontalHeader().visualIndex(index.column()) == 0:
            painter.fillRect(rect.x(), rect.y(), self._bar, rect.height() - 1, self._ink["accent"])
        column = self._model.columns[index.column()]
        self._paint_cell(painter, rect, column, self._model.record(row))

    def _paint_cell(self, painter: QPainter, rect: QRect, column: Column[Any], record: Any) -> None:
        left, middle = rect.x() + self._padding, rect.y() + (rect.height() - 1) // 2
        room = rect.width() - self._padding - self._padding // 2
        scale = painter.device().devicePixelRatio()
        kind = column.kind
        if kind == "pill":
            shown = column.text(record)
            room = rect.width() - self._padding - 2
            if shown and room > self._padding:
                drawn = self._pill(shown, column.tone(record) if column.tone else "muted", room, scale)
                painter.drawPixmap(QPoint(left, middle - round(drawn.height() / scale / 2)), drawn)
            return
        if kind == "meter" and column.level is not None:
            drawn = meter_picture(column.level(record), column.highest, scale)
            painter.drawPixmap(QPoint(left, middle - round(drawn.height() / scale / 2)), drawn)
            return
        shown = column.text(record)
        if kind == "person":
            key = column.avatar(record) if column.avatar else hash(shown)
            side = min(self._avatar, rect.height() - 4)
            drawn = avatar_picture(initials_of(shown), key, side, scale)
            painter.drawPixmap(QPoint(left, middle - side // 2), drawn)
            shift = side + self._padding - 2
            left, room = left + shift, room - shift
        painter.setFont(self._font)
        painter.setPen(self._ink["muted" if column.muted else "text"])
        self._paint_text(painter, shown, left, middle, room, right=column.align == "right")

    def _pill(self, text: str, tone: str, room: int, scale: float) -> QPixmap:
        key = (text, tone, room, scale)
        if key not in self._pills:
            self._pills[key] = pill_picture(text, tone, room, scale)
        return self._pills[key]

    def _paint_text(self, painter: QPainter, text: str, left: int, middle: int, room: int, *, right: bool) -> None:
        fitted = self._fitted(text, room)
        if right:
            left += room - self._metrics.horizontalAdvance(fitted)
        painter.drawText(left, middle + self._baseline + 1, fitted)

    def _fitted(self, text: str, room: int) -> str:
        key = (text, room)
        found = self._elided.get(key)
        if found is None:
            if len(self._elided) > 20_000:
                self._elided.clear()
            found = self._metrics.elidedText(text.replace("\n", " "), Qt.TextElideMode.ElideRight, room)
            self._elided[key] = found
        return found

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """Shows the whole text of a cell that had to be elided."""
        if event.type() is not QEvent.Type.ToolTip or not index.isValid():
            return super().helpEvent(event, view, option, index)
        column = self._model.columns[index.column()]
        text = column.said(self._model.record(index.row()))
        room = option.rect.width() - 2 * self._padding
        if column.kind == "person":
            room -= self._avatar + self._padding
        wide = self._metrics.horizontalAdvance(text) > room
        plain = text.replace("&", "&amp;").replace("<", "&lt;")
        QToolTip.showText(event.globalPos(), f"<span>{plain}</span>" if wide else "", view)
        return True
