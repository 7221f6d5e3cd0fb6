"""A line at the top of a page that says what went wrong or wants to be known, with the next step."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.i18n import tr
from ui import theme
from ui.parts.buttons import Button, icon_button, quiet
from ui.parts.card import IconLabel, PlainLabel

Tone = Literal["info", "ok", "warn", "danger"]
COLOURS: dict[Tone, str] = {"info": "accent", "ok": "ok", "warn": "warn", "danger": "danger"}
ICONS: dict[Tone, str] = {
    "info": "info", "ok": "circle-check", "warn": "triangle-alert", "danger": "circle-x"
}  # fmt: skip


def announce(widget: QWidget, text: str) -> None:
    """Lets a screen reader say the text now, wherever the keyboard is."""
    # Not at the head: its two hundred roles take longer to load than the whole of this module.
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))


class Banner(QWidget):
    """One sentence on a soft ground; ``acted`` and ``acted_too``: its buttons; ``closed`` when it was closed."""

    acted = Signal()
    acted_too = Signal()
    closed = Signal()

    def __init__(self, tone: Tone, text: str, action: str = "", also: str = "", *, closable: bool = True) -> None:
        super().__init__()
        self.tone, self.text = tone, text
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.px(14), theme.px(6), theme.px(8), theme.px(6))
        line.setSpacing(theme.px(10))
        line.addWidget(IconLabel(ICONS[tone], COLOURS[tone]))
        line.addWidget(PlainLabel(text, wrap=True), 1)
        self.setMinimumHeight(theme.px(44))
        for words, signal in ((action, self.acted), (also, self.acted_too)):
            if words:
                button = quiet(words)
                button.clicked.connect(signal)
                line.addWidget(button)
        if closable:
            close = icon_button("x", tr("Close this message"))
            close.clicked.connect(self._close)
            line.addWidget(close)
        self.setAccessibleName(text)

    def take_keyboard(self) -> None:
        """Goes to its first button, where it has one."""
        for button in self.findChildren(Button):
            button.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return

    def announce(self) -> None:
        announce(self, self.text)

    def paintEvent(self, _event: QPaintEvent) -> None:
        ink, ground = theme.tone(COLOURS[self.tone])
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(ground)
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme.px(8), theme.px(8))
        painter.setPen(ink)
        painter.setBrush(ink)
        painter.drawRoundedRect(QRectF(0, theme.px(10), theme.px(3), self.height() - 2 * theme.px(10)), 1, 1)
        painter.end()

    def _close(self) -> None:
        self.closed.emit()
        self.let_go()
        self.hide()

    def let_go(self) -> None:
        """Before it hides: the keyboard, if it is in here, goes to what is read next, and not to what Qt would take."""
        if any(button.hasFocus() for button in self.findChildren(Button)):
            self.focusNextChild()
