"""An optimal assignment mended after a few rows and columns have changed, from the prices it had.

Whatever the change leaves unpaired looks for the cheapest chain of changes by Dijkstra's algorithm on the slack of the
prices (Kuhn 1955; Edmonds and Karp 1972; Tomizawa 1971; for one changed row or column Mills-Tettey, Stentz and Dias
2007, "The dynamic Hungarian algorithm"): rows with a place and a price above 0, then columns with a surplus and no row.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.pairing.close import Close
from app.pairing.weight import Index, Weight

Ints = NDArray[np.int64]
_NOBODY = -1
_NONE = np.zeros(0, np.intp)
_BLOCK = 128


class Repair:
    """``owner``, ``price``, ``surplus``: an optimal assignment and its proof, as by `prices.certify`, for the weights
    as they were; they are copied and mended. ``places``: how many columns each row takes now. ``close``: the pairs
    worth about these prices; as long as prices fall by no more than that, a chain of changes looks at no others.
    """

    def __init__(
        self,
        weight: Weight,
        places: Ints,
        owner: Ints,
        price: NDArray[Any],
        surplus: NDArray[Any],
        close: Close | None = None,
    ) -> None:
        self.weight, self.places, self.close = weight, places, close
        self._reach = -1 if close is None else close.reach  # how far prices may fall until others have to be looked at
        self._more = _NONE, _NONE  # close pairs of what has changed
        kind = np.int32 if weight.top < 2**28 else np.int64  # sums of three must fit
        self._far = np.iinfo(kind).max
        self.owner = owner.copy()
        self.price: NDArray[Any] = price.astype(kind)
        self.surplus: NDArray[Any] = surplus.astype(kind)
        self.used = np.bincount(owner[owner >= 0], minlength=len(places))

    def run(self, rows: Index, columns: Index) -> None:
        """``rows`` and ``columns``: where a weight or the number of places has changed."""
        for row in rows.tolist():
            self._row_changed(row)
        for column in columns.tolist():
            self._column_changed(column)
        self._other, self._other_there = _among(rows, len(self.price)), _among(columns, len(self.surplus))
        self._look_at(rows, columns)
        for row in np.flatnonzero((self.used < self.places) & (self.price > 0)).tolist():
            while self.used[row] < self.places[row] and self.price[row] > 0:
                self._feed_row(row)
        for column in np.flatnonzero((self.owner == _NOBODY) & (self.surplus > 0)).tolist():
            if self.owner[column] == _NOBODY and self.surplus[column] > 0:
                self._feed_column(column)

    def _look_at(self, rows: Index, columns: Index) -> None:
        """Notes the close pairs of ``rows`` and ``columns``."""
        if self.close is None or self._reach < 0:
            return
        lower = self.price - self._reach
        found = [self._more]
        if len(rows):
            found.append(self.weight.near(lower, self.surplus, rows)[:2])
        if len(columns):
            found.append(self.weight.near(lower, self.surplus, columns=columns)[:2])
        i, j = (np.concatenate(parts) for parts in zip(*found, strict=True))
        self._more = i, j

    def _row_changed(self, row: int) -> None:
        """The lowest price that holds, and no column that is not worth it."""
        weight = self.weight.row(row)
        self.price[row] = max(0, int((weight - self.surplus).max()))
        mine = np.flatnonzero(self.owner == row)
        kept = mine[self.price[row] + self.surplus[mine] == weight[mine]][: self.places[row]]
        self.owner[mine] = _NOBODY
        self.owner[kept] = row
        self.used[row] = len(kept)

    def _column_changed(self, column: int) -> None:
        weight = self.weight.column(column)
        self.surplus[column] = max(0, int((weight - self.price).max()))
        row = self.owner[column]
        if row != _NOBODY and self.price[row] + self.surplus[column] != weight[row]:
            self.owner[column] = _NOBODY
            self.used[row] -= 1

    def _feed_row(self, start: int) -> None:
        """The best use of one more place of ``start``."""
        if self._reach < 0 or not self._row_fed(start, few=True):
            self._reach = -1
            self._row_fed(start, few=False)

    def _row_fed(self, start: int, few: bool) -> bool:
        """All columns at one distance are settled together. False, and all as it was, where ``few`` pairs won't do."""
        price, surplus = self.price, self.surplus
        distance = price[start] + surplus - self.weight.row(start)
        waiting = distance.copy()  # the distance of columns not yet settled
        came = np.full(len(surplus), start, np.int64)  # the row that reached a column
        reached, via = {start: 0}, {start: _NOBODY}  # rows: their distance, and the column they own on the way
        settled = [_NONE]
        stop, stops_at = int(price[start]), start  # the cheapest row to leave with a place
        first = int(waiting.min())
        end = _NOBODY
        while (length := int(waiting.min())) < stop:
            if few and length - first > self._reach:
                return False
            columns = np.flatnonzero(waiting == length)
            owners = self.owner[columns]
            if owners.min() == _NOBODY:
                stop, end = length, int(columns[owners.argmin()])
                break
            waiting[columns] = self._far
            settled.append(columns)
            rows = []
            for row, column, its in zip(owners.tolist(), columns.tolist(), price[owners].tolist(), strict=True):
                if row not in reached:
                    reached[row], via[row] = length, column
                    rows.append(row)
                    if length + its < stop:
                        stop, stops_at = length + its, row
            if few:
                i, j, slack = self._close_to(np.array(rows, np.intp), down=False)
                self._few_nearer(length + slack, i, j, distance, waiting, came)
                continue
            for some in _blocks(np.array(rows, np.intp)):
                further = (length + price[some])[:, None] + surplus
                further -= self.weight.block(some)
                self._nearer(further, some, distance, waiting, came)
        fall = max(0, stop - first)
        if few and fall > self._reach:
            return False
        self._reprice(price, surplus, stop, reached, np.concatenate(settled), distance)
        self._reach -= fall
        self._look_at(np.array([start]), _NONE)
        if end == _NOBODY and stops_at != start:
            self.used[stops_at] -= 1
            end = via[stops_at]
        if end != _NOBODY:
            self._take(end, start, came, via)
        return True

    def _take(self, column: int, start: int, came: Ints, via: dict[int, int]) -> None:
        """Give ``column`` to the row that reached it, that row's column to the one before, up to ``start``."""
        self.used[start] += 1
        while column != _NOBODY:
            row = int(came[column])
            self.owner[column] = row
            column = via[row]

    def _feed_column(self, start: int) -> None:
        """The best row for ``start``, or for the column that has to go instead."""
        if self._reach < 0 or not self._column_fed(start, few=True):
            self._reach = -1
            self._column_fed(start, few=False)

    def _column_fed(self, start: int, few: bool) -> bool:
        """All rows at one distance together; as `_row_fed`."""
        price, surplus = self.price, self.surplus
        distance = price + surplus[start] - self.weight.column(start)
        waiting = distance.copy()
        came = np.full(len(price), start, np.int64)  # the column that reached a row
        reached, via = {start: 0}, {start: _NOBODY}  # columns: their distance, and the row that owns them
        settled = [_NONE]
        stop, stops_at = int(surplus[start]), start  # the cheapest column to leave alone
        first = int(waiting.min())
        end = _NOBODY
        while (length := int(waiting.min())) < stop:
            if few and length - first > self._reach:
                return False
            rows = np.flatnonzero(waiting == length)
            room = np.flatnonzero(self.used[rows] < self.places[rows])
            if len(room):
                stop, end = length, int(rows[room[0]])
                break
            waiting[rows] = self._far
            settled.append(rows)
            columns = np.flatnonzero(_among(rows, len(price))[self.owner])
            its = surplus[columns].tolist()
            for column, row, gain in zip(columns.tolist(), self.owner[columns].tolist(), its, strict=True):
                reached[column], via[column] = length, row
                if length + gain < stop:
                    stop, stops_at = length + gain, column
            if few:
                i, j, slack = self._close_to(columns, down=True)
                self._few_nearer(length + slack, j, i, distance, waiting, came)
                continue
            for some in _blocks(columns):
                further = (length + surplus[some])[:, None] + price
                further -= self.weight.block(slice(None), some).T
                self._nearer(further, some, distance, waiting, came)
        fall = max(0, stop - first)
        if few and fall > self._reach:
            return False
        self._reprice(surplus, price, stop, reached, np.concatenate(settled), distance)
        self._reach -= fall
        self._look_at(_NONE, np.array([start]))
        if end == _NOBODY:
            self.owner[stops_at] = _NOBODY
            end = via[stops_at]
        else:
            self.used[end] += 1
        self._pass_on(end, came, via)
        return True

    def _pass_on(self, row: int, came: Ints, via: dict[int, int]) -> None:
        """``row`` takes the column that reached it, that column's row the one before, back to the start."""
        while row != _NOBODY:
            column = int(came[row])
            self.owner[column] = row
            row = via[column]

    def _close_to(self, lines: Index, down: bool) -> tuple[Index, Index, NDArray[Any]]:
        """The close pairs of some rows, or of some columns (``down``), and what is between them and their prices."""
        assert self.close is not None
        at = self.close.of_columns(lines) if down else self.close.of_rows(lines)
        i, j, worth = self.close.i[at], self.close.j[at], self.close.worth[at]
        same = np.flatnonzero(~self._other[i] & ~self._other_there[j])
        i, j, worth = i[same], j[same], worth[same]
        more = np.flatnonzero(_among(lines, self.weight.shape[1 if down else 0])[self._more[1 if down else 0]])
        if len(more):
            its_i, its_j = self._more[0][more], self._more[1][more]
            i, j = np.concatenate([i, its_i]), np.concatenate([j, its_j])
            worth = np.concatenate([worth, self.weight.at(its_i, its_j)])
        return i, j, self.price[i] + self.surplus[j] - worth

    @staticmethod
    def _few_nearer(
        further: NDArray[Any], through: Index, to: Index, distance: Ints, waiting: Ints, came: Ints
    ) -> None:
        """``to[k]`` is ``further[k]`` away through ``through[k]``; as `_nearer`."""
        nearer = np.flatnonzero(further < distance[to])
        further, through, to = further[nearer], through[nearer], to[nearer]
        np.minimum.at(distance, to, further)
        best = np.flatnonzero(further == distance[to])
        through, to = through[best], to[best]
        waiting[to], came[to] = distance[to], through

    @staticmethod
    def _nearer(further: NDArray[Any], through: Index, distance: Ints, waiting: Ints, came: Ints) -> None:
        """Each line of ``further`` leads through one of ``through``; who is nearer by one of them is noted."""
        at = np.flatnonzero(further.min(axis=0) < distance)
        if len(at):
            best = further[:, at].argmin(axis=0)
            distance[at] = waiting[at] = further[best, at]
            came[at] = through[best]

    @staticmethod
    def _reprice(
        mine: NDArray[Any], other: NDArray[Any], length: int, reached: dict[int, int], settled: Index, distance: Ints
    ) -> None:
        mine[list(reached)] -= length - np.array(list(reached.values()), mine.dtype)
        other[settled] += length - distance[settled]


def _blocks(lines: Index) -> Iterator[Index]:
    for first in range(0, len(lines), _BLOCK):
        yield lines[first : first + _BLOCK]


def _among(lines: Index, count: int) -> NDArray[np.bool_]:
    """For each of 0 … ``count`` - 1, and for NOBODY, whether it is one of ``lines``."""
    found = np.zeros(count + 1, np.bool_)
    found[lines] = True
    return found
