"""A draft of tandems: what the vault holds about a programme, and what the officer locked and ruled out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from app.domain.ids import EnrolmentId, PersonId, ProgrammeId, TopicId
from app.domain.people import Confidence, Person
from app.domain.programmes import Enrolment, EnrolmentState, Programme, ProgrammeKind
from app.domain.tandems import OPEN_STATES, Tandem
from app.i18n import language
from app.store import people, programmes, tandems, topics
from app.store.vault import Source
from ui.parts.participants import known_people

if TYPE_CHECKING:  # the engine brings NumPy along: it is loaded when the first plan is made
    from app.pairing.plan import PairCheck, Participant, Plan

PairIds = tuple[EnrolmentId, EnrolmentId]  # mentor, mentee


@dataclass(frozen=True, slots=True)
class Draft:
    """What the officer decided about the next plan; kept while the page is open, never in the vault."""

    locked: frozenset[PairIds] = frozenset()
    banned: frozenset[PairIds] = frozenset()
    quality_first: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """Everything a plan is made from."""

    programme: Programme
    participants: dict[EnrolmentId, Participant]
    supervisors: dict[PersonId, PersonId | None]
    tandems: tuple[Tandem, ...]
    topics: dict[TopicId, str]
    places: dict[EnrolmentId, int] = field(default_factory=dict)  # partners a mentor can still take
    waiting: tuple[EnrolmentId, ...] = ()  # mentees without a tandem

    def person(self, enrolment: EnrolmentId) -> Person:
        return self.participants[enrolment].person

    def enrolment(self, enrolment: EnrolmentId) -> Enrolment:
        return self.participants[enrolment].enrolment

    @property
    def existing(self) -> tuple[PairIds, ...]:
        """The pairs of the open tandems."""
        return tuple((one.mentor.enrolment, one.mentee.enrolment) for one in self.tandems if one.state in OPEN_STATES)

    def possible(self, pair: PairIds) -> bool:
        """True while both are still to be paired."""
        return self.places.get(pair[0], 0) > 0 and pair[1] in self.waiting


def read_basis(source: Source, programme_id: ProgrammeId) -> Basis | None:
    """Reads the programme, its people and its tandems; None where it is gone."""
    from app.pairing.participants import Participant

    programme = programmes.programme(source, programme_id)
    if programme is None:
        return None
    enrolments = [
        one for one in programmes.enrolments(source, programme_id) if one.state is not EnrolmentState.WITHDRAWN
    ]
    known = known_people(source, {one.person for one in enrolments})
    confidences = people.all_confidences(source)
    spoken = language()
    basis = Basis(
        programme=programme,
        participants={
            one.id: Participant(
                enrolment=one, person=known[one.person], confidence=confidences.get(one.person, Confidence())
            )
            for one in enrolments
            if one.person in known
        },
        supervisors=people.supervisors(source),
        tandems=tandems.of_programme(source, programme_id),
        topics={topic.id: topic.name(spoken) for topic in topics.all_topics(source)},
    )
    return _with_room(basis)


def _with_room(basis: Basis) -> Basis:
    """Counts who is free; in mutual programmes everybody has one tandem, on whichever side."""
    existing = basis.existing
    taken = [mentor for mentor, _ in existing]
    paired = {mentee for _, mentee in existing}
    if basis.programme.kind is ProgrammeKind.MUTUAL:
        busy = {*taken, *paired}
        free = {one: 1 for one, who in basis.participants.items() if who.teaches and one not in busy}
        waiting = tuple(one for one, who in basis.participants.items() if who.learns and one not in busy)
    else:
        left = {one: who.capacity - taken.count(one) for one, who in basis.participants.items() if who.teaches}
        free = {one: places for one, places in left.items() if places > 0}
        waiting = tuple(one for one, who in basis.participants.items() if who.learns and one not in paired)
    return replace(basis, places=free, waiting=waiting)


def solve(basis: Basis, draft: Draft, cancelled: Callable[[], bool]) -> Plan:
    """The best plan; locks of people who are no longer to be paired are passed over. Faults as ``propose``."""
    from app.pairing.plan import propose

    return propose(
        basis.programme,
        basis.participants.values(),
        supervisors=basis.supervisors,
        locked=sorted(pair for pair in draft.locked if basis.possible(pair)),
        banned=sorted(draft.banned),
        existing=basis.existing,
        quality_first=draft.quality_first,
        cancelled=cancelled,
    )


def check(basis: Basis, pair: PairIds) -> PairCheck:
    """What rules and scores say about two people chosen by hand."""
    from app.pairing.plan import examine

    mentor, mentee = pair
    return examine(
        basis.programme, basis.participants[mentor], basis.participants[mentee], supervisors=basis.supervisors
    )
