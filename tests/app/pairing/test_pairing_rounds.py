"""A round at work: every change gives the plan that a round made anew would have; alternatives, ways out, ranks."""

from __future__ import annotations

import random
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pairing_changes import anew, change, changes, line_of
from pairing_oracles import exhaustive
from pairing_people import crowd, offers, only, programme, seeks, someone, told_more

from app.domain.ids import EnrolmentId, PersonId
from app.domain.programmes import Criterion, ProgrammeKind, Role, Rule, Strictness
from app.domain.tandems import TandemSide
from app.errors import Fault
from app.pairing import market
from app.pairing.participants import Participant
from app.pairing.plan import examine, propose
from app.pairing.protocol import protocol
from app.pairing.repair import Repair
from app.pairing.rounds import Round

MENTEE, BOTH = Role.MENTEE, Role.BOTH
Pair = tuple[EnrolmentId, EnrolmentId]


def ids(*pairs: tuple[int, int]) -> list[Pair]:
    return [(EnrolmentId(mentor), EnrolmentId(mentee)) for mentor, mentee in pairs]


# Every plan there is


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 10**6), st.booleans(), st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=4))
def test_a_round_has_the_best_of_all_plans(seed: int, quality_first: bool, picks: list[tuple[int, int]]) -> None:
    people = told_more(crowd(8, seed, capacity=2), seed)
    mentors, mentees = [p for p in people if p.teaches], [p for p in people if p.learns]
    line, chosen = line_of(people), programme(ProgrammeKind.CLASSIC)
    checks = [[examine(chosen, a, b, supervisors=line) for b in mentees] for a in mentors]
    cells = dict.fromkeys(picks)
    locked = list(cells)[:1]
    banned = [cell for cell in cells if cell not in locked]
    allowed = [
        [(i, j) in locked or not (check.blocked_by or (i, j) in banned) for j, check in enumerate(row)]
        for i, row in enumerate(checks)
    ]
    score = [[check.score for check in row] for row in checks]
    best = exhaustive(score, allowed, [p.capacity for p in mentors], locked, quality_first)
    random.Random(seed).shuffle(people)
    ids_of = [(mentors[i].id, mentees[j].id) for i, j in best]
    plan = propose(
        chosen, people, supervisors=line, quality_first=quality_first,
        locked=[(mentors[i].id, mentees[j].id) for i, j in locked],
        banned=[(mentors[i].id, mentees[j].id) for i, j in banned],
    )  # fmt: skip
    assert list(plan.ids()) == ids_of
    assert plan.total == sum(score[i][j] for i, j in best)


# Changes


@settings(max_examples=120, deadline=None)
@given(st.integers(0, 10**6), changes(), st.sampled_from([4, 12, 40]), st.integers(1, 3))
def test_a_changed_round_has_the_plan_of_a_new_one(
    seed: int, steps: list[tuple[str, int]], size: int, capacity: int
) -> None:
    people = told_more(crowd(size, seed, capacity=capacity), seed)
    round_ = Round(programme(ProgrammeKind.CLASSIC), people, supervisors=line_of(people))
    for what, number in steps:
        round_ = change(round_, what, number)
        assert round_.plan == anew(round_)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), changes(), st.sampled_from(list(ProgrammeKind)))
def test_rounds_with_people_on_both_sides_change_alike(
    seed: int, steps: list[tuple[str, int]], kind: ProgrammeKind
) -> None:
    people = told_more(crowd(12, seed, both=0.5), seed)
    round_ = Round(programme(kind), people, supervisors=line_of(people))
    for what, number in steps:
        if what.startswith("lock"):
            continue
        round_ = change(round_, what, number)
        assert round_.plan == anew(round_)


def test_many_equal_scores_change_to_the_lowest_ids() -> None:
    people = [*[someone(n, capacity=2) for n in range(1, 9)], *[someone(n, MENTEE) for n in range(11, 27)]]
    round_ = Round(programme(), people, supervisors={})
    for pair in ids((1, 11), (2, 13), (3, 3), (8, 26)):
        round_ = round_.changed(banned=round_.banned | {pair})
        assert round_.plan == anew(round_)
    round_ = round_.changed(locked=ids((4, 11), (4, 26)))
    assert round_.plan == anew(round_)


