"""A field for several short values: languages, interests, tags."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QFrame, QLineEdit

from app.i18n import tr
from ui import theme
from ui.parts.buttons import Button
from ui.parts.field import Field
from ui.parts.flow import FlowLayout


class TokensField(Field):
    """Values as chips. Enter or a comma adds, Backspace in the empty line takes the last away, so does a click."""

    def __init__(
        self,
        label: str,
        suggestions: Sequence[str] = (),
        hint: str = "",
        *,
        only_these: bool = False,
        cut: Callable[[str], Sequence[str]] = lambda text: (text,),
    ) -> None:
        """``only_these``: nothing but a suggestion is taken. ``cut``: the values of a text that is no suggestion."""
        super().__init__(label, hint)
        self._values: list[str] = []
        self._kept: Any = ()
        self._chips: list[Button] = []
        self._only_these, self._cut = only_these, cut
        self._box = QFrame()
        self._box.setProperty("look", "tokens")
        self._flow = FlowLayout(self._box, 4, stretch_last=True)
        self._flow.setContentsMargins(*[theme.px(5)] * 4)
        self.input = QLineEdit()
        self.input.setPlaceholderText(tr("Add …"))
        self.input.setMinimumWidth(theme.px(80))
        self.input.installEventFilter(self)
        self._flow.addWidget(self.input)
        self.put(self._box, self.input)
        self.set_suggestions(suggestions)

    def set_suggestions(self, suggestions: Sequence[str]) -> None:
        self._suggestions = {text.casefold(): text for text in suggestions}
        completer = QCompleter(list(suggestions), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.activated.connect(self._completed, Qt.ConnectionType.QueuedConnection)
        self.input.setCompleter(completer)

    def value(self) -> tuple[str, ...]:
        return tuple(self._values)

    def set_value(self, values: Sequence[str]) -> None:
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.deleteLater()
        self._values, self._chips = [], []
        for value in values:
            self._append(value)
        self._kept = self.value()
        self.input.clear()
        self.set_error("")

    def half_typed(self) -> bool:
        return bool(self.input.text().strip()) or self.value() != self._kept

    def finish(self) -> None:
        """Adds what is half typed; what was refused is told once more."""
        told = self.value()
        self.flush()
        if told == self.value() != self._kept:
            self.edited.emit()

    def refuse(self, before: object, why: str) -> None:
        """What was changed stays, until it is corrected or other values are set."""
        self._kept = before
        self.set_error(why)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.input:
            if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
                self._show_focus(event.type() is QEvent.Type.FocusIn)
            if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
                return self._key(event)
        elif isinstance(watched, Button) and watched in self._chips and isinstance(event, QKeyEvent):
            taken = event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
            if taken and event.type() is QEvent.Type.KeyPress:
                self._remove(self._chips.index(watched))
                return True
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or event.text() in (",", ";"):
            if not self.input.text().strip():
                return event.text() in (",", ";")
            self._add(self.input.text())
            return True
        if event.key() == Qt.Key.Key_Backspace and not self.input.text() and self._values:
            self._remove(len(self._values) - 1)
            return True
        return False

    def _completed(self, text: str) -> None:
        self._add(text)

    def _show_focus(self, focused: bool) -> None:
        if not focused and self.input.text().strip():
            popup = self.input.completer().popup()
            if popup is None or not popup.isVisible():
                self._add(self.input.text())
        self._box.setProperty("focused", focused)
        self._box.style().unpolish(self._box)
        self._box.style().polish(self._box)

    def flush(self) -> None:
        """Adds what is half typed."""
        if self.input.text().strip():
            self._add(self.input.text())

    def _add(self, typed: str) -> None:
        text = " ".join(typed.split())
        known = self._suggestions.get(text.casefold())
        if known is None and self._only_these:
            self.set_error(tr("Please choose one from the list."))
            return
        self.input.clear()
        self.set_error("")
        before = len(self._values)
        for one in (text,) if known else self._cut(text):
            value = self._suggestions.get(one.casefold(), one)
            if value and value.casefold() not in {kept.casefold() for kept in self._values}:
                self._append(value)
        if len(self._values) > before:
            self.edited.emit()

    def _append(self, value: str) -> None:
        chip = Button(f"{value}  ×")
        chip.setProperty("look", "chip")
        chip.setFont(theme.font(0.92, theme.MEDIUM))
        chip.setAccessibleName(tr("Take {value} away").format(value=value))
        chip.clicked.connect(lambda: self._take_away(chip))
        chip.installEventFilter(self)
        self._flow.insert_widget(len(self._chips), chip)
        self._values.append(value)
        self._chips.append(chip)

    def _take_away(self, chip: Button) -> None:
        """The value of a chip that is clicked; other values may have come since the mouse was pressed."""
        if chip in self._chips:
            self._remove(self._chips.index(chip))

    def _remove(self, place: int) -> None:
        chip = self._chips.pop(place)
        self._values.pop(place)
        self._flow.removeWidget(chip)
        chip.hide()
        chip.deleteLater()
        self.input.setFocus()
        self.edited.emit()
