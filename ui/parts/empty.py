"""What an empty page shows: what it is for, and the next step."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import icons, theme
from ui.parts.buttons import primary, quiet
from ui.parts.card import PlainLabel, heading

NARROW = 320  # pixels at any text size


class EmptyState(QWidget):
    """An icon on a soft disc, a title, a sentence or two, a button (``acted``) and a quiet one (``acted_too``)."""

    acted = Signal()
    acted_too = Signal()

    def __init__(self, icon: str, title: str, text: str, action: str = "", other: str = "") -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setSpacing(theme.px(10))
        column.addStretch(2)
        column.addWidget(_Disc(icon), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(theme.px(6))
        column.addWidget(heading(title), 0, Qt.AlignmentFlag.AlignHCenter)
        self.words = words = PlainLabel(text, "muted", wrap=True)
        words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        words.setFixedWidth(min(theme.px(420), 440))
        self.say(text)
        column.addWidget(words, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(theme.px(6))
        if action:
            self.button = primary(action)
            self.button.clicked.connect(self.acted)
            column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        if other:
            self.other_button = quiet(other)
            self.other_button.clicked.connect(self.acted_too)
            column.addWidget(self.other_button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def be_narrow(self) -> None:
        """For a list that may have little room."""
        self.words.setFixedWidth(min(theme.px(420), NARROW))
        self.say(self.words.text())

    def say(self, text: str, action: str = "") -> None:
        """Says something else below the title, and on the button where ``action`` is given."""
        if action:
            self.button.set_text(action)
        self.words.setText(text)
        # A label set in the middle is given too few lines by its layout.
        self.words.setFixedHeight(max(self.words.heightForWidth(self.words.width()), 0))


class _Disc(QWidget):
    def __init__(self, icon: str) -> None:
        super().__init__()
        self._icon = icon
        self.setFixedSize(theme.px(64), theme.px(64))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent_soft"))
        painter.drawEllipse(self.rect())
        inset = theme.px(18)
        icons.paint(painter, QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), self._icon, "accent")
        painter.end()
