"""Long work: what runs, how far it is, and a way out. It lies over the page and locks nothing else."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from app.i18n import percent_text, tr
from ui import theme
from ui.parts.banner import announce
from ui.parts.buttons import secondary
from ui.parts.card import PlainLabel, row, subheading
from ui.parts.floating import Floating


class Progress(Floating):
    """A card over ``over``, bottom right. ``cancelled`` comes once; the work itself decides when it ends."""

    cancelled = Signal()

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setFixedWidth(theme.px(320))
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(16)] * 4)
        column.setSpacing(theme.px(10))
        self.title = subheading("")
        self.title.setWordWrap(True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.far = PlainLabel("", "muted", 0.92)
        self.cancel_button = secondary(tr("Cancel"))
        self.cancel_button.clicked.connect(self._cancel)
        column.addWidget(self.title)
        column.addWidget(self.bar)
        column.addLayout(row(self.far, 1, self.cancel_button))

    def start(self, title: str) -> None:
        """Shows the card; until the first ``step`` the bar only says that something runs."""
        self.title.setText(title)
        self.bar.setAccessibleName(title)
        self.bar.setRange(0, 0)
        self.far.setText("")
        self.cancel_button.setEnabled(True)
        self.show()
        self.raise_()
        self.place()
        announce(self, title)

    def step(self, share: float) -> None:
        """How much is done, 0 to 1."""
        self.bar.setRange(0, 1000)
        self.bar.setValue(round(min(max(share, 0), 1) * 1000))
        if self.cancel_button.isEnabled():
            self.far.setText(percent_text(share))

    def stop(self) -> None:
        self.hide()

    def place(self) -> None:
        self.adjustSize()
        edge = theme.px(24)
        self.move(self._over.width() - self.width() - edge, self._over.height() - self.height() - edge)

    def _cancel(self) -> None:
        self.cancel_button.setEnabled(False)
        self.far.setText(tr("Stopping …"))
        self.cancelled.emit()
