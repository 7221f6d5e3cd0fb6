"""Settings of the house that keeps the vault: its name, place, signatories, colour, the programme at hand."""

from __future__ import annotations

import base64
import binascii

from app.store.columns import clean
from app.store.vault import Change, Source

LOGO = "logo"


def house(source: Source) -> dict[str, str]:
    """name, place, signatory_1, signatory_2, colour, current_programme …; what was never set is missing.

    Without the logo, which is large: ``logo`` reads it.
    """
    return dict(source.rows("SELECT key, value FROM house WHERE key <> ? ORDER BY key", (LOGO,)))


def logo(source: Source) -> bytes | None:
    """The house's logo as PNG or JPEG; None where there is none that can be read."""
    found = source.row("SELECT value FROM house WHERE key = ?", (LOGO,))
    try:
        return base64.b64decode(found[0], validate=True) if found else None
    except (binascii.Error, ValueError):
        return None


def write_logo(change: Change, picture: bytes | None) -> None:
    """Sets the logo, or removes it."""
    write_setting(change, LOGO, base64.b64encode(picture).decode("ascii") if picture else "")


def write_setting(change: Change, key: str, value: str) -> None:
    """Sets one setting; an empty text removes it."""
    if not value:
        change.execute("DELETE FROM house WHERE key = ?", (key,))
        return
    change.execute(
        "INSERT INTO house (key, value, changed_at) VALUES (?, ?, ?)"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at",
        (key, clean(value), change.now),
    )
