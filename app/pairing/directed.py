"""Plans where the two sides are given, and nobody mentors their own mentor.

Somebody enrolled for both sides is a row and a column. Where the best assignment pairs two people both ways round, one
of the two directions has to go: branch and bound over these choices, best first, keeps the answer exact (Land and Doig
1960). When the tries are used up, which takes many people on both sides and symmetric scores, the worse directions of
all such pairs go at once; the plan then says that it is not proved.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.pairing.solve import assign

Pairs = list[tuple[int, int]]

_TRIES, _CELLS = 40, 10_000_000  # at most so many assignments, fewer where matrices are large


def pair_sides(
    score: NDArray[Any],
    allowed: NDArray[np.bool_],
    capacity: NDArray[np.int64],
    locked: Sequence[tuple[int, int]],
    twins: Mapping[int, int],
    quality_first: bool,
    check: Callable[[], None] = lambda: None,
) -> tuple[Pairs, bool]:
    """The best pairs as by `solve.assign`, but none both ways round; and whether they are proved to be the best.

    ``twins``: the column of the person that a row stands for, where they have both. ``locked`` pairs stay as they
    are, even both ways round. ``check`` is called between two assignments and may raise.
    """
    row_of = {column: row for row, column in twins.items()}
    fixed = set(locked)

    def opposite(pair: tuple[int, int]) -> tuple[int, int] | None:
        row, column = row_of.get(pair[1]), twins.get(pair[0])
        return None if row is None or column is None else (row, column)

    def solved(without: frozenset[tuple[int, int]]) -> tuple[int, int, Pairs]:
        check()
        may = allowed.copy() if without else allowed
        for i, j in without:
            may[i, j] = False
        pairs = assign(score, may, capacity=capacity, locked=locked, quality_first=quality_first)
        total = sum(int(score[i, j]) for i, j in pairs)
        return 0 if quality_first else -len(pairs), -total, pairs

    ways_back = {way for pair in fixed if (way := opposite(pair)) is not None and way not in fixed}
    start = frozenset(ways_back)
    queue = [(*solved(start), sorted(start))]
    left = min(_TRIES, _CELLS // max(1, score.size))
    proved = True
    while True:
        _, _, pairs, without = heapq.heappop(queue)
        chosen = set(pairs)
        both_ways = [
            (pair, way)
            for pair in pairs
            if (way := opposite(pair)) is not None and way in chosen and pair < way and pair not in fixed
        ]
        if not both_ways:
            return pairs, proved
        left -= 2
        if left >= 0:
            drops = [{both_ways[0][0]}, {both_ways[0][1]}]
        else:
            proved = False
            queue.clear()
            drops = [{pair if score[pair] < score[way] else way for pair, way in both_ways}]
        for drop in drops:
            now = frozenset(without) | drop
            heapq.heappush(queue, (*solved(now), sorted(now)))
