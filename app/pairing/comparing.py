"""Looking at a round: its heat map, everybody's candidates and ranks, and two plans side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.domain.ids import EnrolmentId, PersonId
from app.domain.programmes import Rule
from app.domain.tandems import TandemSide
from app.pairing.grid import Grid
from app.pairing.participants import Participant
from app.pairing.proposals import PairIds, Plan
from app.pairing.roll import Index
from app.pairing.rules import RULED_OUT, Broken, in_order

_Told = tuple[TandemSide, EnrolmentId, EnrolmentId]  # somebody on a side, and their partner


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Matrix:
    """All pairs, mentors x mentees. In mutual programmes both cells of two people say the same."""

    mentors: tuple[EnrolmentId, ...]
    mentees: tuple[EnrolmentId, ...]
    score: NDArray[np.int16]  # 0 to 1000
    blocked: NDArray[np.bool_]
    warned: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """``ruled_out``: by hand, or as the way back of a tandem that is there."""

    enrolment: EnrolmentId
    score: int
    blocked_by: tuple[Rule, ...]
    warnings: tuple[Rule, ...]
    ruled_out: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Rank:
    """Somebody's partner is number ``rank`` of ``of`` allowed ones, by score; equals share the better.

    ``wish``: which of their own wishes the partner is, from 1; 0 where they wished for others of the other side only,
    None where they wished for nobody there.
    """

    enrolment: EnrolmentId
    side: TandemSide
    partner: EnrolmentId
    rank: int
    of: int
    wish: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RankChange:
    """How somebody fares in the one plan and in the other; None where they have nobody."""

    enrolment: EnrolmentId
    side: TandemSide
    one: Rank | None
    other: Rank | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two plans: pairs of only one of them and of both, totals and numbers of pairs, and everybody's ranks.

    ``best_by_score``: in each plan, how many have the partner who scores highest with them. ``first_wishes``: how many
    have whom they wished for first, of the ``wishing`` who wished for somebody of the other side.
    """

    only_one: tuple[PairIds, ...]
    only_other: tuple[PairIds, ...]
    both: tuple[PairIds, ...]
    totals: tuple[int, int]
    counts: tuple[int, int]
    ranks: tuple[RankChange, ...]
    best_by_score: tuple[int, int]
    first_wishes: tuple[int, int]
    wishing: int


def matrix(grid: Grid) -> Matrix:
    score = np.zeros(grid.shape, np.int16)
    broken = np.zeros(grid.shape, np.uint16)
    for rows, points, bits in grid.blocks():
        score[rows], broken[rows] = points, bits
    if grid.mutual:
        broken |= np.where(grid.possible(), np.uint16(0), np.uint16(1 << RULED_OUT))
    return Matrix(
        mentors=tuple(grid.row),
        mentees=tuple(grid.column),
        score=score,
        blocked=(broken & grid.rules.hard) != 0,
        warned=(broken & ~grid.rules.hard) != 0,
    )


def _candidates(grid: Grid, who: EnrolmentId, side: TandemSide) -> tuple[Index, NDArray[np.int16], Broken]:
    """Where the candidates of somebody stand on the other side, their scores and bits."""
    as_mentor = side is TandemSide.MENTOR
    place = (grid.row if as_mentor else grid.column)[who]
    others = np.arange(grid.shape[1 if as_mentor else 0])
    others = others[grid.possible()[place]] if grid.mutual else others[others != _oneself(grid, who, as_mentor)]
    mine = np.full(len(others), place)
    i, j = (mine, others) if as_mentor else (others, mine)
    return others, grid.points(i, j), grid.broken(i, j)


def _oneself(grid: Grid, who: EnrolmentId, as_mentor: bool) -> int:
    return (grid.column if as_mentor else grid.row).get(who, -1)


