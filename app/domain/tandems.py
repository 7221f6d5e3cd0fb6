"""Tandems: two sides, their consents, their agreement, and the states they go through."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from app.domain.ids import EnrolmentId, MemberId, PersonId, ProgrammeId, TandemId


class TandemState(StrEnum):
    PROPOSED = "proposed"
    AGREED = "agreed"
    ACTIVE = "active"
    PAUSED = "paused"
    COMPLETED = "completed"
    ENDED = "ended"  # left early, at any time, without a reason (R7)


class Origin(StrEnum):
    ASSIGNED = "assigned"
    BY_HAND = "by_hand"
    SELF_FOUND = "self_found"


class TandemSide(StrEnum):
    MENTOR = "mentor"
    MENTEE = "mentee"


OPEN_STATES = frozenset({TandemState.PROPOSED, TandemState.AGREED, TandemState.ACTIVE, TandemState.PAUSED})

NEXT_STATES: dict[TandemState, tuple[TandemState, ...]] = {
    TandemState.PROPOSED: (TandemState.AGREED, TandemState.ENDED),
    TandemState.AGREED: (TandemState.ACTIVE, TandemState.ENDED),
    TandemState.ACTIVE: (TandemState.PAUSED, TandemState.COMPLETED, TandemState.ENDED),
    TandemState.PAUSED: (TandemState.ACTIVE, TandemState.COMPLETED, TandemState.ENDED),
    TandemState.COMPLETED: (TandemState.ACTIVE,),
    TandemState.ENDED: (TandemState.PROPOSED,),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A person on one side of a tandem. ``consent_on`` is the day of a consent that was not withdrawn."""

    id: MemberId
    enrolment: EnrolmentId
    person: PersonId
    side: TandemSide
    consent_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What both agreed in advance."""

    signed_on: date | None = None
    place: str = ""
    rhythm: str = ""
    topics: str = ""
    confidentiality: bool = True
    remarks: str = ""


class Reason(NamedTuple):
    """One line of the score's arithmetic: points of at most ``most``, for a criterion, with what it rests on.

    ``facts`` are topic ids, interests, level numbers, as text; the window and the documents put them into words.
    """

    criterion: str
    points: int
    most: int
    facts: tuple[str, ...] = ()


class Instead(NamedTuple):
    """Whom the member on ``side`` would have had instead when the plan was published, and the points of these two."""

    side: TandemSide
    enrolment: EnrolmentId
    score: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tandem:
    """``score`` is the score at the time of pairing, 0 to 1000; ``number`` counts within the programme."""

    id: TandemId
    programme: ProgrammeId
    number: int
    state: TandemState = TandemState.PROPOSED
    origin: Origin = Origin.ASSIGNED
    locked: bool = False
    score: int = 0
    reasons: tuple[Reason, ...] = ()
    members: tuple[Member, ...] = ()
    agreement: Agreement = Agreement()

    def on(self, side: TandemSide) -> tuple[Member, ...]:
        return tuple(member for member in self.members if member.side is side)

    @property
    def mentor(self) -> Member:
        return self.on(TandemSide.MENTOR)[0]

    @property
    def mentee(self) -> Member:
        return self.on(TandemSide.MENTEE)[0]

    @property
    def consented(self) -> bool:
        """True when every member has consented (R6)."""
        return bool(self.members) and all(member.consent_on for member in self.members)

    @property
    def carried(self) -> TandemState:
        """The state to which consents and agreement carry it: agreed by every consent, active if it is signed too.

        Only what has not begun is carried; a pause, an end or a completion is somebody's own decision.
        """
        if self.state not in (TandemState.PROPOSED, TandemState.AGREED) or not self.consented:
            return self.state
        return TandemState.AGREED if self.agreement.signed_on is None else TandemState.ACTIVE
