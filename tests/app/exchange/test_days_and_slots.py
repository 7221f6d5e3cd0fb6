from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.people import SLOTS
from app.exchange.columns import guess_mapping
from app.exchange.days import first_day_of
from app.exchange.drafts import Draft, read_drafts
from app.exchange.problems import Code, problem_text
from app.exchange.slots import slots_of
from app.i18n import speaking

TODAY = date(2026, 3, 1)


def draft_of(header: str, cell: str) -> Draft:
    table = (("Name", header), ("Weiß, Anna", cell))
    return read_drafts(table, guess_mapping(table, 0), today=TODAY)[0]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2020", date(2020, 1, 1)),
        ("02/2020", date(2020, 2, 1)),
        ("2.2020", date(2020, 2, 1)),
        ("2020-02", date(2020, 2, 1)),
        ("März 2020", date(2020, 3, 1)),
        ("Mar. 2020", date(2020, 3, 1)),
        ("Okt 19", date(2019, 10, 1)),
        ("seit 2019", date(2019, 1, 1)),
        ("since May 2019", date(2019, 5, 1)),
        ("Q3 2019", date(2019, 7, 1)),
        ("2. Quartal 2019", date(2019, 4, 1)),
    ],
)
def test_dates_without_a_day_are_their_first_and_told(text: str, day: date) -> None:
    draft = draft_of("Eintrittsdatum", text)
    assert draft.entry_date == day
    assert [problem.code for problem in draft.problems] == [Code.DATE_ROUGH]
    with speaking("de"):
        assert day.strftime("%d.%m.%Y") in problem_text(draft.problems[0])


@pytest.mark.parametrize(
    ("text", "day"),
    [("3-Feb-20", date(2020, 2, 3)), ("seit 03.02.2020", date(2020, 2, 3)), ("3.Feb.2020", date(2020, 2, 3))],
)
def test_dates_with_a_day_are_taken_as_they_are(text: str, day: date) -> None:
    draft = draft_of("Eintrittsdatum", text)
    assert (draft.entry_date, draft.problems) == (day, ())


@pytest.mark.parametrize("text", ["1820", "13/2020", "Blub 2020", "seit langem", "2045", "20"])
def test_what_is_no_date(text: str) -> None:
    assert first_day_of(text, today=TODAY) is None


def bits(*names: str) -> int:
    return sum(1 << SLOTS.index(name) for name in names)


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("Mo-Fr", (1 << 10) - 1),
        ("Mo bis Mi", bits("mon_am", "mon_pm", "tue_am", "tue_pm", "wed_am", "wed_pm")),
        ("Di+Do nachm.", bits("tue_pm", "thu_pm")),
        ("Di und Do", bits("tue_am", "tue_pm", "thu_am", "thu_pm")),
        ("montags 9-12 Uhr", bits("mon_am")),
        ("Mi 13:30 - 16:00 Uhr", bits("wed_pm")),
        ("Fr 10-15", bits("fri_am", "fri_pm")),
        ("Mo ab 14 Uhr; Di bis 12 Uhr", bits("mon_pm", "tue_am")),
        ("Do 9-11 Uhr, 14-16 Uhr", bits("thu_am", "thu_pm")),
        ("Tue & Thu mornings", bits("tue_am", "thu_am")),
        ("Mo-Mi vormittags", bits("mon_am", "tue_am", "wed_am")),
        ("flexibel", (1 << 10) - 1),
        ("vormittags", bits("mon_am", "tue_am", "wed_am", "thu_am", "fri_am")),
        ("oft", None),
        ("Mo vielleicht", None),
        ("Mo 17-9 Uhr", None),
        ("nach Absprache", None),
        ("12", None),
    ],
)
def test_slots(text: str, slots: int | None) -> None:
    assert slots_of(text) == slots


def test_a_week_that_was_only_meant_is_told() -> None:
    assert [problem.code for problem in draft_of("Verfügbarkeit", "flexibel").problems] == [Code.AVAILABILITY_WEEK]
    assert draft_of("Verfügbarkeit", "Mo-Fr").problems == ()
    assert [problem.code for problem in draft_of("Verfügbarkeit", "oft").problems] == [Code.AVAILABILITY]


@given(st.text(max_size=40))
def test_nothing_breaks_them(text: str) -> None:
    first_day_of(text, today=TODAY)
    slots_of(text)


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("Mo am Nachmittag", slots_of("Mo nachmittags")), ("Mon am", slots_of("Mo vormittags")),
        ("montags am Abend", None), ("Mo außer vormittags", None), ("Mo nicht nachmittags", None),
        ("Mo-Do, vormittags", slots_of("Mo-Do vormittags")),
    ],
)  # fmt: skip
def test_what_would_be_read_the_wrong_way_is_not_read(text: str, slots: int | None) -> None:
    assert slots_of(text) == slots
