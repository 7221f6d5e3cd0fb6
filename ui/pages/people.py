"""The roster: a list that finds as you type, and beside it the person, edited in place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from app.domain.ids import PersonId
from app.domain.kinds import Kind
from app.domain.people import Person
from app.domain.programmes import Role
from app.errors import Cancelled, Fault
from app.i18n import language, mark, number_text, tr, trn
from app.services import bulk, people, programmes
from app.store import people as people_store
from ui import tasks, theme
from ui.calm import undisturbed
from ui.desk import Desk, Place
from ui.dialogs import ask
from ui.dialogs.bulk_edit import BulkEdit
from ui.dialogs.erase_person import erase_for_good
from ui.dialogs.export_roster import export_roster
from ui.dialogs.import_roster import ask_for_table, cells_on_clipboard, dropped_table, start_import
from ui.parts import buttons
from ui.parts.beside import Beside
from ui.parts.card import Card
from ui.parts.filling import Filling
from ui.parts.new_person import NewPerson
from ui.parts.page import Page
from ui.parts.people_empty import EmptyRoster
from ui.parts.people_list import PeopleList
from ui.parts.people_menu import Acts, PeopleMenu
from ui.parts.person_panel import PersonPanel
from ui.parts.roster import Entry, Roster, empty_roster
from ui.parts.selection_panel import SelectionPanel

IN_THE_BACKGROUND = 2000  # from this many people on, the whole roster is read off the main thread
SLOW_FROM = 500  # changing more people at once goes behind a progress bar
TABLE_STATE = "people"


class PeoplePage(Page):
    key = "people"
    title = mark("People")
    icon = "users"
    kinds_of_vault = ("programme",)
    listens = frozenset(
        {Kind.PERSON, Kind.ORGANISATION, Kind.TOPIC, Kind.PROGRAMME, Kind.ENROLMENT, Kind.TANDEM, Kind.HOUSE}
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None, *, whole: bool = True) -> None:
        self.roster = empty_roster(language())
        self._taking = False
        self._beside: Entry | tuple[()] | None = None  # who is shown beside the list: one, nobody, or several
        self._filled: Entry | None = None  # whom the panel tells about, shown or not
        self._touched: frozenset[PersonId] | None = None
        self._wanted: PersonId | None = None
        self._reading: tasks.Task | None = None
        super().__init__(desk, parent, whole=whole)

    # Widgets

    def build(self) -> Iterator[None]:
        self.setAcceptDrops(True)
        _, self.subtitle, head = self.head()
        self.subtitle.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.subtitle.setWordWrap(True)
        self.import_button = buttons.secondary(tr("Import"), "upload")
        self.export_button = buttons.secondary(tr("Export"), "download")
        self.add_button = buttons.primary(tr("Add person"), "plus")
        self.add_button.setToolTip(tr("Ctrl+N"))
        for button, act in (
            (self.import_button, self.import_file),
            (self.export_button, self.export),
            (self.add_button, self.add_person),
        ):
            button.clicked.connect(lambda _=False, act=act: act())
            head.addWidget(button)
        self.stack = QStackedWidget()
        self.body.addWidget(self.stack, 1)
        yield from self._build_list()
        self.stack.addWidget(self._build_empty())
        for keys, act in (("Ctrl+N", self.add_person), ("Ctrl+D", self.duplicate), ("Ctrl+V", self.paste)):
            self.on_keys(keys, act)
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.table)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self.remove_selected)

    def _build_list(self) -> Iterator[None]:
        whole = QWidget(self.stack)
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        yield
        self.list = PeopleList(language(), whole, whole=False)
        yield from self.list.build()
        column.addWidget(self.list.tools)
        self.table = self.list.table
        state = self.desk.settings.tables.get(TABLE_STATE)
        if isinstance(state, str):
            self.table.restore_columns(state)
        side = Card(margin=1)
        self.beside = Beside(self.list, side, tr("Show the person beside the list"))
        self.list.add_tool(self.beside.button)
        column.addWidget(self.beside, 1)
        yield
        yield from self._build_side(side)  # where it stands: all its fields would be styled again for every other place
        self.list.counted.connect(lambda: self.subtitle.setText(self.list.counts()))
        self.table.selection_changed.connect(self._show_side)
        self.table.opened.connect(lambda _: self._edit_here())
        self.table.menu_wanted.connect(self._open_menu)
        self.list.columns_changed.connect(self._keep_columns)
        self.stack.addWidget(whole)

    def _build_side(self, card: Card) -> Iterator[None]:
        self.side = QStackedWidget()
        card.body.addWidget(self.side)
        self.panel = PersonPanel(self._save, self.side, whole=False)
        yield from self.panel.build()
        self.new = NewPerson(self.panel, self._add)
        self.selection = SelectionPanel()
        self.side.addWidget(self.selection)
        self.side.addWidget(self.panel)
        self.panel.tandem_wanted.connect(lambda tandem: self.desk.go(Place("tandem", tandem)))
        self.panel.copy_wanted.connect(lambda _: self.duplicate())
        self.panel.removal_wanted.connect(lambda person: self.remove([person]))
        self.selection.edit_wanted.connect(self.edit_together)
        self.selection.enrol_wanted.connect(self.enrol)
        self.selection.export_wanted.connect(self.export)
        self.selection.removal_wanted.connect(self.remove_selected)

    def _build_empty(self) -> QWidget:
        self.empty = EmptyRoster(self.desk)
        self.empty.acted.connect(self.import_file)
        self.empty.acted_too.connect(self.add_person)
        return self.empty

    # Reading

    def refresh(self) -> None:
        programme, spoken = self.desk.programme, language()
        touched = self._touched if self._touched is not None or self._reading is not None else self.desk.touched
        if touched is not None and len(touched) <= SLOW_FROM:
            difference = self.roster.reread(self.desk.vault, touched, programme)
            self._take(lambda: self.list.show_difference(difference))
            return
        if people_store.count(self.desk.vault) < IN_THE_BACKGROUND:
            self._take_whole(self.roster.read(self.desk.vault, programme, spoken))
            return
        roster, vault = self.roster, self.desk.vault
        if not roster.entries:
            self.subtitle.setText(tr("Reading the roster …"))
        if self._reading is not None:
            self._reading.cancel()

        def job(task: tasks.Task) -> tuple[tasks.Task, Roster, Filling[Entry]]:
            with undisturbed():
                read = roster.read(vault, programme, spoken, task.step)
                return task, read, self.list.filling(read)

        self._reading = tasks.run(job, self._take_if_last, self._read_failed, owner=self)

    def _read_failed(self, fault: Fault) -> None:
        if not isinstance(fault, Cancelled):
            self.desk.say_fault(fault)

    def _take_if_last(self, read: tuple[tasks.Task, Roster, Filling[Entry]]) -> None:
        task, roster, filling = read
        if task is self._reading and not task.cancelled():
            self._reading = None
            self._take_whole(roster, filling)

    def _take_whole(self, roster: Roster, filling: Filling[Entry] | None = None) -> None:
        self.roster = roster
        self._take(lambda: self.list.show_roster(roster, filling))

    def _take(self, show: Callable[[], None]) -> None:
        """Shows the roster in the list and keeps the panel on whom it shows."""
        self._taking = True
        show()
        self._taking, self._beside, self._filled = False, None, None
        self.stack.setCurrentIndex(0 if self.roster.entries or self.new.under_way else 1)
        self.add_button.set_look("primary" if self.roster.entries else "secondary")  # the empty page has its own
        self.export_button.setEnabled(bool(self.roster.entries))
        self.empty.offer_topics(not self.roster.around.topics)
        if self._wanted is not None:
            wanted, self._wanted = self._wanted, None
            self.list.choose(wanted)
        self._show_side()

    def _show_side(self) -> None:
        """Shows who is selected; asked at each key of a search, so it leaves alone what is shown already."""
        chosen = self.list.chosen()
        if not self._taking and self.new.goes_on(chosen, self.roster):
            self._beside = self._filled = None
            self.beside.set_needed(False)
            self.side.setCurrentWidget(self.panel)
            return
        one = (chosen[0] if len(chosen) == 1 else None) if chosen else ()
        if self._taking or (one is not None and self._beside is one):
            return
        self._beside = one
        self.beside.set_needed(len(chosen) > 1)
        if not one:
            self.selection.show_selection(chosen, kind=self.roster.around.kind)
            self.side.setCurrentWidget(self.selection)
            return
        if self._filled is not one:
            if self.panel.person != one.id:
                self.panel.flush()
            self._filled = one
            self.panel.show_person(one, self.roster, people_store.confidence(self.desk.vault, one.id))
        self.side.setCurrentWidget(self.panel)

    def _keep_columns(self) -> None:
        self.desk.change_settings(tables={**self.desk.settings.tables, TABLE_STATE: self.list.columns_state()})

    def start_search(self) -> bool:
        return self.list.search.start()

    # What the window asks

    def show_record(self, record: int | None, part: str = "") -> None:
        if part == "import":
            self.import_file()
            return
        if part == "add":
            self.add_person()
            return
        if record is not None and not self.list.choose(PersonId(record)) and self._reading is not None:
            self._wanted = PersonId(record)

    def flush(self) -> None:
        self.panel.flush()

    def _edit_here(self) -> None:
        """Puts the cursor into the fields of the person shown."""
        self.beside.ask_for()
        self.panel.start()

    # Changes

    def _save(self, verb: Callable[..., Any], *arguments: Any, **fields: Any) -> Fault | None:
        """Runs a verb on the person in the panel; only that person is read again."""
        if self.new.is_shown:
            return self.new.save(verb, **fields)
        person = self.panel.person
        return self._do({person} if person is not None else set(), verb, *arguments, **fields)[1]

    def _do(
        self, touched: Iterable[PersonId], verb: Callable[..., Any], *arguments: Any, **fields: Any
    ) -> tuple[Any, Fault | None]:
        self._touched = frozenset(touched) if self._reading is None else None
        try:
            return self.desk.do(verb, *arguments, **fields), None
        except Fault as fault:
            return None, fault
        finally:
            self._touched = None

    def chosen(self) -> list[PersonId]:
        """The selected people, in the order of the list."""
        return [entry.id for entry in self.list.chosen()]

    def add_person(self) -> None:
        """Somebody new to be filled in at once, who is in the vault from the first name on."""
        self.panel.flush()
        self.new.begin()
        self.table.choose(None)
        self.stack.setCurrentIndex(0)
        self._show_side()
        self._edit_here()

    def _add(self, person: Person) -> Fault | None:
        _, fault = self._do({person.id}, people.add, person)
        if fault is None:
            if not self.list.chosen():
                self.show_record(person.id)
            self.desk.say(tr("{name} was added").format(name=person.full_name), undo=True)
        return fault

    def leave(self) -> None:
        if self.new.under_way:
            self.new.leave()
            self._take(lambda: None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves somebody new who has no name yet."""
        if event.key() == Qt.Key.Key_Escape and self.new.under_way:
            self.leave()
            (self.table if self.roster.entries else self.empty).setFocus()
        else:
            super().keyPressEvent(event)

    def duplicate(self) -> None:
        chosen = self.chosen()
        if len(chosen) != 1:
            return
        self.panel.flush()
        copy = self.desk.attempt(people.duplicate, chosen[0])
        if copy is not None:
            self._wanted = copy
            self._show_wanted()

    def _show_wanted(self) -> None:
        if self._reading is None and self._wanted is not None:
            wanted, self._wanted = self._wanted, None
            self.show_record(wanted)
            self._edit_here()

    def remove_selected(self) -> None:
        self.remove(self.chosen())

    def remove(self, ids: list[PersonId]) -> None:
        """Removes people at once; the toast takes it back."""
        if not ids:
            return
        names = [self.roster.name(identity) for identity in ids]
        self.panel.flush()
        _, fault = self._do(ids, people.remove, ids)
        if fault is not None:
            self.desk.say_fault(fault)
            return
        n = len(ids)
        text = tr("{name} was removed").format(name=names[0]) if n == 1 else trn(
            "{n} person removed", "{n} people removed", n
        ).format(n=number_text(n))  # fmt: skip
        self.desk.say(text, undo=True)

    def enrol(self, role: Role) -> None:
        programme, ids = self.desk.programme, self.chosen()
        if programme is None or not ids:
            return
        _, fault = self._do(ids, programmes.enrol, programme, ids, role)
        if fault is not None:
            self.desk.say_fault(fault)
            return
        n = len(ids)
        self.desk.say(trn("{n} person enrolled", "{n} people enrolled", n).format(n=number_text(n)), undo=True)

    def edit_together(self) -> None:
        chosen = self.list.chosen()
        dialog = BulkEdit(chosen, self.roster, self)
        if not chosen or not ask.run(dialog):
            return
        ids, together, n = [entry.id for entry in chosen], dialog.together(), dialog.changing()
        done = trn("{n} person changed", "{n} people changed", n).format(n=number_text(n))
        if len(ids) > SLOW_FROM:
            self.desk.do_slowly(
                tr("Changing people …"), lambda _: self.desk.say(done, undo=True), bulk.edit_together, ids, together
            )
            return
        _, fault = self._do(ids, bulk.edit_together, ids, together)
        if fault is None:
            self.desk.say(done, undo=True)
        else:
            self.desk.say_fault(fault)

    # Menu

    def _open_menu(self, entries: list[Entry], at: QPoint) -> None:
        acts = Acts(
            open_tandem=lambda tandem: self.desk.go(Place("tandem", tandem)),
            edit=self._edit_here,
            duplicate=self.duplicate,
            edit_together=self.edit_together,
            enrol=self.enrol,
            copy=self.table.copy_rows,
            export=self.export,
            remove=self.remove_selected,
            erase=lambda person: erase_for_good(self.desk, person, self),
        )
        PeopleMenu(self, entries, acts, enrolling=self.roster.around.programme is not None).popup(at)

    # Files in and out

    def import_file(self) -> None:
        start_import(self.desk, self, ask_for_table(self.desk, self))

    def paste(self) -> None:
        """Cells from a spreadsheet on the clipboard are imported."""
        start_import(self.desk, self, cells_on_clipboard())

    def export(self) -> None:
        self.panel.flush()
        chosen = self.list.chosen()
        shown, columns = self.list.model.records(), self.list.visible_columns()
        export_roster(self.desk, self, self.roster, shown, chosen if len(chosen) > 1 else [], columns)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_table(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        start_import(self.desk, self, dropped_table(event.mimeData()))
        event.acceptProposedAction()
