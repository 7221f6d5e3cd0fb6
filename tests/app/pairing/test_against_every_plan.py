""" "Not this one" and the ways out, held against every plan there is: capacities, locks, bans, quality first."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st
from pairing_changes import line_of
from pairing_oracles import every_plan, exhaustive
from pairing_people import crowd, only, programme, told_more

from app.domain.programmes import NEVER_EASED, Criterion, Programme, ProgrammeKind, Rule, Strictness
from app.pairing.plan import examine
from app.pairing.proposals import PairCheck, PairIds
from app.pairing.rounds import Round

STRICT = dict.fromkeys((Rule.SAME_TEAM, Rule.LEVEL, Rule.LANGUAGE), Strictness.HARD)


class Case:
    """Seven people with their round, and what every pair of them scores and breaks, found pair by pair."""

    def __init__(self, seed: int, chosen: Programme, *, quality_first: bool, lock: bool) -> None:
        people = told_more(crowd(7, seed, capacity=3), seed)
        line = line_of(people)
        self.mentors, self.mentees = [p for p in people if p.teaches], [p for p in people if p.learns]
        self.room = [p.capacity for p in self.mentors]
        self.checks: list[list[PairCheck]] = [
            [examine(chosen, a, b, supervisors=line) for b in self.mentees] for a in self.mentors
        ]
        self.score = [[check.score for check in row] for row in self.checks]
        cell = seed % len(self.mentors), seed // 7 % len(self.mentees)
        self.locked = [cell] if lock else []
        self.round = Round(
            chosen, people, supervisors=line, locked=[self.ids(cell) for cell in self.locked],
            quality_first=quality_first,
        )  # fmt: skip

    def ids(self, cell: tuple[int, int]) -> PairIds:
        return self.mentors[cell[0]].id, self.mentees[cell[1]].id

    def allowed(self, eased: frozenset[Rule] = frozenset()) -> list[list[bool]]:
        return [
            [(i, j) in self.locked or set(check.blocked_by) <= eased for j, check in enumerate(row)]
            for i, row in enumerate(self.checks)
        ]

    def most(self, eased: frozenset[Rule]) -> int:
        plans = every_plan(self.allowed(eased), self.room)
        return max(len(plan) for plan in plans if set(self.locked) <= set(plan))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.booleans(), st.booleans(), st.sampled_from([None, *Criterion]))
def test_not_this_one_costs_what_the_next_best_of_all_plans_has_less(
    seed: int, quality_first: bool, lock: bool, alone: Criterion | None
) -> None:
    chosen = programme(ProgrammeKind.CLASSIC) if alone is None else only(alone, ProgrammeKind.CLASSIC)
    case = Case(seed, chosen, quality_first=quality_first, lock=lock)
    alternatives, plan = case.round.alternatives(), case.round.plan
    for i, j in [(i, j) for i in range(len(case.mentors)) for j in range(len(case.mentees))]:
        pair = next((one for one in plan.pairs if one.ids == case.ids((i, j))), None)
        if pair is None or pair.locked:
            continue
        allowed = case.allowed()
        allowed[i][j] = False
        best = exhaustive(case.score, allowed, case.room, case.locked, quality_first)
        cost = len(plan.pairs) - len(best), plan.total - sum(case.score[a][b] for a, b in best)
        without, other = case.round.without(pair.ids), alternatives[pair.ids]
        assert list(without.round.plan.ids()) == [case.ids(cell) for cell in best]
        assert (without.pairs_lost, without.points_lost) == (other.pairs_lost, other.points_lost) == cost


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.booleans())
def test_no_smaller_set_of_changes_would_do(seed: int, lock: bool) -> None:
    chosen = replace(programme(ProgrammeKind.REVERSE), rules=STRICT)
    case = Case(seed, chosen, quality_first=False, lock=lock)
    plan, found = case.round.plan, case.round.ways_out()
    if not plan.left_mentees or not (plan.left_mentors or plan.free_places):
        assert (found.rules, found.exceptions) == ((), ())
        return
    loose = sorted({rule for row in case.checks for check in row for rule in check.blocked_by} - NEVER_EASED)
    gains = {
        rules: pairs
        for many in range(1, len(loose) + 1)
        for some in combinations(loose, many)
        if (pairs := case.most(rules := frozenset(some))) > len(plan.pairs)
    }
    fewest = min(map(len, gains), default=0)
    told = {one.rules: one.pairs for one in found.rules}
    assert {rules: pairs for rules, pairs in gains.items() if len(rules) == fewest}.items() <= told.items()
    assert told.items() <= gains.items()
    every = [p for p in every_plan(case.allowed(frozenset(loose)), case.room) if set(case.locked) <= set(p)]
    most = max(map(len, every))

    def broken(pairs: list[tuple[int, int]]) -> tuple[int, int]:
        rules = [len(case.checks[i][j].blocked_by) for i, j in pairs if (i, j) not in case.locked]
        return sum(map(bool, rules)), sum(rules)

    cells = {case.ids((i, j)): (i, j) for i in range(len(case.mentors)) for j in range(len(case.mentees))}
    assert found.pairs_with_exceptions == most
    assert broken([cells[one] for one in found.exceptions]) == min(broken(p) for p in every if len(p) == most)
