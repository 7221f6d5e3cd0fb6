"""A vault opened with its recovery sheet, by keys and clicks."""

from __future__ import annotations

from pathlib import Path

import pytest
from keys_scene import LONG, NEW, OLD, changing, closed_vault, code_of, security_of, type_code, unlock_of
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel
from window_fixtures import Answers, OpenWindow, click

from app.store import sheets
from app.store.vault import create_vault, open_vault
from ui import tasks
from ui.dialogs.forgotten import Forgotten
from ui.dialogs.open_with_sheet import OpenWithSheet
from ui.dialogs.salvage import SalvageDialog
from ui.system.absence import SLEEP


@pytest.fixture
def path(tmp_path: Path, quick_key: None) -> Path:  # noqa: ARG001
    return closed_vault(tmp_path / "vaults")


@pytest.fixture
def code(path: Path) -> str:
    return code_of(path)


def test_the_sheet_opens_the_vault_and_a_new_passphrase_is_set(
    open_window: OpenWindow, answers: Answers, code: str, path: Path
) -> None:
    stage = open_window(chosen=path)
    groups = code.split("-")
    found: list[str] = []

    def steps(dialog: OpenWithSheet) -> bool:
        assert not dialog.unlock.isEnabled()
        type_code(dialog.field, "-".join([*groups[:5], "UUUU", *groups[6:]]))
        click(dialog.unlock)
        stage.qtbot.waitUntil(lambda: bool(dialog.trouble.text()), timeout=LONG)
        assert dialog.trouble.text().startswith("Group 6 holds a sign that no code has.")
        assert dialog.field.boxes[5].hasFocus()
        assert dialog.vault is None
        type_code(dialog.field, code)
        QTest.keyClick(dialog.field.boxes[8], Qt.Key.Key_Return)
        stage.qtbot.waitUntil(lambda: dialog.change.isVisible(), timeout=LONG)
        click(dialog.change)
        return bool(dialog.result() == QDialog.DialogCode.Accepted)

    answers.dialogs = [steps, changing(stage.qtbot, found, current=None)]
    click(unlock_of(stage).sheet)
    assert stage.page.key == "overview"
    assert not stage.desk.vault.by_sheet
    assert stage.desk.vault.is_opened_by(NEW)
    assert security_of(stage).passphrase_state.text == "In force"


def test_opened_with_the_sheet_and_no_new_passphrase_is_seen_on_the_security_page(
    open_window: OpenWindow, answers: Answers, code: str, path: Path
) -> None:
    stage = open_window(chosen=path)

    def steps(dialog: OpenWithSheet) -> bool:
        type_code(dialog.field, code)
        click(dialog.unlock)
        stage.qtbot.waitUntil(lambda: dialog.change.isVisible(), timeout=LONG)
        layout = dialog.layout()
        assert layout is not None
        assert dialog.height() == layout.totalHeightForWidth(dialog.width()), "as high as this step alone"
        click(dialog.later)
        return True

    answers.dialogs = [steps]
    click(unlock_of(stage).sheet)
    page = security_of(stage)
    assert (page.passphrase_state.text, page.passphrase_state.tone) == ("Opened with the sheet", "warn")


def test_a_damaged_vault_comes_back_from_its_backup_by_the_sheet(
    open_window: OpenWindow, answers: Answers, code: str, path: Path
) -> None:
    stage = open_window(chosen=path)
    with open_vault(path, OLD) as vault:
        vault.back_up(stage.places.backups)
    damaged = bytearray(path.read_bytes())
    damaged[200] ^= 1
    path.write_bytes(damaged)

    def steps(dialog: OpenWithSheet) -> bool:
        type_code(dialog.field, code)
        click(dialog.unlock)
        stage.qtbot.waitUntil(lambda: dialog.bring_back.isVisible(), timeout=LONG)
        assert "damaged" in dialog.trouble.text()
        answers.choices = ["yes"]
        click(dialog.bring_back)
        stage.qtbot.waitUntil(lambda: dialog.later.isVisible(), timeout=LONG)
        click(dialog.later)
        return True

    answers.dialogs = [steps]
    click(unlock_of(stage).sheet)
    assert stage.desk.vault.rows("SELECT name FROM organisation") == [("Werk",)]


