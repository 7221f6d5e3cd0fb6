"""From the pairing page to a person: by the menu of a row, or by a key on whatever the keyboard is at."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QMenu, QWidget

from app.domain.ids import EnrolmentId, PersonId
from app.domain.people import Person
from app.i18n import tr
from ui import icons
from ui.desk import Desk, Place
from ui.parts.pairing_board import PairingBoard
from ui.parts.pairing_map import HeatMap

FIRST, SECOND = "Alt+Return", "Alt+Shift+Return"  # the mentor, or the one person there is; the mentee


def keys_text(keys: str) -> str:
    """The keys as this language names them."""
    return "+".join({"Shift": tr("Shift"), "Return": tr("Return")}.get(key, key) for key in keys.split("+"))


class PersonWays(QObject):
    """Listens to the lists and the map of the page; ``menu`` is the one that is open."""

    def __init__(self, desk: Desk, board: PairingBoard, heat: HeatMap) -> None:
        super().__init__(board)
        self._desk, self._board, self._heat = desk, board, heat
        self.menu: QMenu | None = None
        for view in (board.proposals, board.mentors, board.mentees):
            view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            view.customContextMenuRequested.connect(partial(self._asked_at, view))
            told = (view.accessibleDescription(), tr("Show in People ({keys})").format(keys=keys_text(FIRST)))
            view.setAccessibleDescription("; ".join(filter(None, told)))
        for table in (board.remaining, board.tandems):
            table.menu_wanted.connect(lambda _records, at, table=table: self._open_menu(table, at))
        board.remaining.opened.connect(lambda row: self.show_person(row.person.id))
        for listening in (board.proposals, board.mentors, board.mentees, board.remaining, board.tandems, heat):
            self._listen(listening)

    def _listen(self, view: QWidget) -> None:
        for keys, place in ((FIRST, 0), (SECOND, -1)):
            for one in (keys, keys.replace("Return", "Enter")):
                shortcut = QShortcut(QKeySequence(one), view)
                shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
                shortcut.activated.connect(partial(self._go, view, place))

    def people_at(self, view: QWidget) -> tuple[Person, ...]:
        """Who is in the row or the cell that the keyboard is at: one, or mentor and mentee."""
        board = self._board
        if view is board.remaining:
            left = board.remaining.current_record()
            return () if left is None else (left.person,)
        if view is board.tandems:
            tandem = board.tandems.current_record()
            return () if tandem is None else (tandem.mentor, tandem.mentee)
        if view is self._heat:
            return self._enrolled(self._heat.pair() or ())
        for people in (board.mentors, board.mentees):
            if view is people:
                at = people.currentIndex().row()
                return (people.rows()[at].person,) if at >= 0 else ()
        at = board.proposals.currentIndex().row()
        row = board.proposals.rows()[at] if at >= 0 else None
        return () if row is None else (row.mentor, row.mentee)

    def _enrolled(self, pair: tuple[EnrolmentId, ...]) -> tuple[Person, ...]:
        """The people of the map; whoever has room for a partner is in the lists too."""
        known = {row.id: row.person for view in (self._board.mentors, self._board.mentees) for row in view.rows()}
        return tuple(known[one] for one in pair if one in known)

    def _go(self, view: QWidget, place: int) -> None:
        people = self.people_at(view)
        if people:
            self.show_person(people[place].id)

    def show_person(self, person: PersonId) -> None:
        self._desk.go(Place("people", person))

    def _asked_at(self, view: QAbstractItemView, at: QPoint) -> None:
        index = view.indexAt(at)
        if index.isValid():
            view.setCurrentIndex(index)
        self._open_menu(view, view.viewport().mapToGlobal(at))

    def _open_menu(self, view: QWidget, at: QPoint) -> None:
        people = self.people_at(view)
        if not people:
            return
        menu = QMenu(view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for person, keys in zip(people, (FIRST, SECOND), strict=False):
            words = tr("Show in People") if len(people) == 1 else tr("Show {name} in People").format(
                name=person.full_name.replace("&", "&&")
            )
            action = menu.addAction(icons.icon("user", "muted", 16), f"{words}\t{keys_text(keys)}")
            action.triggered.connect(lambda _=False, one=person.id: self.show_person(one))
        menu.destroyed.connect(self._closed)
        self.menu = menu
        menu.popup(at)

    def _closed(self) -> None:
        self.menu = None
