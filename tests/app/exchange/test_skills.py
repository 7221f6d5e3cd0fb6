from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exchange.columns import guess_mapping
from app.exchange.drafts import read_drafts
from app.exchange.footers import names_nobody
from app.exchange.problems import Code
from app.exchange.skills import SaidSkill, said_skill, skills_of


def read(text: str) -> list[tuple[str, int | None]]:
    return [(said.topic, said.level) for said in map(said_skill, skills_of(text))]


@pytest.mark.parametrize(
    ("text", "skills"),
    [
        ("CAD 2, Excel 3", [("CAD", 2), ("Excel", 3)]),
        ("Excel (3) CAD (2)", [("Excel", 3), ("CAD", 2)]),
        ("Excel (3) MS Project [2] SAP (1)", [("Excel", 3), ("MS Project", 2), ("SAP", 1)]),
        ("SAP Stufe 4; Excel, Level 2", [("SAP", 4), ("Excel", 2)]),
        ("SAP Stufe 9", [("SAP", 9)]),
        ("Word ***; Excel ★★☆☆", [("Word", 3), ("Excel", 2)]),
        ("CAD - 2; PPT – 3", [("CAD", 2), ("PPT", 3)]),
        ("Word (gut), PPT (Experte), SQL: advanced", [("Word", 2), ("PPT", 4), ("SQL", 3)]),
        ("Python (4/4); Java [3]", [("Python", 4), ("Java", 3)]),
        ("Windows 11; Office 365; ISO 9001", [("Windows 11", None), ("Office 365", None), ("ISO 9001", None)]),
        ("C++; C#; R; SAP S/4", [("C++", None), ("C#", None), ("R", None), ("SAP S/4", None)]),
        ("Führung (von Teams)", [("Führung (von Teams)", None)]),
        ('"CAD 2"', [("CAD 2", None)]),
        ("44567", [("", None)]),
    ],
)
def test_notations(text: str, skills: list[tuple[str, int | None]]) -> None:
    assert read(text) == skills


def test_what_could_be_part_of_the_name_is_doubted() -> None:
    assert said_skill("CAD 2").guessed
    assert said_skill("Angular 9") == SaidSkill("Angular 9", guessed=True)
    assert not said_skill("Excel (3)").guessed
    table = (("Name", "Kann"), ("A, B", "CAD 2; Angular 9; 44567; SAP Stufe 7; Word (3)"))
    (draft,) = read_drafts(table, guess_mapping(table), today=date(2026, 3, 1))
    assert [(one.topic, one.level) for one in draft.offered] == [("CAD", 2), ("Angular 9", None), ("Word", 3)]
    assert [problem.code for problem in draft.problems] == [
        Code.SKILL_GUESSED, Code.SKILL_DOUBTED, Code.SKILL_NAMELESS, Code.SKILL_LEVEL,
    ]  # fmt: skip


@given(st.text(max_size=60))
def test_nothing_breaks_it(text: str) -> None:
    for item in skills_of(text):
        said_skill(item)


@pytest.mark.parametrize(
    "text",
    ["Summe: 1", "Summe 2 Personen", "Erstellt von SAP am 1.1.2026", "Seite 1 von 3", "Gesamt", "Total", "Page 1 of 3",
     "Anzahl Mitarbeitende: 12", "12 employees", "Stand: 01.11.2026", "Grand total 77", "--- Ende der Liste ---",
     "4711", "Printed on Monday", "Gesamtsumme", "Export aus SAP"],
)  # fmt: skip
def test_lines_of_the_report(text: str) -> None:
    assert names_nobody(text)


@pytest.mark.parametrize(
    "text",
    ["Page, Jimmy", "Total Anna", "Stand, Ida", "Müller", "Seite, Udo", "Graf Report", "李小龙", "Gesamt, Eva", "Ende"],
)
def test_people_who_are_called_so(text: str) -> None:
    assert not names_nobody(text)


def test_a_footer_is_left_out_with_its_reason_and_can_be_taken() -> None:
    rows = (
        ("Nachname", "Vorname", "Abteilung", "E-Mail"),
        ("Müller", "Jörg", "IT", ""),
        ("Summe", "2 Personen", "", ""),
        ("Seite 1 von 3", "", "", ""),
        ("Total", "", "", "total@x.de"),
    )
    mapping = guess_mapping(rows)
    drafts = read_drafts(rows, mapping, today=date(2026, 3, 1))
    assert [(one.row, one.importable) for one in drafts] == [(2, True), (3, False), (4, False), (5, True)]
    assert drafts[1].problems[0].code is Code.FOOTER
    taken = read_drafts(rows, mapping, today=date(2026, 3, 1), people={4})
    assert [one.importable for one in taken] == [True, False, True, True]


@pytest.mark.parametrize(
    ("text", "guessed"), [("Word*", True), ("Führung**", True), ("Word (*)", False), ("Word ***", False)]
)
def test_a_star_may_be_a_footnote(text: str, guessed: bool) -> None:
    assert said_skill(text).guessed is guessed
