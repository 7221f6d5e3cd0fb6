"""Who is left over, and which rule blocks how many of their candidates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from app.domain.tandems import TandemSide
from app.pairing.explain import LeftOver, told
from app.pairing.grid import Cell, Grid
from app.pairing.roll import Index
from app.pairing.rules import Broken
from app.pairing.scores import BLOCK

_CELLS, _PAIRS = 40_000_000, 100_000  # read at a time, in blocks and one by one
_Line = tuple[int, Broken, NDArray[np.int16]]  # a row or column, its bits and scores with every candidate


def left_over(grid: Grid, pairs: Sequence[Cell], low_stays_out: bool) -> list[LeftOver]:
    """Everybody without a tandem, old or new; with ``low_stays_out`` a score of 0 makes no pair."""
    rows, columns = {i for i, _ in pairs}, {j for _, j in pairs}
    if grid.mutual:
        alone = [i for i in range(grid.shape[0]) if i not in rows | columns]
        return _mutual(grid, alone, low_stays_out)
    left = []
    mentors = [i for i, p in enumerate(grid.mentors) if i not in rows and p.enrolment.id not in grid.busy]
    for i, broken, score in _of_rows(grid, np.array(mentors, np.intp), low_stays_out):
        who = grid.mentors[i].enrolment.id
        others = _others(len(score), grid.column.get(who))
        blocking = broken[others] & grid.rules.hard
        left.append(told(who, TandemSide.MENTOR, blocking, score[others], low_stays_out))
    mentees = [j for j in range(grid.shape[1]) if j not in columns]
    for j, broken, score in _of_columns(grid, np.array(mentees, np.intp), low_stays_out):
        who = grid.mentees[j].enrolment.id
        others = _others(len(score), grid.row.get(who))
        blocking = broken[others] & grid.rules.hard
        left.append(told(who, TandemSide.MENTEE, blocking, score[others], low_stays_out))
    return left


def _mutual(grid: Grid, alone: list[int], low_stays_out: bool) -> list[LeftOver]:
    if not alone:
        return []
    score, broken = grid.mirrored
    possible = grid.possible()
    left = []
    for i in alone:
        side = TandemSide.MENTEE if grid.learns[i] else TandemSide.MENTOR
        at = possible[i]
        who = grid.mentors[i].enrolment.id
        left.append(told(who, side, broken[i][at] & grid.rules.hard, score[i][at], low_stays_out))
    return left


def _of_rows(grid: Grid, rows: Index, scored: bool) -> Iterator[_Line]:
    for start in range(0, len(rows), BLOCK):
        some = rows[start : start + BLOCK]
        broken = grid.rules.block(some)
        score = grid.scores.block(some) if scored else np.zeros_like(broken, np.int16)
        yield from zip(some.tolist(), broken, score, strict=True)


def _of_columns(grid: Grid, columns: Index, scored: bool) -> Iterator[_Line]:
    """Few columns pair by pair, many at once from all the rows; the scores only where they matter."""
    rows = np.arange(grid.shape[0])
    if len(columns) * 8 < grid.shape[1]:
        together = max(1, _PAIRS // max(1, len(rows)))
        for start in range(0, len(columns), together):
            some = columns[start : start + together]
            i, j = np.repeat(rows, len(some)), np.tile(some, len(rows))  # row by row, which are found the fastest
            broken = grid.broken(i, j).reshape(-1, len(some)).T
            score = grid.points(i, j).reshape(-1, len(some)).T if scored else np.zeros_like(broken, np.int16)
            yield from zip(some.tolist(), broken, score, strict=True)
        return
    wide = max(1, _CELLS // max(1, len(rows)))
    for start in range(0, len(columns), wide):
        part = columns[start : start + wide]
        broken = np.zeros((len(rows), len(part)), np.uint16)
        scores = np.zeros((len(rows), len(part)), np.int16)
        for first in range(0, len(rows), BLOCK):
            some = rows[first : first + BLOCK]
            broken[some] = grid.rules.block(some)[:, part]
            if scored:
                scores[some] = grid.scores.block(some)[:, part]
        for k, j in enumerate(part.tolist()):
            yield j, broken[:, k], scores[:, k]


def _others(length: int, oneself: int | None) -> slice | NDArray[np.bool_]:
    """Everybody is a candidate but oneself."""
    if oneself is None:
        return slice(None)
    others = np.ones(length, np.bool_)
    others[oneself] = False
    return others