# Not this one


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.booleans())
def test_alternatives_say_what_a_plan_without_the_pair_says(seed: int, quality_first: bool) -> None:
    people = told_more(crowd(16, seed, capacity=2), seed)
    round_ = Round(programme(), people, supervisors=line_of(people), quality_first=quality_first)
    found = round_.alternatives()
    assert list(found) == [pair.ids for pair in round_.plan.pairs]
    for pair, alternative in found.items():
        without = round_.without(pair)
        plan = propose(programme(), people, supervisors=line_of(people), banned=[pair], quality_first=quality_first)
        assert without.round.plan == plan
        lost = len(round_.plan.pairs) - len(plan.pairs), round_.plan.total - plan.total
        assert (without.pairs_lost, without.points_lost) == lost
        assert (alternative.pairs_lost, alternative.points_lost) == lost
        assert lost[0] > 0 or lost[1] >= 0


def test_an_alternative_names_whom_the_two_would_get() -> None:
    people = [
        someone(1, skills=(offers(1, 4),)),
        someone(2, skills=(offers(1, 2),)),
        someone(3, MENTEE, skills=(seeks(1, 4),)),
        someone(4, MENTEE),
    ]
    round_ = Round(only(Criterion.SKILLS), people, supervisors={})
    assert round_.plan.ids() == tuple(ids((1, 3), (2, 4)))
    found = round_.alternatives(ids((1, 3)))
    (one,) = found.values()
    assert (one.pair, one.mentor_gets, one.mentee_gets, one.pairs_lost, one.points_lost) == ((1, 3), 4, 2, 0, 500)
    locked = round_.changed(locked=ids((1, 3)))
    assert list(locked.alternatives()) == ids((2, 4))
    (alone,) = locked.alternatives().values()
    assert (alone.mentor_gets, alone.mentee_gets, alone.pairs_lost) == (None, None, 1)
    mutual = Round(programme(ProgrammeKind.MUTUAL), people, supervisors={})
    assert {pair: bool(one.mentor_gets) for pair, one in mutual.alternatives().items()} == dict.fromkeys(
        mutual.plan.ids(), True
    )


# Looking at it


@pytest.mark.parametrize("kind", ProgrammeKind)
def test_matrix_candidates_and_ranks_agree_with_single_checks(kind: ProgrammeKind) -> None:
    people = told_more(crowd(30, 5, both=0.3, capacity=2), 5)
    line = line_of(people)
    by_id = {p.id: p for p in people}
    round_ = Round(programme(kind), people, supervisors=line)
    matrix = round_.matrix()
    assert matrix.mentors == tuple(p.id for p in round_.mentors)
    for i, mentor in enumerate(matrix.mentors):
        for j, mentee in enumerate(matrix.mentees):
            one, other = by_id[mentor], by_id[mentee]
            if kind is ProgrammeKind.MUTUAL and (mentor > mentee or not (one.teaches and other.learns)):
                continue
            single = examine(programme(kind), one, other, supervisors=line)
            assert bool(matrix.blocked[i, j]) == bool(single.blocked_by)
            if mentor != mentee:
                assert (matrix.score[i, j], matrix.warned[i, j]) == (single.score, bool(single.warnings))
                assert round_.check((mentor, mentee)) == single
    who = round_.plan.pairs[0].mentor
    candidates = round_.partners(who, mentor=True)
    allowed = [one.score for one in candidates if not one.blocked_by and not one.ruled_out]
    assert allowed == sorted(allowed, reverse=True)
    for rank in round_.ranks(round_.plan):
        mine = round_.partners(rank.enrolment, mentor=rank.side is TandemSide.MENTOR)
        open_ = [one for one in mine if not one.blocked_by and not one.ruled_out]
        score = next(one.score for one in mine if one.enrolment == rank.partner)
        assert rank.of == len(open_)
        assert rank.rank == 1 + sum(one.score > score for one in open_)


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 10**6), st.sampled_from(list(ProgrammeKind)), st.sampled_from([0.0, 0.3, 0.8]), st.integers(1, 3),
    st.sampled_from([3, 512]), st.integers(0, 50),
)  # fmt: skip
def test_ranks_are_those_of_everybodys_list_of_partners(
    seed: int, kind: ProgrammeKind, both: float, capacity: int, block: int, pick: int
) -> None:
    people = told_more(crowd(12, seed, both=both, capacity=capacity), seed)
    round_ = Round(programme(kind), people, supervisors=line_of(people))
    two = [(one, other) for one in people for other in people if one is not other]
    apart = [(one.id, other.id) for one, other in two if one.teaches and other.learns]
    with suppress(Fault):  # perhaps against a rule, which ranks all the same
        round_ = round_.changed(locked=[apart[pick % len(apart)]])
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("app.pairing.grid.BLOCK", block)
        found = round_.ranks(round_.plan)
    for rank in found:
        others = round_.partners(rank.enrolment, mentor=rank.side is TandemSide.MENTOR)
        (mine,) = [one for one in others if one.enrolment == rank.partner]
        free = [one for one in others if one is mine or not one.blocked_by and not one.ruled_out]
        assert (rank.rank, rank.of) == (1 + sum(one.score > mine.score for one in free), len(free))
    sides = [(rank.side, rank.enrolment, rank.partner) for rank in found]
    assert sides == [
        *((TandemSide.MENTOR, one, other) for one, other in sorted(round_.plan.ids())),
        *((TandemSide.MENTEE, other, one) for one, other in sorted(round_.plan.ids(), key=lambda pair: pair[::-1])),
    ]


