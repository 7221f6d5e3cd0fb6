"""The pairs worth about their prices: all that a small change can reach.

Prices move a little where a plan is mended. Pairs that were far below their prices remain below them: so these few,
and the rows and columns whose prices fell most, prove the new prices, without a look at all the others.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.pairing.parts import spread
from app.pairing.prices import Prices
from app.pairing.weight import Index, Weight

Tight = tuple[Index, Index]  # rows and columns of pairs, in order
_WORTH_IT = 4_000_000  # cells from which on all pairs are not looked at for every change
_CLOSE, _MOST = 24, 96  # pairs of each row, about and at the most
_SAMPLE = 32  # rows that tell how near the nearest are
_LOOKS = 64  # of the rows and of the columns: so many are looked through rather than all trusted less


class WorthMore(Exception):
    """A pair is worth more than its prices: they prove nothing."""


class Close:
    """Pairs ``i``, ``j``, row by row, and what each is ``worth``.

    All others are worth less than their prices by more than ``reach``.
    """

    def __init__(self, i: Index, j: Index, worth: NDArray[Any], shape: tuple[int, int], reach: int) -> None:
        self.i, self.j, self.worth, self.shape, self.reach = i, j, worth, shape, reach

    def of_rows(self, rows: Index) -> Index:
        """The places of the pairs of ``rows``."""
        places: Index = spread(self._begins, rows)
        return places

    def of_columns(self, columns: Index) -> Index:
        order, begins = self._down
        places: Index = order[spread(begins, columns)]
        return places

    @cached_property
    def _begins(self) -> Index:
        begins: Index = np.r_[0, np.cumsum(np.bincount(self.i, minlength=self.shape[0]))]
        return begins

    @cached_property
    def _down(self) -> tuple[Index, Index]:
        """The pairs column by column, and where each column begins."""
        few = np.uint16 if self.shape[1] < 2**16 else np.int64  # sorted by their digits, which is quick
        order = np.argsort(self.j.astype(few), kind="stable")
        return order, np.r_[0, np.cumsum(np.bincount(self.j, minlength=self.shape[1]))]


def close_pairs(weight: Weight, price: NDArray[Any], surplus: NDArray[Any]) -> tuple[Tight, Close] | None:
    """The tight pairs and the close ones, by a look at all; WorthMore where one is worth more than its prices.

    None for small matrices, and where too many are close.
    """
    rows, columns = weight.shape
    if rows * columns < _WORTH_IT:
        return None
    some = np.arange(0, rows, max(1, rows // _SAMPLE))
    slack = (price[some, None] + surplus - weight.block(some)).reshape(-1)
    at = min(_CLOSE * len(some), len(slack) - 1)
    reach = max(0, int(np.partition(slack, at)[at]))
    lower, found, count = price - reach, [], 0
    for part in weight.blocks():
        found.append(weight.near(lower, surplus, part))
        count += len(found[-1][0])
        if count > _MOST * max(rows, columns):
            return None
    i, j, slack = (np.concatenate(parts) for parts in zip(*found, strict=True))
    slack += reach
    return _both(i, j, price[i] + surplus[j] - slack, slack, weight.shape, reach)


def close_now(
    weight: Weight, prices: Prices, former: Prices, before: Close, rows: Index, columns: Index
) -> tuple[Tight, Close] | None:
    """The same from those ``before``, when only ``rows`` and ``columns`` have other weights.

    Where a price fell by no more than a certain amount, what is not close is nearer by that amount at the most. Rows
    and columns that fell more are looked through as if changed.
    """
    (price, surplus), (old_price, old_surplus) = prices, former
    look, lost = _fallen(old_price - price, rows)
    look_there, lost_there = _fallen(old_surplus - surplus, columns)
    reach = before.reach - lost - lost_there
    if reach < 0:
        return close_pairs(weight, price, surplus)
    slack = price[before.i] + surplus[before.j] - before.worth
    kept = np.flatnonzero((slack <= reach) & ~look[before.i] & ~look_there[before.j])
    lower = price - reach
    found = [
        (before.i[kept], before.j[kept], slack[kept] - reach),
        weight.near(lower, surplus, np.flatnonzero(look)),
    ]
    if look_there.any():
        across = weight.near(lower, surplus, columns=np.flatnonzero(look_there))
        rest = np.flatnonzero(~look[across[0]])
        found.append((across[0][rest], across[1][rest], across[2][rest]))
    i, j, slack = (np.concatenate(parts) for parts in zip(*found, strict=True))
    order = np.argsort(i * weight.shape[1] + j, kind="stable")
    i, j, slack = i[order], j[order], slack[order] + reach
    return _both(i, j, price[i] + surplus[j] - slack, slack, weight.shape, reach)


def _fallen(fall: NDArray[Any], changed: Index) -> tuple[NDArray[np.bool_], int]:
    """Which to look through: the ``changed`` and those that fell furthest; and how far others fell at the most."""
    look = np.zeros(len(fall), np.bool_)
    look[changed] = True
    fall = np.where(look, 0, fall)
    at = max(0, len(fall) - _LOOKS)
    most = max(0, int(np.partition(fall, at)[at]))
    return look | (fall > most), most


def _both(
    i: Index, j: Index, worth: NDArray[Any], slack: NDArray[Any], shape: tuple[int, int], reach: int
) -> tuple[Tight, Close]:
    if slack.min(initial=0) < 0:
        raise WorthMore
    tight = np.flatnonzero(slack == 0)
    return (i[tight], j[tight]), Close(i, j, worth, shape, reach)
