"""What a plan is made from, read once: who takes part, the rules, the tandems there are, and what was decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from app.domain.drafts import Draft, Method, PairIds
from app.domain.ids import EnrolmentId, PersonId, ProgrammeId, TopicId
from app.domain.people import Person
from app.domain.programmes import Enrolment, EnrolmentState, Programme, ProgrammeKind
from app.domain.publishings import Publishing
from app.domain.tandems import OPEN_STATES, Tandem, TandemState
from app.i18n import language
from app.services import pairing
from app.services.pairing_people import left_over_before, weighed
from app.services.records import present
from app.store import drafts, people, programmes, tandems, topics
from app.store.vault import Source

if TYPE_CHECKING:  # the engine brings NumPy along
    from app.pairing.participants import Participant
    from app.pairing.plan import PairCheck, Plan
    from app.pairing.rounds import Round

Progress = Callable[[float], None]
Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """Everything a plan is made from; nobody who has withdrawn.

    ``places``: how many partners a mentor can still take; ``waiting``: the mentees without a tandem. In mutual
    programmes everybody has one tandem, on whichever side. ``topics``: names in the language spoken here.
    """

    programme: Programme
    draft: Draft
    participants: dict[EnrolmentId, Participant]
    supervisors: dict[PersonId, PersonId | None]
    tandems: tuple[Tandem, ...]
    topics: dict[TopicId, str]
    places: dict[EnrolmentId, int] = field(default_factory=dict)
    waiting: tuple[EnrolmentId, ...] = ()

    def person(self, enrolment: EnrolmentId) -> Person:
        return self.participants[enrolment].person

    def enrolment(self, enrolment: EnrolmentId) -> Enrolment:
        return self.participants[enrolment].enrolment

    @property
    def weighed(self) -> Programme:
        """The programme as its pairs are scored."""
        return weighed(self.programme, self.participants.values())

    @property
    def mutual(self) -> bool:
        return self.programme.kind is ProgrammeKind.MUTUAL

    @property
    def existing(self) -> tuple[PairIds, ...]:
        """The pairs of the open tandems."""
        return open_pairs(self.tandems)

    @property
    def ended(self) -> tuple[PairIds, ...]:
        """The pairs of the tandems that are over: they are not put together again."""
        over = (TandemState.ENDED, TandemState.COMPLETED)
        return tuple(_ids(one) for one in self.tandems if one.state in over)

    @property
    def locked(self) -> tuple[PairIds, ...]:
        """The locks that still can be kept: both are to be paired, and the mentor has the places."""
        return self.locks_kept()

    def locks_kept(self, first: Iterable[PairIds] = ()) -> tuple[PairIds, ...]:
        """As ``locked``; those told ``first`` take their places before the others."""
        return fitting(self.places, self.waiting, (*first, *sorted(self.draft.locked)), mutual=self.mutual)

    @property
    def banned(self) -> tuple[PairIds, ...]:
        """What no plan may hold: what was ruled out by hand, and tandems that ended."""
        return tuple(sorted(self.draft.banned.union(self.ended).difference(self.locked)))


def open_pairs(tandems: Iterable[Tandem]) -> tuple[PairIds, ...]:
    """The pairs of the tandems that take up places."""
    return tuple(_ids(one) for one in tandems if one.state in OPEN_STATES)


def _ids(tandem: Tandem) -> PairIds:
    return tandem.mentor.enrolment, tandem.mentee.enrolment


def read_basis(source: Source, programme_id: ProgrammeId) -> Basis:
    """Reads a programme with its people, its tandems and its draft. Fault "record.gone" where it is gone."""
    programme = present(programmes.programme(source, programme_id))
    spoken = language()
    return _with_room(
        Basis(
            programme=programme,
            draft=drafts.draft(source, programme_id),
            participants={
                one.id: one
                for one in pairing.participants(source, programme_id)
                if one.enrolment.state is not EnrolmentState.WITHDRAWN
            },
            supervisors=people.supervisors(source),
            tandems=tandems.of_programme(source, programme_id),
            topics={topic.id: topic.name(spoken) for topic in topics.all_topics(source)},
        )
    )


def basis_before(source: Source, made: Publishing) -> Basis | None:
    """What a published plan would be made from now: as if neither its tandems nor later ones were there yet.

    None where none of its tandems is left. Fault "record.gone".
    """
    basis, ours = read_basis(source, made.programme), {one.tandem for one in made.account.pairs}
    numbers = [one.number for one in basis.tandems if one.id in ours]
    if not numbers:
        return None
    earlier = tuple(one for one in basis.tandems if one.number < min(numbers))
    kept = {one.ids for one in made.account.pairs if one.kept}  # publishing has taken these locks off
    facts = made.account.facts
    draft = replace(basis.draft, locked=basis.draft.locked | kept, aim=facts.aim, method=facts.method)
    return _with_room(replace(basis, draft=draft, tandems=earlier))


def decided_anew(source: Source, basis: Basis) -> Basis:
    """The same people and tandems with the programme's settings and the draft of now. Fault "record.gone"."""
    programme = present(programmes.programme(source, basis.programme.id))
    waited = left_over_before(source, programme.id)  # the round before may be another one now
    if any(who.waited != (who.person.id in waited) for who in basis.participants.values()):
        return read_basis(source, programme.id)
    return _with_room(replace(basis, programme=programme, draft=drafts.draft(source, programme.id)))


