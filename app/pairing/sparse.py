"""Sparse, then price: the exact assignment of large matrices from a few pairs of each person.

A sparse LAPJV (Volgenant 1996, Computers and Operations Research 23; `lap.lapmod`) solves the problem on the best pairs
of every row and column. Whole-number prices of that answer are then held against the full matrix, in blocks of rows.
Pairs worth more than their prices are let in and the rest is done again, until no pair is: the prices then prove the
answer the best of the full matrix (column generation; Dantzig and Wolfe 1960).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.pairing.ordered import each_once
from app.pairing.prices import Prices
from app.pairing.weight import Weight

Ints = NDArray[np.int64]
Weights = NDArray[Any]

_BEST, _BEST_OF_COLUMN = 16, 4  # pairs of each row, and of each column in each block, to start with
_MORE = 8  # pairs of a row to let in at a time
_ROUNDS = 40
_DROPS = 12  # rounds in which pairs that have become useless are left out again
_KEPT = 8  # pairs for each row and column to keep then
_BLOCK = 256
_PARTS = 4  # of the columns; each block of rows sees one of them while the answer is rough
_VALUES, _SAMPLE = 64, 32  # fewer different weights than that in so many rows are many equals
_LIMIT = 2**19  # lapmod takes costs below a million; scaling by a power of 2 loses nothing


def by_few_pairs(weight: Weight, places: Ints, before: Weights | None = None) -> tuple[Ints, Prices] | None:
    """Each column's row or -1, and the prices that prove it (see `prices.certify`).

    ``weight`` and ``places`` as for `certify`, all sums exact in float64. ``before``: the surplus of each column in the
    answer to a similar question; whatever it is, the answer is exact, but with a good one it is found much sooner.
    None where a dense solver has to do it: lapx is not installed, the rounds came to no end, or so many pairs are equal
    that the dense solver is the faster one.
    """
    try:
        from lap import lapmod
    except ImportError:
        return None
    if len(np.unique(weight.block(slice(None, None, 1 + weight.shape[0] // _SAMPLE)))) < _VALUES:
        return None
    if before is None:
        edges, surplus = _start(weight), np.zeros(weight.shape[1], weight.dtype)
    else:
        surplus = before.astype(weight.dtype)
        edges = _near(weight, _lowest_prices(weight, surplus), surplus, _BEST)
    if not len(edges):
        return None
    rough = before is None  # a part of the matrix is enough to come near
    for turn in range(_ROUNDS):
        owner = _solved(lapmod, weight, places, edges, surplus)
        prices = _prices(weight, places, owner, edges)
        if prices is None:
            return None
        more = _violating(weight, *prices, _patches(weight, turn + 1)) if rough else edges[:0]
        if len(more) < weight.shape[0]:
            rough = False
            more = _either(more, _violating(weight, *prices, _whole(weight)))
            if not len(more):
                return owner, prices
        surplus = prices[1]
        if turn < _DROPS:
            edges = _nearest(weight, edges, *prices)
        if not rough:  # what is close to its price may be wanted next
            more = _either(more, _near(weight, *prices, _KEPT))
        edges = _either(edges, more)
    return None


def _either(some: Ints, others: Ints) -> Ints:
    """All of them once, in order."""
    both = np.concatenate([some, others])
    both.sort(kind="stable")
    return both[np.r_[True, both[1:] != both[:-1]]] if len(both) else both


def _lowest_prices(weight: Weight, surplus: Weights) -> Weights:
    """Of each row, so that no pair is worth more."""
    price = np.zeros(weight.shape[0], weight.dtype)
    for rows in weight.blocks():
        price[rows] = (weight.block(rows) - surplus).max(axis=1).clip(0)
    return price


def _near(weight: Weight, price: Weights, surplus: Weights, count: int) -> Ints:
    """About ``count`` pairs for each row, those worth nearest to their prices, or more; none if too many are."""
    rows = np.arange(0, weight.shape[0], max(1, weight.shape[0] // _SAMPLE))
    slack = (price[rows, None] + surplus - weight.block(rows)).reshape(-1)
    most = min(count * len(rows), len(slack) - 1)
    reach = np.partition(slack, most)[most]
    if reach < 0:
        return np.zeros(0, np.int64)
    i, j, _ = weight.near(price - reach, surplus)
    real = weight.at(i, j) > 0
    return i[real] * weight.shape[1] + j[real]


def _nearest(weight: Weight, edges: Ints, price: Weights, surplus: Weights) -> Ints:
    """The edges that are worth about their prices; the others hardly matter."""
    most = _KEPT * sum(weight.shape)
    if len(edges) <= most:
        return edges
    i, j = np.divmod(edges, weight.shape[1])
    slack = price[i] + surplus[j] - weight.at(i, j)
    near: Ints = edges[slack <= np.partition(slack, most)[most]]
    return near


def _start(weight: Weight) -> Ints:
    """Some good pairs of each row and of each column, as cells: from a part of the columns, another for each block."""
    columns = weight.shape[1]
    found = []
    for start, part in _patches(weight, 0):
        real = np.maximum(weight.block(slice(start, start + _BLOCK), part), 0)
        i, j = _highest(real - real.mean(axis=0).astype(weight.dtype), _BEST)
        turned = np.ascontiguousarray(real.T)
        up, down = _highest(turned - turned.mean(axis=0).astype(weight.dtype), _BEST_OF_COLUMN)
        found.append((np.r_[i, down] + start) * columns + np.r_[j, up] + part.start)
    cells = each_once(np.concatenate(found))
    some: Ints = cells[_worth(weight, cells) > 0]
    if len(some):
        return some
    first = [weight.block(rows).argmax(axis=1) for rows in weight.blocks()]
    cells = np.arange(weight.shape[0]) * columns + np.concatenate(first)
    best: Ints = cells[_worth(weight, cells) > 0]
    return best


def _worth(weight: Weight, cells: Ints) -> Weights:
    i, j = np.divmod(cells, weight.shape[1])
    return weight.at(i, j)


def _patches(weight: Weight, turn: int) -> Iterator[tuple[int, slice]]:
    """Blocks of rows, by their first row, each with a part of the columns; another one each turn."""
    wide = -(-weight.shape[1] // _PARTS)
    for k, start in enumerate(range(0, weight.shape[0], _BLOCK)):
        first = (k + turn) % _PARTS * wide
        if first < weight.shape[1]:
            yield start, slice(first, first + wide)


def _highest(part: Weights, count: int) -> tuple[Any, Any]:
    """Where the highest of each row are: at least ``count`` of them, or all there are."""
    if part.shape[1] <= count:
        i, j = np.nonzero(np.ones(part.shape, np.bool_))
        return i, j
    at = part.shape[1] - count
    above = part >= np.partition(part, at, axis=1)[:, at, None]
    if int(above.sum()) <= 2 * count * len(part):
        i, j = np.nonzero(above)
        return i, j
    # Many are equal: any of them will do.
    return np.repeat(np.arange(len(part)), count), np.argpartition(part, at, axis=1)[:, at:].reshape(-1)


def _solved(lapmod: Any, weight: Weight, places: Ints, edges: Ints, surplus: Weights) -> Ints:
    """The best assignment with ``edges`` alone.

    The matrix is doubled, so that everybody may stay alone: each place has a column of its own, each column a row of
    its own, and the pairs, turned over, link these at no cost.
    """
    columns = weight.shape[1]
    i, j = np.divmod(edges, columns)
    worth = weight.at(i, j)
    row_of = np.repeat(np.arange(len(places)), places)
    first = np.cumsum(places) - places
    if len(row_of) != len(places):  # a pair of each place
        each = places[i]
        starts = np.repeat(np.cumsum(each) - each, each)
        place = np.repeat(first[i], each) + np.arange(each.sum()) - starts
        j, worth = np.repeat(j, each), np.repeat(worth, each)
    else:
        place = i
    slots = len(row_of)
    size = slots + columns
    # Costs as seen from prices near the answer, which the solver reaches faster: nothing of what is best changes.
    price = np.zeros(slots, weight.dtype)
    np.maximum.at(price, place, worth - surplus[j])
    lost = price[place] + surplus[j] - worth
    top = max(int(price.max()), int(surplus.max()), int(lost.max()))
    from_ = np.concatenate([place, np.arange(slots), slots + j, slots + np.arange(columns)])
    to = np.concatenate([j, columns + np.arange(slots), columns + place, np.arange(columns)])
    cost = np.concatenate([lost, price, np.zeros(len(j)), surplus]).astype(np.float64)
    cost *= 2.0 ** -max(0, top.bit_length() - _LIMIT.bit_length() + 1)
    order = np.argsort(from_ * size + to)
    begins = np.zeros(size + 1, np.int32)
    np.cumsum(np.bincount(from_, minlength=size), out=begins[1:])
    _, taken = lapmod(size, cost[order], begins, to[order].astype(np.int32), return_cost=False)
    slot = np.asarray(taken)[:columns]
    return np.where(slot < slots, row_of[np.minimum(slot, slots - 1)], -1).astype(np.int64)


def _prices(weight: Weight, places: Ints, owner: Ints, edges: Ints) -> Prices | None:
    """Prices that prove ``owner`` the best of ``edges``, as `prices.certify` finds them for the full matrix."""
    rows, columns = weight.shape
    order = np.argsort(edges % columns, kind="stable")
    i, j = np.divmod(edges[order], columns)
    worth = weight.at(i, j)
    begins = np.flatnonzero(np.r_[True, j[1:] != j[:-1]])
    there = j[begins]
    mine = np.flatnonzero(owner >= 0)
    mine = mine[np.argsort(owner[mine], kind="stable")]
    mentors = owner[mine]
    chosen = weight.at(mentors, mine)
    starts = np.flatnonzero(np.r_[True, mentors[1:] != mentors[:-1]])
    paired = mentors[starts]
    full = np.diff(np.r_[starts, len(mine)]) == places[paired]
    ceiling = np.where(full, weight.top, 0)
    alone = owner < 0
    price, surplus = np.zeros(rows, weight.dtype), np.zeros(columns, weight.dtype)
    for _ in range(rows + 2):
        price[paired] = np.minimum(np.minimum.reduceat(chosen - surplus[mine], starts), ceiling)
        higher = np.maximum(np.maximum.reduceat(worth - price[i], begins), surplus[there])
        if (higher == surplus[there]).all():
            return price, surplus
        surplus[there] = higher
        if surplus[alone].any() or (surplus[mine] > chosen).any():
            return None
    return None


def _whole(weight: Weight) -> Iterator[tuple[int, slice]]:
    for start in range(0, weight.shape[0], _BLOCK):
        yield start, slice(0, weight.shape[1])


def _violating(weight: Weight, price: Weights, surplus: Weights, patches: Iterator[tuple[int, slice]]) -> Ints:
    """Pairs worth more than their prices, of each row those most so; none where the prices hold everywhere."""
    columns = weight.shape[1]
    found = [np.zeros(0, np.int64)]
    for start, part in patches:
        i, j, slack = weight.near(price, surplus, slice(start, min(start + _BLOCK, weight.shape[0])), part)
        wrong = np.flatnonzero(slack < 0)
        i, j, slack = i[wrong], j[wrong], slack[wrong]
        if len(i) > 2 * _MORE * _BLOCK:
            wrong = np.unique(i)
            a, b = _highest(weight.block(wrong, part) - surplus[part] - price[wrong, None], _MORE)
            some = weight.at(wrong[a], b + part.start) > price[wrong[a]] + surplus[b + part.start]
            i, j = wrong[a[some]], b[some] + part.start
        elif len(i) > _MORE:
            order = np.lexsort((slack, i))
            first = np.flatnonzero(np.r_[True, i[1:] != i[:-1]])
            rank = np.arange(len(i)) - np.repeat(first, np.diff(np.r_[first, len(i)]))
            best = np.sort(order[rank < _MORE])
            i, j = i[best], j[best]
        found.append(i * columns + j)
    return np.concatenate(found)
