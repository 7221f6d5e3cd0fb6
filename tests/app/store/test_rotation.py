"""Which copies stay, whatever the dates are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.store.rotation import Copy, kept

START = datetime(2026, 1, 5, 12, tzinfo=UTC)  # a Monday
COPIES = st.lists(
    st.tuples(st.integers(0, 400 * 24 * 60), st.integers(1, 3), st.booleans()),
    max_size=60,
    unique_by=lambda one: one[0],
).map(
    lambda many: [
        Copy(f"{minutes}", START + timedelta(minutes=minutes), schema, verified) for minutes, schema, verified in many
    ]
)


@given(COPIES)
def test_the_last_verified_copy_always_stays(copies: list[Copy]) -> None:
    verified = [copy for copy in copies if copy.verified]
    stay = kept(copies)
    assert stay <= {copy.name for copy in copies}
    if verified:
        assert max(verified, key=lambda copy: copy.at).name in stay


@given(COPIES)
def test_the_newest_three_stay_and_no_more_than_promised(copies: list[Copy]) -> None:
    stay = kept(copies)
    newest = sorted(copies, key=lambda copy: copy.at)[-3:]
    assert {copy.name for copy in newest} <= stay
    assert len(stay) <= 3 + 7 + 4 + 3 + 1


@given(COPIES)
def test_every_one_of_the_last_seven_days_and_four_weeks_keeps_its_best(copies: list[Copy]) -> None:
    stay = [copy for copy in copies if copy.name in kept(copies)]
    spans: tuple[tuple[int, Callable[[Copy], Any]], ...] = (
        (7, lambda copy: copy.at.date()),
        (4, lambda copy: copy.at.isocalendar()[:2]),
    )
    for most, span in spans:
        for place in sorted({span(copy) for copy in copies}, reverse=True)[:most]:
            all_then = [copy for copy in copies if span(copy) == place]
            best = max(all_then, key=lambda copy: (copy.verified, copy.at))
            assert best in stay


@given(COPIES)
def test_a_second_rotation_removes_nothing(copies: list[Copy]) -> None:
    stay = kept(copies)
    assert kept([copy for copy in copies if copy.name in stay]) == stay


@given(COPIES)
def test_the_order_they_are_found_in_does_not_matter(copies: list[Copy]) -> None:
    assert kept(copies) == kept(copies[::-1])


def test_a_year_of_days_leaves_a_week_of_days_and_a_month_of_weeks() -> None:
    there: list[Copy] = []
    for day in range(365):
        there.append(Copy(f"{day:03}", START + timedelta(days=day), 1, True))
        stay = kept(there)
        there = [copy for copy in there if copy.name in stay]
    days = [(START + timedelta(days=364) - copy.at).days for copy in there]
    assert sorted(days)[:7] == list(range(7))
    assert 14 <= max(days) <= 28
    assert len(there) == 9  # this week's and the last one's best are among the days


def test_the_copy_before_a_migration_stays() -> None:
    old = Copy("old", START, 1, True)
    new = [Copy(f"{day}", START + timedelta(days=day), 2, True) for day in range(100, 200)]
    assert "old" in kept([old, *new])


def test_an_unverified_copy_never_displaces_the_verified_one_of_its_day() -> None:
    good = Copy("good", START, 1, True)
    bad = [Copy(f"bad {minute}", START + timedelta(minutes=minute), 1, False) for minute in range(1, 9)]
    assert "good" in kept([good, *bad])
