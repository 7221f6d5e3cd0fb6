"""Lines of supervisors: who is above whom, and records that run in a circle."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from app.domain.ids import PersonId
from app.pairing.ordered import each_once

Supervisors = Mapping[PersonId, PersonId | None]
Index = NDArray[np.intp]
Ids = NDArray[np.int64]


def above_one_another(line: Supervisors, rows: Ids, columns: Ids) -> tuple[Index, Index]:
    """Rows and columns of the pairs of which one is anywhere above the other.

    ``line``: person -> supervisor; ``rows``, ``columns``: the ids of the persons there. Everybody goes up at once, a
    step at a time, for as long as somebody is on new ground; who comes back to themselves has been all round a circle
    and stops.
    """
    people, boss_of = _bosses(line, rows, columns)
    nobody = len(people)
    row_at, column_at = _places(people, rows), _places(people, columns)
    start = np.flatnonzero((row_at >= 0) | (column_at >= 0))
    now = boss_of[start]
    below, above = [start[:0]], [start[:0]]
    for _ in range(nobody):  # a line is no longer than that; one that is goes in a circle further up
        going = np.flatnonzero((now != nobody) & (now != start))
        start, now = start.take(going), now.take(going)
        if not len(start):
            break
        below.append(start)
        above.append(now)
        now = boss_of[now]
    one, other = np.concatenate(below), np.concatenate(above)
    i = np.concatenate([row_at[one], row_at[other]])
    j = np.concatenate([column_at[other], column_at[one]])
    met = (i >= 0) & (j >= 0)
    return i[met], j[met]


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


def cycles_above(supervisors: Supervisors, people: Iterable[PersonId]) -> tuple[tuple[PersonId, ...], ...]:
    """As `cycles`, of those that somebody of ``people`` is in or anywhere below."""
    reached: dict[PersonId, PersonId | None] = {}
    for person in people:
        at: PersonId | None = person
        while at is not None and at not in reached:
            boss = supervisors.get(at)
            reached[at] = boss
            at = boss
    return cycles(reached)


def _bosses(line: Supervisors, rows: Ids, columns: Ids) -> tuple[Ids, Index]:
    """Everybody by id, and for each the place of their supervisor; the last place is nobody's."""
    who = np.array(list(line), np.int64)
    whose = np.array([boss or 0 for boss in line.values()], np.int64)
    led = whose != 0
    people = each_once(np.concatenate([who, whose[led], rows, columns]))
    boss_of = np.full(len(people) + 1, len(people), np.intp)
    boss_of[np.searchsorted(people, who[led])] = np.searchsorted(people, whose[led])
    return people, boss_of


def _places(people: Ids, seated: Ids) -> Index:
    """The row or column of everybody, -1 for none."""
    at = np.full(len(people) + 1, -1, np.intp)
    at[np.searchsorted(people, seated)] = np.arange(len(seated))
    return at
