"""The records of a plan: pairs with their scores and reasons, and what was checked about one pair."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from app.domain.ids import EnrolmentId
from app.domain.programmes import Criterion, Rule
from app.domain.tandems import Reason
from app.pairing.explain import LeftOver

PairIds = tuple[EnrolmentId, EnrolmentId]  # mentor, mentee
Reasons = tuple[Reason, ...]


class Method(StrEnum):
    """BEST: the highest total of all plans. STABLE: no two would rather have each other than whom they have."""

    BEST = "best"
    STABLE = "stable"


class Why(Protocol):
    """Knows the reasons of many pairs by their places, and finds them when it is asked."""

    def of(self, place: int) -> Reasons: ...


class ProposedPair:
    """``score`` is the sum of the reasons' points. ``warnings``: rules it breaks all the same. It never changes.

    ``reasons`` may be left to a `Why`, which is asked for those at ``place`` when they are first wanted.
    """

    __slots__ = ("_place", "_reasons", "locked", "mentee", "mentor", "score", "warnings")

    mentor: EnrolmentId
    mentee: EnrolmentId
    score: int
    warnings: tuple[Rule, ...]
    locked: bool

    def __init__(
        self,
        mentor: EnrolmentId,
        mentee: EnrolmentId,
        score: int,
        reasons: Reasons | Why,
        warnings: tuple[Rule, ...] = (),
        locked: bool = False,
        place: int = 0,
    ) -> None:
        self.mentor = mentor  # one by one, which is the fastest: a plan has thousands
        self.mentee = mentee
        self.score = score
        self.warnings = warnings
        self.locked = locked
        self._reasons = reasons
        self._place = place

    @property
    def reasons(self) -> Reasons:
        found = self._reasons
        if not isinstance(found, tuple):
            found = self._reasons = found.of(self._place)
        return found

    @property
    def ids(self) -> PairIds:
        return self.mentor, self.mentee

    def same(self, *, locked: bool) -> ProposedPair:
        """The same pair, locked or not."""
        if locked is self.locked:
            return self
        return ProposedPair(
            mentor=self.mentor,
            mentee=self.mentee,
            score=self.score,
            reasons=self._reasons,
            warnings=self.warnings,
            locked=locked,
            place=self._place,
        )

    def _key(self) -> tuple[object, ...]:
        return self.mentor, self.mentee, self.score, self.warnings, self.locked

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ProposedPair):
            return NotImplemented
        return self is other or (self._key() == other._key() and self.reasons == other.reasons)

    def __hash__(self) -> int:
        return hash(self._key())

    def __repr__(self) -> str:
        return f"ProposedPair{self._key()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """New pairs in the order of their ids, and who has no tandem, neither a new one nor one they had.

    ``free_places``: how many mentees the mentors could still take. ``proved``: no other plan is better by its method;
    False only for some mutual plans of many hundred people (see `mutual`) and for very many pairs that would go both
    ways round (see `directed`).
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

    ``unmet``: the criteria that are a must and are not met by what was said, where Rule.MUST is broken.
    """

    blocked_by: tuple[Rule, ...]
    warnings: tuple[Rule, ...]
    score: int
    reasons: tuple[Reason, ...]
    unmet: tuple[Criterion, ...] = ()
