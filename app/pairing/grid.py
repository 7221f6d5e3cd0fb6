"""Everything that is known about the pairs of a round: who has room, what each pair scores and which rules it breaks.

Rows are mentors with a place left, columns mentees without a tandem, both by enrolment id; in mutual programmes
everybody free is a row and a column, and both cells of two people tell of the one direction that they can have.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import replace
from functools import cached_property
from itertools import count
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from app.domain.ids import EnrolmentId
from app.domain.programmes import EnrolmentState, Programme, ProgrammeKind, Role
from app.errors import Fault
from app.pairing.participants import Participant, People
from app.pairing.proposals import PairIds
from app.pairing.roll import Index, Roll
from app.pairing.rules import Broken, Rules, Supervisors
from app.pairing.scores import BLOCK, Scores
from app.pairing.weight import never

BLOCKED = -1  # the net score of a pair that a rule or a ban forbids; as `never` has it
Net = NDArray[np.int16]  # scores 0 to 1000, or BLOCKED
Cell = tuple[int, int]
_ID = attrgetter("enrolment.id")
_WITHDRAWN, _MENTOR, _MENTEE = EnrolmentState.WITHDRAWN, Role.MENTOR, Role.MENTEE  # looked up for everybody


def _ruled_alike(one: Programme, other: Programme) -> bool:
    """True where only weights differ."""
    return replace(one, weights={}) == replace(other, weights={})


class Grid:
    """``existing``: open tandems, which take up places. ``banned``: pairs that must not be.

    ``before``: a grid whose people are mostly the same, so that little has to be encoded again.
    """

    def __init__(
        self,
        programme: Programme,
        participants: Iterable[Participant],
        supervisors: Supervisors,
        existing: Sequence[PairIds],
        banned: Iterable[PairIds],
        before: Grid | None = None,
    ) -> None:
        self.programme, self.supervisors, self.existing = programme, supervisors, tuple(existing)
        self.rows: Index
        self.columns: Index
        self.mutual = programme.kind is ProgrammeKind.MUTUAL
        self.people = sorted([p for p in participants if p.enrolment.state is not _WITHDRAWN], key=_ID)
        self.roll: Roll = Roll(self.people) if before is None else before.roll.with_people(self.people)
        self.busy = Counter([mentor for mentor, _ in existing])
        self._seat(self.people, {mentee for _, mentee in existing})
        self.row: dict[EnrolmentId, int] = dict(zip([p.enrolment.id for p in self.mentors], count()))
        self.column: dict[EnrolmentId, int] = dict(zip([p.enrolment.id for p in self.mentees], count()))
        same = before if before is not None and self._same_seats(before) else None
        self.scores: Scores = Scores(
            programme, self.roll, self.rows, self.columns, None if same is None else same.scores
        )
        known: Rules | None = None if before is None else before._rules
        self._rules: Rules
        if same is not None and same.supervisors is supervisors and _ruled_alike(programme, same.programme):
            self._rules = same._rules
        else:
            self._rules = Rules(programme, self.roll, self.rows, self.columns, supervisors, known)
        self.rules = self._rules.ruling_out(self._banned_cells(banned))

    def _same_seats(self, before: Grid) -> bool:
        """True where nobody is another, so that rows, columns and what they say are the same."""
        return (
            self.roll is before.roll
            and self.existing == before.existing
            and self.programme.kind is before.programme.kind
        )

    def with_bans(self, banned: Iterable[PairIds]) -> Grid:
        """The same people and settings with other bans; nothing is encoded again."""
        other = copy(self)
        other.rules = self._rules.ruling_out(self._banned_cells(banned))
        other.__dict__.pop("mirrored", None)
        return other

    def _seat(self, people: People, busy_mentees: set[EnrolmentId]) -> None:
        places = np.arange(len(people))
        if self.mutual:
            free = [p.enrolment.id not in self.busy and p.enrolment.id not in busy_mentees for p in people]
            self.rows = self.columns = places[np.array(free, np.bool_)]
            self.room = np.ones(len(self.rows), np.int64)
        else:
            enrolled, busy = [p.enrolment for p in people], self.busy
            room = np.array([0 if one.role is _MENTEE else one.capacity for one in enrolled], np.int64)
            if busy:
                room -= np.array([busy[one.id] for one in enrolled], np.int64)
            self.rows, self.room = places[room > 0], room[room > 0]
            learns = [one.role is not _MENTOR for one in enrolled]
            if busy_mentees:
                learns = [may and one.id not in busy_mentees for may, one in zip(learns, enrolled, strict=True)]
            self.columns = np.flatnonzero(np.frombuffer(bytes(learns), np.bool_))
        self.mentors: People = [people[k] for k in self.rows.tolist()]
        self.mentees: People = self.mentors if self.mutual else [people[k] for k in self.columns.tolist()]

    def _banned_cells(self, banned: Iterable[PairIds]) -> list[Cell]:
        """Bans, and the way back of tandems that exist."""
        ways_back = [] if self.mutual else [(mentee, mentor) for mentor, mentee in self.existing]
        cells = []
        for mentor, mentee in (*banned, *ways_back):
            for i, j in ((mentor, mentee), (mentee, mentor))[: 2 if self.mutual else 1]:
                if i in self.row and j in self.column:
                    cells.append((self.row[i], self.column[j]))
        return cells

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.rows), len(self.columns)

    @cached_property
    def twins(self) -> dict[int, int]:
        """The column of the person that a row stands for, where they have both."""
        return {} if self.mutual else {i: self.column[one] for one, i in self.row.items() if one in self.column}

    # Mutual programmes: one direction for two people

    @cached_property
    def teaches(self) -> NDArray[np.bool_]:
        return np.array([p.teaches for p in self.mentors], np.bool_)

    @cached_property
    def learns(self) -> NDArray[np.bool_]:
        return np.array([p.learns for p in self.mentors], np.bool_)

    def possible(self) -> NDArray[np.bool_]:
        """Mutual: whether two can be paired at all, people x people."""
        either = self.teaches[:, None] & self.learns
        np.fill_diagonal(either, False)
        return either | either.T

    def turned(self, i: Index, j: Index) -> tuple[Index, Index]:
        """The direction that two people have: in mutual programmes the lower id is the mentor if possible."""
        if not self.mutual:
            return i, j
        low, high = np.minimum(i, j), np.maximum(i, j)
        right = self.teaches[low] & self.learns[high]
        return np.where(right, low, high), np.where(right, high, low)

    def cell(self, pair: PairIds) -> Cell:
        """Row and column of a pair. Fault "pairing.lock_impossible" where it can't be one."""
        mentor, mentee = pair
        if mentor not in self.row or mentee not in self.column or mentor == mentee:
            raise Fault("pairing.lock_impossible")
        i, j = self.row[mentor], self.column[mentee]
        if not self.mutual:
            return i, j
        if not (self.teaches[i] and self.learns[j] or self.teaches[j] and self.learns[i]):
            raise Fault("pairing.lock_impossible")
        one, other = self.turned(np.array([i]), np.array([j]))
        return int(one[0]), int(other[0])

    def ids(self, cell: Cell) -> PairIds:
        return self.mentors[cell[0]].enrolment.id, self.mentees[cell[1]].enrolment.id

    # What pairs score and break

    def points(self, i: Index, j: Index) -> NDArray[np.int16]:
        """The scores of row i[k] with column j[k]."""
        i, j = self.turned(i, j)
        total = np.zeros(len(i), np.int16)
        for scorer in self.scores.scorers.values():
            total += scorer.pairs(i, j)
        return total

    def broken(self, i: Index, j: Index) -> Broken:
        """The rules broken by row i[k] with column j[k]."""
        return self.rules.pairs(*self.turned(i, j))

    def net(self, i: Index, j: Index) -> Net:
        """Their scores, BLOCKED where a hard rule or a ban forbids them."""
        return never(self.points(i, j), self.broken(i, j) & self.rules.hard != 0)

    def blocks(self, rows: Index | None = None) -> Iterator[tuple[Index, Net, Broken]]:
        """Scores and broken rules of ``rows`` (all, if left out) with all columns, some rows at a time."""
        everybody = np.arange(self.shape[0]) if rows is None else rows
        if self.mutual:
            score, broken = self.mirrored
            yield everybody, score[everybody], broken[everybody]
            return
        for start in range(0, len(everybody), BLOCK):
            some = everybody[start : start + BLOCK]
            yield some, self.scores.block(some), self.rules.block(some)

    def net_matrix(self, step: Callable[[float], None] = lambda _: None) -> Net:
        """The net scores of all pairs; ``step`` is told the share done."""
        net = np.empty(self.shape, np.int16)
        for rows, score, broken in self.blocks():
            if len(rows):
                net[rows[0] : rows[-1] + 1] = never(score, broken & self.rules.hard != 0)
                step((rows[-1] + 1) / self.shape[0])
        return net

    @cached_property
    def mirrored(self) -> tuple[NDArray[np.int16], Broken]:
        """Mutual: scores and broken rules, people x people, of the one direction that two people have."""
        everybody = np.arange(self.shape[0])
        can = self.teaches[:, None] & self.learns
        upper = np.triu(can, 1)
        one_way = upper | (np.tril(can, -1) & ~upper.T)
        score, broken = self.scores.block(everybody), self.rules.block(everybody)
        score[~one_way], broken[~one_way] = 0, 0
        return score + score.T, broken | broken.T
