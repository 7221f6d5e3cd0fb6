from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app import i18n
from app.domain.ids import TandemId
from app.domain.tandems import TandemState
from app.i18n import date_text
from app.places import places
from app.services import demo
from app.services.due import DueKind, due
from app.settings import Settings
from app.store import meetings, people, tandems
from app.store.vault import Vault
from ui import theme
from ui.desk import Desk, Place, Saying
from ui.pages.tandems import TandemsPage


@pytest.fixture
def desk(vault: Vault, home: Path, qapp: QApplication) -> Desk:
    i18n.set_language("en")
    theme.apply(qapp, "light")
    return Desk(vault, places(home), Settings(language="en"))


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> TandemsPage:
    desk.do(demo.fill, date.today())
    made = TandemsPage(desk)
    qtbot.addWidget(made)
    made.resize(1068, 780)
    desk.changed.connect(lambda _: made.refresh())
    made.ensure_fresh()
    made.show()
    return made


def of_programme(desk: Desk) -> dict[TandemId, TandemState]:
    assert desk.programme is not None
    return {one.id: one.state for one in tandems.of_programme(desk.vault, desk.programme)}


def in_state(desk: Desk, state: TandemState) -> list[TandemId]:
    return [identity for identity, now in of_programme(desk).items() if now is state]


def shown(page: TandemsPage, key: str) -> list[str]:
    column = next(place for place, one in enumerate(page.model.columns) if one.key == key)
    return [page.model.index(row, column).data() for row in range(page.model.rowCount())]


def test_every_tandem_has_a_row_with_people_meetings_and_next_day(page: TandemsPage, desk: Desk) -> None:
    assert desk.programme is not None
    one = tandems.of_programme(desk.vault, desk.programme)[0]
    held = meetings.of_tandem(desk.vault, one.id)
    mentor = people.person(desk.vault, one.mentor.person)
    assert page.model.rowCount() == 34
    assert mentor is not None
    assert shown(page, "mentor")[0] == mentor.list_name
    assert shown(page, "meetings")[0] == f"{sum(m.held_on is not None for m in held)}/6"
    coming = min(m.planned_on for m in held if m.held_on is None and m.planned_on)
    assert date_text(coming).split(" 20")[0] in shown(page, "next")[0]


def test_late_meetings_are_said_in_words_and_can_be_filtered(page: TandemsPage) -> None:
    late = [one for one in page.model.records() if one.late]
    assert 0 < len(late) < 34
    page.states.setCurrentIndex(page.states.findText("Meeting late"))
    assert page.model.rowCount() == len(late)
    assert all("late" in text for text in shown(page, "next"))


def test_a_pause_makes_no_meeting_late_here_as_on_the_overview(page: TandemsPage, desk: Desk) -> None:
    assert desk.programme is not None
    today = date.today()
    overdue = {one.tandem for one in due(desk.vault, desk.programme, today) if one.kind is DueKind.MEETING_LATE}
    rows = [page.model.record(row) for row in range(page.model.rowCount())]
    assert {one.id for one in rows if one.late} == overdue
    words = dict(zip((one.id for one in rows), shown(page, "next"), strict=True))
    paused = [one for one in rows if one.tandem.state is TandemState.PAUSED and one.next_on and one.next_on < today]
    assert paused
    assert [words[one.id] for one in paused] == [date_text(one.next_on) for one in paused if one.next_on]


def test_typing_finds_names_and_departments(page: TandemsPage) -> None:
    mentee = page.model.record(0).mentees[0]
    page.start_search()
    QTest.keyClicks(page.search, mentee.family_name[:5].lower())
    names = shown(page, "mentee") + shown(page, "mentor")
    assert mentee.list_name in names
    assert page.model.rowCount() < 34
    QTest.keyClick(page.search, Qt.Key.Key_Escape)
    assert page.model.rowCount() == 34


def test_enter_opens_the_tandem(page: TandemsPage, desk: Desk, qtbot: QtBot) -> None:
    wanted = page.model.record(3).id
    page.table.choose(wanted)
    with qtbot.waitSignal(desk.went) as went:
        QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert went.args == [Place("tandem", wanted)]


def test_dissolving_takes_two_clicks_and_no_reason_and_can_be_undone(
    page: TandemsPage, desk: Desk, qtbot: QtBot
) -> None:
    active = in_state(desk, TandemState.ACTIVE)[0]
    page.table.choose(active)
    QTest.mouseClick(page.dissolve_button, Qt.MouseButton.LeftButton)
    assert of_programme(desk)[active] is TandemState.ACTIVE
    with qtbot.waitSignal(desk.said) as said:
        QTest.mouseClick(page.dissolve_button, Qt.MouseButton.LeftButton)
    assert of_programme(desk)[active] is TandemState.ENDED
    saying = said.args[0] if said.args else None
    assert isinstance(saying, Saying)
    assert saying.undo
    desk.undo()
    assert of_programme(desk)[active] is TandemState.ACTIVE


def test_the_keyboard_stays_in_the_table_when_what_was_chosen_is_gone(
    page: TandemsPage, desk: Desk, qtbot: QtBot
) -> None:
    proposed = in_state(desk, TandemState.PROPOSED)[0]
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.table.choose(proposed)
    page.dissolve_button.setFocus()
    qtbot.waitUntil(page.dissolve_button.hasFocus)
    for _ in range(2):
        QTest.keyClick(page.dissolve_button, Qt.Key.Key_Space)
    assert proposed not in of_programme(desk)
    assert not page.dissolve_button.isEnabled()
    assert page.table.hasFocus()


def test_several_tandems_change_their_state_in_one_step(page: TandemsPage, desk: Desk) -> None:
    active = in_state(desk, TandemState.ACTIVE)[:3]
    page.table.choose(active[0])
    for identity in active[1:]:
        row = page.model.rows_of({identity})[0]
        flags = page.table.selectionModel().SelectionFlag
        page.table.selectionModel().select(page.model.index(row, 0), flags.Select | flags.Rows)
    page.set_state(TandemState.PAUSED)
    assert {of_programme(desk)[identity] for identity in active} == {TandemState.PAUSED}
    desk.undo()
    assert {of_programme(desk)[identity] for identity in active} == {TandemState.ACTIVE}


def test_removing_takes_the_rows_away_and_undo_brings_them_back(page: TandemsPage, desk: Desk) -> None:
    page.table.choose(page.model.record(1).id)
    QTest.mouseClick(page.remove_button, Qt.MouseButton.LeftButton)
    assert page.model.rowCount() == 33
    desk.undo()
    assert page.model.rowCount() == 34


def test_without_tandems_the_page_leads_to_pairing(desk: Desk, qtbot: QtBot) -> None:
    page = TandemsPage(desk)
    qtbot.addWidget(page)
    page.ensure_fresh()
    page.show()
    assert page.empty.isVisible()
    assert not page.print_button.isEnabled()
    with qtbot.waitSignal(desk.went) as went:
        QTest.mouseClick(page.empty.button, Qt.MouseButton.LeftButton)
    assert went.args == [Place("pairing")]


def test_the_list_is_printed_on_the_documents_page(page: TandemsPage, desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.went) as went:
        QTest.mouseClick(page.print_button, Qt.MouseButton.LeftButton)
    assert went.args == [Place("documents", part="tandem_list")]
