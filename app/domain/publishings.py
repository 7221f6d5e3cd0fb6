"""What is kept of a plan that was published: how it came to be, in figures that name no veto and no rival."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.drafts import Aim, Method, PairIds
from app.domain.ids import EnrolmentId, ProgrammeId, PublishingId, TandemId
from app.domain.programmes import Criterion, ProgrammeKind, Strictness
from app.domain.tandems import Instead, Origin, Reason

CONFIDENTIAL, BY_HAND = "confidential", "ruled_out"  # instead of a Rule's word


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleLine:
    """``reason``: a Rule's word, CONFIDENTIAL or BY_HAND; ``levels`` where the rule has a number of them."""

    reason: str
    strictness: Strictness | None
    levels: int | None = None
    excluded: int = 0
    warned: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareLine:
    """A criterion's weight of 10 and the most points it gives, of 1000."""

    criterion: Criterion
    weight: int
    points: int
    must: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFacts:
    """A plan as a whole. ``candidates``: all pairs looked at; ``allowed``: those that no hard rule excludes.

    ``planned``: the pairs of the plan, and ``total`` their points; ``published``: how many of them became tandems.
    ``cycles``: records of superiors that run in a circle. ``checksum``: 64 hexadecimal digits of all that the plan
    rests on; ``version``: of the program.
    """

    version: str
    checksum: str
    people: int = 0
    mentors: int = 0
    mentees: int = 0
    places: int = 0
    existing: int = 0
    candidates: int = 0
    allowed: int = 0
    planned: int = 0
    published: int = 0
    total: int = 0
    left_mentors: int = 0
    left_mentees: int = 0
    free_places: int = 0
    cycles: int = 0
    rules: tuple[RuleLine, ...] = ()
    shares: tuple[ShareLine, ...] = ()
    aim: Aim = Aim.PARTICIPATION
    method: Method = Method.OPTIMAL
    proved: bool = True


FIGURES = (
    "people", "mentors", "mentees", "places", "existing", "candidates", "allowed", "planned", "published", "total",
    "left_mentors", "left_mentees", "free_places", "cycles",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedPair:
    """A pair with its arithmetic. ``warnings`` as ``RuleLine.reason``; ``kept``: the draft kept it in every plan."""

    mentor: EnrolmentId
    mentee: EnrolmentId
    score: int
    reasons: tuple[Reason, ...] = ()
    warnings: tuple[str, ...] = ()
    kept: bool = False
    origin: Origin = Origin.ASSIGNED
    tandem: TandemId | None = None  # None: not published, or gone since
    instead: tuple[Instead, ...] = ()  # written with the tandem, and not read again from here

    @property
    def ids(self) -> PairIds:
        return self.mentor, self.mentee


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """How a plan came to be: the facts of the whole, and its pairs."""

    facts: PlanFacts
    pairs: tuple[PlannedPair, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishingHead:
    """When a plan was published (UTC), how many pairs of it became tandems, and how many of these are still there."""

    id: PublishingId
    at: datetime
    published: int
    tandems: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Publishing:
    """Some or all pairs of a plan that were made tandems at one time (``at``, UTC), and the programme as it was."""

    id: PublishingId
    programme: ProgrammeId
    at: datetime
    title: str
    kind: ProgrammeKind
    starts_on: date | None = None
    ends_on: date | None = None
    account: Account
