"""The pairing page: the plan appears, bans and locks hold, what is accepted is there and can be undone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pairing_samples import add_person, enrolment_of, fill
from pairing_scene import opened, settled, shown_pairs
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.domain.drafts import Aim
from app.domain.ids import EnrolmentId, PublishingId, TopicId
from app.domain.programmes import Role, Rule
from app.domain.tandems import Origin, Reason
from app.places import places
from app.services import people as person_verbs
from app.services import programmes as verbs
from app.services import tandems as tandem_verbs
from app.settings import Settings
from app.store.people import all_people
from app.store.publishings import tandems_of
from app.store.tandems import of_programme
from app.store.vault import Vault
from ui import tasks
from ui.desk import Desk, Place, Saying
from ui.pages.pairing import PairingPage
from ui.parts.pairing_rows import ACTIONS, BAN, LOCK
from ui.parts.pairing_words import broken_text, fact_text, for_and_against

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def desk(vault: Vault, home: Path) -> Desk:
    fill(vault)
    return Desk(vault, places(home), Settings())


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> Iterator[PairingPage]:
    made = opened(desk, qtbot)
    yield made
    qtbot.waitUntil(lambda: not tasks.running())  # it reads the vault


def click(button: QWidget) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def row_of(page: PairingPage, mentor: str) -> tuple[EnrolmentId, EnrolmentId]:
    row = next(row for row in page.board.proposals.rows() if row.mentor.family_name == mentor)
    return row.pair


def test_the_best_plan_appears_by_itself(page: PairingPage) -> None:
    assert shown_pairs(page) == {("Adler", "Celik"), ("Berg", "Dorn")}
    assert "2" in page.accept_button.text()
    assert page.accept_button.isEnabled()


def test_accept_all_makes_tandems_and_undo_takes_them_back(qtbot: QtBot, page: PairingPage, desk: Desk) -> None:
    said: list[Saying] = []
    desk.said.connect(said.append)
    click(page.accept_button)
    settled(qtbot, page)
    assert desk.programme is not None
    assert len(of_programme(desk.vault, desk.programme)) == 2
    assert said[-1].undo
    qtbot.waitUntil(lambda: not page.board.proposals.rows())
    assert not page.accept_button.isEnabled()
    went: list[Place] = []
    desk.went.connect(went.append)
    click(page.board.nothing.button)  # everybody has a tandem: on to them
    assert page.board.nothing.button.text() == "Go to the tandems"
    assert went == [Place("tandems")]
    desk.undo()
    qtbot.waitUntil(lambda: len(shown_pairs(page)) == 2)
    assert of_programme(desk.vault, desk.programme) == ()


def test_not_this_one_gives_the_next_best_plan_and_its_cost(qtbot: QtBot, page: PairingPage) -> None:
    assert page.outcome is not None
    before = page.outcome.plan.total
    page.board.proposals.choose(row_of(page, "Adler"))
    QTest.keyClick(page.board.proposals, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: shown_pairs(page) == {("Adler", "Dorn"), ("Berg", "Celik")})
    lost = before - page.outcome.plan.total
    assert lost > 0
    assert f"{lost} points" in page.notice.text()
    click(page.allow_button)
    qtbot.waitUntil(lambda: shown_pairs(page) == {("Adler", "Celik"), ("Berg", "Dorn")})
    assert page.notice.text() == ""
    assert page.allow_button.isHidden()


def test_a_kept_pair_stays_when_another_one_would_be_better(qtbot: QtBot, page: PairingPage) -> None:
    page.toggle_ban(row_of(page, "Adler"))
    qtbot.waitUntil(lambda: ("Adler", "Dorn") in shown_pairs(page))
    page.board.proposals.setFocus()
    page.board.proposals.choose(row_of(page, "Adler"))
    QTest.keyClick(page.board.proposals, Qt.Key.Key_L)
    qtbot.waitUntil(lambda: any(row.locked for row in page.board.proposals.rows()))
    page.allow_all()
    settled(qtbot, page)
    assert ("Adler", "Dorn") in shown_pairs(page)


def test_decisions_are_there_when_the_page_is_made_anew_and_are_undone_one_by_one(
    qtbot: QtBot, page: PairingPage, desk: Desk
) -> None:
    page.toggle_lock(row_of(page, "Adler"))
    page.toggle_ban(row_of(page, "Berg"))
    page.seek(aim=Aim.QUALITY)
    settled(qtbot, page)
    again = PairingPage(desk)
    qtbot.addWidget(again)
    again.ensure_fresh()
    settled(qtbot, again)
    assert shown_pairs(again) == {("Adler", "Celik")}
    assert [row.locked for row in again.board.proposals.rows()] == [True]
    assert again.weights.aim.value() is Aim.QUALITY
    assert "1 pair is ruled out" in again.notice.text()
    desk.undo()
    settled(qtbot, page)
    assert page.weights.aim.value() is Aim.PARTICIPATION
    desk.undo()
    settled(qtbot, page)
    assert shown_pairs(page) == {("Adler", "Celik"), ("Berg", "Dorn")}
    desk.undo()
    settled(qtbot, page)
    assert not any(row.locked for row in page.board.proposals.rows())


def test_a_click_on_the_signs_of_a_row_acts_on_that_row(qtbot: QtBot, page: PairingPage) -> None:
    proposals = page.board.proposals
    told: list[tuple[str, str]] = []
    proposals.acted.connect(lambda row, action: told.append((row.mentor.family_name, action)))
    place = proposals.visualRect(proposals.model().index(1, 0))
    second = proposals.rows()[1].mentor.family_name
    for action in (LOCK, BAN):
        at = proposals.action_rect(place, action).center()
        QTest.mouseClick(proposals.viewport(), Qt.MouseButton.LeftButton, pos=at)
        settled(qtbot, page)
    assert told[0] == (second, LOCK)
    assert told[1][1] == BAN
    assert len(ACTIONS) == 3


def test_a_double_click_on_a_sign_acts_on_one_pair_alone(qtbot: QtBot, page: PairingPage) -> None:
    proposals = page.board.proposals
    told: list[str] = []
    proposals.acted.connect(lambda _row, action: told.append(action))
    place = proposals.visualRect(proposals.model().index(1, 0))
    at = proposals.action_rect(place, BAN).center()
    QTest.mouseClick(proposals.viewport(), Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseDClick(proposals.viewport(), Qt.MouseButton.LeftButton, pos=at)  # the second press
    QTest.mouseRelease(proposals.viewport(), Qt.MouseButton.LeftButton, pos=at)
    settled(qtbot, page)
    assert told == [BAN]


def test_pair_by_hand_with_the_keyboard_as_self_found(qtbot: QtBot, page: PairingPage, desk: Desk) -> None:
    assert desk.programme is not None
    page.board.mentors.choose(enrolment_of(desk.vault, desk.programme, "Adler"))
    page.board.mentees.choose(enrolment_of(desk.vault, desk.programme, "Dorn"))
    assert page.panel.pair.isVisible()
    page.panel.self_found.setChecked(True)
    QTest.keyClick(page.board.mentees, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: ("Adler", "Dorn") in shown_pairs(page))
    assert of_programme(desk.vault, desk.programme) == ()  # a draft until it is published
    row = next(row for row in page.board.proposals.rows() if row.mentor.family_name == "Adler")
    assert row.locked
    assert "found each other" in row.said
    settled(qtbot, page)
    page.accept(row.pair)
    (tandem,) = of_programme(desk.vault, desk.programme)
    assert tandem.origin is Origin.SELF_FOUND
    qtbot.waitUntil(lambda: shown_pairs(page) == {("Berg", "Celik")})


def test_a_proposed_pair_that_found_each_other_is_marked_as_such(qtbot: QtBot, page: PairingPage, desk: Desk) -> None:
    pair = row_of(page, "Adler")
    page.board.proposals.choose(pair)
    assert page.panel.self_found.isVisible()
    assert not page.panel.self_found.isChecked()
    page.panel.self_found.click()
    settled(qtbot, page)
    assert page.outcome is not None
    assert page.outcome.basis.draft.origin(pair) is Origin.SELF_FOUND
    page.board.proposals.choose(pair)
    assert page.panel.self_found.isChecked()
    page.panel.self_found.click()
    settled(qtbot, page)
    assert page.outcome.basis.draft.kept_as(pair) is None  # as it was before: a proposal of the plan
    desk.undo()
    settled(qtbot, page)
    assert page.outcome.basis.draft.origin(pair) is Origin.SELF_FOUND
    page.board.proposals.choose(pair)
    page.panel.self_found.click()
    settled(qtbot, page)
    page.keep_pair(pair)
    settled(qtbot, page)
    page.board.proposals.choose(pair)
    for _ in range(2):
        page.panel.self_found.click()
        settled(qtbot, page)
        page.board.proposals.choose(pair)
    assert page.outcome.basis.draft.kept_as(pair) is Origin.ASSIGNED  # kept before, kept after


def test_published_tandems_offer_their_letters_until_they_are_undone(
    qtbot: QtBot, page: PairingPage, desk: Desk
) -> None:
    went: list[Place] = []
    desk.went.connect(went.append)
    assert desk.programme is not None
    click(page.accept_button)
    settled(qtbot, page)
    banner = page.publisher.banner
    assert banner is not None
    assert banner.isVisible()
    assert "Everybody in the 2 new tandems" in banner.text
    click(next(one for one in banner.findChildren(QPushButton) if one.text() == "Print the letters"))
    (place,) = went
    assert (place.page, place.part) == ("documents", "letters")
    assert place.record is not None
    made = {one.id for one in of_programme(desk.vault, desk.programme)}
    assert set(tandems_of(desk.vault, PublishingId(place.record))) == made
    desk.undo()
    settled(qtbot, page)
    assert page.publisher.banner is None
    assert page.publisher.isHidden()


def test_dragging_a_mentee_upon_a_mentor_keeps_them_in_the_draft(qtbot: QtBot, page: PairingPage, desk: Desk) -> None:
    assert desk.programme is not None
    mentor = enrolment_of(desk.vault, desk.programme, "Berg")
    mentee = enrolment_of(desk.vault, desk.programme, "Celik")
    page.board.mentors.met.emit(mentee, mentor)
    qtbot.waitUntil(lambda: shown_pairs(page) == {("Adler", "Dorn"), ("Berg", "Celik")})
    assert [row.locked for row in page.board.proposals.rows()] == [True, False]
    assert of_programme(desk.vault, desk.programme) == ()  # a draft until it is published
    desk.undo()
    qtbot.waitUntil(lambda: shown_pairs(page) == {("Adler", "Celik"), ("Berg", "Dorn")})


def test_a_veto_blocks_by_hand_and_is_called_confidential(qtbot: QtBot, page: PairingPage, desk: Desk) -> None:
    assert desk.programme is not None
    by_name = {one.family_name: one.id for one in all_people(desk.vault)}
    desk.do(person_verbs.set_vetoes, by_name["Adler"], [by_name["Celik"]])
    qtbot.waitUntil(lambda: shown_pairs(page) == {("Adler", "Dorn"), ("Berg", "Celik")})
    page.board.mentors.choose(enrolment_of(desk.vault, desk.programme, "Adler"))
    page.board.mentees.choose(enrolment_of(desk.vault, desk.programme, "Celik"))
    assert "confidential" in page.panel.words.text()
    assert "veto" not in page.panel.words.text().lower()
    assert page.panel.pair.isHidden()
    page.pair_by_hand()
    assert of_programme(desk.vault, desk.programme) == ()


def test_who_is_left_over_is_told_why_and_what_helps(qtbot: QtBot, page: PairingPage, desk: Desk) -> None:
    assert desk.programme is not None
    boss = add_person(desk.vault, "Eva", "Ernst", level=1)
    desk.do(verbs.enrol, desk.programme, [boss], Role.MENTEE)
    for family in ("Adler", "Berg"):
        who = next(one.id for one in all_people(desk.vault) if one.family_name == family)
        desk.do(person_verbs.edit, who, supervisor=boss)
    qtbot.waitUntil(lambda: page.board.remaining_model.rowCount() == 1)
    page.board.tabs.setCurrentIndex(2)
    page.board.remaining.selectRow(0)
    text = page.panel.words.text()
    assert broken_text(Rule.SUPERVISION) in text
    assert "external mentor" in text


def test_an_open_tandem_is_dissolved_in_two_clicks(qtbot: QtBot, page: PairingPage, desk: Desk) -> None:
    assert desk.programme is not None
    page.accept(row_of(page, "Adler"))
    qtbot.waitUntil(lambda: page.board.tandem_model.rowCount() == 1)
    settled(qtbot, page)
    page.board.tabs.setCurrentIndex(1)
    page.board.tandems.selectRow(0)
    for _ in range(2):
        click(page.board.dissolve)
    assert of_programme(desk.vault, desk.programme) == ()
    qtbot.waitUntil(lambda: len(shown_pairs(page)) == 2)


def test_without_a_programme_the_page_leads_to_one(qtbot: QtBot, vault: Vault, home: Path) -> None:
    desk = Desk(vault, places(home), Settings())
    went: list[Place] = []
    desk.went.connect(went.append)
    page = PairingPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.ensure_fresh()
    qtbot.waitUntil(lambda: not page.work.busy)
    assert page.accept_button.isHidden()
    click(page.empty.button)
    assert went == [Place("programme")]


def test_reasons_become_words() -> None:
    names: dict[TopicId, str] = {TopicId(7): "Excel"}
    skills = Reason(criterion="skills", points=300, most=357, facts=("7:4:3",))
    level = Reason(criterion="level", points=0, most=143, facts=("3", "3"))
    unknown = Reason(criterion="location", points=36, most=72)
    assert fact_text(skills, names) == "Excel: offers 4, seeks 3"
    pros, con = for_and_against((skills, level, unknown), (), names)
    assert pros == ("Excel",)
    assert con == "same level"
    assert for_and_against((skills,), (Rule.RIVALRY,), names)[1] == "a confidential reason"


def test_the_people_are_read_again_only_where_they_may_have_changed(
    qtbot: QtBot, page: PairingPage, desk: Desk
) -> None:
    assert page.outcome is not None
    before = page.outcome.basis
    page.keep_pair(row_of(page, "Adler"))
    settled(qtbot, page)
    assert page.outcome.basis.participants is before.participants
    assert page.outcome.basis.draft != before.draft
    (someone,) = (one for one in all_people(desk.vault) if one.family_name == "Berg")
    desk.do(person_verbs.edit, someone.id, family_name="Bergmann")
    settled(qtbot, page)
    assert "Bergmann" in {row.mentor.family_name for row in page.board.proposals.rows()}
    page.refresh()  # whoever asks without a change that was told gets everything anew
    settled(qtbot, page)
    assert page.outcome.basis.participants is not before.participants


def test_who_was_left_over_is_asked_anew_when_another_round_comes_before(
    qtbot: QtBot, page: PairingPage, desk: Desk
) -> None:
    assert desk.programme is not None
    assert page.outcome is not None
    (one,) = (person for person in all_people(desk.vault) if person.family_name == "Celik")
    others = [person.id for person in all_people(desk.vault) if person.family_name in ("Adler", "Dorn")]
    former = desk.do(verbs.add, replace(verbs.blank(), title="Later", starts_on=date(2027, 1, 5)))
    desk.choose_programme(page.outcome.stored.id)
    (mentor,) = desk.do(verbs.enrol, former, others[:1], Role.MENTOR)
    mentee, _ = desk.do(verbs.enrol, former, [others[1], one.id], Role.MENTEE)
    desk.do(tandem_verbs.pair, former, mentor, mentee)
    settled(qtbot, page)

    def waited() -> set[str]:
        assert page.outcome is not None
        return {who.person.family_name for who in page.outcome.basis.participants.values() if who.waited}

    assert waited() == set()  # that round starts later than this one
    desk.do(verbs.edit, former, starts_on=date(2025, 1, 5))
    settled(qtbot, page)
    assert waited() == {"Celik"}


def test_a_row_that_stays_keeps_its_alternative_and_one_that_changes_is_drawn(page: PairingPage) -> None:
    view = page.board.proposals
    rows = view.rows()
    view.show_alternatives({rows[0].pair: "otherwise"})
    fresh = [replace(row, instead="") for row in rows]
    view.show_rows([fresh[0], replace(fresh[1], locked=True)])
    now = view.rows()
    assert (now[0].instead, now[0].locked) == ("otherwise", False)
    assert (now[1].instead, now[1].locked) == ("", True)
