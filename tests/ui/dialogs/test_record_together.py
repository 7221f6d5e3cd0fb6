from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from window_fixtures import TODAY, Answers, OpenWindow, Stage, click, type_over

from app.domain.ids import TandemId
from app.domain.tandems import TandemSide, TandemState
from app.i18n import date_text
from app.services import tandems
from app.store import meetings
from app.store import tandems as stored
from ui.dialogs.record_together import RecordAgreements, RecordConsents, RecordMeetings
from ui.pages.tandems import TandemsPage


@pytest.fixture
def stage(open_demo: OpenWindow) -> Stage:
    return open_demo("en")


@pytest.fixture
def page(stage: Stage) -> TandemsPage:
    page = stage.go("tandems")
    assert isinstance(page, TandemsPage)
    return page


def choose_all(page: TandemsPage) -> None:
    page.table.setFocus()
    page.table.selectAll()


def withdraw(stage: Stage, count: int) -> tuple[TandemId, ...]:
    """Takes the consents of both sides of so many active tandems back."""
    assert stage.desk.programme is not None
    active = [one for one in stored.of_programme(stage.desk.vault, stage.desk.programme)
              if one.state is TandemState.ACTIVE][:count]  # fmt: skip
    for one in active:
        for member in one.members:
            stage.desk.do(tandems.consent, member.id, None)
    return tuple(one.id for one in active)


def missing(stage: Stage) -> int:
    assert stage.desk.programme is not None
    return sum(
        member.consent_on is None
        for one in stored.of_programme(stage.desk.vault, stage.desk.programme)
        if one.state not in (TandemState.ENDED, TandemState.COMPLETED)
        for member in one.members
    )


def take(page: TandemsPage, words: str) -> None:
    """Opens the menu of the button and takes an entry of it."""
    click(page.record_button)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    action = next(one for one in menu.actions() if one.text() == words)
    assert action.isEnabled()
    menu.close()
    action.trigger()


def test_the_consents_of_many_are_recorded_with_one_click_and_one_undo(
    stage: Stage, page: TandemsPage, answers: Answers
) -> None:
    chosen = withdraw(stage, 4)
    open_before = missing(stage)
    assert open_before >= 8
    choose_all(page)
    told = []

    def answer(dialog: RecordConsents) -> bool:
        told.append((dialog.said.text(), dialog.record.text()))
        type_over(dialog.day.input, "20.11.2026")
        click(dialog.record)
        return bool(dialog.result())

    answers.dialogs.append(answer)
    take(page, "Record consents …")
    assert told[0][0].startswith(f"{open_before} consents are still open and will be recorded.")
    assert told[0][1] == f"Record {open_before} consents"
    assert missing(stage) == 0
    one = stored.tandem(stage.desk.vault, chosen[0])
    assert one is not None
    assert {member.consent_on for member in one.members} == {date(2026, 11, 20)}
    stage.desk.undo()
    assert missing(stage) == open_before


def test_one_side_alone_is_counted_and_recorded(stage: Stage, page: TandemsPage, answers: Answers) -> None:
    chosen = withdraw(stage, 3)
    page.table.choose(chosen[0])

    def answer(dialog: RecordConsents) -> bool:
        assert dialog.record.text() == "Record 2 consents"
        QTest.keyClick(dialog.whose.input, Qt.Key.Key_Down)
        QTest.keyClick(dialog.whose.input, Qt.Key.Key_Down)
        dialog.whose.input.activated.emit(dialog.whose.input.currentIndex())
        assert dialog.record.text() == "Record 1 consent"
        click(dialog.record)
        return bool(dialog.result())

    answers.dialogs.append(answer)
    take(page, "Record consents …")
    one = stored.tandem(stage.desk.vault, chosen[0])
    assert one is not None
    assert {member.side: member.consent_on for member in one.members} == {
        TandemSide.MENTOR: None, TandemSide.MENTEE: TODAY,
    }  # fmt: skip


