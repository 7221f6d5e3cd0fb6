"""Plans where both teach: one tandem each, and people enrolled for both sides can be on either.

That is matching in a general graph, not an assignment; Edmonds' blossoms solve it (1965, "Maximum matching and a
polyhedron with 0,1-vertices"; rustworkx, in whole numbers). Where many pairs are possible, few of them are enough:
everybody stands on both sides at once, and the prices of that assignment bound what a plan can be worth. A plan from
the pairs nearest to their prices is then short of that bound by some points, and no pair that is further than these
from its prices can be in a better one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.pairing.solve import FLOAT_EXACT, assign, best
from app.pairing.weight import Weight

Pairs = list[tuple[int, int]]
Ints = NDArray[np.int64]

_ALL = 20_000  # possible pairs that are all looked at
_NEAREST = (6, 12)  # pairs for each person to begin with, and where these leave too many open
_MANY = 40_000  # pairs beyond which a plan is not proved: it would take long, and can't be stopped
_TIE_BITS = 40  # below the points, for the choice among equals; sums of them stay below _POINT
_POINT = 1 << 64


def pair_mutually(
    score: NDArray[Any],
    allowed: NDArray[np.bool_],
    teaches: NDArray[np.bool_],
    learns: NDArray[np.bool_],
    ids: Sequence[int],
    locked: Sequence[tuple[int, int]],
    quality_first: bool,
    check: Callable[[], None] = lambda: None,
) -> tuple[Pairs, bool]:
    """Pairs (i, j), i < j, nobody in two: the most pairs, then the highest total; with quality first that alone.

    And whether that is proved, as it is but for some cases of many hundred people.

    ``score`` and ``allowed``: people x people, symmetric, allowed only where one teaches and the other learns.
    ``teaches``, ``learns``: each person does at least one of the two. Among equals the ``ids`` of the people choose,
    whoever else takes part. ``check`` may raise between steps.
    """
    free = np.ones(len(teaches), np.bool_)
    for pair in locked:
        free[list(pair)] = False
    people = np.flatnonzero(free)
    if not (teaches & learns)[people].any():  # two given sides
        rows, columns = people[teaches[people]], people[learns[people]]
        at = np.ix_(rows, columns)
        found, proved = assign(score[at], allowed[at], quality_first=quality_first), True
        pairs = [(int(rows[i]), int(columns[j])) for i, j in found]
    else:
        at = np.ix_(people, people)
        numbers = np.array(ids, np.int64)[people]
        found, proved = _matched(score[at].astype(np.int64), allowed[at], numbers, quality_first, check)
        pairs = [(int(people[i]), int(people[j])) for i, j in found]
    return sorted([(min(pair), max(pair)) for pair in (*pairs, *locked)]), proved


def _matched(
    score: Ints, allowed: NDArray[np.bool_], ids: Ints, quality_first: bool, check: Callable[[], None]
) -> tuple[Pairs, bool]:
    """The best pairs of anybody with anybody, and whether they are proved to be."""
    may = allowed & (score > 0) if quality_first else allowed
    i, j = np.nonzero(np.triu(may, 1))
    if not len(i):
        return [], True
    points = score[i, j]
    low, high = int(points.min()), int(points.max())
    # One pair more is worth more than all that the others could lose by it.
    bonus = 0 if quality_first else (len(score) // 2 + 1) * (high - low) + 1 - low
    worth, tie = points + bonus, _ties(ids[i], ids[j])
    check()
    if len(i) <= _ALL:
        chosen = _blossoms(i, j, worth, tie)
        return list(zip(i[chosen].tolist(), j[chosen].tolist(), strict=True)), True
    nobody = everybody = len(score)
    for group in [] if quality_first else _groups(may):
        if len(group) % 2:
            # Of an odd number of people one is alone in any plan: with nobody, at the same price for all. Else the
            # prices would bound a plan in which no one is, by the worth of a pair.
            i, j = np.concatenate([i, group]), np.concatenate([j, np.full(len(group), everybody)])
            worth = np.concatenate([worth, np.full(len(group), low + bonus)])
            tie = np.concatenate([tie, np.zeros(len(group), np.int64)])
            everybody += 1
    slack, total = _slack(i, j, worth, everybody)
    chosen, proved = _by_prices(i, j, worth, tie, slack, total, check)
    chosen = chosen[j[chosen] < nobody]
    return list(zip(i[chosen].tolist(), j[chosen].tolist(), strict=True)), proved


def _groups(may: NDArray[np.bool_]) -> list[Ints]:
    """People who are linked with each other by possible pairs, whatever the way round; nobody alone."""
    left = may.any(axis=1)
    groups = []
    while left.any():
        reached = np.zeros(len(may), np.bool_)
        new = np.flatnonzero(left)[:1]
        while len(new):
            reached[new] = True
            new = np.flatnonzero(may[new].any(axis=0) & ~reached)
        groups.append(np.flatnonzero(reached))
        left &= ~reached
    return groups


def _by_prices(
    i: Ints, j: Ints, worth: Ints, tie: Ints, slack: Ints, total: int, check: Callable[[], None]
) -> tuple[Ints, bool]:
    """Places of the best plan's pairs: of the pairs nearest to their prices, then of all that could be in a better."""
    chosen = np.zeros(0, np.int64)
    for count in _NEAREST:
        near = _nearest(i, j, slack, tie, count)
        some = np.flatnonzero(near)
        check()
        chosen = some[_blossoms(i[some], j[some], worth[some], tie[some])]
        short = total - 2 * int(worth[chosen].sum())
        if near.all() or short <= slack[~near].min():
            return chosen, True
        some = np.flatnonzero(slack <= short)
        if len(some) <= _MANY:
            check()
            return some[_blossoms(i[some], j[some], worth[some], tie[some])], True
    return chosen, False


