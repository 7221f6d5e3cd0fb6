"""What the program puts on the clipboard: marked as nobody's to keep, and taken away again after a while.

Everything that is copied here is about people, so there is one way for all of it, whichever widget copied: what a
widget of Qt's own has put there is replaced at once, before anybody else gets round to reading it.
"""

from __future__ import annotations

import sys
from contextlib import suppress

from PySide6.QtCore import QMimeData, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QClipboard, QGuiApplication

from ui.system import objc

SECONDS = 30.0
ON_MAC: bool = sys.platform == "darwin"
Mode = QClipboard.Mode
MODES = (Mode.Clipboard, Mode.Selection)

# What programs that keep a history of the clipboard look for, each in the words of its system.
_WINDOWS = 'application/x-qt-windows-mime;value="{}"'
HINTS = {
    "x-kde-passwordManagerHint": b"secret",
    _WINDOWS.format("ExcludeClipboardContentFromMonitorProcessing"): b"1",
    _WINDOWS.format("CanIncludeInClipboardHistory"): bytes(4),
    _WINDOWS.format("CanUploadToCloudClipboard"): bytes(4),
}
CONCEALED = "org.nspasteboard.ConcealedType"
OPEN = "application/x-tandembuch-open"  # on what holds nobody's data and may stay


def private(words: str) -> QMimeData:
    """A text as it goes to the clipboard."""
    made = QMimeData()
    made.setText(words)
    return _hinted(made)


def _hinted(made: QMimeData) -> QMimeData:
    for kind, value in HINTS.items():
        made.setData(kind, value)
    return made


class Clipboard(QObject):
    """``copied`` tells for how many seconds, ``cleared`` that what was ours is gone. ``seconds`` may be changed."""

    copied = Signal(float)
    cleared = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.seconds = SECONDS
        self._clipboard = QGuiApplication.clipboard()
        self._given: dict[Mode, QMimeData] = {}
        self._mac_count = -1  # the pasteboard's change count after our last copy, on macOS
        self._marking = False
        self._timers = {mode: QTimer(self, singleShot=True) for mode in MODES}
        for mode, timer in self._timers.items():
            timer.setTimerType(Qt.TimerType.CoarseTimer)
            timer.timeout.connect(lambda mode=mode: self._take_away(mode))
        self._clipboard.changed.connect(self._changed)

    def put(self, words: str) -> None:
        """Copies a private text."""
        self._give(private(words), Mode.Clipboard)

    def put_open(self, words: str) -> None:
        """Copies a text that holds nobody's data, such as the report of a crash; it stays."""
        made = QMimeData()
        made.setText(words)
        made.setData(OPEN, b"1")
        self._clipboard.setMimeData(made)

    def clear(self) -> None:
        """Takes away what is ours, now."""
        for mode in MODES:
            self._take_away(mode)

    def is_ours(self, mode: Mode = Mode.Clipboard) -> bool:
        """Whether the clipboard still holds what was copied here, and not another program's."""
        if ON_MAC and self._mac_count >= 0:
            return self._mac_count == _pasteboard_count()
        given = self._given.get(mode)
        if given is not None and self._clipboard.mimeData(mode) is given:
            return True
        return self._clipboard.ownsClipboard() if mode is Mode.Clipboard else self._clipboard.ownsSelection()

    def _give(self, made: QMimeData, mode: Mode) -> None:
        self._marking = True
        try:
            self._clipboard.setMimeData(made, mode)
        finally:
            self._marking = False
        self._given[mode] = made
        if mode is Mode.Clipboard:
            self._mac_count = _conceal()
            self.copied.emit(self.seconds)
        self._timers[mode].start(round(self.seconds * 1000))

    def _changed(self, mode: Mode) -> None:
        if self._marking or mode not in self._timers:
            return
        if mode is Mode.Clipboard:
            self._mac_count = -1
        self._timers[mode].stop()
        given = self._given.pop(mode, None)
        if not self.is_ours(mode):
            return
        now: QMimeData | None = self._clipboard.mimeData(mode)
        if now is None or now is given or now.hasFormat(OPEN) or not now.formats():
            return
        copy = QMimeData()
        for kind in now.formats():
            copy.setData(kind, now.data(kind))
        self._give(_hinted(copy), mode)

    def _take_away(self, mode: Mode) -> None:
        self._timers[mode].stop()
        now: QMimeData | None = self._clipboard.mimeData(mode)
        if now is None or now.hasFormat(OPEN) or not self.is_ours(mode):
            return
        self._given.pop(mode, None)
        self._marking = True
        try:
            self._clipboard.clear(mode)
        finally:
            self._marking = False
        self._mac_count = -1
        self.cleared.emit()


_made: list[Clipboard] = []


def clipboard() -> Clipboard:
    """The one of this application, made when first asked for."""
    application = QGuiApplication.instance()
    assert application is not None
    if not _made:
        _made.append(Clipboard(application))
    return _made[0]


def _pasteboard() -> int:
    return objc.send(objc.class_named("NSPasteboard"), "generalPasteboard")


def _pasteboard_count() -> int:
    return objc.send(_pasteboard(), "changeCount")


def _conceal() -> int:
    """On macOS marks what was just copied; gives the pasteboard's change count then, and -1 elsewhere."""
    if not ON_MAC:
        return -1
    with suppress(OSError, AttributeError):
        kind = objc.text(CONCEALED)
        pasteboard = _pasteboard()
        objc.send(pasteboard, "addTypes:owner:", objc.send(objc.class_named("NSArray"), "arrayWithObject:", kind), 0)
        objc.send(pasteboard, "setString:forType:", objc.text(""), kind)
        return _pasteboard_count()
    return -1
