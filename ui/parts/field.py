"""Labelled fields. Each has ``value()``, ``set_value()`` and ``edited``, which comes only when a person changed it.

``edited`` comes when the change is finished: at Enter, on leaving, at a choice. ``set_value`` is silent.
What a person typed and the vault has not got, because it can't be read or was refused, stays with the reason below it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from app.i18n import date_text, tr
from ui import theme
from ui.parts.banner import announce
from ui.parts.calendar import Calendar
from ui.parts.card import PlainLabel
from ui.parts.dates import read_date
from ui.parts.inside import Inside, InsideButton
from ui.parts.named_box import NamedBox

T = TypeVar("T")


class Field(QWidget):
    """A label above an input and, when something is wrong, a sentence below it."""

    edited = Signal()

    def __init__(self, label: str, hint: str = "") -> None:
        super().__init__()
        self.label = PlainLabel(label, weight=theme.MEDIUM)
        self._name = label
        self._hint = hint
        self._kept: Any = None  # the value that was set, or saved since
        self._below = PlainLabel(hint, "muted", 0.92, wrap=True)
        if not hint:  # shown without a parent it would flash up as a window of its own
            self._below.hide()
        self._input: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(4))
        self._column.addWidget(self.label)
        self._column.addWidget(self._below)
        if not label:
            self.label.hide()  # never shown here: that would polish it before its look is settled

    def put(self, widget: QWidget, focus: QWidget | None = None) -> None:
        """Sets the input; ``focus`` is the part of it that takes the keyboard."""
        self._input = focus or widget
        self._column.insertWidget(1, widget)
        if self._name:  # an empty label would take the place of a name that is given later
            self.label.setBuddy(self._input)
        self.label.raise_()  # in the accessible tree the input comes first: both bear the same name
        self.setFocusProxy(self._input)
        self._input.setAccessibleName(self._name)
        self._input.setAccessibleDescription(self._hint)

    def half_typed(self) -> bool:
        """Whether something stands here that is not kept: it is being typed, can't be read, or was refused."""
        return False

    def finish(self) -> None:
        """Takes what stands here as finished, as Enter does; what was refused is told once more."""

    def keep(self) -> object:
        """What stands here counts as kept from now on; gives what was kept before."""
        before, self._kept = self._kept, self.value()  # type: ignore[attr-defined]
        return before

    def refuse(self, before: object, why: str) -> None:
        """What was told can't be kept: the field shows again what was, and says why."""
        self.set_value(before)  # type: ignore[attr-defined]
        self.set_error(why)

    def error(self) -> str:
        """The sentence under the field, "" while nothing is wrong."""
        return self._below.text() if self.property("faulty") else ""

    def set_warning(self, text: str) -> None:
        """Says what may be wrong ("" for nothing) with a value that is kept all the same; an error goes before it."""
        if not self.error():
            self._say_below(text or self._hint, "warn" if text else "muted")

    def _say_below(self, text: str, token: str) -> None:
        self._below.setText(text)
        self._below.set_token(token)
        self._below.setVisible(bool(text))
        if self._input is not None:
            self._input.setAccessibleDescription(text)

    def set_error(self, text: str) -> None:
        """Shows what is wrong ("" for nothing) and lets a screen reader say it."""
        another = bool(text) != bool(self.property("faulty"))
        self.setProperty("faulty", bool(text))
        self._say_below(text or self._hint, "danger" if text else "muted")
        if self._input is not None and another:  # to be polished takes long
            self._input.setProperty("faulty", bool(text))
            self._input.style().unpolish(self._input)
            self._input.style().polish(self._input)
        if text:
            announce(self, text)


class TypedField(Field, Generic[T]):
    """One line that is read as a value."""

    def __init__(self, label: str, hint: str, empty: T) -> None:
        super().__init__(label, hint)
        self.input = QLineEdit()
        self._value = self._kept = empty
        self.put(self.input)
        self.input.editingFinished.connect(self._finished)

    def _read(self, text: str) -> T:
        """The value of a text; ValueError with a sentence for one that has none."""
        raise NotImplementedError

    def _words(self, value: T) -> str:
        """How a value is written."""
        raise NotImplementedError

    def value(self) -> T:
        """The last value that could be read; ``error()`` tells whether what stands there can."""
        return self._value

    def set_value(self, value: T) -> None:
        self._value = self._kept = value
        self._show()
        self.set_error("")

    def half_typed(self) -> bool:
        return self._value != self._kept or self.input.text() != self._words(self._value)

    def finish(self) -> None:
        told = self._value
        if self._finished() and told == self._value != self._kept:
            self.edited.emit()

    def refuse(self, before: object, why: str) -> None:
        """What was typed stays, until it is corrected or another value is set."""
        self._kept = before
        self.set_error(why)

    def _finished(self) -> bool:
        """Reads what was typed, and tells it if it was changed; False where it can't be read."""
        try:
            value = self._read(self.input.text())
        except ValueError as wrong:
            self.set_error(str(wrong))
            return False
        self._take(value)
        return True

    def _take(self, value: T) -> None:
        changed, self._value = value != self._value, value
        self._show()
        if changed or value == self._kept:
            self.set_error("")
        if changed:
            self.edited.emit()

    def _show(self) -> None:
        if self.input.text() != self._words(self._value):
            self.input.setText(self._words(self._value))
            if not self.input.hasFocus():
                self.input.home(False)  # what is longer than the field is read from its beginning


