from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.ids import OrganisationId, PersonId, TopicId
from app.domain.people import Organisation, Person, Salutation, Side, Skill
from app.domain.programmes import Role
from app.domain.topics import Topic
from app.exchange.columns import guess_mapping
from app.exchange.fields import Field
from app.exchange.roster import Status, plan_import, read_drafts
from app.exchange.tables import read_table
from app.exchange.write import ROSTER_FIELDS, Sheet, csv_bytes, roster_rows, xlsx_bytes

SAMPLES = Path(__file__).parents[2] / "samples"
TODAY = date(2026, 3, 1)
FIELDS = (*ROSTER_FIELDS, Field.ROLE, Field.CAPACITY)
TOPICS = (
    Topic(id=TopicId(1), name_de="Excel", name_en="Excel"),
    Topic(id=TopicId(2), name_de="Verhandeln, hart; aber (fair)", name_en=""),
    Topic(id=TopicId(3), name_de="C++", name_en="C++"),
)
HOUSES = (Organisation(id=OrganisationId(9), name="=Nord & Söhne AG"),)
NASTY = Person(
    id=PersonId(1), given_name="=HYPERLINK(1)", family_name="O'Brien", title="Dr.", salutation=Salutation.MR,
    email="o.brien@x.de", phone="+49 3681 12345", organisation=OrganisationId(9), personnel_number="0017",
    department="-Vertrieb", team="@Home", project='Q"uote; x', position="+Leitung", level=2, location="'Ort",
    entry_date=date(1998, 6, 19), languages=("Deutsch",), interests=("Haus/Garten", "a, b", "=x"),
    availability=0b1011, skills=(
        Skill(topic=TopicId(2), side=Side.OFFERED, level=4, priority=2),
        Skill(topic=TopicId(3), side=Side.SOUGHT, level=1),
    ),
)  # fmt: skip
CHIEF = Person(id=PersonId(2), given_name="Ida", family_name="von Nord", personnel_number="2")
TWIN = Person(id=PersonId(3), given_name="Ida", family_name="von Nord", personnel_number="3", supervisor=CHIEF.id)
NEXT = Person(id=PersonId(4), given_name="Ö", family_name="Ä", supervisor=NASTY.id, phone="+49-3681-1")
PEOPLE = (NASTY, CHIEF, TWIN, NEXT)


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("write", [csv_bytes, xlsx_bytes])
def test_what_is_written_comes_back_unchanged(write: Callable[[Sheet], bytes], language: str) -> None:
    roles = {NASTY.id: (Role.MENTOR, 3), NEXT.id: (Role.BOTH, 1)}
    sheet = roster_rows(PEOPLE, TOPICS, HOUSES, FIELDS, language, roles=roles)
    table = read_table(write(sheet))
    mapping = guess_mapping(table.rows)
    assert [column.field for column in mapping.columns] == list(FIELDS)
    drafts = read_drafts(table.rows, mapping, today=TODAY)
    plan = plan_import(drafts, PEOPLE, HOUSES, TOPICS)
    assert [(row.status, row.changed, row.problems) for row in plan.rows] == [(Status.UNCHANGED, (), ())] * 4
    assert (plan.new_topics, plan.new_organisations) == ((), ())
    assert plan.roles == roles
    fresh = plan_import(drafts, (), HOUSES, TOPICS)
    assert [(one.given_name, one.interests, one.availability, one.phone) for one in fresh.people_to_insert] == [
        (one.given_name, one.interests, one.availability, one.phone) for one in PEOPLE
    ]
    assert set(fresh.people_to_insert[0].skills) == set(NASTY.skills)


def test_the_priority_of_a_skill_stands_beside_its_level() -> None:
    skills = tuple(Skill(topic=TopicId(n), side=Side.SOUGHT, level=n, priority=n) for n in (1, 3))
    learner = Person(id=PersonId(7), given_name="Ö", family_name="Ä", skills=skills)
    cells = roster_rows((learner,), TOPICS, (), (Field.GIVEN_NAME, Field.FAMILY_NAME, Field.SOUGHT), "de")
    assert cells.rows[0][2] == "Excel (1); C++ (3, !!!)"
    table = read_table(csv_bytes(cells))
    drafts = read_drafts(table.rows, guess_mapping(table.rows), today=TODAY)
    lower = replace(learner, skills=tuple(replace(skill, priority=2) for skill in skills))
    plan = plan_import(drafts, (lower,), (), TOPICS)
    assert {skill.topic: skill.priority for skill in plan.people_to_update[0].skills} == {1: 2, 3: 3}


