"""Who is left over, and which rule blocks how many of their candidates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from app.domain.ids import EnrolmentId
from app.domain.tandems import TandemSide
from app.pairing.explain import BARRIERS, LeftOver, told
from app.pairing.grid import Cell, Grid
from app.pairing.ordered import rows_and_columns
from app.pairing.roll import Index
from app.pairing.rules import Broken, first_rule
from app.pairing.scores import BLOCK

_CELLS, _PAIRS = 40_000_000, 100_000  # read at a time, in blocks and one by one
_Lines = tuple[list[int], Broken, NDArray[np.int16] | None]  # rows or columns, their bits and scores with everybody


def left_over(grid: Grid, pairs: Sequence[Cell], low_stays_out: bool) -> list[LeftOver]:
    """Everybody without a tandem, old or new; with ``low_stays_out`` a score of 0 makes no pair."""
    rows, columns = np.ones(grid.shape[0], np.bool_), np.ones(grid.shape[1], np.bool_)
    i, j = rows_and_columns(pairs)
    rows[i], columns[j] = False, False
    if grid.mutual:
        return _mutual(grid, np.flatnonzero(rows & columns), low_stays_out)
    mentors, mentees = list(grid.row), list(grid.column)
    rows[[grid.row[one] for one in grid.busy if one in grid.row]] = False
    left = []
    for some, broken, score in _of_rows(grid, np.flatnonzero(rows), low_stays_out):
        who = [mentors[k] for k in some]
        oneself = [grid.column.get(one) for one in who]
        left += _told(who, [TandemSide.MENTOR] * len(who), broken & grid.rules.hard, score, _but(oneself, broken))
    for some, broken, score in _of_columns(grid, np.flatnonzero(columns), low_stays_out):
        who = [mentees[k] for k in some]
        oneself = [grid.row.get(one) for one in who]
        left += _told(who, [TandemSide.MENTEE] * len(who), broken & grid.rules.hard, score, _but(oneself, broken))
    return left


def _mutual(grid: Grid, alone: Index, low_stays_out: bool) -> list[LeftOver]:
    if not len(alone):
        return []
    score, broken = grid.mirrored
    who = [grid.mentors[i].enrolment.id for i in alone.tolist()]
    sides = [TandemSide.MENTEE if learns else TandemSide.MENTOR for learns in grid.learns[alone].tolist()]
    scores = score[alone] if low_stays_out else None
    return _told(who, sides, broken[alone] & grid.rules.hard, scores, grid.possible()[alone])


def _told(
    who: Sequence[EnrolmentId],
    sides: Sequence[TandemSide],
    blocking: Broken,
    score: NDArray[np.int16] | None,
    candidates: NDArray[np.bool_] | None,
) -> list[LeftOver]:
    """A line of ``blocking`` and of ``score`` for each of ``who``; not everybody in it need be a candidate.

    ``score``: given where a score of 0 makes no pair.
    """
    left: list[LeftOver] = []
    together = max(1, _PAIRS // max(1, blocking.shape[1]))
    for start in range(0, len(who), together):
        some = slice(start, start + together)
        first = first_rule(blocking[some])
        if candidates is not None:
            first[~candidates[some]] = BARRIERS + 1
        lines = first + (BARRIERS + 2) * np.arange(len(first))[:, None]
        counts = np.bincount(lines.reshape(-1), minlength=(BARRIERS + 2) * len(first)).reshape(len(first), -1)
        too_low = [False] * len(first)
        if score is not None:
            too_low = (~((score[some] > 0) & (first == BARRIERS)).any(axis=1)).tolist()
        left += map(told, who[some], sides[some], counts[:, : BARRIERS + 1].tolist(), too_low)
    return left


def _of_rows(grid: Grid, rows: Index, scored: bool) -> Iterator[_Lines]:
    for start in range(0, len(rows), BLOCK):
        some = rows[start : start + BLOCK]
        yield some.tolist(), grid.rules.block(some), grid.scores.block(some) if scored else None


def _of_columns(grid: Grid, columns: Index, scored: bool) -> Iterator[_Lines]:
    """Few columns pair by pair, many at once from all the rows; the scores only where they matter."""
    rows = np.arange(grid.shape[0])
    if len(columns) * 8 < grid.shape[1]:
        together = max(1, _PAIRS // max(1, len(rows)))
        for start in range(0, len(columns), together):
            some = columns[start : start + together]
            score = None
            if scored:
                score = grid.points(np.repeat(rows, len(some)), np.tile(some, len(rows))).reshape(-1, len(some)).T
            yield some.tolist(), grid.rules.of_columns(some).T, score
        return
    wide = max(1, _CELLS // max(1, len(rows)))
    for start in range(0, len(columns), wide):
        part = columns[start : start + wide]
        broken = np.zeros((len(rows), len(part)), np.uint16)
        scores = np.zeros((len(rows), len(part)), np.int16) if scored else None
        for first in range(0, len(rows), BLOCK):
            some = rows[first : first + BLOCK]
            broken[some] = grid.rules.block(some)[:, part]
            if scores is not None:
                scores[some] = grid.scores.block(some)[:, part]
        yield part.tolist(), broken.T, None if scores is None else scores.T


def _but(oneself: list[int | None], broken: Broken) -> NDArray[np.bool_] | None:
    """Everybody is a candidate but oneself; None where that is everybody."""
    if not any(place is not None for place in oneself):
        return None
    others = np.ones(broken.shape, np.bool_)
    for line, place in zip(others, oneself, strict=True):
        if place is not None:
            line[place] = False
    return others
