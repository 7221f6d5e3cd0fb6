"""Windows: the messages that the session is locked or disconnected and that the computer goes to sleep."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from contextlib import suppress
from ctypes import wintypes
from typing import Any

from PySide6.QtCore import QAbstractNativeEventFilter, QCoreApplication
from PySide6.QtWidgets import QWidget

from ui.system.absence import SCREEN, SLEEP, Absence

WM_POWERBROADCAST, WM_WTSSESSION_CHANGE = 0x0218, 0x02B1
PBT_APMSUSPEND = 4
CONSOLE_DISCONNECT, REMOTE_DISCONNECT, SESSION_LOCK = 2, 4, 7
THIS_SESSION = 0


def meaning(message: int, word: int) -> str:
    """SCREEN or SLEEP for a window message and its first parameter, "" for any other."""
    if message == WM_WTSSESSION_CHANGE and word in (CONSOLE_DISCONNECT, REMOTE_DISCONNECT, SESSION_LOCK):
        return SCREEN
    if message == WM_POWERBROADCAST and word == PBT_APMSUSPEND:
        return SLEEP
    return ""


class Sieve(QAbstractNativeEventFilter):
    """Reads every message that reaches a window of ours and keeps none from it."""

    def __init__(self, told: Callable[[str], None]) -> None:
        super().__init__()
        self._told = told

    def nativeEventFilter(self, kind: Any, message: Any) -> tuple[bool, int]:
        if bytes(kind) == b"windows_generic_MSG":
            found = wintypes.MSG.from_address(int(message))
            said = meaning(int(found.message), int(found.wParam or 0))
            if said:
                self._told(said)
        return False, 0


class MessageAbsence(Absence):
    """Sleep is told to every window; that the session is locked, to those that ask for it."""

    def __init__(self, window: QWidget, library: Any = None) -> None:
        """``library`` stands for wtsapi32.dll, for tests."""
        super().__init__()
        self._window = window
        self._library = library
        self._sieve: Sieve | None = None
        self._registered = 0

    def start(self) -> None:
        application = QCoreApplication.instance()
        if self._sieve is not None or application is None:
            return
        self._sieve = Sieve(self.left.emit)
        application.installNativeEventFilter(self._sieve)
        with suppress(OSError, AttributeError):
            if self._library is None and sys.platform == "win32":
                self._library = ctypes.WinDLL("wtsapi32")
            window = int(self._window.winId())
            if self._library.WTSRegisterSessionNotification(ctypes.c_void_p(window), THIS_SESSION):
                self._registered = window

    def stop(self) -> None:
        application = QCoreApplication.instance()
        if self._sieve is not None and application is not None:
            application.removeNativeEventFilter(self._sieve)
        self._sieve = None
        if self._registered:
            self._library.WTSUnRegisterSessionNotification(ctypes.c_void_p(self._registered))
            self._registered = 0

    def hears(self) -> frozenset[str]:
        return frozenset({SCREEN, SLEEP} if self._registered else {SLEEP})
