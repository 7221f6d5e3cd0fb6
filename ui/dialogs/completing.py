"""Asks before a tandem is completed whose meetings are not all held: it is the last step of its way."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.i18n import number_text, tr, trn
from ui.dialogs import ask


def completed_all_the_same(parent: QWidget, awaited: int) -> bool:
    """True where nothing is ``awaited`` any more, or the user wants it so."""
    if not awaited:
        return True
    text = trn(
        "{n} meeting is not held yet. It falls away, and certificates count those that were held.",
        "{n} meetings are not held yet. They fall away, and certificates count those that were held.",
        awaited,
    )
    return ask.yes_no(parent, tr("Complete the tandem?"), text.format(n=number_text(awaited)), tr("Complete"))
