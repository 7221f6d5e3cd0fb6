"""The search field above a list."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit

from app.i18n import tr
from ui import icons


class SearchField(QLineEdit):
    """Says each change at once. Escape clears it; Down asks for the list below."""

    searched = Signal(str)
    left_downwards = Signal()

    def __init__(self, placeholder: str, *, shortcut: str = "Ctrl+F") -> None:
        super().__init__()
        shown = QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)
        shown = shown.replace("Ctrl", tr("Ctrl")).replace("Shift", tr("Shift"))
        self.setPlaceholderText(f"{placeholder}   ({shown})" if shortcut else placeholder)
        self.setAccessibleName(placeholder.rstrip(" .…"))
        glass = QAction(icons.icon("search", "muted", 16), self.accessibleName(), self)
        glass.triggered.connect(self.start)
        self.addAction(glass, QLineEdit.ActionPosition.LeadingPosition)
        self._clear = QAction(icons.icon("x", "muted", 16), tr("Clear the search"), self)
        self._clear.triggered.connect(self.clear)
        self.addAction(self._clear, QLineEdit.ActionPosition.TrailingPosition)
        self._clear.setVisible(False)
        self.textChanged.connect(self._changed)

    def start(self) -> None:
        """Takes the keyboard with all of its text selected: what Ctrl+F does."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() == Qt.Key.Key_Down:
            self.left_downwards.emit()
        else:
            super().keyPressEvent(event)

    def _changed(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self.searched.emit(text)
