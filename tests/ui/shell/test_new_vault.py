from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from window_fixtures import Answers, OpenWindow, button_of, click, type_over, type_text

from app import i18n
from app.store import sheets
from app.store.unlocking import Code
from app.store.vault import Vault, create_vault, open_vault
from ui import tasks
from ui.dialogs.new_vault import NewVault
from ui.dialogs.recovery_sheet import SheetSteps
from ui.parts.code_field import CodeField
from ui.system.absence import SCREEN

GOOD = "Krähe-Würfel-7-Lampe"


@pytest.fixture
def dialog(qtbot: QtBot, home: Path) -> Iterator[NewVault]:
    i18n.set_language("en")
    made = NewVault(None, home / "vaults")
    qtbot.addWidget(made)
    made.show()
    yield made
    tasks.wait_for_all()
    if made.vault is not None:
        made.vault.close()


def fill(dialog: NewVault, first: str, second: str) -> None:
    if dialog.next.isVisible():
        click(dialog.next)
    type_over(dialog.passphrase.line, first)
    type_over(dialog.again.line, second)


def made_vault(qtbot: QtBot, dialog: NewVault) -> Vault:
    """Up to the third step, and from there on without the sheet."""
    steps = at_the_sheet(qtbot, dialog)
    with qtbot.waitSignal(dialog.accepted):
        click(steps.later)
    assert dialog.vault is not None
    return dialog.vault


def at_the_sheet(qtbot: QtBot, dialog: NewVault) -> SheetSteps:
    click(dialog.make)
    qtbot.waitUntil(lambda: dialog.steps is not None and dialog.steps.print.isEnabled(), timeout=60_000)
    assert dialog.steps is not None
    return dialog.steps


def test_the_lock_comes_while_the_sheet_of_a_new_vault_is_shown(
    open_window: OpenWindow, answers: Answers, qtbot: QtBot
) -> None:
    stage = open_window()
    ends: list[bool] = []

    def left_alone(dialog: NewVault) -> bool:
        fill(dialog, GOOD, GOOD)
        at_the_sheet(qtbot, dialog)
        assert dialog.vault is not None
        qtbot.waitUntil(lambda: not tasks.running(), timeout=60_000)
        stage.window.idle.tick(time.time() + 9 * 3600)
        assert dialog.vault.closed
        assert not dialog.isVisible()
        assert stage.restarts == [[str(dialog.vault.path)]]
        ends.append(True)
        return True

    answers.dialogs = [left_alone]
    assert stage.window.unlock is not None
    click(stage.window.unlock.begin)
    assert ends == [True]
    assert stage.window.desk is None
    with open_vault(Path(stage.restarts[0][0]), GOOD):
        pass


def test_the_lock_throws_away_what_is_typed_for_a_new_vault(open_window: OpenWindow, answers: Answers) -> None:
    stage = open_window()

    def left_alone(dialog: NewVault) -> bool:
        fill(dialog, GOOD, GOOD)
        stage.window.absence.left.emit(SCREEN)
        return dialog.isVisible()

    answers.dialogs = [left_alone]
    assert stage.window.unlock is not None
    click(stage.window.unlock.begin)
    assert stage.restarts == [[]]
    stage.window.idle.expired.emit()
    assert stage.restarts == [[]]  # with no dialog there is nothing to lock


@pytest.mark.parametrize(
    ("typed", "verdict", "enough"),
    [
        ("", "At least ten characters", False),
        ("passwort", "Too weak", False),
        ("Tandem2026!", "", False),
        ("wander klippe zirbel mond", "", True),
    ],
)
def test_the_strength_is_judged_while_typing(dialog: NewVault, typed: str, verdict: str, enough: bool) -> None:
    fill(dialog, typed, typed)
    assert verdict in dialog.verdict.text()
    assert dialog.make.isEnabled() is enough


def test_two_that_differ_are_said_and_make_nothing(dialog: NewVault) -> None:
    fill(dialog, GOOD, GOOD + "x")
    assert dialog.trouble.text() == "The two passphrases differ."
    assert dialog.trouble.isVisible()
    assert not dialog.make.isEnabled()
    QTest.keyClick(dialog.again.line, Qt.Key.Key_Backspace)
    assert not dialog.trouble.isVisible()
    assert dialog.make.isEnabled()


