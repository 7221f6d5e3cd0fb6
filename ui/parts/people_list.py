"""The list of people with its search, filters and columns."""

from __future__ import annotations

import json
from collections.abc import Iterator
from operator import attrgetter

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.domain.ids import PersonId
from app.domain.text import fold
from app.i18n import number_text, tr, trn
from ui import theme
from ui.parts import buttons
from ui.parts.card import row
from ui.parts.empty import EmptyState
from ui.parts.filling import Filling
from ui.parts.found_by import FoundBy
from ui.parts.pieces import at_once
from ui.parts.records import RecordModel
from ui.parts.roster import Difference, Entry, Roster, empty_roster
from ui.parts.roster_columns import roster_columns
from ui.parts.roster_filter import FilterChips, FilterPanel, RosterFilter
from ui.parts.search import SearchField
from ui.parts.table import RecordTable

NEEDED = {"name": 168, "role": 96, "department": 92, "goal": 104, "level_sought": 68, "state": 126}
GIVE_WAY = ("level_sought", "department", "goal", "role", "state")  # where the room is short, in this order


class PeopleList(QWidget):
    """Finds as you type, filters and sorts; the selection belongs to people, not to rows.

    ``tools`` is the line with the search field, to be set above the list; the chips of the filters stand below it.
    """

    counted = Signal()  # another number of people is shown
    columns_changed = Signal()  # by the user: time to keep columns_state()

    def __init__(self, language: str, parent: QWidget | None = None, *, whole: bool = True) -> None:
        """Not ``whole``: `build` makes its widgets piece by piece."""
        super().__init__(parent)
        self.roster = empty_roster(language)
        self._naming = self.roster  # who knows the supervisors' names: the roster that is shown, or about to be
        self.filter = RosterFilter()
        self._squeezed: set[str] = set()
        self._squeezing = False
        if whole:
            at_once(self.build())

    def build(self) -> Iterator[None]:
        self.search = SearchField(tr("Search name, department or learning goal …"))
        self.filter_button = buttons.secondary(tr("Filter"), "funnel")
        self.columns_button = buttons.secondary(tr("Columns"), "columns-3")
        self.chips = FilterChips()
        self.tools = QWidget(self)
        tools = QVBoxLayout(self.tools)
        tools.setContentsMargins(0, 0, 0, 0)
        tools.setSpacing(theme.px(8))
        self._line = row(self.search, self.filter_button, self.columns_button, spacing=10)
        tools.addLayout(self._line)
        tools.addWidget(self.chips)
        self.found_by = FoundBy(lambda: self.roster.around.topics)
        columns = roster_columns(lambda who: self._naming.name(who), self.found_by.why)
        self.model = RecordModel(columns, attrgetter("hay"), record_id=attrgetter("person.id"), fold=fold)
        yield
        self.table = RecordTable(self.model, tr("People"))
        self.search.tell_of(self.model)
        self.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self.nothing = EmptyState(
            "search", tr("Nobody found"), tr("No person fits this search and these filters."), tr("Show all")
        )
        self.nothing.be_narrow()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)
        yield
        self.panel = FilterPanel(self)
        self.setFocusProxy(self.table)
        self._connect()
        yield

    def _connect(self) -> None:
        self.search.searched.connect(self._find)
        self.search.left_downwards.connect(self.table.setFocus)
        self.nothing.acted.connect(self.show_all)
        self.panel.changed.connect(self.set_filter)
        self.chips.changed.connect(self.set_filter)
        self.filter_button.clicked.connect(self.open_filter)
        self.columns_button.clicked.connect(self._open_columns)
        self.table.columns_changed.connect(self._columns_changed)
        self.model.arranged.connect(self._count)

    def add_tool(self, button: QWidget) -> None:
        """A button more at the end of the line with the search field."""
        self._line.addWidget(button)

    def counts(self) -> str:
        """How many are shown and how many of the programme's are paired; "" where nobody is there."""
        total, shown = self.model.total(), self.model.rowCount()
        if shown == total:
            parts = [trn("{n} person", "{n} people", total).format(n=number_text(total))]
        else:
            parts = [tr("{n} of {total} people").format(n=number_text(shown), total=number_text(total))]
        if self.roster.around.programme is not None:
            parts.append(tr("{n} now in tandems").format(n=number_text(self.roster.paired)))
            parts.append(self.roster.around.title)
        return " · ".join(part for part in parts if part) if total else ""

    def filling(self, roster: Roster) -> Filling[Entry]:
        """What ``show_roster`` needs of a long roster, made in the thread that read it."""
        self._naming = roster
        return self.model.filling(roster.entries)

    def show_roster(self, roster: Roster, filling: Filling[Entry] | None = None) -> None:
        """Shows another reading under the same search, filters and order."""
        self.roster = self._naming = roster
        self.model.show_filling(filling or self.model.filling(roster.entries))
        self.chips.show_filter(self.filter, roster)
        self._count()

    def show_difference(self, difference: Difference) -> None:
        """As ``show_roster`` where only a few people of the same roster are other ones."""
        self.model.change_records(difference.changed, difference.gone)
        self.chips.show_filter(self.filter, self.roster)
        self._count()

    def choose(self, person: PersonId) -> bool:
        """Selects somebody, if need be by taking search and filters away; False for somebody unknown."""
        if person not in self.roster.by_id:
            return False
        if not self.table.choose(person):
            self.show_all()
            self.table.choose(person)
        return True

    def chosen(self) -> list[Entry]:
        """The selected people, in the order of the list."""
        return self.table.selected_records()

    def visible_columns(self) -> list[str]:
        """The keys of the visible columns in their order."""
        header = self.table.horizontalHeader()
        places = map(header.logicalIndex, range(header.count()))
        return [self.model.columns[place].key for place in places if not header.isSectionHidden(place)]

    def columns_state(self) -> str:
        """As ``RecordTable.columns_state``; columns that only gave way to a narrow window count as shown."""
        state = json.loads(self.table.columns_state())
        for column in state["columns"]:
            column["hidden"] = column["hidden"] and column["key"] not in self._squeezed
        return json.dumps(state)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._squeeze()

    def _columns_changed(self) -> None:
        self.found_by.show(self.model.columns, self.visible_columns())
        if not self._squeezing:
            self._squeezed = {key for key in self._squeezed if self.table.isColumnHidden(self._place(key))}
            self.columns_changed.emit()

    def _place(self, key: str) -> int:
        return next(place for place, column in enumerate(self.model.columns) if column.key == key)

    def _squeeze(self) -> None:
        """Takes columns away for as long as there is no room for them, so that nobody has to scroll sideways."""
        visible = [*self.visible_columns(), *self._squeezed]
        widths = {column.key: NEEDED.get(column.key, column.width) for column in self.model.columns}
        room = self.width() - theme.px(16)
        gone: set[str] = set()
        for key in GIVE_WAY:
            if sum(theme.px(widths[one]) for one in visible if one not in gone) <= room:
                break
            if key in visible and len(visible) - len(gone) > 2:
                gone.add(key)
        self._squeezing = True
        for key in gone ^ self._squeezed:
            self.table.show_column(self._place(key), key not in gone)
        self._squeezing = False
        self._squeezed = gone

    def set_filter(self, wanted: RosterFilter) -> None:
        """Shows only the people whom a filter lets through."""
        self.filter = wanted
        self.model.keep(wanted.rule())
        self.chips.show_filter(wanted, self.roster)
        self._count()

    def show_all(self) -> None:
        self.search.clear()
        self.set_filter(RosterFilter())

    def open_filter(self) -> None:
        corner = QPoint(self.filter_button.width(), self.filter_button.height() + theme.px(4))
        self.panel.open_at(self.filter_button.mapToGlobal(corner), self.roster, self.filter)

    def _open_columns(self) -> None:
        corner = QPoint(0, self.columns_button.height() + theme.px(4))
        self.table.column_menu().popup(self.columns_button.mapToGlobal(corner))

    def _find(self, text: str) -> None:
        self.found_by.show(self.model.columns, self.visible_columns())
        self.found_by.search(text)
        self.model.find(text)
        self._count()

    def _count(self) -> None:
        self.stack.setCurrentIndex(0 if self.model.rowCount() or not self.model.total() else 1)
        self.counted.emit()
