"""Sorting and filtering of very many records, so that no other thread has to wait for it; stretches of rows."""

from __future__ import annotations

import heapq
from array import array
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

R = TypeVar("R")
K = TypeVar("K")
RUN = 1000  # so many are sorted in one go where the window must not wait for it


def _go_on() -> None:
    """Nobody is asked whether the work is still wanted."""


def in_slices(records: Sequence[R], key: Callable[[R], K], heed: Callable[[], None] = _go_on) -> list[K]:
    """The key of each record. ``heed``, here and below, is called now and then and may raise."""
    found: list[K] = []
    for start in range(0, len(records), RUN):
        heed()
        found += map(key, records[start : start + RUN])
    return found


def in_runs(
    places: Sequence[int], keys: Sequence[Any], downwards: bool, heed: Callable[[], None] = _go_on
) -> array[int]:
    """Sorted by the keys of the places, equal ones in the order given; no other thread has to wait long for it."""
    runs = []
    for start in range(0, len(places), RUN):
        heed()
        runs.append(sorted(places[start : start + RUN], key=keys.__getitem__, reverse=downwards))
    return array("i", runs[0] if len(runs) == 1 else heapq.merge(*runs, key=keys.__getitem__, reverse=downwards))


def let_through(
    places: Sequence[int], records: Sequence[R], rule: Callable[[R], bool], heed: Callable[[], None] = _go_on
) -> array[int]:
    """The places whose record fulfils the rule, in their order."""
    found = array("i")
    for start in range(0, len(places), RUN):
        heed()
        found.extend([at for at in places[start : start + RUN] if rule(records[at])])
    return found


def stretches(rows: Sequence[int]) -> list[tuple[int, int]]:
    """First and last of each stretch of rows without a gap; the rows ascend."""
    if isinstance(rows, range):
        return [(rows[0], rows[-1])] if rows else []
    pieces: list[tuple[int, int]] = []
    for row in rows:
        if pieces and pieces[-1][1] == row - 1:
            pieces[-1] = pieces[-1][0], row
        else:
            pieces.append((row, row))
    return pieces
