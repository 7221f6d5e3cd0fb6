"""What Windows and macOS say, as far as it can be said here: their libraries are stood in for."""

from __future__ import annotations

import ctypes
from ctypes import wintypes
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.system import absence_mac, absence_windows
from ui.system.absence import SCREEN, SLEEP, Absence
from ui.system.absence_mac import LOCKED, NotifiedAbsence
from ui.system.absence_windows import WM_POWERBROADCAST, WM_WTSSESSION_CHANGE, MessageAbsence, Sieve

WM_KEYDOWN = 0x0100


def message(kind: int, word: int) -> wintypes.MSG:
    made = wintypes.MSG()
    made.message, made.wParam = kind, word
    return made


@pytest.mark.parametrize(
    ("kind", "word", "said"),
    [
        (WM_WTSSESSION_CHANGE, 7, [SCREEN]),  # WTS_SESSION_LOCK
        (WM_WTSSESSION_CHANGE, 2, [SCREEN]),  # WTS_CONSOLE_DISCONNECT: another user was switched to
        (WM_WTSSESSION_CHANGE, 4, [SCREEN]),  # WTS_REMOTE_DISCONNECT
        (WM_WTSSESSION_CHANGE, 8, []),  # WTS_SESSION_UNLOCK
        (WM_POWERBROADCAST, 4, [SLEEP]),  # PBT_APMSUSPEND
        (WM_POWERBROADCAST, 18, []),  # PBT_APMRESUMEAUTOMATIC
        (WM_KEYDOWN, 7, []),
        (WM_KEYDOWN, 4, []),
    ],
)
def test_messages_of_windows(kind: int, word: int, said: list[str], qapp: QApplication) -> None:
    assert qapp
    heard: list[str] = []
    sieve = Sieve(heard.append)
    kept = message(kind, word)
    address = ctypes.addressof(kept)
    assert sieve.nativeEventFilter(b"windows_generic_MSG", address) == (False, 0)
    assert heard == said
    assert sieve.nativeEventFilter(b"xcb_generic_event_t", address) == (False, 0)
    assert heard == said


class Sessions:
    """Stands in for wtsapi32.dll."""

    def __init__(self, registers: bool = True) -> None:
        self.calls: list[tuple[str, object]] = []
        self._registers = registers

    def WTSRegisterSessionNotification(self, window: ctypes.c_void_p, _which: int) -> bool:
        self.calls.append(("register", window.value))
        return self._registers

    def WTSUnRegisterSessionNotification(self, window: ctypes.c_void_p) -> bool:
        self.calls.append(("unregister", window.value))
        return True


def test_windows_is_asked_for_the_session_s_messages_once(qtbot: QtBot) -> None:
    window, library = QWidget(), Sessions()
    qtbot.addWidget(window)
    absence = MessageAbsence(window, library)
    absence.start()
    absence.start()
    assert absence.hears() == {SCREEN, SLEEP}
    absence.stop()
    absence.stop()
    assert library.calls == [("register", int(window.winId())), ("unregister", int(window.winId()))]


def test_without_the_session_s_messages_windows_still_tells_of_sleep(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    for library in (Sessions(registers=False), object()):
        absence = MessageAbsence(window, library)
        absence.start()
        assert absence.hears() == {SLEEP}
        absence.stop()


class Notifications:
    """Stands in for CoreFoundation: remembers who wants to hear what, and calls them."""

    def __init__(self) -> None:
        self.names: dict[int, bytes] = {}
        self.observers: dict[int, tuple[Any, int]] = {}

    def CFNotificationCenterGetDistributedCenter(self) -> int:
        return 1

    def CFStringCreateWithCString(self, _allocator: None, text: bytes, _encoding: int) -> int:
        self.names[77] = text
        return 77

    def CFNotificationCenterAddObserver(
        self, _center: int, who: int, heard: Any, name: int, _of: None, _when: int
    ) -> None:
        self.observers[who] = (heard, name)

    def CFNotificationCenterRemoveEveryObserver(self, _center: int, who: int) -> None:
        self.observers.pop(who)

    def CFRelease(self, _thing: int) -> None:
        pass

    def say(self, text: bytes) -> None:
        for heard, name in self.observers.values():
            if self.names[name] == text:
                heard(1, None, name, None, None)


def test_macos_says_that_the_screen_is_locked(qtbot: QtBot) -> None:
    library = Notifications()
    absence = NotifiedAbsence(lambda: library)
    assert absence.hears() == frozenset()
    absence.start()
    absence.start()
    assert absence.hears() == {SCREEN}
    with qtbot.waitSignal(absence.left) as heard:
        library.say(LOCKED)
    assert heard.args == [SCREEN]
    absence.stop()
    assert not library.observers
    assert absence.hears() == frozenset()


def test_where_the_library_is_missing_nothing_is_heard(qapp: QApplication) -> None:
    assert qapp

    def missing() -> Any:
        raise OSError

    absence = NotifiedAbsence(missing)
    absence.start()
    assert absence.hears() == frozenset()
    absence.stop()


def test_a_system_that_says_nothing_is_heard_to_say_nothing(qapp: QApplication) -> None:
    assert qapp
    silent = Absence()
    silent.start()
    silent.stop()
    assert silent.hears() == frozenset()
    assert absence_mac.LOCKED.startswith(b"com.apple.")
    assert absence_windows.THIS_SESSION == 0
