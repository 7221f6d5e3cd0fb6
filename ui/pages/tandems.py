"""The tandems of the programme at hand as a list: who with whom, how far, what is next."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Concatenate, ParamSpec

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from app.domain.ids import ProgrammeId, TandemId
from app.domain.kinds import Kind
from app.domain.programmes import ProgrammeKind
from app.domain.tandems import OPEN_STATES, Tandem, TandemState
from app.domain.text import fold
from app.i18n import mark, tr, trn
from app.services import tandems, together
from app.services.beforehand import Lack, lacks_in
from app.services.due import NOT_BEGUN
from app.store import meetings, programmes
from app.store import tandems as tandems_store
from app.store.vault import Change
from ui import theme
from ui.desk import Place
from ui.dialogs import ask
from ui.dialogs.completing import all_completed_all_the_same
from ui.dialogs.record_together import RecordAgreements, RecordConsents, RecordMeetings
from ui.parts import buttons, tandem_words
from ui.parts.card import ElidedLabel, row
from ui.parts.empty import EmptyState
from ui.parts.filling import Filling
from ui.parts.foot import Foot
from ui.parts.labels import state_text
from ui.parts.named_box import NamedBox
from ui.parts.page import Page
from ui.parts.permits import add_action, permit
from ui.parts.programme_choice import ProgrammeChoice
from ui.parts.reading import MUCH, Reading
from ui.parts.search import SearchField
from ui.parts.share_cells import use_share_cells
from ui.parts.start_words import hasty_text, with_hasty
from ui.parts.table import RecordModel, RecordTable
from ui.parts.tandem_columns import haystack_of, tandem_columns
from ui.parts.tandem_rows import TandemRow, next_states, rows_of, why_no_state
from ui.parts.two_clicks import TwoClickButton

P = ParamSpec("P")
Keep = Callable[[TandemRow], bool]


class TandemsPage(Page):
    key = "tandems"
    title = mark("Tandems")
    icon = "handshake"
    kinds_of_vault = ("programme",)
    listens = frozenset({Kind.TANDEM, Kind.MEETING, Kind.GOAL, Kind.PERSON, Kind.ENROLMENT, Kind.PROGRAMME, Kind.HOUSE})

    def build(self) -> None:
        self.today = date.today()
        self.reading = Reading(self, self.desk.say_fault)
        self._shown: ProgrammeId | None = None  # whose tandems are listed
        self._wanted: int | None = None  # to be chosen as soon as it is listed
        self._title = ""
        _, self.subtitle, head = self.head()
        self.subtitle.setWordWrap(True)
        self.print_button = buttons.secondary(tr("Print list"), "printer")
        self.print_button.clicked.connect(lambda: self.desk.go(Place("documents", part="tandem_list")))
        self.pair_button = buttons.primary(tr("Pair by hand"), "plus")
        self.pair_button.clicked.connect(lambda: self.desk.go(Place("pairing")))
        self.choice = ProgrammeChoice(self.desk)
        head.addWidget(self.choice)
        head.addWidget(self.print_button)
        head.addWidget(self.pair_button)
        self.stack = QStackedWidget()
        self.body.addWidget(self.stack, 1)
        self.stack.addWidget(self._build_list())
        self.stack.addWidget(self._build_empty())

    def _build_list(self) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        self.search = SearchField(tr("Name, department or number …"))
        self.search.searched.connect(self._find)
        self.states = NamedBox()
        self.states.setAccessibleName(tr("Show which tandems"))
        self.states.setMinimumWidth(theme.px(170))
        for text, keep in self._filters():
            self.states.addItem(text, keep)
        self.states.currentIndexChanged.connect(self._filter)
        self.columns_button = buttons.secondary(tr("Columns"), "columns-3")
        self.columns_button.clicked.connect(self._choose_columns)
        line = row(self.search, self.states, self.columns_button, spacing=10)
        line.setStretch(0, 1)
        column.addLayout(line)
        self.model: RecordModel[TandemRow] = RecordModel(
            tandem_columns(self.today), lambda one: haystack_of(one, self.today), fold=fold
        )
        self.table = RecordTable(self.model, tr("Tandems"))
        self.search.tell_of(self.model)
        use_share_cells(self.table)
        self.table.restore_columns(str(self.desk.settings.tables.get(self.key, "")))
        self.table.columns_changed.connect(self._keep_columns)
        self.table.opened.connect(lambda chosen: self.desk.go(Place("tandem", chosen.id)))
        self.table.selection_changed.connect(self._selected)
        self.table.menu_wanted.connect(self._menu)
        delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.table)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self.remove)
        column.addWidget(self.table, 1)
        column.addWidget(self._build_foot())
        return whole

    def _build_foot(self) -> Foot:
        self.chosen_text = ElidedLabel("", "muted")
        self.open_button = buttons.secondary(tr("Open"), "arrow-right")
        self.open_button.clicked.connect(self._open)
        self.state_button = buttons.secondary(tr("Set state"), "flag")
        self.state_button.clicked.connect(self._state_menu)
        self.record_button = buttons.secondary(tr("Record …"), "calendar-check")
        self.record_button.clicked.connect(self._record_menu)
        self.dissolve_button = TwoClickButton(tr("Dissolve"), tr("Really dissolve?"), "unlink")
        self.dissolve_button.confirmed.connect(self.dissolve)
        self.remove_button = buttons.danger(tr("Remove"), "trash-2")
        self.remove_button.clicked.connect(self.remove)
        return Foot(self.chosen_text, self.record_button, self.state_button, self.dissolve_button, self.remove_button,
                    spare=self.open_button)  # fmt: skip

    def _build_empty(self) -> QWidget:
        self.empty = EmptyState(
            "handshake",
            tr("No tandems yet"),
            tr("Here you follow each tandem from the proposal to its last meeting. Pair people first."),
            tr("Go to pairing"),
        )
        self.empty.acted.connect(lambda: self.desk.go(Place("pairing")))
        return self.empty

    def _filters(self) -> list[tuple[str, Keep | None]]:
        choices: list[tuple[str, Keep | None]] = [
            (tr("All tandems"), None),
            (tr("Running"), lambda one: one.tandem.state in OPEN_STATES),
            (tr("Meeting late"), lambda one: one.late),
        ]
        return choices + [(state_text(state), _in_state(state)) for state in TandemState]

    def refresh(self) -> None:
        self.today = date.today()
        self.choice.refresh()
        vault, programme_id, today = self.desk.vault, self.desk.programme, self.today
        programme = None if programme_id is None else programmes.programme(vault, programme_id)
        if programme is not None:
            self.model.retitle(tandem_words.side_titles(programme.kind))
        title = "" if programme is None or not self.choice.isHidden() else programme.title
        much = programme is not None and tandems_store.number_of(vault, programme.id) > MUCH
        if much and programme_id != self._shown:
            self.model.set_records(())  # not those of another programme
            self.subtitle.setText(tr("Reading the tandems …"))

        def read() -> Filling[TandemRow]:
            return self.model.filling(() if programme is None else rows_of(vault, programme.id, today))

        self.reading.read(read, lambda found: self._show(found, programme_id, title), much=much)

    def _show(self, found: Filling[TandemRow], programme: ProgrammeId | None, title: str) -> None:
        self._shown, self._title, there = programme, title, bool(found.records)
        self.model.show_filling(found)
        self.stack.setCurrentIndex(0 if there else 1)
        self.pair_button.set_look("primary" if there else "secondary")  # the empty page has a filled one of its own
        permit(self.print_button, "" if there else tr("There is no tandem to print yet"))
        if self._wanted is not None:
            wanted, self._wanted = self._wanted, None
            self.table.choose(wanted)
        self._say_count()
        self._selected()

    def show_record(self, record: int | None, part: str = "") -> None:
        if part:  # a state's name, or "late": the overview's figures lead here
            wanted = "late" if part == "late" else next((state_text(s) for s in TandemState if s == part), "")
            place = 2 if wanted == "late" else self.states.findText(wanted)
            self.states.setCurrentIndex(max(place, 0))
        if record is not None and not self.table.choose(record) and self.reading.under_way:
            self._wanted = record

    def start_at(self) -> QWidget | None:
        return self.empty.button if self.stack.currentIndex() else None

    def start_search(self) -> bool:
        return self.search.start()

    # What is shown

    def _find(self, query: str) -> None:
        self.model.find(query)
        self._say_count()

    def _filter(self) -> None:
        self.model.keep(self.states.currentData())
        self._say_count()

    def _say_count(self) -> None:
        total, shown = self.model.total(), self.model.rowCount()
        count = trn("{n} tandem", "{n} tandems", total).format(n=total)
        if shown != total:
            count = tr("{shown} of {tandems}").format(shown=shown, tandems=count)
        late = sum(one.late for one in self.model.records())
        parts = [count]
        if late:
            parts.append(trn("{n} with a late meeting", "{n} with a late meeting", late).format(n=late))
        parts.append(self._title)
        self.subtitle.setText(" \u00b7 ".join(part for part in parts if part))

    def _choose_columns(self) -> None:
        below = self.columns_button.mapToGlobal(QPoint(0, self.columns_button.height()))
        self.table.column_menu().popup(below)

    def _keep_columns(self) -> None:
        self.desk.change_settings(tables={**self.desk.settings.tables, self.key: self.table.columns_state()})

    def _selected(self) -> None:
        chosen = self.table.selected_records()
        n = len(chosen)
        said = trn("{n} tandem selected", "{n} tandems selected", n).format(n=n)
        self.chosen_text.setText(said if n else tr("Select tandems to act on them"))
        none = "" if n else tr("Select tandems first")
        over = "" if any(one.tandem.state in OPEN_STATES for one in chosen) else tr("What is selected is over already")
        acting = (self.open_button, self.record_button, self.state_button, self.dissolve_button, self.remove_button)
        acted = [button for button in acting if button.hasFocus()]
        permit(self.open_button, none or ("" if n == 1 else tr("Only one tandem can be opened at a time")))
        permit(self.record_button, none or over)
        permit(self.state_button, none or why_no_state(chosen))
        permit(self.dissolve_button, none or over)
        permit(self.remove_button, none)
        if acted and not acted[0].isEnabled():  # else the keyboard goes to what comes next, which is the rail
            (self.empty.button if self.stack.currentIndex() else self.table).setFocus()

    # What can be done

    def _open(self) -> None:
        current = self.table.current_record()
        if current is not None:
            self.desk.go(Place("tandem", current.id))

    def _state_menu(self) -> None:
        self._above(self.state_button, self._states_into(QMenu(self)))

    def _record_menu(self) -> None:
        self._above(self.record_button, self._records_into(QMenu(self)))

    def _above(self, button: QWidget, menu: QMenu) -> None:
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(button.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def _records_into(self, menu: QMenu) -> QMenu:
        """Adds what can be recorded of the selected tandems together; what is nowhere open is grey and says why."""
        chosen = [one.tandem for one in self.table.selected_records()]
        over = "" if any(one.state in OPEN_STATES for one in chosen) else tr("over already")
        active = any(one.state is TandemState.ACTIVE for one in chosen)
        consents = "" if together.open_consents(chosen) else tr("all recorded")
        agreements = "" if together.open_agreements(chosen) else tr("all recorded")
        for words, why_not, record in (
            (tr("Record consents …"), over or consents, self.record_consents),
            (tr("Record signed agreements …"), over or agreements, self.record_agreements),
            (tr("Record a meeting for each …"), over or ("" if active else tr("none is active")), self.record_meetings),
        ):
            add_action(menu, words, why_not).triggered.connect(record)
        return menu

    def _states_into(self, menu: QMenu) -> QMenu:
        """Adds the steps that all the selected tandems can take; without every consent nothing becomes active."""
        chosen = self.table.selected_records()
        for state in next_states(chosen):
            lacks = state is TandemState.ACTIVE and not all(one.tandem.consented for one in chosen)
            words = tandem_words.step_text(state, chosen[0].tandem.state)
            action = add_action(menu, words, tr("consents are missing") if lacks else "")
            action.triggered.connect(lambda _=False, state=state: self.set_state(state))
        return menu

    def _menu(self, chosen: list[TandemRow], at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if len(chosen) == 1:
            menu.addAction(tr("Open")).triggered.connect(self._open)
        self._records_into(menu)
        menu.addSeparator()
        self._states_into(menu)
        if any(one.tandem.state in OPEN_STATES for one in chosen):
            sure = menu.addMenu(tr(tandem_words.STEPS[TandemState.ENDED][0]))
            sure.addAction(tr("Dissolve now")).triggered.connect(self.dissolve)
        menu.addSeparator()
        menu.addAction(tr("Remove")).triggered.connect(self.remove)
        menu.popup(at)

    def set_state(self, state: TandemState) -> None:
        """Takes the selected tandems one step on, all or none."""
        if state is TandemState.ACTIVE and not self._start_sure():
            return
        if state is TandemState.COMPLETED and not all_completed_all_the_same(self, self.desk.vault, self._chosen()):
            return
        text = tandem_words.became_text(state, len(self._chosen_ids()))
        self._do(self._chosen_ids(), lambda _: text, tandems.set_states, state)

    def _start_sure(self) -> bool:
        """Asks first where some are to begin without what is agreed in advance."""
        chosen = [one.id for one in self._chosen() if one.state in NOT_BEGUN]
        lacks = self._lacks(chosen)
        text = hasty_text(lacks, self._chosen(), mutual=self._kind() is ProgrammeKind.MUTUAL)
        return not lacks or ask.yes_no(self, tr("Activate"), text, tr("Start all the same"))

    def _kind(self) -> ProgrammeKind | None:
        shown = None if self.desk.programme is None else programmes.programme(self.desk.vault, self.desk.programme)
        return None if shown is None else shown.kind

    def _lacks(self, chosen: Iterable[TandemId], state: TandemState | None = None) -> dict[TandemId, tuple[Lack, ...]]:
        programme = self.desk.programme
        return {} if programme is None else lacks_in(self.desk.vault, programme, chosen, state)

    def record_consents(self) -> None:
        """Asks for the day and whose, and notes the consents of the selected tandems that are open, in one step."""
        kind = self._kind()
        if kind is None:
            return
        dialog = RecordConsents(self, self._chosen(), kind)

        def said(done: together.Recorded) -> str:
            words = trn("{n} consent was recorded", "{n} consents were recorded", done.count)
            return tandem_words.recorded_text(words, done)

        if ask.run(dialog):
            self._do(self._chosen_ids(), said, together.record_consents, dialog.sides(), dialog.on)

    def record_agreements(self) -> None:
        dialog = RecordAgreements(self, self._chosen())

        def said(done: together.Recorded) -> str:
            words = trn("{n} agreement was recorded", "{n} agreements were recorded", done.count)
            return tandem_words.recorded_text(words, done)

        if ask.run(dialog):
            self._do(self._chosen_ids(), said, together.record_agreements, dialog.on)

    def record_meetings(self) -> None:
        if self.desk.programme is None:
            return
        dialog = RecordMeetings(self, self._chosen(), meetings.of_programme(self.desk.vault, self.desk.programme))

        def said(n: int) -> str:
            return trn("{n} meeting was recorded", "{n} meetings were recorded", n).format(n=n)

        if ask.run(dialog):
            self._do(self._chosen_ids(), said, together.record_meetings, dialog.on, dialog.minutes.value())

    def dissolve(self) -> None:
        chosen = tuple(one.id for one in self.table.selected_records() if one.tandem.state in OPEN_STATES)
        self._do(chosen, lambda refused: tandem_words.dissolved_text(len(chosen), refused), tandems.dissolve)

    def remove(self) -> None:
        chosen = self._chosen_ids()
        text = trn("{n} tandem was removed", "{n} tandems were removed", len(chosen))
        self._do(chosen, lambda _: text, tandems.remove)

    def _do(
        self,
        chosen: tuple[TandemId, ...],
        said: Callable[[Any], str],
        verb: Callable[Concatenate[Change, tuple[TandemId, ...], P], object],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> None:
        """Does something to tandems in one step, off the main thread where they are many, and says it."""
        n, had, waiting = len(chosen), self._meetings(), [one.id for one in self._chosen() if one.state in NOT_BEGUN]

        def done(result: Any) -> None:
            words = tandem_words.with_planned(said(result).replace("{n}", str(n)), self._meetings() - had)
            hasty = self._lacks(waiting, TandemState.ACTIVE) if waiting else {}
            self.desk.say(with_hasty(words, len(hasty)), undo=True)

        if chosen:
            self.desk.do_together(n, tr("Changing tandems …"), done, verb, chosen, *args, **kwargs)

    def _meetings(self) -> int:
        programme = self.desk.programme
        return 0 if programme is None else meetings.count_in(self.desk.vault, programme)

    def _chosen(self) -> tuple[Tandem, ...]:
        return tuple(one.tandem for one in self.table.selected_records())

    def _chosen_ids(self) -> tuple[TandemId, ...]:
        return tuple(one.id for one in self.table.selected_records())


def _in_state(state: TandemState) -> Keep:
    return lambda one: one.tandem.state is state
