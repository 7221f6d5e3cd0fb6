"""Settings of the house that keeps the vault."""

from __future__ import annotations

from app.store import houses
from app.store.vault import Change


def set_house(change: Change, /, **values: str) -> None:
    """Sets name, place, signatory_1, signatory_2, colour, current_programme …; an empty text removes one."""
    known = houses.house(change)
    for key, value in values.items():
        if known.get(key, "") != value:
            houses.write_setting(change, key, value)


def set_logo(change: Change, picture: bytes | None) -> None:
    """Sets the logo that stands on documents (PNG or JPEG), or removes it."""
    if houses.logo(change) != picture:
        houses.write_logo(change, picture)
