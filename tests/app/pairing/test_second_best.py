"""Who of the others would score most with somebody of a plan, held against everybody's list of candidates."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pairing_changes import line_of
from pairing_people import crowd, programme, someone, told_more

from app.domain.ids import EnrolmentId
from app.domain.programmes import ProgrammeKind, Role
from app.pairing import scores
from app.pairing.rounds import Round


def best(
    round_: Round, who: EnrolmentId, taken: set[EnrolmentId], *, mentor: bool
) -> tuple[EnrolmentId, int] | None:
    for one in round_.partners(who, mentor=mentor):
        if not one.blocked_by and not one.ruled_out and one.enrolment not in taken:
            return one.enrolment, one.score
    return None


@pytest.mark.parametrize("both", [0.0, 0.8])
@pytest.mark.parametrize("kind", [ProgrammeKind.REVERSE, ProgrammeKind.MUTUAL])
@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_the_second_best_is_the_first_of_the_candidates_whom_one_does_not_get(
    kind: ProgrammeKind, both: float, seed: int
) -> None:
    people = told_more(crowd(16, seed, both=both, capacity=2), seed)
    round_ = Round(programme(kind), people, supervisors=line_of(people))
    pairs = round_.plan.ids()
    mentors, mentees = round_.second_best(pairs)
    for mentor, mentee in pairs:
        got, theirs = ({other for one in pairs if who in one for other in one} - {who} for who in (mentor, mentee))
        assert mentors.get(mentor) == best(round_, mentor, got, mentor=True)
        assert mentees.get(mentee) == best(round_, mentee, theirs, mentor=False)


def test_it_is_the_same_read_in_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    people = told_more(crowd(40, 5, capacity=2), 5)
    round_ = Round(programme(), people, supervisors=line_of(people))
    whole = round_.second_best(round_.plan.ids())
    assert whole[0]
    monkeypatch.setattr("app.pairing.grid.BLOCK", 3)
    assert scores.BLOCK > 3
    assert round_.second_best(round_.plan.ids()) == whole
    assert round_.second_best([]) == ({}, {})


def test_an_alternative_gives_nobody_the_other_side() -> None:
    people = [someone(1, Role.BOTH), someone(2, Role.BOTH)]
    round_ = Round(programme(), people, supervisors={})
    (pair,) = round_.plan.ids()
    assert round_.without(pair).round.plan.ids() == (pair[::-1],)
    one = round_.alternatives()[pair]
    assert (one.mentor_gets, one.mentee_gets, one.pairs_lost) == (None, None, 0)
