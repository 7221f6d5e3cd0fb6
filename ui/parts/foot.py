"""A line of words with buttons at its right: below a list what is selected and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QWidget

from ui import theme
from ui.parts.buttons import Button
from ui.parts.flow import FlowLayout

LEAST_WORDS = 150  # beside the buttons, at normal text size
GAP = 10


class Foot(QWidget):
    """Words and buttons in one line; where there is no room the buttons go below the words, in as many lines as needed.

    The words count as long as ``least``: they may end in "…", the buttons may not. ``spare`` is the first button, for
    what Return in the list does too: it is left out there, so that more of the list is seen.
    """

    def __init__(self, words: QLabel, *actions: Button, spare: Button | None = None, least: int = LEAST_WORDS) -> None:
        super().__init__()
        self._spare, self._least = spare, least
        actions = (*filter(None, [spare]), *actions)
        self._actions = actions
        self._host = QWidget()
        flow = FlowLayout(self._host, GAP)
        for button in actions:
            flow.addWidget(button)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(theme.px(GAP))
        self._line.addWidget(words, 1)
        self._line.addWidget(self._host)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:  # a button has other words now
            self._place()
        return super().event(event)

    def _place(self) -> None:
        gap = theme.px(GAP)
        wanted = sum(button.sizeHint().width() + gap for button in self._actions) - gap
        beside = theme.px(self._least) + gap + wanted <= self.width()
        if self._spare is not None:
            self._spare.setVisible(beside)
        self._host.setMinimumWidth(wanted if beside else 0)
        directions = QBoxLayout.Direction
        self._line.setDirection(directions.LeftToRight if beside else directions.TopToBottom)
