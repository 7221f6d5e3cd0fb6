"""The status bar: that all is saved, and when the vault locks by itself."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel, QStatusBar

from app.i18n import tr
from ui import theme

COUNTDOWN = 60  # seconds before the lock in which each is counted


class Status(QObject):
    """Writes into the status bar of the window."""

    def __init__(self, bar: QStatusBar) -> None:
        super().__init__(bar)
        self._bar = bar
        self._saved, self._lock_state = QLabel(), QLabel()
        bar.addWidget(self._saved, 1)
        bar.addPermanentWidget(self._lock_state)
        bar.setSizeGripEnabled(False)

    def dress(self) -> None:
        """In the theme of now."""
        for label in (self._saved, self._lock_state):
            label.setFont(theme.font(0.9))
        self._bar.setContentsMargins(theme.px(8), 0, theme.px(8), 0)
        self._bar.setFixedHeight(theme.px(22))

    def show_saved(self, saved_at: float | None) -> None:
        """When the last change was saved; None where there was none yet."""
        if saved_at is None:
            self._saved.setText(tr("All changes are saved at once"))
        else:
            moment = time.strftime("%H:%M", time.localtime(saved_at))
            self._saved.setText(tr("All changes saved · {time}").format(time=moment))

    def show_copied(self, seconds: float) -> None:
        self._bar.showMessage(tr("Copied. It leaves the clipboard in {n} s.").format(n=round(seconds)), 4000)

    def count_down(self, seconds: int) -> None:
        """How long until the lock."""
        if seconds <= COUNTDOWN:
            self._lock_state.setText(tr("Locks in {n} s").format(n=seconds))
        else:
            self._lock_state.setText(tr("Vault unlocked · locks in {n} min").format(n=-(-seconds // 60)))
