"""The assignment problem of a round, with the prices that prove its answer, so that a change can start from them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.pairing.close import Close, Tight, WorthMore, close_now, close_pairs
from app.pairing.grid import BLOCKED, Cell, Grid, Net
from app.pairing.lowest import lowest, most_tight
from app.pairing.prices import Prices
from app.pairing.repair import Repair
from app.pairing.scores import FULL_SCORE
from app.pairing.solve import FLOAT_EXACT, best
from app.pairing.weight import Index, Weight, never, tight_pairs

Ints = NDArray[np.int64]
Nums = NDArray[Any]
Solved = tuple[Ints, Nums, Nums, Tight | None, Close | None]  # owners, prices, surpluses, tight and close pairs

_FEW = 0.05  # of the rows and columns may have changed for a repair; beyond, anew is faster
_ONE_BY_ONE = 4  # rows that are scored as pairs: what whole blocks need is not made for so few
_MANY = 0.06  # of the rows and columns with lower prices: all pairs are looked through as quickly
_NONE = np.zeros(0, np.intp)


class Market:
    """``weight``: what pairs are worth, locked ones taken out; ``room``: places for the others.

    ``owner``: the row of each column or -1; ``price`` and ``surplus`` prove it (see `prices.certify`); ``tight``: the
    pairs with equality, None where that is most of them; ``close``: those near to it, in a large market.
    """

    def __init__(
        self,
        weight: Weight,
        room: Ints,
        fixed: Sequence[Cell],
        quality_first: bool,
        solve: Callable[[Weight, Ints], Solved],
    ) -> None:
        self.weight, self.room, self.fixed, self.quality_first = weight, room, tuple(fixed), quality_first
        self.places = np.clip(room, 1, max(1, weight.shape[1]))  # one place is harmless where nobody can be paired
        if min(weight.shape):
            self.owner, self.price, self.surplus, self.tight, self.close = solve(weight, self.places)
        else:
            self.owner, self.price, self.surplus = np.full(weight.shape[1], -1), np.zeros(weight.shape[0]), _NONE
            self.tight, self.close = None, None

    @staticmethod
    def of(net: Net, room: Ints, fixed: Sequence[Cell], quality_first: bool, surplus: Nums | None = None) -> Market:
        """Solved anew; ``net`` and ``room`` with the locked pairs still in them, ``net`` is used up.

        ``surplus``: see `solve.best`.
        """
        left = room.copy()
        for i, _ in fixed:
            left[i] -= 1
        net[:, [j for _, j in fixed]] = BLOCKED
        net[left <= 0] = BLOCKED
        return Market(_weight(net, quality_first), left, fixed, quality_first, partial(_anew, surplus=surplus))

    def pairs(self) -> list[Cell]:
        """All pairs, locked ones too, in order."""
        return self._with_fixed(self.owner)

    def _with_fixed(self, owner: Ints) -> list[Cell]:
        columns = np.flatnonzero(owner >= 0)
        columns = columns[np.argsort(owner[columns], kind="stable")]
        found = list(zip(owner[columns].tolist(), columns.tolist(), strict=True))
        return sorted([*found, *self.fixed]) if self.fixed else found

    def without(self, cell: Cell) -> list[Cell]:
        """The pairs of the best plan without a pair of this one."""
        weight = self.weight.without(cell)
        found = self._mended(weight, self.places, np.array([cell[0]]), np.array([cell[1]]))
        return self._with_fixed((_anew(weight, self.places) if found is None else found)[0])

    def changed(
        self, before: Grid, grid: Grid, fixed: Sequence[Cell], quality_first: bool, told: Callable[[float], None]
    ) -> Market | None:
        """The market of ``grid``, mended from this one of ``before``; None where too much has changed for that."""
        if quality_first is not self.quality_first or (touched := _touched(before, grid)) is None:
            return None
        rows, columns = touched
        moved = np.array(list(set(self.fixed) ^ set(fixed)), np.intp).reshape(-1, 2)
        rows, columns = np.union1d(rows, moved[:, 0]), np.union1d(columns, moved[:, 1])
        if len(rows) + len(columns) > max(8, _FEW * sum(grid.shape)) or not min(grid.shape):
            return None
        room = grid.room.copy()
        for i, _ in fixed:
            room[i] -= 1
        weight = self.weight.with_lines(*_lines(grid, rows, columns, room, [j for _, j in fixed]))
        told(0.5)

        def mended(weight: Weight, places: Ints) -> Solved:
            weight.settle()
            found = self._mended(weight, places, rows, columns)
            return _anew(weight, places) if found is None else found

        return Market(weight, room, fixed, quality_first, mended)

    def surplus_for(self, before: Grid, grid: Grid, quality_first: bool) -> Nums | None:
        """What each column of ``grid`` had as surplus in this market of ``before``, or would have; None: unknown."""
        if quality_first is not self.quality_first or not min(self.weight.shape) or not grid.shape[1]:
            return None
        known, middle = dict(zip(before.column, self.surplus.tolist(), strict=True)), int(np.median(self.surplus))
        return np.array([known.get(one, middle) for one in grid.column])

    def _mended(self, weight: Weight, places: Ints, rows: Index, columns: Index) -> Solved | None:
        """The answer for other weights in ``rows`` and ``columns``, proved; None should the proof fail."""
        repair = Repair(weight, places, self.owner, self.price, self.surplus, self.close)
        repair.run(rows, columns)
        owner, prices, former = repair.owner, (repair.price, repair.surplus), (self.price, self.surplus)
        try:
            seen = None if self.close is None else close_now(weight, prices, former, self.close, rows, columns)
            tight, close = seen or (_tight_now(weight, prices, former, self.tight, rows, columns), None)
        except WorthMore:
            return None
        if not _proved(weight, places, owner, *prices):
            return None
        if tight is None and not _all_covered(weight, *prices):
            return None
        return lowest(weight, places, owner, prices, tight, (self.owner, self.tight)), *prices, tight, close


def _weight(net: Net, quality_first: bool) -> Weight:
    """Most pairs first: each is worth more than all the points there can be."""
    bonus = 0 if quality_first else FULL_SCORE * max(1, net.shape[1]) + 1
    return Weight(net, FULL_SCORE + bonus, low=1 if quality_first else 0, bonus=bonus, kind=np.int32)


def _lines(
    grid: Grid, rows: Index, columns: Index, room: Ints, taken: Sequence[int]
) -> tuple[Index, Net, Index, Net]:
    """The net scores of ``rows`` and of ``columns`` as they are now; who has a tandem already has none."""
    everybody, theirs = np.arange(grid.shape[0]), np.arange(grid.shape[1])
    across, down = np.empty((len(rows), len(theirs)), np.int16), np.empty((len(everybody), len(columns)), np.int16)
    if len(rows) <= _ONE_BY_ONE:
        for k, i in enumerate(rows.tolist()):
            across[k] = grid.net(np.full(len(theirs), i), theirs)
    else:
        done = 0
        for some, score, broken in grid.blocks(rows):
            across[done : done + len(some)] = never(score, broken & grid.rules.hard != 0)
            done += len(some)
    for k, j in enumerate(columns.tolist()):
        down[:, k] = grid.net(everybody, np.full(len(everybody), j))
    across[:, taken], down[:, np.isin(columns, taken)] = BLOCKED, BLOCKED
    across[room[rows] <= 0], down[room <= 0] = BLOCKED, BLOCKED
    return rows, across, columns, down


def _anew(weight: Weight, places: Ints, surplus: Nums | None = None) -> Solved:
    exact = (weight.shape[1] + 1) * weight.top < FLOAT_EXACT
    owner, (price, surplus) = best(weight, places, exact_in_float=exact, surplus=surplus)
    seen = close_pairs(weight, price, surplus)
    tight, close = seen or (tight_pairs(weight, price, surplus, most_tight(weight)), None)
    return lowest(weight, places, owner, (price, surplus), tight), price, surplus, tight, close


def _touched(before: Grid, grid: Grid) -> tuple[Index, Index] | None:
    """The rows and columns that differ between two grids; None where their people or settings are others."""
    if before.programme != grid.programme or before.shape != grid.shape:
        return None
    if before.row.keys() != grid.row.keys() or before.column.keys() != grid.column.keys():
        return None
    rows = [i for i, (a, b) in enumerate(zip(before.mentors, grid.mentors, strict=True)) if a is not b and a != b]
    columns = [j for j, (a, b) in enumerate(zip(before.mentees, grid.mentees, strict=True)) if a is not b and a != b]
    ruled = np.setxor1d(_ruled(before), _ruled(grid), assume_unique=True) >> 16
    changed = np.union1d(np.array(rows, np.intp), ruled // max(1, grid.shape[1]))
    changed = np.union1d(changed, np.flatnonzero(before.room != grid.room))
    return changed.astype(np.intp), np.array(columns, np.intp)


def _ruled(grid: Grid) -> Ints:
    """The cells of rules that few pairs break, each with its bits."""
    hard = grid.rules.bits & grid.rules.hard
    ruled: Ints = (grid.rules.cells[hard != 0] << 16) | hard[hard != 0].astype(np.int64)  # cells are there once
    return ruled


def _tight_now(
    weight: Weight, prices: Prices, former: Prices, before: Tight | None, rows: Index, columns: Index
) -> Tight | None:
    """The tight pairs when only ``rows`` and ``columns`` have other weights; WorthMore where one exceeds its prices.

    Only where a price has fallen can a pair have become tight, or worth more than its prices; where one has risen,
    pairs are tight no longer. None where they were too many to be listed, or are now.
    """
    if before is None:
        return None
    (price, surplus), (old_price, old_surplus) = prices, former
    fell, fell_there = price < old_price, surplus < old_surplus
    fell[rows], fell_there[columns] = True, True
    look, look_there = np.flatnonzero(fell), np.flatnonzero(fell_there)
    if len(look) + len(look_there) > _MANY * sum(weight.shape):
        i, j, slack = weight.near(price, surplus)
    else:
        other, other_there = fell | (price != old_price), fell_there | (surplus != old_surplus)
        kept = np.flatnonzero(~other[before[0]] & ~other_there[before[1]])
        mine = weight.near(price, surplus, look)
        rest = weight.near(price, surplus, columns=look_there)
        new = np.flatnonzero(~fell[rest[0]])
        i = np.concatenate([before[0][kept], mine[0], rest[0][new]])
        j = np.concatenate([before[1][kept], mine[1], rest[1][new]])
        slack = np.concatenate([mine[2], rest[2]])
        order = np.argsort(i * len(surplus) + j)
        i, j = i[order], j[order]
    if slack.min(initial=0) < 0:
        raise WorthMore
    return (i, j) if len(i) <= most_tight(weight) else None


def _proved(weight: Weight, places: Ints, owner: Ints, price: Nums, surplus: Nums) -> bool:
    """Chosen pairs have equality; rows with a place left cost nothing, columns without a row gain nothing."""
    columns = np.flatnonzero(owner >= 0)
    rows = owner[columns]
    used = np.bincount(rows, minlength=len(places))
    return bool(
        (used <= places).all()
        and min(price.min(), surplus.min()) >= 0
        and (price[rows] + surplus[columns] == weight.at(rows, columns)).all()
        and not price[used < places].any()
        and not surplus[owner < 0].any()
    )


def _all_covered(weight: Weight, price: Nums, surplus: Nums) -> bool:
    """No pair is worth more than its prices."""
    return all(weight.near(price, surplus, rows)[2].min(initial=0) == 0 for rows in weight.blocks())
