"""The search field above a list."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QAbstractItemModel, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QStyle, QStyleOptionFrame

from app.i18n import number_text, tr, trn
from ui.parts.banner import announce
from ui.parts.inside import Inside, InsideButton, Sign
from ui.parts.spoken import PAUSE_MS

AIR = 3  # pixels that a line edit keeps free at each end of its text


class SearchField(QLineEdit):
    """Says each change at once. Escape clears it; Down asks for the list below."""

    searched = Signal(str)
    left_downwards = Signal()

    def __init__(self, placeholder: str, *, shortcut: str = "Ctrl+F") -> None:
        super().__init__()
        shown = QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)
        shown = shown.replace("Ctrl", tr("Ctrl")).replace("Shift", tr("Shift"))
        self._hints = (f"{placeholder}   ({shown})" if shortcut else placeholder, placeholder)
        self.setPlaceholderText(self._hints[0])
        self.setAccessibleName(placeholder.rstrip(" .…"))
        Inside(self, Sign("search"), leading=True)
        self._clear = InsideButton("x", tr("Clear the search"))
        self._clear.clicked.connect(self.clear)
        self._clear.hide()
        Inside(self, self._clear)
        self.textChanged.connect(self._changed)
        self._found: QAbstractItemModel | None = None
        self._words: Callable[[int], str] = found_text
        self._soon = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._soon.timeout.connect(self._say)

    def tell_of(self, found: QAbstractItemModel, words: Callable[[int], str] | None = None) -> None:
        """The model of the list that is searched: how many are left in it is said after each search, in ``words``."""
        self._found, self._words = found, words or found_text

    def tell_soon(self) -> None:
        """Says how many are left now: where something else than the words sought leaves some of them out."""
        if self._found is not None:
            self._soon.start()

    def start(self) -> bool:
        """Takes the keyboard with all of its text selected: what Ctrl+F does. False where it is not shown."""
        if not self.isVisible():
            return False
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The keys go from the hint where there is no room for them: half of them would tell nothing."""
        super().resizeEvent(event)
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        inner = self.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, self)
        margins = self.textMargins()
        room = inner.width() - margins.left() - margins.right() - 2 * AIR
        fits = self.fontMetrics().horizontalAdvance(self._hints[0]) <= room
        hint = self._hints[0] if fits else self._hints[1]
        if hint != self.placeholderText():
            self.setPlaceholderText(hint)

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
        self.tell_soon()

    def _say(self) -> None:
        if self._found is not None and self.isVisible():
            announce(self, self._words(self._found.rowCount()))


def found_text(n: int) -> str:
    return trn("{n} found", "{n} found", n).format(n=number_text(n)) if n else tr("Nothing found")
