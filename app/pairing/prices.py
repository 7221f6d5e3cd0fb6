"""Prices that prove an assignment optimal (LP duality; Bellman and Ford's label correcting, in blocks of rows)."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.pairing.weight import BLOCK, Weight

Prices = tuple[NDArray[Any], NDArray[Any]]


def certify(weight: Weight, places: NDArray[np.int64], owner: NDArray[np.int64]) -> Prices | None:
    """Prices of rows and surpluses of columns that prove ``owner`` optimal, or None where it is not.

    ``places``: how many columns each row takes; ``owner``: the row of each column or -1.

    For all pairs price + surplus >= weight, with equality on the pairs chosen; neither is below 0; a row with a
    place left has price 0, a column without a row has surplus 0. No assignment can then weigh more. The pairs with
    equality are all that any optimal assignment can consist of.
    """
    mine = np.flatnonzero(owner >= 0)
    mine = mine[np.argsort(owner[mine], kind="stable")]
    mentors = owner[mine]
    chosen = weight.at(mentors, mine)
    starts = np.flatnonzero(np.r_[True, mentors[1:] != mentors[:-1]]) if len(mine) else mine
    paired, several = mentors[starts], len(starts) < len(mine)
    ceiling = np.zeros(len(paired), weight.dtype)  # a row with a place left may cost nothing
    ceiling[np.diff(np.r_[starts, len(mine)]) == places[paired]] = weight.top
    surplus = np.zeros(weight.shape[1], weight.dtype)
    price = np.zeros(weight.shape[0], weight.dtype)
    price[paired] = np.minimum(np.minimum.reduceat(chosen, starts) if several else chosen, ceiling)
    held = price.copy()  # the price at which a row was last held against all columns
    fallen = np.arange(len(price))
    for _ in range(len(price) + 2):  # a chain visits no row twice; more rounds than that mean a better plan exists
        for start in range(0, len(fallen), BLOCK):
            rows = fallen[start : start + BLOCK]
            held[rows] = now = price[rows]
            together = rows[-1] - rows[0] + 1 == len(rows)
            worth = weight.block(slice(rows[0], rows[-1] + 1) if together else rows) - now[:, None]
            np.maximum(surplus, np.maximum.reduce(worth), out=surplus)
            cheapest = chosen - surplus[mine]
            price[paired] = np.minimum(np.minimum.reduceat(cheapest, starts) if several else cheapest, ceiling)
        (fallen,) = (price < held).nonzero()
        if not len(fallen):
            return None if price.min(initial=0) < 0 or surplus[owner < 0].any() else (price, surplus)
    return None
