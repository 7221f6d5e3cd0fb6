"""The records of a plan: pairs with their scores and reasons, and what was checked about one pair."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.domain.ids import EnrolmentId
from app.domain.programmes import Criterion, Rule
from app.domain.tandems import Reason
from app.pairing.explain import LeftOver

PairIds = tuple[EnrolmentId, EnrolmentId]  # mentor, mentee


class Method(StrEnum):
    """BEST: the highest total of all plans. STABLE: no two would rather have each other than whom they have."""

    BEST = "best"
    STABLE = "stable"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedPair:
    """``score`` is the sum of the reasons' points. ``warnings``: rules it breaks all the same."""

    mentor: EnrolmentId
    mentee: EnrolmentId
    score: int
    reasons: tuple[Reason, ...]
    warnings: tuple[Rule, ...] = ()
    locked: bool = False

    @property
    def ids(self) -> PairIds:
        return self.mentor, self.mentee


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """New pairs in the order of their ids, and who has no tandem, neither a new one nor one they had.

    ``free_places``: how many mentees the mentors could still take. ``proved``: no other plan is better by its method;
    False only for some mutual plans (see `mutual`) and for very many pairs that would go both ways round (see
    `directed`).
    """

    pairs: tuple[ProposedPair, ...]
    left_mentors: tuple[LeftOver, ...]
    left_mentees: tuple[LeftOver, ...]  # in mutual programmes everybody left over who learns
    total: int
    free_places: int
    quality_first: bool
    proved: bool
    method: Method = Method.BEST

    def ids(self) -> tuple[PairIds, ...]:
        return tuple([pair.ids for pair in self.pairs])


@dataclass(frozen=True, slots=True, kw_only=True)
class PairCheck:
    """What the rules and the scores say about one pair; the ``reasons`` add up to the ``score``.

    ``unmet``: the criteria that are a must and give no points, where Rule.MUST is broken.
    """

    blocked_by: tuple[Rule, ...]
    warnings: tuple[Rule, ...]
    score: int
    reasons: tuple[Reason, ...]
    unmet: tuple[Criterion, ...] = ()
