"""The panel beside the list: one person, edited in place."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.domain.ids import PersonId
from app.domain.people import Confidence, Side, Skill
from app.i18n import date_text, tr
from app.services import people
from ui import theme
from ui.parts.avatar import Avatar, initials
from ui.parts.buttons import icon_button, secondary
from ui.parts.card import ElidedLabel, PlainLabel, column, row, subheading
from ui.parts.labels import role_text, state_text, state_tone
from ui.parts.person_confidence import ConfidenceCard
from ui.parts.person_enrolment import EnrolmentFields
from ui.parts.person_fields import PersonFields, Save
from ui.parts.person_skills import SkillList
from ui.parts.pieces import at_once
from ui.parts.pills import Pill
from ui.parts.roster import Entry, Roster, empty_roster
from ui.parts.scroll import Scroll


class PersonPanel(Scroll):
    """Everything about one person. Saves each field at once through ``save``, which gives what went wrong or None."""

    tandem_wanted = Signal(object)  # TandemId
    copy_wanted = Signal(object)  # PersonId
    removal_wanted = Signal(object)  # PersonId

    def __init__(self, save: Save, parent: QWidget | None = None, *, whole: bool = True) -> None:
        """Not ``whole``: `build` makes its fields piece by piece."""
        super().__init__(parent)
        self._save = save
        self._roster = empty_roster()
        self._entry: Entry | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inside = QWidget()
        self._inside.setObjectName("scrolled")
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(theme.px(18), theme.px(18), theme.px(14), theme.px(18))
        self._column.setSpacing(theme.px(10))
        self.setWidget(self._inside)
        if whole:
            at_once(self.build())

    def build(self) -> Iterator[None]:
        self._build_head()
        yield from self._build_parts()

    def minimumSizeHint(self) -> QSize:
        """As wide as its fields need to be read whole."""
        whole = self._column.totalMinimumSize().width() + self.verticalScrollBar().sizeHint().width()
        return QSize(whole, super().minimumSizeHint().height())

    def _build_head(self) -> None:
        self.avatar = Avatar(size=40)
        self.name = ElidedLabel("", scale=1.25, weight=theme.SEMIBOLD)
        self.line = PlainLabel("", "muted", wrap=True)
        head = row(self.avatar, spacing=12)
        head.addLayout(column(self.name, self.line, spacing=2), 1)
        self._column.addLayout(head)
        self.tandem = secondary(tr("Open tandem"), "handshake")
        self.tandem.clicked.connect(self._want_tandem)
        self.copy = icon_button("copy", tr("Duplicate this person"))
        self.copy.clicked.connect(lambda: self.copy_wanted.emit(self.person))
        self.removal = icon_button("trash-2", tr("Remove this person"))
        self.removal.clicked.connect(lambda: self.removal_wanted.emit(self.person))
        self._column.addLayout(row(self.tandem, 1, self.copy, self.removal, spacing=4))

    def _build_parts(self) -> Iterator[None]:
        yield
        self.fields = PersonFields(self._save, self._inside, whole=False)
        yield from self.fields.build()
        self.enrolment = EnrolmentFields(self._save)
        self.sought, self.offered = SkillList(Side.SOUGHT), SkillList(Side.OFFERED)
        self.sought.committed.connect(lambda skills: self._save_skills(Side.SOUGHT, skills))
        self.offered.committed.connect(lambda skills: self._save_skills(Side.OFFERED, skills))
        self.confidence = ConfidenceCard(
            lambda query, without: self._roster.names(query, without), lambda other: self._roster.name(other)
        )
        for told, verb in (
            (self.confidence.rivals_set, people.set_rivals),
            (self.confidence.vetoes_set, people.set_vetoes),
            (self.confidence.wishes_set, people.set_wishes),
        ):
            told.connect(lambda others, verb=verb: self._entry and self._save(verb, self._entry.id, others))
        self._programme_title = subheading(tr("In the programme"))
        self.state = Pill()
        self._column.addLayout(row(self._programme_title, 1, self.state))
        self._column.addWidget(self.enrolment)
        for words, hint, skills in (
            (tr("Would like to learn"), tr("Target level 1 to 4"), self.sought),
            (tr("Can pass on"), tr("Level 1 to 4"), self.offered),
        ):
            self._column.addSpacing(theme.px(6))
            hint_label = ElidedLabel(hint, "muted", 0.92)
            hint_label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            line = row(subheading(words), hint_label)
            line.setStretch(1, 1)
            self._column.addLayout(line)
            self._column.addWidget(skills)
        self._column.addSpacing(theme.px(6))
        self._column.addWidget(self.fields)
        self._column.addSpacing(theme.px(6))
        self._column.addWidget(self.confidence)
        self._column.addStretch(1)
        yield

    def _want_tandem(self) -> None:
        if self._entry is not None:
            self.tandem_wanted.emit(self._entry.tandem)

    @property
    def person(self) -> PersonId | None:
        return None if self._entry is None else self._entry.id

    def show_person(self, entry: Entry, roster: Roster, confidence: Confidence) -> None:
        """Shows a person; for another one than before from the top."""
        other = self._entry is None or self._entry.id != entry.id
        self._entry, self._roster = entry, roster
        person = entry.person
        named = bool(person.full_name)
        self.setAccessibleName(person.full_name or tr("New person"))
        self.avatar.set(initials(person.family_name, person.given_name), person.id)
        self.name.setText(person.full_name or tr("New person"))
        since = tr("since {date}").format(date=date_text(person.entry_date)) if person.entry_date else ""
        role = role_text(entry.role, roster.around.kind) if entry.role else ""
        parts = (role, person.department or entry.organisation, since.replace(" ", "\u00a0"))
        self.line.setText(" · ".join(filter(None, parts)) if named else tr("Added once there is a name"))
        self.tandem.setVisible(entry.tandem is not None)
        self.state.setVisible(entry.state is not None)
        if entry.state is not None:
            self.state.set(state_text(entry.state), state_tone(entry.state))
        self.enrolment.show_value(person.id, roster.around.programme, entry.enrolment, roster.around.kind)
        topics = dict(roster.around.topics)
        self.sought.show_value(person.skills, topics)
        self.offered.show_value(person.skills, topics)
        self.fields.show_person(entry, roster)
        self.confidence.show_value(person.id, confidence)
        for part in (self.copy, self.removal, self.enrolment, self.sought, self.offered, self.confidence):
            part.setEnabled(named)
        if other:
            self.verticalScrollBar().setValue(0)

    def start(self) -> None:
        """Goes to the fields by keyboard."""
        self.fields.start()

    def flush(self) -> None:
        self.fields.flush()

    def _save_skills(self, side: Side, skills: tuple[Skill, ...]) -> None:
        if self._entry is not None:
            others = tuple(skill for skill in self._entry.person.skills if skill.side is not side)
            self._save(people.edit, self._entry.id, skills=(*others, *skills))
