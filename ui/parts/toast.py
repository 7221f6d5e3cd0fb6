"""A short word at the bottom of the window, with Undo where there is something to undo, or the way to a file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.i18n import tr
from ui import theme
from ui.parts import reading_order
from ui.parts.banner import announce
from ui.parts.buttons import icon_button, quiet
from ui.parts.card import ElidedLabel
from ui.parts.floating import Floating

STAYS_MS = 6000
TURNS_WITH_FILE = 2  # twice as long: a saved file is looked for a moment later


class Toast(Floating):
    """At the foot of the window of ``over``, on the status bar's empty middle and the margin of the page: nothing that
    is likely to be clicked next lies there. One toast at a time; it stays while the mouse or the keyboard is on it.
    """

    undone = Signal()
    file_wanted = Signal(object)  # Path
    _buttons: tuple[QWidget, ...] = ()  # it hides before they are made

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._owner = over
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.px(18), theme.px(2), theme.px(8), theme.px(2))
        line.setSpacing(theme.px(8))
        self._file: Path | None = None
        self._turns = 1
        self.label = ElidedLabel(weight=theme.MEDIUM)
        self.undo_button = quiet(tr("Undo"), "undo-2")
        self.undo_button.clicked.connect(self._undo)
        self.folder_button = quiet(tr("Show in folder"), "folder-open")
        self.folder_button.clicked.connect(self._show_file)
        self.close_button = icon_button("x", tr("Close this message"))
        self.close_button.clicked.connect(self.hide)
        self._buttons = (self.undo_button, self.folder_button, self.close_button)
        for part in (self.label, *self._buttons):
            line.addWidget(part)
        self.timer = QTimer(self, interval=STAYS_MS, singleShot=True)
        self.timer.timeout.connect(self._leave)

    def say(self, text: str, *, undoable: bool = False, file: Path | None = None) -> None:
        """Shows the text for some seconds and lets a screen reader say it."""
        self._file = file
        self._move_to_window()
        self.label.setText(text)
        for button in (self.undo_button, self.folder_button):
            button.setAccessibleDescription(text)
        self.undo_button.setVisible(undoable)
        self.folder_button.setVisible(file is not None)
        self.place()
        self.show()
        self.raise_()
        self._turns = 1 if file is None else TURNS_WITH_FILE
        self.timer.start()
        announce(self, text)

    def outdate(self) -> None:
        """Something else was changed since: Undo would take back that, and not what the toast speaks of."""
        self.undo_button.hide()
        if self.isVisible():
            self.place()

    def _move_to_window(self) -> None:
        """The status bar is the window's, so the toast has to be; ``come_back`` before its owner goes."""
        window = self._over.window()
        if window is not self._over:
            self._over.removeEventFilter(self)
            self.setParent(window)
            window.installEventFilter(self)
            self._over = window

    def come_back(self, owner: QWidget) -> None:
        """Hides and belongs to ``owner`` again, which takes it along."""
        self.hide()
        self.setParent(owner)

    def place(self) -> None:
        self.adjustSize()
        room = self._over.rect()
        self.resize(min(self.width(), room.width() - theme.px(32)), self.height())
        self.move((room.width() - self.width()) // 2, room.height() - self.height() - 1)

    def _undo(self) -> None:
        self.hide()
        self.undone.emit()

    def _show_file(self) -> None:
        self.hide()
        self.file_wanted.emit(self._file)

    def _leave(self) -> None:
        self._turns -= 1
        if self._turns > 0 or self.underMouse() or self._has_focus():
            self.timer.start()
        else:
            self.hide()

    def _has_focus(self) -> bool:
        return any(button.hasFocus() for button in self._buttons)

    def take_keyboard(self) -> None:
        """Goes to what can be done about what is said."""
        next(button for button in self._buttons if not button.isHidden()).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def setVisible(self, visible: bool) -> None:  # noqa: N802
        """The keyboard goes back to where it was in the window when it is in here."""
        left = self._owner.focusWidget() if not visible and self._has_focus() else None
        if left is not None:
            left.setFocus(Qt.FocusReason.OtherFocusReason)
        super().setVisible(visible)

    def show(self) -> None:
        self.setVisible(True)

    def hide(self) -> None:
        self.setVisible(False)

    def focusNextPrevChild(self, on: bool) -> bool:  # noqa: N802
        return reading_order.step(self._owner, on)  # the window, whose child it is, has another order

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)
