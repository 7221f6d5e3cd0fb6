"""Who is left over hears what stands in the way and what helps: a decision, a rule, or somebody from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pairing_samples import enrolment_of, fill
from pairing_scene import opened, settled, shown_pairs
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app import i18n
from app.domain.drafts import PairIds
from app.domain.programmes import ProgrammeKind
from app.domain.tandems import TandemState
from app.places import places
from app.services import drafts, programmes, tandems
from app.services import people as person_verbs
from app.settings import Settings
from app.store.drafts import draft
from app.store.people import all_people
from app.store.tandems import of_programme
from app.store.vault import Vault
from ui import tasks
from ui.desk import Desk
from ui.pages.pairing import PairingPage
from ui.parts.pairing_board import LEFT_TAB


class Scene:
    """Two mentors and two mentees, and what the page tells of those left over."""

    def __init__(self, desk: Desk, page: PairingPage, qtbot: QtBot) -> None:
        self.desk, self.page, self.qtbot = desk, page, qtbot
        assert desk.programme is not None
        self.programme = desk.programme
        page.board.tabs.setCurrentIndex(LEFT_TAB)

    def pair(self, mentor: str, mentee: str) -> PairIds:
        one, other = (enrolment_of(self.desk.vault, self.programme, family) for family in (mentor, mentee))
        return one, other

    def settle(self) -> None:
        settled(self.qtbot, self.page)
        self.qtbot.waitUntil(lambda: not self.page.work.looking)

    def told(self, family: str) -> tuple[str, str]:
        """Why somebody is left over, and what helps."""
        row = next(one for one in self.page.board.remaining_model.records() if one.person.family_name == family)
        return row.cause, row.way_out

    def press(self, button: str) -> None:
        shown = [one for one in self.page.board.ways_out.findChildren(QPushButton) if one.isVisible()]
        next(one for one in shown if one.text() == button).click()
        self.settle()


@pytest.fixture(params=("en", "de"))
def scene(vault: Vault, home: Path, qtbot: QtBot, request: pytest.FixtureRequest) -> Iterator[Scene]:
    i18n.set_language(request.param)
    fill(vault)
    desk = Desk(vault, places(home), Settings(language=request.param))
    yield Scene(desk, opened(desk, qtbot), qtbot)
    qtbot.waitUntil(lambda: not tasks.running())
    i18n.set_language("en")


def said(english: str, german: str) -> str:
    return german if i18n.language() == "de" else english


ALL = (("Adler", "Celik"), ("Adler", "Dorn"), ("Berg", "Celik"), ("Berg", "Dorn"))
ELSEWHERE = ("external", "extern")
SOFTER = ("softer rule", "gelockerte Regel")


def test_whom_only_bans_keep_apart_may_be_allowed_again(scene: Scene) -> None:
    scene.desk.do(drafts.ban, scene.programme, [scene.pair(*two) for two in ALL if "Adler" in two])
    scene.settle()
    cause, way_out = scene.told("Adler")
    assert said("ruled out by hand (2)", "von Hand ausgeschlossen (2)") in cause
    assert said("allow a pair again", "Lassen Sie ein Paar wieder zu") in way_out
    assert said(*ELSEWHERE) not in way_out
    assert not scene.page.board.uneven.isVisible() or said(*ELSEWHERE) not in scene.page.board.uneven.text()
    (line,) = scene.page.board.ways_out.lines()
    assert "Ada Adler → Cem Celik" in line
    assert "Ada Adler → Dora Dorn" in line
    scene.press(said("Allow again", "Wieder zulassen"))
    assert draft(scene.desk.vault, scene.programme).banned == frozenset()
    assert len(shown_pairs(scene.page)) == 2


def test_a_ban_that_is_not_all_frees_nobody(scene: Scene) -> None:
    """Adler is vetoed by one and ruled out with the other, who has a better partner anyway."""
    by_name = {one.family_name: one.id for one in all_people(scene.desk.vault)}
    scene.desk.do(person_verbs.set_vetoes, by_name["Celik"], [by_name["Adler"]])
    scene.desk.do(drafts.ban, scene.programme, [scene.pair("Adler", "Celik")])
    scene.desk.do(person_verbs.set_vetoes, by_name["Dorn"], [by_name["Adler"]])
    scene.settle()
    cause, way_out = scene.told("Adler")
    assert said("a confidential reason (2)", "ein vertraulicher Grund (2)") in cause
    assert said("No mentee fits this mentor", "passt niemand von den Mentees") in way_out
    assert said(*SOFTER) not in way_out, "nobody softens a veto"
    assert not any("Adler" in line for line in scene.page.board.ways_out.lines())


def test_what_helps_is_said_for_each_side_without_a_click(scene: Scene) -> None:
    by_name = {one.family_name: one.id for one in all_people(scene.desk.vault)}
    for mentee in ("Celik", "Dorn"):
        scene.desk.do(person_verbs.set_vetoes, by_name[mentee], [by_name["Adler"], by_name["Berg"]])
    scene.settle()
    assert scene.page.board.remaining.current_record() is None
    hint = scene.page.board.uneven
    assert hint.isVisible()
    assert said("2 mentees have no mentor in the house who fits", "Zu 2 Mentees passt im Haus niemand") in hint.text()
    assert said("external mentors", "Mentor:innen von außen") in hint.text()
    assert said("2 mentors have no mentee who fits", "Zu 2 Mentor:innen passt niemand von den Mentees") in hint.text()
    assert said("external mentor", "von außen") in scene.told("Celik")[1]
    assert said(*ELSEWHERE) not in scene.told("Adler")[1].lower()
    assert said(*SOFTER) not in hint.text(), "nobody softens a veto"


def test_a_softer_rule_is_advised_where_a_rule_can_be_softened(scene: Scene) -> None:
    by_name = {one.family_name: one.id for one in all_people(scene.desk.vault)}
    for name in ("Adler", "Berg"):
        scene.desk.do(person_verbs.edit, by_name[name], languages=("Deutsch",))
    scene.desk.do(person_verbs.edit, by_name["Celik"], languages=("Dansk",))
    scene.desk.do(person_verbs.set_vetoes, by_name["Dorn"], [by_name["Adler"], by_name["Berg"]])
    scene.settle()
    assert said(*SOFTER) in scene.told("Celik")[1]
    assert said(*SOFTER) not in scene.told("Dorn")[1]
    assert said(*SOFTER) in scene.page.board.uneven.text()


def test_partners_are_not_called_mentor_or_mentee(scene: Scene) -> None:
    scene.desk.do(programmes.edit, scene.programme, kind=ProgrammeKind.MUTUAL)
    by_name = {one.family_name: one.id for one in all_people(scene.desk.vault)}
    for mentee in ("Celik", "Dorn"):
        scene.desk.do(person_verbs.set_vetoes, by_name[mentee], list(by_name.values()))
    for mentor in ("Adler", "Berg"):
        scene.desk.do(person_verbs.set_vetoes, by_name[mentor], list(by_name.values()))
    scene.settle()
    hint = scene.page.board.uneven.text()
    assert said("4 people have nobody who fits", "Zu 4 Personen passt niemand") in hint
    assert "mentor" not in (hint + scene.told("Adler")[1]).lower()


def test_a_tandem_that_is_over_is_called_so_and_can_be_made_once_more(scene: Scene) -> None:
    scene.page.accept_all()
    scene.settle()
    made = of_programme(scene.desk.vault, scene.programme)
    ended = next(one for one in made if one.mentor.enrolment == scene.pair("Adler", "Celik")[0])
    scene.desk.do(tandems.set_state, ended.id, TandemState.AGREED)
    scene.desk.do(tandems.dissolve, [ended.id])
    scene.page.ensure_fresh()
    scene.settle()
    for family in ("Adler", "Celik"):
        cause, way_out = scene.told(family)
        assert said("were a tandem in this programme (1)", "waren in diesem Programm ein Tandem (1)") in cause
        assert said("put together again", "wieder zusammengebracht") in way_out
    scene.page.board.remaining.selectRow(0)
    assert said("ruled out", "ausgeschlossen:") not in scene.page.panel._text.text()
    (line,) = scene.page.board.ways_out.lines()
    assert "Ada Adler → Cem Celik" in line
    scene.press(said("Pair again", "Neu paaren"))
    assert shown_pairs(scene.page) == {("Adler", "Celik")}
