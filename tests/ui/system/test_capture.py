"""What Windows and macOS are asked so that nobody records the windows; they are stood in for."""

from __future__ import annotations

import ctypes

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from ui.system import capture, objc
from ui.system.capture import BLACK, LEFT_OUT, SHOWN, Curtain


class User32:
    def __init__(self, knows: tuple[int, ...]) -> None:
        self.knows = knows
        self.calls: list[tuple[int | None, int]] = []

    def SetWindowDisplayAffinity(self, handle: ctypes.c_void_p, affinity: int) -> bool:
        self.calls.append((handle.value, affinity))
        return affinity in self.knows


def test_windows_leaves_the_window_out_or_shows_it_black() -> None:
    new, old = User32((SHOWN, BLACK, LEFT_OUT)), User32((SHOWN, BLACK))
    assert capture.on_windows(7, True, new)
    assert capture.on_windows(7, False, new)
    assert new.calls == [(7, LEFT_OUT), (7, SHOWN)]
    assert capture.on_windows(7, True, old)
    assert old.calls == [(7, LEFT_OUT), (7, BLACK)]
    assert not capture.on_windows(7, True, User32(()))
    assert not capture.on_windows(7, True, object())


def test_macos_does_not_share_the_window_of_the_view(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[tuple[object, ...]] = []

    def send(*words: int | str) -> int:
        sent.append(words)
        return 99 if words[1] == "window" else 0

    monkeypatch.setattr(objc, "send", send)
    assert capture.on_mac(7, True)
    assert capture.on_mac(7, False)
    assert sent == [(7, "window"), (99, "setSharingType:", 0), (7, "window"), (99, "setSharingType:", 1)]


def test_every_window_is_hidden_and_shown_again(qtbot: QtBot) -> None:
    asked: list[tuple[int, bool]] = []
    window = QWidget()
    qtbot.addWidget(window)
    window.show()

    def act(handle: int, hidden: bool) -> bool:
        asked.append((handle, hidden))
        return True

    curtain = Curtain(window, act)
    curtain.draw(True)
    assert (int(window.winId()), True) in asked
    dialog = QDialog(window)
    dialog.open()
    qtbot.waitUntil(lambda: (int(dialog.winId()), True) in asked)
    before = len(asked)
    curtain.draw(True)
    assert len(asked) == before  # once is enough
    curtain.draw(False)
    assert {(int(window.winId()), False), (int(dialog.winId()), False)} <= set(asked)
    dialog.close()


class Numbered(QWidget):
    """A window with the handle that one before it had."""

    def winId(self) -> int:
        return 7


def test_a_window_with_the_handle_of_one_that_is_gone_is_hidden_too(qtbot: QtBot) -> None:
    asked: list[tuple[int, bool]] = []
    window = QWidget()
    qtbot.addWidget(window)

    def act(handle: int, hidden: bool) -> bool:
        asked.append((handle, hidden))
        return True

    curtain = Curtain(window, act)
    for times in (1, 2):
        dialog = Numbered()
        dialog.show()
        curtain.draw(True)
        assert asked.count((7, True)) == times
        dialog.close()
        dialog.deleteLater()
        QApplication.sendPostedEvents(dialog, QEvent.Type.DeferredDelete)


def test_a_system_that_can_t_is_asked_nothing(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(capture, "ACTS", {})
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    curtain = Curtain(window)
    curtain.draw(True)
    assert not capture.can()
    assert curtain.hidden
