"""A fast model of a list: frozen records, columns as functions, find and sort without a proxy model."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from ui import tasks
from ui.parts.filling import Crowd, Filling, unsearched
from ui.parts.haystack import Haystack
from ui.parts.ordering import in_runs, in_slices, let_through
from ui.parts.record_columns import Column

__all__ = ["HUGE", "LONG", "Column", "RecordModel"]

R = TypeVar("R")
LONG = 4000  # above this many candidates a loop over the texts takes longer than a key press may
HUGE = 20_000  # from this many records on, sorting and filtering go off the main thread
MOST_FOUND = 64  # searches whose results are kept, so that taking letters away again is no search
Place = QModelIndex | QPersistentModelIndex

# Enum members of Qt compare slowly; data() is asked thousands of times for every repaint.
DISPLAY = int(Qt.ItemDataRole.DisplayRole)
ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
DESCRIPTION = int(Qt.ItemDataRole.AccessibleDescriptionRole)
ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class RecordModel(QAbstractTableModel, Generic[R]):
    """All records of a list, the visible ones in their order.

    ``haystack`` gives the folded text in which ``find`` looks (None: nobody searches); ``record_id`` what a record is
    known by when the list is read anew. ``arranged`` comes when a huge list is sorted or filtered, which it is off
    the main thread.
    """

    arranged = Signal()

    def __init__(
        self,
        columns: Sequence[Column[R]],
        haystack: Callable[[R], str] | None = None,
        *,
        record_id: Callable[[R], Hashable] | None = None,
        fold: Callable[[str], str] = str.casefold,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._haystack = haystack or unsearched
        self._record_id: Callable[[R], Hashable] = record_id or (lambda record: record.id)  # type: ignore[attr-defined]
        self._fold = fold
        self._records: list[R] = []
        self._hay: list[str] = []
        self._haystack_of_all: Haystack | None = None
        self._place_of: dict[Hashable, int] = {}
        self._order = array("i")
        self._shown = array("i")
        self._gone: set[int] = set()
        self._words: tuple[str, ...] = ()
        self._known: dict[tuple[str, ...], array[int]] = {}  # what was found among `_known_of`
        self._known_of = self._shown
        self._rule: Callable[[R], bool] | None = None
        self._keys: dict[int, list[Any]] = {}
        self._sorted_by: tuple[int, bool] | None = None
        self._ordered_by: tuple[int, bool] | None = None  # what ``_order`` is; in a huge list it comes later
        self._kept = array("i")
        self._arranging: tasks.Task | None = None
        self._arranging_to: Any = None
        self.readings = 0  # counts when records are other ones, or others are there
        self._era = 0  # counts when records get other places, or come and go

    # What is shown

    def set_records(self, records: Sequence[R]) -> None:
        """Shows another list under the same search, filter and order."""
        self.show_filling(self.filling(records))

    def filling(self, records: Sequence[R]) -> Filling[R]:
        """What ``show_filling`` shows. It takes long for a long list, and may be called in any thread."""
        made: Filling[R] = Filling(list(records), sorted_by=self._sorted_by, rule=self._rule)
        made.hay = [self._haystack(record) for record in made.records]
        made.place_of = {self._record_id(record): at for at, record in enumerate(made.records)}
        searched = self._haystack is not unsearched and len(made.hay) > LONG
        made.haystack = Haystack(made.hay) if searched else None
        made.order = array("i", range(len(made.records)))
        if made.sorted_by is not None:
            column, downwards = made.sorted_by
            made.keys[column] = [self._sort_key(self.columns[column], record) for record in made.records]
            made.order = in_runs(made.order, made.keys[column], downwards)
        made.kept = made.order if made.rule is None else let_through(made.order, made.records, made.rule)
        return made

    def show_filling(self, made: Filling[R]) -> None:
        """Shows another list under the same search, filter and order."""
        self._drop_arranging()
        self.beginResetModel()
        self._records, self._hay, self._haystack_of_all = made.records, made.hay, made.haystack
        self._place_of, self._keys, self._order, self._kept = made.place_of, made.keys, made.order, made.kept
        self._gone = set()
        self._era += 1
        self.readings += 1
        self._ordered_by = self._sorted_by
        if made.sorted_by != self._sorted_by:  # somebody has sorted since
            self._order = self._ordered()
        if made.sorted_by != self._sorted_by or made.rule is not self._rule:
            self._keep_again()
        self._shown = self._found(self._kept, self._words)
        self.endResetModel()

    def change_records(self, changed: Sequence[R], gone: Iterable[Hashable] = ()) -> None:
        """As ``set_records`` where only these records are new or other, or gone: it makes no index anew."""
        self._drop_arranging()
        self.beginResetModel()
        added = array("i")
        for record in changed:
            at = self._place_of.setdefault(self._record_id(record), len(self._records))
            if at == len(self._records):
                added.append(at)
                self._records.append(record)
                self._hay.append("")
                for keys in self._keys.values():
                    keys.append(None)
            self._put(at, record)
        left = {at for one in gone if (at := self._place_of.pop(one, -1)) >= 0}
        self._gone |= left
        self.readings += 1
        self._era += bool(left or added)
        self._order = self._ordered(array("i", [at for at in self._order if at not in left]) + added)
        self._ordered_by = self._sorted_by
        self._keep_again()
        self._shown = self._found(self._kept, self._words)
        self.endResetModel()

    def _put(self, at: int, record: R) -> None:
        self._records[at] = record
        self._hay[at] = self._haystack(record)
        if self._haystack_of_all is not None:
            self._haystack_of_all.change(at, self._hay[at])
        for column, keys in self._keys.items():
            keys[at] = self._sort_key(self.columns[column], record)

    def find(self, query: str) -> int:
        """Shows the records that hold every word of the query, and says how many; words are folded here."""
        words = tuple(self._fold(query).split())
        if words == self._words:
            return len(self._shown)
        if self._known_of is not self._kept or len(self._known) >= MOST_FOUND:
            self._known, self._known_of = {}, self._kept
        self._known[self._words] = self._shown
        found = self._known.get(words)
        if found is None:
            if self._words and all(any(old in new for new in words) for old in self._words):
                found = self._found(self._shown, tuple(word for word in words if word not in self._words))
            else:
                found = self._found(self._kept, words)
        self.beginResetModel()
        self._words, self._shown = words, found
        self.endResetModel()
        return len(self._shown)

    def keep(self, rule: Callable[[R], bool] | None) -> int:
        """Shows only the records a filter lets through (None for all), and says how many are shown now.

        In a huge list that is how many were shown before: the filter is worked out off the main thread.
        """
        self._rule = rule
        if len(self._records) > HUGE and (rule is not None or self._ordered_by != self._sorted_by):
            self._arrange()
        else:
            self._drop_arranging()
            self.beginResetModel()
            self._keep_again()
            self._shown = self._found(self._kept, self._words)
            self.endResetModel()
        return len(self._shown)

    def _keep_again(self) -> None:
        rule = self._rule
        self._kept = self._order if rule is None else let_through(self._order, self._records, rule)

    def _found(self, among: array[int], words: tuple[str, ...]) -> array[int]:
        hay = self._hay
        for word in sorted(words, key=len, reverse=True):
            if self._haystack_of_all is not None and len(among) > LONG:
                among = self._haystack_of_all.narrowed(among, word)
            else:
                among = array("i", [at for at in among if word in hay[at]])
        return among

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sorts by a column; equal records keep the order they were given in. A column of -1 is the given order."""
        self._sorted_by = (column, order is Qt.SortOrder.DescendingOrder) if column >= 0 else None
        if len(self._records) > HUGE:
            self._arrange()
            return
        self.beginResetModel()
        self._order, self._ordered_by = self._ordered(), self._sorted_by
        self._keep_again()
        self._shown = self._found(self._kept, self._words)
        self.endResetModel()

    def _arrange(self) -> None:
        """Sorts and filters in a worker; what is shown stays until that is done."""
        rule, sorted_by = self._rule, self._sorted_by
        if self._arranging is not None and self._arranging_to == (rule, sorted_by):
            return  # Qt asks twice for the order that a call of its own has set
        self._drop_arranging()
        self._arranging_to = rule, sorted_by
        records, keys, there = self._records, self._keys, self._there()
        known = self._order if self._ordered_by == sorted_by else None

        def job(task: tasks.Task) -> tuple[tasks.Task, dict[int, list[Any]], array[int], array[int]]:
            order, made = array("i", there) if known is None else known, dict(keys)
            if sorted_by is not None and known is None:
                column, downwards = sorted_by
                if column not in made:
                    made[column] = in_slices(records, lambda one: self._sort_key(self.columns[column], one), task.heed)
                order = in_runs(order, made[column], downwards, task.heed)
            return task, made, order, order if rule is None else let_through(order, records, rule, task.heed)

        self._arranging = tasks.run(job, self._arranged, lambda _: None, owner=self)

    def _arranged(self, found: tuple[tasks.Task, dict[int, list[Any]], array[int], array[int]]) -> None:
        task, keys, order, kept = found
        if task is not self._arranging:
            return  # of another order, filter or list
        self._arranging = None
        self.beginResetModel()
        self._keys, self._order, self._kept, self._ordered_by = keys, order, kept, self._sorted_by
        self._shown = self._found(kept, self._words)
        self.endResetModel()
        self.arranged.emit()

    def _drop_arranging(self) -> None:
        if self._arranging is not None:
            tasks.give_up(self._arranging)  # or two would work side by side, and the window beside both
            self._arranging = None

    def _ordered(self, start: array[int] | None = None) -> array[int]:
        """``start``: all places in an order that is nearly right already, which is soon put right."""
        everything: Sequence[int] = self._there() if start is None else start
        if self._sorted_by is None:
            return array("i", everything)
        column, downwards = self._sorted_by
        keys = self._column_keys(column)
        return array("i", sorted(everything, key=keys.__getitem__, reverse=downwards))

    def _there(self) -> Sequence[int]:
        places = range(len(self._records))
        return [at for at in places if at not in self._gone] if self._gone else places

    def _column_keys(self, column: int) -> list[Any]:
        if column not in self._keys:
            self._keys[column] = [self._sort_key(self.columns[column], record) for record in self._records]
        return self._keys[column]

    def _sort_key(self, column: Column[R], record: R) -> Any:
        if column.sort_key is not None:
            return column.sort_key(record)
        if column.level is not None:
            return column.level(record)
        return self._fold(column.text(record))

    # Records and rows

    def record(self, row: int) -> R:
        """The record in a visible row."""
        return self._records[self._shown[row]]

    def records_at(self, rows: Sequence[int]) -> list[R]:
        """The records in these visible rows."""
        return list(map(self._records.__getitem__, self._places_at(rows)))

    def _places_at(self, rows: Sequence[int]) -> Iterable[int]:
        if isinstance(rows, range) and rows.step == 1:
            return self._shown[rows.start : rows.stop]
        return map(self._shown.__getitem__, rows)

    def ids_of(self, records: Iterable[R]) -> set[Hashable]:
        return set(map(self._record_id, records))

    def crowd_at(self, rows: Sequence[int]) -> Crowd[R]:
        """The records in these visible rows, to be found again with ``rows_of_crowd``."""
        return Crowd(array("i", self._places_at(rows)), self._records, self._era)

    def rows_of_crowd(self, crowd: Crowd[R]) -> Sequence[int] | None:
        """The visible rows of a crowd, in order; None where the list is another one by now."""
        if crowd.era != self._era:
            return None
        if len(crowd.places) == self.total():
            return range(len(self._shown))
        inside = bytearray(len(self._records))
        for at in crowd.places:
            inside[at] = 1
        return [row for row, at in enumerate(self._shown) if inside[at]]

    def ids_of_crowd(self, crowd: Crowd[R]) -> set[Hashable]:
        """Also where the list is another one by now."""
        return self.ids_of(map(crowd.among.__getitem__, crowd.places))

    def id_of(self, record: R) -> Hashable:
        return self._record_id(record)

    def records(self) -> list[R]:
        """The visible records, in their order."""
        return [self._records[at] for at in self._shown]

    def some(self, most: int) -> list[R]:
        """So many records, from the whole list."""
        there = self._there()
        return [self._records[at] for at in there[:: len(there) // most + 1]]

    def total(self) -> int:
        """How many records there are, visible or not."""
        return len(self._records) - len(self._gone)

    def rows_of(self, ids: set[Hashable]) -> Sequence[int]:
        """The visible rows of these records, in order."""
        if len(ids) > LONG and ids == self._place_of.keys():
            return range(len(self._shown))
        wanted = {self._place_of[one] for one in ids if one in self._place_of}
        if len(wanted) == 1:
            row = self._row_of(wanted.pop())
            return [row] if row >= 0 else []
        return [row for row, at in enumerate(self._shown) if at in wanted] if wanted else []

    def _row_of(self, place: int) -> int:
        if self._haystack_of_all is not None and len(self._shown) > LONG:
            return self._haystack_of_all.row_of(self._shown, place)
        return self._shown.index(place) if place in self._shown else -1

    # What Qt asks

    def rowCount(self, parent: Place = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Place = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Place, role: int = DISPLAY) -> Any:
        role = int(role)
        if role not in (DISPLAY, ACCESSIBLE, DESCRIPTION, ALIGNMENT) or not index.isValid():
            return None
        column = self.columns[index.column()]
        if role == ALIGNMENT:
            return RIGHT if column.align == "right" else LEFT
        record = self._records[self._shown[index.row()]]
        if role == DESCRIPTION:
            return column.beneath(record) if column.beneath is not None else None
        return column.said(record) if role == ACCESSIBLE else column.text(record)

    def retitle(self, titles: Mapping[str, str]) -> None:
        """Other titles for these columns, by key."""
        self.columns = tuple(replace(one, title=titles.get(one.key, one.title)) for one in self.columns)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if int(role) in (DISPLAY, ACCESSIBLE):
            return self.columns[section].title
        if int(role) == ALIGNMENT:
            return RIGHT if self.columns[section].align == "right" else LEFT
        return None
