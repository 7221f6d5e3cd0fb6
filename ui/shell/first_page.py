"""What the first page stands on: a card in the middle with the mark, the languages below it. It scrolls where large
text leaves too little room, and what is a way among several stands back behind what is usually done."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from app.i18n import tr
from ui import icons, theme
from ui.parts import buttons, card
from ui.parts.flow import FlowLayout
from ui.parts.scroll import Scroll
from ui.shell.language_line import language_line

WIDTH = 440  # of the card, in pixels at 100 %
MARGIN = 32


class FirstPage(Scroll):
    """``card`` takes what is asked; ``language_wanted`` with "de" or "en"."""

    language_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        sheet = QWidget()
        sheet.setObjectName("scrolled")
        column = QVBoxLayout(sheet)
        column.addStretch(2)
        self.card = card.Card(margin=MARGIN, spacing=16)
        self.card.setFixedWidth(theme.px(WIDTH))
        column.addWidget(self.card, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        mark = QLabel()
        mark.setPixmap(icons.pixmap("mark", "accent", 40))
        mark.setAccessibleName(tr("Tandembuch"))
        self.card.body.addLayout(card.row(mark, card.title("Tandembuch"), 1, spacing=12))
        column.addLayout(language_line(self.language_wanted.emit))
        self.setWidget(sheet)


class Ways(QWidget):
    """Quiet ways one after the other, as many in a line as the card has room for."""

    def __init__(self) -> None:
        super().__init__()
        self._flow = FlowLayout(self, 4)

    def add(self, text: str, icon: str, act: Callable[[], object]) -> buttons.Button:
        link = buttons.quiet(text, icon)
        link.clicked.connect(lambda: act())
        self._flow.addWidget(link)
        self._keep_height()
        return link

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:  # a way is hidden, or there again
            self._keep_height()
        return super().event(event)

    def _keep_height(self) -> None:
        """What lies in a card in the middle is not asked how high it is at its width."""
        self.setFixedHeight(self._flow.heightForWidth(theme.px(WIDTH - 2 * MARGIN)))
