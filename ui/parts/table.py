"""The table of the house: whole rows, sorting by a click, a chooser of columns, keys all the way."""

from __future__ import annotations

import json
from collections.abc import Hashable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QMenu, QTableView

from ui import theme
from ui.parts.column_widths import NARROWEST, Widths
from ui.parts.edge import Edge
from ui.parts.filling import Crowd
from ui.parts.ordering import stretches
from ui.parts.records import LONG, Column, RecordModel
from ui.parts.rows import Cell, RowDelegate
from ui.parts.spoken import CurrentTold
from ui.system.clipboard import clipboard

__all__ = ["Column", "RecordModel", "RecordTable", "RowDelegate"]

R = TypeVar("R")


class RecordTable(QTableView, Generic[R]):
    """Shows a ``RecordModel``. The selection belongs to records, so it outlives search, sort and a new reading."""

    chosen = Signal(object)  # the current record, or None
    opened = Signal(object)  # a record, by Enter or double click
    selection_changed = Signal()
    menu_wanted = Signal(object, QPoint)  # the selected records, where on the screen
    columns_changed = Signal()  # order, width, visibility or sorting: time to keep columns_state()

    def __init__(self, model: RecordModel[R], name: str, *, ground: str = "bg", many: bool = True) -> None:
        """``name`` is what a screen reader calls the table; ``ground`` the colour token behind its corners."""
        super().__init__()
        self.records = model
        self._chosen_ids: set[Hashable] = set()
        self._crowd: Crowd[R] | None = None  # instead of them, where very many are selected
        self._current_id: Hashable | None = None
        self._told: Hashable | None = None
        self._restoring = False
        self._own_widths = False
        self._widths = Widths(model)
        self.setAccessibleName(name)
        CurrentTold(self)
        self.setModel(model)
        self.rows = RowDelegate(self, model)
        self.setItemDelegate(self.rows)
        self._set_up(many)
        self._set_up_header()
        self._edge = Edge(self, ground)
        model.modelAboutToBeReset.connect(self._before_reset)
        model.modelReset.connect(self._after_reset)
        self.selectionModel().selectionChanged.connect(self._selected)
        self.selectionModel().currentRowChanged.connect(self._selected)
        self.doubleClicked.connect(self._double_clicked)
        theme.changed.connect(self._new_theme)

    def _set_up(self, many: bool) -> None:
        modes = QAbstractItemView.SelectionMode
        self.setSelectionMode(modes.ExtendedSelection if many else modes.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("QTableView, QTableView:focus { border: none; border-radius: 0; }")
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # no ground of the widgets behind it
        upright = self.verticalHeader()
        upright.hide()
        upright.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        upright.setMinimumSectionSize(1)
        upright.setDefaultSectionSize(theme.row_height())
        self.verticalScrollBar().setSingleStep(theme.row_height())

    def _set_up_header(self) -> None:
        header = self.horizontalHeader()
        header.setFont(theme.font(1.0, theme.MEDIUM))
        header.setHighlightSections(False)
        # Else it asks of every cell of each column whether it is selected: seconds, with all of a huge list selected.
        header.setSelectionModel(QItemSelectionModel(self.records, header))
        header.setSectionsMovable(True)
        header.setSectionsClickable(True)
        header.setMinimumSectionSize(theme.px(NARROWEST))
        header.setFixedHeight(theme.px(40))
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setStretchLastSection(True)
        header.setSortIndicatorClearable(False)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(
            lambda at: self.column_menu().popup(header.mapToGlobal(at))
        )
        for place, column in enumerate(self.records.columns):
            self.setColumnWidth(place, theme.px(column.width))
            self.setColumnHidden(place, column.hidden)
        self.setSortingEnabled(True)
        header.sectionResized.connect(self._resized_by_hand)
        header.sectionMoved.connect(lambda *_: self._columns_told())
        header.sortIndicatorChanged.connect(lambda *_: self._columns_told())

    # Records

    def current_record(self) -> R | None:
        """The record under the keyboard, if it is selected and visible."""
        at = self.currentIndex()
        if at.isValid() and self.selectionModel().isRowSelected(at.row(), QModelIndex()):
            return self.records.record(at.row())
        return None

    def selected_records(self) -> list[R]:
        """The selected visible records, in the order of the rows."""
        return self.records.records_at(self._selected_rows())

    def _selected_rows(self) -> Sequence[int]:
        selection = self.selectionModel().selection()  # "all" is one piece, whatever the number of rows
        pieces = [selection.at(number) for number in range(selection.count())]
        rows = [range(piece.top(), piece.bottom() + 1) for piece in pieces]
        return rows[0] if len(rows) == 1 else sorted(set().union(*rows))

    def choose(self, record_id: Hashable | None) -> bool:
        """Selects and shows one record; False where it is not visible. None clears the selection."""
        self._chosen_ids, self._crowd = set() if record_id is None else {record_id}, None
        self._current_id = record_id
        return self._select_kept()

    def _before_reset(self) -> None:
        self._restoring = True

    def _after_reset(self) -> None:
        self.rows.hovered = -1
        if self._widths.outdated():
            self.fit()
        self._select_kept()

    def _select_kept(self) -> bool:
        self._restoring = True
        rows = self._rows_kept()
        model = self.selectionModel()
        if rows or model.hasSelection() or model.currentIndex().isValid():  # else it lays out the table for nothing
            self._select_rows(model, rows)
        self._restoring = False
        self._tell()
        return bool(rows)

    def _select_rows(self, model: QItemSelectionModel, rows: Sequence[int]) -> None:
        selection = QItemSelection()
        for first, end in stretches(rows):
            selection.select(self.records.index(first, 0), self.records.index(end, len(self.records.columns) - 1))
        current = self.records.index(self._current_among(rows), 0) if rows else QModelIndex()
        model.setCurrentIndex(current, QItemSelectionModel.SelectionFlag.NoUpdate)
        model.select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if current.isValid():
            self.scrollTo(current)

    def _current_among(self, rows: Sequence[int]) -> int:
        """The row that the keyboard is on: the one it was on before, or the first of these."""
        if len(rows) > 1 and self._current_id is not None:
            before = self.records.rows_of({self._current_id})
            if before and before[0] in rows:
                return before[0]
        return rows[0]

    def _rows_kept(self) -> Sequence[int]:
        """The rows of what was selected last, as far as they are visible now."""
        if self._crowd is not None:
            rows = self.records.rows_of_crowd(self._crowd)
            if rows is not None:
                return rows
            self._chosen_ids, self._crowd = self.records.ids_of_crowd(self._crowd), None
        return self.records.rows_of(self._chosen_ids)

    def _selected(self, *_: object) -> None:
        if self._restoring:
            return
        rows = self._selected_rows()
        if len(rows) > LONG:
            self._chosen_ids, self._crowd = set(), self.records.crowd_at(rows)
        else:
            self._chosen_ids, self._crowd = self.records.ids_of(self.records.records_at(rows)), None
        current = self.current_record()
        self._current_id = None if current is None else self.records.id_of(current)
        self._tell()
        self.viewport().update()

    def _tell(self) -> None:
        current = self.current_record()
        now = None if current is None else (self.records.id_of(current), current)
        if now != self._told:
            self._told = now
            self.chosen.emit(current)
        self.selection_changed.emit()

    # Columns

    def column_menu(self) -> QMenu:
        """A menu in which each column can be shown or hidden; one always stays."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        visible = sum(not self.isColumnHidden(place) for place in range(len(self.records.columns)))
        for place, column in enumerate(self.records.columns):
            action = QAction(column.title.replace("&", "&&"), menu)
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(place))
            action.setEnabled(visible > 1 or self.isColumnHidden(place))
            action.toggled.connect(lambda shown, place=place: self.show_column(place, shown))
            menu.addAction(action)
        return menu

    def show_column(self, place: int, shown: bool = True) -> None:
        self.setColumnHidden(place, not shown)
        self.fit()
        self._columns_told()

    def columns_state(self) -> str:
        """Order, widths, visibility and sorting of the columns as JSON; no word of any record."""
        header = self.horizontalHeader()
        columns = [
            {
                "key": self.records.columns[place].key,
                "width": round(self.columnWidth(place) * 100 / theme.text_size()) if self._own_widths else 0,
                "hidden": self.isColumnHidden(place),
            }
            for place in map(header.logicalIndex, range(header.count()))
        ]
        sorted_by = header.sortIndicatorSection()
        key = self.records.columns[sorted_by].key if 0 <= sorted_by < len(self.records.columns) else ""
        down = header.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder
        return json.dumps({"columns": columns, "sort": key, "down": down})

    def restore_columns(self, state: str) -> None:
        """Takes a ``columns_state()`` up again; columns it does not know stay as they are, nonsense is passed over."""
        try:
            kept: dict[str, Any] = json.loads(state)
            entries = [(str(c["key"]), int(c["width"]), bool(c["hidden"])) for c in kept["columns"]]
            sort_key, down = str(kept.get("sort", "")), bool(kept.get("down"))
        except (ValueError, KeyError, TypeError):
            return
        self._restoring = True
        places = {column.key: place for place, column in enumerate(self.records.columns)}
        header = self.horizontalHeader()
        known = [entry for entry in entries if entry[0] in places]
        for visual, (key, width, hidden) in enumerate(known):
            place = places[key]
            header.moveSection(header.visualIndex(place), visual)
            self.setColumnHidden(place, hidden)
            if width:
                self._own_widths = True
                self.setColumnWidth(place, theme.px(width))
        if known and all(self.isColumnHidden(place) for place in range(header.count())):
            self.setColumnHidden(0, False)
        self._restoring = False
        if sort_key in places:
            order = Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder
            self.sortByColumn(places[sort_key], order)
        self.fit()

    def _resized_by_hand(self, *_: object) -> None:
        # Only a hand on the header counts: our own fitting must not be kept as somebody's wish.
        if not self._restoring and QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self._own_widths = True
            self._columns_told()

    def _columns_told(self) -> None:
        if not self._restoring:
            self.columns_changed.emit()

    def fit(self) -> None:
        """Shares the room among the visible columns, until somebody drags one."""
        if self._own_widths:
            return
        room = self.viewport().width()
        visible = tuple(place for place in range(len(self.records.columns)) if not self.isColumnHidden(place))
        if not visible or room < theme.px(NARROWEST):
            return
        before, self._restoring = self._restoring, True
        for place, width in self._widths.of(visible, room).items():
            self.setColumnWidth(place, width)
        self._restoring = before

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Rows are all of one height and painted whole, a tenth of the work of Qt's way by single cells."""
        self.executeDelayedItemsLayout()
        area, count = event.rect(), self.records.rowCount()
        height = self.verticalHeader().defaultSectionSize()
        start = self.verticalHeader().offset()
        first = max((area.top() + start) // height, 0)
        last = min((area.bottom() + start) // height, count - 1)
        cells = self._cells_between(area.left(), area.right())
        painter = QPainter(self.viewport())
        painter.fillRect(area, theme.colour("surface"))
        if cells and first <= last:
            self.rows.paint_rows(painter, range(first, last + 1), first * height - start, height, cells)
        painter.end()

    def _cells_between(self, left: int, right: int) -> list[Cell]:
        header = self.horizontalHeader()
        cells = []
        for visual in range(header.count()):
            place = header.logicalIndex(visual)
            x, wide = header.sectionViewportPosition(place), header.sectionSize(place)
            if not header.isSectionHidden(place) and x <= right and x + wide > left:
                cells.append((place, x, wide))
        return cells

    # Keys, mouse, theme

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_rows()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            current = self.current_record()
            if current is not None:
                self.opened.emit(current)
                return
        super().keyPressEvent(event)

    def copy_rows(self) -> None:
        """Copies the selected rows, their visible columns in the order shown, as lines with tabs."""
        header = self.horizontalHeader()
        places = [place for place in map(header.logicalIndex, range(header.count())) if not self.isColumnHidden(place)]
        columns = [self.records.columns[place] for place in places]
        lines = [
            "\t".join(" ".join(column.said(record).split()) for column in columns)
            for record in self.selected_records()
        ]
        if lines:
            clipboard().put("\n".join(lines))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        at = event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            at = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).center())
        records = self.selected_records()
        if records:
            self.menu_wanted.emit(records, at)
        event.accept()

    def _double_clicked(self, index: QModelIndex) -> None:
        self.opened.emit(self.records.record(index.row()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(event.position().toPoint().y()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, row: int) -> None:
        if row != self.rows.hovered:
            self.rows.hovered = row
            self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()
        self._edge.lay_over()

    def focusInEvent(self, event: Any) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.records.rowCount():
            self.setCurrentIndex(self.records.index(0, 0))
        self._edge.update()

    def focusOutEvent(self, event: Any) -> None:
        super().focusOutEvent(event)
        self._edge.update()

    def _new_theme(self) -> None:
        self.rows.refresh()
        self.verticalHeader().setDefaultSectionSize(theme.row_height())
        self.horizontalHeader().setFont(theme.font(1.0, theme.MEDIUM))
        self.horizontalHeader().setFixedHeight(theme.px(40))
        self.fit()
        self._edge.lay_over()