def test_a_day_that_cannot_be_read_records_nothing_and_return_takes_one_that_can(
    stage: Stage, page: TandemsPage, answers: Answers
) -> None:
    withdraw(stage, 1)
    choose_all(page)
    open_before = missing(stage)

    def answer(dialog: RecordConsents) -> bool:
        type_over(dialog.day.input, "soon")
        assert not dialog.record.isEnabled()
        assert dialog.said.text() == "Please enter the day."
        QTest.keyClick(dialog.day.input, Qt.Key.Key_Return)
        assert dialog.isVisible()
        assert missing(stage) == open_before
        type_over(dialog.day.input, "19.11.2026")
        assert dialog.record.isEnabled()
        QTest.keyClick(dialog.day.input, Qt.Key.Key_Return)
        assert dialog.on == date(2026, 11, 19)
        return bool(dialog.result())

    answers.dialogs.append(answer)
    take(page, "Record consents …")
    assert missing(stage) == 0


def test_signed_agreements_of_many(stage: Stage, page: TandemsPage, answers: Answers) -> None:
    assert stage.desk.programme is not None
    choose_all(page)
    counted = []

    def answer(dialog: RecordAgreements) -> bool:
        counted.append(dialog.record.text())
        click(dialog.record)
        return bool(dialog.result())

    found = [one for one in stored.of_programme(stage.desk.vault, stage.desk.programme)
             if one.state not in (TandemState.ENDED, TandemState.COMPLETED)]  # fmt: skip
    unsigned = sum(one.agreement.signed_on is None for one in found)
    if not unsigned:
        stage.desk.do(tandems.edit_agreement, found[0].id, signed_on=None)
        unsigned = 1
    answers.dialogs.append(answer)
    take(page, "Record signed agreements …")
    assert counted == [f"Record {unsigned} agreement{'s' * (unsigned != 1)}"]
    assert all(one.agreement.signed_on for identity in (one.id for one in found)
               if (one := stored.tandem(stage.desk.vault, identity)))  # fmt: skip


def test_a_meeting_of_all_is_entered_with_its_length(stage: Stage, page: TandemsPage, answers: Answers) -> None:
    assert stage.desk.programme is not None
    choose_all(page)
    counted = []

    def answer(dialog: RecordMeetings) -> bool:
        type_over(dialog.day.input, "21.11.2026")
        type_over(dialog.minutes.input, "75")
        counted.append(int(dialog.record.text().split()[1]))
        click(dialog.record)
        return bool(dialog.result())

    answers.dialogs.append(answer)
    take(page, "Record a meeting for each …")
    planned = meetings.of_programme(stage.desk.vault, stage.desk.programme)
    held = [one for found in planned.values() for one in found if one.held_on == date(2026, 11, 21)]
    assert counted[0] > 20
    assert [one.minutes for one in held] == [75] * counted[0]


def test_a_meeting_on_a_day_to_come_is_refused_in_the_dialog(
    stage: Stage, page: TandemsPage, answers: Answers
) -> None:
    choose_all(page)
    said: list[str] = []
    stage.desk.said.connect(lambda saying: said.append(saying.text))

    def answer(dialog: RecordMeetings) -> bool:
        type_over(dialog.day.input, date_text(TODAY + timedelta(days=1)))
        assert not dialog.record.isEnabled()
        assert dialog.said.text() == "A meeting can have been held today or before."
        type_over(dialog.day.input, date_text(TODAY))
        assert dialog.record.isEnabled()
        click(dialog.record)
        return bool(dialog.result())

    answers.dialogs.append(answer)
    take(page, "Record a meeting for each …")
    assert said[-1].endswith("meetings were recorded")


def test_nothing_to_record_is_not_offered(stage: Stage, page: TandemsPage) -> None:
    assert not page.record_button.isEnabled()
    chosen = withdraw(stage, 1)
    stage.desk.do(tandems.set_state, chosen[0], TandemState.ENDED)
    page.table.choose(chosen[0])
    assert not page.record_button.isEnabled()
