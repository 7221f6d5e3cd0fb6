"""Fills a new vault with the rows of a wreck, and mends what points to rows that are lost."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from app.domain.ids import new_id
from app.i18n import tr
from app.store.copies import Step
from app.store.wreck import Row, Table, Wreck

# Which other table of the wreck knows the ids of a table without a full index.
_KNOWN_ELSEWHERE = {"note": "SELECT id FROM main.note_fts_docsize"}
_FIRST = ("meta", "erased", "note", "skill_gap", "person", "topic", "programme", "enrolment", "tandem", "member")


@dataclass(frozen=True, slots=True)
class Rescued:
    """What became of the rows of a table. ``lost`` is None where some are lost and nobody knows how many.

    ``stand_ins``: rows that are lost, but that others belong to; a row with nothing but a made-up name stands for them.
    """

    table: str
    saved: int
    lost: int | None
    stand_ins: int = 0


class Rescue:
    """One run from a wreck into an empty vault of the same schema, whose connection the caller closes."""

    def __init__(self, wreck: Wreck, connection: Any, vault_id: int | None = None) -> None:
        """``vault_id``: what the vault's backups say that it is, for where it no longer says so itself."""
        self._wreck, self._connection, self._vault_id = wreck, connection, vault_id
        self.tables: dict[str, Rescued] = {}
        self.unlinked = 0

    def run(self, step: Step) -> None:
        """Everything in one transaction; Cancelled by ``step``."""
        connection = self._connection
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("BEGIN IMMEDIATE")
        names = self._names()
        for at, name in enumerate(names):
            step(at / len(names))
            self.tables[name] = self._copied(name)
        self._complete_meta()
        while self._mended():
            step(1.0)
        if "note_fts" in self._virtual():
            connection.execute("INSERT INTO note_fts (note_fts) VALUES ('rebuild')")
        now = time.time_ns() // 1_000_000
        connection.execute(
            "INSERT INTO journal (id, at, verb, kinds, rows) VALUES (?, ?, 'salvage', '', 0)", (new_id(), now)
        )
        connection.execute("COMMIT")
        connection.execute("PRAGMA foreign_keys = ON")

    def _entries(self) -> list[Row]:
        sql = "SELECT name, sql FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        return self._connection.execute(sql).fetchall()  # type: ignore[no-any-return]

    def _virtual(self) -> list[str]:
        return [name for name, sql in self._entries() if str(sql).upper().startswith("CREATE VIRTUAL")]

    def _names(self) -> list[str]:
        """The tables with content of their own, the ones nobody wants to miss first."""
        virtual = self._virtual()
        shadows = tuple(f"{name}_" for name in virtual)
        names = [name for name, _ in self._entries() if name not in virtual and not name.startswith(shadows)]
        first = [name for name in _FIRST if name in names]
        return first + [name for name in names if name not in first]

    def _copied(self, name: str) -> Rescued:
        columns = [row[1] for row in self._connection.execute(f'PRAGMA main.table_info("{name}")')]
        listed = self._connection.execute(f'PRAGMA main.index_list("{name}")').fetchall()
        indexes = [row[1] for row in listed if not row[4] and row[3] != "pk"]
        if name in _KNOWN_ELSEWHERE:
            indexes.append(_KNOWN_ELSEWHERE[name])
        table = Table(self._wreck, name, [f'"{column}"' for column in columns], indexes)
        refused = 0
        sql = f'INSERT INTO main."{name}" VALUES ({", ".join("?" * len(columns))})'

        def take(rows: list[Row]) -> None:
            nonlocal refused
            for row in rows:
                try:
                    self._connection.execute(sql, row)
                except sqlcipher.IntegrityError:  # an old state of a page: its rows break the rules of the newer ones
                    refused += 1

        table.rescue(take)
        lost = None if table.lost is None else table.lost + refused
        return Rescued(name, len(table.seen) - refused, lost)

    def _complete_meta(self) -> None:
        """What the vault needs to open at all, where it is lost: an id, and its kind by what it holds."""
        counted = "SELECT (SELECT count(*) FROM programme) + (SELECT count(*) FROM enrolment)"
        kind = "programme" if self._connection.execute(counted).fetchone()[0] else "notebook"
        now = str(time.time_ns() // 1_000_000)
        made_up = self._connection.executemany(
            "INSERT OR IGNORE INTO meta (key, value) VALUES (?, ?)",
            [("vault_id", str(self._vault_id or new_id())), ("kind", kind), ("created_at", now)],
        ).rowcount
        self.tables["meta"] = replace(self.tables["meta"], stand_ins=made_up)

    # What points to lost rows

    def _mended(self) -> bool:
        """Mends each reference to a lost row once; True where there was one: mending can leave others behind.

        References that may be empty come last: what they point to may stand there again by then.
        """
        broken = self._connection.execute("PRAGMA main.foreign_key_check").fetchall()
        firm = [one for one in dict.fromkeys(broken) if self._reference(one[0], one[3])[1] != "SET NULL"]
        for table, rowid, parent, number in firm:
            self._mend(table, rowid, parent, self._reference(table, number)[0])
        if not firm:
            for table, rowid, _, number in dict.fromkeys(broken):
                column, _ = self._reference(table, number)
                self._connection.execute(f'UPDATE main."{table}" SET "{column}" = NULL WHERE rowid = ?', (rowid,))
                self.unlinked += 1
        return bool(broken)

    def _reference(self, table: str, number: int) -> tuple[str, str]:
        """The column of a foreign key, and what it does when its row goes."""
        keys = self._connection.execute(f'PRAGMA main.foreign_key_list("{table}")').fetchall()
        key = next(key for key in keys if key[0] == number)
        return key[3], key[6]

    def _mend(self, table: str, rowid: int, parent: str, column: str) -> None:
        found = self._connection.execute(f'SELECT "{column}" FROM main."{table}" WHERE rowid = ?', (rowid,)).fetchone()
        if found is not None and not self._stands_in(parent, found[0]):
            self._connection.execute(f'DELETE FROM main."{table}" WHERE rowid = ?', (rowid,))
            before = self.tables[table]
            lost = None if before.lost is None else before.lost + 1
            self.tables[table] = replace(before, saved=before.saved - 1, lost=lost)

    def _stands_in(self, parent: str, identity: int) -> bool:
        """Whether the lost row stands there again by its id, so that what belongs to it can stay."""
        if self._connection.execute(f'SELECT 1 FROM main."{parent}" WHERE id = ?', (identity,)).fetchone():
            return True
        values = self._stand_in(parent, identity, self.tables[parent].stand_ins + 1)
        if values is None:
            return False
        names = ", ".join(values)
        marks = ", ".join("?" * len(values))
        self._connection.execute(f"INSERT INTO main.{parent} ({names}) VALUES ({marks})", tuple(values.values()))
        before = self.tables[parent]
        self.tables[parent] = replace(before, stand_ins=before.stand_ins + 1)
        return True

    def _stand_in(self, parent: str, identity: int, number: int) -> dict[str, object] | None:
        """A row for a lost person, topic, programme or tandem; None for what can't be made up."""
        values: dict[str, object] = {"id": identity, "changed_at": time.time_ns() // 1_000_000}
        if parent == "person":
            name = tr("Lost person {number}").format(number=number)
            return {**values, "given_name": "", "family_name": name, "sort_name": name.casefold() + "\x01"}
        if parent == "topic":
            with_number = tr("Lost topic {number}").format(number=number)
            return {**values, "name_de": with_number, "name_en": with_number}
        if parent == "programme":
            title = tr("Lost programme {number}").format(number=number)
            return {**values, "title": title, "kind": "reverse"}
        programme = self._programme_of(identity) if parent == "tandem" else None
        if programme is None:
            return None
        sql = "SELECT coalesce(max(number), 0) + 1 FROM tandem WHERE programme_id = ?"
        next_number = self._connection.execute(sql, (programme,)).fetchone()[0]
        return {**values, "programme_id": programme, "number": next_number, "state": "paused"}

    def _programme_of(self, tandem: int) -> int | None:
        sql = (
            "SELECT e.programme_id FROM member m JOIN enrolment e ON e.id = m.enrolment_id"
            " WHERE m.tandem_id = ? AND e.programme_id IN (SELECT id FROM programme)"
        )
        row = self._connection.execute(sql, (tandem,)).fetchone()
        return int(row[0]) if row else None
