"""The list of backups: what it shows, what its buttons do, and the way back through the window."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from app import i18n
from app.errors import Fault
from app.places import Places, places
from app.services import notes
from app.services.houses import set_house
from app.settings import Settings
from app.store import backups as shelf
from app.store import checks, whereabouts
from app.store.vault import Vault, create_vault, open_vault
from ui import tasks
from ui.desk import Desk
from ui.dialogs import ask
from ui.dialogs import backups as dialogs
from ui.dialogs.backups import Backups, RestorePreview
from ui.pages.security import SecurityPage
from ui.parts.card import PlainLabel
from ui.shell.safekeeping import back_up_after_unlocking, check_once_a_day
from ui.shell.unlock import Unlock
from ui.shell.window import Window

PASSPHRASE = "Krähe-Würfel-7-Lampe"  # opens the fixture `vault`


class Answers:
    """Answers what is asked: a folder, a choice, and how a dialog ends."""

    def __init__(self) -> None:
        self.chosen: str | None = None
        self.place: Path | None = None
        self.ends: Callable[[QDialog], bool] = lambda _: False
        self.asked: list[str] = []

    def choose(self, _parent: object, _title: str, text: str, _choices: Sequence[ask.Choice]) -> str | None:
        self.asked.append(text)
        return self.chosen

    def folder(self, *_: object) -> Path | None:
        return self.place

    def run(self, dialog: QDialog) -> bool:
        return self.ends(dialog)

    def text(self, *_: object) -> str | None:
        raise AssertionError

    save_file = open_file = folder


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Answers:
    made = Answers()
    monkeypatch.setattr(ask, "answer", made)
    return made


@pytest.fixture(autouse=True)
def english(qapp: object) -> Iterator[None]:  # noqa: ARG001
    i18n.set_language("en")
    yield
    tasks.wait_for_all()
    i18n.set_language("de")


@pytest.fixture
def at_home(home: Path) -> Places:
    return places(home)


@pytest.fixture
def desk(vault: Vault, at_home: Places) -> Iterator[Desk]:
    note(vault, "eins")
    yield Desk(vault, at_home, Settings(language="en"))
    tasks.wait_for_all()


def note(vault: Vault, title: str) -> None:
    with vault.change("notes.add") as change:
        notes.add(change, title=title)


def titles(vault: Vault) -> list[str]:
    return [row[0] for row in vault.rows("SELECT title FROM note ORDER BY title")]


def shown(qtbot: QtBot, desk: Desk) -> Backups:
    dialog = Backups(desk)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def press(qtbot: QtBot, button: QWidget) -> None:
    qtbot.waitUntil(button.isEnabled)  # what was begun before may still run
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def said(dialog: Backups) -> str:
    return "" if dialog._banner is None else dialog._banner.text


def states(dialog: Backups) -> list[str]:
    return cells(dialog, 2)


def cells(dialog: Backups, column: int) -> list[str]:
    model = dialog.table.records
    return [model.columns[column].text(model.record(row)) for row in range(model.rowCount())]


# The list


def test_a_backup_on_demand_is_listed_as_verified(qtbot: QtBot, desk: Desk) -> None:
    dialog = shown(qtbot, desk)
    assert states(dialog) == []
    assert not dialog.stick.isEnabled()
    assert not dialog.restore.isEnabled()
    press(qtbot, dialog.now)
    assert not dialog.now.isEnabled()
    qtbot.waitUntil(lambda: states(dialog) == ["Verified"])
    assert "equal to the vault" in said(dialog)
    assert dialog.now.isEnabled()
    assert dialog.table.current_record() is not None
    assert not desk.vault.needs_backup(desk.places.backups)


def test_a_bad_file_is_shown_as_not_verified(qtbot: QtBot, desk: Desk) -> None:
    made = desk.vault.back_up(desk.places.backups)
    content = bytearray(made.path.read_bytes())
    content[9000] ^= 1
    made.path.write_bytes(content)
    dialog = shown(qtbot, desk)
    qtbot.waitUntil(lambda: states(dialog) == ["Not verified"])
    assert not dialog.stick.isEnabled()


def test_what_went_wrong_is_said_with_the_next_step(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise Fault("backups.disk_full")

    monkeypatch.setattr(desk.vault, "back_up", fail)
    dialog = shown(qtbot, desk)
    press(qtbot, dialog.now)
    qtbot.waitUntil(lambda: "no room for the backup" in said(dialog))
    assert dialog.now.isEnabled()


def test_the_second_place_gets_the_newest_and_every_later_backup(
    qtbot: QtBot, desk: Desk, answers: Answers, tmp_path: Path
) -> None:
    answers.place = tmp_path / "stick"
    answers.place.mkdir()
    made = desk.vault.back_up(desk.places.backups)
    dialog = shown(qtbot, desk)
    press(qtbot, dialog.copy)
    qtbot.waitUntil(lambda: str(answers.place) in dialog.place.text())
    (copy,) = answers.place.rglob("*.tandembuch")
    assert copy.read_bytes() == made.path.read_bytes()
    qtbot.waitUntil(lambda: cells(dialog, 4) == ["Here and at the second place"])
    note(desk.vault, "zwei")
    press(qtbot, dialog.now)
    qtbot.waitUntil(lambda: len(list(tmp_path.glob("stick/*/*.tandembuch"))) == 2)
    qtbot.waitUntil(dialog.copy.isEnabled)
    answers.chosen = "none"
    press(qtbot, dialog.copy)
    assert dialogs.second_place(desk) is None
    qtbot.waitUntil(lambda: "No second place yet" in dialog.place.text())


def test_a_stick_that_was_away_is_caught_up(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    with desk.vault.change("houses.set_house") as change:
        set_house(change, **{dialogs.SECOND_PLACE: str(stick)})
    made = desk.vault.back_up(desk.places.backups)
    with qtbot.waitSignal(desk.said) as told:
        back_up_after_unlocking(desk)
    assert "not there" in told.args[0].text
    assert told.args[0].tone == "info"
    stick.mkdir()
    back_up_after_unlocking(desk)
    qtbot.waitUntil(lambda: [one.name for one in stick.rglob("*.tandembuch")] == [made.path.name])


@pytest.mark.parametrize("many", [False, True])
def test_copy_to_stick_needs_no_question_where_there_is_one(
    qtbot: QtBot, desk: Desk, answers: Answers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, many: bool
) -> None:
    places = [tmp_path / name for name in (("blau", "rot") if many else ("blau",))]
    for place in places:
        place.mkdir()
    monkeypatch.setattr(whereabouts, "sticks", lambda: tuple(places))
    answers.chosen = str(places[-1])
    made = desk.vault.back_up(desk.places.backups)
    dialog = shown(qtbot, desk)
    press(qtbot, dialog.stick)
    qtbot.waitUntil(lambda: str(places[-1]) in said(dialog))
    assert bool(answers.asked) == many
    assert [one.name for one in places[-1].rglob("*.tandembuch")] == [made.path.name]
    assert dialogs.second_place(desk) is None


def test_the_check_is_told_and_its_day_kept(qtbot: QtBot, desk: Desk) -> None:
    dialog = shown(qtbot, desk)
    assert "not checked" in dialog.checked.text()
    press(qtbot, dialog.check)
    qtbot.waitUntil(lambda: "is sound" in said(dialog))
    assert "no damage found" in dialog.checked.text()
    assert not checks.is_due(desk.vault, date.today())


def test_what_a_check_found_is_told_with_the_next_step(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "full_check", lambda *_: checks.Health(("note",)))
    dialog = shown(qtbot, desk)
    press(qtbot, dialog.check)
    qtbot.waitUntil(lambda: "rescue what can be read" in said(dialog))
    assert checks.is_noted_as_damaged(desk.places.backups, desk.vault.path)


def test_once_a_day_the_vault_is_checked_by_itself(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    check_once_a_day(desk)
    qtbot.waitUntil(lambda: not checks.is_due(desk.vault, date.today()))

    def never(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(checks, "quiet_check", never)
    check_once_a_day(desk)
    tasks.wait_for_all()


def test_damage_found_by_itself_is_said_above_the_page(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "quiet_check", lambda *_: checks.Health(("note",)))
    with qtbot.waitSignal(desk.said) as told:
        check_once_a_day(desk)
    assert told.args[0].tone == "danger"
    assert "first page" in told.args[0].text
    unlock = Unlock(desk.places, Settings(language="en"), desk.vault.path)
    qtbot.addWidget(unlock)
    unlock.show()
    assert unlock.rescue.isVisible()
    assert unlock.bring_back.isVisible()


def test_the_preview_shows_both_and_asks(qtbot: QtBot, desk: Desk, answers: Answers) -> None:
    made = desk.vault.back_up(desk.places.backups)
    note(desk.vault, "zwei")
    wanted: list[object] = []
    desk.restore_wanted.connect(wanted.append)
    seen: list[list[str]] = []

    def look(dialog: QDialog, end: bool) -> bool:
        assert isinstance(dialog, RestorePreview)
        qtbot.addWidget(dialog)
        seen.append([label.text() for label in dialog.findChildren(PlainLabel)])
        return end

    dialog = shown(qtbot, desk)
    answers.ends = lambda shown: look(shown, False)
    press(qtbot, dialog.restore)
    assert wanted == []
    answers.ends = lambda shown: look(shown, True)
    press(qtbot, dialog.restore)
    assert wanted == [made]
    line = seen[0].index("Notes")
    assert seen[0][line + 1 : line + 3] == ["2", "1"]


def test_the_demo_has_no_backups(qtbot: QtBot, vault: Vault, at_home: Places) -> None:
    desk = Desk(vault, at_home, Settings(), throwaway=True)
    assert not shown(qtbot, desk).now.isEnabled()
    tasks.wait_for_all()


def test_the_security_page_shows_the_last_backup(qtbot: QtBot, desk: Desk, answers: Answers) -> None:
    page = SecurityPage(desk)
    qtbot.addWidget(page)
    page.ensure_fresh()
    assert (page.backup_state.text, page.backup_state.tone) == ("None yet", "warn")

    def back_up(_dialog: QDialog) -> bool:
        desk.vault.back_up(desk.places.backups)
        return False

    answers.ends = back_up
    press(qtbot, page.backups)
    assert (page.backup_state.text, page.backup_state.tone) == ("Verified", "ok")
    assert page.backup_made.text()


# The window


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
    window: tuple[Window, list[list[str]]], vault: Vault, at_home: Places, answers: Answers
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
    qtbot: QtBot, tmp_path: Path, at_home: Places, answers: Answers, quick_key: None  # noqa: ARG001
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


def test_a_second_place_that_is_gone_is_no_reason_to_be_without_a_backup(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    with desk.vault.change("houses.set_house") as change:
        set_house(change, **{dialogs.SECOND_PLACE: str(tmp_path / "stick")})
    dialog = shown(qtbot, desk)
    qtbot.waitUntil(lambda: "not there now" in dialog.place.text())
    press(qtbot, dialog.now)
    qtbot.waitUntil(lambda: states(dialog) == ["Verified"])
    qtbot.waitUntil(dialog.now.isEnabled)  # the copy to the second place has been tried
    (tmp_path / "stick").mkdir()
    (tmp_path / "stick" / f"Tandembuch {desk.vault.id:016x}").write_text("in the way")
    note(desk.vault, "zwei")
    press(qtbot, dialog.now)
    qtbot.waitUntil(lambda: states(dialog) == ["Verified", "Verified"])
    qtbot.waitUntil(lambda: "No backup lies there" in dialog.place.text())
