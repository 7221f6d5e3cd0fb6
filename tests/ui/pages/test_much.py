"""What a page does with very many records: read and changed off the main thread, shown a few at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from threads_noted import Threads
from window_fixtures import Answers, OpenWindow, Stage

from app.domain.ids import ProgrammeId
from app.domain.programmes import EnrolmentState
from app.domain.tandems import TandemState
from app.services import houses
from app.services import notes as note_verbs
from app.services import tandems as tandem_verbs
from app.services.due import Due, DueKind
from app.store import people, programmes, tandems
from app.store.vault import Source
from ui import tasks
from ui.desk import Place
from ui.pages.notes import NotesPage
from ui.pages.programme import ABOUT, PEOPLE, ProgrammePage
from ui.pages.tandems import TandemsPage
from ui.parts.due_card import FIRST, MORE, DueCard
from ui.parts.participants import Part, parts_of
from ui.parts.reading import Reading


@pytest.fixture
def stage(open_demo: OpenWindow, monkeypatch: pytest.MonkeyPatch) -> Stage:
    made = open_demo()
    for page in ("overview", "programme", "tandems"):
        made.workplace.page_of(page)
        monkeypatch.setattr(f"ui.pages.{page}.MUCH", 0)
    monkeypatch.setattr("ui.desk.MANY", 0)
    return made


def at_rest(stage: Stage) -> Callable[[], bool]:
    return lambda: not stage.workplace.at_work and not tasks.running()


@pytest.mark.parametrize(
    ("key", "reader"),
    [
        ("overview", "ui.pages.overview.standing_of"),
        ("programme", "ui.pages.programme.parts_of"),
        ("tandems", "ui.pages.tandems.rows_of"),
    ],
)
def test_a_large_programme_is_read_beside_the_window(
    stage: Stage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, key: str, reader: str
) -> None:
    stage.go("settings")
    page = stage.workplace.page_of(key)
    page.stale = True
    threads = Threads(monkeypatch, reader)
    stage.desk.go(Place(key))
    qtbot.waitUntil(at_rest(stage))
    assert threads.beside
    if isinstance(page, TandemsPage | ProgrammePage):
        assert page.model.total() > 0


def test_a_tandem_wanted_while_the_list_is_read_is_chosen_then(stage: Stage, qtbot: QtBot) -> None:
    assert stage.desk.programme is not None
    wanted = tandems.of_programme(stage.desk.vault, stage.desk.programme)[3].id
    page = stage.workplace.page_of("tandems")
    assert isinstance(page, TandemsPage)
    page.stale = True
    stage.desk.go(Place("tandems", wanted))
    qtbot.waitUntil(at_rest(stage))
    assert [one.id for one in page.table.selected_records()] == [wanted]


def test_many_tandems_are_changed_beside_the_window_in_one_step(
    stage: Stage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = stage.go("tandems")
    assert isinstance(page, TandemsPage)
    qtbot.waitUntil(at_rest(stage))
    threads = Threads(monkeypatch, "app.services.tandems.dissolve")
    page.table.selectAll()
    steps = len(stage.desk.vault.steps.done)
    page.dissolve()
    assert stage.workplace.at_work
    qtbot.waitUntil(at_rest(stage))
    assert threads.beside
    assert len(stage.desk.vault.steps.done) == steps + 1
    assert not [one for one in page.model.records() if one.tandem.state is TandemState.ACTIVE]


def test_a_cancelled_change_of_many_changes_nothing(stage: Stage, qtbot: QtBot) -> None:
    page = stage.go("tandems")
    assert isinstance(page, TandemsPage)
    qtbot.waitUntil(at_rest(stage))
    begun, go = threading.Event(), threading.Event()
    before, steps = [one.tandem for one in page.model.records()], len(stage.desk.vault.steps.done)

    def slow(change: Any, ids: Any) -> None:
        begun.set()
        go.wait(20)
        tandem_verbs.remove(change, ids)

    stage.desk.do_together(len(before), "Work", lambda _: None, slow, tuple(one.id for one in before))
    assert begun.wait(20)
    stage.click(stage.workplace.progress.cancel_button)
    go.set()
    qtbot.waitUntil(at_rest(stage))
    assert len(stage.desk.vault.steps.done) == steps
    assert list(tandems.of_programme(stage.desk.vault, before[0].programme)) == before


def test_all_who_left_come_back_in_one_step(stage: Stage, qtbot: QtBot) -> None:
    page = stage.go("programme")
    assert isinstance(page, ProgrammePage)
    qtbot.waitUntil(at_rest(stage))
    page.table.selectAll()
    page.withdraw()
    qtbot.waitUntil(at_rest(stage))
    page.table.selectAll()
    steps = len(stage.desk.vault.steps.done)
    page.take_back()
    qtbot.waitUntil(at_rest(stage))
    assert len(stage.desk.vault.steps.done) == steps + 1
    assert stage.desk.programme is not None
    states = {one.state for one in programmes.enrolments(stage.desk.vault, stage.desk.programme)}
    assert states == {EnrolmentState.CONFIRMED}


def test_who_can_be_enrolled_is_made_ready_beside_the_window(
    stage: Stage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, answers: Answers
) -> None:
    page = stage.go("programme")
    assert isinstance(page, ProgrammePage)
    qtbot.waitUntil(at_rest(stage))
    threads = Threads(monkeypatch, "ui.dialogs.enrol_people.person_haystack")
    offered: list[int] = []

    def look(dialog: Any) -> bool:
        offered.append(dialog.model.total())
        return False

    answers.dialogs.append(look)
    page.enrol()
    qtbot.waitUntil(lambda: bool(offered) and at_rest(stage)())
    assert threads.beside
    assert offered[0] > 0


def test_after_cancel_nobody_is_asked_whom_to_enrol(
    stage: Stage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, answers: Answers
) -> None:
    page = stage.go("programme")
    assert isinstance(page, ProgrammePage)
    qtbot.waitUntil(at_rest(stage))
    begun, go = threading.Event(), threading.Event()

    def slow(source: Source, programme: ProgrammeId) -> list[Part]:
        begun.set()
        go.wait(20)
        return parts_of(source, programme)

    monkeypatch.setattr("ui.pages.programme.parts_of", slow)
    page.enrol()
    assert begun.wait(20)
    stage.click(stage.workplace.progress.cancel_button)
    go.set()
    qtbot.waitUntil(at_rest(stage))
    assert answers.asked == []
    assert stage.workplace._warning is None


def test_the_people_come_first_though_they_were_read_twice(stage: Stage, qtbot: QtBot) -> None:
    page = stage.workplace.page_of("programme")
    assert isinstance(page, ProgrammePage)
    stage.desk.go(Place("programme"))
    assert page.reading.under_way
    stage.desk.do(houses.set_house, name="Werk")
    qtbot.waitUntil(at_rest(stage))
    assert page.tabs.currentIndex() == PEOPLE


def test_nobody_is_taken_out_of_the_form_when_the_people_are_read(stage: Stage, qtbot: QtBot) -> None:
    page = stage.workplace.page_of("programme")
    assert isinstance(page, ProgrammePage)
    stage.desk.go(Place("programme"))
    page.form.start()
    qtbot.waitUntil(at_rest(stage))
    assert page.model.total() > 0
    assert page.tabs.currentIndex() == ABOUT


def test_thousands_of_due_things_come_a_few_at_a_time(qtbot: QtBot) -> None:
    due = [Due(kind=DueKind.MEETING_LATE, number=n, days=1) for n in range(200)]
    made = DueCard(due, {}, lambda _: None, FIRST, unfolded=frozenset({DueKind.MEETING_LATE}))
    qtbot.addWidget(made)
    made.show()
    grown: list[int] = []
    made.grew.connect(lambda lines, _: grown.append(lines))
    assert made._lines == FIRST
    assert str(MORE) in made.more_button.text()
    made.more_button.click()
    assert made._lines < FIRST + MORE  # the window is let on in between
    qtbot.waitUntil(lambda: made._lines == FIRST + MORE)
    assert grown == [FIRST + MORE]
    assert made.more_button.isVisible()


def test_only_the_last_reading_is_shown(qtbot: QtBot) -> None:
    go, shown, page = threading.Event(), list[str](), QObject()
    reading = Reading(page, lambda _: None)

    def slow() -> str:
        go.wait(20)
        return "first"

    reading.read(slow, shown.append, much=True)
    reading.read(lambda: "second", shown.append, much=True)
    qtbot.waitUntil(lambda: shown == ["second"])
    go.set()
    qtbot.waitUntil(lambda: not tasks.running())
    assert shown == ["second"]
    assert not reading.under_way
    reading.read(lambda: "at once", shown.append, much=False)
    assert shown[-1] == "at once"


def test_thousands_of_notes_are_read_and_searched_beside_the_window(
    stage: Stage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.pages.notes.MUCH", 0)
    stage.go("settings")
    page = stage.workplace.page_of("notes")
    assert isinstance(page, NotesPage)
    page.stale = True
    reading = Threads(monkeypatch, "app.store.notes.all_notes")
    searching = Threads(monkeypatch, "app.store.notes.search")
    stage.desk.go(Place("notes"))
    qtbot.waitUntil(at_rest(stage))
    everything = len(page.list.notes.rows)
    assert everything > 1
    assert reading.beside
    word = page.list.notes.rows[0].note.body.split()[0]
    calls = len(reading.seen)
    page.search.setText(word)
    qtbot.waitUntil(at_rest(stage))
    assert searching.beside
    assert 0 < len(page.list.notes.rows) < everything
    assert len(reading.seen) == calls  # no note has changed since


def test_a_new_note_among_thousands_is_chosen_with_the_cursor_in_it(
    stage: Stage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.pages.notes.MUCH", 0)
    page = stage.go("notes")
    assert isinstance(page, NotesPage)
    qtbot.waitUntil(at_rest(stage))
    before = {one.note.id for one in page.list.notes.rows}
    page.search.setText("zzz")
    qtbot.waitUntil(at_rest(stage))
    page.new()
    qtbot.waitUntil(at_rest(stage))
    assert page.list.current is not None
    assert page.list.current not in before
    assert page.editor.note == page.list.current
    assert page.editor.title.hasFocus()


def test_of_very_many_hits_the_best_are_shown(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.parts.note_reading.MOST_FOUND", 2)
    for number in range(4):
        stage.desk.do(note_verbs.add, title="Quitte" if number == 3 else f"n{number}", body="Quitte")
    page = stage.go("notes")
    assert isinstance(page, NotesPage)
    page.search.setText("quitte")
    assert len(page.list.notes.rows) == 2
    assert page.list.notes.rows[0].note.title == "Quitte"  # a hit in the title counts more
    assert page.nothing.isVisible()
    assert "2" in page.nothing.text()


def test_the_palette_of_a_large_vault_is_there_at_once(
    stage: Stage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.shell.palette.MUCH", 0)
    threads = Threads(monkeypatch, "app.store.people.all_people")
    someone = people.all_people(stage.desk.vault)[0]
    threads.seen.clear()
    stage.key("Ctrl+K")
    palette = stage.window._palette
    assert palette is not None
    assert palette.found.count() > 0  # the pages
    palette.line.setText(someone.list_name)
    qtbot.waitUntil(at_rest(stage))
    assert threads.beside
    assert someone.list_name in palette.found.item(0).text()
    palette.reject()
