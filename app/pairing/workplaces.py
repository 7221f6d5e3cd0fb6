"""When two people work together: in one team, in one project."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import count
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.pairing.participants import word_key

UNKNOWN = -1  # the code of somebody who says nothing
_BETWEEN = re.compile(r"[,;|\r\n]|\s[/+&]\s")
Same = Callable[[Any, Any], NDArray[Any]]


def one_team(keys: Sequence[tuple[Any, ...]]) -> Same:
    """Whether two codes tell of one team: a department that one of them leaves out is no other one.

    ``keys``: organisation, department ("" for none) and team behind each code, from 0.
    """
    if all(department for _, department, _ in keys):
        return lambda ours, theirs: (ours == theirs) & (ours != UNKNOWN)
    group, inside = defaultdict[Any, int](count().__next__), defaultdict[Any, int](count().__next__)
    teams = np.array([*(group[house, team] for house, _, team in keys), UNKNOWN])
    departments = np.array([*(inside[one] if one else UNKNOWN for _, one, _ in keys), UNKNOWN])

    def same(ours: Any, theirs: Any) -> NDArray[Any]:
        mine, other = departments[ours], departments[theirs]
        found: NDArray[Any] = (teams[ours] == teams[theirs]) & (ours != UNKNOWN) & (theirs != UNKNOWN)
        found &= (mine == other) | (mine == UNKNOWN) | (other == UNKNOWN)
        return found

    return same


@lru_cache(maxsize=65536)
def named_in(cell: str) -> frozenset[str]:
    """The keys of the projects of a cell: "Apollo, Hermes". A stroke without blanks is part of a name ("S/4")."""
    return frozenset(map(word_key, _BETWEEN.split(cell))) - {""}


def shared_projects(cells: Sequence[str]) -> tuple[NDArray[np.int32], NDArray[np.bool_] | None]:
    """A code of each cell, and for two codes whether they share a project.

    None where no cell names several: then a code is that of its project, UNKNOWN for none.
    """
    members = defaultdict[str, list[int]](list)
    for k, cell in enumerate(cells):
        for key in named_in(cell):
            members[key].append(k)
    if all(len(named_in(cell)) <= 1 for cell in cells):
        code = np.full(len(cells), UNKNOWN, np.int32)
        for number, some in enumerate(members.values()):
            code[some] = number
        return code, None
    shared = np.zeros((len(cells), len(cells)), np.bool_)
    for some in members.values():
        shared[np.ix_(some, some)] = True
    return np.arange(len(cells), dtype=np.int32), shared
