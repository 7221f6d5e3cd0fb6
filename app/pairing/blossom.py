"""The most pairs in a general graph: augmenting paths through odd rings (Edmonds 1965, "Paths, trees, and flowers")."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

ALONE = -1


def grow(mate: list[int], linked: NDArray[np.bool_], check: Callable[[], None]) -> None:
    """Change ``mate`` (each person's partner or ALONE) in place until no plan has more pairs.

    ``linked``: people x people, symmetric, nobody linked to themselves. ``check`` is called per search and may raise.
    """
    neighbours = [np.flatnonzero(row).tolist() for row in linked]
    for root in range(len(mate)):
        if mate[root] == ALONE and neighbours[root]:
            check()
            _Search(mate, neighbours, root).augment()


class _Search:
    """A tree of alternating paths from one person alone; odd rings in it shrink to their base."""

    def __init__(self, mate: list[int], neighbours: list[list[int]], root: int) -> None:
        self.mate, self.neighbours, self.root = mate, neighbours, root
        self.parent = [ALONE] * len(mate)
        self.base = list(range(len(mate)))
        self.outer = [False] * len(mate)
        self.outer[root] = True
        self.queue = [root]

    def augment(self) -> None:
        end = self._find()
        while end != ALONE:
            before = self.parent[end]
            following = self.mate[before]
            self.mate[end], self.mate[before] = before, end
            end = following

    def _find(self) -> int:
        """Somebody else alone at the end of an alternating path, or ALONE."""
        mate, parent = self.mate, self.parent
        for person in self.queue:  # grows as it is walked
            for other in self.neighbours[person]:
                if self.base[person] == self.base[other] or mate[person] == other:
                    continue
                if other == self.root or (mate[other] != ALONE and parent[mate[other]] != ALONE):
                    self._shrink(person, other)
                elif parent[other] == ALONE:
                    parent[other] = person
                    if mate[other] == ALONE:
                        return other
                    self.outer[mate[other]] = True
                    self.queue.append(mate[other])
        return ALONE

    def _shrink(self, one: int, other: int) -> None:
        """The edge closes an odd ring: all of it can now be reached as an outer person."""
        base = self._common_base(one, other)
        ring: set[int] = set()
        for person, child in ((one, other), (other, one)):
            while self.base[person] != base:
                partner = self.mate[person]
                ring |= {self.base[person], self.base[partner]}
                self.parent[person] = child
                child, person = partner, self.parent[partner]
        for person, its_base in enumerate(self.base):
            if its_base in ring:
                self.base[person] = base
                if not self.outer[person]:
                    self.outer[person] = True
                    self.queue.append(person)

    def _common_base(self, one: int, other: int) -> int:
        seen = set()
        person = self.base[one]
        seen.add(person)
        while person != self.base[self.root]:
            person = self.base[self.parent[self.mate[person]]]
            seen.add(person)
        person = self.base[other]
        while person not in seen:
            person = self.base[self.parent[self.mate[person]]]
        return person
