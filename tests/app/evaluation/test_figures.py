"""The figures of a programme, worked out by hand on small cases."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.ids import (
    EnrolmentId,
    GoalId,
    MeetingId,
    MemberId,
    OrganisationId,
    PersonId,
    ProgrammeId,
    TandemId,
    TopicId,
)
from app.domain.meetings import Goal, GoalOwner, Meeting, Mode
from app.domain.people import Person
from app.domain.tandems import Member, Tandem, TandemSide, TandemState
from app.evaluation.figures import DepartmentPair, ProgrammeFigures, programme_figures

TODAY = date(2026, 4, 15)


def person(number: int, department: str = "", organisation: int | None = None) -> Person:
    return Person(
        id=PersonId(number),
        given_name="P",
        family_name=str(number),
        department=department,
        organisation=None if organisation is None else OrganisationId(organisation),
    )


def tandem(number: int, mentor: int, mentee: int, state: TandemState = TandemState.ACTIVE) -> Tandem:
    members = tuple(
        Member(id=MemberId(who), enrolment=EnrolmentId(who), person=PersonId(who), side=side)
        for who, side in ((mentor, TandemSide.MENTOR), (mentee, TandemSide.MENTEE))
    )
    return Tandem(id=TandemId(number), programme=ProgrammeId(1), number=number, state=state, members=members)


def meeting(
    tandem_number: int,
    planned: date | None = None,
    held: date | None = None,
    minutes: int | None = None,
    mode: Mode = Mode.IN_PERSON,
    topics: tuple[int, ...] = (),
) -> Meeting:
    return Meeting(
        id=MeetingId(1),
        tandem=TandemId(tandem_number),
        number=1,
        planned_on=planned,
        held_on=held,
        minutes=minutes,
        mode=mode,
        topics=tuple(TopicId(topic) for topic in topics),
    )


def goal(tandem_number: int, now: int, owner: GoalOwner = GoalOwner.MENTEE, baseline: int = 0, target: int = 4) -> Goal:
    return Goal(id=GoalId(1), tandem=TandemId(tandem_number), owner=owner, baseline=baseline, target=target, now=now)


def figures(
    tandems: list[Tandem],
    meetings: list[Meeting] | None = None,
    goals: list[Goal] | None = None,
    people: list[Person] | None = None,
) -> ProgrammeFigures:
    return programme_figures(tandems, meetings or [], goals or [], people or [], TODAY)


def test_an_empty_programme_has_figures_of_zero() -> None:
    empty = figures([])
    assert (empty.tandems, empty.planned, empty.held, empty.late, empty.minutes) == (0, 0, 0, 0, 0)
    assert empty.months == ()
    assert empty.topics == ()
    assert empty.department_pairs == ()
    assert empty.goals.mean is None
    assert empty.goals.bands is None


def test_meetings_are_counted_as_planned_held_late_and_by_mode() -> None:
    found = figures(
        [tandem(1, 1, 2)],
        [
            meeting(1, date(2026, 2, 2), date(2026, 2, 4), 60, Mode.VIDEO),
            meeting(1, date(2026, 3, 2)),
            meeting(1, date(2026, 4, 15)),
            meeting(1, date(2026, 6, 1)),
            meeting(1, None, date(2026, 4, 1), 45),
            meeting(1, None, date(2026, 4, 2)),
            meeting(99, date(2026, 1, 1), date(2026, 1, 1), 600),
        ],
    )
    assert (found.planned, found.planned_until_today, found.held_of_planned) == (4, 3, 1)
    assert (found.held, found.unplanned, found.late, found.minutes, found.timed) == (3, 2, 1, 105, 2)
    assert dict(found.modes) == {Mode.IN_PERSON: 2, Mode.VIDEO: 1, Mode.PHONE: 0}


def test_what_a_closed_tandem_left_open_is_neither_planned_nor_late_and_a_paused_one_is_not_late() -> None:
    tandems = [tandem(1, 1, 2, TandemState.ENDED), tandem(2, 3, 4, TandemState.PAUSED)]
    found = figures(
        tandems,
        [
            meeting(1, date(2026, 2, 2), date(2026, 2, 2), 60),
            meeting(1, date(2026, 3, 2)),
            meeting(1),  # without a day it was never planned, so it did not fall away
            meeting(2, date(2026, 3, 2)),
        ],
    )
    assert (found.planned, found.held, found.late, found.dropped) == (2, 1, 0, 1)
    assert dict(found.states)[TandemState.ENDED] == 1
    assert sum(count for _, count in found.states) == found.tandems == 2


def test_months_run_without_gaps_over_the_turn_of_the_year() -> None:
    found = figures([tandem(1, 1, 2)], [meeting(1, date(2025, 11, 3), date(2026, 1, 7))])
    assert [(m.month.year, m.month.month, m.planned, m.held) for m in found.months] == [
        (2025, 11, 1, 0),
        (2025, 12, 0, 0),
        (2026, 1, 0, 1),
    ]


def test_a_mistyped_year_does_not_stretch_the_months() -> None:
    found = figures([tandem(1, 1, 2)], [meeting(1, date(202, 1, 1)), meeting(1, date(9999, 12, 31))])
    assert [month.month for month in found.months] == [date(202, 1, 1), date(9999, 12, 1)]


def test_topics_are_ranked_by_meetings_then_tandems() -> None:
    day = date(2026, 2, 2)
    found = figures(
        [tandem(1, 1, 2), tandem(2, 3, 4)],
        [
            meeting(1, day, day, topics=(7, 8, 8)),
            meeting(2, day, day, topics=(8, 9)),
            meeting(1, day, day, topics=(7,)),
            meeting(1, day, topics=(9, 9)),
            meeting(2, day, day),
        ],
    )
    assert [(topic.topic, topic.meetings, topic.tandems) for topic in found.topics] == [(8, 2, 2), (7, 2, 1), (9, 1, 1)]
    assert found.meetings_with_topics == 3


def test_departments_and_organisations_crossed() -> None:
    people = [person(1, "Vertrieb"), person(2, "IT"), person(3, "it "), person(4, "vertrieb", 5), person(5, "")]
    found = figures([tandem(1, 1, 2), tandem(2, 3, 4), tandem(3, 1, 4), tandem(4, 1, 5)], people=people)
    assert (found.departments_known, found.across_departments, found.across_organisations) == (3, 2, 2)
    assert found.department_pairs == (DepartmentPair(departments=("IT", "Vertrieb"), tandems=2),)


def test_goal_attainment_of_five_people_has_a_mean_and_bands() -> None:
    tandems = [tandem(number, number, 100 + number) for number in range(5)]
    goals = [goal(0, 0), goal(1, 1), goal(2, 2), goal(3, 4), goal(4, 9), goal(4, 3, baseline=3, target=3)]
    found = figures(tandems, goals=goals).goals
    assert (found.goals, found.measurable, found.people) == (6, 5, 5)
    assert found.mean == pytest.approx((0 + 0.25 + 0.5 + 1 + 1) / 5)
    assert found.bands == (1, 1, 1, 2)


def test_goal_attainment_of_four_people_is_not_shown() -> None:
    tandems = [tandem(number, number, 100 + number) for number in range(5)]
    found = figures(tandems, goals=[goal(number, 2) for number in (0, 1, 2, 3, 3)]).goals
    assert (found.people, found.mean, found.bands) == (4, None, None)


def test_a_goal_of_both_counts_two_people() -> None:
    tandems = [tandem(number, number, 100 + number) for number in range(3)]
    found = figures(tandems, goals=[goal(number, 2, GoalOwner.BOTH) for number in range(3)]).goals
    assert (found.people, found.mean) == (6, 0.5)


def test_a_small_department_hides_itself_and_the_one_that_would_give_it_away() -> None:
    departments = ["A"] * 5 + ["B"] * 6 + ["C"] * 2
    people = [person(100 + number, department) for number, department in enumerate(departments)]
    tandems = [tandem(number, number, 100 + number) for number in range(len(departments))]
    found = figures(tandems, goals=[goal(number, 2) for number in range(len(departments))], people=people).goals
    assert [(group.department, group.people, group.mean) for group in found.by_department] == [
        ("A", 5, None),
        ("B", 6, 0.5),
        ("C", 2, None),
    ]
