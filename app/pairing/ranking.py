"""Stable plans from what people wished for.

Everybody ranks their allowed partners: first those they wished for, in their order, then the others by score, equal
ones by the lower id. Where two people are enrolled for both sides, only the lower id can be the other's mentor.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.domain.ids import PersonId
from app.errors import Bug
from app.pairing.grid import Cell, Grid
from app.pairing.participants import People
from app.pairing.proposals import PairIds
from app.pairing.scores import FULL_SCORE
from app.pairing.stable import blocking_pairs as blocking
from app.pairing.stable import deferred_acceptance

Ranks = NDArray[np.int64]
_UNWISHED = 1_000_000  # a rank behind any wish


@dataclass(frozen=True, slots=True, kw_only=True)
class Rankings:
    """How many ``mentors`` and ``mentees`` wished for somebody whom the round has on the other side.

    ``usable``: some on both sides did; a wish for somebody who takes no part ranks nobody.
    """

    mentors: int
    mentees: int
    usable: bool


def rankings(grid: Grid) -> Rankings:
    mentors, mentees = _wishing(grid.mentors, grid.mentees), _wishing(grid.mentees, grid.mentors)
    return Rankings(mentors=mentors, mentees=mentees, usable=not grid.mutual and mentors > 0 and mentees > 0)


def _wishing(people: People, others: People) -> int:
    """How many of the people wish for one of the others, but for themselves."""
    there = {p.person.id for p in others}
    return sum(not there.isdisjoint(set(p.confidence.wished) - {p.person.id}) for p in people if p.confidence.wished)


def stable(grid: Grid, fixed: Sequence[Cell]) -> list[Cell]:
    """The stable pairs that are best for the mentees, with ``fixed`` among them. Not for mutual programmes."""
    theirs, ours, room = _ranks(grid, fixed, fixed)
    return sorted([*deferred_acceptance(theirs, ours, room), *fixed])


def blocking_pairs(grid: Grid, pairs: Sequence[Cell]) -> tuple[PairIds, ...]:
    """Who would rather have each other than whom they have in ``pairs``."""
    theirs, ours, room = _ranks(grid, (), pairs)
    return tuple([grid.ids(cell) for cell in blocking(pairs, theirs, ours, room)])


def _ranks(
    grid: Grid, fixed: Sequence[Cell], chosen: Sequence[Cell]
) -> tuple[Ranks, Ranks, NDArray[np.int64]]:
    """Who ranks whom where, -1 for nobody's choice. Of two directions one is left: that in ``chosen``, else the lower.

    ``fixed`` pairs take no part.
    """
    if grid.mutual:
        raise Bug("pairing: stable pairs need two sides")
    net = grid.net_matrix().astype(np.int64)
    had = set(chosen)
    for i, column in grid.twins.items():
        for j in np.flatnonzero(net[i] >= 0).tolist():
            other = grid.row.get(grid.mentees[j].enrolment.id)
            back = (-1, -1) if other is None or other == i else (other, column)
            if (i, j) not in had and (back in had or back[0] >= 0 and back[0] < i and net[back] >= 0):
                net[i, j] = -1
    room = grid.room.copy()
    for i, j in fixed:
        room[i] -= 1
        net[:, j] = -1
    by_score = np.where(net >= 0, _UNWISHED + FULL_SCORE - net, -1)
    theirs, ours = by_score.copy(), by_score.copy()
    _wishes_first(theirs, grid.mentors, {p.person.id: j for j, p in enumerate(grid.mentees)})
    _wishes_first(ours.T, grid.mentees, {p.person.id: i for i, p in enumerate(grid.mentors)})
    return theirs, ours, room


def _wishes_first(ranks: Ranks, people: People, place: dict[PersonId, int]) -> None:
    for mine, p in enumerate(people):
        for rank, wished in reversed(list(enumerate(p.confidence.wished))):
            other = place.get(wished)
            if other is not None and ranks[mine, other] >= 0:
                ranks[mine, other] = rank