def test_nothing_is_said_while_the_second_may_still_become_the_first(dialog: NewVault) -> None:
    fill(dialog, GOOD, "")
    for letter in GOOD:
        type_text(dialog.again.line, letter)
        assert not dialog.trouble.isVisible(), dialog.again.text()
    assert dialog.make.isEnabled()
    dialog.again.line.clear()
    type_text(dialog.again.line, GOOD[:3])
    type_text(dialog.again.line, "?")
    assert dialog.trouble.isVisible()
    QTest.keyClick(dialog.again.line, Qt.Key.Key_Backspace)
    assert not dialog.trouble.isVisible()
    assert not dialog.make.isEnabled()


def test_a_suggestion_is_six_words_to_be_typed_once_more(dialog: NewVault) -> None:
    click(dialog.next)
    click(button_of(dialog, "Suggest six words"))
    drawn = dialog.suggestion.text()
    assert dialog.suggestion.isVisible()
    assert drawn.count("-") >= 5
    assert dialog.passphrase.text() == drawn
    assert dialog.again.text() == ""
    assert not dialog.make.isEnabled()
    type_text(dialog.again.line, drawn)
    assert dialog.make.isEnabled()


@pytest.mark.parametrize("kind", ["programme", "notebook"])
def test_the_vault_made_opens_with_what_was_typed(qtbot: QtBot, dialog: NewVault, home: Path, kind: str) -> None:
    type_over(dialog.name, "Round: 7/8")
    click(getattr(dialog, kind))
    fill(dialog, GOOD, GOOD)
    vault = made_vault(qtbot, dialog)
    assert vault.path == home / "vaults" / "Round  7 8.tandembuch" or vault.path.name == "Round 7 8.tandembuch"
    assert vault.kind == kind
    vault.close()
    with open_vault(vault.path, GOOD) as opened:
        assert opened.kind == kind


def test_a_taken_name_is_said_and_the_other_vault_stays(qtbot: QtBot, dialog: NewVault, home: Path) -> None:
    (home / "vaults").mkdir()
    create_vault(dialog.path(), "another passphrase").close()
    before = dialog.path().read_bytes()
    fill(dialog, GOOD, GOOD)
    click(dialog.make)
    qtbot.waitUntil(dialog.trouble.isVisible)
    assert "already a file of that name" in dialog.trouble.text()
    assert dialog.path().read_bytes() == before
    assert dialog.make.isEnabled()


def test_a_folder_that_cant_be_written_is_said(
    qtbot: QtBot, dialog: NewVault, answers: Answers, tmp_path: Path
) -> None:
    closed = tmp_path / "not a folder"
    closed.write_text("a file stands where the folder should be", encoding="utf-8")
    answers.files = [closed]
    click(button_of(dialog, "Another folder …"))
    fill(dialog, GOOD, GOOD)
    click(dialog.make)
    qtbot.waitUntil(dialog.trouble.isVisible)
    assert "could not be written" in dialog.trouble.text()
    assert dialog.vault is None
    assert dialog.make.isEnabled()


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX's")
def test_nobody_else_may_read_the_new_file(qtbot: QtBot, dialog: NewVault) -> None:
    fill(dialog, GOOD, GOOD)
    with made_vault(qtbot, dialog) as vault:
        assert vault.path.stat().st_mode & 0o077 == 0


def test_the_first_vault_opens_in_the_window(open_window: OpenWindow, answers: Answers, qtbot: QtBot) -> None:
    stage = open_window()

    def make(dialog: NewVault) -> bool:
        fill(dialog, GOOD, GOOD)
        made_vault(qtbot, dialog)
        return True

    answers.dialogs = [make]
    assert stage.window.unlock is not None
    stage.click(stage.window.unlock.begin)
    assert stage.page.key == "overview"
    assert stage.desk.vault.kind == "programme"


# The third step


def type_code(dialog_field: CodeField, code: str) -> None:
    """As from the paper, sign after sign; the boxes pass the keyboard on by themselves."""
    for place, group in enumerate(code.split("-")):
        for sign in group:
            QTest.keyClicks(dialog_field.boxes[place], sign)


