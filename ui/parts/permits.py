"""What can't be done just now is grey and says why, to the mouse and to a screen reader."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QMenu


def permit(button: QAbstractButton, why_not: str, tip: str = "") -> None:
    """Lets a button be pressed where ``why_not`` is ""; else it is grey and says why. ``tip``: what it says usually."""
    button.setEnabled(not why_not)
    button.setToolTip(why_not or tip)
    button.setAccessibleDescription(why_not)


def add_action(menu: QMenu, words: str, why_not: str = "") -> QAction:
    """An entry of a menu; a grey one says why at its right, since no key stops there and no screen reader asks."""
    menu.setToolTipsVisible(True)
    action = menu.addAction(f"{words}\t{why_not}" if why_not else words)
    action.setEnabled(not why_not)
    action.setToolTip(why_not)
    return action
