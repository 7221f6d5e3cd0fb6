"""Musts: a criterion that is one forbids a pair unless what people said meets it at least in part.

What nobody said meets no must, though it counts half as a wish. So a must of

- skills is met where one offers something of what the other seeks; who seeks nothing stated is in no pair,
- interests, availability: where both have some in common,
- level, department, years in the house: where both are known and differ (the level in the programme's direction),
- location: where both are known and the same, or differ and the programme meets by video,
- wishes: where one of the two wished for the other,
- organisations, waiting list: where the criterion gives a point; these are always known.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from app.domain.programmes import Criterion, Programme, ProgrammeKind
from app.pairing.criteria import Scorer, Wishes, rows_of, scorer
from app.pairing.overlap import SkillsOffered
from app.pairing.roll import UNKNOWN, Index, Roll

_UNIT = 1000  # points that a must is tested with: whoever has any part of it has at least one

Bools = NDArray[np.bool_]


class Unmet(Protocol):
    """``block``: of these rows x all columns, whether they do not meet a must; ``pairs``: of row i[k], column j[k]."""

    def block(self, rows: Index) -> Bools: ...
    def pairs(self, i: Index, j: Index) -> Bools: ...


class _NoPoint:
    """No point, or one of the two said nothing; ``known``: by places in the roll."""

    def __init__(self, points: Scorer, known_rows: Bools, known_columns: Bools) -> None:
        self.points, self.ours, self.theirs = points, known_rows, known_columns

    def block(self, rows: Index) -> Bools:
        unmet: Bools = self.points.block(rows) == 0
        unmet |= ~self.ours[rows, None] | ~self.theirs
        return unmet

    def pairs(self, i: Index, j: Index) -> Bools:
        unmet: Bools = (self.points.pairs(i, j) == 0) | ~self.ours[i] | ~self.theirs[j]
        return unmet


class _NeitherWay:
    """Skills of a mutual programme: neither offers what the other seeks."""

    def __init__(self, there: _NoPoint, back: _NoPoint) -> None:
        self.there, self.back = there, back

    def block(self, rows: Index) -> Bools:
        back = self.back.block(np.arange(len(self.back.ours)))
        unmet: Bools = self.there.block(rows) & back.T[rows]
        return unmet

    def pairs(self, i: Index, j: Index) -> Bools:
        unmet: Bools = self.there.pairs(i, j) & self.back.pairs(j, i)
        return unmet


class _NoWish:
    """Neither wished for the other."""

    def __init__(self, wishes: Wishes) -> None:
        self.wishes = wishes

    def block(self, rows: Index) -> Bools:
        none = np.ones((len(rows), self.wishes.columns), np.bool_)
        at, cells = rows_of(self.wishes.cells, rows, self.wishes.columns)
        none[at, self.wishes.cells[cells] % self.wishes.columns] = False
        return none

    def pairs(self, i: Index, j: Index) -> Bools:
        return ~self.wishes.wished(i, j)


def unmet(criterion: Criterion, programme: Programme, roll: Roll, rows: Index, columns: Index) -> Unmet:
    """Who does not meet the must of ``criterion``, for the roll's places ``rows`` x ``columns``."""
    if criterion is Criterion.WISHES:
        return _NoWish(Wishes(_UNIT, roll, rows, columns))
    if criterion is Criterion.SKILLS:
        there = _seeking(roll, rows, columns)
        return _NeitherWay(there, _seeking(roll, columns, rows)) if programme.kind is ProgrammeKind.MUTUAL else there
    said = _SAID.get(criterion, _everybody)(roll)
    return _NoPoint(scorer(criterion, _UNIT, programme, roll, rows, columns), said[rows], said[columns])


def _seeking(roll: Roll, rows: Index, columns: Index) -> _NoPoint:
    return _NoPoint(SkillsOffered(_UNIT, roll, rows, columns), _everybody(roll)[rows], roll.skills.whole[columns] > 0)


def _everybody(roll: Roll) -> Bools:
    return np.ones(len(roll), np.bool_)


def _with_interests(roll: Roll) -> Bools:
    of, said = roll.interests
    return np.array([bool(one) for one in said], np.bool_)[of]


def _there(values: NDArray[Any], nothing: int) -> Bools:
    there: Bools = values != nothing
    return there


_SAID: dict[Criterion, Callable[[Roll], Bools]] = {
    Criterion.INTERESTS: _with_interests,
    Criterion.LEVEL: lambda roll: _there(roll.level, 0),
    Criterion.DIVERSITY: lambda roll: _there(roll.department, UNKNOWN),
    Criterion.LOCATION: lambda roll: _there(roll.location, UNKNOWN),
    Criterion.AVAILABILITY: lambda roll: _there(roll.availability, 0),
    Criterion.TENURE: lambda roll: _there(roll.entry_year, 0),
}
