"""What is seen until a vault is there: the rail as it will be, and in the page's place a calm word."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui import theme
from ui.parts import card
from ui.parts.thin_bar import ThinBar
from ui.shell.pages import PAGES
from ui.shell.rail import Rail


class Opening(QWidget):
    """``painted`` comes once it is on the screen: time for the work. ``wanted`` is a page chosen meanwhile."""

    painted = Signal()
    wanted = Signal(str)

    def __init__(self, words: str) -> None:
        super().__init__()
        self._painted = False
        self.setAccessibleName(words)
        self.rail = Rail(PAGES)
        self.rail.wanted.connect(self._choose)
        self.rail.buttons["lock"].setEnabled(False)
        bar = ThinBar(words)
        bar.setFixedWidth(theme.px(220))
        column = card.column(1, spacing=14)
        column.addWidget(card.muted(words), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(bar, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(column, 1)

    def _choose(self, key: str) -> None:
        self.rail.show_current(key)
        self.wanted.emit(key)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            self.painted.emit()