def partners(grid: Grid, who: EnrolmentId, side: TandemSide) -> tuple[Candidate, ...]:
    """The candidates of somebody on ``side``: allowed ones first, then by score, then by id."""
    others, scores, bits = _candidates(grid, who, side)
    people = grid.mentees if side is TandemSide.MENTOR else grid.mentors
    hard = int(grid.rules.hard)
    order = np.lexsort((others, -scores, (bits & grid.rules.hard) != 0))
    return tuple(
        Candidate(
            enrolment=people[int(others[k])].enrolment.id,
            score=int(scores[k]),
            blocked_by=in_order(int(bits[k]) & hard),
            warnings=in_order(int(bits[k]) & ~hard),
            ruled_out=bool(bits[k] >> RULED_OUT & 1),
        )
        for k in order.tolist()
    )


def ruled_out_alone(grid: Grid, pairs: Iterable[PairIds]) -> tuple[PairIds, ...]:
    """Those of the pairs that have a place here and break nothing but that they are ruled out."""
    here = [(i, j) for i, j in pairs if i in grid.row and j in grid.column and i != j]
    i = np.array([grid.row[mentor] for mentor, _ in here], np.intp)
    j = np.array([grid.column[mentee] for _, mentee in here], np.intp)
    alone = (grid.broken(i, j) & grid.rules.hard) == 1 << RULED_OUT
    return tuple([pair for pair, found in zip(here, alone.tolist(), strict=True) if found])


def ranks(grid: Grid, plan: Plan) -> tuple[Rank, ...]:
    """The ranks of both people of every pair that this round knows, mentors first, by id."""
    known = [pair for pair in plan.ids() if pair[0] in grid.row and pair[1] in grid.column]
    found: list[Rank] = []
    for side, of, better in zip(TandemSide, *_standing(grid, known), strict=True):
        as_mentor, there = side is TandemSide.MENTOR, _persons(grid, side)
        for k in sorted(range(len(known)), key=lambda k: known[k] if as_mentor else known[k][::-1]):
            who, partner = known[k] if as_mentor else known[k][::-1]
            wish = _wish(grid, who, partner, side, there)
            found.append(Rank(enrolment=who, side=side, partner=partner, rank=better[k] + 1, of=of[k], wish=wish))
    return tuple(found)


Counts = tuple[list[int], list[int]]  # pair by pair, for mentors and for mentees


def _standing(grid: Grid, pairs: Sequence[PairIds]) -> tuple[Counts, Counts]:
    """How many candidates the two of each pair have, and how many of these score more; the partner is always one.

    All pairs of the round are looked at once, whoever asks for more than a few ranks asks for most.
    """
    i = np.array([grid.row[mentor] for mentor, _ in pairs], np.intp)
    j = np.array([grid.column[mentee] for _, mentee in pairs], np.intp)
    mine = grid.points(i, j)
    of, better = np.zeros((2, len(pairs)), np.int64), np.zeros((2, len(pairs)), np.int64)
    if not len(pairs):
        return _listed(of), _listed(better)
    own_row, own_column = np.array([*grid.twins.items()], np.intp).reshape(-1, 2).T
    for rows, score, broken in grid.blocks():
        allowed = (broken & grid.rules.hard) == 0
        if grid.mutual:
            allowed &= grid.possible()[rows]
        here = (own_row >= rows[0]) & (own_row <= rows[-1])
        allowed[own_row[here] - rows[0], own_column[here]] = False
        # Of mentors whose row is here.
        at = np.flatnonzero((i >= rows[0]) & (i <= rows[-1]))
        may, points = allowed[i[at] - rows[0]], score[i[at] - rows[0]]
        may[np.arange(len(at)), j[at]] = True  # a locked pair counts even against a rule
        of[0, at], better[0, at] = may.sum(axis=1), (may & (points > mine[at, None])).sum(axis=1)
        # Of mentees, as far as these rows go.
        may, points = allowed[:, j], score[:, j]
        may[i[at] - rows[0], at] = True
        of[1] += may.sum(axis=0)
        better[1] += (may & (points > mine)).sum(axis=0)
    return _listed(of), _listed(better)


def _listed(counts: NDArray[np.int64]) -> Counts:
    first, second = counts.tolist()
    return first, second


