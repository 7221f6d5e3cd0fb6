"""A round of pairing at work: people and a programme in, a plan out, and another plan after every change.

    round_ = Round(programme, participants, supervisors=line)
    round_.plan                                        # who with whom, why, and who is left over
    other = round_.changed(banned={(mentor, mentee)})  # from where this one stands: much faster than anew

A round never changes; `changed` gives another one, with the same plan as a round made anew would have.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from operator import attrgetter

import numpy as np

from app.domain.ids import EnrolmentId
from app.domain.programmes import Programme
from app.domain.tandems import TandemSide
from app.errors import Cancelled
from app.pairing import alternatives, comparing, ranking, second_best, ways_out
from app.pairing.alternatives import Alternative
from app.pairing.comparing import Candidate, Comparison, Matrix, Rank
from app.pairing.explain import reasons
from app.pairing.grid import Cell, Grid
from app.pairing.left_over import left_over
from app.pairing.participants import Participant
from app.pairing.proposals import Method, PairCheck, PairIds, Plan, ProposedPair
from app.pairing.proposing import proposed
from app.pairing.ranking import Rankings
from app.pairing.rules import Supervisors, in_order
from app.pairing.seats import Seats, seat
from app.pairing.ways_out import WaysOut

__all__ = ["Round", "Without"]

Progress = Callable[[float], None]
_ID = attrgetter("enrolment.id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Without:
    """The next best round without a pair, and what it costs against the one before.

    ``points_lost`` may be below 0 where ``pairs_lost`` is above.
    """

    round: Round
    pairs_lost: int
    points_lost: int


class Round:
    """The best plan by the programme's rules and weights, kept ready for changes.

    ``supervisors``: person -> supervisor for the whole roster, so that lines through people who don't take part count.
    ``existing``: open tandems; they take up places and are not proposed again. ``locked``: pairs that must be in the
    plan, even against a rule (it is told as a warning then). ``banned``: pairs that must not. Pairs are (mentor's
    enrolment, mentee's enrolment); in mutual programmes, where everybody has one tandem, their order doesn't matter.
    Who has withdrawn takes no part. ``progress`` is told a share from 0 to 1; ``cancelled`` is asked between
    steps, and Cancelled raised.

    Fault "pairing.lock_impossible" if a locked pair can't be: unknown, oneself, no place left.
    """

    def __init__(
        self,
        programme: Programme,
        participants: Iterable[Participant],
        *,
        supervisors: Supervisors,
        existing: Iterable[PairIds] = (),
        locked: Iterable[PairIds] = (),
        banned: Iterable[PairIds] = (),
        quality_first: bool = False,
        progress: Progress | None = None,
        cancelled: Callable[[], bool] | None = None,
        before: Round | None = None,
    ) -> None:
        told = _Steps(progress or (lambda _: None), cancelled or (lambda: False))
        told(0.0)
        self.programme, self.supervisors, self.quality_first = programme, supervisors, quality_first
        self.participants, self.existing = tuple(participants), tuple(existing)
        self.locked, self.banned = frozenset(locked), frozenset(banned)
        bans = sorted(self.banned)
        self.grid: Grid
        if before is not None and self._same_people(before):
            self.grid = before.grid.with_bans(bans)
        else:
            former_grid = None if before is None else before.grid
            self.grid = Grid(programme, self.participants, supervisors, self.existing, bans, former_grid)
        fixed = list(dict.fromkeys(self.grid.cell(pair) for pair in sorted(self.locked)))
        told(0.1)
        former = None if before is None or before.seats is None else (before.grid, before.seats)
        self.seats: Seats = seat(self.grid, fixed, quality_first, former, told)
        told(0.9)
        known = () if before is None else self._known(before)
        self.plan: Plan = self._plan(self.seats.pairs, set(fixed), self.seats.proved, Method.BEST, known)
        told(1.0)

    def _known(self, before: Round) -> list[ProposedPair]:
        """Pairs of the plan before that score what they did: of the same two people by the same settings."""
        if self.programme != before.programme:
            return []
        if self.participants is before.participants:
            return list(before.plan.pairs)
        if len(self.participants) == len(before.participants):
            both = zip(self.participants, before.participants, strict=True)
            other = {p.enrolment.id for new, old in both if new is not old for p in (new, old)}
        else:
            there = dict(zip(map(_ID, before.participants), before.participants, strict=True))
            other = {p.enrolment.id for p in self.participants if there.pop(p.enrolment.id, None) is not p}
            other |= there.keys()
        return [pair for pair in before.plan.pairs if pair.mentor not in other and pair.mentee not in other]

    def _same_people(self, before: Round) -> bool:
        """True where only decisions differ: locks, bans, what comes first."""
        return self.programme == before.programme and (
            self.participants is before.participants or self.participants == before.participants
        )

    @property
    def mentors(self) -> tuple[Participant, ...]:
        """The rows: who has a place left, by enrolment id."""
        return tuple(self.grid.mentors)

    @property
    def mentees(self) -> tuple[Participant, ...]:
        """The columns: who has no tandem, by enrolment id; in mutual programmes the same as ``mentors``."""
        return tuple(self.grid.mentees)

    def changed(
        self,
        *,
        programme: Programme | None = None,
        participants: Iterable[Participant] | None = None,
        locked: Collection[PairIds] | None = None,
        banned: Collection[PairIds] | None = None,
        quality_first: bool | None = None,
        progress: Progress | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Round:
        """The round with something else, solved from where this one stands. What is left out stays."""
        return Round(
            programme or self.programme,
            self.participants if participants is None else participants,
            supervisors=self.supervisors,
            existing=self.existing,
            locked=self.locked if locked is None else locked,
            banned=self.banned if banned is None else banned,
            quality_first=self.quality_first if quality_first is None else quality_first,
            progress=progress,
            cancelled=cancelled,
            before=self,
        )

    def without(self, pair: PairIds) -> Without:
        """ "Not this one": the next best plan that does not hold ``pair``, in either direction if mutual."""
        other = self.changed(locked=self.locked - {pair, pair[::-1]}, banned=self.banned | {pair})
        return Without(
            round=other,
            pairs_lost=len(self.plan.pairs) - len(other.plan.pairs),
            points_lost=self.plan.total - other.plan.total,
        )

    def alternatives(self, pairs: Iterable[PairIds] | None = None) -> dict[PairIds, Alternative]:
        """For each pair of the plan that is not locked: whom the two would get without it, and what that costs."""
        wanted = [pair.ids for pair in self.plan.pairs if not pair.locked]
        chosen = set(wanted) if pairs is None else set(pairs)
        mine = [pair for pair in wanted if pair in chosen]
        if self.seats.market is None:
            plans, mutual = ((pair, self.without(pair).round.plan) for pair in mine), self.grid.mutual
            return {pair: alternatives.compared(self.plan, other, pair, mutual=mutual) for pair, other in plans}
        return alternatives.of_market(self.grid, self.seats.market, mine)

    def second_best(self, pairs: Iterable[PairIds]) -> tuple[second_best.Found, second_best.Found]:
        """For mentors and for mentees of ``pairs``: the allowed partner with the most points of whom they don't get."""
        return second_best.second_best(self.grid, pairs)

    def check(self, pair: PairIds) -> PairCheck:
        """What rules and scores say about a mentor with a place and a mentee without a tandem.

        Fault "pairing.lock_impossible" for two who can't be a pair at all.
        """
        i, j = self.grid.cell(pair)
        broken = int(self.grid.broken(np.array([i]), np.array([j]))[0])
        found = reasons(self.grid.scores, np.array([i]), np.array([j]))[0]
        hard = int(self.grid.rules.hard)
        return PairCheck(
            blocked_by=in_order(broken & hard),
            warnings=in_order(broken & ~hard),
            score=sum(reason.points for reason in found),
            reasons=found,
            unmet=self.grid.rules.unmet(i, j),
        )

    def matrix(self) -> Matrix:
        """Every pair's score and whether a rule blocks it or warns, for a heat map."""
        return comparing.matrix(self.grid)

    def partners(self, who: EnrolmentId, *, mentor: bool) -> tuple[Candidate, ...]:
        """Everybody whom ``who`` could have as a mentee (``mentor``) or as a mentor, allowed ones first, best first."""
        return comparing.partners(self.grid, who, TandemSide.MENTOR if mentor else TandemSide.MENTEE)

    def ranks(self, plan: Plan) -> tuple[Rank, ...]:
        """Which choice everybody's partner is by this round's scores."""
        return comparing.ranks(self.grid, plan)

    def compared(self, one: Plan, other: Plan) -> Comparison:
        """Two plans side by side, by this round's scores."""
        return comparing.compared(self.grid, one, other)

    def ways_out(self) -> WaysOut:
        """What would free those whom rules leave without a partner."""
        fixed = [self.grid.cell(pair) for pair in sorted(self.locked)]
        return ways_out.ways_out(self.grid, self.plan, fixed)

    def apart_by_hand(self, pairs: Iterable[PairIds]) -> tuple[PairIds, ...]:
        """Those of the pairs that could be one here but for a ban of them."""
        return comparing.ruled_out_alone(self.grid, pairs)

    def ranked(self) -> Rankings:
        """How many on each side gave wishes."""
        return ranking.rankings(self.grid)

    def stable(self) -> Plan:
        """The second method: a plan in which no two would rather have each other; see `ranking`."""
        fixed = [self.grid.cell(pair) for pair in sorted(self.locked)]
        return self._plan(ranking.stable(self.grid, fixed), set(fixed), True, Method.STABLE)

    def blocking_pairs(self, plan: Plan) -> tuple[PairIds, ...]:
        """Two who would rather have each other than whom they have in ``plan``, by wishes, then scores."""
        return ranking.blocking_pairs(self.grid, [self.grid.cell(ids) for ids in plan.ids()])

    def _plan(
        self, pairs: list[Cell], fixed: set[Cell], proved: bool, method: Method, known: Iterable[ProposedPair] = ()
    ) -> Plan:
        chosen = proposed(self.grid, pairs, fixed, {pair.ids: pair for pair in known})
        left = left_over(self.grid, pairs, self.quality_first and method is Method.BEST)
        return Plan(
            pairs=chosen,
            left_mentors=tuple([who for who in left if who.side is TandemSide.MENTOR]),
            left_mentees=tuple([who for who in left if who.side is TandemSide.MENTEE]),
            total=sum([pair.score for pair in chosen]),
            free_places=0 if self.grid.mutual else int(self.grid.room.sum()) - len(pairs),
            quality_first=self.quality_first,
            proved=proved,
            method=method,
        )


class _Steps:
    """Tells how far it is, and asks whether to go on."""

    def __init__(self, progress: Progress, cancelled: Callable[[], bool]) -> None:
        self._progress, self._cancelled = progress, cancelled

    def __call__(self, done: float) -> None:
        self.check()
        self._progress(done)

    def check(self) -> None:
        if self._cancelled():
            raise Cancelled()