def test_the_sheet_is_proved_by_typing_it_and_wrong_groups_are_named(qtbot: QtBot, dialog: NewVault) -> None:
    fill(dialog, GOOD, GOOD)
    steps = at_the_sheet(qtbot, dialog)
    assert dialog.step.text() == "Step 3 of 3: recovery sheet"
    assert steps.pdf.page_count == 1
    assert dialog.vault is not None
    code = sheets.code_of(dialog.vault, GOOD)
    click(steps.go_on)
    assert not steps.pdf.isVisible()
    assert not steps.check.isEnabled()
    groups = code.split("-")
    wrong = ["ZZZZ" if group != "ZZZZ" else "YYYY" for group in groups]
    type_code(steps.field, "-".join([groups[0], wrong[1], *groups[2:6], wrong[6], *groups[7:]]).lower())
    click(steps.check)
    assert steps.verdict.text() == "Groups 2 and 7 differ from the sheet. Look at the paper and correct them."
    assert steps.field.boxes[1].hasFocus()
    assert [bool(box.property("faulty")) for box in steps.field.boxes] == [n in (1, 6) for n in range(9)]
    assert sheets.facts(dialog.vault).proved_on is None
    for place in (1, 6):
        type_over(steps.field.boxes[place], groups[place])
    with qtbot.waitSignal(dialog.accepted):
        click(steps.check)
    assert sheets.facts(dialog.vault).proved_on is not None
    dialog.vault.close()
    with open_vault(dialog.vault.path, Code(code)) as opened:
        assert opened.by_sheet


@pytest.mark.parametrize("way", ["later", "later_still", "escape"])
def test_the_sheet_can_wait_and_the_vault_is_there(qtbot: QtBot, dialog: NewVault, way: str) -> None:
    fill(dialog, GOOD, GOOD)
    steps = at_the_sheet(qtbot, dialog)
    if way != "later":
        click(steps.go_on)
    with qtbot.waitSignal(dialog.accepted):
        if way == "escape":
            QTest.keyClick(dialog, Qt.Key.Key_Escape)
        else:
            click(getattr(steps, way))
    assert dialog.vault is not None
    assert sheets.facts(dialog.vault).proved_on is None
    dialog.vault.close()


def test_back_keeps_the_name_and_each_step_has_its_focus(qtbot: QtBot, dialog: NewVault) -> None:
    qtbot.waitUntil(dialog.name.hasFocus)
    type_over(dialog.name, "Zweiter Anlauf")
    QTest.keyClick(dialog.name, Qt.Key.Key_Return)
    qtbot.waitUntil(dialog.passphrase.line.hasFocus)
    assert dialog.step.text() == "Step 2 of 3: passphrase"
    click(dialog.back)
    assert dialog.name.text() == "Zweiter Anlauf"
    assert dialog.name.hasFocus()


def test_the_sheet_is_saved_only_after_a_warning(
    qtbot: QtBot, dialog: NewVault, answers: Answers, tmp_path: Path
) -> None:
    fill(dialog, GOOD, GOOD)
    steps = at_the_sheet(qtbot, dialog)
    answers.choices = [None]
    click(steps.save)
    assert "opens your vault without the passphrase" in answers.asked[0]
    assert not list(tmp_path.rglob("*.pdf"))
    answers.choices, answers.files = ["yes"], [tmp_path / "sheet"]
    click(steps.save)
    saved = tmp_path / "sheet.pdf"
    assert saved.read_bytes() == steps.pdf.pdf
    if os.name == "posix":
        assert saved.stat().st_mode & 0o077 == 0
    assert dialog.vault is not None
    dialog.vault.close()


def test_a_sheet_that_cant_be_saved_is_said(qtbot: QtBot, dialog: NewVault, answers: Answers, tmp_path: Path) -> None:
    fill(dialog, GOOD, GOOD)
    steps = at_the_sheet(qtbot, dialog)
    answers.choices, answers.files = ["yes"], [tmp_path / "nowhere" / "sheet.pdf"]
    click(steps.save)
    assert "could not be written" in steps.trouble.text()
    assert steps.trouble.isVisible()
    assert dialog.vault is not None
    dialog.vault.close()


@pytest.mark.parametrize(
    ("typed", "file"), [("con", "Tandembuch con"), ("nul.alt", "Tandembuch nul.alt"), ("n" * 300, "n" * 80)]
)
def test_a_name_that_no_file_can_have_becomes_one_that_can(dialog: NewVault, typed: str, file: str) -> None:
    dialog.name.setText(typed)
    assert dialog.path().name == f"{file}.tandembuch"


def test_a_passphrase_made_of_the_vaults_name_is_not_enough(dialog: NewVault) -> None:
    dialog.name.setText("Fichtelwerk Ostrau")
    fill(dialog, "Fichtelwerk-Ostrau 44", "Fichtelwerk-Ostrau 44")
    assert not dialog.make.isEnabled()
    fill(dialog, GOOD, GOOD)
    assert dialog.make.isEnabled()
