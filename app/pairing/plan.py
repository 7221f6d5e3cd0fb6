"""The way in: people and a programme in, a plan with its reasons out.

    plan = propose(programme, participants, supervisors=line)       # who with whom, why, and who is left over
    check = examine(programme, mentor, mentee, supervisors=line)    # one pair, chosen by hand

Pure and deterministic: the same people give the same plan in whatever order they come, for everything is put in the
order of enrolment ids first and ties go to the lower ids.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from app.domain.ids import EnrolmentId, PersonId
from app.domain.programmes import Criterion, EnrolmentState, Programme, ProgrammeKind, Rule
from app.domain.tandems import Reason, TandemSide
from app.errors import Cancelled, Fault
from app.pairing.directed import pair_sides
from app.pairing.explain import LeftOver, left_over, reasons
from app.pairing.mutual import pair_mutually
from app.pairing.participants import Participant, People
from app.pairing.roll import Roll
from app.pairing.rules import RULED_OUT, Rules, broken_rules, hard_bits, in_order
from app.pairing.scores import Scores

__all__ = ["LeftOver", "PairCheck", "Participant", "Plan", "ProposedPair", "examine", "propose"]

Supervisors = Mapping[PersonId, PersonId | None]
Number = TypeVar("Number", np.int16, np.uint16)
PairIds = tuple[EnrolmentId, EnrolmentId]  # mentor, mentee
_ID = attrgetter("enrolment.id")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedPair:
    """``score`` is the sum of the reasons' points. ``warnings``: rules it breaks all the same."""

    mentor: EnrolmentId
    mentee: EnrolmentId
    score: int
    reasons: tuple[Reason, ...]
    warnings: tuple[Rule, ...] = ()
    locked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """New pairs in the order of their ids, and who has no tandem, neither a new one nor one they had.

    ``free_places``: how many mentees the mentors could still take. ``proved``: no other plan is better; False only
    for some mutual plans (see `mutual`) and for very many pairs that would go both ways round (see `directed`).
    """

    pairs: tuple[ProposedPair, ...]
    left_mentors: tuple[LeftOver, ...]
    left_mentees: tuple[LeftOver, ...]  # in mutual programmes everybody left over who learns
    total: int
    free_places: int
    quality_first: bool
    proved: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PairCheck:
    """What the rules and the scores say about one pair; the ``reasons`` add up to the ``score``.

    ``unmet``: the criteria that are a must and give no points, where Rule.MUST is broken.
    """

    blocked_by: tuple[Rule, ...]
    warnings: tuple[Rule, ...]
    score: int
    reasons: tuple[Reason, ...]
    unmet: tuple[Criterion, ...] = ()


def examine(programme: Programme, mentor: Participant, mentee: Participant, *, supervisors: Supervisors) -> PairCheck:
    """One pair by the programme's rules and weights. ``supervisors``: the line of the whole roster."""
    roll, rows, columns = Roll([mentor, mentee]), np.array([0]), np.array([1])
    rules = Rules(programme, roll, rows, columns, supervisors)
    broken = int(rules.block(np.array([0]))[0, 0])
    hard = hard_bits(programme)
    found = reasons(Scores(programme, roll, rows, columns), [(0, 0)])[0]
    return PairCheck(
        blocked_by=in_order(broken & hard),
        warnings=in_order(broken & ~hard),
        score=sum(reason.points for reason in found),
        reasons=found,
        unmet=rules.unmet(0, 0),
    )


