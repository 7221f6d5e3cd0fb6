"""Whom a note is about: a picker for a person or a tandem, and what is known of them beside the note."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.ids import PersonId, TandemId
from app.domain.kinds import Kind
from app.domain.notes import Note
from app.domain.people import Person
from app.domain.programmes import ProgrammeKind
from app.domain.tandems import Tandem, TandemSide
from app.domain.text import haystack, needles
from app.i18n import tr
from app.store import notes, people, programmes, tandems, topics
from ui import theme
from ui.desk import Desk, Place
from ui.parts import buttons
from ui.parts.avatar import Avatar, initials
from ui.parts.card import ElidedLabel, PlainLabel, Separator, column, row, subheading
from ui.parts.field import ChoiceField
from ui.parts.gaps_panel import GapsPanel
from ui.parts.labels import state_text
from ui.parts.meeting_form import labelled
from ui.parts.note_reading import tandem_name, tandem_names
from ui.parts.people_picker import PeoplePicker

OFFERS = 12
NAMES = frozenset({Kind.PERSON, Kind.TANDEM, Kind.ENROLMENT, Kind.PROGRAMME, Kind.HOUSE})


class NoteContext(QWidget):
    """``committed`` gives (person, tandem), one of them at most; the panel itself changes nothing of the note."""

    committed = Signal(object, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._everybody: tuple[tuple[PersonId, str, str], ...] | None = None
        self._tandems: dict[TandemId, str] | None = None  # read once, until somebody or a tandem changes
        self._note: Note | None = None
        desk.changed.connect(self._changed)
        self.person = PeoplePicker(self._lookup, tr("Nobody yet"))
        self.person.committed.connect(lambda person: self.committed.emit(person, None))
        self.tandem: ChoiceField[TandemId | None] = ChoiceField(tr("or about the tandem"), [(None, tr("None"))])
        self.tandem.edited.connect(lambda: self.committed.emit(None, self.tandem.value()))
        self.people = QVBoxLayout()
        self.people.setSpacing(theme.px(10))
        self.open_button = buttons.secondary(tr("Open tandem"), "arrow-right")
        self.open_button.clicked.connect(self._open)
        self.state = PlainLabel("", "text", wrap=True)
        self.gaps = GapsPanel(desk)
        self._panels = [self.gaps]  # of a mutual tandem both are learners
        self._all_gaps = column(self.gaps, spacing=12)
        self._tandem: TandemId | None = None
        whole = column(spacing=12)
        whole.addWidget(subheading(tr("About")))
        whole.addWidget(labelled(tr("About the person"), self.person))
        whole.addWidget(self.tandem)
        whole.addLayout(self.people)
        whole.addWidget(self.state)
        whole.addWidget(self.open_button)
        self._line = Separator()
        whole.addWidget(self._line)
        whole.addLayout(self._all_gaps)
        whole.addStretch(1)
        self.setLayout(whole)

    def show_note(self, note: Note) -> None:
        """Shows what the note is about; skill gaps are those of the person or of whoever learns in the tandem."""
        source = self.desk.vault
        self._note = note
        tandem = None if note.tandem is None else tandems.tandem(source, note.tandem)
        about = None if note.person is None else people.person(source, note.person)
        self._tandem = None if tandem is None else tandem.id
        self.person.show_value("" if about is None else about.list_name)
        self._offer_tandems(tandem)
        members = [] if tandem is None else [people.person(source, member.person) for member in tandem.members]
        shown = [about] if about is not None else [person for person in members if person is not None]
        self._show_people(shown)
        self.state.setVisible(tandem is not None)
        self.open_button.setVisible(tandem is not None)
        if tandem is not None:
            words = tr("Tandem {n}").format(n=tandem.number)
            self.state.setText(f"{words} \u00b7 {state_text(tandem.state)}")
        self._show_gaps(self._learners(tandem) if about is None else [about])

    def _learners(self, tandem: Tandem | None) -> list[Person]:
        """The mentee; in a mutual programme both partners, the mentee's side first as on the tandem's page."""
        if tandem is None:
            return []
        programme = programmes.programme(self.desk.vault, tandem.programme)
        mutual = programme is not None and programme.kind is ProgrammeKind.MUTUAL
        sides = (TandemSide.MENTEE, TandemSide.MENTOR) if mutual else (TandemSide.MENTEE,)
        first = [members[0].person for side in sides if (members := tandem.on(side))]
        return [person for one in first if (person := people.person(self.desk.vault, one)) is not None]

    def _show_gaps(self, learners: list[Person]) -> None:
        self._line.setVisible(bool(learners))
        while len(self._panels) < len(learners):
            further = GapsPanel(self.desk)
            self._panels.append(further)
            self._all_gaps.addWidget(further)
        catalogue = {topic.id: topic for topic in topics.all_topics(self.desk.vault)} if learners else {}
        for place, panel in enumerate(self._panels):
            panel.setVisible(place < len(learners))
            if place < len(learners):
                person = learners[place]
                found = notes.gaps_of(self.desk.vault, person.id)
                title = tr("Skill gaps of {name}").format(name=person.full_name)
                panel.show_gaps(person.id, found, catalogue, (), title)

    def _show_people(self, shown: list[Person]) -> None:
        while self.people.count():
            item = self.people.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for person in shown:
            line = QWidget()
            words = column(ElidedLabel(person.full_name, weight=theme.MEDIUM), spacing=1)
            place = " \u00b7 ".join(part for part in (person.position, person.department) if part)
            if place:
                words.addWidget(ElidedLabel(place, "text", 0.94))
            inside = row(Avatar(initials(person.family_name, person.given_name), person.id, 32), spacing=10)
            inside.addLayout(words, 1)
            line.setLayout(inside)
            self.people.addWidget(line)

    def _changed(self, kinds: frozenset[Kind]) -> None:
        """The window may have read the page anew before this; with other names it is shown again."""
        if kinds & NAMES:
            self._everybody = self._tandems = None
            if self._note is not None and self.isVisible():
                self.show_note(self._note)

    def know_tandems(self, names: dict[TandemId, str]) -> None:
        """The tandems to choose from, which the page has read with its notes."""
        self._tandems = names

    def _offer_tandems(self, chosen: Tandem | None) -> None:
        if self._tandems is None:
            self._tandems = tandem_names(self.desk.vault, self.desk.programme)
        offers = dict(self._tandems)
        if chosen is not None and chosen.id not in offers:
            known = people.names(self.desk.vault, {member.person for member in chosen.members})
            members = (known[member.person] for member in chosen.members if member.person in known)
            offers[chosen.id] = tandem_name(chosen.number, members)
        choices: list[tuple[TandemId | None, str]] = [(None, tr("None")), *offers.items()]
        self.tandem.set_choices(choices)
        self.tandem.set_value(None if chosen is None else chosen.id)
        self.tandem.setVisible(len(choices) > 1)

    def _lookup(self, query: str) -> list[tuple[PersonId, str]]:
        if self._everybody is None:
            self._everybody = tuple(
                (one.id, one.list_name, haystack(one.full_name, one.department, one.personnel_number))
                for one in people.all_people(self.desk.vault)
            )
        words = needles(query)
        found = ((identity, name) for identity, name, hay in self._everybody if all(word in hay for word in words))
        return [hit for hit, _ in zip(found, range(OFFERS), strict=False)]

    def _open(self) -> None:
        if self._tandem is not None:
            self.desk.go(Place("tandem", self._tandem))

    def flush(self) -> None:
        for panel in self._panels:
            panel.flush()

    def complete(self) -> None:
        """Makes the fields behind all pencils."""
        for panel in self._panels:
            panel.complete()


