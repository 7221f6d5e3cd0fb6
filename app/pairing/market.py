"""The assignment problem of a round, with the prices that prove its answer, so that a change can start from them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.pairing.grid import BLOCKED, Cell, Grid, Net
from app.pairing.lowest import Tight, lowest, most_tight
from app.pairing.repair import Repair
from app.pairing.scores import FULL_SCORE
from app.pairing.solve import FLOAT_EXACT, best
from app.pairing.weight import Index, Weight, tight_pairs

Ints = NDArray[np.int64]
Nums = NDArray[Any]
Solved = tuple[Ints, Nums, Nums, Tight | None]  # owners, prices, surpluses, tight pairs

_PLAIN = 4_000_000  # cells up to which the weights stand in memory beside the scores
_FEW = 0.05  # of the rows and columns may have changed for a repair; beyond, anew is faster
_NONE = np.zeros(0, np.intp)


class _WorthMore(Exception):
    """A pair is worth more than its prices: they prove nothing."""


class Market:
    """``net``: scores, BLOCKED where a pair can't be, locked ones taken out; ``room``: places for the others.

    ``owner``: the row of each column or -1; ``price`` and ``surplus`` prove it (see `prices.certify`); ``tight``: the
    pairs with equality, None where that is most of them.
    """

    def __init__(
        self,
        net: Net,
        room: Ints,
        fixed: Sequence[Cell],
        quality_first: bool,
        solve: Callable[[Weight, Ints], Solved],
    ) -> None:
        self.net, self.room, self.fixed, self.quality_first = net, room, tuple(fixed), quality_first
        self.weight = _weight(net, quality_first)
        self.places = np.clip(room, 1, max(1, net.shape[1]))  # one place is harmless where nobody can be paired
        if net.size:
            self.owner, self.price, self.surplus, self.tight = solve(self.weight, self.places)
        else:
            self.owner, self.price, self.surplus = np.full(net.shape[1], -1), np.zeros(net.shape[0]), _NONE
            self.tight = None

    @staticmethod
    def of(net: Net, room: Ints, fixed: Sequence[Cell], quality_first: bool) -> Market:
        """Solved anew; ``net`` and ``room`` with the locked pairs still in them, ``net`` is used up."""
        left = room.copy()
        _take_out(net, left, fixed)
        return Market(net, left, fixed, quality_first, _anew)

    def pairs(self) -> list[Cell]:
        """All pairs, locked ones too, in order."""
        return self._with_fixed(self.owner)

    def _with_fixed(self, owner: Ints) -> list[Cell]:
        columns = np.flatnonzero(owner >= 0)
        return sorted([*zip(owner[columns].tolist(), columns.tolist(), strict=True), *self.fixed])

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
        if len(rows) + len(columns) > max(8, _FEW * sum(grid.shape)) or not self.net.size:
            return None
        net, room = self.net.copy(), grid.room.copy()
        for some, score, broken in grid.blocks(rows):
            net[some] = np.where(broken & grid.rules.hard, np.int16(BLOCKED), score)
        everybody = np.arange(grid.shape[0])
        for j in columns.tolist():
            net[:, j] = grid.net(everybody, np.full(len(everybody), j))
        _take_out(net, room, fixed)
        told(0.5)

        def mended(weight: Weight, places: Ints) -> Solved:
            found = self._mended(weight, places, rows, columns)
            return _anew(weight, places) if found is None else found

        return Market(net, room, fixed, quality_first, mended)

    def _mended(self, weight: Weight, places: Ints, rows: Index, columns: Index) -> Solved | None:
        """The answer for other weights in ``rows`` and ``columns``, proved; None should the proof fail."""
        repair = Repair(weight, places, self.owner, self.price, self.surplus)
        repair.run(rows, columns)
        owner, price, surplus = repair.owner, repair.price, repair.surplus
        other_rows = np.union1d(rows, np.flatnonzero(price != self.price))
        other_columns = np.union1d(columns, np.flatnonzero(surplus != self.surplus))
        try:
            tight = _tight_now(weight, price, surplus, self.tight, other_rows, other_columns)
        except _WorthMore:
            return None
        if not _proved(weight, places, owner, price, surplus):
            return None
        if tight is None and not _all_covered(weight, price, surplus):
            return None
        return lowest(weight, places, owner, (price, surplus), tight), price, surplus, tight


def _weight(net: Net, quality_first: bool) -> Weight:
    """Most pairs first: each is worth more than all the points there can be."""
    bonus = 0 if quality_first else FULL_SCORE * max(1, net.shape[1]) + 1
    weight = Weight(net, FULL_SCORE + bonus, low=1 if quality_first else 0, bonus=bonus, kind=np.int32)
    return weight.settled() if net.size <= _PLAIN else weight


def _take_out(net: Net, room: Ints, fixed: Sequence[Cell]) -> None:
    for i, j in fixed:
        room[i] -= 1
        net[:, j] = BLOCKED
    net[room <= 0] = BLOCKED


def _anew(weight: Weight, places: Ints) -> Solved:
    exact = (weight.shape[1] + 1) * weight.top < FLOAT_EXACT
    owner, (price, surplus) = best(weight, places, exact_in_float=exact)
    tight = tight_pairs(weight, price, surplus, most_tight(weight))
    return lowest(weight, places, owner, (price, surplus), tight), price, surplus, tight


def _touched(before: Grid, grid: Grid) -> tuple[Index, Index] | None:
    """The rows and columns that differ between two grids; None where their people or settings are others."""
    if before.programme != grid.programme or before.shape != grid.shape:
        return None
    if list(before.row) != list(grid.row) or list(before.column) != list(grid.column):
        return None
    rows = [i for i, (a, b) in enumerate(zip(before.mentors, grid.mentors, strict=True)) if a is not b and a != b]
    columns = [j for j, (a, b) in enumerate(zip(before.mentees, grid.mentees, strict=True)) if a is not b and a != b]
    ruled = np.setxor1d(_ruled(before), _ruled(grid)) >> 16
    changed = np.union1d(np.array(rows, np.intp), ruled // max(1, grid.shape[1]))
    changed = np.union1d(changed, np.flatnonzero(before.room != grid.room))
    return changed.astype(np.intp), np.array(columns, np.intp)


def _ruled(grid: Grid) -> Ints:
    """The cells of rules that few pairs break, each with its bits."""
    hard = grid.rules.bits & grid.rules.hard
    ruled: Ints = (grid.rules.cells[hard != 0] << 16) | hard[hard != 0].astype(np.int64)
    return ruled


def _tight_now(
    weight: Weight, price: Nums, surplus: Nums, before: Tight | None, rows: Index, columns: Index
) -> Tight | None:
    """The tight pairs when only ``rows`` and ``columns`` have other prices; _WorthMore where one exceeds them.

    None where they were too many to be listed, or are now.
    """
    if before is None:
        return None
    other_row, other_column = np.zeros(len(price), np.bool_), np.zeros(len(surplus), np.bool_)
    other_row[rows], other_column[columns] = True, True
    kept = ~other_row[before[0]] & ~other_column[before[1]]
    i, j = [before[0][kept]], [before[1][kept]]
    for start in range(0, len(rows), 256):
        some = rows[start : start + 256]
        slack = price[some, None] + surplus - weight.block(some)
        if slack.min(initial=0) < 0:
            raise _WorthMore
        a, b = np.nonzero(slack == 0)
        i.append(some[a])
        j.append(b)
    rest = np.flatnonzero(~other_row)
    for start in range(0, len(columns), 64):
        some = columns[start : start + 64]
        slack = price[:, None] + surplus[some] - weight.block(slice(None), some)
        if slack.min(initial=0) < 0:
            raise _WorthMore
        a, b = np.nonzero(slack[rest] == 0)
        i.append(rest[a])
        j.append(some[b])
    row, column = np.concatenate(i), np.concatenate(j)
    order = np.argsort(row * len(surplus) + column)
    return (row[order], column[order]) if len(order) <= most_tight(weight) else None


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
    return all((weight.block(rows) - price[rows, None] <= surplus).all() for rows in weight.blocks())
