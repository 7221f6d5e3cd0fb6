"""The vault that the fault suites start from: notes, and a counter that is written in the same change."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from quick_vaults import PASSPHRASE, QUICK

from app.services import notes
from app.store import key
from app.store.vault import Vault, create_vault

NOTES = 40


def count_up(vault: Vault, size: int = 400) -> int:
    """One change: a note more, and the counter in the house settings."""
    with vault.change("faults.count_up") as change:
        (number,) = change.row("SELECT count(*) FROM note") or (0,)
        notes.add(change, title=f"Notiz {number + 1}", body="Wort " * (size // 5))
        change.execute(
            "INSERT INTO house (key, value, changed_at) VALUES ('counter', ?, ?)"
            " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (str(number + 1), change.now),
        )
    return int(number) + 1


def fill(path: Path) -> None:
    """A closed vault of 40 notes, for keys that are quick (the fixture ``quick_key``, set up before)."""
    assert key.PROFILES is QUICK
    path.write_bytes(_content())


@cache
def _content() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "vault.tandembuch"
        with create_vault(path, PASSPHRASE) as vault:
            for _ in range(NOTES):
                count_up(vault)
        return path.read_bytes()
