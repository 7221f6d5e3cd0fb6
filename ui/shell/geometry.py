"""Where the window is on the screen and how large, kept from one start to the next."""

from __future__ import annotations

from contextlib import suppress

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QWidget


def of(window: QWidget) -> str:
    """The place of a window, as text."""
    return bytes(window.saveGeometry().toBase64().data()).decode()


def give(window: QWidget, kept: object) -> None:
    """Puts a window where it was; what is no such text leaves it where it is."""
    if isinstance(kept, str):
        with suppress(ValueError):
            window.restoreGeometry(QByteArray.fromBase64(kept.encode()))
