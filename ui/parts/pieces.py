"""Many widgets are made in pieces, so that no turn of the window waits for all of them."""

from __future__ import annotations

import time
from collections.abc import Iterator

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

PIECE_S = 0.015  # processor time after which a piece made of many small steps ends


def at_once(pieces: Iterator[None]) -> None:
    """Makes whatever is left."""
    for _ in pieces:
        pass


def styled(whole: QWidget) -> Iterator[None]:
    """Gives all widgets in it their style and their font, as they get it otherwise when they are first seen."""
    begun = time.thread_time()
    for widget in whole.findChildren(QWidget):
        if isValid(widget):
            widget.ensurePolished()
        if time.thread_time() - begun > PIECE_S:
            yield
            begun = time.thread_time()
