"""A second look at a stable plan promises what the stable plan then has, not what the best one would."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from pairing_changes import line_of
from pairing_people import crowd, only, programme, someone, told_more

from app.domain.ids import PersonId
from app.domain.programmes import Criterion, Role, Rule, Strictness
from app.pairing import second_stable
from app.pairing.rounds import Round

MENTEE = Role.MENTEE


def test_a_stable_plan_has_alternatives_of_its_own() -> None:
    people = [
        someone(1, wished=(3,), level=2), someone(2, level=9),
        someone(3, MENTEE, wished=(1,), level=6), someone(4, MENTEE, level=1),
    ]  # fmt: skip
    round_ = Round(only(Criterion.LEVEL), people, supervisors={})
    stable = round_.stable()
    assert (round_.plan.ids(), stable.ids()) == (((1, 4), (2, 3)), ((1, 3), (2, 4)))
    found = second_stable.alternatives(round_, stable)
    assert list(found) == [(1, 3), (2, 4)]
    one = found[stable.pairs[0].ids]
    assert (one.mentor_gets, one.mentee_gets) == (4, 2)
    assert (one.pairs_lost, one.points_lost) == (0, stable.total - round_.plan.total)


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from([0.0, 0.4]), st.integers(4, 10), st.booleans())
def test_what_it_says_comes_true(seed: int, both: float, count: int, quality_first: bool) -> None:
    strict = dict.fromkeys((Rule.SAME_TEAM, Rule.LANGUAGE, Rule.LEVEL_NEAR), Strictness.HARD)
    chosen, people = programme(rules=strict), told_more(crowd(count, seed, both=both), seed)
    people = [
        replace(p, confidence=replace(p.confidence, wished=tuple(PersonId((n * k + seed) % count + 1) for k in (1, 3))))
        for n, p in enumerate(people)
    ]
    round_ = Round(chosen, people, supervisors=line_of(people), quality_first=quality_first)
    round_ = round_.changed(locked={pair.ids for pair in round_.plan.pairs[:1]})
    plan = round_.stable()
    for pair, found in second_stable.alternatives(round_, plan).items():
        other = round_.changed(banned={pair}).stable()
        assert (found.pairs_lost, found.points_lost) == (len(plan.pairs) - len(other.pairs), plan.total - other.total)
    ways = second_stable.ways_out(round_, plan)
    for one in ways.rules:
        eased = replace(chosen, rules={**chosen.rules, **dict.fromkeys(one.rules, Strictness.WARNING)})
        assert len(round_.changed(programme=eased).stable().pairs) == one.pairs > len(plan.pairs)
    if ways.exceptions:
        with_them = round_.changed(locked={*round_.locked, *ways.exceptions}).stable()
        assert len(with_them.pairs) == ways.pairs_with_exceptions > len(plan.pairs)
