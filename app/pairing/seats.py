"""From the grid to the pairs: which solver a round needs, and where it starts from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from app.errors import Fault
from app.pairing.directed import pair_sides
from app.pairing.grid import Cell, Grid
from app.pairing.market import Market
from app.pairing.mutual import pair_mutually


class Told(Protocol):
    """Called with a share done, which may raise; ``check`` may raise as well."""

    def __call__(self, done: float) -> None: ...
    def check(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Seats:
    """The pairs in order, whether they are proved the best, and the market they come from, if it was one."""

    pairs: list[Cell]
    proved: bool
    market: Market | None


def seat(
    grid: Grid, fixed: Sequence[Cell], quality_first: bool, before: tuple[Grid, Seats] | None, told: Told
) -> Seats:
    """The best pairs with ``fixed`` among them. Fault "pairing.lock_impossible" where these don't fit."""
    _check_places(grid, fixed)
    if grid.mutual:
        score, broken = grid.mirrored
        told(0.5)
        allowed = grid.possible() & (broken & grid.rules.hard == 0)
        ids = [p.enrolment.id for p in grid.mentors]
        both, proved = pair_mutually(score, allowed, grid.teaches, grid.learns, ids, fixed, quality_first, told.check)
        if not both:
            return Seats([], proved, None)
        i, j = grid.turned(*np.array(both).T)
        return Seats(sorted(zip(i.tolist(), j.tolist(), strict=True)), proved, None)
    if grid.twins:
        net = grid.net_matrix(lambda done: told(0.1 + 0.4 * done))
        for cell in fixed:
            net[cell] = max(0, int(grid.points(np.array([cell[0]]), np.array([cell[1]]))[0]))
        pairs, proved = pair_sides(net, net >= 0, grid.room, fixed, grid.twins, quality_first, told.check)
        return Seats(pairs, proved, None)
    market, surplus = None, None
    if before is not None and before[1].market is not None:
        market = before[1].market.changed(before[0], grid, fixed, quality_first, told)
        surplus = before[1].market.surplus_for(before[0], grid, quality_first)
    if market is None:
        net = grid.net_matrix(lambda done: told(0.1 + 0.4 * done))
        market = Market.of(net, grid.room, fixed, quality_first, surplus)
    return Seats(market.pairs(), True, market)


def _check_places(grid: Grid, fixed: Sequence[Cell]) -> None:
    places, taken = grid.room.copy(), set()
    for i, j in fixed:
        places[i] -= 1
        if grid.mutual:
            places[j] -= 1
        if j in taken or places.min() < 0:
            raise Fault("pairing.lock_impossible")
        taken.add(j)