@pytest.mark.parametrize("write", [csv_bytes, xlsx_bytes])
def test_the_staff_list_comes_back_unchanged(write: Callable[[Sheet], bytes]) -> None:
    rows = read_table(SAMPLES / "mitarbeitende.csv").rows
    first = plan_import(read_drafts(rows, guess_mapping(rows), today=TODAY), (), (), ())
    table = read_table(write(roster_rows(first.people_to_insert, first.new_topics, ())))
    drafts = read_drafts(table.rows, guess_mapping(table.rows), today=TODAY)
    again = plan_import(drafts, first.people_to_insert, (), first.new_topics)
    assert dict(again.counts) == {Status.UNCHANGED: 76}
    assert not any(row.problems for row in again.rows)


def test_the_csv_as_a_spreadsheet_opens_it() -> None:
    content = csv_bytes(roster_rows(PEOPLE, TOPICS, HOUSES, (Field.GIVEN_NAME, Field.PHONE, Field.ENTRY_DATE), "de"))
    assert content.startswith(b"\xef\xbb\xbfVorname;Telefon;Eintrittsdatum\r\n")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert rows[1] == ["'=HYPERLINK(1)", "+49 3681 12345", "1998-06-19"]
    assert rows[4] == ["Ö", "'+49-3681-1", ""]
    assert not any(cell.lstrip()[:1] in ("=", "@", "-") for row in rows for cell in row)


def test_the_workbook_holds_texts_and_dates() -> None:
    sheet = Sheet(headers=("Name", "Tag", "Zahl"), rows=(("=1+1", date(2022, 2, 3), 4), ("http://x.de", None, 0)))
    content = xlsx_bytes(sheet)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        xml = package.read("xl/worksheets/sheet1.xml").decode()
        styles = package.read("xl/styles.xml").decode()
        names = package.namelist()
    assert "<f>" not in xml
    assert "hyperlink" not in xml.casefold()
    assert "<autoFilter" in xml
    assert 'state="frozen"' in xml
    assert "yyyy-mm-dd" in styles
    assert not any("rels" in name and "sheet1" in name for name in names)
    assert read_table(content).rows == (("Name", "Tag", "Zahl"), ("=1+1", "2022-02-03", "4"), ("http://x.de", "", "0"))


def test_an_empty_roster_and_strange_titles() -> None:
    for title in ("", "History", "a/b:c[d]*?'" * 5, "'"):
        assert read_table(xlsx_bytes(Sheet(headers=("Name",), rows=(), title=title))).rows == (("Name",),)
    assert csv_bytes(Sheet(headers=("Name",), rows=())) == b"\xef\xbb\xbfName\r\n"
    assert len(xlsx_bytes(Sheet(headers=("N",), rows=(("x" * 40_000,),)))) > 1000


def test_supervisors_outside_the_selection_and_namesakes() -> None:
    fields = (Field.FULL_NAME, Field.SUPERVISOR)
    assert roster_rows((TWIN,), (), (), fields).rows == (("von Nord, Ida", ""),)
    assert roster_rows((TWIN,), (), (), fields, everyone=PEOPLE).rows == (("von Nord, Ida", "2"),)
    assert roster_rows((NEXT,), (), (), fields, everyone=PEOPLE).rows == (("Ä, Ö", "O'Brien, =HYPERLINK(1)"),)


def test_remarks_leave_only_when_asked_for() -> None:
    secret = Person(id=PersonId(1), given_name="A", family_name="B", remarks="Zwitscherling")
    assert "Zwitscherling" not in repr(roster_rows((secret,), (), ()))
    assert "Zwitscherling" in repr(roster_rows((secret,), (), (), (Field.REMARKS,)))


TEXTS = st.text(
    alphabet=st.one_of(st.characters(exclude_categories=["Cs", "Cc"]), st.sampled_from("\t\r\n;'\"=+-@")), max_size=20
)


@settings(deadline=None)
@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=6))
def test_any_cells_survive_a_csv(rows: list[tuple[str, str, str]]) -> None:
    table = read_table(csv_bytes(Sheet(headers=("Nachname", "Vorname", "Ort"), rows=tuple(rows))), separator=";")
    kept = list(rows)
    while kept and not any(kept[-1]):
        kept.pop()
    assert [row for row in table.rows[1:] if row] == [row for row in kept if row]
