"""The weights of all pairs: whole numbers above 0, -1 for a pair that may not be."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Index = NDArray[np.intp]
Rows = slice | Index
Near = tuple[Index, Index, NDArray[Any]]  # rows, columns, slack
BLOCK = 256
_SMALL = 4_000_000  # cells up to which the weights stand in memory beside the scores
_TINY = 100_000  # cells up to which a copy is quicker than to look up which lines are others
_LINES = 48  # rows and columns that may be others than in the matrix shared
_NARROW = 128  # rows whose slack is looked at together


def never(values: NDArray[Any], where: NDArray[np.bool_]) -> NDArray[Any]:
    """Puts -1 ``where`` a pair can't be, in place. All bits of -1 are set: no choice for each pair, which is slow."""
    values |= np.negative(where.view(np.int8)).astype(values.dtype)  # negated while they are small
    return values


class Weight:
    """``values`` of at least ``low`` weigh ``bonus`` more than they are, the others can't be paired.

    A matrix that holds the weights themselves has low 1 and bonus 0 and is handed out as it is; any other is turned
    into weights block by block, so that small numbers can stay small in memory. ``top``: no weight is larger.
    """

    def __init__(self, values: NDArray[Any], top: int, *, low: int = 1, bonus: int = 0, kind: Any = None) -> None:
        self.values, self.top, self.low, self.bonus = values, top, low, bonus
        self.given = low, bonus
        self.dtype = np.dtype(kind or values.dtype)
        self.shape: tuple[int, int] = (values.shape[0], values.shape[1])
        self.plain = kind is None

    def read(self, rows: Rows, columns: Rows = slice(None)) -> NDArray[Any]:
        """The values of rows x columns, of which one at most is a list; not to be written into."""
        if isinstance(rows, slice):
            found: NDArray[Any] = self.values[rows, columns]
            return found
        return self.values.take(rows, 0)[:, columns]  # twice as quick as both at once

    def read_at(self, i: Index, j: Index) -> NDArray[Any]:
        found: NDArray[Any] = self.values[i, j]  # a copy
        return found

    def block(self, rows: Rows, columns: Rows = slice(None)) -> NDArray[Any]:
        """Rows x columns; not to be written into."""
        return self._weighed(self.read(rows, columns))

    def at(self, i: Index, j: Index) -> NDArray[Any]:
        """The weights of row i[k] with column j[k]."""
        return self._weighed(self.read_at(i, j))

    def row(self, i: int) -> NDArray[Any]:
        line: NDArray[Any] = self.block(slice(i, i + 1))[0]
        return line

    def column(self, j: int) -> NDArray[Any]:
        line: NDArray[Any] = self.block(slice(None), slice(j, j + 1))[:, 0]
        return line

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
        together = max(_NARROW, _NARROW * BLOCK // max(1, len(theirs)))
        for start in range(0, len(ours), together):
            some = ours[start : start + together]
            mine: Rows = slice(some[0], some[-1] + 1) if isinstance(rows, slice) else some
            if isinstance(rows, slice) or isinstance(columns, slice):
                values = self.read(mine, columns)
            else:
                values = self.read(mine).take(theirs, 1)
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
        line = self.read(slice(cell[0], cell[0] + 1)).copy()
        line[0, cell[1]] = -1
        row = np.array([cell[0]], np.intp)
        lined = self._lined(Lines.of(self.shape, row, line, row[:0], self.values[:, :0]))
        return lined if self.values.size > _TINY else lined.flat()

    def with_lines(
        self, rows: Index, row_values: NDArray[Any], columns: Index, column_values: NDArray[Any]
    ) -> Weight:
        """The same but for the values of some ``rows``, some x all, and of some ``columns``, all x some.

        Where the two cross they say the same. A large matrix is shared until too many of its lines are others.
        """
        low, bonus = self.given
        if self.plain:  # the matrix holds the weights
            row_values, column_values = (
                never(part.astype(self.dtype) + self.dtype.type(bonus), part < low)
                for part in (row_values, column_values)
            )
        lined = self._lined(Lines.of(self.shape, rows, row_values, columns, column_values))
        few = len(lined.lines.rows) + len(lined.lines.columns) <= _LINES
        return lined if few and self.values.size > _SMALL else lined.flat()

    def _lined(self, lines: Lines) -> _Lined:
        return _Lined(self, lines)

    def write(self, out: NDArray[np.floating[Any]]) -> None:
        """The weights of all pairs into a matrix of floats, 0 where they can't be."""
        values = self.read(slice(None))
        out[:] = values
        if self.plain:
            np.maximum(out, 0, out=out)
        else:
            out += self.bonus
            out *= values >= self.low

    def settle(self) -> None:
        """From now on the weights of a small matrix are kept, and no longer made block by block."""
        if not self.plain and self.values.size <= _SMALL:
            self.values, self.low, self.bonus, self.plain = self.block(slice(None)), 1, 0, True

    def settled(self) -> Weight:
        """The same weights as a matrix of their own."""
        return self if self.plain else Weight(self.block(slice(None)), self.top)


@dataclass(frozen=True, slots=True)
class Lines:
    """Some rows and columns in full; ``row_at`` and ``column_at``: where each of all stands among them, or -1."""

    rows: Index
    row_values: NDArray[Any]  # some x all
    row_at: Index
    columns: Index
    column_values: NDArray[Any]  # all x some
    column_at: Index

    @staticmethod
    def of(
        shape: tuple[int, int], rows: Index, row_values: NDArray[Any], columns: Index, column_values: NDArray[Any]
    ) -> Lines:
        row_at, column_at = np.full(shape[0], -1), np.full(shape[1], -1)
        row_at[rows], column_at[columns] = np.arange(len(rows)), np.arange(len(columns))
        return Lines(rows, row_values, row_at, columns, column_values, column_at)

    def over(self, older: Lines) -> Lines:
        """These, and what is still true of ``older`` ones."""
        kept, kept_columns = self.row_at[older.rows] < 0, self.column_at[older.columns] < 0
        rows = np.concatenate([self.rows, older.rows[kept]])
        columns = np.concatenate([self.columns, older.columns[kept_columns]])
        row_values = np.concatenate([self.row_values, older.row_values[kept]])
        column_values = np.concatenate([self.column_values, older.column_values[:, kept_columns]], axis=1)
        row_values[:, self.columns] = self.column_values[rows]
        column_values[self.rows] = self.row_values[:, columns]
        return Lines.of((len(self.row_at), len(self.column_at)), rows, row_values, columns, column_values)


class _Lined(Weight):
    """Weights with other values in some lines than the matrix they share."""

    def __init__(self, whole: Weight, lines: Lines) -> None:
        super().__init__(whole.values, whole.top, low=whole.low, bonus=whole.bonus, kind=whole.dtype)
        self.plain, self.given, self.lines = whole.plain, whole.given, lines

    def _lined(self, lines: Lines) -> _Lined:
        return _Lined(self, lines.over(self.lines))

    def flat(self) -> Weight:
        """The same as a matrix of its own."""
        other = Weight(self.values.copy(), self.top, low=self.low, bonus=self.bonus, kind=self.dtype)
        other.values[self.lines.rows] = self.lines.row_values
        other.values[:, self.lines.columns] = self.lines.column_values
        other.plain, other.given = self.plain, self.given
        return other

    def read(self, rows: Rows, columns: Rows = slice(None)) -> NDArray[Any]:
        part, lines = super().read(rows, columns), self.lines
        mine, its = lines.row_at[rows], lines.column_at[columns]
        at, at_column = np.flatnonzero(mine >= 0), np.flatnonzero(its >= 0)
        if len(at) or len(at_column):
            part = part.copy()
            part[at] = lines.row_values[mine[at]][:, columns]
            part[:, at_column] = lines.column_values[rows][:, its[at_column]]
        return part

    def read_at(self, i: Index, j: Index) -> NDArray[Any]:
        part, lines = super().read_at(i, j), self.lines
        mine, its = lines.row_at[i], lines.column_at[j]
        at, at_column = np.flatnonzero(mine >= 0), np.flatnonzero(its >= 0)
        part[at] = lines.row_values[mine[at], j[at]]
        part[at_column] = lines.column_values[i[at_column], its[at_column]]
        return part

    def settle(self) -> None:
        """Lines stay as they are."""

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
