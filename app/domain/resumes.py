"""Where somebody was when the vault was locked, and what stood in fields without being saved."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A field of a page: the page and its record; the field's class, name, and number among those alike."""

    page: str
    record: int | None
    kind: str
    name: str = field(repr=False)
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsaved:
    """What was typed into a field and could not be saved, because it was not valid or not finished."""

    spot: Spot
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume:
    """How to go on after unlocking. ``cursor`` is the place in the text of the field with the focus."""

    page: str
    record: int | None = None
    focus: Spot | None = None
    cursor: int = 0
    veiled: bool = False
    unsaved: tuple[Unsaved, ...] = ()
