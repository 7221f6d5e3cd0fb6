"""From the pairs of a solver to the proposals of a plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import count, repeat

import numpy as np

from app.domain.ids import EnrolmentId
from app.domain.programmes import Rule
from app.pairing.explain import reasons
from app.pairing.grid import Cell, Grid
from app.pairing.ordered import rows_and_columns
from app.pairing.proposals import PairIds, ProposedPair, Reasons
from app.pairing.roll import Index
from app.pairing.rules import in_order
from app.pairing.scores import Scores

_Said = tuple[list[EnrolmentId], list[EnrolmentId], list[tuple[Rule, ...]], list[bool]]
_TOGETHER = 512  # pairs whose reasons are found at once


class _Arithmetic:
    """The reasons of the pairs of a plan, found for some neighbours at once when one of them is asked for."""

    def __init__(self, scores: Scores, i: Index, j: Index) -> None:
        self._scores, self._pairs, self.points = scores, (i, j), scores.of_pairs(i, j)
        self._found: dict[int, list[Reasons]] = {}

    def of(self, place: int) -> Reasons:
        group, at = divmod(place, _TOGETHER)
        found = self._found.get(group)
        if found is None:
            some = slice(group * _TOGETHER, (group + 1) * _TOGETHER)
            points = {criterion: given[some] for criterion, given in self.points.items()}
            found = reasons(self._scores, self._pairs[0][some], self._pairs[1][some], points)
            self._found[group] = found
        return found[at]


def proposed(
    grid: Grid, pairs: Sequence[Cell], fixed: AbstractSet[Cell], known: Mapping[PairIds, ProposedPair]
) -> tuple[ProposedPair, ...]:
    """The proposals for ``pairs``, rows and columns of the grid, of which ``fixed`` are locked.

    ``known``: proposals that score what they did, taken over where they warn of the same rules.
    """
    i, j = rows_and_columns(pairs)
    mentors, mentees = (list(map(list(ids).__getitem__, at.tolist())) for ids, at in ((grid.row, i), (grid.column, j)))
    warnings = list(map(in_order, grid.broken(i, j).tolist()))
    locked = [cell in fixed for cell in pairs] if fixed else [False] * len(pairs)
    if not known:
        return tuple(_new(grid, i, j, (mentors, mentees, warnings, locked)))
    there = list(map(known.get, zip(mentors, mentees, strict=True)))
    found = [
        pair.same(locked=lock) if pair is not None and pair.warnings == warns else None
        for pair, warns, lock in zip(there, warnings, locked, strict=True)
    ]
    missing = [k for k, pair in enumerate(found) if pair is None]
    rest = (
        [mentors[k] for k in missing],
        [mentees[k] for k in missing],
        [warnings[k] for k in missing],
        [locked[k] for k in missing],
    )
    made = iter(_new(grid, i[missing], j[missing], rest))
    return tuple([next(made) if pair is None else pair for pair in found])


def _new(grid: Grid, i: Index, j: Index, said: _Said) -> list[ProposedPair]:
    why = _Arithmetic(grid.scores, i, j)
    score = np.zeros(len(i), np.int16)
    for given in why.points.values():
        score += given
    mentors, mentees, warnings, locked = said
    return list(map(ProposedPair, mentors, mentees, score.tolist(), repeat(why), warnings, locked, count()))
