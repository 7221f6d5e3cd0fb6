"""How values stand in a column: dates as ISO text, enums as their words, lists as lines of text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from enum import Enum
from functools import lru_cache

from app.store.vault import Change


def clean(text: str) -> str:
    """The text without what no column can keep: NUL and halves of surrogate pairs."""
    if text.isascii():
        return text.replace("\x00", "") if "\x00" in text else text
    return text.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")


def column(value: object) -> object:
    """A field of a record as the database keeps it."""
    kind = type(value)
    if kind is str:
        return clean(str(value))
    if kind is int or value is None:
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return "\n".join(line for line in (" ".join(clean(str(part)).split()) for part in value) if line)
    return value


@lru_cache(maxsize=8192)
def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@lru_cache(maxsize=8192)
def lines(text: str) -> tuple[str, ...]:
    return tuple(text.split("\n")) if text else ()


def moment(milliseconds: int) -> datetime:
    """A point in time, UTC."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def day_of(change: Change) -> date:
    """The day of the change, where the machine stands."""
    return datetime.fromtimestamp(change.now / 1000).date()


def insert(change: Change, table: str, values: Mapping[str, object]) -> None:
    """Writes one row; the names of table and columns come from the program, never from a file or a field."""
    insert_many(change, table, tuple(values), [tuple(values.values())])


def insert_many(change: Change, table: str, names: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> None:
    """Writes rows of the named columns; changed_at is added."""
    marks = ", ".join("?" * (len(names) + 1))
    change.executemany(
        f"INSERT INTO {table} ({', '.join(names)}, changed_at) VALUES ({marks})",
        (tuple(column(value) for value in row) + (change.now,) for row in rows),
    )


def update(change: Change, table: str, identity: int, values: Mapping[str, object], *, key: str = "id") -> None:
    """Sets the named columns of one row and its changed_at; nothing to set writes nothing."""
    if not values:
        return
    assigned = ", ".join(f"{name} = ?" for name in values)
    change.execute(
        f"UPDATE {table} SET {assigned}, changed_at = ? WHERE {key} = ?",
        (*(column(value) for value in values.values()), change.now, identity),
    )


def delete(change: Change, table: str, identities: Iterable[int], *, key: str = "id") -> None:
    change.executemany(f"DELETE FROM {table} WHERE {key} = ?", ((identity,) for identity in identities))


def differences(before: object, after: object, columns: Mapping[str, str]) -> dict[str, object]:
    """The columns whose fields differ between two records; ``columns`` maps field to column."""
    return {
        name: getattr(after, field)
        for field, name in columns.items()
        if getattr(before, field) != getattr(after, field)
    }
