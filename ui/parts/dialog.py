"""A dialog of ours."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog

from ui.parts import reading_order


class Dialog(QDialog):
    """Tab goes through it as it is read, whatever was made first or shown later."""

    def focusNextPrevChild(self, on: bool) -> bool:  # noqa: N802
        return reading_order.step(self, on)
