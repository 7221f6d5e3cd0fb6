"""A list and the card beside it, which gives way to the list where there is no room for both."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

from app.i18n import tr
from ui import theme
from ui.parts import buttons
from ui.parts.card import Card

ROOM_FOR_BOTH = 640  # at normal text size
SIDE = 316
NARROWEST = 240
WIDEST = 400  # the card, in pixels at any text size, where the window is narrow


class Beside(QWidget):
    """Shows the card where there is room for both, where it is ``needed``, and where somebody asked for it.

    ``button`` shows and hides it by hand, until the room changes.
    """

    def __init__(self, shown: QWidget, card: Card, name: str, *, side: int = SIDE) -> None:
        """``name`` is what the button is called, ``side`` how wide the card is at normal text size."""
        super().__init__()
        self.card = card
        self.button = buttons.icon_button("id-card", name)
        self.button.setCheckable(True)
        self.button.clicked.connect(self._by_hand)
        self._side = side
        self._wanted: bool | None = None
        self._needed = self._roomy = False
        column = QHBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        split = QSplitter(Qt.Orientation.Horizontal)
        column.addWidget(split)
        split.setHandleWidth(theme.px(16))
        split.setChildrenCollapsible(False)
        split.addWidget(shown)
        split.addWidget(card)
        split.setStretchFactor(0, 1)
        split.setSizes([theme.px(698), theme.px(side)])
        split.setMinimumWidth(theme.px(NARROWEST))  # the two together would keep the window from growing narrower

    def ask_for(self) -> None:
        """Shows the card, whatever room there is."""
        self._by_hand(True)

    def set_needed(self, needed: bool) -> None:
        """What is chosen can be acted on only in the card."""
        self._needed = needed
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        roomy = self.width() >= theme.px(ROOM_FOR_BOTH)
        if roomy != self._roomy:
            self._roomy, self._wanted = roomy, None
        self._place()

    def _by_hand(self, wanted: bool) -> None:
        self._wanted = wanted
        self._place()

    def _place(self) -> None:
        shown = self._wanted if self._wanted is not None else self._roomy or self._needed
        if shown:
            needs = max(min(theme.px(self._side), WIDEST), self.card.body.totalMinimumSize().width())
            self.card.setMinimumWidth(needs)  # nothing in it is cut off at any text size
            self.card.setMaximumWidth(max(theme.px(360), WIDEST, needs))
        self.card.setVisible(shown)
        self.button.setChecked(shown)
        self.button.setToolTip(tr("Hide what stands beside the list") if shown else self.button.accessibleName())
