"""The soft criteria: each gives whole points of at most its share, for rows of all pairs or for chosen pairs alike.

Unknown things are neutral: half of the points, so that nobody gains or loses by leaving a field empty.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from operator import attrgetter
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from app.domain.people import SLOTS
from app.domain.programmes import Criterion, Number, Programme, ProgrammeKind
from app.pairing.both_ways import InterestsBothWays, SkillsBothWays
from app.pairing.ordered import each_once
from app.pairing.overlap import Fact, Interests, Points, SkillsOffered, by_value, half
from app.pairing.roll import UNKNOWN, Index, Roll, cells_of

FULL_DISTANCE = 3  # career levels apart that give all points of LEVEL
FULL_SLOTS = 3  # half-days in common that give all points of AVAILABILITY
FULL_YEARS = 10  # years between the entries that give all points of TENURE
_QUARTERS = np.array([0, 4, 3, 2, 1], np.int8)  # for no wish, the first, second, third, any later one
_NO_WISHES = 2
_ONES = np.array([bin(bits).count("1") for bits in range(1 << len(SLOTS))], np.int8)


# By 10 times the one level and the other; 0 is not known.
_LEVELS_TOLD: list[Fact] = [(str(one), str(other)) if one and other else () for one in range(10) for other in range(10)]


class Scorer(Protocol):
    """``block``: points, int16, of these rows x all columns; ``pairs``, ``facts``: of row i[k] with column j[k]."""

    def block(self, rows: Index) -> Points: ...
    def pairs(self, i: Index, j: Index) -> Points: ...
    def facts(self, i: Index, j: Index) -> list[Fact]: ...


def per_unit(most: int, full: int) -> Points:
    """Points for 0, 1, … ``full`` units, rounded half up."""
    return ((2 * most * np.arange(full + 1) + full) // (2 * full)).astype(np.int16)


class Comparison:
    """Points that depend on one value of each of the two: ``points(ours, theirs)`` works on arrays that broadcast."""

    def __init__(
        self,
        ours: NDArray[Any],
        theirs: NDArray[Any],
        points: Callable[[Any, Any], Points],
        facts: Callable[[Index, Index], list[Fact]],
    ) -> None:
        self.ours, self.theirs, self.points, self.facts = ours, theirs, points, facts

    def block(self, rows: Index) -> Points:
        return by_value(lambda ours: self.points(ours, self.theirs), self.ours[rows])

    def pairs(self, i: Index, j: Index) -> Points:
        return self.points(self.ours[i], self.theirs[j])


def scorer(
    criterion: Criterion,
    most: int,
    programme: Programme,
    roll: Roll,
    rows: Index,
    columns: Index,
    before: Scorer | None = None,
) -> Scorer:
    """The criterion worth ``most`` points for the roll's places ``rows`` x ``columns``.

    ``before``: that of the same places in a programme of the same kind, from which everything encoded is taken.
    """
    if isinstance(before, SkillsOffered | SkillsBothWays | Interests | InterestsBothWays | Wishes):
        return before.worth(most)
    both = programme.kind is ProgrammeKind.MUTUAL
    match criterion:
        case Criterion.SKILLS:
            return (SkillsBothWays if both else SkillsOffered)(most, roll, rows, columns)
        case Criterion.INTERESTS:
            return (InterestsBothWays if both else Interests)(most, roll, rows, columns)
        case Criterion.WISHES:
            return Wishes(most, roll, rows, columns, called=_sides(programme))
        case _:
            values, points, facts = _COMPARISONS[criterion](most, programme, roll)
            return Comparison(values[rows], values[columns], points, lambda i, j: facts(rows[i], columns[j]))


def _sides(programme: Programme) -> tuple[str, str]:
    """What facts call the two: in mutual programmes nobody is the mentor."""
    return ("partner", "partner") if programme.kind is ProgrammeKind.MUTUAL else ("mentor", "mentee")


Facts = Callable[[Index, Index], list[Fact]]  # of people by their places in the roll
Made = tuple[NDArray[Any], Callable[[Any, Any], Points], Facts]


def _level(most: int, programme: Programme, roll: Roll) -> Made:
    """Career levels apart in the kind's direction, three give all points; none for level or the wrong way round.

    In mutual programmes either direction counts. Facts: level of the mentor, level of the mentee.
    """
    known = np.arange(10)
    apart = known[:, None] - known
    if programme.kind is ProgrammeKind.CLASSIC:
        apart = -apart
    elif programme.kind is ProgrammeKind.MUTUAL:
        apart = abs(apart)
    table = per_unit(most, FULL_DISTANCE)[apart.clip(0, FULL_DISTANCE)]
    table[0], table[:, 0] = half(most), half(most)

    def facts(one: Index, other: Index) -> list[Fact]:
        return list(map(_LEVELS_TOLD.__getitem__, (roll.level[one] * np.int8(10) + roll.level[other]).tolist()))

    return roll.level, lambda ours, theirs: table[ours, theirs], facts


def _equal(same: int, other: int, unknown: int) -> Callable[[Any, Any], Points]:
    def points(ours: Any, theirs: Any) -> Points:
        found = np.where(ours == theirs, np.int16(same), np.int16(other))
        return np.where((ours == UNKNOWN) | (theirs == UNKNOWN), np.int16(unknown), found)

    return points


def _diversity(most: int, _: Programme, roll: Roll) -> Made:
    """All points for different departments. Facts: the two as written."""
    return roll.department, _equal(0, most, half(most)), _both_texts(roll, "department")


def _location(most: int, programme: Programme, roll: Roll) -> Made:
    """All points for the same place; half for two places where the programme meets by video too. Facts: the two."""
    video = bool(programme.number(Number.VIDEO))
    both = _both_texts(roll, "location")

    def facts(one: Index, other: Index) -> list[Fact]:
        towns = both(one, other)
        if not video:
            return towns
        apart = (roll.location[one] != roll.location[other]).tolist()
        return [(*two, "video") if far and two else two for two, far in zip(towns, apart, strict=True)]

    return roll.location, _equal(most, half(most) if video else 0, half(most)), facts


def _both_texts(roll: Roll, field: str) -> Facts:
    persons, text = roll.persons, attrgetter(field)

    def facts(one: Index, other: Index) -> list[Fact]:
        both = [[text(persons[k]) for k in side.tolist()] for side in (one, other)]
        return [(ours, theirs) if ours and theirs else () for ours, theirs in zip(*both, strict=True)]

    return facts


def _organisation(most: int, _: Programme, roll: Roll) -> Made:
    """All points for different organisations; the house is one of them. Facts: "same" or "different"."""
    codes = roll.organisation

    def facts(one: Index, other: Index) -> list[Fact]:
        return [("same",) if same else ("different",) for same in (codes[one] == codes[other]).tolist()]

    return codes, _equal(0, most, 0), facts


def _availability(most: int, _: Programme, roll: Roll) -> Made:
    """Half-days in common, three give all points. Facts: these half-days as in SLOTS."""
    table = per_unit(most, FULL_SLOTS)[_ONES.clip(0, FULL_SLOTS)]
    stated = roll.availability

    def points(ours: Any, theirs: Any) -> Points:
        return np.where((ours == 0) | (theirs == 0), np.int16(half(most)), table[ours & theirs])

    def facts(one: Index, other: Index) -> list[Fact]:
        return [
            tuple([slot for k, slot in enumerate(SLOTS) if common >> k & 1])
            for common in (stated[one] & stated[other]).tolist()
        ]

    return stated, points, facts


def _tenure(most: int, _: Programme, roll: Roll) -> Made:
    """Years between the two entries into the house, ten give all points. Facts: the two years."""
    table, years = per_unit(most, FULL_YEARS), roll.entry_year

    def points(ours: Any, theirs: Any) -> Points:
        apart = table[abs(ours - theirs).clip(0, FULL_YEARS)]
        return np.where((ours == 0) | (theirs == 0), np.int16(half(most)), apart)

    def facts(one: Index, other: Index) -> list[Fact]:
        both = zip(years[one].tolist(), years[other].tolist(), strict=True)
        return [(str(ours), str(theirs)) if ours and theirs else () for ours, theirs in both]

    return years, points, facts


def _waiting(most: int, programme: Programme, roll: Roll) -> Made:
    """Half of the points for each of the two who was left over in the last round. Facts: their `_sides`."""
    mentor, mentee = _sides(programme)
    table = np.array([0, half(most), most], np.int16)

    def facts(one: Index, other: Index) -> list[Fact]:
        said: dict[tuple[bool, bool], Fact]
        said = {(a, b): (mentor,) * a + (mentee,) * b for a in (False, True) for b in (False, True)}
        return [said[both] for both in zip(roll.waited[one].tolist(), roll.waited[other].tolist(), strict=True)]

    return roll.waited, lambda ours, theirs: table[ours.astype(np.intp) + theirs], facts


_COMPARISONS: dict[Criterion, Callable[[int, Programme, Roll], Made]] = {
    Criterion.LEVEL: _level,
    Criterion.DIVERSITY: _diversity,
    Criterion.LOCATION: _location,
    Criterion.AVAILABILITY: _availability,
    Criterion.TENURE: _tenure,
    Criterion.ORGANISATION: _organisation,
    Criterion.WAITING: _waiting,
}


class Wishes:
    """Ranked wishes, half of the points for each side: all of it for a first wish, then 3/4, 1/2, 1/4.

    Whoever names no wishes is neutral. Facts: "mentor:rank" and "mentee:rank", by ``called``, where one wished for the
    other.
    """

    def __init__(
        self, most: int, roll: Roll, rows: Index, columns: Index, called: tuple[str, str] = ("mentor", "mentee")
    ) -> None:
        self.table, self.called = self._table(most), called
        self.columns = len(columns)
        wished = roll.named("wished")
        base = np.where(np.isin(roll.numbers, wished.who), 0, _NO_WISHES).astype(np.int8)
        self.ours, self.theirs = base[rows], base[columns]
        ours, theirs = roll.numbers[rows], roll.numbers[columns]
        sides = [  # the wishes of mentors, and of mentees, as cells
            cells_of(wished.who, wished.whom, ours, theirs),
            cells_of(wished.whom, wished.who, ours, theirs),
        ]
        self.cells = each_once(np.concatenate(sides))
        self.cells = self.cells[self.cells >= 0]
        # By cell the rank from 1 that the mentor and the mentee gave, 0 for none; the first counts.
        self.ranks = np.zeros((2, len(self.cells)), np.int64)
        for noted, cells in zip(self.ranks, sides, strict=True):
            last_first = np.flatnonzero(cells >= 0)[::-1]
            noted[np.searchsorted(self.cells, cells[last_first])] = wished.rank[last_first]
        self.extra = _QUARTERS[self.ranks.clip(0, len(_QUARTERS) - 1)].sum(axis=0, dtype=np.int8)

    @staticmethod
    def _table(most: int) -> Points:
        return np.array([(most * quarters + 4) // 8 for quarters in range(9)], np.int16)

    def worth(self, most: int) -> Wishes:
        """The same criterion for other points; nothing is encoded again."""
        other = copy(self)
        other.table = self._table(most)
        return other

    def block(self, rows: Index) -> Points:
        points = by_value(lambda ours: self.table[ours + self.theirs], self.ours[rows])
        if in_a_row(rows):
            start = int(rows[0]) * self.columns
            first, last = np.searchsorted(self.cells, [start, start + points.size])
            cells = self.cells[first:last]
            i, j = np.divmod(cells, self.columns)
            points.reshape(-1)[cells - start] = self.table[self.ours[i] + self.theirs[j] + self.extra[first:last]]
            return points
        at, cells = rows_of(self.cells, rows, self.columns)
        i, j = at, self.cells[cells] % self.columns
        points[i, j] = self.table[self.ours[rows[i]] + self.theirs[j] + self.extra[cells]]
        return points

    def _place(self, i: Index, j: Index) -> Index:
        """Where the cells stand among those with a wish, the place behind the last for all others."""
        keys = i * self.columns + j
        at = np.searchsorted(self.cells, keys)
        return np.where(np.append(self.cells, -1)[at] == keys, at, len(self.cells))

    def wished(self, i: Index, j: Index) -> NDArray[np.bool_]:
        """Whether one of row i[k] and column j[k] wished for the other."""
        found: NDArray[np.bool_] = self._place(i, j) < len(self.cells)
        return found

    def pairs(self, i: Index, j: Index) -> Points:
        extra = np.append(self.extra, np.int8(0))[self._place(i, j)]
        points: Points = self.table[self.ours[i] + self.theirs[j] + extra]
        return points

    def facts(self, i: Index, j: Index) -> list[Fact]:
        place = self._place(i, j)
        facts: list[Fact] = [()] * len(place)
        wished = np.flatnonzero(place < len(self.cells))
        for k, ranks in zip(wished.tolist(), self.ranks[:, place[wished]].T.tolist(), strict=True):
            facts[k] = tuple([f"{side}:{rank}" for side, rank in zip(self.called, ranks, strict=True) if rank])
        return facts


def in_a_row(rows: Index) -> bool:
    """True for one row after the other, without a gap."""
    return len(rows) > 0 and rows[-1] - rows[0] == len(rows) - 1 and bool((np.diff(rows) == 1).all())


def rows_of(cells: NDArray[np.int64], rows: Index, columns: int) -> tuple[Index, Index]:
    """Which of the sorted ``cells`` (row * columns + column) lie in ``rows``: places in rows, and in cells."""
    first = np.searchsorted(cells, rows * columns)
    count = np.searchsorted(cells, rows * columns + columns) - first
    at = np.repeat(np.arange(len(rows)), count)
    return at, np.arange(len(at)) - np.repeat(np.cumsum(count) - count, count) + np.repeat(first, count)
