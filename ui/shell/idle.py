"""Watches for idleness: every key, click and wheel starts the count again."""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QInputEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from ui import tasks
from ui.calm import tidy

REST_S = 20  # so long nobody has touched anything: what would hold them up is done now
LOCK = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_L)
VEIL = QKeyCombination(Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier, Qt.Key.Key_H)
_SIGNS_OF_LIFE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonDblClick,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.ShortcutOverride,
    }
)

_PRESSES = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick})  # two quick ones are two steps
SIDES = {Qt.MouseButton.BackButton: -1, Qt.MouseButton.ForwardButton: 1}


class Idle(QObject):
    """``left`` tells each second how many seconds remain; ``expired``, again and again until ``stop``, when none do.

    The clock also runs while the computer sleeps, so that waking up after a night locks at once.
    """

    left = Signal(int)
    expired = Signal()
    lock_pressed = Signal()  # Ctrl+L where a shortcut does not reach: over a dialog
    side_pressed = Signal(int)  # the mouse's button for back (-1) or forward (1), wherever the mouse is
    veil_pressed = Signal()  # Ctrl+Shift+H wherever no page takes it itself

    def __init__(self, app: QApplication, minutes: int) -> None:
        super().__init__()
        self._app = app
        self.minutes = minutes
        self._since = time.time()
        self._owed = False
        self._tidied = False  # since somebody was last at work
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self.tick)

    def start(self) -> None:
        self._since, self._owed = time.time(), False
        self._app.installEventFilter(self)
        self._timer.start()
        self.tick()

    def stop(self) -> None:
        self._timer.stop()
        self._app.removeEventFilter(self)

    def owe(self) -> None:
        """A lock could not come now: it comes at the next tick at which it can, whatever is pressed until then."""
        self._owed = True

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        # Every event of the program comes by here; what no hand or key made is let through first.
        if isinstance(event, QInputEvent) and event.type() in _SIGNS_OF_LIFE:
            self._since, self._tidied = time.time(), False
            if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
                pressed = self._meant(event)
                if pressed is not None:
                    pressed.emit()
                    return True
            elif isinstance(event, QMouseEvent) and event.type() in _PRESSES and event.button() in SIDES:
                self.side_pressed.emit(SIDES[event.button()])
                return True
        return False

    def _meant(self, event: QKeyEvent) -> SignalInstance | None:
        keys = event.keyCombination()
        return {LOCK: self.lock_pressed, VEIL: self.veil_pressed}.get(keys)

    def tick(self, now: float | None = None) -> None:
        """Counts; ``now`` is a moment for tests."""
        resting = (now or time.time()) - self._since
        if resting >= REST_S and not self._tidied and not tasks.running():
            self._tidied = tidy()
        remaining = round(self.minutes * 60 - resting)
        if remaining <= 0 or self._owed:
            self.expired.emit()  # not stopped: a lock that had to give way to a backup is due again
        else:
            self.left.emit(remaining)


def toggle_veil() -> None:
    """What Ctrl+Shift+H does; the veil is loaded when it is first wanted."""
    from ui.parts.veil import toggle

    toggle()
