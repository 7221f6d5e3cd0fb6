"""The roster as the people page shows it: each person with their part in the programme, ready to search and sort."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import islice, takewhile
from operator import attrgetter

from app.domain.ids import OrganisationId, PersonId, ProgrammeId, TandemId, TopicId
from app.domain.people import Person, Salutation, Skill, person_haystack, told_apart
from app.domain.programmes import Enrolment, EnrolmentState, ProgrammeKind, Role
from app.domain.tandems import OPEN_STATES, Tandem, TandemState
from app.domain.text import haystack, needles, sort_key, sort_text
from app.domain.topics import Topic
from app.i18n import date_text, speaking
from app.store import people, programmes, tandems, topics
from app.store.vault import Source
from ui.parts.labels import availability_text, pairing_text, role_word, salutation_text

_FOREMOST = (
    TandemState.ACTIVE,
    TandemState.AGREED,
    TandemState.PROPOSED,
    TandemState.PAUSED,
    TandemState.COMPLETED,
    TandemState.ENDED,
)
NAMES_FOUND = 12
_ORDER = attrgetter("order")


@dataclass(frozen=True, slots=True)
class Entry:
    """One row. ``order`` is the phone-book order as one string, ``hay`` what a search over all columns looks in.

    Its first ``own`` letters hold what was entered of the person alone: who seeks a person by name for a field does
    not mean everybody who works under one of that name.
    """

    person: Person
    order: str
    hay: str
    own: int
    organisation: str = ""
    supervisor: str = ""  # the list name
    offered: str = ""
    sought: str = ""
    goal: str = ""  # the topic sought first
    goal_level: int = 0
    enrolment: Enrolment | None = None
    tandem: TandemId | None = None
    state: TandemState | None = None
    kind: ProgrammeKind | None = None  # of the programme

    @property
    def id(self) -> PersonId:
        return self.person.id

    @property
    def role(self) -> Role | None:
        return None if self.enrolment is None else self.enrolment.role


@dataclass(frozen=True)
class Surroundings:
    """What rows need besides the people themselves."""

    programme: ProgrammeId | None
    language: str
    topics: Mapping[TopicId, Topic]
    organisations: Mapping[OrganisationId, str]
    enrolments: Mapping[PersonId, Enrolment]
    tandems: Mapping[PersonId, tuple[Tandem, ...]] = field(default_factory=dict)
    title: str = ""  # of the programme
    kind: ProgrammeKind | None = None  # of the programme

    def topic(self, topic: TopicId) -> str:
        found = self.topics.get(topic)
        return "" if found is None else found.name(self.language)

    def entry(self, person: Person, supervisor: str = "") -> Entry:
        """The row of a person; ``supervisor`` by their list name."""
        offered, sought = person.offered(), person.sought()
        goal = foremost_goal(sought)
        organisation = "" if person.organisation is None else self.organisations.get(person.organisation, "")
        both = " ".join(
            f"{topic.name_de} {topic.name_en} ({skill.level})"
            for skill, topic in ((skill, self.topics.get(skill.topic)) for skill in person.skills)
            if topic is not None
        )
        enrolment = self.enrolments.get(person.id)
        tandem = next(iter(self.tandems.get(person.id, ())), None)
        own = person_haystack(person, both, organisation)
        return Entry(
            person=person,
            order=f"{sort_text(person.family_name)}\x00{sort_text(person.given_name)}",
            hay=f"{own} {self._shown(person, enrolment, tandem, supervisor)}",
            own=len(own),
            organisation=organisation,
            supervisor=supervisor,
            offered=", ".join(f"{self.topic(skill.topic)} ({skill.level})" for skill in offered),
            sought=", ".join(f"{self.topic(skill.topic)} ({skill.level})" for skill in sought),
            goal="" if goal is None else self.topic(goal.topic),
            goal_level=0 if goal is None else goal.level,
            enrolment=enrolment,
            tandem=None if tandem is None else tandem.id,
            state=None if tandem is None else tandem.state,
            kind=self.kind,
        )

    def _shown(self, person: Person, enrolment: Enrolment | None, tandem: Tandem | None, supervisor: str) -> str:
        """What the columns say besides what was entered: in the words of the window's language."""
        role, state = None if enrolment is None else enrolment.role, None if tandem is None else tandem.state
        said = _standing(self.language, self.kind, role, state, person.salutation, person.availability)
        entered = _day(self.language, person.entry_date)
        return f"{said} {haystack(supervisor)} {entered} {person.level or ''}"


