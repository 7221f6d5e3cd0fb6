"""The programme: what it is, when, for whom, and who takes part."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from app.domain.ids import EnrolmentId
from app.domain.kinds import Kind
from app.domain.people import Person
from app.domain.programmes import EnrolmentState, Programme, ProgrammeKind
from app.domain.text import fold
from app.errors import Cancelled, Fault
from app.i18n import mark, number_text, tr, trn
from app.services import programmes as verbs
from app.store import people, programmes, topics
from app.store.vault import Change
from ui import tasks, theme
from ui.calm import undisturbed
from ui.desk import Place
from ui.dialogs import ask
from ui.dialogs.enrol_people import EnrolPeople
from ui.parts import buttons, card
from ui.parts.beside import Beside
from ui.parts.empty import EmptyState
from ui.parts.filling import Filling
from ui.parts.labels import counted
from ui.parts.page import Page
from ui.parts.participant_panel import ParticipantPanel
from ui.parts.participants import Part, part_haystack, participant_columns, parts_of, role_counts
from ui.parts.programme_change import say_kind, title_with
from ui.parts.programme_choice import ProgrammeChoice
from ui.parts.programme_form import ProgrammeForm
from ui.parts.programme_words import kind_text, proposed_title
from ui.parts.reading import MUCH, Reading
from ui.parts.search import SearchField
from ui.parts.spoken import CurrentTold
from ui.parts.table import RecordModel, RecordTable

ABOUT, PEOPLE = 0, 1
SIDE = 280  # of the card beside the participants


class ProgrammePage(Page):
    key = "programme"
    title = mark("Programme")
    icon = "flag"
    kinds_of_vault = ("programme",)
    listens = frozenset({Kind.PROGRAMME, Kind.ENROLMENT, Kind.PERSON, Kind.TANDEM, Kind.TOPIC, Kind.HOUSE})

    def build(self) -> Iterator[None]:
        self.programme: Programme | None = None
        self._first = False  # a programme is shown where there was none, its people not yet
        self._wanted: EnrolmentId | None = None  # whose expectations are to be entered, once they are shown
        self.reading = Reading(self, self.desk.say_fault)
        _, self.subtitle, head = self.head()
        self.subtitle.setWordWrap(True)
        self.choice = ProgrammeChoice(self.desk, always=True, width=270)
        self.remove_button = buttons.icon_button("trash-2", tr("Remove this programme"))
        self.remove_button.clicked.connect(self.remove)
        self.new_button = buttons.primary(tr("New programme"), "plus")
        self.new_button.clicked.connect(self.add)
        for widget in (self.choice, self.remove_button, self.new_button):
            head.addWidget(widget)
        self.stack = QStackedWidget()
        self.body.addWidget(self.stack, 1)
        self.tabs = QTabWidget()
        self.stack.addWidget(self.tabs)
        self.tabs.tabBar().setAccessibleName(tr("Parts of this page"))
        CurrentTold(self.tabs.tabBar())
        self.tabs.setAccessibleName(tr("Parts of the programme"))
        yield
        self.form = ProgrammeForm(self._save)
        yield
        self._form_soon = QTimer(self, interval=20, singleShot=True)  # the page is painted first
        self._form_soon.timeout.connect(self._show_form)
        self.tabs.addTab(self.form, tr("About"))
        self.people = QWidget()
        self.tabs.addTab(self.people, tr("Participants"))
        yield from self._build_people(self.people)
        self.tabs.currentChanged.connect(lambda _: self.flush())
        self.empty = EmptyState(
            "flag",
            tr("No programme yet"),
            tr(
                "A programme is one round of mentoring: its kind, its time, its topics and who takes part. "
                "Start with reverse mentoring over half a year and change whatever you like."
            ),
            tr("Make the first programme"),
        )
        self.empty.acted.connect(self.add)
        self.stack.addWidget(self.empty)

    def _build_people(self, whole: QWidget) -> Iterator[None]:
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, theme.px(12), 0, 0)
        column.setSpacing(theme.px(12))
        self.search = SearchField(tr("Name, department or role …"))
        self.enrol_button = buttons.secondary(tr("Enrol people"), "user-plus")
        self.enrol_button.clicked.connect(self.enrol)
        self.pair_button = buttons.secondary(tr("Go to pairing"), "shuffle")
        self.pair_button.clicked.connect(lambda: self.desk.go(Place("pairing")))
        line = card.row(self.search, self.enrol_button, self.pair_button, spacing=10)
        line.setStretch(0, 1)
        column.addLayout(line)
        self.model: RecordModel[Part] = RecordModel(participant_columns(), part_haystack, fold=fold)
        self.table = RecordTable(self.model, tr("Participants"))
        self.search.tell_of(self.model)
        self.table.restore_columns(str(self.desk.settings.tables.get(self.key, "")))
        self.table.columns_changed.connect(self._keep_columns)
        yield
        self.panel = ParticipantPanel(self.desk)
        self.nobody = EmptyState(
            "users",
            tr("Nobody takes part yet"),
            tr("Enrol the people who want to take part. It is voluntary, on both sides."),
            tr("Enrol people"),
        )
        self.nobody.acted.connect(self.enrol)
        self.beside = Beside(self.table, self.panel, tr("Show the person beside the list"), side=SIDE)
        line.addWidget(self.beside.button)
        self.people_stack = QStackedWidget()
        self.people_stack.addWidget(self.beside)
        self.people_stack.addWidget(self.nobody)
        column.addWidget(self.people_stack, 1)
        self._connect_people()

    def _connect_people(self) -> None:
        self.search.searched.connect(self.model.find)
        self.search.left_downwards.connect(self.table.setFocus)
        self.table.selection_changed.connect(self._show_side)
        self.table.opened.connect(lambda _: self._edit_here())
        self.panel.withdrawal_wanted.connect(self.withdraw)
        self.panel.return_wanted.connect(self.take_back)
        self.panel.removal_wanted.connect(self.leave_programme)
        delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.table)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self.leave_programme)

    # Reading

    def prepare(self) -> Iterator[None]:
        yield from super().prepare()
        yield
        self.people.resize(self.tabs.size())
        self.people.grab()  # what is seen first where somebody takes part

    def refresh(self) -> None:
        chosen = self.desk.programme
        known = programmes.all_programmes(self.desk.vault)
        before = None if self.programme is None else self.programme.id
        self.programme = next((one for one in known if one.id == chosen), None)
        self.choice.refresh(known)
        self.remove_button.setVisible(bool(known))
        self.stack.setCurrentIndex(0 if self.programme else 1)
        self.new_button.setVisible(bool(known))
        self._first = self._first or before is None
        if self.programme is None:
            self.reading.give_up()
            self.subtitle.setText(tr("One round of mentoring: kind, time, topics and people."))
            return
        vault, shown = self.desk.vault, self.programme.id
        much = programmes.enrolled_count(vault, shown) > MUCH
        if much and before != shown:  # nobody acts on those of another programme
            self.model.set_records(())
            self.panel.show_parts([])
            self.subtitle.setText(tr("Reading the programme …"))
            self._form_soon.start()  # the window is let on before, for page and form together take long
        else:
            self._show_form()

        def read() -> tuple[Filling[Part], tuple[int, int, int]]:
            parts = parts_of(vault, shown)
            return self.model.filling(parts), role_counts(parts)

        self.reading.read(read, self._show_parts, much=much)

    def _show_form(self) -> None:
        if self.programme is not None:
            catalogue = {topic.id: topic for topic in topics.all_topics(self.desk.vault)}
            self.form.show_programme(self.programme, catalogue)

    def _show_parts(self, found: tuple[Filling[Part], tuple[int, int, int]]) -> None:
        filling, counts = found
        parts, first = filling.records, self._first
        self.model.show_filling(filling)
        self.people_stack.setCurrentIndex(0 if parts else 1)
        self._show_side()
        self._say_counts(parts, *counts)
        self._first = False
        typing = QApplication.focusWidget()  # while they were read somebody may have begun to fill in the form
        if first and parts and not (typing is not None and self.form.isAncestorOf(typing)):
            self.tabs.setCurrentIndex(PEOPLE)
        self._choose_wanted()

    def _show_side(self) -> None:
        chosen = self.table.selected_records()
        self.beside.set_needed(len(chosen) > 1)  # what is done with several is done there
        self.panel.show_parts(chosen)

    def _edit_here(self) -> None:
        self.beside.ask_for()
        self.panel.start()

    def _choose_wanted(self) -> None:
        """Chooses who is wanted, whatever is sought; the keyboard in their expectations."""
        if self._wanted is None or self.reading.under_way:
            return
        wanted, self._wanted = self._wanted, None
        if not self.table.choose(wanted):
            self.search.clear()
        if self.table.choose(wanted):
            self.beside.ask_for()
            self.panel.expectations.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_counts(self, parts: list[Part], mentors: int, mentees: int, paired: int) -> None:
        if self.programme is None:
            return
        self.tabs.setTabText(PEOPLE, counted(tr("Participants ({n})"), len(parts)))
        words = [
            kind_text(self.programme.kind),
            trn("{n} mentor", "{n} mentors", mentors).format(n=mentors),
            trn("{n} mentee", "{n} mentees", mentees).format(n=mentees),
            tr("{n} now in tandems").format(n=paired),
        ]
        if self.programme.kind is ProgrammeKind.MUTUAL:
            partners = sum(_takes_part(part) for part in parts)
            words[1:3] = [trn("{n} tandem partner", "{n} tandem partners", partners).format(n=partners)]
        self.subtitle.setText(" \u00b7 ".join(word for word in words if word))

    def show_record(self, record: int | None, part: str = "") -> None:
        if part == "new":
            self.add()
        elif part == "participants":
            self.tabs.setCurrentIndex(PEOPLE)
            one = None if record is None else programmes.enrolment(self.desk.vault, EnrolmentId(record))
            self._wanted = None if one is None else one.id
            if one is not None and one.programme != self.desk.programme:
                self.desk.choose_programme(one.programme)  # they are chosen once it is read
            else:
                self._choose_wanted()
        elif record is not None and record != self.desk.programme:
            known = {one.id: one for one in programmes.all_programmes(self.desk.vault)}
            found = next((one for one in known if one == record), None)
            if found is not None:
                self.desk.choose_programme(found)

    def start_search(self) -> bool:
        self.tabs.setCurrentIndex(PEOPLE)
        return self.search.start()

    def start_at(self) -> QWidget | None:
        if self.programme is None:
            return self.empty.button
        return self.choice.input if self.choice.isEnabled() else self.tabs.tabBar()

    def flush(self) -> None:
        self.form.flush()
        self.panel.flush()

    # The programme

    def _save(self, **fields: Any) -> None:
        if self.programme is not None:
            before = self.programme
            if fields.get("kind", before.kind) is not before.kind:
                fields["title"] = title_with(self.desk, before, fields["kind"])
            changed = self.desk.do(verbs.edit, before.id, **fields)
            if fields.get("kind", before.kind) is not before.kind:
                say_kind(self.desk, before, fields["kind"], changed)

    def add(self) -> None:
        """Makes a programme with sensible defaults and puts the cursor into its title."""
        self.flush()
        today = date.today()
        taken = {one.title for one in programmes.all_programmes(self.desk.vault)}
        made = verbs.beginning(proposed_title(ProgrammeKind.REVERSE, today.year, taken), today)
        self.desk.do(verbs.add, made)
        self.desk.choose_programme(made.id)
        self.desk.say(tr("The programme was made."), undo=True)
        self.tabs.setCurrentIndex(ABOUT)
        self.refresh()
        self.form.start()

    def remove(self) -> None:
        """Removes the programme shown with its tandems, after a question where there are any; Undo brings it back."""
        if self.programme is None:
            return
        self.flush()
        said = tr("“{title}” goes with its enrolments, tandems and meetings. Until you lock, Undo brings it back.")
        words = (tr("Remove programme"), said.format(title=self.programme.title), tr("Remove"))
        if programmes.enrolments(self.desk.vault, self.programme.id) and not ask.yes_no(self, *words, danger=True):
            return
        self.desk.do(verbs.remove, self.programme.id)
        self.desk.say(tr("The programme was removed with its enrolments and tandems."), undo=True)

    # Those who take part

    def enrol(self) -> None:
        """Asks who is to be enrolled and as what."""
        if self.programme is None:
            return
        vault, programme = self.desk.vault, self.programme.id
        dialog = EnrolPeople(self, self.programme.kind)

        def read(task: tasks.Task) -> Filling[Person]:
            with undisturbed():
                enrolled = {part.person.id for part in parts_of(vault, programme) if _takes_part(part)}
                task.heed()
                free = dialog.filling([person for person in people.all_people(vault) if person.id not in enrolled])
                task.heed()  # nobody is asked whom to enrol after Cancel
                return free

        def ask_whom(free: Filling[Person]) -> None:
            dialog.show_people(free)
            self._ask_whom(dialog)
            dialog.deleteLater()

        def failed(fault: Fault) -> None:
            dialog.deleteLater()
            if not isinstance(fault, Cancelled):
                self.desk.say_fault(fault)

        self.desk.busy.emit(tasks.run(read, ask_whom, failed, owner=self), tr("Reading the roster"))

    def _ask_whom(self, dialog: EnrolPeople) -> None:
        if self.programme is None or not ask.run(dialog):
            return
        chosen, role = dialog.chosen(), dialog.role.value()
        capacity = dialog.capacity.value() or 1

        def done(made: tuple[EnrolmentId, ...]) -> None:
            words = trn("{n} person was enrolled", "{n} people were enrolled", len(made))
            self.desk.say(words.format(n=number_text(len(made))), undo=True)
            self.tabs.setCurrentIndex(PEOPLE)

        title = tr("Enrolling people …")
        self.desk.do_together(len(chosen), title, done, verbs.enrol, self.programme.id, chosen, role, capacity)

    def withdraw(self) -> None:
        chosen = [part.id for part in self.table.selected_records() if _takes_part(part)]
        words = trn("{n} person has left the programme", "{n} people have left the programme", len(chosen))
        self._change(chosen, words, verbs.withdraw)

    def take_back(self) -> None:
        """Those who withdrew take part again."""
        chosen = [part.id for part in self.table.selected_records() if not _takes_part(part)]
        words = trn("{n} person takes part again", "{n} people take part again", len(chosen))
        self._change(chosen, words, verbs.rejoin)

    def leave_programme(self) -> None:
        chosen = [part.id for part in self.table.selected_records()]
        words = trn("{n} enrolment was removed", "{n} enrolments were removed", len(chosen))
        self._change(chosen, words, verbs.leave)

    def _change(
        self, chosen: list[EnrolmentId], words: str, verb: Callable[[Change, list[EnrolmentId]], None]
    ) -> None:
        """Does something to enrolments in one step, and says it."""
        said = words.format(n=number_text(len(chosen)))
        if chosen:
            title = tr("Changing enrolments …")
            self.desk.do_together(len(chosen), title, lambda _: self.desk.say(said, undo=True), verb, chosen)

    def _keep_columns(self) -> None:
        self.desk.change_settings(tables={**self.desk.settings.tables, self.key: self.table.columns_state()})


def _takes_part(part: Part) -> bool:
    return part.enrolment.state is not EnrolmentState.WITHDRAWN
