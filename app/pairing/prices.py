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
    rows, columns = weight.shape
    mine = np.flatnonzero(owner >= 0)
    mine = mine[np.argsort(owner[mine], kind="stable")]
    mentors = owner[mine]
    chosen = weight.at(mentors, mine)
    starts = np.flatnonzero(np.r_[True, mentors[1:] != mentors[:-1]]) if len(mine) else mine
    paired = mentors[starts]
    ceiling = np.zeros(len(paired), weight.dtype)  # a row with a place left may cost nothing
    ceiling[np.diff(np.r_[starts, len(mine)]) == places[paired]] = weight.top
    alone = np.flatnonzero(owner < 0)
    price = np.zeros(rows, weight.dtype)
    surplus = np.zeros(columns, weight.dtype)
    changed = np.arange(rows)
    for _ in range(rows + 2):  # a chain visits no row twice; more rounds than that mean a better plan exists
        before = surplus[mine]
        for start in range(0, len(changed), BLOCK):
            if len(mine):
                cheapest = chosen - surplus[mine]
                cheapest = cheapest if len(paired) == len(mine) else np.minimum.reduceat(cheapest, starts)
                price[paired] = np.minimum(cheapest, ceiling)
            block = changed[start : start + BLOCK]
            together = block[-1] - block[0] + 1 == len(block)
            part = weight.block(slice(block[0], block[-1] + 1) if together else block)
            np.maximum(surplus, (part - price[block, None]).max(axis=0), out=surplus)
            if (surplus[alone] > 0).any() or (surplus[mine] > chosen).any():
                return None
        changed = np.unique(mentors[surplus[mine] > before])
        if not len(changed):
            return price, surplus
    return None
