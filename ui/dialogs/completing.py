"""Asks before tandems are completed whose meetings are not all held: it is the last step of their way."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtWidgets import QWidget

from app.domain.tandems import Tandem
from app.i18n import number_text, tr, trn
from app.store import meetings
from app.store.vault import Source
from ui.dialogs import ask


def completed_all_the_same(parent: QWidget, awaited: int, several: int = 1) -> bool:
    """True where nothing is ``awaited`` any more, or the user wants it so; ``several``: so many tandems at once."""
    if not awaited:
        return True
    text = trn(
        "{n} meeting is not held yet. It falls away, and certificates count those that were held.",
        "{n} meetings are not held yet. They fall away, and certificates count those that were held.",
        awaited,
    )
    title = trn("Complete the tandem?", "Complete {n} tandems?", several).format(n=number_text(several))
    return ask.yes_no(parent, title, text.format(n=number_text(awaited)), tr("Complete"))


def all_completed_all_the_same(parent: QWidget, source: Source, chosen: Collection[Tandem]) -> bool:
    """As ``completed_all_the_same``, for several tandems in one question."""
    met = {known: meetings.of_programme(source, known) for known in {one.programme for one in chosen}}
    awaited = sum(each.held_on is None for one in chosen for each in met[one.programme].get(one.id, ()))
    return completed_all_the_same(parent, awaited, len(chosen))
