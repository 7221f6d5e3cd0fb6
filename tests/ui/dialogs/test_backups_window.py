"""Backups and the window: made when it closes and locks, and the way back through it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from backups_scene import StandingAnswers, press
from noted_vaults import note, titles
from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from quick_vaults import PASSPHRASE

from app.places import Places, places
from app.settings import Settings
from app.store import backups as shelf
from app.store.vault import Vault, create_vault, open_vault
from ui import tasks
from ui.desk import Desk
from ui.dialogs import ask
from ui.shell.safekeeping import back_up_after_unlocking
from ui.shell.unlock import Unlock
from ui.shell.window import Window

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> StandingAnswers:
    made = StandingAnswers()
    monkeypatch.setattr(ask, "answer", made)
    return made


@pytest.fixture
def at_home(home: Path) -> Places:
    return places(home)


@pytest.fixture
def desk(vault: Vault, at_home: Places) -> Iterator[Desk]:
    note(vault, "eins")
    yield Desk(vault, at_home, Settings(language="en"))
    tasks.wait_for_all()


@pytest.fixture
def window(qtbot: QtBot, desk: Desk, at_home: Places) -> Iterator[tuple[Window, list[list[str]]]]:
    restarts: list[list[str]] = []
    made = Window(at_home, Settings(language="en"), restart=lambda words: restarts.append(list(words)))
    qtbot.addWidget(made)
    made.open(desk.vault)
    made.show()
    yield made, restarts
    made.desk = None


def close(window: Window) -> bool:
    event = QCloseEvent()
    window.closeEvent(event)
    return event.isAccepted()


def test_closing_makes_a_backup_where_something_changed(
    window: tuple[Window, list[list[str]]], vault: Vault, at_home: Places
) -> None:
    folder = shelf.folder_of(at_home.backups, vault.id)
    assert close(window[0])
    assert vault.closed
    assert [one.verified for one in shelf.listed(folder, hashed=True)] == [True]


def test_locking_makes_one_too(window: tuple[Window, list[list[str]]], vault: Vault, at_home: Places) -> None:
    folder = shelf.folder_of(at_home.backups, vault.id)
    window[0].lock()
    assert len(window[1]) == 1
    assert len(shelf.listed(folder)) == 1


def test_without_a_change_none_is_made(
    window: tuple[Window, list[list[str]]], vault: Vault, at_home: Places
) -> None:
    made = vault.back_up(at_home.backups)
    close(window[0])
    assert [one.path for one in shelf.listed(made.path.parent)] == [made.path]


def test_closing_without_a_backup_is_asked(
    window: tuple[Window, list[list[str]]], vault: Vault, at_home: Places, answers: StandingAnswers
) -> None:
    shutil.rmtree(at_home.backups)
    at_home.backups.write_text("no folder")
    assert not close(window[0])
    assert not vault.closed
    assert "changes themselves are saved" in answers.asked[0]
    answers.chosen = "yes"
    assert close(window[0])
    assert vault.closed


def test_a_late_backup_is_made_after_unlocking(qtbot: QtBot, desk: Desk) -> None:
    back_up_after_unlocking(desk)
    assert desk.vault.needs_backup(desk.places.backups)  # the first one is for the first close
    desk.vault.back_up(desk.places.backups)
    note(desk.vault, "zwei")
    with qtbot.waitSignal(desk.busy):
        back_up_after_unlocking(desk)
    qtbot.waitUntil(lambda: not tasks._running)
    assert not desk.vault.needs_backup(desk.places.backups)


def test_restoring_closes_and_begins_anew(window: tuple[Window, list[list[str]]], vault: Vault) -> None:
    shown, restarts = window
    assert shown.desk is not None
    made = vault.back_up(shown.places.backups)
    note(vault, "zwei")
    shown.desk.restore_wanted.emit(made)
    assert restarts == [[str(vault.path)]]
    assert vault.closed
    with open_vault(vault.path, PASSPHRASE) as opened:
        assert titles(opened) == ["eins"]


def test_the_restore_closes_the_vault_between_two_events_of_the_pages(
    window: tuple[Window, list[list[str]]], vault: Vault
) -> None:
    """Not from a thread: a page could be about to read it."""
    shown, restarts = window
    assert shown.desk is not None
    assert shown.workplace is not None
    made, told = vault.back_up(shown.places.backups), list[bool]()
    timer = QTimer(shown.workplace, interval=0)
    timer.timeout.connect(lambda: told.append(vault.closed))
    timer.start()
    shown.desk.restore_wanted.emit(made)
    QApplication.processEvents()
    assert restarts == [[str(vault.path)]]
    assert vault.closed
    assert True not in told


def test_a_bad_backup_is_said_and_the_vault_stays_open(
    qtbot: QtBot, window: tuple[Window, list[list[str]]], vault: Vault
) -> None:
    shown, restarts = window
    assert shown.desk is not None
    made = vault.back_up(shown.places.backups)
    made.path.write_bytes(bytes(made.size))
    with qtbot.waitSignal(shown.desk.said):
        shown.desk.restore_wanted.emit(made)
    assert restarts == []
    assert titles(vault) == ["eins"]


def test_a_damaged_vault_can_be_brought_back_at_unlock(
    qtbot: QtBot, tmp_path: Path, at_home: Places, answers: StandingAnswers, quick_key: None  # noqa: ARG001
) -> None:
    path = tmp_path / "Büro.tandembuch"
    with create_vault(path, PASSPHRASE) as made:
        note(made, "eins")
        made.back_up(at_home.backups)
    path.write_bytes(path.read_bytes()[:16] + bytes(path.stat().st_size - 16))
    unlock = Unlock(at_home, Settings(language="en"), path)
    qtbot.addWidget(unlock)
    unlock.show()
    unlock.passphrase.line.setText(PASSPHRASE)
    assert not unlock.bring_back.isVisible()
    assert not unlock.rescue.isVisible()
    press(qtbot, unlock.unlock)
    qtbot.waitUntil(unlock.bring_back.isVisible)
    press(qtbot, unlock.bring_back)
    assert "newest backup" in answers.asked[0]
    answers.chosen = "yes"
    opened: list[Any] = []
    unlock.opened.connect(opened.append)
    with qtbot.waitSignal(unlock.opened):
        press(qtbot, unlock.bring_back)
    with opened[0] as vault:
        assert titles(vault) == ["eins"]
