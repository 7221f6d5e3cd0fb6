"""Criteria of mutual programmes, where each of two teaches the other: a pair has the same points whoever stands first.

Everything is reckoned in whole numbers of both directions and rounded once.
"""

from __future__ import annotations

from copy import copy

import numpy as np

from app.pairing.overlap import Fact, Interests, Points, SkillsOffered
from app.pairing.roll import Index, Roll


def both_ways(most: int, there: Points, whole: Points, back: Points, whole_back: Points) -> Points:
    """``most`` * (there / whole + back / whole_back) / 2, int16, a half rounded up; one half where a whole is 0.

    Exact: the products of whole numbers below 1000 are below 2**53, and a quotient is off by less than any step.
    """
    one, other = np.where(whole > 0, 2.0 * there, 1), np.where(whole_back > 0, 2.0 * back, 1)
    full, full_back = 2.0 * np.maximum(whole, 1), 2.0 * np.maximum(whole_back, 1)
    part = most * (one * full_back + other * full)
    points: Points = ((part + full * full_back) / (2 * full * full_back)).astype(np.int16)
    return points


class SkillsBothWays:
    """Skills both ways, half of the points each; see `both_ways`. Facts of the way back end in ":back"."""

    def __init__(self, most: int, roll: Roll, rows: Index, columns: Index) -> None:
        self.most = most
        self.there, self.back = SkillsOffered(most, roll, rows, columns), SkillsOffered(most, roll, columns, rows)
        self._back: Points | None = None  # what is covered on the way back, rows x columns

    def worth(self, most: int) -> SkillsBothWays:
        """The same criterion for other points; nothing is encoded again."""
        other = copy(self)
        other.most = most
        return other

    def block(self, rows: Index) -> Points:
        if self._back is None:
            self._back = self.back.overlap.part(np.arange(len(self.back.rows))).astype(np.int16).T
        there, back = self.there.wholes(), self.back.wholes()
        return both_ways(self.most, self.there.overlap.part(rows), there, self._back[rows], back[rows, None])

    def pairs(self, i: Index, j: Index) -> Points:
        there, back = self.there.wholes()[j], self.back.wholes()[i]
        return both_ways(self.most, self.there.covered(i, j), there, self.back.covered(j, i), back)

    def facts(self, i: Index, j: Index) -> list[Fact]:
        back = [tuple([f"{fact}:back" for fact in facts]) for facts in self.back.facts(j, i)]
        return [facts + other for facts, other in zip(self.there.facts(i, j), back, strict=True)]


class InterestsBothWays:
    """Interests in common, as many as each of the two has: "Musik" and two kinds of music are one.

    Facts: those of whom has fewer of them.
    """

    def __init__(self, most: int, roll: Roll, rows: Index, columns: Index) -> None:
        self.there, self.back = Interests(most, roll, rows, columns), Interests(most, roll, columns, rows)
        self._back: Points | None = None

    def worth(self, most: int) -> InterestsBothWays:
        """The same criterion for other points; nothing is encoded again."""
        other = copy(self)
        other.there, other.back, other._back = self.there.worth(most), self.back.worth(most), None
        return other

    def block(self, rows: Index) -> Points:
        if self._back is None:
            self._back = self.back.block(np.arange(len(self.back.our_sets))).T
        points: Points = np.minimum(self.there.block(rows), self._back[rows])
        return points

    def pairs(self, i: Index, j: Index) -> Points:
        points: Points = np.minimum(self.there.pairs(i, j), self.back.pairs(j, i))
        return points

    def facts(self, i: Index, j: Index) -> list[Fact]:
        both = zip(self.there.facts(i, j), self.back.facts(j, i), strict=True)
        return [back if len(back) < len(there) else there for there, back in both]
