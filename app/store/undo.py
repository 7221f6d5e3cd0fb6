"""Undo and redo for everything a verb changed: TEMP triggers log each row as it was.

The log lives in memory (temp_store = MEMORY) and goes with the connection.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from app.domain.ids import PersonId
from app.domain.kinds import TABLE_KINDS, Kind

STEPS = 50
TOLD_EVERY = 500  # rows
FOLLOWS = ("changed_at", "sort_name")  # columns that follow others
# Whom a row is about, by its column; rows of the other tables here stand in no list of people.
PERSON_OF = {
    "person": "id", "skill": "person_id", "rivalry": "person_id", "veto": "person_id", "wish": "person_id",
    "enrolment": "person_id",
}  # fmt: skip
ABOUT_NOBODY = frozenset(
    {
        "alternative", "consent", "draft", "draft_pair", "goal", "meeting", "meeting_topic", "note", "published_pair",
        "publishing", "skill_gap",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """What one verb did: the log's rows from ``first`` to ``last``. ``label`` is a text of the program, no name.

    Of a step just undone or redone: ``people``, whose own rows it wrote, None where it reached further; ``field``, the
    one column ("person.email") in which it wrote, "" where there were others.
    """

    first: int
    last: int
    label: str
    kinds: frozenset[Kind]
    people: frozenset[PersonId] | None = None
    field: str = ""


def install(connection: Any) -> None:
    """Makes the log and, per tracked table, three triggers. Called once, after the migration."""
    connection.execute(
        "CREATE TEMP TABLE undo_log (seq INTEGER PRIMARY KEY, tbl TEXT NOT NULL, verb TEXT NOT NULL, key, old TEXT)"
    )
    for table in TABLE_KINDS:
        for trigger in _triggers(table, _columns(connection, table)):
            connection.execute(trigger)


def _columns(connection: Any, table: str) -> list[str]:
    """The columns of a table, its key first."""
    return [row[1] for row in connection.execute(f'PRAGMA main.table_info("{table}")')]


def _triggers(table: str, columns: list[str]) -> list[str]:
    """What each verb of SQL leaves in the log: the row's key now, and its values before as a JSON array."""
    key = columns[0]
    old = "json_array(" + ", ".join(f'old."{column}"' for column in columns) + ")"
    logged = {"INSERT": (f'new."{key}"', "NULL"), "UPDATE": (f'new."{key}"', old), "DELETE": (f'old."{key}"', old)}
    return [
        f'CREATE TEMP TRIGGER undo_{verb}_{table} AFTER {verb} ON main."{table}" BEGIN'
        f" INSERT INTO undo_log (tbl, verb, key, old) VALUES ('{table}', '{verb}', {now}, {before}); END"
        for verb, (now, before) in logged.items()
    ]


def _inverses(table: str, columns: list[str]) -> dict[tuple[str, str], str]:
    """The statement that takes back a row come or gone; always the same text, so that SQLite compiles it once."""
    key = columns[0]
    names = ", ".join(f'"{column}"' for column in columns)
    return {
        (table, "INSERT"): f'DELETE FROM main."{table}" WHERE "{key}" = ?',
        (table, "DELETE"): f'INSERT INTO main."{table}" ({names}) VALUES ({", ".join("?" * len(columns))})',
    }


