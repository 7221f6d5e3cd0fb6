"""The plan as a whole: what it promises to an officer."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pairing_people import crowd, offers, only, programme, seeks, someone

from app.domain.ids import EnrolmentId, PersonId
from app.domain.programmes import Criterion, EnrolmentState, Programme, ProgrammeKind, Role, Rule
from app.domain.tandems import TandemSide
from app.errors import Cancelled, Fault
from app.pairing import mutual
from app.pairing.explain import Barrier, Cause
from app.pairing.participants import Participant
from app.pairing.plan import Plan, examine, propose

MENTEE, BOTH = Role.MENTEE, Role.BOTH


def ids(*pairs: tuple[int, int]) -> list[tuple[EnrolmentId, EnrolmentId]]:
    return [(EnrolmentId(mentor), EnrolmentId(mentee)) for mentor, mentee in pairs]


def who(plan: Plan) -> list[tuple[int, int]]:
    return [(pair.mentor, pair.mentee) for pair in plan.pairs]


def line_of(people: list[Participant]) -> dict[PersonId, PersonId | None]:
    return {p.person.id: p.person.supervisor for p in people}


def test_the_forbidden_pair_never_takes_part() -> None:
    # A-a 3, A-b 1, B-a 1 out of 3, B-b forbidden.
    skills = only(Criterion.SKILLS)
    people = [
        someone(1, skills=(offers(1, 3), offers(2, 1))),
        someone(2, skills=(offers(1, 1),), vetoed=(4,)),
        someone(3, MENTEE, skills=(seeks(1, 3),)),
        someone(4, MENTEE, skills=(seeks(2, 3),)),
    ]
    assert who(propose(skills, people, supervisors={})) == [(1, 4), (2, 3)]
    best = propose(skills, people, supervisors={}, quality_first=True)
    assert who(best) == [(1, 3)]
    assert [(left.enrolment, left.cause) for left in best.left_mentors] == [(2, Cause.TAKEN)]


@pytest.mark.parametrize("kind", ProgrammeKind)
@pytest.mark.parametrize("seed", range(4))
def test_shuffled_people_give_the_same_plan(kind: ProgrammeKind, seed: int) -> None:
    people = crowd(60, seed, both=0.4, capacity=3)
    line = line_of(people)
    plan = propose(programme(kind), people, supervisors=line)
    for again in range(3):
        random.Random(again).shuffle(people)
        assert propose(programme(kind), people, supervisors=line) == plan


@pytest.mark.parametrize("kind", ProgrammeKind)
@pytest.mark.parametrize("seed", range(4))
def test_a_plan_keeps_the_rules_and_its_sums(kind: ProgrammeKind, seed: int) -> None:
    people = crowd(80, seed, both=0.3, capacity=2)
    line = line_of(people)
    plan = propose(programme(kind), people, supervisors=line)
    by_id = {p.id: p for p in people}
    assert len(plan.pairs) > 25
    for pair in plan.pairs:
        found = examine(programme(kind), by_id[pair.mentor], by_id[pair.mentee], supervisors=line)
        assert found.blocked_by == ()
        assert (found.score, found.reasons, found.warnings) == (pair.score, pair.reasons, pair.warnings)
        assert sum(reason.points for reason in pair.reasons) == pair.score
        assert by_id[pair.mentor].teaches
        assert by_id[pair.mentee].learns
    assert plan.total == sum(pair.score for pair in plan.pairs)
    mentors, mentees = [m for m, _ in who(plan)], [m for _, m in who(plan)]
    assert len(set(mentees)) == len(mentees)
    assert not {(b, a) for a, b in who(plan)} & set(who(plan))
    if kind is ProgrammeKind.MUTUAL:
        assert len({*mentors, *mentees}) == 2 * len(plan.pairs)
    else:
        assert all(mentors.count(i) <= by_id[EnrolmentId(i)].capacity for i in mentors)
        left = {left.enrolment for left in plan.left_mentees}
        assert left == {p.id for p in people if p.learns} - set(mentees)
        assert {left.enrolment for left in plan.left_mentors} == {p.id for p in people if p.teaches} - set(mentors)


def test_left_over_people_are_told_which_rule_blocks_how_many() -> None:
    boss = someone(1, MENTEE, languages=("Deutsch",))
    below = [someone(n, supervisor=PersonId(1), languages=("English",)) for n in range(2, 9)]
    foreign = [someone(n, languages=("English",)) for n in range(9, 14)]
    plan = propose(programme(), [boss, *below, *foreign], supervisors=line_of([boss, *below]))
    assert plan.pairs == ()
    (left,) = plan.left_mentees
    assert (left.side, left.cause, left.candidates, left.allowed) == (TandemSide.MENTEE, Cause.BLOCKED, 12, 0)
    assert left.barriers == (Barrier(rule=Rule.SUPERVISION, count=7), Barrier(rule=Rule.LANGUAGE, count=5))
    assert len(plan.left_mentors) == 12


def test_nobody_on_the_other_side_taken_and_too_low() -> None:
    alone = propose(programme(), [someone(1)], supervisors={})
    assert [left.cause for left in alone.left_mentors] == [Cause.NOBODY_THERE]
    two = propose(programme(), [someone(1), someone(2), someone(3, MENTEE)], supervisors={})
    assert who(two) == [(1, 3)]
    assert [(left.enrolment, left.cause) for left in two.left_mentors] == [(2, Cause.TAKEN)]
    mismatch = [someone(1, skills=(offers(1, 4),)), someone(2, MENTEE, skills=(seeks(2, 4),))]
    low = propose(only(Criterion.SKILLS), mismatch, supervisors={}, quality_first=True)
    assert [left.cause for left in low.left_mentees] == [Cause.TOO_LOW]


def test_tandems_that_exist_take_up_places() -> None:
    people = [someone(1, capacity=2), someone(2), someone(3, MENTEE), someone(4, MENTEE), someone(5, MENTEE)]
    plan = propose(programme(), people, supervisors={}, existing=ids((1, 3)))
    assert who(plan) == [(1, 4), (2, 5)]
    assert plan.free_places == 0
    full = propose(programme(), people, supervisors={}, existing=ids((1, 3), (1, 4), (2, 5)))
    assert (full.pairs, full.left_mentors, full.left_mentees) == ((), (), ())


def test_withdrawn_people_take_no_part() -> None:
    people = [someone(1, state=EnrolmentState.WITHDRAWN), someone(2, MENTEE)]
    assert propose(programme(), people, supervisors={}).pairs == ()


@pytest.mark.parametrize("kind", ProgrammeKind)
def test_locks_and_bans(kind: ProgrammeKind) -> None:
    people = [someone(1), someone(2, vetoed=(4,)), someone(3, MENTEE), someone(4, MENTEE)]
    locked = propose(programme(kind), people, supervisors={}, locked=ids((2, 4)))
    assert who(locked) == [(1, 3), (2, 4)]
    assert [pair.locked for pair in locked.pairs] == [False, True]
    assert locked.pairs[1].warnings == (Rule.VETO,)
    banned = propose(programme(kind), people, supervisors={}, banned=ids((1, 4)))
    assert who(banned) == [(1, 3)]
    (left,) = banned.left_mentees
    assert left.barriers == (Barrier(rule=Rule.VETO, count=1), Barrier(rule=None, count=1))


@pytest.mark.parametrize(
    ("kind", "locked"),
    [
        (ProgrammeKind.REVERSE, [(1, 9)]),
        (ProgrammeKind.REVERSE, [(3, 1)]),
        (ProgrammeKind.REVERSE, [(1, 3), (2, 3)]),
        (ProgrammeKind.REVERSE, [(1, 3), (1, 4)]),
        (ProgrammeKind.REVERSE, [(5, 5)]),
        (ProgrammeKind.MUTUAL, [(1, 2)]),
        (ProgrammeKind.MUTUAL, [(1, 5), (5, 3)]),
        (ProgrammeKind.MUTUAL, [(5, 5)]),
    ],
)
def test_impossible_locks_are_refused(kind: ProgrammeKind, locked: list[tuple[int, int]]) -> None:
    people = [someone(1), someone(2), someone(3, MENTEE), someone(4, MENTEE), someone(5, BOTH)]
    with pytest.raises(Fault) as refused:
        propose(programme(kind), people, supervisors={}, locked=ids(*locked))
    assert refused.value.code == "pairing.lock_impossible"


def test_progress_and_cancel() -> None:
    people = crowd(40, 1)
    told: list[float] = []
    propose(programme(), people, supervisors={}, progress=told.append)
    assert told == sorted(told)
    assert (told[0], told[-1]) == (0.0, 1.0)
    with pytest.raises(Cancelled):
        propose(programme(), people, supervisors={}, cancelled=lambda: True)


# People on both sides.


def test_somebody_can_be_mentor_in_one_tandem_and_mentee_in_another() -> None:
    people = [someone(1), someone(2, BOTH), someone(3, MENTEE)]
    assert who(propose(programme(), people, supervisors={})) == [(1, 2), (2, 3)]


def test_nobody_mentors_their_own_mentor() -> None:
    plan = propose(programme(), [someone(1, BOTH), someone(2, BOTH)], supervisors={})
    assert who(plan) == [(1, 2)]
    assert plan.proved
    locked = propose(programme(), [someone(1, BOTH), someone(2, BOTH)], supervisors={}, locked=ids((2, 1)))
    assert who(locked) == [(2, 1)]
    there = propose(programme(), [someone(1, BOTH), someone(2, BOTH)], supervisors={}, existing=ids((2, 1)))
    assert who(there) == []
    three = [someone(n, BOTH) for n in (1, 2, 3)]
    assert who(propose(programme(), three, supervisors={})) == [(1, 2), (2, 3), (3, 1)]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.booleans())
def test_plans_without_the_way_back_are_the_best(seed: int, quality_first: bool) -> None:
    people = crowd(5, seed, both=0.8)
    line = line_of(people)
    chosen = programme(ProgrammeKind.CLASSIC)
    plan = propose(chosen, people, supervisors=line, quality_first=quality_first)
    best = max(worth(edges, quality_first) for edges in plans(chosen, people, line, quality_first))
    assert worth([(p.mentor, p.mentee, p.score) for p in plan.pairs], quality_first) == best
    assert plan.proved


Edges = list[tuple[int, int, int]]


def worth(edges: Edges, quality_first: bool) -> tuple[int, int]:
    return (0 if quality_first else len(edges)), sum(score for _, _, score in edges)


def scored(chosen: Programme, people: list[Participant], line: dict[PersonId, PersonId | None]) -> Edges:
    edges: Edges = []
    for a, b in itertools.permutations(people, 2):
        found = examine(chosen, a, b, supervisors=line)
        if a.teaches and b.learns and not found.blocked_by:
            edges.append((a.id, b.id, found.score))
    return edges


def plans(
    chosen: Programme, people: list[Participant], line: dict[PersonId, PersonId | None], positive: bool
) -> list[Edges]:
    """Every plan for people with one place each."""
    found: list[Edges] = [[]]
    for edge in scored(chosen, people, line):
        if positive and edge[2] <= 0:
            continue
        found += [
            [*plan, edge]
            for plan in found
            if all(a != edge[0] and b != edge[1] and (b, a) != edge[:2] for a, b, _ in plan)
        ]
    return found


# Mutual programmes.


def matchings(edges: Edges) -> list[Edges]:
    found: list[Edges] = [[]]
    for edge in edges:
        found += [[*plan, edge] for plan in found if all(not {a, b} & set(edge[:2]) for a, b, _ in plan)]
    return found


@pytest.mark.parametrize("few", [False, True])
@pytest.mark.parametrize("quality_first", [False, True])
def test_mutual_pairs_are_the_best(few: bool, quality_first: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if few:  # the way of large programmes: the nearest pairs, then those that could still be better
        monkeypatch.setattr(mutual, "_ALL", 0)
        monkeypatch.setattr(mutual, "_NEAREST", (1, 2))
    chosen = programme(ProgrammeKind.MUTUAL)
    for seed in range(20):
        people = crowd(7, seed, both=0.7)
        line = line_of(people)
        plan = propose(chosen, people, supervisors=line, quality_first=quality_first)
        edges = {(min(a, b), max(a, b)): (a, b, score) for a, b, score in reversed(scored(chosen, people, line))}
        best = max(worth(plan, quality_first) for plan in matchings(list(edges.values())))
        assert worth([(p.mentor, p.mentee, p.score) for p in plan.pairs], quality_first) == best
        assert plan.proved


def test_mutual_ways_give_the_same_plan_whatever_the_order(monkeypatch: pytest.MonkeyPatch) -> None:
    people = crowd(60, 5, both=0.8)
    line = line_of(people)
    chosen = programme(ProgrammeKind.MUTUAL)
    plan = propose(chosen, people, supervisors=line)
    assert propose(chosen, people[::-1], supervisors=line) == plan
    monkeypatch.setattr(mutual, "_ALL", 0)
    assert propose(chosen, people, supervisors=line) == plan


def test_mutual_groups_of_odd_numbers_are_proved_by_prices_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    # Two languages, five and seven people: one is left over in each, which no price of pairs alone would show.
    monkeypatch.setattr(mutual, "_ALL", 0)
    monkeypatch.setattr(mutual, "_MANY", 0)
    people = [someone(n, BOTH, languages=("Deutsch" if n <= 5 else "Polski",), level=n % 4 + 1) for n in range(1, 13)]
    plan = propose(programme(ProgrammeKind.MUTUAL), people, supervisors={})
    assert len(plan.pairs) == 5
    assert plan.proved


def test_mutual_a_ban_of_others_changes_no_pair() -> None:
    people = [someone(n, BOTH) for n in range(1, 11)]  # all plans are equal
    chosen = programme(ProgrammeKind.MUTUAL)
    plan = propose(chosen, people, supervisors={})
    (one, other), (third, fourth) = plan.ids()[:2]
    assert propose(chosen, people, supervisors={}, banned=[(one, third), (other, fourth)]).ids() == plan.ids()


def test_mutual_two_triangles_are_paired_across() -> None:
    # Rings of three, linked by one pair: the cover likes the rings best, three pairs need the link.
    wishes = {1: (2, 3), 2: (3, 1), 3: (1, 2), 4: (5, 6), 5: (6, 4), 6: (4, 5)}
    people = [someone(n, BOTH, wished=wished) for n, wished in wishes.items()]
    plan = propose(only(Criterion.WISHES, ProgrammeKind.MUTUAL), people, supervisors={})
    assert len(plan.pairs) == 3


def test_mutual_with_two_given_sides_is_exact() -> None:
    people = [someone(1), someone(2), someone(3, MENTEE), someone(4, MENTEE)]
    plan = propose(programme(ProgrammeKind.MUTUAL), people, supervisors={})
    assert who(plan) == [(1, 3), (2, 4)]
    assert plan.proved


def test_mutual_existing_tandems_take_both_people() -> None:
    people = [someone(n, BOTH) for n in (1, 2, 3, 4)]
    plan = propose(programme(ProgrammeKind.MUTUAL), people, supervisors={}, existing=ids((1, 3)))
    assert who(plan) == [(2, 4)]


def test_mutual_left_over_by_rule() -> None:
    people = [someone(1, BOTH), someone(2, BOTH), someone(3, BOTH, vetoed=(1, 2))]
    plan = propose(programme(ProgrammeKind.MUTUAL), people, supervisors={})
    (left,) = plan.left_mentees
    assert (left.enrolment, left.candidates, left.barriers) == (3, 2, (Barrier(rule=Rule.VETO, count=2),))