def _with_room(basis: Basis) -> Basis:
    enrolled = {one: who.enrolment for one, who in basis.participants.items()}
    places, waiting = room(enrolled, basis.existing, mutual=basis.mutual)
    return replace(basis, places=places, waiting=waiting)


def room(
    enrolled: Mapping[EnrolmentId, Enrolment], existing: Sequence[PairIds], *, mutual: bool
) -> tuple[dict[EnrolmentId, int], tuple[EnrolmentId, ...]]:
    """How many partners each mentor can still take, and the mentees without a tandem."""
    taken = Counter(mentor for mentor, _ in existing)
    paired = {mentee for _, mentee in existing}
    if mutual:
        busy = {*taken, *paired}
        free = {one: 1 for one, who in enrolled.items() if who.teaches and one not in busy}
        return free, tuple(one for one, who in enrolled.items() if who.learns and one not in busy)
    left = {one: who.capacity - taken[one] for one, who in enrolled.items() if who.teaches}
    free = {one: places for one, places in left.items() if places > 0}
    return free, tuple(one for one, who in enrolled.items() if who.learns and one not in paired)


def fitting(
    places: Mapping[EnrolmentId, int], waiting: Iterable[EnrolmentId], pairs: Iterable[PairIds], *, mutual: bool
) -> tuple[PairIds, ...]:
    """Those of the pairs that can all be at once, the first ones first."""
    left, there = dict(places), set(waiting)
    kept = []
    for mentor, mentee in dict.fromkeys(pairs):
        if left.get(mentor, 0) > 0 and mentee in there:
            kept.append((mentor, mentee))
            left[mentor] -= 1
            there.discard(mentee)
            if mutual:
                left.pop(mentee, None)
                there.discard(mentor)
    return tuple(kept)


def opened(basis: Basis, *, progress: Progress | None = None, cancelled: Cancelled | None = None) -> Round:
    """The engine's round on the basis, solved. A lock that can no longer be kept is passed over."""
    from app.pairing.rounds import Round

    return Round(
        basis.weighed,
        tuple(basis.participants.values()),
        supervisors=basis.supervisors,
        existing=basis.existing,
        locked=basis.locked,
        banned=basis.banned,
        quality_first=basis.draft.quality_first,
        progress=progress,
        cancelled=cancelled,
    )


def turned(round_: Round, basis: Basis, *, cancelled: Cancelled | None = None) -> Round:
    """The round after a change of the programme's rules or of the draft, of the same people: quicker than anew."""
    return round_.changed(
        programme=basis.weighed,
        locked=basis.locked,
        banned=basis.banned,
        quality_first=basis.draft.quality_first,
        cancelled=cancelled,
    )


def plan_of(round_: Round, method: Method) -> Plan:
    """The plan by the method chosen; its own ``method`` is BEST where a stable one has no wishes to rest on.

    A stable plan needs people on both sides who wished for somebody of the round.
    """
    if method is Method.STABLE and round_.ranked().usable:
        return round_.stable()
    return round_.plan


def solve(basis: Basis) -> Plan:
    """The plan for those who have no tandem yet, by the programme's draft."""
    return plan_of(opened(basis), basis.draft.method)


def check(basis: Basis, pair: PairIds) -> PairCheck:
    """What rules and scores say about two people chosen by hand."""
    from app.pairing.plan import examine

    mentor, mentee = (basis.participants[one] for one in pair)
    return examine(basis.weighed, mentor, mentee, supervisors=basis.supervisors)
