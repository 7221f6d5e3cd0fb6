"""Ctrl+Z in a text field: the field's own steps first, then the program's."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from shiboken6 import isValid

_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
UNDO = frozenset({QKeyCombination(_CTRL, Qt.Key.Key_Z)})
REDO = frozenset({QKeyCombination(_CTRL | _SHIFT, Qt.Key.Key_Z), QKeyCombination(_CTRL, Qt.Key.Key_Y)})


class UndoKeys(QObject):
    """A text field claims the keys of undo even where it has nothing to take back; then the window gets them.

    Only the field that has the focus is watched.
    """

    def __init__(self, app: QApplication, parent: QObject) -> None:
        super().__init__(parent)
        self._watched: QWidget | None = None
        app.focusChanged.connect(self._follow)

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        if self._watched is not None and isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = now if isinstance(now, QLineEdit | QPlainTextEdit | QTextEdit) else None
        if self._watched is not None:
            self._watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            undo, redo = own_steps(watched)
            keys = event.keyCombination()
            if not undo and (keys in UNDO or (keys in REDO and not redo)):
                event.ignore()
                return True
        return False


def own_steps(field: QObject) -> tuple[bool, bool]:
    """Whether a text field can itself take back something that was typed, and whether it can do it again."""
    if isinstance(field, QLineEdit):
        return field.isUndoAvailable(), field.isRedoAvailable()
    if isinstance(field, QPlainTextEdit | QTextEdit) and not field.isReadOnly():
        return field.document().isUndoAvailable(), field.document().isRedoAvailable()
    return False, False
