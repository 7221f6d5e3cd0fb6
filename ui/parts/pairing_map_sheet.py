"""What the heat map shows: people at its edges, a score and more for each pair."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.drafts import PairIds
from app.domain.ids import EnrolmentId
from ui.parts.pairing_cells import Mark

Cell = tuple[int, int]  # row, column


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A person at the edge of the map. ``name`` as in lists, ``full`` as it is said."""

    id: EnrolmentId
    name: str
    full: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MapSheet:
    """All cells: ``scores`` by row and column; the other fields name the cells that are more than a score."""

    mentors: tuple[Head, ...] = ()
    mentees: tuple[Head, ...] = ()
    scores: tuple[tuple[int, ...], ...] = ()
    blocked: frozenset[Cell] = frozenset()
    warned: frozenset[Cell] = frozenset()
    marks: tuple[tuple[Cell, Mark], ...] = ()

    def pair(self, cell: Cell) -> PairIds:
        return self.mentors[cell[0]].id, self.mentees[cell[1]].id

    def find(self, pair: PairIds) -> Cell | None:
        """Where a pair stands; None where one of the two isn't there."""
        rows = [row for row, one in enumerate(self.mentors) if one.id == pair[0]]
        columns = [column for column, one in enumerate(self.mentees) if one.id == pair[1]]
        return (rows[0], columns[0]) if rows and columns else None
