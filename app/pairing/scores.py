"""The score of a pair: a sum of whole points, 0 to 1000, that anybody can add up by hand.

The programme's weights share out 1000 points among the criteria; each criterion gives a pair some of its share.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from app.domain.programmes import Criterion, Programme, ProgrammeKind
from app.pairing.criteria import BothWays, Comparison, Index, Interests, LevelDistance, Scorer, Skills, Wishes
from app.pairing.participants import People

FULL_SCORE = 1000
_BLOCK = 512


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
    """The criteria of a programme for these mentors (rows) and mentees (columns); criteria without weight are out."""

    def __init__(self, programme: Programme, mentors: People, mentees: People) -> None:
        self.shape = (len(mentors), len(mentees))
        self.most = {criterion: most for criterion, most in shares(programme).items() if most}
        self.scorers: dict[Criterion, Scorer] = {
            criterion: _scorer(criterion, most, programme.kind, mentors, mentees)
            for criterion, most in self.most.items()
        }

    def matrix(self, step: Callable[[float], None] = lambda _: None) -> NDArray[np.int16]:
        """The score of every pair; ``step`` is told the share done after each block of rows."""
        total = np.zeros(self.shape, np.int16)
        for start in range(0, self.shape[0] if self.shape[1] else 0, _BLOCK):
            rows = slice(start, start + _BLOCK)
            for scorer in self.scorers.values():
                np.add(total[rows], scorer.block(rows), out=total[rows], casting="unsafe")
            step(min(1.0, (start + _BLOCK) / self.shape[0]))
        return total

    def of_pairs(self, i: Index, j: Index) -> dict[Criterion, list[int]]:
        """The points of each criterion for mentor i[k] with mentee j[k]; they add up to the matrix's score."""
        return {criterion: scorer.pairs(i, j).tolist() for criterion, scorer in self.scorers.items()}


def _scorer(criterion: Criterion, most: int, kind: ProgrammeKind, mentors: People, mentees: People) -> Scorer:
    match criterion:
        case Criterion.SKILLS:
            return (BothWays if kind is ProgrammeKind.MUTUAL else Skills)(most, mentors, mentees)
        case Criterion.INTERESTS:
            return Interests(most, mentors, mentees)
        case Criterion.LEVEL:
            return LevelDistance(most, mentors, mentees, kind)
        case Criterion.WISHES:
            return Wishes(most, mentors, mentees)
        case _:
            return Comparison(most, mentors, mentees, across=criterion is Criterion.DIVERSITY)
