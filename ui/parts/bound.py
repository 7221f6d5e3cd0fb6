"""Fields tied to the vault: what a person changed is saved at once, what is being typed is never overwritten."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QLineEdit

from ui.parts.autosave import LongText
from ui.parts.field import Field


def bind(field: Field, save: Callable[[Any], object]) -> None:
    """Calls ``save`` with the field's value whenever a person has changed it."""

    def saved() -> None:
        line = _line(field)
        if line is not None:
            line.setModified(False)
        save(field.value())  # type: ignore[attr-defined]

    field.edited.connect(saved)


def settle(field: Field, value: object) -> None:
    """Shows a value from the vault, unless somebody is typing in the field."""
    line = _line(field)
    if line is not None and line.hasFocus() and line.isModified():
        return
    if field.error() or field.value() != value:  # type: ignore[attr-defined]
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
    """Saves what is half-typed in these fields."""
    for field in fields:
        if isinstance(field, LongText):
            field.flush()
            continue
        line = _line(field)
        if line is not None and line.isModified():
            line.editingFinished.emit()


def _line(field: Field) -> QLineEdit | None:
    line = getattr(field, "input", None)
    return line if isinstance(line, QLineEdit) else None
