from __future__ import annotations

from pathlib import Path

import pytest

from app.exchange.columns import guess_mapping
from app.exchange.fields import Field
from app.exchange.grades import GradeSign, Guess, grade_key, grades_of, guesses
from app.exchange.tables import read_table

SAMPLES = Path(__file__).parents[2] / "samples"


def test_names_of_levels_are_counted() -> None:
    rows = read_table(SAMPLES / "mentors.csv").rows
    mapping = guess_mapping(rows)
    found = grades_of(rows, mapping)
    assert set(found) >= {"SCS1", "Grade 7", "HEO"}
    assert sum(found.values()) == len(rows) - 1
    assert list(found.values()) == sorted(found.values(), reverse=True)
    assert grades_of(rows, mapping.with_field(5, None)) == {}


def test_one_name_in_several_spellings_is_one() -> None:
    rows = [("Name", "Ebene"), *(("Weiß", cell) for cell in ("senior", "Senior", "Senior", "SENIOR ", "3", "–", "HEO"))]
    mapping = guess_mapping(rows).with_field(1, Field.LEVEL)
    assert grades_of(rows, mapping) == {"Senior": 4, "HEO": 1}
    assert grade_key("SENIOR ") == grade_key("senior")


@pytest.mark.parametrize(
    ("name", "guess"),
    [
        ("Senior", Guess(level=3, sign=GradeSign.KNOWN)),
        ("Senior Consultant", Guess(level=3, sign=GradeSign.ALIKE, like="senior")),
        ("Senior Manager", Guess(level=2, sign=GradeSign.KNOWN)),
        ("Senior Manager East", Guess(level=2, sign=GradeSign.ALIKE, like="senior manager")),
        ("Senior Junior", None),
        ("Grade 7", Guess(level=7, sign=GradeSign.NUMBER)),
        ("Grade 12", None),
        ("Band 3-4", None),
        ("HEO", None),
    ],
)
def test_what_a_name_may_stand_for(name: str, guess: Guess | None) -> None:
    known = {"senior": 3, "junior": 6, "senior manager": 2}
    assert guesses([name], known).get(name) == guess
