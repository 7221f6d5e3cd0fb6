"""Fields tied to the vault: what a person changed is saved at once, what is being typed is never overwritten."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ui.parts.autosave import LongText
from ui.parts.field import Field


def bind(field: Field, save: Callable[[Any], str | None]) -> None:
    """Calls ``save`` with the field's value whenever a person has changed it.

    ``save`` gives what was wrong, "" or None where the vault has the value now. A typed value that was refused stays
    with the reason below it until it is corrected; a choice goes back to what it was.
    """

    def saved() -> None:
        before = field.keep()  # first: what the vault makes of it may be shown while it is being saved
        why = save(field.value())  # type: ignore[attr-defined]
        if why:
            field.refuse(before, why)
        elif field.error():
            field.set_error("")

    field.edited.connect(saved)


def settle(field: Field, value: object, *, other: bool = False) -> None:
    """Shows a value from the vault; what is half-typed stays until it is ``other``'s turn, which is another record.

    What is half-typed for the former record has to be saved before, with ``finish``: then it goes for good.
    """
    if field.half_typed() and not other:
        return
    if other or field.error() or field.value() != value:  # type: ignore[attr-defined]
        field.set_value(value)  # type: ignore[attr-defined]


def settle_text(field: LongText, text: str, keep: Callable[[str], bool], *, other: bool = False) -> None:
    """The same for a long text: one that waits to be saved, or could not be, stays until it is ``other``'s turn.

    ``keep`` saves it and gives False where that failed; it holds the record, for the former one's text is saved with
    the former ``keep``.
    """
    if other:
        field.bind(text, keep)
    elif not field.half_typed():
        field.set_value(text)


def finish(*fields: Field | LongText) -> None:
    """Saves what is half-typed in these fields, and tries again what was refused."""
    for field in fields:
        if isinstance(field, LongText):
            field.flush()
        elif field.half_typed():
            field.finish()