def test_two_plans_side_by_side() -> None:
    people = [someone(1), someone(2), someone(3, MENTEE), someone(4, MENTEE), someone(5, MENTEE)]
    round_ = Round(programme(), people, supervisors={})
    other = round_.without(ids((1, 3))[0]).round.plan
    found = round_.compared(round_.plan, other)
    assert found.only_one == tuple(ids((1, 3), (2, 4)))
    assert set(found.only_other) == set(other.ids())
    assert found.both == ()
    assert found.counts == (2, 2)
    assert found.totals == (round_.plan.total, other.total)
    lost = [change for change in found.ranks if change.other is None]
    gone = {mentee for _, mentee in round_.plan.ids()} - {mentee for _, mentee in other.ids()}
    assert {(change.side, change.enrolment) for change in lost} == {(TandemSide.MENTEE, mentee) for mentee in gone}


def test_ranks_by_wishes_are_told_beside_those_by_score() -> None:
    crossed = {1: (4, 3), 2: (3, 4, 9), 3: (2, 1)}  # everybody wishes for whom they score least with
    people = [
        someone(1, wished=crossed[1], skills=(offers(1, 4),)),
        someone(2, wished=crossed[2], skills=(offers(2, 4),)),
        someone(3, MENTEE, wished=crossed[3], skills=(seeks(1, 4),)),
        someone(4, MENTEE, wished=(9,), skills=(seeks(2, 4),)),  # for nobody who is here
    ]
    round_ = Round(programme(weights={Criterion.WISHES: 0}), people, supervisors={})
    best, stable = round_.plan, round_.stable()
    assert (best.ids(), stable.ids()) == (((1, 3), (2, 4)), ((1, 4), (2, 3)))
    found = round_.compared(best, stable)
    assert found.wishing == 3
    assert found.first_wishes == (0, 3)
    assert found.best_by_score == (4, 0)
    told = {(rank.enrolment, rank.partner): (rank.rank, rank.wish) for rank in round_.ranks(best)}
    assert told == {(1, 3): (1, 2), (2, 4): (1, 2), (3, 1): (1, 2), (4, 2): (1, None)}
    unwished = Round(programme(), [someone(1), someone(2, MENTEE)], supervisors={})
    assert unwished.compared(unwished.plan, unwished.plan).wishing == 0


def test_a_mentor_of_several_has_one_first_wish() -> None:
    people = [someone(1, capacity=2, wished=(2,)), someone(2, MENTEE), someone(3, MENTEE, wished=(1,))]
    round_ = Round(programme(ProgrammeKind.CLASSIC), people, supervisors={})
    found = round_.compared(round_.plan, round_.plan)
    assert (found.wishing, found.first_wishes) == (2, (2, 2))
    assert {(rank.partner, rank.wish) for rank in round_.ranks(round_.plan) if rank.enrolment == 1} == {(2, 1), (3, 0)}


# Ways out


def blocked_by(rules: dict[Rule, Strictness], *people: Participant) -> Round:
    return Round(programme(rules=rules), people, supervisors=line_of(list(people)))


def test_ways_out_name_the_smallest_set_of_rules() -> None:
    hard = {Rule.SAME_TEAM: Strictness.HARD, Rule.SAME_PROJECT: Strictness.HARD}
    both: dict[str, Any] = {"team": "Nord", "project": "P"}
    round_ = blocked_by(hard, someone(1, **both), someone(2, team="Nord"), someone(3, MENTEE, **both))
    found = round_.ways_out()
    assert [(way.enrolment, way.sets) for way in found.people] == [
        (1, (frozenset({Rule.SAME_TEAM, Rule.SAME_PROJECT}),)),
        (2, (frozenset({Rule.SAME_TEAM}),)),
        (3, (frozenset({Rule.SAME_TEAM}),)),
    ]
    assert [(one.rules, one.pairs) for one in found.rules] == [(frozenset({Rule.SAME_TEAM}), 1)]
    assert (found.exceptions, found.pairs_with_exceptions) == (tuple(ids((2, 3))), 1)