class LineField(TypedField[str]):
    """One line of text, trimmed at its ends."""

    def __init__(self, label: str, hint: str = "", *, placeholder: str = "", longest: int = 300) -> None:
        super().__init__(label, hint, "")
        self.input.setPlaceholderText(placeholder)
        self.input.setMaxLength(longest)

    def value(self) -> str:
        return self._read(self.input.text())

    def half_typed(self) -> bool:
        return bool(self.value() != self._kept)

    def _read(self, text: str) -> str:
        return text.strip()

    def _words(self, value: str) -> str:
        return value


class NumberField(TypedField[int | None]):
    """A whole number between two bounds, or nothing where it may be empty."""

    def __init__(
        self, label: str, lowest: int = 0, highest: int = 999, hint: str = "", *, may_be_empty: bool = True
    ) -> None:
        super().__init__(label, hint, None)
        self.lowest, self.highest, self._may_be_empty = lowest, highest, may_be_empty
        self.input.setFont(theme.font(tabular=True))
        self.input.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        self.input.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()), 0)
            if step:
                stepped = (self._value if self._value is not None else self.lowest - step) + step
                self._take(min(max(stepped, self.lowest), self.highest))
                return True
        return super().eventFilter(watched, event)

    def _read(self, text: str) -> int | None:
        typed = text.strip()
        if not typed and self._may_be_empty:
            return None
        if typed.isdecimal() and self.lowest <= int(typed) <= self.highest:
            return int(typed)
        words = tr("Please write a number from {lowest} to {highest}.")
        raise ValueError(words.format(lowest=self.lowest, highest=self.highest))

    def _words(self, value: int | None) -> str:
        return "" if value is None else str(value)


class DateField(TypedField[date | None]):
    """A date as people type it, or nothing; the calendar opens with its button or with Alt+Down."""

    def __init__(self, label: str, hint: str = "") -> None:
        super().__init__(label, hint, None)
        self.input.setFont(theme.font(tabular=True))
        self.input.setPlaceholderText(tr("DD.MM.YYYY"))
        self.input.installEventFilter(self)
        words = tr("Choose a day (Alt+Down)")
        button = InsideButton("calendar", words)
        button.setAccessibleName(f"{label}: {words}" if label else words)
        button.clicked.connect(self.open_calendar)
        Inside(self.input, button)

    def open_calendar(self) -> None:
        calendar = Calendar(self, self._value or date.today())
        calendar.picked.connect(self._take)
        calendar.open_below(self.input)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Down
            and event.modifiers() & Qt.KeyboardModifier.AltModifier
        ):
            self.open_calendar()
            return True
        return super().eventFilter(watched, event)

    def _read(self, text: str) -> date | None:
        try:
            return read_date(text)
        except ValueError:
            words = tr("Please write a date, for example {example}.")
            raise ValueError(words.format(example=date_text(date.today()))) from None

    def _words(self, value: date | None) -> str:
        return date_text(value)


class ChoiceField(Field, Generic[T]):
    """One of several; choices are (value, shown text)."""

    def __init__(self, label: str, choices: Sequence[tuple[T, str]] = (), hint: str = "") -> None:
        super().__init__(label, hint)
        self.input = NamedBox()
        self.input.setMaxVisibleItems(14)
        self.input.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.input.setMinimumContentsLength(8)
        self._values: list[T] = []
        self._choices: list[tuple[T, str]] = []
        self._last = 0
        self.put(self.input)
        self.set_choices(choices)
        self.input.activated.connect(self._activated)

    def set_choices(self, choices: Sequence[tuple[T, str]]) -> None:
        """Offers other choices; the value stays where it is still among them, else the first is taken."""
        if self._choices == (wanted := list(choices)):
            return
        self._choices = wanted
        kept = self._values[self.input.currentIndex()] if self._values else None
        self._values = [value for value, _ in choices]
        self.input.blockSignals(True)
        self.input.clear()
        self.input.addItems([shown for _, shown in choices])
        self.input.blockSignals(False)
        self._last = self._values.index(kept) if kept in self._values else 0
        self.input.setCurrentIndex(self._last if self._values else -1)

    def value(self) -> T:
        return self._values[self.input.currentIndex()]

    def set_value(self, value: T) -> None:
        """Takes one of the choices; ValueError for another."""
        self._last = self._values.index(value)
        self._kept = value
        self.input.setCurrentIndex(self._last)
        self.set_error("")

    def _activated(self, place: int) -> None:
        if place != self._last:
            self._last = place
            self.set_error("")
            self.edited.emit()
