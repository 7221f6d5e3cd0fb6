from __future__ import annotations

from datetime import date

import pytest

from app.exchange.columns import guess_mapping
from app.exchange.drafts import read_drafts
from app.exchange.levels import Scale, Sign, scale_of
from app.exchange.problems import Code

HEADER = ("Pers.-Nr.", "Name", "Position", "Karrierestufe", "Vorgesetzte/r")


def scale(*rows: tuple[str, ...]) -> Scale | None:
    table = (HEADER, *rows)
    return scale_of(table, guess_mapping(table))


@pytest.mark.parametrize("boss", ["007", "7", "Groß, Ada", "Ada Groß", "Gross, Ada"])
def test_who_supervises_whom_tells_the_top(boss: str) -> None:
    chief = ("007", "Groß, Ada", "", "5", "")
    found = scale(chief, ("8", "Kurz, Li", "", "2", boss))
    assert found == Scale(lowest=2, highest=5, top=5, sign=Sign.SUPERVISORS)
    found = scale(("007", "Groß, Ada", "", "1", ""), ("8", "Kurz, Li", "", "2", boss))
    assert found is not None
    assert (found.top, found.sign) == (1, Sign.SUPERVISORS)


@pytest.mark.parametrize(
    ("position", "level", "top"),
    [
        ("Geschäftsführer", "9", 9),
        ("Geschäftsführung", "1", 1),
        ("Abteilungsleiterin", "9", 9),
        ("Head of Sales", "9", 9),
        ("Azubi", "9", 1),
        ("Trainee Einkauf", "1", 6),
        ("Auszubildende", "1", 6),
    ],
)
def test_positions_tell_the_top(position: str, level: str, top: int) -> None:
    found = scale(("1", "A", position, level, ""), ("2", "B", "Referent", "5", ""), ("3", "C", "Expertin", "6", ""))
    assert found is not None
    assert (found.top, found.sign) == (top, Sign.POSITIONS)


def test_nothing_tells_the_top() -> None:
    found = scale(("1", "A", "", "3", ""), ("2", "B", "", "5", ""))
    assert found == Scale(lowest=3, highest=5, top=1, sign=Sign.NONE)
    assert scale(("1", "A", "", "3", ""), ("2", "B", "", "3", "")) is None
    assert scale() is None
    assert scale_of((("Name",), ("A",)), guess_mapping((("Name",), ("A",)))) is None


def test_a_turned_scale_begins_at_its_top() -> None:
    table = (HEADER, ("1", "A", "", "5", ""), ("2", "B", "", "1", ""), ("3", "C", "", "6", ""))
    first, last, beyond = read_drafts(table, guess_mapping(table), today=date(2026, 3, 1), top=5)
    assert (first.level, last.level, beyond.level) == (1, 5, None)
    assert [problem.code for problem in beyond.problems] == [Code.LEVEL]