def test_no_way_out_loosens_what_must_stay() -> None:
    boss = someone(3, MENTEE)
    round_ = blocked_by({}, someone(1, supervisor=PersonId(3)), someone(2, vetoed=(3,)), boss)
    found = round_.ways_out()
    assert [way.sets for way in found.people] == [(), (), ()]
    assert (found.rules, found.exceptions, found.pairs_with_exceptions) == ((), (), 0)


def test_exceptions_are_as_few_as_can_be() -> None:
    hard = {Rule.SAME_TEAM: Strictness.HARD}
    people = [
        someone(1, team="A"), someone(2, team="A"), someone(3, team="B"),
        someone(4, MENTEE, team="A"), someone(5, MENTEE, team="A"), someone(6, MENTEE, team="A"),
    ]  # fmt: skip
    round_ = blocked_by(hard, *people)
    assert len(round_.plan.pairs) == 1
    found = round_.ways_out()
    assert (len(found.exceptions), found.pairs_with_exceptions) == (2, 3)
    with_them = round_.changed(locked=found.exceptions)
    assert len(with_them.plan.pairs) == 3


def test_with_quality_first_only_what_quality_pairs_is_promised() -> None:
    hard = {Rule.SAME_TEAM: Strictness.HARD}
    people = [
        someone(1, team="A", level=1), someone(2, team="B", level=5),
        someone(3, MENTEE, team="A", level=1), someone(4, MENTEE, team="B", level=3),
    ]  # fmt: skip
    levels = replace(only(Criterion.LEVEL), rules=hard)
    round_ = Round(levels, people, supervisors={}, quality_first=True)
    assert round_.plan.ids() == tuple(ids((2, 3)))  # nobody gains by the first mentor, with or without the rule
    found = round_.ways_out()
    assert (found.rules, found.exceptions, found.pairs_with_exceptions) == ((), (), 1)
    people[0] = someone(1, team="A", level=3)
    found = Round(levels, people, supervisors={}, quality_first=True).ways_out()
    assert [(one.rules, one.pairs) for one in found.rules] == [(frozenset({Rule.SAME_TEAM}), 2)]
    assert (found.exceptions, found.pairs_with_exceptions) == (tuple(ids((1, 3), (2, 4))), 2)


