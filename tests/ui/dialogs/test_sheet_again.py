"""The recovery sheet in the window, by keys and clicks: printed again, proved, and nowhere else."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from keys_scene import LONG, OLD, closed_vault, code_of, security_of, type_code, unlocked
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from window_fixtures import Answers, OpenWindow, Stage, button_of, click, clipboard, type_over

from app.store import sheets
from ui import tasks
from ui.dialogs import recovery_sheet
from ui.dialogs.crash import report
from ui.dialogs.recovery_sheet import SheetSteps
from ui.dialogs.sheet_again import PrintSheet, ProveSheet
from ui.pages.overview import OverviewPage


@pytest.fixture
def path(tmp_path: Path, quick_key: None) -> Path:  # noqa: ARG001
    return closed_vault(tmp_path / "vaults")


@pytest.fixture
def code(path: Path) -> str:
    return code_of(path)


@pytest.fixture
def open_vault_window(open_window: OpenWindow, path: Path) -> Callable[..., Stage]:
    return partial(unlocked, open_window, path)


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
        answers.dialogs += [to_file, to_file]
        answers.choices = [None, "yes"]
        click(dialog.steps.print)  # into a file: that was not wanted
        assert "Whoever finds this file" in answers.asked[-1]
        assert not printed.exists()
        assert not dialog.steps.field.isVisible()
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
        alone = dialog.height()
        assert dialog.verdict.isHidden(), "no room is kept for what nobody has said"
        typed = list(groups[3])
        typed[1] = "7" if typed[1] != "7" else "8"
        type_code(dialog.field, "-".join([*groups[:3], "".join(typed), *groups[4:]]))
        click(dialog.check)
        assert "Group 4" in dialog.verdict.text() or "More than one group" in dialog.verdict.text()
        assert code not in dialog.verdict.text()
        assert dialog.height() > alone
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
