from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from window_fixtures import OpenWindow, Stage, button_of, type_over, type_text

from app.store import notes, people, tandems
from ui.desk import Place
from ui.main import arguments
from ui.pages.notes import NotesPage
from ui.shell.demo import DEMO_PASSPHRASE, FOLDER

HALF = "Zaunkönig sitzt in der Hecke"


def write_half(stage: Stage) -> NotesPage:
    page = stage.go("notes")
    assert isinstance(page, NotesPage)
    stage.click(page.new_button)
    type_over(page.editor.title, "Half-typed")
    page.editor.text.setFocus()
    type_text(page.editor.text, HALF)
    return page


def test_lock_saves_the_half_typed_closes_and_begins_anew(open_demo: OpenWindow, open_window: OpenWindow) -> None:
    stage = open_demo()
    write_half(stage)
    vault = stage.desk.vault
    stage.key("Ctrl+L")
    assert vault.closed
    assert len(stage.restarts) == 1
    options = arguments(stage.restarts[0])
    assert options.file == vault.path
    again = open_window(chosen=options.file)
    assert again.window.windowTitle() == "Tandembuch"
    again.unlock(DEMO_PASSPHRASE)
    assert again.page.key == "notes"
    assert [note.body for note in notes.all_notes(again.desk.vault) if note.title == "Half-typed"] == [HALF]


def test_the_same_note_is_shown_after_unlocking(open_demo: OpenWindow, open_window: OpenWindow) -> None:
    stage = open_demo()
    write_half(stage)
    stage.key("Ctrl+L")
    again = open_window(chosen=arguments(stage.restarts[0]).file)
    again.unlock(DEMO_PASSPHRASE)
    assert isinstance(again.page, NotesPage)
    assert again.page.editor.text.toPlainText() == HALF


def test_the_next_life_is_told_the_vault_alone_and_finds_the_place_in_it(
    open_demo: OpenWindow, open_window: OpenWindow
) -> None:
    stage = open_demo()
    tandem = tandems.of_programme(stage.desk.vault, stage.desk.programme or 0)[3]  # type: ignore[arg-type]
    person = people.all_people(stage.desk.vault)[3]
    for place in (Place("tandem", tandem.id), Place("people", person.id)):
        stage.desk.go(place)
    path = stage.desk.vault.path
    stage.click(stage.workplace.rail.buttons["lock"])
    assert stage.restarts == [[str(path)]]
    again = open_window(chosen=path)
    again.unlock(DEMO_PASSPHRASE)
    assert again.workplace.here == Place("people", person.id)


def test_lock_now_on_the_security_page(open_demo: OpenWindow) -> None:
    stage = open_demo()
    page = stage.go("security")
    stage.click(button_of(page, "Lock now"))
    assert len(stage.restarts) == 1
    stage.key("Ctrl+L")
    assert len(stage.restarts) == 1


def test_the_last_minute_counts_down_and_then_it_locks(open_demo: OpenWindow, qtbot: QtBot) -> None:
    stage = open_demo(idle_minutes=5)
    write_half(stage)
    now, idle = time.time(), stage.window.idle

    def shown() -> str:
        return " ".join(label.text() for label in stage.window.statusBar().findChildren(QLabel))

    idle.tick(now + 2 * 60)
    assert "locks in 3 min" in shown()
    idle.tick(now + 4 * 60 + 30)
    assert "Locks in 30 s" in shown() or "Locks in 31 s" in shown()
    assert not stage.restarts
    with qtbot.waitSignal(idle.expired):
        idle.tick(now + 5 * 60 + 1)
    assert len(stage.restarts) == 1


def test_a_key_starts_the_count_again(open_demo: OpenWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    stage = open_demo(idle_minutes=5)
    later = time.time() + 4 * 60
    monkeypatch.setattr("ui.shell.idle.time.time", lambda: later)
    QTest.keyClicks(stage.window, "x")
    stage.window.idle.tick(later + 2 * 60)
    assert not stage.restarts


def test_a_night_asleep_locks_at_the_first_tick(open_demo: OpenWindow) -> None:
    stage = open_demo(idle_minutes=120)
    stage.window.idle.tick(time.time() + 9 * 3600)
    assert len(stage.restarts) == 1


def test_closing_saves_the_half_typed_too(open_demo: OpenWindow, open_window: OpenWindow) -> None:
    stage = open_demo()
    write_half(stage)
    path = stage.desk.vault.path
    stage.key("Ctrl+Q")
    assert not stage.window.isVisible()
    again = open_window(chosen=path)
    again.unlock(DEMO_PASSPHRASE)
    assert HALF in [note.body for note in notes.all_notes(again.desk.vault)]


def test_the_demo_survives_a_lock_says_its_passphrase_and_goes_with_the_window(
    open_window: OpenWindow,
    demo_vault: Callable[[str], Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    folder = tmp_path / f"{FOLDER}x"
    folder.mkdir()
    path = demo_vault("en").rename(folder / "Demo.tandembuch")
    stage = open_window(chosen=path)
    assert stage.window.unlock is not None
    assert stage.window.unlock.trouble.text() == f"The passphrase of the demo is: {DEMO_PASSPHRASE}"
    stage.unlock(DEMO_PASSPHRASE)
    stage.key("Ctrl+L")
    assert path.exists()
    again = open_window(chosen=path)
    again.window.close()
    assert not folder.exists()


def test_a_vault_of_ones_own_stays_whatever_was_tried_before(
    open_window: OpenWindow, demo_vault: Callable[[str], Path]
) -> None:
    own = demo_vault("en")
    stage = open_window(chosen=own)
    stage.unlock(DEMO_PASSPHRASE)
    stage.window.close()
    assert own.exists()
