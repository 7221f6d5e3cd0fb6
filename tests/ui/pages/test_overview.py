from __future__ import annotations

from datetime import date

import pytest

from app import i18n
from app.domain.ids import ProgrammeId
from app.domain.programmes import Programme
from ui.pages.overview import stations


@pytest.mark.parametrize("start", [date(2026, 3, 2), None])
def test_an_end_at_the_end_of_the_calendar_is_no_obstacle(start: date | None) -> None:
    i18n.set_language("de")
    programme = Programme(id=ProgrammeId(1), title="Runde", starts_on=start, ends_on=date.max)
    shown = stations(programme, date(2026, 5, 4))
    assert [one.note for one in shown][-2:] == ["31.12.9999", ""]


def test_the_days_around_a_programme() -> None:
    i18n.set_language("de")
    programme = Programme(
        id=ProgrammeId(1), title="Runde", starts_on=date(2026, 3, 2), planned_meetings=3, rhythm_days=28
    )
    shown = stations(programme, date(2026, 3, 10))
    assert [one.note for one in shown] == [
        "19.01.2026", "16.02.2026", "02.03.2026", "09.03.2026", "30.03.2026", "27.04.2026", "11.05.2026",
    ]  # fmt: skip
    assert [one.state for one in shown].index("current") == 3
