"""Lines of supervisors: who is above whom, and records that run in a circle."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.domain.ids import PersonId

Supervisors = Mapping[PersonId, PersonId | None]
Index = NDArray[np.intp]


def above_one_another(
    line: Supervisors, row_of: Mapping[PersonId, int], column_of: Mapping[PersonId, int]
) -> tuple[Index, Index]:
    """Rows and columns of the pairs of which one is anywhere above the other.

    ``line``: person -> supervisor. Everybody goes up at once, a step at a time, for as long as somebody is on new
    ground; who comes back to themselves has been all round a circle and stops.
    """
    people, boss_of = _bosses(line, [*row_of, *column_of])
    nobody = len(people)
    row_at, column_at = _places(people, row_of), _places(people, column_of)
    start = np.flatnonzero((row_at >= 0) | (column_at >= 0))
    now = boss_of[start]
    rows, columns = [np.zeros(0, np.intp)], [np.zeros(0, np.intp)]
    for _ in range(nobody):  # a line is no longer than that; one that is goes in a circle further up
        going = (now != nobody) & (now != start)
        start, now = start[going], now[going]
        if not len(start):
            break
        for i, j in ((row_at[start], column_at[now]), (row_at[now], column_at[start])):
            met = (i >= 0) & (j >= 0)
            rows.append(i[met])
            columns.append(j[met])
        now = boss_of[now]
    return np.concatenate(rows), np.concatenate(columns)


def cycles(supervisors: Supervisors) -> tuple[tuple[PersonId, ...], ...]:
    """People who would be above themselves: each circle once, upwards from its lowest id, the lowest first."""
    found = []
    seen: set[PersonId] = set()
    for person in sorted(supervisors):
        path: dict[PersonId, None] = {}
        at: PersonId | None = person
        while at is not None and at not in seen:
            seen.add(at)
            path[at] = None
            at = supervisors.get(at)
        if at is not None and at in path:
            walked = list(path)
            circle = walked[walked.index(at) :]
            lowest = circle.index(min(circle))
            found.append(tuple(circle[lowest:] + circle[:lowest]))
    return tuple(sorted(found))


def _bosses(line: Supervisors, others: list[PersonId]) -> tuple[NDArray[np.int64], Index]:
    """Everybody by id, and for each the place of their supervisor; the last place is nobody's."""
    who = np.fromiter(line, np.int64, len(line))
    whose = np.fromiter([boss or 0 for boss in line.values()], np.int64, len(line))
    led = whose != 0
    people = np.unique(np.concatenate([who, whose[led], np.array(others, np.int64)]))
    boss_of = np.full(len(people) + 1, len(people), np.intp)
    boss_of[np.searchsorted(people, who[led])] = np.searchsorted(people, whose[led])
    return people, boss_of


def _places(people: NDArray[np.int64], place_of: Mapping[PersonId, int]) -> Any:
    """The row or column of everybody, -1 for none."""
    at = np.full(len(people) + 1, -1, np.intp)
    if place_of:
        at[np.searchsorted(people, np.fromiter(place_of, np.int64, len(place_of)))] = list(place_of.values())
    return at
