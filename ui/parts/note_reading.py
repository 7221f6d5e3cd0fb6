"""The rows of the notes page: every note, or those a search finds, with whom each is about. For any thread."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from app.domain.ids import ProgrammeId, TandemId
from app.domain.notes import Note
from app.i18n import tr
from app.store import notes, people, tandems
from app.store.vault import Source
from ui.parts.note_list import NoteRow, rows_from_notes, rows_from_search

MOST_FOUND = 500  # the best hits of a search; nobody reads more, and each takes its time


@dataclass(frozen=True, slots=True)
class Listed:
    """``names`` by the id of a person or a tandem, ``tags`` by the alphabet; ``more`` than the rows were found.

    ``tandems``: those of the programme a note may be about, by number.
    """

    notes: tuple[Note, ...] = field(default=(), repr=False)
    names: dict[int, str] = field(default_factory=dict, repr=False)
    rows: list[NoteRow] = field(default_factory=list, repr=False)
    more: bool = False
    tags: list[str] = field(default_factory=list, repr=False)
    tandems: dict[TandemId, str] = field(default_factory=dict, repr=False)


def listed(
    source: Source, query: str, tag: str | None, known: Listed | None = None, programme: ProgrammeId | None = None
) -> Listed:
    """The notes with the tag that hold the words of the query. ``known``: no note has changed since."""
    if known is None:
        every = notes.all_notes(source)
        tags = sorted({tag for one in every for tag in one.tags}, key=str.casefold)
        known = Listed(every, _names(source, every), tags=tags, tandems=tandem_names(source, programme))
    found, names = known.notes, known.names
    about = {one.id: names.get(one.person or one.tandem or 0, "") for one in found}
    more = False
    if query:
        hits = notes.search(source, query, None if tag else MOST_FOUND + 1)
        more = not tag and len(hits) > MOST_FOUND
        rows = rows_from_search(hits[:MOST_FOUND] if more else hits, about)
    else:
        rows = rows_from_notes(found, about)
    return replace(known, rows=[one for one in rows if tag in one.note.tags] if tag else rows, more=more)


def tandem_names(source: Source, programme: ProgrammeId | None) -> dict[TandemId, str]:
    """Number and family names of the tandems of a programme, by number."""
    found = () if programme is None else tandems.members_of_programme(source, programme)
    return {identity: tandem_name(number, members) for identity, number, members in found}


def tandem_name(number: int, members: Iterable[tuple[str, str]]) -> str:
    """``members``: given and family name of each."""
    return f"{number}. {' & '.join(family or given for given, family in members)}"


def _names(source: Source, found: tuple[Note, ...]) -> dict[int, str]:
    """Whom notes are about: a family name, or a tandem's number."""
    known = people.names(source, {one.person for one in found if one.person is not None})
    said: dict[int, str] = {identity: family or given for identity, (given, family) in known.items()}
    numbers = tandems.numbers(source, {one.tandem for one in found if one.tandem is not None})
    return said | {identity: tr("Tandem {n}").format(n=number) for identity, number in numbers.items()}
