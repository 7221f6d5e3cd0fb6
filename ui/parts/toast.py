"""A short word at the bottom of the window, with Undo where there is something to undo."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.i18n import tr
from ui import theme
from ui.parts.banner import announce
from ui.parts.buttons import icon_button, quiet
from ui.parts.card import PlainLabel

STAYS_MS = 6000


class Toast(QWidget):
    """Lies over ``over``, bottom centre. One toast at a time; it stays while the mouse or the keyboard is on it."""

    undone = Signal()

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.px(18), theme.px(6), theme.px(8), theme.px(6))
        line.setSpacing(theme.px(8))
        self.label = PlainLabel(weight=theme.MEDIUM)
        self.undo_button = quiet(tr("Undo"), "undo-2")
        self.undo_button.clicked.connect(self._undo)
        self.close_button = icon_button("x", tr("Close this message"))
        self.close_button.clicked.connect(self.hide)
        for part in (self.label, self.undo_button, self.close_button):
            line.addWidget(part)
        self.timer = QTimer(self, interval=STAYS_MS, singleShot=True)
        self.timer.timeout.connect(self._leave)
        over.installEventFilter(self)
        self.hide()

    def say(self, text: str, *, undoable: bool = False) -> None:
        """Shows the text for six seconds and lets a screen reader say it."""
        self.label.setText(text)
        self.undo_button.setVisible(undoable)
        self._place()
        self.show()
        self.raise_()
        self.timer.start()
        announce(self, text)

    def outdate(self) -> None:
        """Something else was changed since: Undo would take back that, and not what the toast speaks of."""
        self.undo_button.hide()
        if self.isVisible():
            self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.colour("input_border"))
        painter.setBrush(theme.colour("surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme.px(10), theme.px(10))
        painter.end()

    def _place(self) -> None:
        self.adjustSize()
        room = self._over.rect()
        self.resize(min(self.width(), room.width() - theme.px(32)), self.height())
        self.move((room.width() - self.width()) // 2, room.height() - self.height() - theme.px(44))

    def _undo(self) -> None:
        self.hide()
        self.undone.emit()

    def _leave(self) -> None:
        if self.underMouse() or self._has_focus():
            self.timer.start()
        else:
            self.hide()

    def _has_focus(self) -> bool:
        return any(part.hasFocus() for part in (self.undo_button, self.close_button))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)
