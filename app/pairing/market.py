"""The assignment problem of a round."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.pairing.grid import Cell, Grid, Net
from app.pairing.solve import assign

Ints = NDArray[np.int64]


class Market:
    def __init__(self, net: Net, room: Ints, fixed: Sequence[Cell], quality_first: bool) -> None:
        self.net, self.room, self.fixed, self.quality_first = net, room, tuple(fixed), quality_first
        self.found = self.solved()

    @staticmethod
    def of(net: Net, room: Ints, fixed: Sequence[Cell], quality_first: bool) -> Market:
        return Market(net, room, fixed, quality_first)

    def solved(self, banned: Sequence[Cell] = ()) -> list[Cell]:
        may = self.net >= 0
        for cell in banned:
            may[cell] = False
        for cell in self.fixed:
            may[cell] = True
        return assign(self.net, may, capacity=self.room, locked=self.fixed, quality_first=self.quality_first)

    def without(self, cell: Cell) -> list[Cell]:
        return self.solved([cell])

    def total(self, pairs: Sequence[Cell]) -> int:
        return sum(int(self.net[cell]) for cell in pairs)

    def pairs(self) -> list[Cell]:
        return self.found

    def changed(self, before: Grid, grid: Grid, fixed: Sequence[Cell], quality_first: bool, told: Any) -> Market | None:  # noqa: ARG002, E501
        return None