def _persons(grid: Grid, side: TandemSide) -> dict[PersonId, EnrolmentId]:
    """The people whom somebody on ``side`` can wish for, and their enrolments."""
    return {p.person.id: p.id for p in (grid.mentees if side is TandemSide.MENTOR else grid.mentors)}


def _wish(
    grid: Grid, who: EnrolmentId, partner: EnrolmentId, side: TandemSide, there: dict[PersonId, EnrolmentId]
) -> int | None:
    """See `Rank.wish`."""
    wished = _participant(grid, who, side).confidence.wished
    places = [place for place, one in enumerate(wished, 1) if there.get(one) == partner]
    if places:
        return places[0]
    return 0 if any(there.get(one, who) != who for one in wished) else None


def _participant(grid: Grid, who: EnrolmentId, side: TandemSide) -> Participant:
    return grid.mentors[grid.row[who]] if side is TandemSide.MENTOR else grid.mentees[grid.column[who]]


def _wishing(grid: Grid) -> int:
    """How many wish for somebody on the other side; who is on both sides can be two of them."""
    sides = [(TandemSide.MENTOR, grid.mentors), (TandemSide.MENTEE, grid.mentees)][: 1 if grid.mutual else 2]
    count = 0
    for side, people in sides:
        there = _persons(grid, side)
        count += sum(any(there.get(one, p.id) != p.id for one in p.confidence.wished) for p in people)
    return count


def compared(grid: Grid, one: Plan, other: Plan) -> Comparison:
    ours, theirs = set(one.ids()), set(other.ids())
    ranked = [{(rank.side, rank.enrolment, rank.partner): rank for rank in ranks(grid, plan)} for plan in (one, other)]
    return Comparison(
        only_one=tuple(sorted(ours - theirs)),
        only_other=tuple(sorted(theirs - ours)),
        both=tuple(sorted(ours & theirs)),
        totals=(_total(grid, one), _total(grid, other)),
        counts=(len(ours), len(theirs)),
        ranks=tuple(_changes(*[_by_person(found.values()) for found in ranked])),
        best_by_score=_how_many(ranked, lambda rank: rank.rank == 1),
        first_wishes=_how_many(ranked, lambda rank: rank.wish == 1),
        wishing=_wishing(grid),
    )


def _how_many(ranked: Sequence[Mapping[_Told, Rank]], wanted: Callable[[Rank], bool]) -> tuple[int, int]:
    """Of each plan, how many people have a partner who is ``wanted``."""
    one, other = [len({(rank.side, rank.enrolment) for rank in found.values() if wanted(rank)}) for found in ranked]
    return one, other


def _total(grid: Grid, plan: Plan) -> int:
    known = [(grid.row[i], grid.column[j]) for i, j in plan.ids() if i in grid.row and j in grid.column]
    i, j = np.array(known, np.intp).reshape(-1, 2).T
    return int(grid.points(i, j).sum(dtype=np.int64))


Person = tuple[TandemSide, EnrolmentId]


def _by_person(found: Iterable[Rank]) -> dict[Person, list[Rank]]:
    """Each person's ranks, the best first; a mentor with several mentees has several."""
    by_person: dict[Person, list[Rank]] = {}
    for rank in sorted(found, key=lambda rank: (rank.rank, rank.partner)):
        by_person.setdefault((rank.side, rank.enrolment), []).append(rank)
    return by_person


def _changes(one: dict[Person, list[Rank]], other: dict[Person, list[Rank]]) -> Iterable[RankChange]:
    for side, who in sorted(one.keys() | other.keys(), key=lambda person: (person[0] is TandemSide.MENTEE, person[1])):
        ours, theirs = one.get((side, who), []), other.get((side, who), [])
        for k in range(max(len(ours), len(theirs))):
            yield RankChange(
                enrolment=who,
                side=side,
                one=ours[k] if k < len(ours) else None,
                other=theirs[k] if k < len(theirs) else None,
            )
