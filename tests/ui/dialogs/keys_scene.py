"""A vault of passphrase and sheet, and the keys and clicks that tests of both have in common."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot
from window_fixtures import OpenWindow, Stage, click, type_over, type_text

from app.store import sheets
from app.store.vault import create_vault, open_vault
from ui.dialogs.change_passphrase import ChangePassphrase
from ui.dialogs.recovery_sheet import SheetSteps
from ui.pages.security import SecurityPage
from ui.parts.code_field import CodeField
from ui.shell.unlock import Unlock

OLD, NEW = "Krähe-Würfel-7-Lampe", "Ofenrohr-Tapir-4-Kompass"
LONG = 60_000  # ms: the machine may be busy


def closed_vault(folder: Path) -> Path:
    """A closed vault in a folder of its own that OLD opens, with one record in it."""
    folder.mkdir()
    with create_vault(folder / "Werk.tandembuch", OLD) as vault, vault.change("test.write") as change:
        change.execute("INSERT INTO organisation (id, name, changed_at) VALUES (1, 'Werk', ?)", (change.now,))
    return folder / "Werk.tandembuch"


def code_of(path: Path) -> str:
    with open_vault(path, OLD) as vault:
        return sheets.code_of(vault, OLD)


def unlocked(open_window: OpenWindow, path: Path, language: str = "en") -> Stage:
    stage = open_window(chosen=path, language=language)
    stage.unlock(OLD)
    return stage


def type_code(field: CodeField, code: str) -> None:
    """Where the keyboard is, sign after sign: the boxes pass it on."""
    field.clear()
    field.boxes[0].setFocus()
    for place, group in enumerate(code.split("-")):
        QTest.keyClicks(field.boxes[place], group)


def security_of(stage: Stage) -> SecurityPage:
    page = stage.go("security")
    assert isinstance(page, SecurityPage)
    return page


def prove(steps: SheetSteps, code: str) -> None:
    click(steps.go_on)
    type_code(steps.field, code)
    click(steps.check)


def changing(qtbot: QtBot, found: list[str], *, current: str | None = OLD) -> Callable[[ChangePassphrase], bool]:
    """Through the whole dialog: the new code is kept in ``found``, the backups of before are deleted."""

    def steps(dialog: ChangePassphrase) -> bool:
        if current is not None:
            assert dialog.current is not None
            type_over(dialog.current.line, current)
        else:
            assert dialog.current is None
        type_text(dialog.secret.passphrase.line, NEW)
        assert not dialog.start.isEnabled()
        type_text(dialog.secret.again.line, NEW)
        click(dialog.start)
        qtbot.waitUntil(lambda: dialog.steps is not None and dialog.steps.print.isEnabled(), timeout=LONG)
        assert dialog.steps is not None
        found.append(sheets.code_of(dialog._vault, NEW))
        prove(dialog.steps, found[0])
        click(dialog.forget)
        qtbot.waitUntil(lambda: dialog._task is None, timeout=LONG)
        assert not dialog.forget.isVisible()
        click(dialog.end)
        return bool(dialog.result() == QDialog.DialogCode.Accepted)

    return steps


def unlock_of(stage: Stage) -> Unlock:
    assert stage.window.unlock is not None
    return stage.window.unlock
