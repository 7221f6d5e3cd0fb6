"""What the protocol of a plan is made of: frozen records without ids. Vetoes and rivalries are one reason, unnamed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.documents.inputs import ProgrammeSheet
from app.domain.ids import TopicId
from app.domain.publishings import BY_HAND, CONFIDENTIAL, PlanFacts, RuleLine, ShareLine
from app.domain.tandems import Origin, Reason

__all__ = ["BY_HAND", "CONFIDENTIAL", "PairSheet", "ProtocolSheet", "RuleLine", "ShareLine"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairSheet:
    """A pair with its arithmetic, wishes left out. ``warnings`` as ``RuleLine.reason``, none of them CONFIDENTIAL."""

    mentor: str
    mentee: str
    score: int
    reasons: tuple[Reason, ...] = ()
    warnings: tuple[str, ...] = ()
    kept: bool = False
    origin: Origin = Origin.ASSIGNED


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtocolSheet(PlanFacts):
    """How a plan came to be. ``published_on``: the day its pairs were made tandems; None for a draft.

    ``names``: topics in the document's language. ``gone``: published pairs of people who are no longer kept.
    ``total`` is that of ``pairs``, without the points of wishes, which would tell who asked for whom; ``most``: what a
    pair can have then.
    ``again``: whether plan and checksum of a published plan are the same when it is made again now; None: not tried.
    """

    programme: ProgrammeSheet
    pairs: tuple[PairSheet, ...] = ()
    published_on: date | None = None
    gone: int = 0
    names: tuple[tuple[TopicId, str], ...] = ()
    most: int = 1000
    again: bool | None = None
