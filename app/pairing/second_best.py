"""Of everybody in a plan the partner with the most points besides the one they have; one pass over all pairs."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from app.domain.ids import EnrolmentId
from app.pairing.grid import BLOCKED, Grid
from app.pairing.proposals import PairIds
from app.pairing.weight import never

Found = dict[EnrolmentId, tuple[EnrolmentId, int]]  # who, and their points


def second_best(grid: Grid, pairs: Iterable[PairIds]) -> tuple[Found, Found]:
    """For mentors and for mentees of ``pairs``: who of the others would score most, by id among equals.

    Only whom no rule and no ban keeps apart; nobody whom one of the pairs gives them already. In mutual programmes both
    say the same.
    """
    pairs = list(pairs)
    cells = [(grid.row[mentor], grid.column[mentee]) for mentor, mentee in pairs]
    if grid.mutual:
        cells += [(j, i) for i, j in cells]
    # Nobody mentors their own mentor, so the ways back are taken too.
    ways_back = [(grid.row.get(mentee), grid.column.get(mentor)) for mentor, mentee in pairs]
    taken = cells + [(i, j) for i, j in ways_back if i is not None and j is not None]
    taken_i, taken_j = np.array(taken, np.intp).reshape(-1, 2).T
    row_best, row_score = np.zeros(grid.shape[0], np.intp), np.full(grid.shape[0], BLOCKED, np.int16)
    best, score = np.zeros(grid.shape[1], np.intp), np.full(grid.shape[1], BLOCKED, np.int16)
    for rows, points, broken in grid.blocks():
        if not points.size:
            continue
        net = never(points.copy(), broken & grid.rules.hard != 0)
        if grid.mutual:
            net = never(net, ~grid.possible()[rows])
        mine = (taken_i >= rows[0]) & (taken_i <= rows[-1])
        net[taken_i[mine] - rows[0], taken_j[mine]] = BLOCKED
        row_best[rows], row_score[rows] = net.argmax(axis=1), net.max(axis=1)
        here, top = net.argmax(axis=0), net.max(axis=0)
        better = top > score
        best[better], score[better] = rows[here[better]], top[better]
    mentors = {
        grid.mentors[i].id: (grid.mentees[int(row_best[i])].id, int(row_score[i]))
        for i in sorted({i for i, _ in cells}) if row_score[i] != BLOCKED
    }  # fmt: skip
    mentees = {
        grid.mentees[j].id: (grid.mentors[int(best[j])].id, int(score[j]))
        for j in sorted({j for _, j in cells}) if score[j] != BLOCKED
    }  # fmt: skip
    return mentors, mentees
