"""An optimal assignment mended after a few rows and columns have changed, from the prices it had.

Whatever the change leaves unpaired looks for the cheapest chain of changes by Dijkstra's algorithm on the slack of the
prices (Kuhn 1955; Edmonds and Karp 1972; Tomizawa 1971; for one changed row or column Mills-Tettey, Stentz and Dias
2007, "The dynamic Hungarian algorithm"): rows with a place and a price above 0, then columns with a surplus and no row.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.pairing.weight import Index, Weight

Ints = NDArray[np.int64]
_NOBODY = -1
_NONE = np.zeros(0, np.intp)
_BLOCK = 128


class Repair:
    """``owner``, ``price``, ``surplus``: an optimal assignment and its proof, as by `prices.certify`, for the weights
    as they were; they are copied and mended. ``places``: how many columns each row takes now.
    """

    def __init__(self, weight: Weight, places: Ints, owner: Ints, price: NDArray[Any], surplus: NDArray[Any]) -> None:
        self.weight, self.places = weight, places
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
        for row in np.flatnonzero((self.used < self.places) & (self.price > 0)).tolist():
            while self.used[row] < self.places[row] and self.price[row] > 0:
                self._feed_row(row)
        for column in np.flatnonzero((self.owner == _NOBODY) & (self.surplus > 0)).tolist():
            if self.owner[column] == _NOBODY and self.surplus[column] > 0:
                self._feed_column(column)

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
        """The best use of one more place of ``start``. All columns at one distance are settled together."""
        price, surplus = self.price, self.surplus
        distance = price[start] + surplus - self.weight.row(start)
        waiting = distance.copy()  # the distance of columns not yet settled
        came = np.full(len(surplus), start, np.int64)  # the row that reached a column
        reached, via = {start: 0}, {start: _NOBODY}  # rows: their distance, and the column they own on the way
        settled = [_NONE]
        stop, stops_at = int(price[start]), start  # the cheapest row to leave with a place
        while (length := int(waiting.min())) < stop:
            columns = np.flatnonzero(waiting == length)
            owners = self.owner[columns]
            if owners.min() == _NOBODY:
                self._reprice(price, surplus, length, reached, np.concatenate(settled), distance)
                self._take(int(columns[owners.argmin()]), start, came, via)
                return
            waiting[columns] = self._far
            settled.append(columns)
            rows = []
            for row, column in zip(owners.tolist(), columns.tolist(), strict=True):
                if row not in reached:
                    reached[row], via[row] = length, column
                    rows.append(row)
                    if length + price[row] < stop:
                        stop, stops_at = length + int(price[row]), row
            for first in range(0, len(rows), _BLOCK):
                some = np.array(rows[first : first + _BLOCK], np.intp)
                further = (length + price[some])[:, None] + surplus
                further -= self.weight.block(some)
                self._nearer(further, some, distance, waiting, came)
        self._reprice(price, surplus, stop, reached, np.concatenate(settled), distance)
        if stops_at != start:
            self.used[stops_at] -= 1
            self._take(via[stops_at], start, came, via)

    def _take(self, column: int, start: int, came: Ints, via: dict[int, int]) -> None:
        """Give ``column`` to the row that reached it, that row's column to the one before, up to ``start``."""
        self.used[start] += 1
        while column != _NOBODY:
            row = int(came[column])
            self.owner[column] = row
            column = via[row]

    def _feed_column(self, start: int) -> None:
        """The best row for ``start``, or for the column that has to go instead. All rows at one distance together."""
        price, surplus = self.price, self.surplus
        distance = price + surplus[start] - self.weight.column(start)
        waiting = distance.copy()
        came = np.full(len(price), start, np.int64)  # the column that reached a row
        reached, via = {start: 0}, {start: _NOBODY}  # columns: their distance, and the row that owns them
        settled = [_NONE]
        stop, stops_at = int(surplus[start]), start  # the cheapest column to leave alone
        while (length := int(waiting.min())) < stop:
            rows = np.flatnonzero(waiting == length)
            room = np.flatnonzero(self.used[rows] < self.places[rows])
            if len(room):
                self._reprice(surplus, price, length, reached, np.concatenate(settled), distance)
                row = int(rows[room[0]])
                self.used[row] += 1
                self._pass_on(row, came, via)
                return
            waiting[rows] = self._far
            settled.append(rows)
            columns = np.flatnonzero(np.isin(self.owner, rows))
            for column, row in zip(columns.tolist(), self.owner[columns].tolist(), strict=True):
                reached[column], via[column] = length, row
                if length + surplus[column] < stop:
                    stop, stops_at = length + int(surplus[column]), column
            for first in range(0, len(columns), _BLOCK):
                some = columns[first : first + _BLOCK]
                further = (length + surplus[some])[:, None] + price
                further -= self.weight.block(slice(None), some).T
                self._nearer(further, some, distance, waiting, came)
        self._reprice(surplus, price, stop, reached, np.concatenate(settled), distance)
        self.owner[stops_at] = _NOBODY
        self._pass_on(via[stops_at], came, via)

    def _pass_on(self, row: int, came: Ints, via: dict[int, int]) -> None:
        """``row`` takes the column that reached it, that column's row the one before, back to the start."""
        while row != _NOBODY:
            column = int(came[row])
            self.owner[column] = row
            row = via[column]

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
        for one, at in reached.items():
            mine[one] -= length - at
        other[settled] += length - distance[settled]