@settings(max_examples=100, deadline=None)
@given(
    st.integers(0, 10**6), st.sampled_from(list(ProgrammeKind)), st.sampled_from([0.0, 0.3, 0.8]), st.integers(3, 9),
    st.booleans(), st.integers(0, 3), st.sampled_from([None, Criterion.WISHES, Criterion.LEVEL]),
)  # fmt: skip
def test_what_ways_out_promise_comes_true(
    seed: int, kind: ProgrammeKind, both: float, count: int, quality_first: bool, some: int, alone: Criterion | None
) -> None:
    people = crowd(count, seed, both=both)
    line, usual = line_of(people), programme(kind) if alone is None else only(alone, kind)  # many pairs without a point
    strict = dict.fromkeys(
        (Rule.SAME_TEAM, Rule.SAME_PROJECT, Rule.LEVEL, Rule.LEVEL_NEAR, Rule.LANGUAGE), Strictness.HARD
    )
    chosen = replace(usual, rules={**usual.rules, **strict})
    picked = list(Round(usual, people, supervisors=line).plan.ids())[:some]
    locked, banned = picked[: some // 2], picked[some // 2 :]
    round_ = Round(
        chosen, people, supervisors=line, locked=locked, banned=banned, quality_first=quality_first
    )
    found = round_.ways_out()
    for one in found.rules:
        eased = replace(chosen, rules={**chosen.rules, **dict.fromkeys(one.rules, Strictness.WARNING)})
        assert len(round_.changed(programme=eased).plan.pairs) == one.pairs > len(round_.plan.pairs)
    if found.exceptions:
        with_them = round_.changed(locked=[*locked, *found.exceptions])
        assert len(with_them.plan.pairs) == found.pairs_with_exceptions


# The protocol


def test_the_protocol_counts_without_naming_what_is_confidential() -> None:
    people = [
        someone(1, vetoed=(4,), rivals=(3,)), someone(2, team="N"), someone(3, MENTEE, team="N"), someone(4, MENTEE)
    ]  # fmt: skip
    round_ = Round(programme(ProgrammeKind.CLASSIC), people, supervisors={}, banned=ids((2, 4)))
    found = protocol(round_)
    assert (found.people, found.mentors, found.mentees, found.places) == (4, 2, 2, 2)
    assert (found.candidates, found.allowed) == (4, 0)
    assert {one.reason: one.count for one in found.excluded} == {"confidential": 2, "same_team": 1, "ruled_out": 1}
    assert (found.pairs, found.left_mentors, found.left_mentees, found.total) == ((), 2, 2, 0)
    assert sum(share.points for share in found.shares) == 1000
    locked = protocol(round_.changed(locked=ids((1, 3))))
    assert [(line.mentor, line.warnings, line.locked) for line in locked.pairs] == [(1, ("confidential",), True)]
    assert all(sum(reason.points for reason in line.reasons) == line.score for line in locked.pairs)
    text = repr(replace(locked, pairs=())) + repr([line.warnings for line in locked.pairs])
    assert "veto" not in text.replace("Rule.VETO", "")
    assert "rival" not in text


def test_the_checksum_is_that_of_the_input() -> None:
    people = told_more(crowd(20, 1), 1)
    line = line_of(people)
    first = protocol(Round(programme(), people, supervisors=line)).checksum
    assert len(first) == 64
    random.Random(0).shuffle(people)
    again = Round(programme(), people, supervisors=dict(reversed(line.items())))
    assert protocol(again).checksum == first
    others = [
        again.changed(quality_first=True),
        again.changed(banned=[again.plan.pairs[0].ids]),
        again.changed(programme=programme(weights={Criterion.SKILLS: 9})),
        again.changed(participants=[replace(people[0], waited=not people[0].waited), *people[1:]]),
    ]
    assert len({first, *[protocol(other).checksum for other in others]}) == 5
    # Known answer: the canonical form may not change unnoticed.
    small = Round(programme(), [someone(1), someone(2, MENTEE)], supervisors={})
    assert protocol(small).checksum == protocol(small.changed(quality_first=False)).checksum


# Mended, not solved anew


def big_enough() -> Round:
    people = told_more(crowd(160, 4, capacity=2), 4)
    return Round(programme(), people, supervisors=line_of(people))


def test_one_change_is_mended(monkeypatch: pytest.MonkeyPatch) -> None:
    first = big_enough()
    pairs = [pair.ids for pair in first.plan.pairs]
    person = replace(first.participants[7].person, level=1, location="Jena", team="Team 2")
    people = [*first.participants[:7], replace(first.participants[7], person=person), *first.participants[8:]]
    other = (pairs[3][0], pairs[-3][1])
    changes: list[dict[str, Any]] = [
        {"banned": {pairs[5]}}, {"locked": {pairs[5]}}, {"locked": {other}}, {"participants": people}
    ]  # fmt: skip
    anew_plans = [anew(first.changed(**one)) for one in changes]
    monkeypatch.setattr(market, "_anew", lambda *_: pytest.fail("it was solved anew"))
    for one, plan in zip(changes, anew_plans, strict=True):
        assert first.changed(**one).plan == plan
    assert len(first.alternatives()) == len(pairs)


def test_a_repair_that_proves_nothing_is_solved_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    first = big_enough()
    banned = {first.plan.pairs[0].ids}
    plan = anew(first.changed(banned=banned))
    monkeypatch.setattr(Repair, "run", lambda *_: None)  # the pair stays, against the weights
    assert first.changed(banned=banned).plan == plan


def test_a_round_stays_as_it_was() -> None:
    first = big_enough()
    plan, net = first.plan, first.matrix().score.copy()
    pair = plan.pairs[4].ids
    first.without(pair)
    first.changed(locked=[(pair[0], plan.pairs[9].mentee)])
    first.alternatives()
    assert first.plan is plan
    assert anew(first) == plan
    assert (first.matrix().score == net).all()


def test_unchanged_pairs_are_the_same_records() -> None:
    first = big_enough()
    other = first.without(first.plan.pairs[0].ids).round
    before = {id(pair) for pair in first.plan.pairs}
    assert sum(id(pair) in before for pair in other.plan.pairs) > len(before) / 2
