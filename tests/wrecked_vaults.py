"""What is salvaged in tests: a vault with much in it, what happens to its file, and what must be of it afterwards."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

from quick_vaults import PASSPHRASE

from app.services import demo, notes
from app.store import salvage
from app.store.key import PAGE_BYTES, derive_master, raw_key
from app.store.salvage import Salvage
from app.store.vault import Vault, create_vault

NOTES = 300


def fill(path: Path) -> None:
    """Makes the vault of a programme with many notes, and closes it."""
    with create_vault(path, PASSPHRASE) as vault, vault.change("fill") as change:
        demo.fill(change, date(2026, 11, 22))
        for number in range(NOTES):
            notes.add(change, title=f"Notiz {number}", body="Wort " * 200)


class Words:
    """A passphrase, as the salvage takes it."""

    def __init__(self, words: str = PASSPHRASE) -> None:
        self.words = words

    def key(self, header: bytes) -> str:
        return raw_key(derive_master(self.words, header), header)


def rows_of(vault: Vault) -> dict[str, dict[object, tuple[object, ...]]]:
    """Every table's rows by their key."""
    names = vault.rows(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'note_fts%'"
    )
    return {name: {row[0]: row for row in vault.rows(f'SELECT * FROM "{name}"')} for (name,) in names}


def salvaged(path: Path) -> Salvage:
    return salvage.salvage(path, Words(), path.parent / "backups")


def is_sound(vault: Vault) -> bool:
    with vault.change("check", undoable=False) as change:
        change.execute("INSERT INTO note_fts (note_fts, rank) VALUES ('integrity-check', 1)")
    return vault.rows("PRAGMA integrity_check") == [("ok",)] and not vault.rows("PRAGMA foreign_key_check")


def mutated(pristine: bytes, chance: random.Random) -> bytes:
    content = bytearray(pristine)
    pages = len(content) // PAGE_BYTES
    one, other = (chance.randrange(1, pages) * PAGE_BYTES for _ in range(2))
    at, length = chance.randrange(len(content)), chance.choice((1, 512, PAGE_BYTES, 10 * PAGE_BYTES))
    way = chance.randrange(6)
    if way == 0:
        for _ in range(chance.choice((1, 10, 60))):
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    elif way == 1:
        content[one : one + PAGE_BYTES], content[other : other + PAGE_BYTES] = (
            content[other : other + PAGE_BYTES],
            content[one : one + PAGE_BYTES],
        )
    elif way == 2:
        del content[chance.choice((at, one)) :]
    elif way == 3:
        content += chance.randbytes(length)
    elif way == 4:
        content[at : at + length] = bytes(min(length, len(content) - at))
    else:
        content[at : at + length] = chance.randbytes(min(length, len(content) - at))
    return bytes(content)
