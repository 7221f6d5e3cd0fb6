"""Passphrase and recovery sheet in the window, by keys and clicks: changed, printed again, proved, opened with."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NoReturn

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel
from pytestqt.qtbot import QtBot
from window_fixtures import Answers, OpenWindow, Stage, button_of, click, clipboard, type_over, type_text

from app.errors import Fault
from app.services import notes
from app.store import sheets
from app.store import vault as vault_module
from app.store.excerpts import What
from app.store.passphrase_change import change_passphrase
from app.store.unlocking import Code
from app.store.vault import Vault, create_vault, open_vault
from ui import tasks
from ui.dialogs import recovery_sheet
from ui.dialogs.backups import Backups
from ui.dialogs.bring_back import BringBack
from ui.dialogs.change_passphrase import ChangePassphrase
from ui.dialogs.crash import report
from ui.dialogs.earlier_passphrase import EarlierPassphraseDialog
from ui.dialogs.forgotten import Forgotten
from ui.dialogs.open_with_sheet import OpenWithSheet
from ui.dialogs.recovery_sheet import SheetSteps
from ui.dialogs.salvage import SalvageDialog
from ui.dialogs.sheet_again import PrintSheet, ProveSheet
from ui.main import arguments
from ui.pages.overview import OverviewPage
from ui.pages.security import SecurityPage
from ui.parts.code_field import CodeField
from ui.shell.unlock import Unlock
from ui.system.absence import SLEEP

OLD, NEW = "Krähe-Würfel-7-Lampe", "Ofenrohr-Tapir-4-Kompass"
LONG = 60_000  # ms: the machine may be busy


@pytest.fixture
def path(tmp_path: Path, quick_key: None) -> Path:  # noqa: ARG001
    """A closed vault that OLD opens, with one record in it."""
    folder = tmp_path / "vaults"
    folder.mkdir()
    with create_vault(folder / "Werk.tandembuch", OLD) as vault, vault.change("test.write") as change:
        change.execute("INSERT INTO organisation (id, name, changed_at) VALUES (1, 'Werk', ?)", (change.now,))
    return folder / "Werk.tandembuch"


@pytest.fixture
def code(path: Path) -> str:
    with open_vault(path, OLD) as vault:
        return sheets.code_of(vault, OLD)


@pytest.fixture
def open_vault_window(open_window: OpenWindow, path: Path) -> Callable[..., Stage]:
    def make(language: str = "en") -> Stage:
        stage = open_window(chosen=path, language=language)
        stage.unlock(OLD)
        return stage

    return make


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


# A new passphrase


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


# The sheet again


def test_the_sheet_is_printed_again_after_the_passphrase(
    open_vault_window: Callable[..., Stage], answers: Answers, code: str, tmp_path: Path
) -> None:
    stage = open_vault_window()
    page = security_of(stage)
    assert page.sheet_state.text == "Not proved yet"
    printed = tmp_path / "printed.pdf"

    def to_file(dialog: QDialog) -> bool:
        printer: QPrinter = dialog.printer()  # type: ignore[attr-defined]
        printer.setOutputFileName(str(printed))
        return True

    def steps(dialog: PrintSheet) -> bool:
        type_over(dialog.passphrase.line, "something else")
        QTest.keyClick(dialog.passphrase.line, Qt.Key.Key_Return)
        stage.qtbot.waitUntil(lambda: dialog.trouble.isVisible(), timeout=LONG)
        assert not dialog.findChildren(SheetSteps)
        type_over(dialog.passphrase.line, OLD)
        click(dialog.show_sheet)
        stage.qtbot.waitUntil(lambda: dialog.steps is not None and dialog.steps.print.isEnabled(), timeout=LONG)
        assert dialog.steps is not None
        answers.dialogs.append(to_file)
        click(dialog.steps.print)
        stage.qtbot.waitUntil(lambda: bool(dialog.steps and dialog.steps.field.isVisible()), timeout=LONG)
        type_code(dialog.steps.field, code)
        click(dialog.steps.check)
        return bool(dialog.result() == QDialog.DialogCode.Accepted)

    answers.dialogs = [steps]
    click(page.print)
    assert printed.stat().st_size > 1000
    assert page.sheet_state.text == "Proved"
    assert sheets.facts(stage.desk.vault).proved_on == date.today()


def test_the_sheet_is_proved_without_being_shown(
    open_vault_window: Callable[..., Stage], answers: Answers, code: str
) -> None:
    stage = open_vault_window()
    groups = code.split("-")

    def steps(dialog: ProveSheet) -> bool:
        typed = list(groups[3])
        typed[1] = "7" if typed[1] != "7" else "8"
        type_code(dialog.field, "-".join([*groups[:3], "".join(typed), *groups[4:]]))
        click(dialog.check)
        assert "Group 4" in dialog.verdict.text() or "More than one group" in dialog.verdict.text()
        assert code not in dialog.verdict.text()
        type_code(dialog.field, code)
        click(dialog.check)
        assert dialog.verdict.text().startswith("Right:")
        assert dialog.field.text() == "-" * 8
        click(dialog.leave)
        return bool(dialog.result() == QDialog.DialogCode.Accepted)

    answers.dialogs = [steps]
    page = security_of(stage)
    click(page.prove)
    assert page.sheet_state.text == "Proved"


def test_the_overview_reminds_until_the_sheet_is_proved_and_again_after_half_a_year(
    open_vault_window: Callable[..., Stage], answers: Answers, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = open_vault_window()
    page = stage.page
    assert isinstance(page, OverviewPage)
    assert page.sheet.banner is not None
    assert "not proved yet" in page.sheet.banner.text
    sheets.prove(stage.desk.vault, code, date.today())
    page.refresh()
    assert not page.sheet.isVisible()
    monkeypatch.setattr(sheets, "DUE_AFTER", -1)
    page.refresh()
    assert page.sheet.isVisible()

    def steps(dialog: ProveSheet) -> bool:
        monkeypatch.setattr(sheets, "DUE_AFTER", 183)
        type_code(dialog.field, code)
        click(dialog.check)
        click(dialog.leave)
        return True

    answers.dialogs = [steps]
    stage.click(button_of(page.sheet, "Prove the sheet …"))
    stage.qtbot.waitUntil(lambda: not page.sheet.isVisible())


# Opening with the sheet


def unlock_of(stage: Stage) -> Unlock:
    assert stage.window.unlock is not None
    return stage.window.unlock


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


def test_the_sheet_goes_out_of_sight_by_itself(
    open_vault_window: Callable[..., Stage], answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recovery_sheet, "SEEN_FOR", 1)
    stage = open_vault_window()

    def steps(dialog: PrintSheet) -> bool:
        type_over(dialog.passphrase.line, OLD)
        click(dialog.show_sheet)
        stage.qtbot.waitUntil(lambda: bool(dialog.steps and dialog.steps.field.isVisible()), timeout=LONG)
        assert dialog.steps is not None
        assert not dialog.steps.pdf.isVisible()
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        return False

    answers.dialogs = [steps]
    click(security_of(stage).print)


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


# Nowhere else


def test_the_code_is_in_no_file_and_not_in_the_clipboard(
    open_vault_window: Callable[..., Stage], answers: Answers, code: str, tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """While the sheet is shown, after it was typed, and after the lock; logs, settings, temp and crash text too."""
    stage = open_vault_window()
    clipboard().setText("before")
    groups = [group for group in code.split("-") if not group.isdigit()]
    needles = [code, code.replace("-", ""), *("-".join(pair) for pair in zip(groups, groups[1:], strict=False))]

    def hits() -> list[str]:
        places = [tmp_path, Path(tempfile.gettempdir()) / "tandembuch"]
        files = [file for place in places if place.exists() for file in place.rglob("*") if file.is_file()]
        assert any(file.name == "settings.json" for file in files)
        return [
            file.name for file in files for needle in needles for encoding in ("utf-8", "utf-16-le")
            if needle.lower().encode(encoding) in file.read_bytes().lower()
        ]  # fmt: skip

    def steps(dialog: PrintSheet) -> bool:
        type_over(dialog.passphrase.line, OLD)
        click(dialog.show_sheet)
        stage.qtbot.waitUntil(lambda: dialog.steps is not None and dialog.steps.print.isEnabled(), timeout=LONG)
        assert dialog.steps is not None
        assert hits() == []
        click(dialog.steps.go_on)
        type_code(dialog.steps.field, code)
        for box in dialog.steps.field.boxes:
            box.selectAll()
            QTest.keyClick(box, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
            QTest.keyClick(box, Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier)
        assert dialog.steps.field.text() == code
        assert clipboard().text() == "before"
        with pytest.raises(RuntimeError) as fell:
            raise RuntimeError(code)
        assert not any(needle in report(fell.type, fell.tb) for needle in needles)
        click(dialog.steps.check)
        return True

    answers.dialogs = [steps]
    click(security_of(stage).print)
    tasks.wait_for_all()
    stage.key("Ctrl+L")
    assert hits() == []
    written = capfd.readouterr()
    assert not any(needle in written.out + written.err for needle in needles)
    assert not any(needle in word for words in stage.restarts for word in words for needle in needles)


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
