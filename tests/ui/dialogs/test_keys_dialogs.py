"""A new passphrase in the window, by keys and clicks; what was before the change opens by the old one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import NoReturn

import pytest
from keys_scene import LONG, NEW, OLD, changing, closed_vault, code_of, security_of, unlocked
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from window_fixtures import Answers, OpenWindow, Stage, click, type_over, type_text

from app.errors import Fault
from app.services import notes
from app.store import sheets
from app.store import vault as vault_module
from app.store.excerpts import What
from app.store.passphrase_change import change_passphrase
from app.store.unlocking import Code
from app.store.vault import Vault, open_vault
from ui import tasks
from ui.dialogs.backups import Backups
from ui.dialogs.bring_back import BringBack
from ui.dialogs.change_passphrase import ChangePassphrase
from ui.dialogs.earlier_passphrase import EarlierPassphraseDialog
from ui.main import arguments


@pytest.fixture
def path(tmp_path: Path, quick_key: None) -> Path:  # noqa: ARG001
    return closed_vault(tmp_path / "vaults")


@pytest.fixture
def code(path: Path) -> str:
    return code_of(path)


@pytest.fixture
def open_vault_window(open_window: OpenWindow, path: Path) -> Callable[..., Stage]:
    return partial(unlocked, open_window, path)


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_passphrase_is_changed_and_the_backups_of_before_go(
    open_vault_window: Callable[..., Stage], answers: Answers, code: str, path: Path, language: str
) -> None:
    stage = open_vault_window(language)
    page = security_of(stage)
    found: list[str] = []
    answers.dialogs = [changing(stage.qtbot, found)]
    click(page.change)
    vault = stage.desk.vault
    assert page.sheet_state.text == {"en": "Proved", "de": "Geprüft"}[language]
    assert page.passphrase_set.text().startswith({"en": "changed on", "de": "geändert am"}[language])
    assert [backup.header for backup in vault.backups(stage.places.backups)] == [vault.header]
    assert vault.rows("SELECT name FROM organisation") == [("Werk",)]
    stage.window.close()
    for secret in (OLD, Code(code)):
        with pytest.raises(Exception, match=r"vault\.|recovery\."):
            open_vault(path, secret)
    for secret in (NEW, Code(found[0])):
        open_vault(path, secret).close()


def test_a_wrong_passphrase_until_now_changes_nothing(
    open_vault_window: Callable[..., Stage], answers: Answers
) -> None:
    stage = open_vault_window()

    def steps(dialog: ChangePassphrase) -> bool:
        assert dialog.current is not None
        type_over(dialog.current.line, "not the one it is")
        type_text(dialog.secret.passphrase.line, NEW)
        type_text(dialog.secret.again.line, NEW)
        click(dialog.start)
        stage.qtbot.waitUntil(lambda: dialog.trouble.isVisible(), timeout=LONG)
        assert "not the passphrase of this vault" in dialog.trouble.text()
        assert dialog.current.line.hasFocus()
        assert dialog.start.isEnabled()
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        return False

    answers.dialogs = [steps]
    click(security_of(stage).change)
    assert stage.desk.vault.is_opened_by(OLD)
    assert stage.desk.vault.backups(stage.places.backups) == ()


def test_a_change_can_be_cancelled_before_the_switch(
    open_vault_window: Callable[..., Stage], answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = open_vault_window()
    genuine = Vault.back_up

    def steps(dialog: ChangePassphrase) -> bool:
        def back_up(*arguments: object) -> object:
            assert dialog._task is not None
            dialog._task.cancel()  # as a click on Cancel while the backup is made
            return genuine(*arguments)  # type: ignore[arg-type]

        monkeypatch.setattr(Vault, "back_up", back_up)
        assert dialog.current is not None
        type_over(dialog.current.line, OLD)
        type_text(dialog.secret.passphrase.line, NEW)
        type_text(dialog.secret.again.line, NEW)
        click(dialog.start)
        stage.qtbot.waitUntil(lambda: dialog.trouble.isVisible(), timeout=LONG)
        assert dialog.trouble.text() == "Cancelled. Nothing was changed."
        monkeypatch.setattr(Vault, "back_up", genuine)
        return False

    answers.dialogs = [steps]
    click(security_of(stage).change)
    assert stage.desk.vault.is_opened_by(OLD)


@pytest.mark.parametrize(("language", "words"), [("en", "try the new one first"), ("de", "zuerst mit der neuen")])
def test_a_vault_that_does_not_open_again_after_the_change_is_said_at_the_first_page(
    open_window: OpenWindow, answers: Answers, path: Path, monkeypatch: pytest.MonkeyPatch, language: str, words: str
) -> None:
    stage = open_window(chosen=path, language=language)
    stage.unlock(OLD)
    held = stage.desk.vault

    def refuse(*_: object, **__: object) -> NoReturn:
        raise Fault("vault.memory", mebibytes=256)

    def changed(dialog: ChangePassphrase) -> bool:
        assert dialog.current is not None
        type_over(dialog.current.line, OLD)
        type_text(dialog.secret.passphrase.line, NEW)
        type_text(dialog.secret.again.line, NEW)
        with monkeypatch.context() as patch:
            patch.setattr(vault_module, "opened_connection", refuse)
            click(dialog.start)
            stage.qtbot.waitUntil(lambda: bool(stage.restarts), timeout=LONG)
        return False

    answers.dialogs = [changed]
    click(security_of(stage).change)
    assert held.closed
    assert stage.restarts == [[str(path), "--told", "vault.not_reopened"]]
    options = arguments(stage.restarts[0])
    again = open_window(chosen=options.file, language=language, told=options.told)
    assert again.window.unlock is not None
    assert words in again.window.unlock.trouble.text()
    again.unlock(NEW)
    assert again.desk.vault.rows("SELECT name FROM organisation") == [("Werk",)]


@pytest.mark.parametrize(("language", "refusal"), [("en", "does not open"), ("de", "öffnet die Sicherung nicht")])
@pytest.mark.parametrize("by_sheet", [False, True])
def test_single_records_come_from_a_backup_of_before_the_change(
    open_window: OpenWindow, answers: Answers, path: Path, language: str, refusal: str, by_sheet: bool
) -> None:
    stage = open_window(chosen=path, language=language)
    with open_vault(path, OLD) as vault:
        with vault.change("add") as change:
            note = notes.add(change, title="Von früher")
        made = vault.back_up(stage.places.backups)
        code = sheets.code_of(vault, OLD)
        with vault.change("remove") as change:
            notes.remove(change, [note])
        change_passphrase(vault, NEW, stage.places.backups, date(2026, 11, 22), kept=False)
    stage.unlock(NEW)
    late = lambda: len(stage.desk.vault.backups(stage.places.backups)) == 2 and not tasks.running()  # noqa: E731
    stage.qtbot.waitUntil(late, timeout=LONG)  # the one that is due after the change
    dialog = Backups(stage.desk, stage.window)
    dialog.show()
    assert dialog.table.choose(made.path.name)
    stage.qtbot.waitUntil(lambda: dialog.single.isEnabled(), timeout=LONG)

    def earlier(asked: EarlierPassphraseDialog) -> bool:
        type_over(asked.passphrase.line, NEW)
        click(asked.go)
        stage.qtbot.waitUntil(lambda: refusal in asked.trouble.text(), timeout=LONG)
        type_over(asked.passphrase.line, code if by_sheet else OLD)
        QTest.keyClick(asked.passphrase.line, Qt.Key.Key_Return)
        stage.qtbot.waitUntil(lambda: asked.secret is not None, timeout=LONG)
        return asked.result() == QDialog.DialogCode.Accepted

    def take(found: BringBack) -> bool:
        click(found.kinds[What.NOTE])
        stage.qtbot.waitUntil(found.take.isEnabled, timeout=LONG)
        click(found.take)
        assert found._banner is not None
        assert found._banner.tone == "ok", found._banner.text
        return True

    answers.dialogs = [earlier, take]
    click(dialog.single)
    assert stage.desk.vault.rows("SELECT title FROM note") == [("Von früher",)]
    assert stage.desk.undo()
    assert stage.desk.vault.rows("SELECT title FROM note") == []
    dialog.deleteLater()
