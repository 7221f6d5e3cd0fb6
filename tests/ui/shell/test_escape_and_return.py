"""What Escape closes, where Return goes on to, and that nothing is tried without a passphrase."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from window_fixtures import OpenWindow, click, type_text

from ui import tasks
from ui.desk import Place
from ui.dialogs.new_vault import NewVault
from ui.pages.pairing import PairingPage
from ui.parts.search import SearchField

ENOUGH = "Stapel-Wolke-Garten-Kiesel-41"


def escape() -> QWidget:
    """Presses Escape where the focus is; gives who had it."""
    QApplication.processEvents()
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_Escape)
    QApplication.processEvents()
    return focused


@pytest.mark.parametrize(("language", "words"), [("en", "type the passphrase"), ("de", "geben Sie zuerst")])
def test_an_empty_passphrase_is_said_at_once(
    open_window: OpenWindow, demo_vault: Callable[[str], Path], language: str, words: str
) -> None:
    page = open_window(chosen=demo_vault("en"), language=language).window.unlock
    assert page is not None
    page.unlock.click()
    assert not tasks.running()
    assert words in page.trouble.text()
    assert page.trouble.isVisible()
    assert page.passphrase.line.hasFocus()
    page.bring_back.click()  # nor is anything asked that could not be done
    page.rescue.click()
    assert not tasks.running()


def test_return_in_the_first_passphrase_goes_on_to_the_second(qtbot: QtBot, home: Path) -> None:
    dialog = NewVault(None, home / "vaults")
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    click(dialog.next)
    type_text(dialog.passphrase.line, ENOUGH)
    QTest.keyClick(dialog.passphrase.line, Qt.Key.Key_Return)
    assert not tasks.running()
    assert dialog.focusWidget() is dialog.again.line
    type_text(dialog.again.line, ENOUGH)
    assert dialog.secret.ready()
    dialog.secret.setFocus()
    dialog.secret.passphrase.line.returnPressed.emit()  # both are there: Return ends the step
    assert dialog.focusWidget() is dialog.passphrase.line


def test_escape_closes_the_help_from_the_page_and_from_the_help(open_demo: OpenWindow) -> None:
    stage = open_demo()
    place = stage.workplace
    for focused in (place.page, place.help.text):
        place.toggle_help()
        focused.setFocus()
        escape()
        assert not place.help.isVisible()
        assert place.page.hasFocus() or place.page.isAncestorOf(QApplication.focusWidget() or place)


def test_escape_in_a_search_empties_it_before_it_closes_the_help(open_demo: OpenWindow) -> None:
    stage = open_demo()
    stage.desk.go(Place("people"))
    stage.workplace.toggle_help()
    search = stage.workplace.page.findChild(SearchField)
    assert search is not None
    search.setFocus()
    type_text(search, "Aks")
    escape()
    assert search.text() == ""
    assert stage.workplace.help.isVisible()
    escape()
    assert not stage.workplace.help.isVisible()


def test_escape_closes_the_weights_and_keeps_the_focus_near(open_demo: OpenWindow, qtbot: QtBot) -> None:
    stage = open_demo()
    stage.desk.go(Place("pairing"))
    page = stage.workplace.page
    assert isinstance(page, PairingPage)
    qtbot.waitUntil(lambda: page.outcome is not None and not page.work.busy)
    page.weights_button.click()
    assert page.weights.isVisible()
    slider = next(iter(page.weights.weights._sliders.values()))
    slider.setFocus()
    assert escape() is slider
    assert not page.weights.isVisible()
    assert page.weights_button.hasFocus()
