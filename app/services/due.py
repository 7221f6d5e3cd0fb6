"""What is due in a programme: for the coordinator's desk, no statistics about anybody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

from app.domain.ids import GoalId, MeetingId, PersonId, ProgrammeId, TandemId
from app.domain.meetings import Goal, Meeting, MeetingState
from app.domain.programmes import Enrolment, EnrolmentState, Programme, ProgrammeKind
from app.domain.tandems import OPEN_STATES, Tandem, TandemSide, TandemState
from app.services.beforehand import Lack, lacking
from app.store import goals, meetings, programmes, tandems
from app.store.vault import Source


class DueKind(StrEnum):
    """In order of urgency."""

    MEETING_LATE = "meeting_late"  # the first meeting of a tandem that should have been held
    NO_CONSENT = "no_consent"  # a proposed or agreed tandem waits for consents
    NO_AGREEMENT = "no_agreement"  # every consent is there, the agreement is not signed
    READY = "ready"  # consents and agreement are there, the tandem can begin
    GOAL_REVIEW = "goal_review"
    NO_MEETING_PLANNED = "no_meeting_planned"  # an active tandem has no date ahead and meetings left
    MEETING_DUE = "meeting_due"  # today or within a week
    TO_CLOSE = "to_close"  # the programme is over, the tandem still open
    UNPAIRED = "unpaired"  # a mentee without a tandem


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One thing to do. ``days`` since it should have been done (negative: days ahead; 0: today or no date).

    ``number``: the meeting's number, or how many consents are missing. ``lacks``: what the start waits for.
    """

    kind: DueKind
    tandem: TandemId | None = None
    person: PersonId | None = None
    meeting: MeetingId | None = None
    goal: GoalId | None = None
    number: int = 0
    days: int = 0
    lacks: tuple[Lack, ...] = ()


@dataclass(frozen=True, slots=True)
class Heap:
    """Several things of one kind that make one line together."""

    kind: DueKind
    things: tuple[Due, ...]


NOT_BEGUN = frozenset({TandemState.PROPOSED, TandemState.AGREED})
MANY = 4  # of one kind are too many lines that say the same


def gathered(found: Sequence[Due], unfolded: Set[DueKind] = frozenset()) -> list[Due | Heap]:
    """What is due as it is listed: of many of a kind the most urgent one, and the others as a heap behind it.

    Mentees without a tandem have no order among them and one remedy: all of them are one heap. ``unfolded`` kinds
    are listed one by one.
    """
    lines: list[Due | Heap] = []
    for kind, group in groupby(found, key=lambda one: one.kind):
        things = tuple(group)
        if kind is DueKind.UNPAIRED and len(things) > 1:
            lines.append(Heap(kind, things))
        elif len(things) >= MANY and kind not in unfolded:
            lines += [things[0], Heap(kind, things[1:])]
        else:
            lines += things
    return lines


def due(source: Source, programme_id: ProgrammeId, today: date) -> tuple[Due, ...]:
    """What is due in the programme, the most urgent first; nothing for a programme that is gone."""
    programme = programmes.programme(source, programme_id)
    if programme is None:
        return ()
    pairs = tandems.of_programme(source, programme_id)
    met = meetings.of_programme(source, programme_id)
    aims = goals.of_programme(source, programme_id)
    enrolments = {one.id: one for one in programmes.enrolments(source, programme_id)}
    found = [_unpaired(enrolment) for enrolment in _without_tandem(enrolments.values(), programme, pairs)]
    for tandem in pairs:
        theirs = aims.get(tandem.id, ())
        lacks = lacking(tandem, enrolments, aims=bool(theirs)) if tandem.state in NOT_BEGUN else ()
        found += _of_tandem(tandem, programme, met.get(tandem.id, ()), theirs, lacks, today)
    order = {kind: place for place, kind in enumerate(DueKind)}
    number = {tandem.id: tandem.number for tandem in pairs}
    found.sort(key=lambda one: (order[one.kind], -one.days, number.get(one.tandem, 0) if one.tandem else 0))
    return tuple(found)


def _without_tandem(
    enrolments: Iterable[Enrolment], programme: Programme, pairs: Iterable[Tandem]
) -> Iterator[Enrolment]:
    both = programme.kind is ProgrammeKind.MUTUAL  # there each of the two learns from the other
    busy = {
        member.enrolment
        for tandem in pairs
        if tandem.state in OPEN_STATES or tandem.state is TandemState.COMPLETED
        for member in tandem.members
        if both or member.side is TandemSide.MENTEE
    }
    for enrolment in enrolments:
        if enrolment.learns and enrolment.state is EnrolmentState.CONFIRMED and enrolment.id not in busy:
            yield enrolment


def _unpaired(enrolment: Enrolment) -> Due:
    return Due(kind=DueKind.UNPAIRED, person=enrolment.person)


def _of_tandem(
    tandem: Tandem,
    programme: Programme,
    met: tuple[Meeting, ...],
    aims: tuple[Goal, ...],
    lacks: tuple[Lack, ...],
    today: date,
) -> Iterator[Due]:
    if tandem.state in NOT_BEGUN:
        missing = sum(member.consent_on is None for member in tandem.members)
        signed = tandem.agreement.signed_on is not None
        kind = DueKind.NO_CONSENT if missing else DueKind.READY if signed else DueKind.NO_AGREEMENT
        yield Due(kind=kind, tandem=tandem.id, number=missing, lacks=() if missing else lacks)
    elif tandem.state in OPEN_STATES:
        if tandem.state is TandemState.ACTIVE:
            yield from _of_meetings(tandem, programme, met, today)
        for goal in aims:
            if goal.review_on is not None and goal.review_on <= today and goal.now < goal.target:
                days = (today - goal.review_on).days
                yield Due(kind=DueKind.GOAL_REVIEW, tandem=tandem.id, goal=goal.id, days=days)
        if programme.ends_on is not None and programme.ends_on < today:
            yield Due(kind=DueKind.TO_CLOSE, tandem=tandem.id, days=(today - programme.ends_on).days)


def _of_meetings(tandem: Tandem, programme: Programme, met: tuple[Meeting, ...], today: date) -> Iterator[Due]:
    dated = sorted(
        ((one.planned_on, one) for one in met if one.held_on is None and one.planned_on is not None),
        key=lambda pair: (pair[0], pair[1].number),
    )
    kinds = {MeetingState.LATE: DueKind.MEETING_LATE, MeetingState.DUE: DueKind.MEETING_DUE}
    for state, kind in kinds.items():
        first = next(((day, one) for day, one in dated if one.state(today) is state), None)
        if first is not None:
            day, one = first
            yield Due(kind=kind, tandem=tandem.id, meeting=one.id, number=one.number, days=(today - day).days)
    held = sum(one.held_on is not None for one in met)
    if not dated and held < programme.planned_meetings:
        yield Due(kind=DueKind.NO_MEETING_PLANNED, tandem=tandem.id, number=held + 1)
