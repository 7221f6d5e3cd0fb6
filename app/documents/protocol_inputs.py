"""What the protocol of a plan is made of: frozen records without ids. Vetoes and rivalries are one reason, unnamed."""

from __future__ import annotations

from dataclasses import dataclass

from app.documents.inputs import ProgrammeSheet
from app.domain.drafts import Aim, Method
from app.domain.ids import TopicId
from app.domain.programmes import Criterion, Strictness
from app.domain.tandems import Reason

CONFIDENTIAL, BY_HAND = "confidential", "ruled_out"


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
class PairSheet:
    """A proposed pair with its arithmetic. ``warnings`` as ``RuleLine.reason``."""

    mentor: str
    mentee: str
    score: int
    reasons: tuple[Reason, ...] = ()
    warnings: tuple[str, ...] = ()
    kept: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtocolSheet:
    """How a plan came to be. ``candidates``: all pairs looked at; ``allowed``: those that no hard rule excludes.

    ``cycles``: records of superiors that run in a circle. ``checksum``: 64 hexadecimal digits of all that the plan
    rests on. ``names``: topics in the document's language.
    """

    programme: ProgrammeSheet
    version: str
    checksum: str
    people: int = 0
    mentors: int = 0
    mentees: int = 0
    places: int = 0
    existing: int = 0
    candidates: int = 0
    allowed: int = 0
    rules: tuple[RuleLine, ...] = ()
    shares: tuple[ShareLine, ...] = ()
    pairs: tuple[PairSheet, ...] = ()
    left_mentors: int = 0
    left_mentees: int = 0
    free_places: int = 0
    total: int = 0
    aim: Aim = Aim.PARTICIPATION
    method: Method = Method.OPTIMAL
    proved: bool = True
    cycles: int = 0
    names: tuple[tuple[TopicId, str], ...] = ()
