"""Choosing people of the roster for a programme: search, several at once, their role."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from PySide6.QtWidgets import QWidget

from app.domain.ids import PersonId
from app.domain.people import Person, person_haystack, told_apart, with_more
from app.domain.programmes import ProgrammeKind, Role
from app.domain.text import fold
from app.i18n import number_text, tr, trn
from ui import theme
from ui.parts import buttons, card
from ui.parts.dialog import Dialog
from ui.parts.field import ChoiceField, NumberField
from ui.parts.filling import Filling
from ui.parts.labels import role_choices
from ui.parts.participant_panel import MOST_PARTNERS
from ui.parts.search import SearchField
from ui.parts.table import Column, RecordModel, RecordTable


class EnrolPeople(Dialog):
    """Ends accepted with ``chosen()``, ``role.value()`` and ``capacity.value()``.

    ``filling`` makes a list of people ready, in any thread; ``show_people`` takes it.
    """

    def __init__(self, parent: QWidget | None, kind: ProgrammeKind) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Enrol people"))
        self.resize(theme.px(720), theme.px(600))
        self.search = SearchField(tr("Name, department or skill …"), shortcut="")
        self._apart: dict[PersonId, str] = {}  # what tells namesakes apart
        self.model: RecordModel[Person] = RecordModel(self._columns(), person_haystack, fold=fold)
        self.table = RecordTable(self.model, tr("People who can be enrolled"))
        mutual = kind is ProgrammeKind.MUTUAL
        self.role = ChoiceField(tr("Role"), role_choices(kind))
        self.role.set_value(Role.BOTH if mutual else Role.MENTEE)
        self.capacity = NumberField(tr("Partners at most"), 1, MOST_PARTNERS, may_be_empty=False)
        self.capacity.set_value(1)
        self.count = card.muted("")
        self.enrol = buttons.primary(tr("Enrol"), "user-plus")
        self.enrol.setDefault(True)
        self.cancel = buttons.secondary(tr("Cancel"))
        self._lay_out()
        if mutual:
            both = tr("Everybody takes part as tandem partner: both teach and learn.")
            self.hint.setText(f"{self.hint.text()} {both}")
        self.role.setVisible(not mutual)
        self.capacity.setVisible(not mutual)  # everybody has one tandem
        self.search.searched.connect(self._find)
        self.search.tell_of(self.model)
        self.search.left_downwards.connect(self.table.setFocus)
        self.table.selection_changed.connect(self._count)
        self.table.opened.connect(lambda _: self._accept())
        self.role.edited.connect(self._show_capacity)
        self.enrol.clicked.connect(self._accept)
        self.cancel.clicked.connect(self.reject)
        self._show_capacity()
        self._count()
        self.search.setFocus()

    def filling(self, people: Sequence[Person]) -> Filling[Person]:
        self._apart = told_apart(people)
        return self.model.filling(people)

    def show_people(self, filling: Filling[Person]) -> None:
        self.model.show_filling(filling)

    def _lay_out(self) -> None:
        column = card.column(spacing=12)
        column.setContentsMargins(*[theme.px(24)] * 4)
        column.addWidget(card.heading(tr("Enrol people")))
        self.hint = card.muted(tr("Several at once with Ctrl or Shift. Taking part is voluntary: please ask first."),
                               wrap=True)  # fmt: skip
        column.addWidget(self.hint)
        column.addWidget(self.search)
        column.addWidget(self.table, 1)
        fields = card.row(self.role, self.capacity, spacing=12)
        fields.setStretch(0, 3)
        fields.setStretch(1, 2)
        column.addLayout(fields)
        foot = card.row(self.count, 1, self.cancel, self.enrol, spacing=10)
        column.addLayout(foot)
        self.setLayout(column)

    def chosen(self) -> list[PersonId]:
        """The people selected, in the order shown."""
        return [person.id for person in self.table.selected_records()]

    def _find(self, query: str) -> None:
        self.model.find(query)
        self._count()

    def _count(self) -> None:
        n = len(self.table.selected_records())
        self.enrol.setEnabled(n > 0)
        words = trn("{n} person selected", "{n} people selected", n).format(n=number_text(n))
        self.count.setText(words if n else tr("Nobody selected yet"))

    def _show_capacity(self) -> None:
        self.capacity.setEnabled(self.role.value() is not Role.MENTEE)

    def _accept(self) -> None:
        if self.chosen() and not self.capacity.error():
            self.accept()

    def _columns(self) -> list[Column[Person]]:
        return [
            Column(
                key="name", title=tr("Name"), kind="person", width=240,
                text=lambda person: with_more(person.list_name, self._apart.get(person.id, "")),
                avatar=lambda person: person.id, sort_key=lambda person: person.order,
            ),
            Column(key="department", title=tr("Department"), text=attrgetter("department"), width=150, muted=True),
            Column(key="position", title=tr("Position"), text=attrgetter("position"), width=150, muted=True),
            Column(
                key="level", title=tr("Career level"), width=110,
                text=lambda person: "" if person.level is None else str(person.level),
                muted=True, sort_key=lambda person: person.level or 0,
            ),
        ]  # fmt: skip
