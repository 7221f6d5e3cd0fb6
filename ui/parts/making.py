"""A quiet line above a preview that takes its time: how far it is, and a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.i18n import tr
from ui import theme
from ui.parts import buttons
from ui.parts.thin_bar import ThinBar

PATIENCE_MS = 400  # most documents are there before


class Making(QWidget):
    """Shows itself only where the work takes longer than people notice; ``cancelled`` is somebody's wish to stop."""

    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.bar = ThinBar(tr("The document is being made"))
        self.cancel = buttons.quiet(tr("Cancel"))
        self.cancel.clicked.connect(self.cancelled)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(10))
        row.addWidget(self.bar, 1)
        row.addWidget(self.cancel)
        self._soon = QTimer(self, interval=PATIENCE_MS, singleShot=True)
        self._soon.timeout.connect(self.show)
        self.hide()

    def begin(self) -> None:
        """Work has begun; until the first ``step`` the bar only says that something runs."""
        self.bar.setRange(0, 0)
        self._soon.start()

    def step(self, share: float) -> None:
        """How much is done, 0 to 1."""
        self.bar.setRange(0, 1000)
        self.bar.setValue(round(share * 1000))

    def end(self) -> None:
        self._soon.stop()
        self.hide()
