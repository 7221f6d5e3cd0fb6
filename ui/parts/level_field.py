"""A field for a level: its steps side by side."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from ui import theme
from ui.parts.buttons import Button
from ui.parts.field import Field


class LevelField(Field):
    """A level as segments in a row; arrow keys and digits choose, Backspace empties it where it may be empty."""

    def __init__(
        self, label: str, lowest: int = 0, highest: int = 4, words: Sequence[str] = (), *, may_be_empty: bool = False
    ) -> None:
        """``words`` names the levels from the lowest up, for tooltips and screen readers."""
        super().__init__(label)
        self._may_be_empty = may_be_empty
        self.lowest = lowest
        box = QWidget()
        line = QHBoxLayout(box)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(4))
        self._group = QButtonGroup(self)
        for level in range(lowest, highest + 1):
            button = Button(str(level))
            button.setCheckable(True)
            button.setAutoExclusive(True)  # told as one of several and not as a box to tick
            button.setProperty("look", "segment")
            word = words[level - lowest] if level - lowest < len(words) else ""
            button.setToolTip(word)
            button.setAccessibleName(f"{label}: {level} {word}".strip())
            button.installEventFilter(self)
            self._group.addButton(button, level)
            line.addWidget(button)
        line.addStretch(1)
        self._last: int | None = None
        self.put(box, self._group.button(lowest))
        self._group.button(lowest).setAccessibleName(f"{label}: {lowest} {words[0] if words else ''}".strip())
        self._words = tuple(words)
        self._group.idClicked.connect(self._picked)

    def call(self, name: str) -> None:
        """Names the steps otherwise than the label does, where several such fields stand on a page."""
        for button in self._group.buttons():
            place = self._group.id(button) - self.lowest
            word = self._words[place] if place < len(self._words) else ""
            button.setAccessibleName(f"{name}: {self._group.id(button)} {word}".strip())

    def buttons(self) -> list[QPushButton]:
        return [button for button in self._group.buttons() if isinstance(button, QPushButton)]

    def value(self) -> int | None:
        level = self._group.checkedId()
        return level if level >= 0 else None

    def set_value(self, value: int | None) -> None:
        self._last = self._kept = value
        self._group.setExclusive(False)
        for button in self._group.buttons():
            button.setChecked(self._group.id(button) == value)
        self._group.setExclusive(True)
        self.set_error("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        levels = [self._group.id(button) for button in self._group.buttons()]
        now = self.value()
        key = Qt.Key(event.key())
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Up: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: -1}.get(key, 0)
        if step:
            start = levels[0] - 1 if now is None else now
            self._go(min(max(start + step, levels[0]), levels[-1]))
        elif event.text().isdecimal() and int(event.text()) in levels:
            self._go(int(event.text()))
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete) and self._may_be_empty and now is not None:
            before = self._kept
            self.set_value(None)
            self._kept = before
            self.edited.emit()
        else:
            return super().eventFilter(watched, event)
        return True

    def _go(self, level: int) -> None:
        button = self._group.button(level)
        button.setChecked(True)
        button.setFocus(Qt.FocusReason.OtherFocusReason)
        self._picked(level)

    def _picked(self, level: int) -> None:
        if level != self._last:
            self._last = level
            self.edited.emit()
