"""A button that asks once in its own place: the first click arms it, the second does it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent

from ui.parts.banner import announce
from ui.parts.buttons import Button


class TwoClickButton(Button):
    """Emits ``confirmed`` at the second click. Escape, or going elsewhere, takes the first one back."""

    confirmed = Signal()

    def __init__(self, text: str, confirm: str, icon: str | None = None) -> None:
        super().__init__(text, icon, "danger")
        self._text, self._confirm = text, confirm
        self.armed = False
        self.clicked.connect(self._clicked)

    def disarm(self) -> None:
        self.armed = False
        self.set_text(self._text)

    def _clicked(self) -> None:
        if self.armed:
            self.disarm()
            self.confirmed.emit()
            return
        self.armed = True
        self.set_text(self._confirm)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, self._confirm)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.armed and event.key() == Qt.Key.Key_Escape:
            self.disarm()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self.armed:
            self.disarm()
