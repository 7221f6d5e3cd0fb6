"""A field that finds a person by a few letters of name, department or number, among tens of thousands."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit
from shiboken6 import isValid

from app.domain.ids import PersonId
from app.i18n import tr
from ui.parts.inside import Inside, InsideButton

Lookup = Callable[[str], list[tuple[PersonId, str]]]


class PeoplePicker(QLineEdit):
    """Offers the first matches below the field while typing. ``committed`` gives an id, or None for an emptied field.

    With ``keeps=False`` the field empties itself after each pick, for lists that grow.
    """

    committed = Signal(object)

    def __init__(self, lookup: Lookup, placeholder: str, *, keeps: bool = True) -> None:
        super().__init__()
        self._lookup, self._keeps = lookup, keeps
        self._found: list[tuple[PersonId, str]] = []
        self._shown = ""
        self.setPlaceholderText(placeholder)
        if keeps:
            nobody = InsideButton("x", tr("Nobody"))
            nobody.clicked.connect(self._empty)
            nobody.hide()
            Inside(self, nobody)
            self.textChanged.connect(lambda text: nobody.setVisible(bool(text)))
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.activated[QModelIndex].connect(self._picked)  # type: ignore[index]
        self._offers = completer
        self._offers.setWidget(self)
        popup = completer.popup()
        assert popup is not None
        self._popup = popup
        self.textEdited.connect(self._offer)
        self.editingFinished.connect(self.commit)

    def show_value(self, name: str, *, other: bool = False) -> None:
        """Shows who is chosen now; half a name stays until it is ``other``'s turn."""
        if not other and self.hasFocus() and self.text() != self._shown:
            return
        self._shown = name
        if self.text() != name:
            self.setText(name)
            self.setCursorPosition(0)

    def commit(self) -> None:
        """An emptied field tells None; half a name is taken back to what was shown."""
        if not isValid(self._popup) or self._popup.isVisible():
            return  # the page goes, and the field loses the focus only then
        if not self.text().strip() and self._shown:
            self._shown = ""
            self.committed.emit(None)
        elif self.text() != self._shown:
            self.setText(self._shown)

    def pick(self, row: int) -> None:
        """Takes the offer in a row of the list below the field."""
        identity, name = self._found[row]
        self._shown = name if self._keeps else ""
        self.setText(self._shown)
        self.setCursorPosition(0)
        self._popup.hide()
        self.committed.emit(identity)

    def _empty(self) -> None:
        self.clear()
        self.commit()

    def _offer(self, text: str) -> None:
        self._found = self._lookup(text) if text.strip() else []
        self._names.setStringList([name for _, name in self._found])
        if self._found:
            self._offers.complete()
        else:
            self._popup.hide()

    def _picked(self, index: QModelIndex | QPersistentModelIndex) -> None:
        self.pick(index.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        popup = self._popup
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._found and self.text() != self._shown:
            row = popup.currentIndex().row() if popup.isVisible() else 0
            self.pick(max(row, 0))
            event.accept()
            return
        if event.key() == Qt.Key.Key_Escape and self.text() != self._shown:
            popup.hide()
            self.setText(self._shown)
            event.accept()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self._popup.hide()
            self.commit()
