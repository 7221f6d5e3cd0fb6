"""Plans where both teach: one tandem each, and people enrolled for both sides can be on either.

That is matching in a general graph, not an assignment. The way taken, the same for the same input:
1. Double cover: everybody stands on both sides at once, and the exact assignment falls into chains and rings of people
   (a ring of two is a pair). Chains and rings with an even number of people split into pairs without loss; of an odd
   one somebody is set free, chosen so that the rest is worth most. Those set free go round again.
2. Edmonds' blossoms add pairs until no plan has more (not with quality first).
3. Who came out left and right in these pairs are two sides, and the exact assignment between them is taken.
4. Two pairs that are worth more crosswise, and people left over who do better on the other side, change, up to
   `_CHANGES` times.
The number of pairs is therefore always the highest possible. The total is exact where nobody is on both sides (step 3
alone), and proved where it reaches the double cover's, which is an upper bound; else it is very near (see the tests).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.pairing.blossom import ALONE, grow
from app.pairing.solve import assign

Pairs = list[tuple[int, int]]
Ints = NDArray[np.int64]

_CHANGES = 32


def pair_mutually(
    score: NDArray[Any],
    allowed: NDArray[np.bool_],
    teaches: NDArray[np.bool_],
    learns: NDArray[np.bool_],
    locked: Sequence[tuple[int, int]],
    quality_first: bool,
    check: Callable[[], None] = lambda: None,
) -> tuple[Pairs, bool]:
    """Pairs (i, j), i < j, nobody in two; and whether they are proved to be the best.

    ``score`` and ``allowed``: people x people, symmetric, allowed only where one teaches and the other learns.
    ``teaches``, ``learns``: each person does at least one of the two. ``check`` may raise between two assignments.
    """
    search = _Search(score, allowed, teaches, learns, quality_first, check)
    free = np.ones(len(teaches), np.bool_)
    for pair in locked:
        free[list(pair)] = False
    found, proved = search.run(np.flatnonzero(free))
    return sorted([(min(pair), max(pair)) for pair in (*found, *locked)]), proved


class _Search:
    def __init__(
        self,
        score: NDArray[Any],
        allowed: NDArray[np.bool_],
        teaches: NDArray[np.bool_],
        learns: NDArray[np.bool_],
        quality_first: bool,
        check: Callable[[], None],
    ) -> None:
        self.score, self.allowed, self.teaches, self.learns = score, allowed, teaches, learns
        self.quality_first, self.check = quality_first, check

    def run(self, free: Ints) -> tuple[Pairs, bool]:
        both = self.teaches & self.learns
        left = self.teaches & ~both
        if not both[free].any():
            return self._between(free, left), True
        bound: tuple[int, int] | None = None
        waiting = free
        turn = True
        while len(waiting):
            edges = self._cover(waiting)
            if bound is None:
                bound = self._worth(edges)
            pairs = [pair for chain in _chains(edges) for pair in self._split(chain)]
            for i, j in pairs:
                left[i], left[j] = True, False
            paired = np.array(pairs, np.int64).reshape(-1)
            waiting = np.setdiff1d(waiting, paired)
            if not pairs:
                break
        for person in waiting[both[waiting]]:
            left[person], turn = turn, not turn
        best = self._improved(free, left, both)
        count, total = self._worth(best)
        proved = bound is not None and 2 * total == bound[1] and (self.quality_first or 2 * count == bound[0])
        return best, proved

    def _worth(self, pairs: Pairs) -> tuple[int, int]:
        """To be compared: how many (not with quality first), then the total."""
        return 0 if self.quality_first else len(pairs), sum(int(self.score[i, j]) for i, j in pairs)

    def _assign(self, rows: Ints, columns: Ints) -> Pairs:
        self.check()
        at = np.ix_(rows, columns)
        pairs = assign(self.score[at], self.allowed[at], quality_first=self.quality_first)
        return [(int(rows[i]), int(columns[j])) for i, j in pairs]

    def _between(self, free: Ints, left: NDArray[np.bool_]) -> Pairs:
        return self._assign(free[left[free]], free[~left[free]])

    def _cover(self, people: Ints) -> Pairs:
        return self._assign(people[self.teaches[people]], people[self.learns[people]])

    def _split(self, chain: list[int]) -> Pairs:
        """The best of a chain's or ring's own pairs; a ring ends with the person it starts with."""
        ring = len(chain) > 2 and chain[0] == chain[-1]
        people = chain[:-1] if ring else chain
        starts = [people[k:] + people[:k] for k in range(len(people))] if ring else [people]
        plans = []
        for order in starts:
            if len(order) % 2 == 0:
                plans.append(_two_by_two(order))
            else:
                plans += [_two_by_two(order[:k] + order[k + 1 :]) for k in range(0, 1 if ring else len(order), 2)]
        return max(plans, key=self._worth)

    def _improved(self, free: Ints, left: NDArray[np.bool_], both: NDArray[np.bool_]) -> Pairs:
        """The exact pairs between the sides, with changes of side as long as they give more."""
        best = self._between(free, left)
        if not self.quality_first:
            self._seat(self._grown(free, best), left)
            best = self._between(free, left)
        tried: set[int] = set()
        for _ in range(_CHANGES):
            sides = left.copy()
            crossed = self._crossed(best)
            paired = {person for pair in best for person in pair}
            alone = next((int(p) for p in free if both[p] and int(p) not in paired and int(p) not in tried), None)
            if crossed:
                self._seat(crossed, sides)
            elif alone is not None:
                tried.add(alone)
                sides[alone] = not sides[alone]
            else:
                break
            other = self._between(free, sides)
            if self._worth(other) > self._worth(best):
                best, left = other, sides
        return best

    def _seat(self, pairs: Pairs, left: NDArray[np.bool_]) -> None:
        for i, j in pairs:
            first = bool(self.teaches[i] and self.learns[j])
            left[i], left[j] = first, not first

    def _grown(self, free: Ints, pairs: Pairs) -> Pairs:
        """As many pairs as there can be, starting from ``pairs``."""
        place = {int(person): k for k, person in enumerate(free)}
        mate = [ALONE] * len(free)
        for i, j in pairs:
            mate[place[i]], mate[place[j]] = place[j], place[i]
        grow(mate, self.allowed[np.ix_(free, free)], self.check)
        return [(int(free[i]), int(free[j])) for i, j in enumerate(mate) if i < j]

    def _crossed(self, pairs: Pairs) -> Pairs:
        """The two pairs that gain most by exchanging partners, exchanged; nothing where none do."""
        if len(pairs) < 2:
            return []
        one, other = (np.array(side) for side in zip(*pairs, strict=True))
        now = self.score[one, other].astype(np.int64)
        # (a, b), (c, d) -> (a, c), (b, d); the other exchange, (a, d), (c, b), stays between the sides.
        may = self.allowed[np.ix_(one, one)] & self.allowed[np.ix_(other, other)]
        gain = self.score[np.ix_(one, one)] + self.score[np.ix_(other, other)].astype(np.int64)
        gain = np.where(may, gain - now[:, None] - now, 0)
        p, q = np.unravel_index(int(np.argmax(gain)), gain.shape)
        if gain[p, q] <= 0:
            return []
        return [(int(one[p]), int(one[q])), (int(other[p]), int(other[q]))]


def _two_by_two(people: list[int]) -> Pairs:
    return list(zip(people[::2], people[1::2], strict=True))


def _chains(edges: Pairs) -> list[list[int]]:
    """People linked by edges, each with at most one edge out and one in, as chains; rings repeat their first."""
    after, before = dict(edges), {j: i for i, j in edges}
    chains, seen = [], set()
    for first in [*(i for i in after if i not in before), *after]:
        if first in seen:
            continue
        chain = [first]
        seen.add(first)
        while (following := after.get(chain[-1])) is not None:
            chain.append(following)
            if following in seen:
                break
            seen.add(following)
        chains.append(chain)
    return chains
