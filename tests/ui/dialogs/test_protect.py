"""The question whether a PDF gets a password."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit
from pytestqt.qtbot import QtBot

from ui.dialogs.protect import Protect


@pytest.fixture
def dialog(qtbot: QtBot) -> Protect:
    made = Protect(None)
    qtbot.addWidget(made)
    made.show()
    return made


def test_without_a_password_it_saves_at_once(dialog: Protect, qtbot: QtBot) -> None:
    assert not dialog.field.isEnabled()
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.password() == ""


def test_a_wanted_password_must_be_given(dialog: Protect, qtbot: QtBot) -> None:
    dialog.with_password.setChecked(True)
    assert dialog.field.isEnabled()
    assert not dialog.save.isEnabled()
    assert dialog.field.line.echoMode() == QLineEdit.EchoMode.Password
    qtbot.keyClicks(dialog.field.line, "Lampe 7")
    assert dialog.save.isEnabled()
    assert dialog.password() == "Lampe 7"
    dialog.with_password.setChecked(False)
    assert dialog.save.isEnabled()
    assert dialog.password() == ""
