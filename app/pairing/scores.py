"""The score of a pair: a sum of whole points, 0 to 1000, that anybody can add up by hand.

The programme's weights share out 1000 points among the criteria; each criterion gives a pair some of its share.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from app.domain.programmes import Criterion, Programme
from app.pairing.criteria import Scorer, scorer
from app.pairing.participants import People
from app.pairing.roll import Index, Roll

FULL_SCORE = 1000
BLOCK = 512


def shares(programme: Programme) -> dict[Criterion, int]:
    """The most points of each criterion: 1000 in all, in proportion to the weights, by the largest remainder.

    Among equal remainders the criterion told first gets the point. All 0 where no criterion has a weight.
    """
    weights = {criterion: max(0, programme.weight(criterion)) for criterion in Criterion}
    whole = sum(weights.values())
    if not whole:
        return dict.fromkeys(Criterion, 0)
    most = {criterion: FULL_SCORE * weight // whole for criterion, weight in weights.items()}
    by_remainder = sorted(Criterion, key=lambda criterion: -(FULL_SCORE * weights[criterion] % whole))
    for criterion in by_remainder[: FULL_SCORE - sum(most.values())]:
        most[criterion] += 1
    return most


class Scores:
    """The criteria of a programme for a roll's places ``rows`` x ``columns``; criteria without weight are out."""

    def __init__(
        self, programme: Programme, roll: Roll, rows: Index, columns: Index, before: Scores | None = None
    ) -> None:
        """``before``: those of the same places in a programme of the same kind."""
        self.shape = (len(rows), len(columns))
        self.most = {criterion: most for criterion, most in shares(programme).items() if most}
        former = {} if before is None else before.scorers
        self.scorers: dict[Criterion, Scorer] = {
            criterion: scorer(criterion, most, programme, roll, rows, columns, former.get(criterion))
            for criterion, most in self.most.items()
        }

    @staticmethod
    def of(programme: Programme, mentors: People, mentees: People) -> Scores:
        """Mentors as rows, mentees as columns."""
        rows = np.arange(len(mentors))
        return Scores(programme, Roll([*mentors, *mentees]), rows, len(rows) + np.arange(len(mentees)))

    def block(self, rows: Index) -> NDArray[np.int16]:
        """The scores of ``rows`` with every column."""
        if not self.scorers or not self.shape[1]:
            return np.zeros((len(rows), self.shape[1]), np.int16)
        first, *others = self.scorers.values()
        total = first.block(rows)
        for one in others:
            total += one.block(rows)
        return total

    def matrix(self, step: Callable[[float], None] = lambda _: None) -> NDArray[np.int16]:
        """The score of every pair; ``step`` is told the share done after each block of rows."""
        total = np.zeros(self.shape, np.int16)
        for start in range(0, self.shape[0], BLOCK):
            rows = np.arange(start, min(start + BLOCK, self.shape[0]))
            total[rows[0] : rows[-1] + 1] = self.block(rows)
            step((rows[-1] + 1) / self.shape[0])
        return total

    def of_pairs(self, i: Index, j: Index) -> dict[Criterion, NDArray[np.int16]]:
        """The points of each criterion for row i[k] with column j[k]; they add up to the matrix's score."""
        return {criterion: one.pairs(i, j) for criterion, one in self.scorers.items()}
