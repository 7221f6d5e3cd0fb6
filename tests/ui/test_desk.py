from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from window_fixtures import OpenWindow, Stage, type_over

from app.domain.kinds import Kind
from app.errors import Fault
from app.services import houses
from app.services import notes as verbs
from app.store import houses as stored_houses
from app.store import meetings, notes, people, tandems
from app.store import programmes as stored
from app.store.vault import Change, Vault
from ui import tasks
from ui.desk import Place
from ui.pages.notes import NotesPage
from ui.pages.people import PeoplePage
from ui.pages.programme import ProgrammePage
from ui.pages.tandem import TandemPage
from ui.shell.demo import DEMO_PASSPHRASE

WORDS = "what was said"


@contextmanager
def no_room(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every change meets a full disk in here."""

    def refuse(*_: object, **__: object) -> object:
        raise Fault("vault.disk_full")

    with monkeypatch.context() as patched:
        patched.setattr(Vault, "change", refuse)
        yield


def with_new_note(stage: Stage) -> NotesPage:
    page = stage.go("notes")
    assert isinstance(page, NotesPage)
    stage.click(page.new_button)
    return page


def test_texts_that_found_no_room_stay_and_are_saved_later(
    open_demo: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = open_demo()
    page = with_new_note(stage)
    note = page.list.current
    assert note is not None
    with no_room(monkeypatch):
        type_over(page.editor.title, "Title")
        type_over(page.editor.text, WORDS)
        page.flush()
    page.refresh()
    assert page.editor.text.value() == WORDS
    stage.workplace.flush()
    kept = notes.note(stage.desk.vault, note)
    assert kept is not None
    assert (kept.title, kept.body) == ("Title", WORDS)


def test_an_unsaved_text_never_lands_in_the_next_note(
    open_demo: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = open_demo()
    page = with_new_note(stage)
    other = next(note for note in notes.all_notes(stage.desk.vault) if note.id != page.list.current)
    with no_room(monkeypatch):
        type_over(page.editor.title, "Title")
        type_over(page.editor.text, WORDS)
        page.list.choose(other.id)
    stage.workplace.flush()
    again = notes.note(stage.desk.vault, other.id)
    assert again is not None
    assert (again.title, again.body) == (other.title, other.body)
    assert (page.editor.title.text(), page.editor.text.value()) == (other.title, other.body)


def test_texts_of_a_tandem_outlast_a_full_disk(open_demo: OpenWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    stage = open_demo()
    assert stage.desk.programme is not None
    tandem = tandems.of_programme(stage.desk.vault, stage.desk.programme)[0].id
    meeting = meetings.of_tandem(stage.desk.vault, tandem)[0].id
    stage.desk.go(Place("tandem", tandem))
    page = stage.page
    assert isinstance(page, TandemPage)
    page.meetings.open(meeting)
    form = page.meetings.items[meeting].form
    assert form is not None
    gap = next(iter(page.private.gaps.items.values()), None)
    if gap is None:
        adder = page.private.gaps.adder
        adder.input.setCurrentIndex(1)
        adder.input.activated.emit(1)
        gap = next(iter(page.private.gaps.items.values()))
    texts = (page.agreement.remarks, form.summary, form.next_steps, gap.evidence)
    with no_room(monkeypatch):
        for text in texts:
            type_over(text, WORDS)
            text.flush()
    page.refresh()
    assert [text.value() for text in texts] == [WORDS] * 4
    stage.workplace.flush()
    again = tandems.tandem(stage.desk.vault, tandem)
    assert again is not None
    assert again.agreement.remarks == WORDS
    held = meetings.of_tandem(stage.desk.vault, tandem)[0]
    assert (held.summary, held.next_steps) == (WORDS, WORDS)
    assert not any(text.half_typed() for text in texts)


def test_remarks_and_greeting_outlast_a_full_disk(open_demo: OpenWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    stage = open_demo()
    person = people.all_people(stage.desk.vault)[0].id
    stage.desk.go(Place("people", person))
    page = stage.page
    assert isinstance(page, PeoplePage)
    remarks = page.panel.fields.remarks
    stage.go("programme")
    programme = stage.page
    assert isinstance(programme, ProgrammePage)
    with no_room(monkeypatch):
        for text in (remarks, programme.form.greeting):
            type_over(text, WORDS)
            text.flush()
    page.refresh()
    programme.refresh()
    stage.workplace.flush()
    kept, shown = people.person(stage.desk.vault, person), stage.desk.programme
    assert kept is not None
    assert kept.remarks == WORDS
    assert shown is not None
    found = stored.programme(stage.desk.vault, shown)
    assert found is not None
    assert found.greeting == WORDS


def test_undo_of_a_toast_goes_with_the_next_change(open_demo: OpenWindow) -> None:
    stage = open_demo()
    page = with_new_note(stage)
    other = stage.desk.do(verbs.add)
    stage.desk.do(verbs.remove, (other,))
    stage.desk.say("The note was removed", undo=True)
    toast = stage.workplace.toast
    assert toast.undo_button.isVisible()
    type_over(page.editor.text, WORDS)
    page.flush()
    assert toast.isVisible()
    assert not toast.undo_button.isVisible()
    stage.desk.say("Once more", undo=True)
    assert toast.undo_button.isVisible()


def test_slow_work_saves_the_half_typed_first_and_tells_its_own_kinds(open_demo: OpenWindow, qtbot: QtBot) -> None:
    stage = open_demo()
    page = with_new_note(stage)
    type_over(page.editor.text, WORDS)
    go, told, ended = threading.Event(), list[frozenset[Kind]](), list[object]()

    def slow(change: Change) -> None:
        go.wait(10)
        houses.set_house(change, name="Feinwerk")

    stage.desk.do_slowly("Work", ended.append, slow)
    assert not page.editor.text.half_typed()
    stage.desk.changed.connect(told.append)
    go.set()
    qtbot.waitUntil(lambda: bool(ended))
    assert told == [frozenset({Kind.HOUSE})]


def test_a_page_that_cannot_save_keeps_no_other_from_it(
    open_demo: OpenWindow, open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = open_demo()
    first = stage.page
    page = with_new_note(stage)
    monkeypatch.setattr(first, "flush", refused)
    type_over(page.editor.text, WORDS)
    path = stage.desk.vault.path
    stage.key("Ctrl+L")
    assert len(stage.restarts) == 1
    again = open_window(chosen=path)
    again.unlock(DEMO_PASSPHRASE)
    assert WORDS in [note.body for note in notes.all_notes(again.desk.vault)]


def refused() -> None:
    raise Fault("vault.disk_full")


def test_what_wrote_much_is_undone_off_the_main_thread(
    open_demo: OpenWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = open_demo()
    stage.go("settings")
    vault, threads = stage.desk.vault, list[threading.Thread]()
    monkeypatch.setattr("ui.desk.SLOW_ROWS", 1)
    genuine = Vault.undo

    def undo(self: Vault, *step: Any) -> object:
        threads.append(threading.current_thread())
        return genuine(self, *step)

    monkeypatch.setattr(Vault, "undo", undo)
    stage.desk.do(houses.set_house, name="Feinwerk")
    told = list[frozenset[Kind]]()
    stage.desk.changed.connect(told.append)
    stage.key("Ctrl+Z")
    qtbot.waitUntil(lambda: bool(told) and not tasks.running())
    assert threads
    assert threading.main_thread() not in threads
    assert told == [frozenset({Kind.HOUSE})]
    assert stored_houses.house(vault)["name"] != "Feinwerk"
    assert not stage.workplace.toast.isHidden()
    stage.key("Ctrl+Y")
    qtbot.waitUntil(lambda: len(told) > 1 and not tasks.running())
    assert stored_houses.house(vault)["name"] == "Feinwerk"
    assert told == [frozenset({Kind.HOUSE})] * 2
