"""What every verb asks of its records: that they are still there, and that a field's value is allowed."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from app.errors import Bug, Fault

R = TypeVar("R")


def present(record: R | None) -> R:
    """The record, or Fault "record.gone" where it was removed in the meantime."""
    if record is None:
        raise Fault("record.gone")
    return record


def edited(record: R, **fields: object) -> R:
    """A copy of a frozen record with other fields; its id can't be among them."""
    if "id" in fields:
        raise Bug("an id was edited")
    try:
        return replace(record, **fields)  # type: ignore[type-var]
    except TypeError:
        raise Bug(f"no such field of {type(record).__name__}") from None


def within(code: str, value: int | None, lowest: int, highest: int) -> None:
    """Fault ``code`` where a number lies outside its bounds; none at all is fine."""
    if value is not None and not lowest <= value <= highest:
        raise Fault(code, lowest=lowest, highest=highest)
