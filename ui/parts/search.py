"""The search field above a list."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit

from app.i18n import number_text, tr, trn
from ui import icons
from ui.parts.banner import announce
from ui.parts.spoken import PAUSE_MS


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
        self._found: QAbstractItemModel | None = None
        self._soon = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._soon.timeout.connect(self._say)

    def tell_of(self, found: QAbstractItemModel) -> None:
        """The model of the list that is searched: how many are left in it is said after each search."""
        self._found = found

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
        if self._found is not None:
            self._soon.start()

    def _say(self) -> None:
        if self._found is not None and self.isVisible():
            n = self._found.rowCount()
            announce(self, trn("{n} found", "{n} found", n).format(n=number_text(n)) if n else tr("Nothing found"))