def propose(
    programme: Programme,
    participants: Iterable[Participant],
    *,
    supervisors: Supervisors,
    locked: Iterable[PairIds] = (),
    banned: Iterable[PairIds] = (),
    existing: Iterable[PairIds] = (),
    quality_first: bool = False,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Plan:
    """The best plan by the programme's rules and weights.

    ``supervisors``: person -> supervisor for the whole roster, so that lines through people who don't take part count.
    ``existing``: open tandems; they take up places and are not proposed again. ``locked``: pairs that must be in the
    plan, even against a rule (it is told as a warning then). ``banned``: pairs that must not. Pairs are (mentor's
    enrolment, mentee's enrolment); in mutual programmes, where everybody has one tandem, their order doesn't matter.
    Who has withdrawn takes no part. ``progress`` is told a share from 0 to 1; ``cancelled`` is asked between
    steps, and Cancelled raised.

    Fault "pairing.lock_impossible" if a locked pair can't be: unknown, oneself, no place left.
    """
    round_ = _Round(programme, participants, list(existing), progress or (lambda _: None), cancelled or (lambda: False))
    return round_.plan(supervisors, list(locked), list(banned), quality_first)


class _Round:
    """One proposal: who has room, the matrices, the pairs, the words for them."""

    def __init__(
        self,
        programme: Programme,
        participants: Iterable[Participant],
        existing: list[PairIds],
        progress: Callable[[float], None],
        cancelled: Callable[[], bool],
    ) -> None:
        self.programme, self.existing = programme, existing
        self.progress, self.cancelled = progress, cancelled
        self.mutual = programme.kind is ProgrammeKind.MUTUAL
        active = [p for p in participants if p.enrolment.state is not EnrolmentState.WITHDRAWN]
        people = sorted(active, key=_ID)
        self.busy_mentors = Counter([mentor for mentor, _ in existing])
        busy_mentees = {mentee for _, mentee in existing}
        if self.mutual:
            busy = {*self.busy_mentors, *busy_mentees}
            self.mentors: People = [p for p in people if p.id not in busy]
            self.mentees: People = self.mentors
            room = [1] * len(self.mentors)
        else:
            left = [(p, p.enrolment.capacity - self.busy_mentors[p.enrolment.id]) for p in people if p.teaches]
            self.mentors = [p for p, places in left if places > 0]
            self.mentees = [p for p in people if p.learns and p.enrolment.id not in busy_mentees]
            room = [places for _, places in left if places > 0]
        self.room = np.array(room, np.int64)
        self.row: dict[EnrolmentId, int] = {id_: i for i, id_ in enumerate(map(_ID, self.mentors))}
        self.column: dict[EnrolmentId, int] = {id_: j for j, id_ in enumerate(map(_ID, self.mentees))}

    def plan(self, supervisors: Supervisors, locked: list[PairIds], banned: list[PairIds], quality_first: bool) -> Plan:
        self._step(0.0)
        broken = broken_rules(self.programme, self.mentors, self.mentees, supervisors)
        self._step(0.15)
        scores = Scores.of(self.programme, self.mentors, self.mentees)
        score = scores.matrix(lambda done: self._step(0.15 + 0.35 * done))
        candidate = self._candidates() if self.mutual else None
        if candidate is not None:
            broken = _mirrored(broken, candidate)
            score = _mirrored(score, candidate)
        self._rule_out(broken, banned)
        blocking = broken & np.uint16(hard_bits(self.programme))
        fixed = self._locks(locked)
        pairs, proved = self._pairs(score, blocking == 0, candidate, fixed, quality_first)
        self._step(0.9)
        left = self._left_over(pairs, blocking, score, candidate, quality_first)
        proposed = self._proposed(pairs, broken, scores, set(fixed))
        self._step(1.0)
        return Plan(
            pairs=proposed,
            left_mentors=tuple(who for who in left if who.side is TandemSide.MENTOR),
            left_mentees=tuple(who for who in left if who.side is TandemSide.MENTEE),
            total=sum(pair.score for pair in proposed),
            free_places=0 if self.mutual else int(self.room.sum()) - len(pairs),
            quality_first=quality_first,
            proved=proved,
        )

    def _step(self, done: float) -> None:
        self._check()
        self.progress(done)

    def _check(self) -> None:
        if self.cancelled():
            raise Cancelled()

    def _candidates(self) -> NDArray[np.bool_]:
        """Mutual: who can be whose mentor, each pair in one direction only, the lower id as mentor if possible."""
        teaches = np.array([p.teaches for p in self.mentors], np.bool_)
        learns = np.array([p.learns for p in self.mentors], np.bool_)
        can = teaches[:, None] & learns
        upper = np.triu(can, 1)
        return upper | (np.tril(can, -1) & ~upper.T)

    def _rule_out(self, broken: NDArray[np.uint16], banned: list[PairIds]) -> None:
        """Bans, and the way back of tandems that exist."""
        ways_back = [] if self.mutual else [(mentee, mentor) for mentor, mentee in self.existing]
        for mentor, mentee in (*banned, *ways_back):
            for i, j in ((mentor, mentee), (mentee, mentor))[: 2 if self.mutual else 1]:
                if i in self.row and j in self.column:
                    broken[self.row[i], self.column[j]] |= np.uint16(1 << RULED_OUT)

    def _locks(self, locked: list[PairIds]) -> list[tuple[int, int]]:
        """Locked pairs as rows and columns; impossible ones are refused."""
        cells = []
        places, taken = self.room.copy(), set()
        for mentor, mentee in dict.fromkeys(locked):
            if mentor not in self.row or mentee not in self.column or mentor == mentee:
                raise Fault("pairing.lock_impossible")
            cell = self.row[mentor], self.column[mentee]
            if self.mutual:
                cell = self._one_direction(*cell)
                places[cell[1]] -= 1
            places[cell[0]] -= 1
            if cell[1] in taken or places.min() < 0:
                raise Fault("pairing.lock_impossible")
            taken.add(cell[1])
            cells.append(cell)
        return cells

    def _one_direction(self, i: int, j: int) -> tuple[int, int]:
        low, high = min(i, j), max(i, j)
        ways = [(low, high), (high, low)]
        possible = [(a, b) for a, b in ways if self.mentors[a].teaches and self.mentors[b].learns]
        if not possible:
            raise Fault("pairing.lock_impossible")
        return possible[0]

    def _pairs(
        self,
        score: NDArray[np.int16],
        allowed: NDArray[np.bool_],
        candidate: NDArray[np.bool_] | None,
        fixed: list[tuple[int, int]],
        quality_first: bool,
    ) -> tuple[list[tuple[int, int]], bool]:
        if candidate is not None:
            teaches = np.array([p.teaches for p in self.mentors], np.bool_)
            learns = np.array([p.learns for p in self.mentors], np.bool_)
            either = candidate | candidate.T
            pairs, proved = pair_mutually(score, allowed & either, teaches, learns, fixed, quality_first, self._check)
            return sorted(self._one_direction(i, j) for i, j in pairs), proved
        for i, j in fixed:
            allowed[i, j] = True
        twins = {i: self.column[id_] for id_, i in self.row.items() if id_ in self.column}
        return pair_sides(score, allowed, self.room, fixed, twins, quality_first, self._check)

    def _proposed(
        self, pairs: list[tuple[int, int]], broken: NDArray[np.uint16], scores: Scores, fixed: set[tuple[int, int]]
    ) -> tuple[ProposedPair, ...]:
        return tuple(
            [
                ProposedPair(
                    mentor=self.mentors[i].id,
                    mentee=self.mentees[j].id,
                    score=sum([reason.points for reason in why]),
                    reasons=why,
                    warnings=in_order(int(broken[i, j])) if broken[i, j] else (),
                    locked=(i, j) in fixed,
                )
                for (i, j), why in zip(pairs, reasons(scores, pairs), strict=True)
            ]
        )

    def _left_over(
        self,
        pairs: Sequence[tuple[int, int]],
        blocking: NDArray[np.uint16],
        score: NDArray[np.int16],
        candidate: NDArray[np.bool_] | None,
        quality_first: bool,
    ) -> list[LeftOver]:
        rows, columns = {i for i, _ in pairs}, {j for _, j in pairs}
        left = []
        if candidate is not None:
            either = candidate | candidate.T
            for i, who in enumerate(self.mentors):
                if i not in rows | columns:
                    side = TandemSide.MENTEE if who.learns else TandemSide.MENTOR
                    at = either[i]
                    left.append(left_over(who.id, side, blocking[i][at], score[i][at], quality_first))
            return left
        others = np.ones(max(len(self.mentors), len(self.mentees)), np.bool_)
        for i, who in enumerate(self.mentors):
            if i not in rows and who.id not in self.busy_mentors:
                at = self._but(others[: len(self.mentees)], self.column.get(who.id))
                left.append(left_over(who.id, TandemSide.MENTOR, blocking[i][at], score[i][at], quality_first))
        for j, who in enumerate(self.mentees):
            if j not in columns:
                at = self._but(others[: len(self.mentors)], self.row.get(who.id))
                left.append(left_over(who.id, TandemSide.MENTEE, blocking[at, j], score[at, j], quality_first))
        return left

    @staticmethod
    def _but(everybody: NDArray[np.bool_], oneself: int | None) -> NDArray[np.bool_]:
        """Everybody is a candidate but oneself."""
        if oneself is None:
            return everybody
        others = everybody.copy()
        others[oneself] = False
        return others


def _mirrored(matrix: NDArray[Number], candidate: NDArray[np.bool_]) -> NDArray[Number]:
    """Each pair's value of the one direction it can have, in both cells."""
    one_way = matrix * candidate.astype(matrix.dtype)
    both: NDArray[Number] = one_way + one_way.T
    return both
