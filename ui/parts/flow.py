"""Lays widgets out like words of a text: in a line, and on into the next where the room ends."""

from __future__ import annotations

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from ui import theme


class FlowLayout(QLayout):
    """``spacing`` in pixels at 100 %, between neighbours and between lines; the last item takes what is left."""

    def __init__(self, parent: QWidget | None = None, spacing: int = 6, *, stretch_last: bool = False) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._heights: dict[int, int] = {}  # by width, until something changes: Qt asks again and again
        self._gap = theme.px(spacing)
        self._stretch_last = stretch_last
        self.setContentsMargins(QMargins())

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)
        self._heights = {}

    def insert_widget(self, place: int, widget: QWidget) -> None:
        self.addWidget(widget)
        self._items.insert(place, self._items.pop())
        self.invalidate()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        self._heights = {}
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self._lay(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    def invalidate(self) -> None:
        self._heights = {}
        super().invalidate()

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._lay(rect, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _lay(self, rect: QRect, *, move: bool) -> int:
        margins = self.contentsMargins()
        room = rect.marginsRemoved(margins)
        x, y, tall = room.x(), room.y(), 0
        line: list[tuple[QLayoutItem, int, QSize]] = []
        for place, item in enumerate(self._items):
            if item.isEmpty():  # hidden
                continue
            size = item.sizeHint()
            size.setWidth(max(min(size.width(), room.width()), item.minimumSize().width()))
            if x > room.x() and x + size.width() > room.right() + 1:
                self._set(line, y, tall, move=move)
                x, y, tall, line = room.x(), y + tall + self._gap, 0, []
            if self._stretch_last and place == len(self._items) - 1:
                size.setWidth(max(room.right() + 1 - x, size.width()))
            line.append((item, x, size))
            x += size.width() + self._gap
            tall = max(tall, size.height())
        self._set(line, y, tall, move=move)
        return y + tall - rect.y() + margins.bottom()

    def _set(self, line: list[tuple[QLayoutItem, int, QSize]], y: int, tall: int, *, move: bool) -> None:
        """Things of different height stand on one middle."""
        if move:
            for item, x, size in line:
                item.setGeometry(QRect(QPoint(x, y + (tall - size.height()) // 2), size))
