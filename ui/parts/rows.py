"""Paints the rows of a table: all kinds of cells, the selection's bar, the line between two rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter, QPixmap, QStaticText, QTransform
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
from ui.parts.beneath import Beneath
from ui.parts.column_widths import PADDING
from ui.parts.meters import meter_picture
from ui.parts.pills import pill_picture
from ui.parts.records import Column, RecordModel

BAR = 3
MOST_TEXTS = 4000
NOTHING = QModelIndex()

Cell = tuple[int, int, int]  # a column, where it begins and how wide it is, in pixels


class RowDelegate(QStyledItemDelegate):
    """One delegate for every column of a ``RecordModel``. Reads the model's records itself: no trip through data()."""

    def __init__(self, view: QTableView, model: RecordModel[Any]) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self.hovered = -1
        self._elided: dict[tuple[str, int], str | QStaticText] = {}
        self._scale = 1.0
        self.refresh()

    def refresh(self) -> None:
        """Takes the theme's colours, font and measures; a new theme calls it."""
        self._font = theme.font()
        self._metrics = QFontMetrics(self._font)
        self._baseline = (self._metrics.ascent() - self._metrics.descent()) // 2
        self._padding, self._bar, self._avatar = theme.px(PADDING), theme.px(BAR), theme.px(SIZE)
        self._ink = {token: theme.colour(token) for token in ("text", "muted", "accent")}
        self._beneath = Beneath()
        self._line, self._ground = theme.colour("border"), theme.colour("surface")
        self._chosen, self._hover = theme.colour("accent_soft"), theme.colour("hover")
        self._elided.clear()
        self._pills: dict[tuple[str, str, int, float, bool], QPixmap] = {}
        self._avatars: dict[tuple[str, int, int, float, bool], QPixmap] = {}
        self._meters: dict[tuple[int, int, float, bool], QPixmap] = {}

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(theme.px(60), theme.row_height())

    def paint_rows(self, painter: QPainter, rows: range, top: int, height: int, cells: Sequence[Cell]) -> None:
        """Paints whole rows, the first from ``top`` on: one call for all, where Qt would make one for each cell.

        ``cells`` are the visible ones of a row from left to right.
        """
        self._scale = painter.device().devicePixelRatio()
        columns, record_of = self._model.columns, self._model.record
        selection, header = self._view.selectionModel(), self._view.horizontalHeader()
        left, wide = cells[0][1], sum(cell[2] for cell in cells)
        foremost = header.visualIndex(cells[0][0]) == 0
        painter.setFont(self._font)
        for place, row in enumerate(rows):
            y = top + place * height
            chosen = selection.isRowSelected(row, NOTHING)
            if chosen or row == self.hovered:
                painter.fillRect(left, y, wide, height - 1, self._chosen if chosen else self._hover)
            painter.fillRect(left, y + height - 1, wide, 1, self._line)
            if chosen and foremost:
                painter.fillRect(left, y, self._bar, height - 1, self._ink["accent"])
            record = record_of(row)
            for column, x, width in cells:
                self._paint_cell(painter, QRect(x, y, width, height), columns[column], record, chosen=chosen)

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
        self._scale = painter.device().devicePixelRatio()
        painter.setFont(self._font)
        self._paint_cell(painter, rect, column, self._model.record(row), chosen=chosen)

    def _paint_cell(
        self, painter: QPainter, rect: QRect, column: Column[Any], record: Any, *, chosen: bool
    ) -> None:
        x, y, width, height = rect.x(), rect.y(), rect.width(), rect.height()
        left, middle = x + self._padding, y + (height - 1) // 2
        room = width - self._padding - self._padding // 2
        scale, kind = self._scale, column.kind
        if kind == "pill":
            shown = column.text(record)
            room = width - self._padding - 2
            if shown and room > self._padding:
                tone = column.tone(record) if column.tone else "muted"
                drawn = self._pill(shown, tone, room, scale, chosen)
                painter.drawPixmap(QPoint(left, middle - round(drawn.height() / scale / 2)), drawn)
            return
        if kind == "meter" and column.level is not None:
            drawn = self._meter(column.level(record), column.highest, scale, chosen)
            painter.drawPixmap(QPoint(left, middle - round(drawn.height() / scale / 2)), drawn)
            return
        shown = column.text(record)
        if kind == "person":
            key = column.avatar(record) if column.avatar else hash(shown)
            side = min(self._avatar, height - 4)
            painter.drawPixmap(QPoint(left, middle - side // 2), self._face(shown, key, side, scale, chosen))
            shift = side + self._padding - 2
            left, room = left + shift, room - shift
            beneath = column.beneath(record) if column.beneath is not None else ""
            if beneath:
                middle -= self._beneath.paint(painter, beneath, left, middle, room)
                painter.setFont(self._font)
        painter.setPen(self._ink["muted" if column.muted else "text"])
        self._paint_text(painter, shown, left, middle, room, right=column.align == "right")

    def _pill(self, text: str, tone: str, room: int, scale: float, chosen: bool) -> QPixmap:
        key = (text, tone, room, scale, chosen)
        if key not in self._pills:
            self._pills[key] = pill_picture(text, tone, room, scale, chosen=chosen)
        return self._pills[key]

    def _face(self, shown: str, key: int, side: int, scale: float, chosen: bool) -> QPixmap:
        known = (shown, key, side, scale, chosen)
        found = self._avatars.get(known)
        if found is None:
            if len(self._avatars) > MOST_TEXTS:
                self._avatars.clear()
            found = avatar_picture(initials_of(shown), key, side, scale, chosen=chosen)
            self._avatars[known] = found
        return found

    def _meter(self, level: int, highest: int, scale: float, chosen: bool) -> QPixmap:
        known = (level, highest, scale, chosen)
        if known not in self._meters:
            self._meters[known] = meter_picture(level, highest, scale, chosen=chosen)
        return self._meters[known]

    def _paint_text(self, painter: QPainter, text: str, left: int, middle: int, room: int, *, right: bool) -> None:
        if not text:
            return
        fitted = self._fitted(text, room)
        if isinstance(fitted, str):
            if right:
                left += room - self._metrics.horizontalAdvance(fitted)
            painter.drawText(left, middle + self._baseline + 1, fitted)
        else:
            if right:
                left += room - round(fitted.size().width())
            painter.drawStaticText(left, middle + self._baseline + 1 - self._metrics.ascent(), fitted)

    def _fitted(self, text: str, room: int) -> str | QStaticText:
        """The text as it fits into the room; from the second time on with its letters laid out already."""
        key = (text, room)
        found = self._elided.get(key)
        if found is None:
            if len(self._elided) > MOST_TEXTS:
                self._elided.clear()
            found = self._metrics.elidedText(text.replace("\n", " "), Qt.TextElideMode.ElideRight, room)
            self._elided[key] = found
        elif isinstance(found, str):
            laid = QStaticText(found)
            laid.setTextFormat(Qt.TextFormat.PlainText)
            laid.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
            laid.prepare(QTransform(), self._font)
            found = self._elided[key] = laid
        return found

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """Shows the whole text of a cell that had to be elided, and the line beneath it."""
        if event.type() is not QEvent.Type.ToolTip or not index.isValid():
            return super().helpEvent(event, view, option, index)
        column = self._model.columns[index.column()]
        text = column.said(self._model.record(index.row()))
        room = option.rect.width() - 2 * self._padding
        if column.kind == "person":
            room -= self._avatar + self._padding
        wide = self._metrics.horizontalAdvance(text) > room
        more = column.beneath(self._model.record(index.row())) if column.beneath is not None else ""
        lines = [one.replace("&", "&amp;").replace("<", "&lt;") for one in (text, more) if one]
        QToolTip.showText(event.globalPos(), f"<span>{'<br>'.join(lines)}</span>" if wide or more else "", view)
        return True