@lru_cache(maxsize=65536)
def _standing(
    language: str,
    kind: ProgrammeKind | None,
    role: Role | None,
    state: TandemState | None,
    salutation: Salutation,
    availability: int,
) -> str:
    """Folded, each word once: tens of thousands share a few of these."""
    with speaking(language):
        said = haystack(
            "" if role is None else role_word(role, kind),
            pairing_text(state, enrolled=role is not None),
            "" if salutation is Salutation.NONE else salutation_text(salutation),
            availability_text(availability).replace(",", " "),
        )
    return " ".join(dict.fromkeys(said.split()))


@lru_cache(maxsize=65536)
def _day(language: str, day: date | None) -> str:
    with speaking(language):
        return haystack(date_text(day))


def foremost_goal(sought: tuple[Skill, ...]) -> Skill | None:
    """The skill sought with the highest priority, the first of equals."""
    return max(sought, key=lambda skill: skill.priority, default=None)


def surroundings(source: Source, programme: ProgrammeId | None, language: str) -> Surroundings:
    """Reads topics, organisations and who does what in the programme."""
    of_person: dict[PersonId, list[Tandem]] = {}
    enrolments: dict[PersonId, Enrolment] = {}
    if programme is not None:
        enrolments = {
            enrolment.person: enrolment
            for enrolment in programmes.enrolments(source, programme)
            if enrolment.state is not EnrolmentState.WITHDRAWN
        }
        for tandem in tandems.of_programme(source, programme):
            for member in tandem.members:
                of_person.setdefault(member.person, []).append(tandem)
    chosen = None if programme is None else programmes.programme(source, programme)
    return Surroundings(
        programme=programme,
        title="" if chosen is None else chosen.title,
        kind=None if chosen is None else chosen.kind,
        language=language,
        topics={topic.id: topic for topic in topics.all_topics(source)},
        organisations={organisation.id: organisation.name for organisation in people.organisations(source)},
        enrolments=enrolments,
        tandems={
            person: tuple(sorted(found, key=lambda tandem: _FOREMOST.index(tandem.state)))
            for person, found in of_person.items()
        },
    )


@dataclass(frozen=True, slots=True)
class Difference:
    """Who is new or other, and who is gone."""

    changed: list[Entry]
    gone: list[PersonId]


def _texts(person: Person, attribute: str) -> tuple[str, ...]:
    value = getattr(person, attribute)
    return (value,) if isinstance(value, str) else value


