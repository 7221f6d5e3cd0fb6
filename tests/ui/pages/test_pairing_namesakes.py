"""Two of one name are told apart wherever the pairing page names them beside each other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pairing_samples import add_person, enrolment_of, fill
from pairing_scene import opened, settled
from pytestqt.qtbot import QtBot

from app import i18n
from app.domain.ids import PersonId
from app.domain.people import Person, apart_by
from app.domain.programmes import ProgrammeKind, Role
from app.places import places
from app.services import drafts, people, programmes
from app.settings import Settings
from app.store.people import all_people
from app.store.vault import Vault
from ui import tasks
from ui.desk import Desk
from ui.parts.pairing_board import LEFT_TAB
from ui.parts.pairing_rivals import Rival, compared


@pytest.fixture(params=("en", "de"))
def desk(vault: Vault, home: Path, qtbot: QtBot, request: pytest.FixtureRequest) -> Iterator[Desk]:
    i18n.set_language(request.param)
    fill(vault)
    yield Desk(vault, places(home), Settings(language=request.param))
    qtbot.waitUntil(lambda: not tasks.running())
    i18n.set_language("en")


def namesakes(desk: Desk, *departments: str) -> list[PersonId]:
    assert desk.programme is not None
    made = [add_person(desk.vault, "Jo", "Koch", department) for department in departments]
    desk.do(programmes.enrol, desk.programme, made, Role.MENTEE)
    return made


def test_namesakes_left_over_in_a_mutual_programme_are_told_apart(desk: Desk, qtbot: QtBot) -> None:
    assert desk.programme is not None
    desk.do(programmes.edit, desk.programme, kind=ProgrammeKind.MUTUAL)
    made = namesakes(desk, "Einkauf", "Labor")
    for one in made:
        desk.do(people.set_vetoes, one, [enrolled for enrolled in made if enrolled != one])
    page = opened(desk, qtbot)
    page.board.tabs.setCurrentIndex(LEFT_TAB)
    koch = [row for row in page.board.mentors.rows() if row.person.family_name == "Koch"]
    others = [row for row in page.board.mentors.rows() if row.person.family_name != "Koch"]
    desk.do(drafts.ban, desk.programme, [(one.id, other.id) for one in koch for other in others])
    settled(qtbot, page)
    qtbot.waitUntil(lambda: not page.work.looking)
    names = [row.name for row in page.board.remaining_model.records()]
    assert sorted(names) == ["Koch, Jo (Einkauf)", "Koch, Jo (Labor)"]
    shown = {page.board.remaining_model.index(row, 0).data() for row in range(2)}
    assert shown == set(names)
    (line,) = page.board.ways_out.lines()
    assert line.count("Jo Koch (") == line.count("Jo Koch") == 3, "whoever is named first"
    assert "\u2194" in line, "neither of two is the mentor"
    assert "\u2192" not in line
    assert page.board.proposals.mutual
    page.board.remaining.selectRow(0)
    other = "Labor" if "Einkauf" in names[0] else "Einkauf"
    assert f"Jo Koch ({other}): " in page.panel._text.text()


def test_what_two_of_one_family_name_would_get_instead_says_which_of_them(desk: Desk, qtbot: QtBot) -> None:
    assert desk.programme is not None
    desk.do(programmes.edit, desk.programme, kind=ProgrammeKind.MUTUAL)
    by_name = {one.family_name: one.id for one in all_people(desk.vault)}
    desk.do(people.edit, by_name["Adler"], family_name="Celik")
    page = opened(desk, qtbot)
    qtbot.waitUntil(lambda: not page.work.looking and all(row.instead for row in page.board.proposals.rows()))
    row = next(one for one in page.board.proposals.rows() if one.mentor.family_name == one.mentee.family_name)
    assert "A. Celik " in row.instead
    assert "C. Celik " in row.instead
    other = next(one for one in page.board.proposals.rows() if one is not row)
    assert "Berg " in other.instead, "one name is enough where it is one person's"


def test_namesakes_are_told_apart_in_the_map_and_the_comparison(desk: Desk, qtbot: QtBot) -> None:
    by_name = {one.family_name: one.id for one in all_people(desk.vault)}
    for family, department in (("Celik", "Einkauf"), ("Dorn", "Labor")):
        desk.do(people.edit, by_name[family], given_name="Jo", family_name="Koch", department=department)
    page = opened(desk, qtbot)
    assert page.outcome is not None
    sheet = page.outcome.map()
    assert sheet is not None
    assert {one.name for one in sheet.mentees} == {"Koch, Jo (Einkauf)", "Koch, Jo (Labor)"}
    assert {one.full for one in sheet.mentees} == {"Jo Koch (Einkauf)", "Jo Koch (Labor)"}
    assert {one.name for one in sheet.mentors} == {"Adler, Ada", "Berg, Ben"}
    rows = compared(page.outcome.basis, Rival.NOW, Rival.QUALITY, None).fares
    assert {row.name for row in rows} == {"Koch, Jo (Einkauf)", "Koch, Jo (Labor)", "Adler, Ada", "Berg, Ben"}
    assert "Jo Koch (Labor)" in {row.one for row in rows}


def test_names_stay_as_they_were_while_only_weights_move(desk: Desk, qtbot: QtBot) -> None:
    assert desk.programme is not None
    page = opened(desk, qtbot)
    assert page.outcome is not None
    before = page.outcome.sheet.called
    desk.do(drafts.ban, desk.programme, [page.outcome.plan.pairs[0].ids])
    settled(qtbot, page)
    assert page.outcome.sheet.called is before
    desk.do(people.edit, page.outcome.basis.person(enrolment_of(desk.vault, page.outcome.stored.id, "Celik")).id,
            given_name="Cemal")  # fmt: skip
    qtbot.waitUntil(lambda: page.outcome is not None and page.outcome.sheet.called is not before)


def test_the_first_word_that_differs_tells_namesakes_apart() -> None:
    def koch(number: int, **fields: str) -> Person:
        return Person(id=PersonId(number), given_name="Jo", family_name="Koch", **fields)  # type: ignore[arg-type]

    assert apart_by([koch(1, department="IT"), koch(2, department="HR"), koch(3)]) == ["IT", "HR", ""]
    same = [koch(1, department="IT", location="Bonn"), koch(2, department="it", location="Ulm")]
    assert apart_by(same) == ["Bonn", "Ulm"]
    alike = [koch(1, department="IT", team="A"), koch(2, department="IT", team="B"), koch(3, department="HR", team="B")]
    assert apart_by(alike) == ["IT, A", "IT, B", "HR, B"]
    assert apart_by([koch(1), koch(2)]) == ["", ""]


