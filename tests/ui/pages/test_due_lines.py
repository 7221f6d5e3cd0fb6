"""What is due on the overview: many of a kind in one line, and nobody mistaken for a namesake."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from window_fixtures import OpenWindow, click

from app import i18n
from app.domain.ids import PersonId, TandemId
from app.domain.people import Person, short_names
from app.services import people
from app.services.due import Due, DueKind, Heap, gathered
from app.store import tandems as tandem_store
from ui.desk import Place
from ui.parts.buttons import Button
from ui.parts.due_card import FIRST, DueCard
from ui.shell.palette import Palette


@pytest.fixture(params=["de", "en"])
def spoken(request: pytest.FixtureRequest) -> Iterator[str]:
    before = i18n.language()
    i18n.set_language(request.param)
    yield request.param
    i18n.set_language(before)


def unpaired(count: int) -> list[Due]:
    return [Due(kind=DueKind.UNPAIRED, person=PersonId(n)) for n in range(1, count + 1)]


def late(count: int) -> list[Due]:
    return [Due(kind=DueKind.MEETING_LATE, tandem=TandemId(n), number=2, days=9) for n in range(1, count + 1)]


def sentences(card: DueCard) -> list[str]:
    said = [one.accessibleName() for one in card.findChildren(Button) if one.isVisible() and one.accessibleName()]
    return [one for one in said if ": " in one]


def test_mentees_without_a_tandem_are_one_line(spoken: str, qtbot: QtBot) -> None:
    gone: list[Place] = []
    made = DueCard(unpaired(23), {}, gone.append, FIRST)
    qtbot.addWidget(made)
    made.show()
    wanted = {"de": "Paaren: 23 Mentees ohne Tandem", "en": "Pair people: 23 mentees without a tandem"}
    assert [said.rpartition(": ")[2] for said in sentences(made)] == [wanted[spoken].rpartition(": ")[2]]
    (act,) = [one for one in made.findChildren(Button) if one.isVisible() and one.accessibleName()]
    click(act)
    assert gone == [Place("pairing")]
    assert "23" in " ".join(one.text() for one in made.findChildren(QLabel))


def test_one_mentee_without_a_tandem_is_named(spoken: str) -> None:
    assert gathered(unpaired(1)) == unpaired(1), spoken


def test_many_of_a_kind_are_the_most_urgent_and_a_heap(spoken: str, qtbot: QtBot) -> None:
    assert gathered(late(3)) == late(3), spoken
    assert gathered(late(4)) == [late(1)[0], Heap(DueKind.MEETING_LATE, tuple(late(4)[1:]))]
    names = {n: f"Paar{n}" for n in range(1, 8)}
    made = DueCard([*late(7), *unpaired(2)], names, lambda _: None, FIRST)
    qtbot.addWidget(made)
    made.show()
    kept: list[tuple[int, frozenset[DueKind]]] = []
    made.grew.connect(lambda lines, kinds: kept.append((lines, kinds)))
    assert len(sentences(made)) == 3
    click(next(one for one in made.findChildren(Button) if "6 " in one.accessibleName()))
    qtbot.waitUntil(lambda: len(sentences(made)) == 8)
    assert [f"Paar{n}:" in said for n, said in enumerate(sentences(made)[:7], start=1)] == [True] * 7
    assert made._acts[1].hasFocus() or not made.isActiveWindow()
    again = DueCard(late(7), names, lambda _: None, kept[-1][0], unfolded=kept[-1][1])
    qtbot.addWidget(again)
    again.show()
    assert len(sentences(again)) == 7


def test_namesakes_are_told_apart() -> None:
    def person(number: int, given: str, family: str, department: str = "", personnel: str = "") -> Person:
        return Person(id=PersonId(number), given_name=given, family_name=family, department=department,
                      personnel_number=personnel)  # fmt: skip

    named = short_names([
        person(1, "Leonie", "Wei\u00df"), person(2, "Max", "J\u00e4ger"), person(3, "Anna", "J\u00e4ger"),
        person(4, "Aylin", "J\u00e4ger"), person(5, "Jo", "Koch", "IT"), person(6, "Jo", "Koch", "HR"),
        person(7, "Ada", "Wolf", "IT", "1"), person(8, "Ada", "Wolf", "IT", "2"), person(9, "Tam", ""),
    ])  # fmt: skip
    assert [named[PersonId(n)] for n in range(1, 10)] == [
        "Wei\u00df", "M. J\u00e4ger", "Anna J\u00e4ger", "Aylin J\u00e4ger", "Jo Koch (IT)", "Jo Koch (HR)",
        "Ada Wolf (IT) 1", "Ada Wolf (IT) 2", "Tam",
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["de", "en"])
def test_tandems_of_namesakes_are_told_apart_when_one_goes_to_them(open_demo: OpenWindow, language: str) -> None:
    stage = open_demo(language)
    vault = stage.desk.vault
    assert stage.desk.programme is not None
    for number, given in enumerate(("Quirin", "Rahel")):
        tandem = tandem_store.of_programme(vault, stage.desk.programme)[number]
        stage.desk.do(people.edit, tandem.mentor.person, given_name=given, family_name="Namensgleich")
    palette = Palette(stage.window, stage.desk, stage.workplace.pages)
    palette.line.setText("tandem namensgleich rahel")
    assert palette.found.count() == 1
    assert "R. Namensgleich / " in palette.found.item(0).text()
    palette.reject()
