"""Inputs that are edited in place: each says ``committed`` when it is left, and is not overwritten while in use."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QWidget

from ui import theme
from ui.parts.field import Field
from ui.parts.named_box import NamedBox


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
        self._kept = self._told = ""
        self._before = ""
        self._completions = completions
        if completions is not None:
            completer = QCompleter(self)
            completer.setModel(QStringListModel(self))
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            self.setCompleter(completer)
        self.editingFinished.connect(self.commit)

    def show_value(self, value: Any, *, other: bool = False) -> None:
        """Shows a value from the vault; what is half-typed or was refused stays until it is ``other``'s turn."""
        text = self.words_of(value)
        if not other and self._typed() != self._kept:
            return
        self._kept = self._told = text
        if self.text() != text:
            self.setText(text)
            self.setCursorPosition(0)

    def words_of(self, value: Any) -> str:
        return str(value or "")

    def _typed(self) -> str:
        return " ".join(self.text().split())

    def commit(self) -> None:
        """Tells the value if it was changed."""
        text = self._typed()
        if text != self._told:
            self._before, self._kept, self._told = self._kept, text, text
            self.committed.emit(text)

    def refuse(self) -> None:
        """What was told last was not saved: it stays here and is told again by ``finish``."""
        self._kept = self._before

    def finish(self) -> None:
        """Tells what was half-typed or refused."""
        self._told = self._kept
        self.commit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text() != self._kept:
            self.setText(self._kept)
            self.commit()  # where something else was told since
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


class ChoiceField(NamedBox):
    """One of a few values. The wheel passes by, so that scrolling a panel changes nothing.

    ``whole`` never cuts a choice off: for few choices in words of ours, where two could begin alike.
    """

    committed = Signal(object)

    def __init__(self, choices: Sequence[tuple[Any, str]] = (), *, whole: bool = False) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        fits = QComboBox.SizeAdjustPolicy
        self.setSizeAdjustPolicy(fits.AdjustToContents if whole else fits.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(0 if whole else 4)
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


