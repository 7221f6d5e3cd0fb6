"""The draft of a programme's pairing: what was decided about the plan before it is published."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.domain.ids import EnrolmentId, ProgrammeId
from app.domain.tandems import Origin

PairIds = tuple[EnrolmentId, EnrolmentId]  # mentor, mentee


class Aim(StrEnum):
    """PARTICIPATION: as many pairs as possible. QUALITY: the highest total, even with fewer pairs."""

    PARTICIPATION = "participation"
    QUALITY = "quality"


class Method(StrEnum):
    """OPTIMAL: the highest total. STABLE: no two would rather have each other than those they get."""

    OPTIMAL = "optimal"
    STABLE = "stable"


class Decision(StrEnum):
    """What was decided about a pair: it is in every plan, or in none."""

    LOCKED = "locked"
    BANNED = "banned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A programme without decisions has the draft that is all defaults.

    Of those ``locked`` some were put together ``by_hand``, some are ``self_found``; the others come from a plan.
    """

    programme: ProgrammeId
    aim: Aim = Aim.PARTICIPATION
    method: Method = Method.OPTIMAL
    locked: frozenset[PairIds] = frozenset()
    banned: frozenset[PairIds] = frozenset()
    by_hand: frozenset[PairIds] = frozenset()
    self_found: frozenset[PairIds] = frozenset()

    @property
    def quality_first(self) -> bool:
        return self.aim is Aim.QUALITY

    def decision(self, pair: PairIds) -> Decision | None:
        """What was decided about two people, whichever of them teaches."""
        ways = {pair, (pair[1], pair[0])}
        if self.locked & ways:
            return Decision.LOCKED
        return Decision.BANNED if self.banned & ways else None

    def kept_as(self, pair: PairIds) -> Origin | None:
        """The origin of a pair that is kept; None for any other."""
        return self.origin(pair) if self.decision(pair) is Decision.LOCKED else None

    def origin(self, pair: PairIds) -> Origin:
        """Where a pair comes from, whichever of the two teaches."""
        ways = {pair, (pair[1], pair[0])}
        if self.self_found & ways:
            return Origin.SELF_FOUND
        return Origin.BY_HAND if self.by_hand & ways else Origin.ASSIGNED
