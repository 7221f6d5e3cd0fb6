"""macOS: the notification that the screen is locked. Of sleep it hears only where the screen is locked with it."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from ui.system.absence import SCREEN, Absence

FOUNDATION = "/System/Library/Frameworks/CoreFoundation.framework/CoreFoundation"
LOCKED = b"com.apple.screenIsLocked"
UTF8, AT_ONCE = 0x08000100, 4
Heard = ctypes.CFUNCTYPE(None, *[ctypes.c_void_p] * 5)


def core_foundation() -> Any:
    """CoreFoundation with the shapes of the calls made here."""
    library = ctypes.CDLL(FOUNDATION)
    pointer = ctypes.c_void_p
    library.CFNotificationCenterGetDistributedCenter.restype = pointer
    library.CFStringCreateWithCString.restype = pointer
    library.CFStringCreateWithCString.argtypes = [pointer, ctypes.c_char_p, ctypes.c_uint32]
    library.CFNotificationCenterAddObserver.argtypes = [pointer, pointer, Heard, pointer, pointer, ctypes.c_long]
    library.CFNotificationCenterRemoveEveryObserver.argtypes = [pointer, pointer]
    library.CFRelease.argtypes = [pointer]
    return library


class NotifiedAbsence(Absence):
    """The notification comes on the main run loop, which Qt runs on this system."""

    def __init__(self, load: Callable[[], Any] = core_foundation) -> None:
        """``load`` gives CoreFoundation; tests give another."""
        super().__init__()
        self._load = load
        self._library: Any = None
        self._heard = Heard(lambda *_: self.left.emit(SCREEN))  # kept: the system holds no reference to it

    def start(self) -> None:
        if self._library is not None:
            return
        with suppress(OSError, AttributeError):
            library = self._load()
            center = library.CFNotificationCenterGetDistributedCenter()
            name = library.CFStringCreateWithCString(None, LOCKED, UTF8)
            library.CFNotificationCenterAddObserver(center, id(self), self._heard, name, None, AT_ONCE)
            library.CFRelease(name)
            self._library = library

    def stop(self) -> None:
        if self._library is not None:
            center = self._library.CFNotificationCenterGetDistributedCenter()
            self._library.CFNotificationCenterRemoveEveryObserver(center, id(self))
            self._library = None

    def hears(self) -> frozenset[str]:
        return frozenset() if self._library is None else frozenset({SCREEN})
