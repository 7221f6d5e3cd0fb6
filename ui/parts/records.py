"""A fast model of a list: frozen records, columns as functions, find and sort without a proxy model."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ui.parts.haystack import Haystack
from ui.parts.meters import level_text

R = TypeVar("R")
LONG = 4000  # above this many candidates a loop over the texts takes longer than a key press may
Kind = Literal["text", "person", "pill", "meter", "date", "number"]
Place = QModelIndex | QPersistentModelIndex

# Enum members of Qt compare slowly; data() is asked thousands of times for every repaint.
DISPLAY = int(Qt.ItemDataRole.DisplayRole)
ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Generic[R]):
    """One column. ``text`` is what is shown, copied and read aloud; ``width`` counts in pixels at 100 %.

    kind "person" puts an avatar before the text (``avatar`` gives its id), "pill" sets it on a ground of ``tone``,
    "meter" draws ``level`` of ``highest`` steps; a meter's text may be empty, "2 of 4" is read then.
    ``sort_key`` is compared within one column only; without it the folded text is.
    """

    key: str
    title: str
    text: Callable[[R], str]
    kind: Kind = "text"
    tone: Callable[[R], str] | None = None
    level: Callable[[R], int] | None = None
    highest: int = 4
    avatar: Callable[[R], int] | None = None
    sort_key: Callable[[R], Any] | None = None
    width: int = 110
    hidden: bool = False
    muted: bool = False
    align: Literal["left", "right"] = "left"

    def said(self, record: R) -> str:
        """What a screen reader says and what a copy holds."""
        shown = self.text(record)
        if self.kind == "meter" and self.level is not None and not shown:
            return level_text(self.level(record), self.highest)
        return shown


class RecordModel(QAbstractTableModel, Generic[R]):
    """All records of a list, the visible ones in their order.

    ``haystack`` gives the folded text in which ``find`` looks; ``record_id`` what a record is known by when the
    list is read anew.
    """

    def __init__(
        self,
        columns: Sequence[Column[R]],
        haystack: Callable[[R], str],
        *,
        record_id: Callable[[R], Hashable] | None = None,
        fold: Callable[[str], str] = str.casefold,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._haystack = haystack
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
        self._keep: Callable[[R], bool] | None = None
        self._keys: dict[int, list[Any]] = {}
        self._sorted_by: tuple[int, bool] | None = None

    # What is shown

    def set_records(self, records: Sequence[R]) -> None:
        """Shows another list under the same search, filter and order."""
        self.beginResetModel()
        self._records = list(records)
        self._gone.clear()
        self._hay = [self._haystack(record) for record in self._records]
        self._place_of = {self._record_id(record): at for at, record in enumerate(self._records)}
        self._haystack_of_all = Haystack(self._hay) if len(self._hay) > LONG else None
        self._keys.clear()
        self._order = self._ordered()
        self._shown = self._found(self._kept(), self._words)
        self.endResetModel()

    def change_records(self, changed: Sequence[R], gone: Iterable[Hashable] = ()) -> None:
        """As ``set_records`` where only these records are new or other, or gone: it makes no index anew."""
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
        self._order = self._ordered(array("i", [at for at in self._order if at not in left]) + added)
        self._shown = self._found(self._kept(), self._words)
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
        narrower = all(any(old in new for new in words) for old in self._words)
        start = self._shown if narrower and self._words else self._kept()
        self.beginResetModel()
        self._words = words
        self._shown = self._found(start, words)
        self.endResetModel()
        return len(self._shown)

    def keep(self, rule: Callable[[R], bool] | None) -> int:
        """Shows only the records a filter lets through (None for all), and says how many."""
        self.beginResetModel()
        self._keep = rule
        self._shown = self._found(self._kept(), self._words)
        self.endResetModel()
        return len(self._shown)

    def _kept(self) -> array[int]:
        keep, records = self._keep, self._records
        return self._order if keep is None else array("i", [at for at in self._order if keep(records[at])])

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
        self.beginResetModel()
        self._order = self._ordered()
        if len(self._shown) == self.total():
            self._shown = self._order
        else:
            shown = set(self._shown)
            self._shown = array("i", [at for at in self._order if at in shown])
        self.endResetModel()

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

    def id_of(self, record: R) -> Hashable:
        return self._record_id(record)

    def records(self) -> list[R]:
        """The visible records, in their order."""
        return [self._records[at] for at in self._shown]

    def total(self) -> int:
        """How many records there are, visible or not."""
        return len(self._records) - len(self._gone)

    def rows_of(self, ids: set[Hashable]) -> list[int]:
        """The visible rows of these records."""
        wanted = {self._place_of[one] for one in ids if one in self._place_of}
        if len(wanted) == 1:
            try:
                return [self._shown.index(wanted.pop())]
            except ValueError:
                return []
        return [row for row, at in enumerate(self._shown) if at in wanted] if wanted else []

    # What Qt asks

    def rowCount(self, parent: Place = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Place = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Place, role: int = DISPLAY) -> Any:
        role = int(role)
        if role not in (DISPLAY, ACCESSIBLE, ALIGNMENT) or not index.isValid():
            return None
        column = self.columns[index.column()]
        if role == ALIGNMENT:
            return RIGHT if column.align == "right" else LEFT
        record = self._records[self._shown[index.row()]]
        return column.said(record) if role == ACCESSIBLE else column.text(record)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if int(role) in (DISPLAY, ACCESSIBLE):
            return self.columns[section].title
        if int(role) == ALIGNMENT:
            return RIGHT if self.columns[section].align == "right" else LEFT
        return None
