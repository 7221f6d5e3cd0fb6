"""What somebody does who has no mouse, and what they hear of it."""

from __future__ import annotations

import importlib
import pkgutil

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from window_fixtures import OpenWindow, click, press, type_text

import ui.dialogs
from app.services import notes as note_verbs
from app.services import programmes
from app.store import notes, people, topics
from app.store.excerpts import What
from ui import theme
from ui.desk import Desk, Place
from ui.dialogs.bring_back import BringBack
from ui.dialogs.protect import Protect
from ui.pages.documents import DocumentsPage
from ui.pages.notes import NotesPage
from ui.parts.dialog import Dialog
from ui.parts.field import DateField
from ui.parts.gaps_panel import GapsPanel
from ui.parts.inside import InsideButton
from ui.parts.passphrase import PassphraseField
from ui.parts.search import SearchField
from ui.shell.help import PageHelp, Shortcuts


def focus() -> QWidget:
    now = QApplication.focusWidget()
    assert now is not None
    return now


@pytest.fixture
def desk(demo_desk: Desk) -> Desk:
    return demo_desk


def shown(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.addWidget(widget)
    widget.show()
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow)


@pytest.mark.usefixtures("english")
def test_the_eye_is_reached_and_pressed_by_key_and_takes_no_letter(qtbot: QtBot, heard: list[str]) -> None:
    field = PassphraseField("Passphrase")
    shown(qtbot, field)
    field.setFocus()
    type_text(field.line, "secret")
    QTest.keyClick(field.line, Qt.Key.Key_Tab)
    assert focus() is field.eye
    assert field.eye.accessibleName() == "Show passphrase"
    QTest.keyClick(focus(), Qt.Key.Key_Space)
    assert field.line.echoMode() is QLineEdit.EchoMode.Normal
    assert field.eye.accessibleName() == "Hide passphrase"
    assert heard == ["What is typed here can be seen now."]
    QTest.keyClick(focus(), Qt.Key.Key_X)
    QTest.keyClick(focus(), Qt.Key.Key_Backspace)
    assert field.text() == "secret"
    QTest.keyClick(focus(), Qt.Key.Key_Return)
    assert field.line.echoMode() is QLineEdit.EchoMode.Password


@pytest.mark.usefixtures("english")
def test_escape_on_the_eye_closes_the_dialog(qtbot: QtBot) -> None:
    dialog = Protect(None)
    shown(qtbot, dialog)
    dialog.with_password.setChecked(True)
    dialog.field.eye.setFocus()
    QTest.keyClick(focus(), Qt.Key.Key_Escape)
    assert not dialog.isVisible()


@pytest.mark.usefixtures("english")
def test_what_stands_inside_a_field_grows_with_the_text_and_covers_none(qtbot: QtBot, qapp: QApplication) -> None:
    sizes = []
    for size in (100, 200):
        theme.apply(qapp, theme.Scheme.LIGHT, size)
        field = DateField("Day")
        shown(qtbot, field)
        button = field.input.findChild(InsideButton)
        assert button is not None
        assert field.input.rect().contains(button.geometry())
        right = field.input.textMargins().right() + theme.px(10)
        assert right >= field.input.width() - button.geometry().left() - theme.px(4)
        sizes.append((button.width(), button.iconSize().width()))
    assert sizes[1] == (2 * sizes[0][0], 2 * sizes[0][1])


@pytest.mark.usefixtures("english")
def test_a_sign_keeps_its_room_before_it_is_shown_and_gives_it_back(qtbot: QtBot) -> None:
    field = SearchField("Search")
    qtbot.addWidget(field)
    assert field.textMargins().left() > 0
    assert field.textMargins().right() == 0
    shown(qtbot, field)
    field.setText("one")
    assert field.textMargins().right() > 0
    field.clear()
    assert field.textMargins().right() == 0
    assert field.textMargins().left() > 0


def test_every_dialog_is_read_in_its_order() -> None:
    for module in pkgutil.iter_modules(ui.dialogs.__path__):
        found = vars(importlib.import_module(f"ui.dialogs.{module.name}")).values()
        for one in found:
            if isinstance(one, type) and issubclass(one, QDialog) and one.__module__ == f"ui.dialogs.{module.name}":
                assert issubclass(one, Dialog), one


def test_tab_goes_through_a_dialog_from_top_to_bottom(qtbot: QtBot, desk: Desk) -> None:
    made, programme = desk.vault.back_up(desk.places.backups), desk.programme
    assert programme is not None
    desk.do(programmes.remove, programme)
    dialog = BringBack(desk, made)
    shown(qtbot, dialog)
    click(dialog.kinds[What.TANDEM])
    qtbot.waitUntil(dialog.take.isEnabled)
    dialog.search.setFocus()
    passed = []
    for _ in range(4):
        QTest.keyClick(focus(), Qt.Key.Key_Tab)
        passed.append(focus())
    assert passed == [dialog.table, dialog.close_button, dialog.take, dialog.kinds[dialog.what]]


