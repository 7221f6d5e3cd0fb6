"""Whether a place can still be gone to: the record it is about may have been removed."""

from __future__ import annotations

from app.domain.ids import NoteId, PersonId, TandemId
from app.store import notes, people, tandems
from app.store.vault import Source
from ui.place import Place


def stands(source: Source, place: Place) -> bool:
    """False where the page would show a person, a tandem or a note that is gone."""
    if place.record is None:
        return True
    if place.page == "people":
        return bool(people.names(source, [PersonId(place.record)]))
    if place.page == "tandem":
        return bool(tandems.numbers(source, [TandemId(place.record)]))
    if place.page == "notes":
        return notes.note(source, NoteId(place.record)) is not None
    return True
