from __future__ import annotations

from datetime import datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui import theme
from ui.parts.autosave import LongText, SavedText
from ui.parts.progress import Progress
from ui.parts.toast import Toast


@pytest.fixture
def text(qapp: QApplication, qtbot: QtBot) -> LongText:
    theme.apply(qapp, "light")
    made = LongText("Note")
    qtbot.addWidget(made)
    made.show()
    return made


def test_saves_itself_after_typing(text: LongText, qtbot: QtBot) -> None:
    text.timer.setInterval(20)
    with qtbot.waitSignal(text.save) as saved:
        QTest.keyClicks(text, "abc")
    assert saved.args == ["abc"]
    assert LongText("Note").timer.interval() == 800


def test_flush_saves_once(text: LongText) -> None:
    saved: list[str] = []
    text.save.connect(saved.append)
    QTest.keyClicks(text, "abc")
    text.flush()
    text.flush()
    assert saved == ["abc"]
    assert not text.timer.isActive()


def test_shown_text_is_not_saved(text: LongText) -> None:
    saved: list[str] = []
    text.save.connect(saved.append)
    text.set_value("from the vault")
    text.flush()
    assert saved == []
    QTest.keyClicks(text, "x")
    QTest.keyClick(text, Qt.Key.Key_Backspace)
    text.flush()
    assert saved == []


def test_half_typed_text_never_lands_in_another_record(text: LongText) -> None:
    kept: dict[str, str] = {}
    text.bind("", lambda words: kept.update(first=words))
    QTest.keyClicks(text, "half")
    text.bind("other", lambda words: kept.update(second=words))
    text.flush()
    assert kept == {"first": "half"}


def test_what_could_not_be_saved_is_tried_again(text: LongText) -> None:
    answers = [False, True]
    tried: list[str] = []

    def keep(words: str) -> bool:
        tried.append(words)
        return answers[len(tried) - 1]

    text.bind("", keep)
    QTest.keyClicks(text, "a")
    text.flush()
    text.flush()
    text.flush()
    assert tried == ["a", "a"]


def test_leaving_saves_and_tab_leaves(qapp: QApplication, qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    saved_text, other = SavedText("Note"), QLineEdit()
    column.addWidget(saved_text)
    column.addWidget(other)
    page.show()
    page.activateWindow()
    saved_text.text.setFocus()
    qtbot.waitUntil(saved_text.text.hasFocus)
    saved: list[str] = []
    saved_text.save.connect(saved.append)
    QTest.keyClicks(saved_text.text, "abc")
    QTest.keyClick(saved_text.text, Qt.Key.Key_Tab)
    qtbot.waitUntil(other.hasFocus)
    assert saved == ["abc"]
    saved_text.told_saved(datetime(2026, 2, 3, 14, 2))
    assert "14:02" in saved_text.label.text()
    assert qapp.focusWidget() is other


def test_toast_goes_by_itself_and_undoes(qapp: QApplication, qtbot: QtBot) -> None:
    theme.apply(qapp, "light")
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(600, 400)
    page.show()
    elsewhere = QLineEdit(page)
    elsewhere.show()
    elsewhere.setFocus()
    QCursor.setPos(page.mapToGlobal(QPoint(2, 2)))
    toast = Toast(page)
    assert toast.timer.interval() == 6000
    toast.say("Removed.", undoable=True)
    assert toast.isVisible()
    with qtbot.waitSignal(toast.undone):
        toast.undo_button.click()
    assert not toast.isVisible()
    toast.timer.setInterval(10)
    toast.say("Removed.")
    assert toast.undo_button.isHidden()
    qtbot.waitUntil(toast.isHidden)


def test_progress_cancels_once(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(600, 400)
    page.show()
    progress = Progress(page)
    progress.start("Working")
    progress.step(0.5)
    assert progress.bar.value() == 500
    with qtbot.waitSignal(progress.cancelled):
        progress.cancel_button.click()
    assert not progress.cancel_button.isEnabled()
    progress.stop()
    assert progress.isHidden()