def _nearest(i: Ints, j: Ints, slack: Ints, tie: Ints, count: int) -> NDArray[np.bool_]:
    """Which pairs are among the ``count`` nearest to their prices of one of the two; among equals the ties choose.

    With them half as many that the ties choose of all: where the nearest are among few people, as when many say the
    same, these see to it that nobody stays alone who needn't.
    """
    people = int(j.max()) + 1
    near = np.zeros((people, people), np.bool_)
    by_price = (np.minimum(slack, 1 << 40) << 20) | (tie >> (_TIE_BITS - 20))
    for keys, wanted in ((by_price, count), (tie, count // 2)):
        table = np.full(near.shape, np.iinfo(np.int64).max)
        table[i, j] = table[j, i] = keys
        first = np.argpartition(table, min(wanted, people - 1), axis=1)[:, :wanted]
        np.put_along_axis(near, first, True, axis=1)
    found: NDArray[np.bool_] = near[i, j] | near[j, i]
    return found


def _slack(i: Ints, j: Ints, worth: Ints, people: int) -> tuple[Ints, int]:
    """How much less than its two people's prices each pair is worth, doubled, and all prices, doubled.

    A plan is worth all prices, less those of people left over and the slack of its pairs.
    """
    values = np.full((people, people), -1, np.int64)
    values[i, j] = values[j, i] = worth
    top = int(worth.max())
    places = np.ones(people, np.int64)
    _, (price, surplus) = best(Weight(values, top), places, exact_in_float=(people + 1) * top < FLOAT_EXACT)
    both = price.astype(np.int64) + surplus
    slack: Ints = both[i] + both[j] - 2 * worth
    return slack, int(both.sum())


def _ties(ones: Ints, others: Ints) -> Ints:
    """A number for each pair of ids, spread so widely that two plans hardly ever have the same sum."""
    mixed = ones.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) + others.astype(np.uint64)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB), (31, 1)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return (mixed >> np.uint64(64 - _TIE_BITS)).astype(np.int64)


def _blossoms(i: Ints, j: Ints, worth: Ints, tie: Ints) -> Ints:
    """Which of these pairs are the matching of the highest worth; the ties choose between equals."""
    from rustworkx import PyGraph, max_weight_matching

    people, ends = np.unique(np.concatenate([i, j]), return_inverse=True)
    pairs = list(zip(ends[: len(i)].tolist(), ends[len(i) :].tolist(), strict=True))
    weights = [points * _POINT + little for points, little in zip(worth.tolist(), tie.tolist(), strict=True)]
    graph: Any = PyGraph(multigraph=False)
    graph.add_nodes_from(range(len(people)))
    graph.add_edges_from([(*pair, weight) for pair, weight in zip(pairs, weights, strict=True)])
    place = {pair: k for k, pair in enumerate(pairs)}
    found = max_weight_matching(graph, weight_fn=int)
    return np.array(sorted([place[min(pair), max(pair)] for pair in found]), np.int64)
