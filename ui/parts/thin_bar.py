"""The thin line that says that something runs, and how far it is where that is known."""

from __future__ import annotations

from PySide6.QtWidgets import QProgressBar

from ui import theme


class ThinBar(QProgressBar):
    """``name`` is what a screen reader says; without ``steps`` it only says that something runs."""

    def __init__(self, name: str, steps: int = 0) -> None:
        super().__init__()
        self.setRange(0, steps)
        self.setTextVisible(False)
        self.setFixedHeight(theme.px(4))
        self.setAccessibleName(name)