class Steps:
    """The two stacks of steps; the vault calls this inside its transactions, when it is its turn."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._columns = {table: _columns(connection, table) for table in TABLE_KINDS}
        self._inverses: dict[tuple[str, str], str] = {}
        for table, columns in self._columns.items():
            self._inverses |= _inverses(table, columns)
        self.done: list[Step] = []
        self.undone: list[Step] = []

    def mark(self) -> int:
        """The log's end as it is now."""
        return int(self._connection.execute("SELECT coalesce(max(seq), 0) FROM undo_log").fetchone()[0])

    def kinds_since(self, mark: int) -> tuple[frozenset[Kind], int]:
        """Which kinds were written since the mark, and how many rows."""
        found = self._connection.execute(
            "SELECT tbl, count(*) FROM undo_log WHERE seq > ? GROUP BY tbl", (mark,)
        ).fetchall()
        return frozenset(TABLE_KINDS[table] for table, _ in found), sum(count for _, count in found)

    def keep(self, mark: int, label: str, kinds: frozenset[Kind]) -> None:
        """Makes what was written since the mark an undoable step; what was undone before can't be redone."""
        self._drop(self.undone)
        self.undone.clear()
        self.done.append(Step(mark + 1, self.mark(), label, kinds))
        if len(self.done) > STEPS:
            self._drop([self.done.pop(0)])

    def forget_since(self, mark: int) -> None:
        """What was written since the mark can't be undone; the steps before it can."""
        self._connection.execute("DELETE FROM undo_log WHERE seq > ?", (mark,))

    def rows_next(self, *, undone: bool) -> int:
        """How many rows the next step wrote that would be undone, or done again; 0 where there is none."""
        stack = self.done if undone else self.undone
        return stack[-1].last - stack[-1].first + 1 if stack else 0

    def replay(self, step: Step, told: Callable[[float], None]) -> str:
        """Runs the inverse of a step, last change first; the triggers log the inverse of that. Gives the step's field.

        ``told`` how far it is, it may raise.
        """
        fields: set[str] = set()
        rows = self._connection.execute(
            "SELECT tbl, verb, key, old FROM undo_log WHERE seq BETWEEN ? AND ? ORDER BY seq DESC",
            (step.first, step.last),
        ).fetchall()
        self._connection.execute("PRAGMA defer_foreign_keys = ON")
        for place, (table, verb, key, old) in enumerate(rows):
            if place % TOLD_EVERY == TOLD_EVERY - 1:
                told(place / len(rows))
            if verb == "UPDATE":
                fields.update(f"{table}.{column}" for column in self._write_back(table, key, json.loads(old)))
            else:
                fields.update(("", table))  # a row that came or went is no field
                self._connection.execute(self._inverses[table, verb], [key] if old is None else json.loads(old))
        return fields.pop() if len(fields) == 1 else ""

    def _write_back(self, table: str, key: Any, values: list[Any]) -> list[str]:
        """Only the columns that differ: for each one more keys would be looked up, or words indexed, for nothing.

        Gives their names, without what only follows them.
        """
        columns = self._columns[table]
        condition = f'"{columns[0]}" = ?'
        now = self._connection.execute(f'SELECT * FROM main."{table}" WHERE {condition}', (key,)).fetchone() or values
        other = [at for at, value in enumerate(values) if value != now[at]]
        if other:
            assigned = ", ".join(f'"{columns[at]}" = ?' for at in other)
            self._connection.execute(
                f'UPDATE main."{table}" SET {assigned} WHERE {condition}', [*(values[at] for at in other), key]
            )
        return [columns[at] for at in other if columns[at] not in FOLLOWS]

    def turn(self, step: Step, mark: int, field: str, *, undone: bool) -> Step:
        """Moves a replayed step to the other stack, with the log rows of its own inverse; gives what is told of it."""
        self._drop([step])
        source, target = (self.done, self.undone) if undone else (self.undone, self.done)
        source.pop()
        target.append(Step(mark + 1, self.mark(), step.label, step.kinds))
        return replace(step, people=self._people(target[-1]), field=field)

    def _people(self, step: Step) -> frozenset[PersonId] | None:
        span = (step.first, step.last)
        written = self._connection.execute(
            "SELECT DISTINCT tbl, verb FROM undo_log WHERE seq BETWEEN ? AND ?", span
        ).fetchall()
        people: set[PersonId] = set()
        for table, verb in written:
            if table in PERSON_OF:
                people.update(self._people_in(table, span))
            # An organisation comes and goes with those who work there; renamed it stands in the rows of others.
            elif table not in ABOUT_NOBODY and not (table == "organisation" and verb != "UPDATE"):
                return None
        return frozenset(people)

    def _people_in(self, table: str, span: tuple[int, int]) -> list[PersonId]:
        """Whom the logged rows of a table are about, as they were and as they are."""
        column = PERSON_OF[table]
        columns = _columns(self._connection, table)
        before = self._connection.execute(
            f"SELECT json_extract(old, '$[{columns.index(column)}]') FROM undo_log"
            " WHERE tbl = ? AND old IS NOT NULL AND seq BETWEEN ? AND ?",
            (table, *span),
        )
        now = self._connection.execute(
            f'SELECT "{column}" FROM main."{table}" WHERE "{columns[0]}" IN'
            " (SELECT key FROM undo_log WHERE tbl = ? AND seq BETWEEN ? AND ?)",
            (table, *span),
        )
        return [PersonId(row[0]) for found in (before.fetchall(), now.fetchall()) for row in found]

    def clear(self) -> None:
        self.done.clear()
        self.undone.clear()
        self._connection.execute("DELETE FROM undo_log")

    def _drop(self, steps: list[Step]) -> None:
        for step in steps:
            self._connection.execute("DELETE FROM undo_log WHERE seq BETWEEN ? AND ?", (step.first, step.last))
