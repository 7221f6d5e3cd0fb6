"""The people still to be paired: a list that can be chosen from by keyboard and dragged onto the other side."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QDragMoveEvent, QDropEvent, QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.domain.ids import EnrolmentId
from app.domain.people import Person
from ui import icons, theme
from ui.parts.avatar import SIZE, avatar_picture, initials
from ui.parts.spoken import CurrentTold

MIME = "application/x-tandembuch-enrolment"
Place = QModelIndex | QPersistentModelIndex
RECORD = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True, slots=True, kw_only=True)
class Free:
    """Somebody with room for a partner. ``line`` is what stands below the name; ``proposed``: in a proposed pair."""

    id: EnrolmentId
    person: Person
    line: str
    proposed: bool
    said: str  # for screen readers: name, line and whether proposed
    teaches: bool = False  # whether the line tells how many places there are


class _Model(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Free] = []

    def rowCount(self, parent: Place = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Place, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == int(Qt.ItemDataRole.DisplayRole):
            return row.person.list_name
        if role in (int(Qt.ItemDataRole.AccessibleTextRole), int(Qt.ItemDataRole.ToolTipRole)):
            return row.said
        return row if role == RECORD else None

    def flags(self, index: Place) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemIsDropEnabled

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: object) -> QMimeData:
        mime = QMimeData()
        assert isinstance(indexes, list)
        if indexes:
            mime.setData(MIME, str(self.rows[indexes[0].row()].id).encode())
        return mime


class FreeList(QListView):
    """One side. ``chosen`` gives an enrolment or None; ``met`` comes when somebody of the other side was dropped."""

    chosen = Signal(object)
    met = Signal(object, object)  # who was dragged, upon whom: enrolments

    def __init__(self, name: str, knows: Callable[[EnrolmentId], bool]) -> None:
        """``knows``: whether a dragged enrolment belongs to the other side."""
        super().__init__()
        self._knows_other = knows
        self._model = _Model()
        self.setModel(self._model)
        self.setItemDelegate(_Rows(self))
        self.setAccessibleName(name)
        CurrentTold(self)
        self.setUniformItemSizes(True)
        self.setStyleSheet(f"QListView {{ padding: {theme.px(3)}px; }}")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.LinkAction)
        self.setDropIndicatorShown(True)
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen.emit(self.current()))

    def show_rows(self, rows: list[Free]) -> None:
        """Shows another list; who was chosen stays chosen while there. Of the same people only who differs is drawn."""
        if [row.id for row in rows] == [row.id for row in self._model.rows]:
            for place, (old, new) in enumerate(zip(self._model.rows, rows, strict=True)):
                if old is not new and old != new:
                    self._model.rows[place] = new
                    self.update(self._model.index(place))  # dataChanged would lay out and draw the whole list
            return
        before = self.current()
        at = self.verticalScrollBar().value()
        blocked = self.selectionModel().blockSignals(True)
        self._model.beginResetModel()
        self._model.rows = list(rows)
        self._model.endResetModel()
        self.selectionModel().blockSignals(blocked)
        if before is not None and not self.choose(before):
            self.chosen.emit(None)
        self.verticalScrollBar().setValue(at)

    def rows(self) -> list[Free]:
        return list(self._model.rows)

    def current(self) -> EnrolmentId | None:
        """Who is chosen."""
        indexes = self.selectedIndexes()
        return self._model.rows[indexes[0].row()].id if indexes else None

    def choose(self, wanted: EnrolmentId | None) -> bool:
        """Chooses somebody (None for nobody); False where they are not in the list."""
        if wanted is None:
            self.clearSelection()
            return True
        for place, row in enumerate(self._model.rows):
            if row.id == wanted:
                self.setCurrentIndex(self._model.index(place))
                return True
        return False

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        over = self.indexAt(event.position().toPoint()).isValid()
        if over and self._dragged(event.mimeData()) is not None:
            event.setDropAction(Qt.DropAction.LinkAction)
            event.accept()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        dragged = self._dragged(event.mimeData())
        if index.isValid() and dragged is not None:
            event.setDropAction(Qt.DropAction.LinkAction)
            event.accept()
            self.met.emit(dragged, self._model.rows[index.row()].id)

    def _dragged(self, mime: QMimeData) -> EnrolmentId | None:
        if not mime.hasFormat(MIME):
            return None
        dragged = EnrolmentId(int(mime.data(MIME).data()))
        return dragged if self._knows_other(dragged) else None


class _Rows(QStyledItemDelegate):
    """Avatar, name, a muted line; a small sign at the right for who is in a proposed pair."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Place) -> QSize:
        return QSize(theme.px(120), theme.px(52))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Place) -> None:
        row: Free = index.data(RECORD)
        rect: QRect = option.rect
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.fillRect(rect, theme.colour("accent_soft" if chosen else "hover" if hovered else "surface"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, theme.colour("border"))
        if chosen or option.state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(rect.x(), rect.y(), theme.px(3), rect.height() - 1, theme.colour("accent"))
        side = theme.px(SIZE)
        left, middle = rect.x() + theme.px(10), rect.y() + rect.height() // 2
        letters = initials(row.person.family_name, row.person.given_name)
        drawn = avatar_picture(letters, row.person.id, side, painter.device().devicePixelRatio(), chosen=chosen)
        painter.drawPixmap(left, middle - side // 2, drawn)
        left += side + theme.px(8)
        right = rect.right() - theme.px(8)
        if row.proposed:
            size = theme.px(14)
            right -= size
            icons.paint(painter, QRect(right, middle - size // 2, size, size).toRectF(), "shuffle", "violet")
            right -= theme.px(4)
        for text, token, scale, top in (
            (row.person.list_name, "text", 1.0, rect.y() + theme.px(7)),
            (row.line, "muted", 0.92, rect.y() + theme.px(26)),
        ):
            font = theme.font(scale)
            painter.setFont(font)
            painter.setPen(theme.colour(token))
            fitted = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, right - left)
            box = QRect(left, top, right - left, theme.px(19))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), fitted)
        painter.restore()
