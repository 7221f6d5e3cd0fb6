"""Verbs on several tandems at once: what a kick-off brings in one afternoon, written down in one step.

Each has a reading function beside it that gives what is still open, so that a page can say how many there will be.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.domain.ids import MeetingId, MemberId, TandemId
from app.domain.meetings import Meeting
from app.domain.tandems import OPEN_STATES, Member, Tandem, TandemSide, TandemState
from app.services import meetings as meeting_verbs
from app.services.records import present
from app.services.tandems import consent, edit_agreement
from app.store import meetings, tandems
from app.store.vault import Change

BOTH_SIDES = frozenset(TandemSide)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """How many records were made, and how many tandems they carried on to being agreed or active."""

    count: int
    agreed: int = 0
    active: int = 0


def open_consents(found: Iterable[Tandem], sides: Collection[TandemSide] = BOTH_SIDES) -> tuple[MemberId, ...]:
    """The members on these sides whose consent is missing; those of tandems that are over are left out."""
    return tuple(
        member.id
        for one in found
        if one.state in OPEN_STATES
        for member in one.members
        if member.side in sides and member.consent_on is None
    )


def open_agreements(found: Iterable[Tandem]) -> tuple[TandemId, ...]:
    """The tandems whose agreement has no day of signing; those that are over are left out."""
    return tuple(one.id for one in found if one.state in OPEN_STATES and one.agreement.signed_on is None)


def with_consents(found: Iterable[Tandem], sides: Collection[TandemSide], on: date) -> Recorded:
    """What recording the open consents on these sides would bring."""
    chosen = tuple(found)
    missing = frozenset(open_consents(chosen, sides))
    waiting = (one for one in chosen if any(member.id in missing for member in one.members))
    later = ((one, replace(one, members=_consented(one.members, missing, on))) for one in waiting)
    return _recorded(len(missing), (now.carried for one, now in later if now.carried is not one.state))


def _consented(members: tuple[Member, ...], missing: Collection[MemberId], on: date) -> tuple[Member, ...]:
    return tuple(replace(one, consent_on=on) if one.id in missing else one for one in members)


def with_agreements(found: Iterable[Tandem], on: date) -> Recorded:
    """What recording the open agreements as signed would bring."""
    chosen = tuple(found)
    unsigned = open_agreements(chosen)
    later = (
        (one, replace(one, agreement=replace(one.agreement, signed_on=on))) for one in chosen if one.id in unsigned
    )
    return _recorded(len(unsigned), (now.carried for one, now in later if now.carried is not one.state))


def _recorded(count: int, states: Iterable[TandemState | None]) -> Recorded:
    reached = Counter(states)
    return Recorded(count=count, agreed=reached[TandemState.AGREED], active=reached[TandemState.ACTIVE])


def next_meetings(
    found: Iterable[Tandem], planned: Mapping[TandemId, Sequence[Meeting]], on: date
) -> tuple[MeetingId, ...]:
    """Of each active tandem the first meeting that was not held; none of a tandem that met on that very day.

    ``planned``: the meetings of each tandem by their number, held ones too.
    """
    made = []
    for one in found:
        theirs = planned.get(one.id, ()) if one.state is TandemState.ACTIVE else ()
        coming = next((meeting for meeting in theirs if meeting.held_on is None), None)
        if coming is not None and all(meeting.held_on != on for meeting in theirs):
            made.append(coming.id)
    return tuple(made)


def record_consents(
    change: Change, tandem_ids: Iterable[TandemId], sides: Collection[TandemSide], on: date
) -> Recorded:
    """Notes every consent that is missing on these sides; a consent that stands keeps its day."""
    members = open_consents(_present(change, tandem_ids), sides)
    return _recorded(len(members), [consent(change, member, on) for member in members])


def record_agreements(change: Change, tandem_ids: Iterable[TandemId], on: date) -> Recorded:
    """Notes the agreements that were not signed yet as signed on a day."""
    unsigned = open_agreements(_present(change, tandem_ids))
    return _recorded(len(unsigned), [edit_agreement(change, identity, signed_on=on) for identity in unsigned])


def record_meetings(change: Change, tandem_ids: Iterable[TandemId], on: date, minutes: int | None = None) -> int:
    """Notes the next meeting of each active tandem as held on a day; gives how many."""
    found = _present(change, tandem_ids)
    coming = next_meetings(found, {one.id: meetings.of_tandem(change, one.id) for one in found}, on)
    for identity in coming:
        meeting_verbs.hold(change, identity, on, minutes)
    return len(coming)


def _present(change: Change, tandem_ids: Iterable[TandemId]) -> tuple[Tandem, ...]:
    return tuple(present(tandems.tandem(change, identity)) for identity in dict.fromkeys(tandem_ids))
