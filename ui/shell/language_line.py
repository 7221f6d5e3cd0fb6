"""The languages of the window side by side, the one that is spoken marked: for somebody who can't read the other."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout

from app.i18n import language
from ui.parts import buttons, card

NAMES = (("de", "Deutsch"), ("en", "English"))


def language_line(wanted: Callable[[str], object]) -> QHBoxLayout:
    """Calls ``wanted`` with "de" or "en" when another is chosen."""
    made = []
    for short, name in NAMES:
        button = buttons.quiet(name)
        button.setProperty("tongue", "true")
        button.setCheckable(True)
        button.setAutoExclusive(True)  # told as one of several and not as a box to tick
        button.setChecked(short == language())
        button.clicked.connect(lambda _=False, short=short: wanted(short))
        made.append(button)
    return card.row(1, *made, 1)
