from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from window_fixtures import Answers, OpenWindow, button_of, click, type_over, type_text

from app import i18n
from app.store.vault import Vault, create_vault, open_vault
from ui.dialogs.new_vault import NewVault

GOOD = "Krähe-Würfel-7-Lampe"


@pytest.fixture
def dialog(qtbot: QtBot, home: Path) -> NewVault:
    i18n.set_language("en")
    made = NewVault(None, home / "vaults")
    qtbot.addWidget(made)
    made.show()
    return made


def fill(dialog: NewVault, first: str, second: str) -> None:
    type_over(dialog.passphrase.line, first)
    type_over(dialog.again.line, second)


def made_vault(qtbot: QtBot, dialog: NewVault) -> Vault:
    with qtbot.waitSignal(dialog.accepted):
        click(dialog.make)
    assert dialog.vault is not None
    return dialog.vault


@pytest.mark.parametrize(
    ("typed", "verdict", "enough"),
    [
        ("", "At least ten characters", False),
        ("passwort", "Too weak", False),
        ("Tandem2026!", "", False),
        ("wander klippe zirbel mond", "", True),
    ],
)
def test_the_strength_is_judged_while_typing(
    dialog: NewVault, typed: str, verdict: str, enough: bool
) -> None:
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


def test_a_suggestion_is_six_words_to_be_typed_once_more(dialog: NewVault) -> None:
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
