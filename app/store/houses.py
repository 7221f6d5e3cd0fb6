"""Settings of the house that keeps the vault: its name, place, signatories, colour, the programme at hand."""

from __future__ import annotations

from app.store.columns import clean
from app.store.vault import Change, Source


def house(source: Source) -> dict[str, str]:
    """name, place, signatory_1, signatory_2, colour, current_programme …; what was never set is missing."""
    return dict(source.rows("SELECT key, value FROM house ORDER BY key"))


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
