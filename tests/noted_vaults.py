"""Notes as the contents of a test's vault: written, and read again by their titles."""

from __future__ import annotations

from app.services import notes
from app.store.vault import Vault


def note(vault: Vault, title: str) -> None:
    with vault.change("notes.add") as change:
        notes.add(change, title=title, body=f"{title} " * 40)


def titles(vault: Vault) -> list[str]:
    return [row[0] for row in vault.rows("SELECT title FROM note ORDER BY title")]
