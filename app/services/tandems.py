"""Verbs on tandems: pair, agree, begin, pause, complete, dissolve."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Protocol

from app.domain.drafts import Decision, PairIds
from app.domain.ids import EnrolmentId, MeetingId, MemberId, ProgrammeId, TandemId, new_id
from app.domain.meetings import Meeting, meeting_dates
from app.domain.programmes import Enrolment, EnrolmentState, ProgrammeKind
from app.domain.tandems import NEXT_STATES, OPEN_STATES, Member, Origin, Reason, Tandem, TandemSide, TandemState
from app.errors import Fault
from app.services.pairing import rated
from app.services.records import edited, present
from app.store import drafts, meetings, programmes, tandems
from app.store.columns import day_of
from app.store.vault import Change, Source


class Pair(Protocol):
    """Two enrolments that a plan puts together, with the score and what it rests on."""

    @property
    def mentor(self) -> EnrolmentId: ...
    @property
    def mentee(self) -> EnrolmentId: ...
    @property
    def score(self) -> int: ...
    @property
    def reasons(self) -> tuple[Reason, ...]: ...


OriginOf = Callable[[PairIds], Origin]


def _assigned(_pair: PairIds) -> Origin:
    return Origin.ASSIGNED


class _Places:
    """Who is still free in a programme; a pair taken here takes its places."""

    def __init__(self, source: Source, programme_id: ProgrammeId, without: Collection[TandemId] = ()) -> None:
        self._enrolments = {one.id: one for one in programmes.enrolments(source, programme_id)}
        programme = programmes.programme(source, programme_id)
        self._mutual = programme is not None and programme.kind is ProgrammeKind.MUTUAL
        self._mentees: set[EnrolmentId] = set()
        self._partners: dict[EnrolmentId, int] = {}
        for tandem in tandems.of_programme(source, programme_id):
            if tandem.state in OPEN_STATES and tandem.id not in without:
                self._note(tandem.members)

    def _note(self, members: Iterable[Member]) -> None:
        for member in members:
            if member.side is TandemSide.MENTEE or self._mutual:
                self._mentees.add(member.enrolment)  # in a mutual programme everybody has one tandem
            else:
                self._partners[member.enrolment] = self._partners.get(member.enrolment, 0) + 1

    def _enrolled(self, identity: EnrolmentId) -> Enrolment:
        enrolment = present(self._enrolments.get(identity))
        if enrolment.state is EnrolmentState.WITHDRAWN:
            raise Fault("tandems.withdrawn")
        return enrolment

    def take(self, members: Sequence[Member]) -> None:
        """Faults "tandems.withdrawn", "tandems.wrong_role", "tandems.mentee_taken", "tandems.mentor_full"."""
        for member in members:
            enrolment = self._enrolled(member.enrolment)
            if not (enrolment.teaches if member.side is TandemSide.MENTOR else enrolment.learns):
                raise Fault("tandems.wrong_role")
            if (member.side is TandemSide.MENTEE or self._mutual) and member.enrolment in self._mentees:
                raise Fault("tandems.mentee_taken")
            if member.side is TandemSide.MENTOR and self._partners.get(member.enrolment, 0) >= enrolment.capacity:
                raise Fault("tandems.mentor_full", count=enrolment.capacity)
        self._note(members)

    def members(self, mentor: EnrolmentId, mentee: EnrolmentId) -> tuple[Member, Member]:
        sides = ((mentor, TandemSide.MENTOR), (mentee, TandemSide.MENTEE))
        one, other = (
            Member(id=MemberId(new_id()), enrolment=identity, person=self._enrolled(identity).person, side=side)
            for identity, side in sides
        )
        return one, other


def without_room(source: Source, programme_id: ProgrammeId, identities: Collection[TandemId]) -> tuple[Tandem, ...]:
    """Those of these open tandems that can't be: a member takes no part, or has no place free beside the others."""
    places = _Places(source, programme_id, identities)
    found = []
    for tandem in tandems.of_programme(source, programme_id):
        if tandem.id in identities and tandem.state in OPEN_STATES:
            try:
                places.take(tandem.members)
            except Fault:
                found.append(tandem)
    return tuple(found)


def accept(
    change: Change, programme_id: ProgrammeId, pairs: Sequence[Pair], origin_of: OriginOf = _assigned
) -> tuple[TandemId, ...]:
    """Makes a proposed tandem of each pair of a plan, with the next numbers; all of them or none."""
    present(programmes.programme(change, programme_id))
    return _make(change, programme_id, pairs, origin_of)


def _make(
    change: Change, programme_id: ProgrammeId, pairs: Sequence[Pair], origin_of: OriginOf
) -> tuple[TandemId, ...]:
    places = _Places(change, programme_id)
    first = tandems.next_number(change, programme_id)
    made = []
    for number, pair in enumerate(pairs, start=first):
        members = places.members(pair.mentor, pair.mentee)
        places.take(members)
        made.append(
            Tandem(
                id=TandemId(new_id()),
                programme=programme_id,
                number=number,
                origin=origin_of((pair.mentor, pair.mentee)),
                score=pair.score,
                reasons=pair.reasons,
                members=members,
            )
        )
    tandems.add_tandems(change, made)
    return tuple(tandem.id for tandem in made)


def pair(
    change: Change,
    programme_id: ProgrammeId,
    mentor_enrolment: EnrolmentId,
    mentee_enrolment: EnrolmentId,
    origin: Origin = Origin.BY_HAND,
) -> TandemId:
    """Makes one tandem by hand; the hard rules hold: Fault "tandems.blocked" with the rule."""
    found = rated(change, programme_id, [(mentor_enrolment, mentee_enrolment)])
    return _make(change, programme_id, found, lambda _: origin)[0]


