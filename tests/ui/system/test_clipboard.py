"""What is copied is marked as nobody's to keep, and goes again: after its time, at the lock, at the end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from window_fixtures import press

from ui.parts.autosave import LongText
from ui.system.clipboard import HINTS, OPEN, SECONDS, Clipboard, clipboard, private

WORDS = "Zaunkönig, vertraulich"


@pytest.fixture
def copies(qapp: QApplication) -> Iterator[Clipboard]:
    qapp.clipboard().clear()
    yield clipboard()
    clipboard().seconds = SECONDS
    clipboard().clear()
    qapp.clipboard().clear()


@pytest.fixture
def owned(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a desktop, where the system tells whose the clipboard is; offscreen nobody's."""
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _: True)


def words() -> str:
    return QApplication.clipboard().text()


def now() -> QMimeData:
    return QApplication.clipboard().mimeData()


def test_a_copy_bears_the_hints_of_every_system(copies: Clipboard) -> None:
    copies.put(WORDS)
    assert words() == WORDS
    assert {kind: now().data(kind).data() for kind in HINTS} == HINTS
    assert now().data("x-kde-passwordManagerHint").data() == b"secret"
    assert now().data('application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"').data() == b"\0\0\0\0"
    assert now().hasFormat('application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"')


def test_it_is_gone_after_its_time(copies: Clipboard, qtbot: QtBot) -> None:
    copies.seconds = 0.01
    with qtbot.waitSignal(copies.cleared):
        copies.put(WORDS)
        assert copies.is_ours()
    assert words() == ""


def test_thirty_seconds_and_each_copy_begins_them_anew(copies: Clipboard, qtbot: QtBot) -> None:
    with qtbot.waitSignal(copies.copied) as told:
        copies.put(WORDS)
    assert told.args == [30.0]
    first = copies._timers[QClipboard.Mode.Clipboard]
    assert first.isActive()
    assert first.interval() == 30_000


def test_what_another_program_copied_meanwhile_stays(copies: Clipboard) -> None:
    copies.put(WORDS)
    QApplication.clipboard().setText("von woanders")
    assert not copies.is_ours()
    assert not copies._timers[QClipboard.Mode.Clipboard].isActive()
    copies.clear()
    assert words() == "von woanders"


@pytest.mark.usefixtures("owned")
def test_a_field_of_qt_s_own_copies_the_same_way(copies: Clipboard, qtbot: QtBot) -> None:
    line = QLineEdit(WORDS)
    qtbot.addWidget(line)
    copies.seconds = 0.01
    line.selectAll()
    with qtbot.waitSignal(copies.cleared):
        line.copy()
        assert words() == WORDS
        assert now().data("x-kde-passwordManagerHint").data() == b"secret"
    assert words() == ""


def test_a_long_text_gives_nothing_unmarked_at_all(qtbot: QtBot) -> None:
    """By key, by menu, by dragging: Qt asks the widget itself for what is copied."""
    text = LongText("Text")
    qtbot.addWidget(text)
    text.setPlainText(WORDS)
    text.selectAll()
    for keys in ("Ctrl+C", "Ctrl+X"):
        QApplication.clipboard().clear()
        press(text, keys)
        assert words() == WORDS
        assert now().data("x-kde-passwordManagerHint").data() == b"secret"
    QApplication.clipboard().clear()


@pytest.mark.usefixtures("owned")
def test_what_holds_nobody_s_data_may_stay(copies: Clipboard) -> None:
    copies.put_open("ValueError in line 7")
    assert now().hasFormat(OPEN)
    assert not now().hasFormat("x-kde-passwordManagerHint")
    copies.clear()
    assert words() == "ValueError in line 7"


def test_a_private_text_keeps_its_lines(qapp: QApplication) -> None:
    assert qapp
    assert private("eins\nzwei\tdrei").text() == "eins\nzwei\tdrei"
