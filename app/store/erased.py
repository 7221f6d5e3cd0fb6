"""Who was erased, by their ids alone, and what goes with them: out of the vault, and out of every older backup of it.

An id is a random number. It leads to somebody only in a backup that still holds them, and to nobody once that is gone.
"""

from __future__ import annotations

import json
import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from app.domain.ids import PersonId, new_id
from app.errors import Bug, Fault
from app.store import migrate
from app.store.connections import connect
from app.store.copies import Reading, is_whole, reading, source_read, sync_file
from app.store.references import PARENTS_FIRST, Rows, columns, key_of, references

ERASURE = "erase.erase"  # the journal's word for it


class Writing(Protocol):
    """An open change, or the connection of a copy that nobody has yet."""

    def execute(self, sql: str, parameters: Sequence[object] = ()) -> Any: ...

    def executemany(self, sql: str, parameters: Iterable[Sequence[object]]) -> Any: ...


@dataclass(frozen=True, slots=True)
class Gone:
    """The rows that the erasure of people takes along, by table and id."""

    rows: Mapping[str, frozenset[int]] = field(default_factory=dict)

    def of(self, table: str) -> frozenset[int]:
        return self.rows.get(table, frozenset())

    def listed(self, table: str) -> str:
        """The ids of a table for ``json_each``."""
        return json.dumps(sorted(self.of(table)))


# A tandem of three or more goes on without those who are erased, as long as two are left.
_ALONE = """
    WITH leaving (id) AS (SELECT id FROM enrolment WHERE person_id IN (SELECT value FROM json_each(?1)))
    SELECT tandem_id FROM member
    WHERE tandem_id IN (SELECT tandem_id FROM member WHERE enrolment_id IN (SELECT id FROM leaving))
    GROUP BY tandem_id HAVING sum(enrolment_id NOT IN (SELECT id FROM leaving)) <= 1
"""
_NOTES = (("person_id", "person"), ("tandem_id", "tandem"), ("meeting_id", "meeting"))


def gone(source: Rows, people: Iterable[int], staying: Collection[int] = ()) -> Gone:
    """What goes with these people, of those who are there: their tandems of two, every note about any of that, and
    whatever can't be without one of these. ``staying``: tandems that are known to go on."""
    wanted = (json.dumps(sorted(people)),)
    there = source.rows("SELECT id FROM person WHERE id IN (SELECT value FROM json_each(?))", wanted)
    if not there:
        return Gone()
    alone = (row[0] for row in source.rows(_ALONE, wanted))
    found = {"person": {row[0] for row in there}, "tandem": {one for one in alone if one not in staying}}
    for table in PARENTS_FIRST:
        for reference in references(source, table):
            if not reference.optional:
                _follow(found, source, table, reference.column, reference.parent)
    for column, parent in _NOTES:
        _follow(found, source, "note", column, parent)
    return Gone({table: frozenset(ids) for table, ids in found.items()})


def _follow(found: dict[str, set[int]], source: Rows, table: str, column: str, parent: str) -> None:
    if found.get(parent):
        sql = f"SELECT {key_of(table)} FROM {table} WHERE {column} IN (SELECT value FROM json_each(?))"
        rows = source.rows(sql, (json.dumps(sorted(found[parent])),))
        found.setdefault(table, set()).update(row[0] for row in rows)


def delete(writing: Writing, taken: Gone) -> None:
    """Deletes what goes; what may be without it stays and points to nothing."""
    for table in ("note", "tandem", "member", "person"):
        writing.executemany(f"DELETE FROM {table} WHERE id = ?", [(one,) for one in taken.of(table)])
    # The index of words keeps beginnings of words in its upper levels when rows are taken out; built anew it has none.
    writing.execute("INSERT INTO note_fts (note_fts) VALUES ('rebuild')")


def ids(source: Rows) -> frozenset[PersonId]:
    """Who was erased from a vault; nobody is known of a backup from before that was kept."""
    if not columns(source, "erased"):
        return frozenset()
    return frozenset(PersonId(row[0]) for row in source.rows("SELECT person_id FROM erased"))


def ids_of_closed(vault: Path, key: str) -> frozenset[PersonId]:
    """As ``ids``, of a vault that may be damaged: nobody where it can't be read."""
    with suppress(Fault, Bug, OSError), reading(vault, key) as source:
        return ids(source)
    return frozenset()


def note(writing: Writing, people: Iterable[int]) -> None:
    """Keeps who was erased. No step of undo reaches it."""
    writing.executemany("INSERT OR IGNORE INTO erased (person_id) VALUES (?)", [(one,) for one in people])


def some_unknown(source: Rows) -> bool:
    """Whether people were erased before their ids were kept: they are not known again."""
    (erasures,) = source.rows("SELECT count(*) FROM journal WHERE verb = ?", (ERASURE,))
    return int(erasures[0]) > len(ids(source))


def leave_out(copy: Path, key: str, people: Collection[int]) -> None:
    """Erases people from a closed copy of a vault that nobody has yet; it is of the newest schema then, written anew
    and proved.

    NewerVault; Faults "backups.copy_damaged", "backups.unverified", "backups.disk_full", "backups.unwritable": the
    caller throws it away.
    """
    try:
        with source_read(writing=True), closing(connect(copy, key)) as connection:
            migrate.migrate(connection, migrate.version(connection))
            connection.execute("BEGIN IMMEDIATE")
            taken = gone(Reading(connection), people)
            delete(connection, taken)
            new, rows = len(set(people) - ids(Reading(connection))), sum(map(len, taken.rows.values()))
            note(connection, people)
            # It holds what no backup has: the next one is due. A line for each, as ``some_unknown`` counts them.
            connection.executemany(
                "INSERT INTO journal (id, at, verb, kinds, rows) VALUES (?, ?, ?, '', ?)",
                [(new_id(), time.time_ns() // 1_000_000, ERASURE, 0 if nth else rows) for nth in range(max(1, new))],
            )
            connection.execute("COMMIT")
            connection.execute("VACUUM")  # rests of the rows lie in the pages that others are in
    except Fault as fault:
        if fault.code == "backups.source_damaged":
            raise Fault("backups.copy_damaged") from None
        raise
    sync_file(copy)
    if not is_whole(copy, key):
        raise Fault("backups.unverified")