def dissolve(change: Change, tandem_ids: Iterable[TandemId]) -> int:
    """Ends tandems, no reason asked; an ended or completed one stays as it is.

    A proposal that never met is removed, and its pair ruled out: somebody said no, so no plan shall bring it again.
    Gives how many these were.
    """
    refused = end(change, tandem_ids)
    drafts.decide(change, refused, Decision.BANNED)
    return len(refused)


def end(change: Change, tandem_ids: Iterable[TandemId]) -> tuple[PairIds, ...]:
    """As ``dissolve``, but nothing is ruled out, as when somebody leaves the programme; gives the removed proposals."""
    refused = []
    for identity in dict.fromkeys(tandem_ids):
        tandem = present(tandems.tandem(change, identity))
        met = any(meeting.held_on for meeting in meetings.of_tandem(change, identity))
        if tandem.state is TandemState.PROPOSED and not met:
            tandems.remove_tandems(change, [identity])
            refused.append((tandem.mentor.enrolment, tandem.mentee.enrolment))
        elif tandem.state in OPEN_STATES:
            tandems.write_tandem(change, tandem, replace(tandem, state=TandemState.ENDED, locked=False))
    return tuple(refused)


def remove(change: Change, tandem_ids: Iterable[TandemId]) -> None:
    """Removes tandems with their meetings, goals and agreement, as if they had never been."""
    identities = [present(tandems.tandem(change, identity)).id for identity in dict.fromkeys(tandem_ids)]
    tandems.remove_tandems(change, identities)


def set_state(change: Change, identity: TandemId, state: TandemState, today: date | None = None) -> None:
    """Moves a tandem to its next state. Nothing begins without every consent; the first beginning plans meetings.

    Faults "tandems.no_such_step", "tandems.no_consent", and those of a place that was taken in the meantime.
    """
    before = present(tandems.tandem(change, identity))
    if state is before.state:
        return
    if state not in NEXT_STATES[before.state]:
        raise Fault("tandems.no_such_step")
    if state is TandemState.ACTIVE and not before.consented:
        raise Fault("tandems.no_consent")
    if before.state not in OPEN_STATES and state in OPEN_STATES:
        _Places(change, before.programme).take(before.members)
    tandems.write_tandem(change, before, replace(before, state=state))
    if state is TandemState.ACTIVE:
        _plan_meetings(change, before, today or day_of(change))


def set_states(change: Change, tandem_ids: Iterable[TandemId], state: TandemState, today: date | None = None) -> int:
    """Moves several tandems to a state, all or none; gives how many."""
    identities = tuple(dict.fromkeys(tandem_ids))
    for identity in identities:
        set_state(change, identity, state, today)
    return len(identities)


def _plan_meetings(change: Change, tandem: Tandem, today: date) -> None:
    """Plans the programme's meetings for a tandem that has none, from today or from the programme's start."""
    if meetings.of_tandem(change, tandem.id):
        return
    programme = present(programmes.programme(change, tandem.programme))
    start = max(today, programme.starts_on or today)
    dates = meeting_dates(start, programme.planned_meetings, programme.rhythm_days, programme.ends_on)
    meetings.add_meetings(
        change,
        [
            Meeting(id=MeetingId(new_id()), tandem=tandem.id, number=number, planned_on=day)
            for number, day in enumerate(dates, start=1)
        ],
    )


def set_locked(change: Change, identity: TandemId, locked: bool = True) -> None:
    """A locked tandem is kept when pairs are sought again."""
    before = present(tandems.tandem(change, identity))
    tandems.write_tandem(change, before, replace(before, locked=locked))


def set_origin(change: Change, identity: TandemId, origin: Origin) -> None:
    before = present(tandems.tandem(change, identity))
    tandems.write_tandem(change, before, replace(before, origin=origin))


def consent(change: Change, member_id: MemberId, on: date | None) -> TandemState | None:
    """Notes a member's consent, or withdraws it (None): an active tandem is paused then, an agreed one proposed again.

    The last consent makes a proposal agreed, and active where the agreement is signed. Gives a new state, or None.
    """
    tandem = present(tandems.of_member(change, member_id))
    member = next(one for one in tandem.members if one.id == member_id)
    if on is not None:
        if member.consent_on != on:
            tandems.give_consent(change, member_id, on)
        return _carry(change, tandem.id) if member.consent_on is None else None
    tandems.withdraw_consent(change, member_id, day_of(change))
    without = {TandemState.ACTIVE: TandemState.PAUSED, TandemState.AGREED: TandemState.PROPOSED}.get(tandem.state)
    if without is not None:
        tandems.write_tandem(change, tandem, replace(tandem, state=without))
    return without


def edit_agreement(change: Change, /, identity: TandemId, **fields: Any) -> TandemState | None:
    """Sets fields of Agreement. Once signed, a tandem with every consent is active. Gives a new state, or None."""
    before = present(tandems.tandem(change, identity)).agreement
    after = edited(before, **fields)
    tandems.write_agreement(change, identity, before, after)
    signed = before.signed_on is None and after.signed_on is not None
    return _carry(change, identity) if signed else None


def _carry(change: Change, identity: TandemId) -> TandemState | None:
    """Moves a tandem to where its consents and its agreement carry it; gives the new state, or None."""
    before = present(tandems.tandem(change, identity))
    if before.carried is before.state:
        return None
    tandems.write_tandem(change, before, replace(before, state=before.carried))
    if before.carried is TandemState.ACTIVE:
        _plan_meetings(change, before, day_of(change))
    return before.carried
