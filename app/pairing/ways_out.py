"""What would free those whom rules leave without a partner: the fewest rules to loosen, the fewest single exceptions.

Some rules are never to be loosened by advice: a pair on one line of supervisors, rivals, vetoes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from app.domain.ids import EnrolmentId
from app.domain.programmes import NEVER_EASED, Rule
from app.domain.tandems import TandemSide
from app.pairing.directed import pair_sides
from app.pairing.explain import Cause
from app.pairing.grid import Cell, Grid
from app.pairing.mutual import pair_mutually
from app.pairing.proposals import Method, PairIds, Plan
from app.pairing.rules import RULED_OUT, Broken, bit, in_order
from app.pairing.scores import FULL_SCORE
from app.pairing.solve import assign

_MOST_RULES = 3  # loosened at once
_CELLS = 600_000  # for larger rounds only the people's own ways out are told


@dataclass(frozen=True, slots=True, kw_only=True)
class WayOut:
    """The smallest sets of rules to loosen so that somebody blocked has a candidate; none where no set would do."""

    enrolment: EnrolmentId
    side: TandemSide
    sets: tuple[frozenset[Rule], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Loosening:
    """``rules`` turned from never into a warning would give a plan of ``pairs`` pairs, more than there are now."""

    rules: frozenset[Rule]
    pairs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WaysOut:
    """``rules``: fewest first, each gaining more than any of its parts.

    ``exceptions``: the fewest single pairs against a rule, and of these the ones that break the fewest rules, with
    which a plan would have the most pairs there can be, ``pairs_with_exceptions``. With quality first that is what the
    best plan has that holds them, and they are told only where these are more than now.
    """

    people: tuple[WayOut, ...]
    rules: tuple[Loosening, ...] = ()
    exceptions: tuple[PairIds, ...] = ()
    pairs_with_exceptions: int = 0


def ways_out(grid: Grid, plan: Plan, fixed: Sequence[Cell]) -> WaysOut:
    firm = sum(bit(rule) for rule in NEVER_EASED) | 1 << RULED_OUT
    blocked = [who for who in (*plan.left_mentors, *plan.left_mentees) if who.cause is Cause.BLOCKED]
    people = tuple([_way_out(grid, who.enrolment, who.side, firm) for who in blocked])
    left = bool(plan.left_mentees and (plan.left_mentors or plan.free_places))
    if not left or grid.shape[0] * grid.shape[1] > _CELLS:
        return WaysOut(people=people, pairs_with_exceptions=len(plan.pairs))
    score, broken = _matrices(grid)
    hard = broken & grid.rules.hard
    search = _Search(grid, score, hard, firm, fixed, plan.quality_first and plan.method is Method.BEST)
    best, exceptions = search.exceptions(len(plan.pairs))
    return WaysOut(
        people=people,
        rules=tuple(search.loosenings(len(plan.pairs))),
        exceptions=tuple([grid.ids(cell) for cell in exceptions]),
        pairs_with_exceptions=best,
    )


def _way_out(grid: Grid, who: EnrolmentId, side: TandemSide, firm: int) -> WayOut:
    as_mentor = side is TandemSide.MENTOR and not grid.mutual
    place = (grid.row if as_mentor or grid.mutual else grid.column)[who]
    others = np.arange(grid.shape[1 if as_mentor or grid.mutual else 0])
    if grid.mutual:
        others = others[grid.possible()[place]]
    mine = np.full(len(others), place)
    bits = grid.broken(*((mine, others) if as_mentor or grid.mutual else (others, mine))) & grid.rules.hard
    sets = {in_order(int(value)) for value in np.unique(bits[bits & np.uint16(firm) == 0])}
    fewest = min(map(len, sets), default=0)
    return WayOut(
        enrolment=who, side=side, sets=tuple([frozenset(rules) for rules in sorted(sets) if len(rules) == fewest])
    )


def _matrices(grid: Grid) -> tuple[NDArray[np.int64], Broken]:
    score = np.zeros(grid.shape, np.int64)
    broken = np.zeros(grid.shape, np.uint16)
    for rows, points, bits in grid.blocks():
        score[rows], broken[rows] = points, bits
    if grid.mutual:
        broken[~grid.possible()] |= np.uint16(1 << RULED_OUT)
    return score, broken


class _Search:
    def __init__(
        self,
        grid: Grid,
        score: NDArray[np.int64],
        hard: Broken,
        firm: int,
        fixed: Sequence[Cell],
        quality_first: bool,
    ) -> None:
        self.grid, self.score, self.hard, self.firm, self.fixed = grid, score, hard, np.uint16(firm), fixed
        self.quality_first = quality_first
        for i, j in fixed:
            hard[i, j] = 0
            if grid.mutual:
                hard[j, i] = 0

    def exceptions(self, now: int) -> tuple[int, list[Cell]]:
        """The most pairs there can be, and the pairs against a rule that the plan with the fewest of them holds."""
        many = min(self.score.shape) + 1
        dear = FULL_SCORE * many  # more than any total: a broken rule; and more than all of these: a pair with one
        cost = dear * (np.bitwise_count(self.hard) + (len(Rule) * many + 1) * (self.hard != 0))
        worth = self.score - cost
        pairs = self._paired(worth, self._worth_it((self.hard & self.firm) == 0), self.fixed)
        found = [(i, j) for i, j in pairs if self.hard[i, j]]
        if not self.quality_first:
            return len(pairs), found
        # They count only if quality leaves the others as many pairs as it needs.
        allowed = self._holding(self._allowed(()), found)
        most = len(self._paired(self.score, allowed, [*self.fixed, *found], quality_first=True)) if found else now
        return (most, found) if most > now else (now, [])

    def _paired(
        self, worth: NDArray[np.int64], allowed: NDArray[np.bool_], fixed: Sequence[Cell], quality_first: bool = False
    ) -> list[Cell]:
        grid = self.grid
        if grid.twins:
            return pair_sides(worth, allowed, grid.room, fixed, grid.twins, quality_first)[0]
        if not grid.mutual:
            return assign(worth, allowed, capacity=grid.room, locked=fixed, quality_first=quality_first)
        ids = [p.enrolment.id for p in grid.mentors]
        pairs, _ = pair_mutually(worth, allowed, grid.teaches, grid.learns, ids, fixed, quality_first)
        one, other = grid.turned(*np.array(pairs, np.intp).reshape(-1, 2).T)
        return sorted(zip(one.tolist(), other.tolist(), strict=True))

    def loosenings(self, now: int) -> list[Loosening]:
        loose = [rule for rule in in_order(int(np.bitwise_or.reduce(self.hard, axis=None))) if rule not in NEVER_EASED]
        most = self._most_with(loose) if loose else now
        found: list[Loosening] = []
        for many in range(1, min(_MOST_RULES, len(loose)) + 1):
            for rules in combinations(loose, many):
                before = max([one.pairs for one in found if one.rules < set(rules)], default=now)
                if before < most and (pairs := self._pairs_with(rules)) > before:
                    found.append(Loosening(rules=frozenset(rules), pairs=pairs))
            if any(one.pairs == most for one in found):
                break
        return sorted(found, key=lambda one: (len(one.rules), -one.pairs, sorted(one.rules)))

    def _pairs_with(self, loosened: Sequence[Rule]) -> int:
        if not self.quality_first:
            return self._most_with(loosened)
        return len(self._paired(self.score, self._allowed(loosened), self.fixed, quality_first=True))

    def _most_with(self, loosened: Sequence[Rule]) -> int:
        """The most pairs there can be, which is also the most that quality first could make."""
        return len(self._paired(np.zeros_like(self.score), self._worth_it(self._allowed(loosened)), self.fixed))

    def _worth_it(self, allowed: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """With quality first only pairs that score, and those that are kept."""
        return self._holding(allowed & (self.score > 0), self.fixed) if self.quality_first else allowed

    def _allowed(self, loosened: Sequence[Rule]) -> NDArray[np.bool_]:
        bits = np.uint16(sum(bit(rule) for rule in loosened))
        allowed: NDArray[np.bool_] = (self.hard & ~bits) == 0
        return allowed

    def _holding(self, allowed: NDArray[np.bool_], pairs: Sequence[Cell]) -> NDArray[np.bool_]:
        """``allowed``, and these pairs too."""
        for i, j in pairs:
            allowed[i, j] = True
            if self.grid.mutual:
                allowed[j, i] = True
        return allowed
