"""The question before a vault moves from a risky place to this computer."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.i18n import tr
from ui.dialogs import ask


def may_move(parent: QWidget, folder: Path) -> bool:
    """Says what happens and asks."""
    text = tr(
        "The vault moves to {folder}. It is copied and compared before it is taken away there. The folder where it"
        " was becomes the second place of its backups."
    ).format(folder=folder)
    return ask.yes_no(parent, tr("Keep it on this computer"), text, tr("Move the vault"))
