"""Two plans that are one, or no plan at all: the comparison says how to get something to compare."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pairing_samples import enrolment_of, fill
from pairing_scene import opened, settled
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app import i18n
from app.domain.programmes import Role
from app.places import places
from app.services import drafts, people
from app.settings import Settings
from app.store.people import all_people
from app.store.programmes import enrolments
from app.store.vault import Vault
from ui import tasks
from ui.desk import Desk, Place
from ui.pages.pairing import PairingPage
from ui.parts.pairing_rivals import Rival
from ui.parts.pairing_switch import COMPARED, PLAN


@pytest.fixture(params=("en", "de"))
def desk(vault: Vault, home: Path, qtbot: QtBot, request: pytest.FixtureRequest) -> Iterator[Desk]:
    i18n.set_language(request.param)
    fill(vault)
    yield Desk(vault, places(home), Settings(language=request.param))
    qtbot.waitUntil(lambda: not tasks.running())
    i18n.set_language("en")


def said(english: str, german: str) -> str:
    return german if i18n.language() == "de" else english


def compare(qtbot: QtBot, page: PairingPage, other: Rival) -> str:
    """What the empty state says; "" where there is none."""
    settled(qtbot, page)
    page.show_view(COMPARED)
    page.compare_view.other.field.set_value(other)
    page.compare_view.other.field.edited.emit()
    qtbot.waitUntil(lambda: not page.work.comparing)
    view = page.compare_view
    assert view.same.isVisible() is not view.table.isVisible()
    return view.same.words.text() if view.same.isVisible() else ""


def test_two_plans_that_are_one_say_how_to_get_another(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    told = compare(qtbot, page, Rival.QUALITY)
    assert said("Choose another plan above. Or rule a pair out", "Wählen Sie oben einen anderen Plan. Oder") in told
    assert said("wishes of both sides", "Wünschen beider Seiten") in told
    assert said("chosen twice", "Zweimal") not in told
    assert said("chosen twice", "Zweimal") in compare(qtbot, page, Rival.NOW)
    QTest.mouseClick(page.compare_view.same.button, Qt.MouseButton.LeftButton)
    assert page.switch.view() == PLAN


def test_the_plan_before_the_last_change_is_named_where_there_is_one(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    assert page.outcome is not None
    desk.do(drafts.ban, page.outcome.stored.id, [page.outcome.plan.pairs[0].ids])
    told = compare(qtbot, page, Rival.PARTICIPATION)
    assert said("“Before the last change”", "„Vor der letzten Änderung“") in told
    assert compare(qtbot, page, Rival.BEFORE) == "", "that one differs: the table tells how"
    assert page.compare_view.table.isVisible()


def test_everybody_of_the_one_plan_can_be_listed(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    assert compare(qtbot, page, Rival.QUALITY)
    view = page.compare_view
    QTest.mouseClick(view.same.other_button, Qt.MouseButton.LeftButton)
    assert not view.only.isChecked()
    assert view.table.isVisible()
    assert not view.same.isVisible()
    assert len(view.model.records()) == 4
    view.only.setChecked(True)
    assert view.same.isVisible()


def test_wishes_are_not_asked_for_where_both_sides_gave_some(desk: Desk, qtbot: QtBot) -> None:
    by_name = {one.family_name: one.id for one in all_people(desk.vault)}
    desk.do(people.set_wishes, by_name["Adler"], [by_name["Celik"]])
    desk.do(people.set_wishes, by_name["Celik"], [by_name["Adler"]])
    page = opened(desk, qtbot)
    assert said("wishes of both sides", "Wünschen beider Seiten") not in compare(qtbot, page, Rival.QUALITY)


def test_no_plan_at_all_says_why_and_leads_on(desk: Desk, qtbot: QtBot) -> None:
    assert desk.programme is not None
    mentees = [one.id for one in enrolments(desk.vault, desk.programme) if one.role is Role.MENTEE]
    page = opened(desk, qtbot)
    page.show_view(COMPARED)
    qtbot.waitUntil(lambda: not page.work.comparing)
    view = page.compare_view
    assert not view.nobody.isVisible()
    mentors = enrolment_of(desk.vault, desk.programme, "Berg"), enrolment_of(desk.vault, desk.programme, "Adler")
    desk.do(drafts.ban, desk.programme, [(mentor, mentee) for mentor in mentors for mentee in mentees])
    qtbot.waitUntil(view.nobody.isVisible)
    assert said("third tab", "dritte") in view.nobody.words.text()
    went: list[Place] = []
    desk.went.connect(went.append)
    QTest.mouseClick(view.nobody.button, Qt.MouseButton.LeftButton)
    assert went == [Place("programme", part="participants")]