class Roster:
    """All entries in phone-book order; entries whose person and surroundings did not change are kept as they are."""

    def __init__(self, around: Surroundings, entries: Iterable[Entry] = ()) -> None:
        self.around = around
        # In our own order, whatever the vault's: it may keep names as an earlier Python has folded them.
        self.entries = sorted(entries, key=_ORDER)
        self.by_id: dict[PersonId, Entry] = {entry.id: entry for entry in self.entries}
        self.paired = sum(entry.state in OPEN_STATES for entry in self.entries)  # people in an open tandem
        self._values: dict[str, list[str]] = {}

    def read(
        self,
        source: Source,
        programme: ProgrammeId | None,
        language: str,
        step: Callable[[float], None] = lambda _: None,
    ) -> Roster:
        """The roster as the vault has it now; ``step`` is told how far it is and may raise."""
        around = surroundings(source, programme, language)
        old = self.by_id if same_names(self.around, around) else {}
        entries = []
        everybody = people.all_people(source)
        names = {person.id: person.list_name for person in everybody}
        for place, person in enumerate(everybody):
            if place % 1000 == 0:
                step(place / len(everybody))
            before, above = old.get(person.id), names.get(person.supervisor, "") if person.supervisor else ""
            kept = before is not None and before.person == person and before.supervisor == above
            if before is not None and kept and _same_part(before, around):
                entries.append(before)
            else:
                entries.append(around.entry(person, above))
        return Roster(around, entries)

    def reread(self, source: Source, ids: Iterable[PersonId], programme: ProgrammeId | None) -> Difference:
        """Reads only these people again, and mends those whose supervisor is called otherwise now.

        The roster itself is changed.
        """
        self.around = surroundings(source, programme, self.around.language)
        wanted = list(ids)
        called = {identity: self.name(identity) for identity in wanted}
        found = {identity: people.person(source, identity) for identity in wanted}
        gone = [identity for identity, person in found.items() if person is None]
        now = [person for person in found.values() if person is not None]
        names = {person.id: person.list_name for person in now}
        renamed = {identity for identity in wanted if names.get(identity, "") != called[identity]}
        if renamed:
            below = (entry.person for entry in self.entries if entry.person.supervisor in renamed)
            now += [person for person in below if person.id not in found]
        for identity in gone:
            self._take_out(identity)
        changed = []
        for person in now:
            above = names.get(person.supervisor) if person.supervisor else ""
            changed.append(self.around.entry(person, self.name(person.supervisor) if above is None else above))
            self._take_out(person.id)
            self._put_in(changed[-1])
        return Difference(changed, gone)

    def _take_out(self, identity: PersonId) -> None:
        old = self.by_id.pop(identity, None)
        if old is not None:
            place = bisect_left(self.entries, old.order, key=_ORDER)
            while self.entries[place].id != identity:
                place += 1
            del self.entries[place]
            self.paired -= old.state in OPEN_STATES

    def _put_in(self, entry: Entry) -> None:
        self.by_id[entry.id] = entry
        insort(self.entries, entry, key=_ORDER)
        self.paired += entry.state in OPEN_STATES
        for attribute, known in self._values.items():
            for value in _texts(entry.person, attribute):
                if value and value not in known:
                    insort(known, value, key=sort_key)

    def names(self, query: str, without: frozenset[PersonId] = frozenset()) -> list[tuple[PersonId, str]]:
        """The first few people a picker offers for a query: names with what tells them apart."""
        words = needles(query)
        found = []
        for entry in self.entries:
            if entry.id not in without and all(entry.hay.find(word, 0, entry.own) >= 0 for word in words):
                found.append((entry.id, self.told_apart(entry.id)))
                if len(found) == NAMES_FOUND:
                    break
        return found

    def told_apart(self, identity: PersonId) -> str:
        """ "Özdemir, Aylin · Vertrieb", of namesakes what differs; nothing for somebody unknown."""
        entry = self.by_id.get(identity)
        if entry is None:
            return ""
        first = bisect_left(self.entries, entry.order, key=_ORDER)
        alike = takewhile(lambda one: one.order == entry.order, islice(self.entries, first, None))
        more = told_apart([one.person for one in alike]).get(identity)
        more = more or entry.person.department or entry.organisation or entry.person.personnel_number
        return " · ".join(part for part in (entry.person.list_name, more) if part)

    def name(self, identity: PersonId | None) -> str:
        entry = None if identity is None else self.by_id.get(identity)
        return "" if entry is None else entry.person.list_name

    def values(self, attribute: str) -> list[str]:
        """What stands in a text field of people so far, each once, sorted: for completion and filters."""
        if attribute not in self._values:
            found = {text for entry in self.entries for text in _texts(entry.person, attribute)}
            self._values[attribute] = sorted(found - {""}, key=sort_key)
        return self._values[attribute]


def empty_roster(language: str = "en") -> Roster:
    return Roster(Surroundings(None, language, {}, {}, {}))


def same_names(one: Surroundings, other: Surroundings) -> bool:
    """True where topics, organisations and roles read the same."""
    return (one.language, one.kind, one.topics, one.organisations) == (
        other.language, other.kind, other.topics, other.organisations
    )  # fmt: skip


def _same_part(entry: Entry, around: Surroundings) -> bool:
    tandem = next(iter(around.tandems.get(entry.id, ())), None)
    state = None if tandem is None else tandem.state
    return entry.enrolment == around.enrolments.get(entry.id) and entry.state == state and (
        entry.tandem == (None if tandem is None else tandem.id)
    )
