"""Keeps the windows out of screenshots, recordings and shared screens, where the system can: Windows and macOS.

Linux has no such thing: neither X11 nor Wayland lets a program say that it is not to be recorded.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from ui.system import objc

SHOWN, BLACK, LEFT_OUT = 0, 1, 0x11  # WDA_NONE, WDA_MONITOR, WDA_EXCLUDEFROMCAPTURE
NONE, READ_ONLY = 0, 1  # NSWindowSharingNone, NSWindowSharingReadOnly
_DRAWN = "drawn"  # the property of a window: the handle under which it is hidden
LOOKS_ROUND_MS = 500
Act = Callable[[int, bool], bool]


def on_windows(handle: int, hidden: bool, library: Any = None) -> bool:
    """Black instead of left out before Windows 10 version 2004. ``library`` stands for user32.dll, for tests."""
    import ctypes

    with suppress(OSError, AttributeError):
        if library is None and sys.platform == "win32":
            library = ctypes.WinDLL("user32")
        for affinity in (LEFT_OUT, BLACK) if hidden else (SHOWN,):
            if library.SetWindowDisplayAffinity(ctypes.c_void_p(handle), affinity):
                return True
    return False


def on_mac(view: int, hidden: bool) -> bool:
    """``view`` is the NSView that Qt gives as the window's identity."""
    with suppress(OSError, AttributeError):
        window = objc.send(view, "window")
        objc.send(window, "setSharingType:", NONE if hidden else READ_ONLY)
        return window != 0
    return False


ACTS: dict[str, Act] = {"win32": on_windows, "darwin": on_mac}


def can() -> bool:
    """Whether this system can keep a window out of a recording."""
    return sys.platform in ACTS


class Curtain(QObject):
    """Hides every window of the program, those too that come later; ``act`` is the system's way."""

    def __init__(self, parent: QObject, act: Act | None = None) -> None:
        super().__init__(parent)
        self._act = act or ACTS.get(sys.platform)
        self.hidden = False
        self._round = QTimer(self, interval=LOOKS_ROUND_MS)  # a window may be shown that never gets the focus
        self._round.timeout.connect(self._apply)
        application = QGuiApplication.instance()
        if self._act is not None and isinstance(application, QGuiApplication):
            application.focusWindowChanged.connect(self._focus_moved)  # a method: the connection ends with its object

    def _focus_moved(self, _window: object) -> None:
        self._apply()

    def draw(self, hidden: bool) -> None:
        self.hidden = hidden
        self._apply()
        if hidden and self._act is not None:
            self._round.start()
        else:
            self._round.stop()

    def _apply(self) -> None:
        if self._act is None:
            return
        for window in QApplication.topLevelWidgets():
            shown = window.windowHandle() if window.isVisible() else None
            if shown is None:
                continue
            handle = int(window.winId())
            # Noted on the window itself: the system gives the handle of one that is gone to another.
            drawn = shown.property(_DRAWN) == str(handle)
            if drawn is not self.hidden and self._act(handle, self.hidden):
                shown.setProperty(_DRAWN, str(handle) if self.hidden else "")