def test_a_search_in_a_backup_says_how_many_are_left(qtbot: QtBot, desk: Desk, heard: list[str]) -> None:
    dialog = BringBack(desk, desk.vault.back_up(desk.places.backups))
    shown(qtbot, dialog)
    qtbot.waitUntil(lambda: dialog.table.records.rowCount() > 0)
    type_text(dialog.search, "zzzz")
    qtbot.waitUntil(lambda: heard[-1:] == ["Nothing found"])


def test_a_search_of_the_notes_says_how_many_are_left(qtbot: QtBot, desk: Desk, heard: list[str]) -> None:
    for title in ("Heron", "Heron too", "Otter"):
        desk.do(note_verbs.add, title=title)
    page = NotesPage(desk)
    shown(qtbot, page)
    page.ensure_fresh()
    qtbot.waitUntil(lambda: page.list.notes.rowCount() > 3)
    type_text(page.search, "heron")
    qtbot.waitUntil(lambda: heard[-1:] == ["2 found"])
    QTest.keyClick(page.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: heard[-1:] == [f"{page.list.notes.rowCount()} found"])


def test_a_note_pressed_by_a_screen_reader_is_shown(qtbot: QtBot, desk: Desk) -> None:
    for title in ("Heron", "Otter"):
        desk.do(note_verbs.add, title=title)
    page = NotesPage(desk)
    shown(qtbot, page)
    page.ensure_fresh()
    qtbot.waitUntil(lambda: page.list.notes.rowCount() > 1 and page.list.current is not None)
    other = next(row for row in range(2) if row != page.list.currentIndex().row())
    select(page.list.selectionModel(), page.list.notes.index(other))
    qtbot.waitUntil(lambda: page.list.current == page.list.notes.rows[other].note.id)


def select(model: QItemSelectionModel, index: object) -> None:
    """What Qt does for the one action that it offers a screen reader for a row."""
    model.select(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)  # type: ignore[call-overload]


def test_a_document_pressed_by_a_screen_reader_is_shown(open_demo: OpenWindow) -> None:
    stage = open_demo("en")
    stage.desk.go(Place("documents"))
    page = stage.page
    assert isinstance(page, DocumentsPage)
    select(page.gallery.selectionModel(), page.gallery.model().index(3, 0))
    stage.qtbot.waitUntil(lambda: page.gallery.currentRow() == 3)
    assert page._wanted.sheet.key == page.gallery.item(3).data(Qt.ItemDataRole.UserRole)


@pytest.mark.parametrize("language", ["en", "de"])
def test_help_and_keys_are_there_on_the_first_page(open_window: OpenWindow, language: str) -> None:
    stage = open_window(language=language)
    for keys, kind in (("F1", PageHelp), ("Ctrl+/", Shortcuts)):
        press(stage.window, keys)
        dialog = next(one for one in stage.window.findChildren(kind) if one.isVisible())
        stage.qtbot.waitUntil(dialog.isActiveWindow)
        press(stage.window, keys)  # and once: not another over it
        assert len([one for one in stage.window.findChildren(QDialog) if one.isVisible()]) == 1
        if isinstance(dialog, PageHelp):
            assert {"en": "passphrase", "de": "Passphrase"}[language] in dialog.text.toPlainText()
            assert focus() is dialog.text
        QTest.keyClick(focus(), Qt.Key.Key_Escape)
        assert not dialog.isVisible()
        stage.window.activateWindow()
        stage.qtbot.waitUntil(stage.window.isActiveWindow)


def test_the_buttons_of_skill_gaps_say_of_which_topic_they_are(qtbot: QtBot, desk: Desk) -> None:
    person = people.all_people(desk.vault)[0].id
    known = {one.id: one for one in topics.all_topics(desk.vault)}
    for topic in tuple(known)[:2]:
        desk.do(note_verbs.add_gap, person, topic, seen=1, wanted=3)
    panel = GapsPanel(desk)
    shown(qtbot, panel)
    panel.show_gaps(person, notes.gaps_of(desk.vault, person), known)
    for item in panel.items.values():
        item.more_button.setChecked(True)
    found = [one for one in panel.findChildren(QPushButton) if not isinstance(one, InsideButton)]
    names = [one.accessibleName() for one in found]
    assert len(names) > 10
    assert sorted(names) == sorted(set(names))
