"""The assignment of a whole matrix by lapx (LAPJV, Jonker and Volgenant 1987, Computing 38), and a start near its end.

Everything given to the solver is a whole number that its kind of float holds exactly.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.pairing.weight import Weight

Ints = NDArray[np.int64]
Floats = NDArray[np.floating[Any]]

_SOFT = 150  # people on both sides from which on a soft start pays
_FILLED_UP = 1.25  # so much larger a square may be than what it is made of
_NARROW = 2**20  # weights below that, and prices to twice that, add up to whole numbers that float32 holds
_SAMPLE, _COOL = 32, 5  # rows that tell how far weights are apart, and how much finer the soft start looks
_ROUNDS = 4
_HARDLY = np.float32(1e-7)  # instead of 0, so that everything can be divided by


def by_lapx(weight: Weight, places: Ints) -> Ints | None:
    """For each column its row or -1, None where lapx is not installed. All sums of weights are exact in float64."""
    try:
        from lap import lapjvr
    except ImportError:
        return None
    slots = np.repeat(np.arange(len(places)), places)  # each place is a row of its own
    rows, columns = len(slots), weight.shape[1]
    size = max(rows, columns)
    square = min(rows, columns) >= _SOFT and size * size <= _FILLED_UP * rows * columns
    cost = _soft_costs(weight, slots, size) if square else _costs(weight, slots)
    # The side that is assigned to the last may be reduced first: nothing of what is best changes, and it takes less.
    if cost.shape[0] <= cost.shape[1]:
        cost -= cost.min(axis=1)[:, None]
    if cost.shape[0] >= cost.shape[1]:
        cost -= cost.min(axis=0)
    slot, column = lapjvr(cost, extend_cost=True, return_cost=False)
    if square:
        there = (slot < rows) & (column < columns)
        slot, column = slot[there], column[there]
    taken = slots[slot]
    real = weight.at(taken, column) > 0
    owner = np.full(columns, -1, np.int64)
    owner[column[real]] = taken[real]
    return owner


def _costs(weight: Weight, slots: Ints) -> Floats:
    """Of each slot with each column, 0 where they can't be paired."""
    cost = np.empty(weight.shape, np.float64)
    weight.write(cost)
    np.negative(cost, out=cost)
    return cost if len(slots) == len(cost) else cost[slots]


def _soft_costs(weight: Weight, slots: Ints, size: int) -> Floats:
    """The same as a square, as seen from soft prices, which no best assignment of all rows and columns depends on.

    Rows and columns beyond those there are worth the same to everybody: whoever gets one stays alone.
    """
    some = weight.block(slice(None, None, 1 + weight.shape[0] // _SAMPLE)).astype(np.float64)
    some = some[some > 0]
    kind: Any = np.float32 if weight.top < _NARROW else np.float64
    worth = np.empty((size, size), kind)
    inside = worth[: len(slots), : weight.shape[1]]
    if len(slots) == weight.shape[0]:
        weight.write(inside)
    else:
        each = np.empty(weight.shape, kind)
        weight.write(each)
        inside[:] = each[slots]
    worth[len(slots) :] = 0
    worth[:, weight.shape[1] :] = np.rint(some.mean()) if len(some) else 0
    worth -= worth.max(axis=1)[:, None]
    soft = _soft_prices(worth, max(1.0, float(some.std()) / _COOL) if len(some) else 1.0)
    if kind is np.float32:
        soft = soft.clip(-2 * _NARROW, 2 * _NARROW)
    np.subtract(soft.astype(kind), worth, out=worth)
    return worth


def _soft_prices(worth: Floats, warmth: float) -> NDArray[np.float64]:
    """About what each column is worth, in whole numbers: the solver has less to search from there.

    A few rounds of scaling the kernel exp(worth / warmth) (Sinkhorn and Knopp 1967; Cuturi 2013). ``worth``: 0 is the
    highest of each row.
    """
    kernel = np.multiply(worth, 1 / warmth, dtype=np.float32, casting="same_kind")
    np.exp(kernel, out=kernel)
    kernel += _HARDLY
    column: NDArray[Any] = np.ones(len(kernel), np.float32)
    for _ in range(_ROUNDS):
        column = 1 / ((1 / (kernel @ column)) @ kernel)
    prices: NDArray[np.float64] = np.rint(-warmth * np.log(column.astype(np.float64)))
    return prices