@pytest.mark.parametrize(("language", "words"), [("en", "Nothing is lost"), ("de", "Nichts ist verloren")])
def test_a_vault_without_its_first_page_is_rescued_by_the_sheet(
    open_window: OpenWindow, answers: Answers, code: str, path: Path, language: str, words: str
) -> None:
    stage = open_window(chosen=path, language=language)
    damaged = bytearray(path.read_bytes())
    damaged[200] ^= 1
    path.write_bytes(damaged)

    def look(rescue: SalvageDialog) -> bool:
        stage.qtbot.waitUntil(rescue.take.isVisible, timeout=LONG)
        assert words in rescue.says.text()
        click(rescue.take)
        return rescue.result() == QDialog.DialogCode.Accepted

    def steps(dialog: OpenWithSheet) -> bool:
        assert not dialog.rescue.isVisible()
        type_code(dialog.field, code)
        click(dialog.unlock)
        stage.qtbot.waitUntil(lambda: dialog.rescue.isVisible(), timeout=LONG)
        click(dialog.rescue)
        stage.qtbot.waitUntil(lambda: dialog.later.isVisible(), timeout=LONG)
        click(dialog.later)
        return True

    answers.dialogs = [steps, look]
    click(unlock_of(stage).sheet)
    assert stage.desk.vault.rows("SELECT name FROM organisation") == [("Werk",)]


def test_a_vault_opened_by_the_sheet_is_not_left_open(
    open_window: OpenWindow, answers: Answers, code: str, path: Path
) -> None:
    stage = open_window(chosen=path)

    def steps(dialog: OpenWithSheet) -> bool:
        type_code(dialog.field, code)
        click(dialog.unlock)
        stage.qtbot.waitUntil(lambda: dialog.later.isVisible(), timeout=LONG)
        stage.qtbot.waitUntil(lambda: not tasks.running(), timeout=LONG)
        assert dialog.vault is not None
        stage.window.absence.left.emit(SLEEP)
        assert dialog.vault.closed
        return True

    answers.dialogs = [steps]
    click(unlock_of(stage).sheet)
    assert stage.restarts == [[str(path)]]
    assert stage.window.desk is None


@pytest.mark.parametrize(("language", "words"), [("en", "another vault"), ("de", "einen anderen Tresor")])
def test_the_sheet_of_another_vault_is_told(
    open_window: OpenWindow, answers: Answers, path: Path, tmp_path: Path, language: str, words: str
) -> None:
    with create_vault(tmp_path / "other.tandembuch", OLD) as other:
        foreign = sheets.code_of(other, OLD)
    stage = open_window(chosen=path, language=language)

    def steps(dialog: OpenWithSheet) -> bool:
        type_code(dialog.field, foreign)
        click(dialog.unlock)
        stage.qtbot.waitUntil(lambda: bool(dialog.trouble.text()), timeout=LONG)
        assert words in dialog.trouble.text()
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        return False

    answers.dialogs = [steps]
    click(unlock_of(stage).sheet)
    assert stage.window.desk is None


@pytest.mark.parametrize(("language", "words"), [("en", "no back door"), ("de", "keine Hintertür")])
def test_what_to_do_without_both_is_said_plainly(
    open_window: OpenWindow, answers: Answers, path: Path, language: str, words: str
) -> None:
    stage = open_window(chosen=path, language=language)
    read: list[str] = []

    def steps(dialog: Forgotten) -> bool:
        read.extend(label.text() for label in dialog.findChildren(QLabel))
        click(dialog.leave)
        return True

    answers.dialogs = [steps]
    click(unlock_of(stage).lost)
    assert any(words in text for text in read)
