"""Which stick a backup goes to: the one that is plugged in, or a choice among several."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.i18n import tr
from app.store import whereabouts
from ui.dialogs import ask


def choose_stick(parent: QWidget) -> Path | None:
    """The stick that is there, without a question; a choice among several; a folder where none is seen."""
    found = whereabouts.sticks()
    if len(found) == 1:
        return found[0]
    if not found:
        return ask.folder(parent, tr("No stick was found: choose a folder"), Path.home())
    choices = [ask.Choice(str(place), str(place.name or place)) for place in found]
    chosen = ask.choose(parent, tr("Copy to stick"), tr("Which stick shall the backup go to?"), choices)
    return None if chosen is None else Path(chosen)
