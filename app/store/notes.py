"""Private notes with their full-text search, and skill gaps. Nothing here is joined by a document or an export."""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.domain.ids import MeetingId, NoteId, PersonId, SkillGapId, TandemId
from app.domain.notes import Found, Note, SkillGap
from app.store.columns import day, delete, differences, insert, lines, moment, update
from app.store.vault import Change, Row, Source

_COLUMNS = {
    "title": "title",
    "body": "body",
    "tags": "tags",
    "pinned": "pinned",
    "person": "person_id",
    "tandem": "tandem_id",
    "meeting": "meeting_id",
}
_NAMES = "n.id, n.title, n.body, n.tags, n.pinned, n.person_id, n.tandem_id, n.meeting_id, n.created_at, n.changed_at"
_ORDER = "ORDER BY n.pinned DESC, n.changed_at DESC, n.id"
_GAP_COLUMNS = {
    "topic": "topic_id",
    "seen": "seen",
    "wanted": "wanted",
    "evidence": "evidence",
    "noted_on": "noted_on",
}
_GAPS = "SELECT g.id, g.person_id, g.topic_id, g.seen, g.wanted, g.evidence, g.noted_on FROM skill_gap g"
_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_SPELLINGS = (("ß", "ss"), ("ss", "ß"), ("ae", "a"), ("oe", "o"), ("ue", "u"))


def _note(row: Row) -> Note:
    return Note(
        id=row[0],
        title=row[1],
        body=row[2],
        tags=lines(row[3]),
        pinned=bool(row[4]),
        person=row[5],
        tandem=row[6],
        meeting=row[7],
        created_at=moment(row[8]),
        changed_at=moment(row[9]),
    )


def _found(source: Source, where: str = "", *values: object) -> tuple[Note, ...]:
    return tuple(_note(row) for row in source.rows(f"SELECT {_NAMES} FROM note n {where} {_ORDER}", values))


def all_notes(source: Source) -> tuple[Note, ...]:
    """Every note: pinned ones first, then the latest."""
    return _found(source)


def about_person(source: Source, identity: PersonId) -> tuple[Note, ...]:
    return _found(source, "WHERE n.person_id = ?", identity)


def about_tandem(source: Source, identity: TandemId) -> tuple[Note, ...]:
    """Notes about a tandem or one of its meetings."""
    where = "WHERE n.tandem_id = ? OR n.meeting_id IN (SELECT m.id FROM meeting m WHERE m.tandem_id = ?)"
    return _found(source, where, identity, identity)


def about_meeting(source: Source, identity: MeetingId) -> tuple[Note, ...]:
    return _found(source, "WHERE n.meeting_id = ?", identity)


def note(source: Source, identity: NoteId) -> Note | None:
    return next(iter(_found(source, "WHERE n.id = ?", identity)), None)


def count(source: Source) -> int:
    row = source.row("SELECT count(*) FROM note")
    return 0 if row is None else int(row[0])


def tags(source: Source) -> list[str]:
    """Every tag, in order of the alphabet."""
    rows = source.rows("SELECT DISTINCT tags FROM note")
    return sorted({tag for row in rows for tag in lines(row[0])}, key=str.casefold)


def search(source: Source, query: str, most: int | None = None) -> tuple[Found, ...]:
    """Notes that hold every word of the query, or a word that begins so; the best hit first, and ``most`` of them."""
    wanted = " AND ".join(_any_spelling(word) for word in _WORD.findall(query))
    if not wanted:
        return ()
    rows = source.rows(  # in the order of "rank" the index makes no excerpt of what is left out
        f"SELECT {_NAMES}, snippet(note_fts, -1, char(2), char(3), '…', 16), note_fts.rank"
        " FROM note_fts JOIN note n ON n.id = note_fts.rowid"
        " WHERE note_fts MATCH ? AND note_fts.rank MATCH 'bm25(4.0, 1.0, 2.0)' ORDER BY note_fts.rank LIMIT ?",
        (wanted, -1 if most is None else most),
    )
    rows.sort(key=lambda row: (row[11], -row[9], row[0]))  # of equals the one changed last
    return tuple(Found(note=_note(row), excerpt=row[10]) for row in rows)


def _any_spelling(word: str) -> str:
    """A word for FTS5, as a prefix, with the ways it may be spelt: the index folds ä to a, but not ß to ss."""
    lowered = word.casefold() if "ß" not in word else word.lower()
    forms = dict.fromkeys([lowered, *(lowered.replace(long, short) for long, short in _SPELLINGS)])
    return "(" + " OR ".join(f'"{form}"*' for form in forms) + ")"


def add_note(change: Change, record: Note) -> None:
    """Writes a note as made now."""
    values = {name: getattr(record, field) for field, name in _COLUMNS.items()}
    insert(change, "note", {"id": record.id, **values, "created_at": change.now})


def write_note(change: Change, before: Note, after: Note) -> None:
    update(change, "note", after.id, differences(before, after, _COLUMNS))


def remove_notes(change: Change, identities: Iterable[NoteId]) -> None:
    delete(change, "note", identities)


def _gap(row: Row) -> SkillGap:
    noted_on = day(row[6])
    assert noted_on is not None
    return SkillGap(
        id=row[0], person=row[1], topic=row[2], seen=row[3], wanted=row[4], evidence=row[5], noted_on=noted_on
    )


def gaps_of(source: Source, person_id: PersonId) -> tuple[SkillGap, ...]:
    """What was seen of a person, the latest first."""
    rows = source.rows(f"{_GAPS} WHERE g.person_id = ? ORDER BY g.noted_on DESC, g.id", (person_id,))
    return tuple(_gap(row) for row in rows)


def gap(source: Source, identity: SkillGapId) -> SkillGap | None:
    row = source.row(f"{_GAPS} WHERE g.id = ?", (identity,))
    return _gap(row) if row else None


def add_gap(change: Change, record: SkillGap) -> None:
    values = {name: getattr(record, field) for field, name in _GAP_COLUMNS.items()}
    insert(change, "skill_gap", {"id": record.id, "person_id": record.person, **values})


def write_gap(change: Change, before: SkillGap, after: SkillGap) -> None:
    update(change, "skill_gap", after.id, differences(before, after, _GAP_COLUMNS))


def remove_gaps(change: Change, identities: Iterable[SkillGapId]) -> None:
    delete(change, "skill_gap", identities)
