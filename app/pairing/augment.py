"""The assignment by shortest augmenting paths, in NumPy and whole numbers alone.

One mentor's place after the other is let in; each looks for the cheapest chain of changes by Dijkstra's algorithm on
the slack of the prices (Kuhn 1955; Edmonds and Karp 1972; Tomizawa 1971). Slower than LAPJV, but needs no library and
no floating point: it is the fallback, and the peer that tests compare with.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

NOBODY = -1


def augment(weight: NDArray[Any], places: NDArray[np.int64]) -> NDArray[np.int64]:
    """For each column its row, or -1, so that the total weight is the highest.

    ``weight``: rows x columns, integers or Python integers, above 0 for a pair that may be, -1 for one that may not.
    ``places``: how many columns a row takes; a column has at most one row.
    """
    rows = np.repeat(np.arange(len(places)), places)
    kind = object if weight.dtype == object else np.int64
    state = _Paths(weight, rows, np.zeros(len(rows), kind), np.zeros(weight.shape[1], kind))
    for slot in range(len(rows)):
        state.let_in(slot)
    return np.array([rows[slot] if slot != NOBODY else NOBODY for slot in state.holder], np.int64)


class _Paths:
    """Slots (places of rows) and columns with prices so that price + surplus >= weight everywhere."""

    def __init__(self, weight: NDArray[Any], rows: NDArray[Any], price: NDArray[Any], surplus: NDArray[Any]) -> None:
        self.weight, self.rows, self.price, self.surplus = weight, rows, price, surplus
        self.holder = [NOBODY] * weight.shape[1]  # the slot of each column
        self.column_of = [NOBODY] * len(rows)  # the column of each slot
        # Farther than any path: a path never costs more than the price of the slot it starts from.
        self.far = 4 * (int(weight.max()) + 1) if weight.size else 1

    def let_in(self, slot: int) -> None:
        """Find the best use of one more slot and change the chain of pairs along the way."""
        price, surplus, weight = self.price, self.surplus, self.weight
        price[slot] = max(0, (weight[self.rows[slot]] - surplus).max())
        distance = price[slot] + surplus - weight[self.rows[slot]]
        waiting = distance.copy()  # the distance of columns not yet settled
        came_from = np.full(len(surplus), slot, np.int64)
        reached = {slot: 0}  # slots of the tree and their distance
        settled: list[int] = []
        stop, stops_at = price[slot], slot  # the cheapest slot to leave without a column
        while True:
            column = int(np.argmin(waiting))
            length = waiting[column]
            if length >= stop:
                self._reprice(stop, reached, settled, distance)
                self._shift(stops_at, slot, came_from)
                return
            other = self.holder[column]
            if other == NOBODY:
                self._reprice(length, reached, settled, distance)
                self._take(column, slot, came_from)
                return
            waiting[column] = self.far
            settled.append(column)
            reached[other] = length
            if length + price[other] < stop:
                stop, stops_at = length + price[other], other
            further = length + price[other] + surplus - weight[self.rows[other]]
            nearer = (further < distance) & (waiting != self.far)
            distance[nearer] = further[nearer]
            waiting[nearer] = further[nearer]
            came_from[nearer] = other

    def _reprice(self, length: Any, reached: dict[int, Any], settled: list[int], distance: NDArray[Any]) -> None:
        for slot, at in reached.items():
            self.price[slot] -= length - at
        self.surplus[settled] += length - distance[settled]

    def _take(self, column: int, start: int, came_from: NDArray[np.int64]) -> None:
        """Give ``column`` to the slot that reached it, that slot's old column to the one before, up to ``start``."""
        while column != NOBODY:
            slot = int(came_from[column])
            old = self.column_of[slot]
            self.holder[column], self.column_of[slot] = slot, column
            column = old if slot != start else NOBODY

    def _shift(self, loser: int, start: int, came_from: NDArray[np.int64]) -> None:
        """Leave ``loser`` without a column; the chain behind it moves up."""
        if loser != start:
            column, self.column_of[loser] = self.column_of[loser], NOBODY
            self._take(column, start, came_from)
