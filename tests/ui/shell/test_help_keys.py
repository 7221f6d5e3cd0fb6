"""F1 in a dialog shows the help of the page it belongs to; Escape leads back into the dialog."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget
from window_fixtures import OpenWindow, Stage

from ui.dialogs import ask
from ui.dialogs.backups import Backups
from ui.dialogs.new_vault import NewVault
from ui.shell.help import PageHelp, help_text


def helps(dialog: QDialog) -> list[PageHelp]:
    return [one for one in dialog.findChildren(PageHelp) if one.isVisible()]


def help_in(stage: Stage, dialog: QDialog) -> PageHelp:
    dialog.open()
    stage.qtbot.waitUntil(lambda: dialog.isActiveWindow() and QApplication.focusWidget() is not None)
    QTest.keyClick(QApplication.focusWidget() or dialog, Qt.Key.Key_F1)
    stage.qtbot.waitUntil(lambda: bool(helps(dialog)))
    (shown,) = helps(dialog)
    stage.qtbot.waitUntil(shown.isActiveWindow)
    return shown


def heading(key: str) -> str:
    return help_text(key).splitlines()[0].lstrip("# ")[:30]


def question(page: QWidget) -> QDialog:
    return ask.question(page, "Remove", "Remove them?", [ask.Choice("yes", "Remove", True)])[0]


def one_field(window: QWidget) -> QDialog:
    dialog = QDialog(window)
    QLineEdit(dialog).setFocus()
    return dialog


@pytest.mark.parametrize(
    ("page", "make"),
    [
        ("security", lambda stage: Backups(stage.desk, stage.page)),
        ("people", lambda stage: question(stage.page)),
        ("people", lambda stage: one_field(stage.window)),
    ],
)
def test_the_help_of_the_page_is_shown_over_the_dialog(
    open_demo: OpenWindow, page: str, make: Callable[[Stage], QDialog]
) -> None:
    stage = open_demo("en")
    stage.go(page)
    dialog = make(stage)
    shown = help_in(stage, dialog)
    assert heading(page) in shown.text.toPlainText()
    assert not stage.workplace.help.isVisible()
    QTest.keyClick(shown.text, Qt.Key.Key_F1)  # not another over it
    assert helps(dialog) == [shown]
    assert helps(shown) == []
    QTest.keyClick(shown.text, Qt.Key.Key_Escape)
    stage.qtbot.waitUntil(lambda: helps(dialog) == [])
    assert dialog.isVisible()
    dialog.close()


def test_the_first_pages_dialogs_have_its_help(open_window: OpenWindow) -> None:
    stage = open_window(language="en")
    dialog = NewVault(stage.window.unlock, stage.places.vaults)
    shown = help_in(stage, dialog)
    assert heading("unlock") in shown.text.toPlainText()
    shown.close()
    dialog.close()
