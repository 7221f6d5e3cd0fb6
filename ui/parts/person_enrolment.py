"""A person's part in the programme: role, and how many partners they take."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.ids import PersonId, ProgrammeId
from app.domain.programmes import Enrolment, ProgrammeKind, Role
from app.i18n import tr
from app.services import programmes
from ui import theme
from ui.parts.card import PlainLabel
from ui.parts.editors import ChoiceField, Labelled
from ui.parts.labels import role_choices
from ui.parts.person_fields import Save
from ui.words import sentence

MOST = 9


class EnrolmentFields(QWidget):
    """Enrols, changes the role, or takes out again; says so where there is no programme yet."""

    def __init__(self, save: Save) -> None:
        super().__init__()
        self._save = save
        self._person: PersonId | None = None
        self._programme: ProgrammeId | None = None
        self._enrolment: Enrolment | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        self.none_yet = PlainLabel(tr("There is no programme yet."), "muted", wrap=True)
        column.addWidget(self.none_yet)
        self._offered = self._choices(None, None)
        self.role = ChoiceField(self._offered, whole=True)
        self.capacity = ChoiceField([(count, str(count)) for count in range(1, MOST + 1)])
        self._role = Labelled(tr("Role in the programme"), self.role)
        self._capacity = Labelled(tr("Partners at most"), self.capacity)
        column.addWidget(self._role)  # not beside each other: "Mentor and mentee" has to be read to its end
        column.addWidget(self._capacity)
        self.role.committed.connect(self._set_role)
        self.capacity.committed.connect(self._set_capacity)

    def show_value(
        self,
        person: PersonId,
        programme: ProgrammeId | None,
        enrolment: Enrolment | None,
        kind: ProgrammeKind | None = None,
    ) -> None:
        if person != self._person and self._role.error():
            self._role.set_error("")
        self._person, self._programme, self._enrolment = person, programme, enrolment
        self.none_yet.setVisible(programme is None)
        self._role.setVisible(programme is not None)
        mutual = kind is ProgrammeKind.MUTUAL  # there everybody has one tandem
        self._capacity.setVisible(enrolment is not None and enrolment.teaches and not mutual)
        choices = self._choices(kind, None if enrolment is None else enrolment.role)
        if choices != self._offered:
            self._offered = choices
            self.role.set_choices(choices)
        self.role.show_value(None if enrolment is None else enrolment.role)
        self.capacity.show_value(1 if enrolment is None else enrolment.capacity)

    @staticmethod
    def _choices(kind: ProgrammeKind | None, now: Role | None) -> list[tuple[Role | None, str]]:
        return [(None, tr("Not enrolled")), *role_choices(kind, now)]

    def _set_role(self, role: Role | None) -> None:
        if self._person is None or self._programme is None:
            return
        if self._enrolment is None and role is not None:
            fault = self._save(programmes.enrol, self._programme, [self._person], role)
        elif self._enrolment is not None and role is not None:
            fault = self._save(programmes.edit_enrolment, self._enrolment.id, role=role)
        elif self._enrolment is not None:
            fault = self._save(programmes.leave, [self._enrolment.id])
        else:
            return
        self._role.set_error("" if fault is None else sentence(fault))
        if fault is not None:
            self.role.show_value(None if self._enrolment is None else self._enrolment.role)

    def _set_capacity(self, capacity: int) -> None:
        if self._enrolment is not None:
            fault = self._save(programmes.edit_enrolment, self._enrolment.id, capacity=capacity)
            self._capacity.set_error("" if fault is None else sentence(fault))
