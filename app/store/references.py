"""Which rows point to which: the tables of records in the order they can be written, their keys and references."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

# A row's parents stand before it.
PARENTS_FIRST = (
    "organisation", "topic", "person", "programme", "programme_topic", "enrolment", "tandem", "member", "consent",
    "agreement", "goal", "meeting", "meeting_topic", "skill", "rivalry", "veto", "wish", "skill_gap", "note", "draft",
    "draft_pair", "publishing", "published_pair", "alternative",
)  # fmt: skip


class Rows(Protocol):
    """A vault or a backup; one of an earlier schema has not all the tables."""

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]: ...


@dataclass(frozen=True, slots=True)
class Reference:
    """A column that points to another table's id; ``optional`` ones may be empty."""

    column: str
    parent: str
    optional: bool


def key_of(table: str) -> str:
    return {"agreement": "tandem_id", "draft": "programme_id"}.get(table, "id")


def references(source: Rows, table: str) -> tuple[Reference, ...]:
    rows = source.rows('SELECT "from", "table", on_delete FROM pragma_foreign_key_list(?)', (table,))
    return tuple(Reference(column, parent, on_delete == "SET NULL") for column, parent, on_delete in rows)


def columns(source: Rows, table: str) -> tuple[str, ...]:
    """Empty where there is no such table."""
    return tuple(row[0] for row in source.rows("SELECT name FROM pragma_table_info(?)", (table,)))
