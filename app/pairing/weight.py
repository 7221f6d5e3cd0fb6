"""The weights of all pairs: whole numbers above 0, -1 for a pair that may not be."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from typing import Any

import numpy as np
from numpy.typing import NDArray

Index = NDArray[np.intp]
Rows = slice | Index
Near = tuple[Index, Index, NDArray[Any]]  # rows, columns, slack
BLOCK = 256
_SMALL = 4_000_000  # cells up to which the weights stand in memory beside the scores
_NARROW = 128  # rows whose slack is looked at together


def never(values: NDArray[Any], where: NDArray[np.bool_]) -> NDArray[Any]:
    """Puts -1 ``where`` a pair can't be, in place. All bits of -1 are set: no choice for each pair, which is slow."""
    values |= -where.astype(values.dtype)
    return values


class Weight:
    """``values`` of at least ``low`` weigh ``bonus`` more than they are, the others can't be paired.

    A matrix that holds the weights themselves has low 1 and bonus 0 and is handed out as it is; any other is turned
    into weights block by block, so that small numbers can stay small in memory. ``top``: no weight is larger.
    """

    def __init__(self, values: NDArray[Any], top: int, *, low: int = 1, bonus: int = 0, kind: Any = None) -> None:
        self.values, self.top, self.low, self.bonus = values, top, low, bonus
        self.dtype = np.dtype(kind or values.dtype)
        self.shape: tuple[int, int] = (values.shape[0], values.shape[1])
        self.plain = kind is None

    def block(self, rows: Rows, columns: Rows = slice(None)) -> NDArray[Any]:
        """Rows x columns; not to be written into."""
        return self._weighed(self.values[rows, columns])

    def at(self, i: Index, j: Index) -> NDArray[Any]:
        """The weights of row i[k] with column j[k]."""
        return self._weighed(self.values[i, j])

    def row(self, i: int) -> NDArray[Any]:
        return self._weighed(self.values[i])

    def column(self, j: int) -> NDArray[Any]:
        return self._weighed(self.values[:, j])

    def _weighed(self, part: NDArray[Any]) -> NDArray[Any]:
        if self.plain:
            return part
        weights = part.astype(self.dtype)
        weights += self.bonus
        return never(weights, part < self.low)

    def near(
        self, price: NDArray[Any], surplus: NDArray[Any], rows: Rows = slice(None), columns: Rows = slice(None)
    ) -> Near:
        """The pairs of ``rows`` x ``columns`` worth their prices or more: rows, columns, price + surplus - weight.

        In order of ``rows``, then ``columns``; the slack is 0 for a tight pair, else below. ``price`` and ``surplus``
        are those of all rows and columns, and sums of the two fit their kind.
        """
        ours, theirs = np.arange(self.shape[0])[rows], np.arange(self.shape[1])[columns]
        limit, other = (price - self.bonus).astype(price.dtype), surplus[columns]
        found = [(ours[:0], theirs[:0], surplus[:0])]
        for start in range(0, len(ours), _NARROW):
            some = ours[start : start + _NARROW]
            mine: Rows = slice(some[0], some[-1] + 1) if isinstance(rows, slice) else some
            values = self.values[mine, columns] if isinstance(columns, slice) else self.values[mine].take(theirs, 1)
            slack = limit[some, None] + other
            np.subtract(slack, values, out=slack, casting="same_kind")
            near = slack <= 0
            if not self.plain:  # who can't be paired is worth nothing, but looks as if
                near &= values >= self.low
            i, j = np.divmod(np.flatnonzero(near), len(theirs))
            found.append((some[i], theirs[j], slack[i, j]))
        i, j, slack = (np.concatenate(parts) for parts in zip(*found, strict=True))
        return i, j, slack

    def blocks(self) -> Iterator[slice]:
        """All rows, some at a time."""
        for start in range(0, self.shape[0], BLOCK):
            yield slice(start, min(start + BLOCK, self.shape[0]))

    def part(self, rows: Index, columns: Index) -> Weight:
        """The weights of these rows x columns alone, as a matrix of their own."""
        values = self.values.take(rows, axis=0).take(columns, axis=1)
        part = copy(self)
        part.values, part.shape = values, (len(rows), len(columns))
        return part.settled()

    def without(self, cell: tuple[int, int]) -> Weight:
        """The same weights but for one pair that can't be."""
        return _Without(self, cell)

    def write(self, out: NDArray[np.floating[Any]]) -> None:
        """The weights of all pairs into a matrix of floats, 0 where they can't be."""
        out[:] = self.values
        if self.plain:
            np.maximum(out, 0, out=out)
        else:
            out += self.bonus
            out *= self.values >= self.low

    def settle(self) -> None:
        """From now on the weights of a small matrix are kept, and no longer made block by block."""
        if not self.plain and self.values.size <= _SMALL:
            self.values, self.low, self.bonus, self.plain = self.block(slice(None)), 1, 0, True

    def settled(self) -> Weight:
        """The same weights as a matrix of their own."""
        return self if self.plain else Weight(self.block(slice(None)), self.top)


class _Without(Weight):
    def __init__(self, whole: Weight, cell: tuple[int, int]) -> None:
        super().__init__(
            whole.values, whole.top, low=whole.low, bonus=whole.bonus, kind=None if whole.plain else whole.dtype
        )
        self.cell = cell

    def block(self, rows: Rows, columns: Rows = slice(None)) -> NDArray[Any]:
        height, width = (np.arange(length) for length in self.shape)
        at = np.flatnonzero(height[rows] == self.cell[0]), np.flatnonzero(width[columns] == self.cell[1])
        part = super().block(rows, columns)
        if len(at[0]) and len(at[1]):
            part = part.copy()
            part[np.ix_(*at)] = -1
        return part

    def near(
        self, price: NDArray[Any], surplus: NDArray[Any], rows: Rows = slice(None), columns: Rows = slice(None)
    ) -> Near:
        i, j, slack = super().near(price, surplus, rows, columns)
        there = (i != self.cell[0]) | (j != self.cell[1])
        return i[there], j[there], slack[there]

    def at(self, i: Index, j: Index) -> NDArray[Any]:
        return np.where((i == self.cell[0]) & (j == self.cell[1]), -1, super().at(i, j)).astype(self.dtype)

    def row(self, i: int) -> NDArray[Any]:
        return self._but(super().row(i), self.cell[1]) if i == self.cell[0] else super().row(i)

    def column(self, j: int) -> NDArray[Any]:
        return self._but(super().column(j), self.cell[0]) if j == self.cell[1] else super().column(j)

    @staticmethod
    def _but(line: NDArray[Any], at: int) -> NDArray[Any]:
        line = line.copy()
        line[at] = -1
        return line

    def part(self, rows: Index, columns: Index) -> Weight:
        return Weight(self.block(rows).take(columns, axis=1), self.top)

    def settled(self) -> Weight:
        return Weight(self.block(slice(None)), self.top)


def tight_pairs(weight: Weight, price: NDArray[Any], surplus: NDArray[Any], most: int) -> tuple[Index, Index] | None:
    """Where price + surplus equals the weight, in order of row and column; None where that is more than ``most``.

    The prices prove something: no pair is worth more.
    """
    found, count = [(np.zeros(0, np.intp), np.zeros(0, np.intp))], 0
    for rows in weight.blocks():
        i, j, _ = weight.near(price, surplus, rows)
        count += len(i)
        if count > most:
            return None
        found.append((i, j))
    i, j = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return i, j
