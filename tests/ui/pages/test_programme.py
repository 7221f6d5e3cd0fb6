"""The programme page: the first programme by one click, fields in place, enrolling and leaving with Undo."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pairing_samples import add_person, fill
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from window_fixtures import Answers

from app.domain.programmes import EnrolmentState, ProgrammeKind, Role
from app.i18n import speaking
from app.places import places
from app.services import programmes as verbs
from app.services import tandems
from app.settings import Settings
from app.store.programmes import all_programmes, enrolments
from app.store.vault import Vault
from ui.desk import Desk, Saying
from ui.dialogs import ask
from ui.dialogs.enrol_people import EnrolPeople
from ui.pages.programme import ABOUT, PEOPLE, ProgrammePage
from ui.parts.programme_words import followed_title

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def desk(vault: Vault, home: Path) -> Desk:
    return Desk(vault, places(home), Settings())


def opened(qtbot: QtBot, desk: Desk) -> ProgrammePage:
    page = ProgrammePage(desk)
    qtbot.addWidget(page)
    desk.changed.connect(lambda _: page.refresh())
    page.resize(1068, 780)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.ensure_fresh()
    return page


def type_into(line: QLineEdit, text: str) -> None:
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, text)


def click(button: QWidget) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_the_first_programme_is_made_by_one_click(qtbot: QtBot, desk: Desk) -> None:
    page = opened(qtbot, desk)
    assert page.stack.currentWidget() is page.empty
    click(page.empty.button)
    made = all_programmes(desk.vault)
    assert [one.title for one in made] == [f"Reverse mentoring {date.today().year}"]
    assert (made[0].kind, made[0].planned_meetings, made[0].rhythm_days) == (ProgrammeKind.REVERSE, 6, 28)
    assert made[0].starts_on == date.today()
    assert made[0].ends_on is None
    assert desk.programme == made[0].id
    assert page.tabs.currentIndex() == ABOUT


def test_a_second_programme_is_shown_and_the_first_can_be_chosen_again(qtbot: QtBot, desk: Desk) -> None:
    first = fill(desk.vault)
    page = opened(qtbot, desk)
    page.show_record(None, part="new")
    assert len(all_programmes(desk.vault)) == 2
    assert desk.programme != first
    page.show_record(first)
    assert desk.programme == first
    assert page.form.title.value() == "Round one"


def test_a_title_that_was_only_proposed_follows_the_kind(qtbot: QtBot, desk: Desk) -> None:
    page = opened(qtbot, desk)
    page.add()
    page.add()
    year = date.today().year
    kinds = page.form.kind

    def choose(kind: ProgrammeKind) -> str:
        kinds.set_value(kind)
        kinds.edited.emit()
        assert page.programme is not None
        assert page.programme.kind is kind
        return page.programme.title

    assert choose(ProgrammeKind.CLASSIC) == f"Classic mentoring {year}"
    assert page.form.title.value() == f"Classic mentoring {year}"
    assert choose(ProgrammeKind.REVERSE) == f"Reverse mentoring {year} (2)"
    desk.undo()
    desk.undo()
    page.refresh()
    assert page.programme is not None
    assert page.programme.title == f"Reverse mentoring {year} (2)"
    type_into(page.form.title.input, "Our own")
    page.form.flush()
    assert choose(ProgrammeKind.MUTUAL) == "Our own"


def test_a_title_proposed_in_the_other_language_follows_in_that_language() -> None:
    with speaking("en"):
        assert (
            followed_title("Reverse Mentoring 2026 (2)", ProgrammeKind.REVERSE, ProgrammeKind.CLASSIC, ())
            == "Klassisches Mentoring 2026"
        )
        own = "Reverse mentoring in sales 2026"
        assert followed_title(own, ProgrammeKind.REVERSE, ProgrammeKind.CLASSIC, ()) == own


def test_fields_save_themselves_when_left(qtbot: QtBot, desk: Desk) -> None:
    programme = fill(desk.vault)
    page = opened(qtbot, desk)
    page.tabs.setCurrentIndex(ABOUT)
    type_into(page.form.title.input, "Round two")
    QTest.keyClick(page.form.title.input, Qt.Key.Key_Tab)
    type_into(page.form.meetings.input, "8")
    QTest.keyClick(page.form.meetings.input, Qt.Key.Key_Return)
    stored = all_programmes(desk.vault)[0]
    assert stored.id == programme
    assert (stored.title, stored.planned_meetings) == ("Round two", 8)


def test_an_impossible_end_is_told_in_its_field_and_not_saved(qtbot: QtBot, desk: Desk) -> None:
    fill(desk.vault)
    page = opened(qtbot, desk)
    page.tabs.setCurrentIndex(ABOUT)
    type_into(page.form.ends_on.input, "1.1.2020")
    QTest.keyClick(page.form.ends_on.input, Qt.Key.Key_Return)
    assert page.form.ends_on.error()
    assert all_programmes(desk.vault)[0].ends_on is None


def test_half_typed_text_is_saved_by_flush(qtbot: QtBot, desk: Desk) -> None:
    fill(desk.vault)
    page = opened(qtbot, desk)
    page.tabs.setCurrentIndex(ABOUT)
    page.form.greeting.setPlainText("Welcome")
    type_into(page.form.patron.input, "Dr. Chief")
    page.flush()
    stored = all_programmes(desk.vault)[0]
    assert (stored.greeting, stored.patron) == ("Welcome", "Dr. Chief")


def test_removing_a_programme_is_asked_about_and_can_be_undone(
    qtbot: QtBot, desk: Desk, answers: Answers
) -> None:
    programme = fill(desk.vault)
    page = opened(qtbot, desk)
    said: list[Saying] = []
    desk.said.connect(said.append)
    answers.choices += [None, "yes"]
    click(page.remove_button)
    assert all_programmes(desk.vault) != ()
    click(page.remove_button)
    assert all_programmes(desk.vault) == ()
    assert said[-1].undo
    assert page.stack.currentWidget() is page.empty
    desk.undo()
    assert len(enrolments(desk.vault, programme)) == 4
    assert page.model.total() == 4


def test_people_are_enrolled_through_the_dialog(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    programme = fill(desk.vault)
    new = add_person(desk.vault, "Eva", "Ernst")
    page = opened(qtbot, desk)

    class Answers(ask.Dialogs):
        def run(self, dialog: QDialog) -> bool:
            assert isinstance(dialog, EnrolPeople)
            assert [person.family_name for person in dialog.model.records()] == ["Ernst"]
            assert not dialog.enrol.isEnabled()
            dialog.table.selectRow(0)
            dialog.role.set_value(Role.MENTOR)
            dialog.capacity.set_value(3)
            dialog.enrol.click()
            return dialog.result() == QDialog.DialogCode.Accepted

    monkeypatch.setattr(ask, "answer", Answers())
    click(page.enrol_button)
    qtbot.waitUntil(lambda: len(enrolments(desk.vault, programme)) == 5)
    made = next(one for one in enrolments(desk.vault, programme) if one.person == new)
    assert (made.role, made.capacity) == (Role.MENTOR, 3)


def test_role_and_expectations_are_edited_in_the_panel(qtbot: QtBot, desk: Desk) -> None:
    programme = fill(desk.vault)
    page = opened(qtbot, desk)
    page.tabs.setCurrentIndex(PEOPLE)
    page.table.selectRow(0)
    chosen = page.table.selected_records()[0]
    page.panel.role.set_value(Role.BOTH)
    page.panel.role.edited.emit()
    page.panel.expectations.text.setPlainText("To learn from each other")
    page.table.selectRow(1)
    stored = {one.id: one for one in enrolments(desk.vault, programme)}
    assert stored[chosen.id].role is Role.BOTH
    assert stored[chosen.id].expectations == "To learn from each other"
    assert stored[page.table.selected_records()[0].id].expectations == ""


def test_leaving_the_programme_and_coming_back(qtbot: QtBot, desk: Desk) -> None:
    programme = fill(desk.vault)
    page = opened(qtbot, desk)
    page.tabs.setCurrentIndex(PEOPLE)
    page.table.selectRow(0)
    chosen = page.table.selected_records()[0].id
    click(page.panel.withdraw)
    stored = {one.id: one.state for one in enrolments(desk.vault, programme)}
    assert stored[chosen] is EnrolmentState.WITHDRAWN
    assert page.panel.rejoin.isVisible()
    click(page.panel.rejoin)
    stored = {one.id: one.state for one in enrolments(desk.vault, programme)}
    assert stored[chosen] is EnrolmentState.CONFIRMED


def test_who_is_in_a_tandem_is_not_removed_and_the_reason_is_said(qtbot: QtBot, desk: Desk) -> None:
    programme = fill(desk.vault)
    mentor = next(one.id for one in enrolments(desk.vault, programme) if one.teaches)
    mentee = next(one.id for one in enrolments(desk.vault, programme) if one.learns)
    desk.do(tandems.pair, programme, mentor, mentee)
    page = opened(qtbot, desk)
    page.tabs.setCurrentIndex(PEOPLE)
    said: list[Saying] = []
    desk.said.connect(said.append)
    page.table.choose(mentor)
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    assert len(enrolments(desk.vault, programme)) == 4
    assert said[-1].tone == "danger"
    free = next(
        one.id for one in enrolments(desk.vault, programme) if one.learns and one.id != mentee
    )
    page.table.choose(free)
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    assert len(enrolments(desk.vault, programme)) == 3
    assert said[-1].undo


def test_search_finds_among_the_participants(qtbot: QtBot, desk: Desk) -> None:
    fill(desk.vault)
    page = opened(qtbot, desk)
    page.start_search()
    QTest.keyClicks(page.search, "celik")
    assert [part.person.family_name for part in page.model.records()] == ["Celik"]
    assert page.panel.name.text()
    desk.do(verbs.edit, all_programmes(desk.vault)[0].id, title="Other")
    assert page.search.text() == "celik"


def test_a_refused_title_stays_with_its_reason_until_another_programme_is_shown(qtbot: QtBot, desk: Desk) -> None:
    page = opened(qtbot, desk)
    click(page.empty.button)
    title = page.form.title
    before = all_programmes(desk.vault)[0].title
    type_into(title.input, " ")
    QTest.keyClick(title.input, Qt.Key.Key_Return)
    page.refresh()
    assert (title.value(), bool(title.error())) == ("", True)
    page.flush()
    assert (title.value(), bool(title.error())) == ("", True)
    assert all_programmes(desk.vault)[0].title == before
    page.add()
    assert title.error() == ""
    shown = next(one for one in all_programmes(desk.vault) if one.id == desk.programme)
    assert title.value() == shown.title != before
    assert {one.title for one in all_programmes(desk.vault)} == {before, title.value()}
