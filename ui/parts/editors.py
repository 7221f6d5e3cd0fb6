"""Inputs that are edited in place: each says ``committed`` when it is left, and is not overwritten while in use."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QWidget

from ui import theme
from ui.parts.field import Field


class Labelled(Field):
    """A field around an editor: its name above, small and muted, and what is wrong below."""

    def __init__(self, name: str, editor: QWidget, focus: QWidget | None = None) -> None:
        super().__init__(name)
        self.editor = editor
        self.label.setFont(theme.font(0.92))
        self.label.set_token("muted")
        self.put(editor, focus)


class TextField(QLineEdit):
    """One line. ``completions`` gives what others have here; it is asked when the field is entered."""

    committed = Signal(object)

    def __init__(self, completions: Callable[[], Sequence[str]] | None = None, most: int = 200) -> None:
        super().__init__()
        self.setMaxLength(most)
        self._shown = ""
        self._completions = completions
        if completions is not None:
            completer = QCompleter(self)
            completer.setModel(QStringListModel(self))
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            self.setCompleter(completer)
        self.editingFinished.connect(self.commit)

    def show_value(self, value: Any) -> None:
        """Shows a value from the vault, unless the user is typing here."""
        text = self.words_of(value)
        if self.hasFocus() and self.text() != self._shown:
            return
        self._shown = text
        if self.text() != text:
            self.setText(text)
            self.setCursorPosition(0)

    def words_of(self, value: Any) -> str:
        return str(value or "")

    def commit(self) -> None:
        """Tells the value if it was changed."""
        text = " ".join(self.text().split())
        if text != self._shown:
            self._shown = text
            self.committed.emit(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text() != self._shown:
            self.setText(self._shown)
            event.accept()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        completer = self.completer()
        if completer is not None and self._completions is not None:
            model = completer.model()
            assert isinstance(model, QStringListModel)
            model.setStringList(list(self._completions()))


class ChoiceField(QComboBox):
    """One of a few values. The wheel passes by, so that scrolling a panel changes nothing."""

    committed = Signal(object)

    def __init__(self, choices: Sequence[tuple[Any, str]] = ()) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        self._values: list[Any] = []  # not as item data: Qt would make plain strings of our enums
        self._shown: Any = None
        self.set_choices(choices)
        self.activated.connect(lambda _: self.commit())

    def set_choices(self, choices: Sequence[tuple[Any, str]]) -> None:
        with QSignalBlocker(self):
            before = self.value()
            self.clear()
            self._values = [value for value, _ in choices]
            self.addItems([words for _, words in choices])
            self._put(before)

    def _put(self, value: Any) -> None:
        self.setCurrentIndex(self._values.index(value) if value in self._values else -1)

    def show_value(self, value: Any) -> None:
        self._shown = value
        with QSignalBlocker(self):
            self._put(value)

    def value(self) -> Any:
        """What is chosen; None also for nothing."""
        return self._values[self.currentIndex()] if self.currentIndex() >= 0 else None

    def commit(self) -> None:
        value = self.value()
        if self.currentIndex() >= 0 and value != self._shown:
            self._shown = value
            self.committed.emit(value)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


