"""Stable pairs: the known example, every small case, and nobody who would rather have each other."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pairing_changes import line_of
from pairing_people import crowd, programme, someone, told_more

from app.domain.ids import EnrolmentId
from app.domain.programmes import ProgrammeKind, Role
from app.errors import Bug
from app.pairing.plan import Method
from app.pairing.rounds import Round
from app.pairing.stable import blocking_pairs, deferred_acceptance

# The example of hospitals and residents that the library "matching" uses: capacity 2 each.
MENTEES = {"A": "C", "S": "CM", "D": "CMG", "L": "MCG", "J": "CGM"}
MENTORS = {"M": "DLSJ", "C": "DASLJ", "G": "DJL"}


def ranks(choices: dict[str, str], others: list[str]) -> Any:
    return np.array([[liked.find(other) for other in others] for liked in choices.values()])


def test_hospitals_and_residents() -> None:
    mentors, mentees = list(MENTORS), list(MENTEES)
    theirs, ours = ranks(MENTORS, mentees), ranks(MENTEES, mentors).T
    pairs = deferred_acceptance(theirs, ours, [2, 2, 2])
    found = {one: {mentees[j] for i, j in pairs if mentors[i] == one} for one in mentors}
    assert found == {"M": {"L", "S"}, "C": {"D", "A"}, "G": {"J"}}
    assert blocking_pairs(pairs, theirs, ours, [2, 2, 2]) == []
    assert blocking_pairs([], theirs, ours, [2, 2, 2]) == [
        (i, j) for i in range(3) for j in range(5) if theirs[i, j] >= 0 and ours[i, j] >= 0
    ]


@st.composite
def lists(draw: st.DrawFn) -> tuple[Any, Any, list[int]]:
    mentors, mentees = draw(st.integers(1, 3)), draw(st.integers(1, 4))
    theirs = [draw(st.permutations(range(mentees))) for _ in range(mentors)]
    ours = [draw(st.permutations(range(mentors))) for _ in range(mentees)]
    no = [[draw(st.booleans()) and draw(st.booleans()) for _ in range(mentees)] for _ in range(mentors)]
    hidden = np.array(no)
    return (
        np.where(hidden, -1, np.array(theirs)),
        np.where(hidden, -1, np.array(ours).T),
        [draw(st.integers(0, 2)) for _ in range(mentors)],
    )


@settings(max_examples=150, deadline=None)
@given(lists())
def test_it_is_the_stable_plan_that_every_mentee_likes_best(case: tuple[Any, Any, list[int]]) -> None:
    theirs, ours, room = case
    pairs = deferred_acceptance(theirs, ours, room)
    assert blocking_pairs(pairs, theirs, ours, room) == []
    stable = []
    choices = [[-1, *[i for i in range(len(room)) if ours[i, j] >= 0]] for j in range(theirs.shape[1])]
    for chosen in itertools.product(*choices):
        plan = [(i, j) for j, i in enumerate(chosen) if i >= 0]
        fits = all(sum(i == mentor for i, _ in plan) <= room[mentor] for mentor in range(len(room)))
        if fits and not blocking_pairs(plan, theirs, ours, room):
            stable.append(plan)
    assert pairs in [sorted(plan) for plan in stable]
    for plan in stable:
        assert {j for _, j in plan} == {j for _, j in pairs}
        other = {j: i for i, j in plan}
        assert all(ours[i, j] <= ours[other[j], j] for i, j in pairs)


def test_a_pair_that_would_rather_have_each_other_is_found() -> None:
    theirs, ours = np.array([[0, 1], [0, 1]]), np.array([[0, 0], [1, 1]])
    assert deferred_acceptance(theirs, ours, [1, 1]) == [(0, 0), (1, 1)]
    assert blocking_pairs([(0, 1), (1, 0)], theirs, ours, [1, 1]) == [(0, 0)]
    assert blocking_pairs([(0, 0)], theirs, ours, [1, 1]) == [(1, 1)]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("both", [0.0, 0.4])
def test_a_rounds_stable_plan_keeps_the_rules(seed: int, both: float) -> None:
    people = told_more(crowd(50, seed, both=both, capacity=2), seed)
    line = {p.person.id: p.person.supervisor for p in people}
    round_ = Round(programme(ProgrammeKind.CLASSIC), people, supervisors=line)
    assert round_.ranked().usable
    plan = round_.stable()
    assert plan.method is Method.STABLE
    assert round_.blocking_pairs(plan) == ()
    assert all(round_.check(pair.ids).blocked_by == () for pair in plan.pairs)
    assert plan.total <= round_.plan.total or len(plan.pairs) < len(round_.plan.pairs)
    assert not {pair[::-1] for pair in plan.ids()} & set(plan.ids())
    lock = round_.plan.pairs[0].ids
    assert lock in round_.changed(locked=[lock]).stable().ids()


def test_wishes_come_before_scores() -> None:
    people = [someone(1, wished=(4,)), someone(2), someone(3, Role.MENTEE), someone(4, Role.MENTEE, wished=(1,))]
    round_ = Round(programme(), people, supervisors={})
    assert (round_.ranked().mentors, round_.ranked().mentees) == (1, 1)
    assert round_.stable().ids() == ((1, 4), (2, 3))
    mutual = Round(programme(ProgrammeKind.MUTUAL), people, supervisors={})
    assert not mutual.ranked().usable
    with pytest.raises(Bug):
        mutual.stable()


def test_wishes_for_nobody_here_make_no_stable_plan() -> None:
    here = [someone(1, wished=(9, 2)), someone(2), someone(3, Role.MENTEE), someone(4, Role.MENTEE, wished=(8, 3, 4))]
    found = Round(programme(), here, supervisors={}).ranked()
    assert (found.mentors, found.mentees, found.usable) == (0, 0, False)  # gone, on the same side, or oneself
    one_side = [someone(1, wished=(4,)), someone(2), someone(3, Role.MENTEE), someone(4, Role.MENTEE, wished=(9,))]
    found = Round(programme(), one_side, supervisors={}).ranked()
    assert (found.mentors, found.mentees, found.usable) == (1, 0, False)
    both = Round(programme(), [someone(1, Role.BOTH, wished=(1,)), someone(2, Role.BOTH, wished=(2,))], supervisors={})
    assert not both.ranked().usable


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 10**6), st.booleans())
def test_nobody_mentors_their_own_mentor_in_a_stable_plan_with_locks(seed: int, turned: bool) -> None:
    people = told_more(crowd(7, seed, both=0.8), seed)
    first = Round(programme(), people, supervisors=line_of(people))
    ids = {p.enrolment.id: p for p in people}
    locked = list(first.plan.ids())[:1]
    if turned:  # the other direction, where the two can have it
        locked = [(b, a) for a, b in locked if ids[b].teaches and ids[a].learns] or locked
    round_ = first.changed(locked=locked)
    for plan in (round_.plan, round_.stable()):
        chosen = set(plan.ids())
        assert set(locked) <= chosen
        assert not {(b, a) for a, b in chosen} & chosen
        assert not {(b, a) for a, b in round_.blocking_pairs(plan)} & chosen


def test_a_lock_against_the_lower_id_is_the_only_direction() -> None:
    lock = (EnrolmentId(2), EnrolmentId(1))
    round_ = Round(programme(), [someone(1, Role.BOTH), someone(2, Role.BOTH)], supervisors={}, locked=[lock])
    assert round_.stable().ids() == (lock,)
    assert round_.blocking_pairs(round_.plan) == ()
