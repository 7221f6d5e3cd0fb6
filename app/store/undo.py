"""Undo and redo for everything a verb changed: TEMP triggers write the inverse of each row's change.

The log lives in memory (temp_store = MEMORY) and goes with the connection.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.domain.kinds import TABLE_KINDS, Kind

STEPS = 50


@dataclass(frozen=True, slots=True)
class Step:
    """What one verb did: the log's rows from ``first`` to ``last``. ``label`` is a text of the program, no name."""

    first: int
    last: int
    label: str
    kinds: frozenset[Kind]


def install(connection: Any) -> None:
    """Makes the log and, per tracked table, three triggers. Called once, after the migration."""
    connection.execute("CREATE TEMP TABLE undo_log (seq INTEGER PRIMARY KEY, tbl TEXT NOT NULL, sql TEXT NOT NULL)")
    for table in TABLE_KINDS:
        columns = [row[1] for row in connection.execute(f'PRAGMA main.table_info("{table}")')]
        key = columns[0]
        for trigger in _triggers(table, key, columns):
            connection.execute(trigger)


def _triggers(table: str, key: str, columns: list[str]) -> tuple[str, str, str]:
    assigned = "||','||".join(f"'\"{column}\"='||quote(old.\"{column}\")" for column in columns)
    values = "||','||".join(f'quote(old."{column}")' for column in columns)
    names = ",".join(f'"{column}"' for column in columns)
    log = f"INSERT INTO undo_log (tbl, sql) VALUES ('{table}',"
    head = "CREATE TEMP TRIGGER undo_{kind}_{table} AFTER {verb} ON main.\"{table}\" BEGIN "
    return (
        head.format(kind="i", verb="INSERT", table=table)
        + f"{log} 'DELETE FROM main.\"{table}\" WHERE \"{key}\"='||quote(new.\"{key}\")); END",
        head.format(kind="u", verb="UPDATE", table=table)
        + f"{log} 'UPDATE main.\"{table}\" SET '||{assigned}||' WHERE \"{key}\"='||quote(new.\"{key}\")); END",
        head.format(kind="d", verb="DELETE", table=table)
        + f"{log} 'INSERT INTO main.\"{table}\" ({names}) VALUES ('||{values}||')'); END",
    )


class Steps:
    """The two stacks of steps; the vault calls this inside its transactions."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
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

    def replay(self, step: Step) -> None:
        """Runs the inverse of a step, last change first; the triggers log the inverse of that."""
        rows = self._connection.execute(
            "SELECT sql FROM undo_log WHERE seq BETWEEN ? AND ? ORDER BY seq DESC", (step.first, step.last)
        ).fetchall()
        self._connection.execute("PRAGMA defer_foreign_keys = ON")
        for (statement,) in rows:
            self._connection.execute(statement)

    def turn(self, step: Step, mark: int, *, undone: bool) -> None:
        """Moves a replayed step to the other stack, with the log rows of its own inverse."""
        self._drop([step])
        source, target = (self.done, self.undone) if undone else (self.undone, self.done)
        source.pop()
        target.append(Step(mark + 1, self.mark(), step.label, step.kinds))

    def clear(self) -> None:
        self.done.clear()
        self.undone.clear()
        self._connection.execute("DELETE FROM undo_log")

    def _drop(self, steps: list[Step]) -> None:
        for step in steps:
            self._connection.execute("DELETE FROM undo_log WHERE seq BETWEEN ? AND ?", (step.first, step.last))
