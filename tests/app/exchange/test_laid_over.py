from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from app.domain.ids import PersonId
from app.domain.people import Person
from app.exchange.columns import guess_mapping
from app.exchange.drafts import Draft, read_drafts
from app.exchange.fields import Field
from app.exchange.merge import Catalogue, fresh, merged
from app.exchange.problems import Code, problem_text
from app.exchange.roster import ImportPlan, Status, plan_import
from app.exchange.tables import read_table
from app.i18n import speaking

SAMPLES = Path(__file__).parents[2] / "samples"
TODAY = date(2026, 3, 1)
BOSSES = ("Personal-Nr.", "Nachname", "Vorname", "E-Mail", "Vorgesetzte/r", "Ebene")


def drafts_of(rows: Sequence[Sequence[str]]) -> tuple[Draft, ...]:
    return read_drafts(rows, guess_mapping(rows, 0), today=TODAY)


def plan_of(rows: Sequence[Sequence[str]], people: Sequence[Person] = ()) -> ImportPlan:
    return plan_import(drafts_of(rows), people, (), ())


def found(plan: ImportPlan) -> list[tuple[int, Code]]:
    return [(problem.row, problem.code) for row in plan.rows for problem in row.problems]


def person(number: int, given: str, family: str, **more: object) -> Person:
    return Person(id=PersonId(number), given_name=given, family_name=family, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["mitarbeitende", "mentees", "mentors"])
def test_somebody_new_is_the_row_laid_over_nobody(name: str) -> None:
    catalogue = Catalogue((), (), house="", language="de")
    for number, draft in enumerate(drafts_of(read_table(SAMPLES / f"{name}.csv").rows)):
        nobody = person(number, "", "")
        boss = PersonId(999) if number % 2 else None
        assert fresh(nobody.id, draft, boss, catalogue) == merged(nobody, draft, boss, catalogue)[0]


def test_the_newer_line_wins_in_a_reorganisation() -> None:
    chief, other = person(2, "Bo", "B", personnel_number="2"), person(3, "Cy", "C", personnel_number="3")
    below = person(1, "Al", "A", personnel_number="1", supervisor=chief.id)
    rows = [BOSSES, ("1", "A", "Al", "", "", ""), ("2", "B", "Bo", "", "1", ""), ("3", "C", "Cy", "", "2", "")]
    plan = plan_of(rows, [below, chief, other])
    assert {(one.id, one.supervisor) for one in plan.people_to_update} == {
        (below.id, None), (chief.id, below.id), (other.id, chief.id),
    }  # fmt: skip
    row = plan.rows[0]
    assert (row.status, row.changed) == (Status.CHANGED, (Field.SUPERVISOR,))
    assert found(plan) == [(2, Code.SUPERVISOR_SUPERSEDED)]
    with speaking("de"):
        assert "„B, Bo“" in problem_text(row.problems[0])
        assert "„A, Al“" in problem_text(row.problems[0])
    again = plan_of(rows, [*(one for one in plan.people_to_update)])
    assert not again.writes_something
