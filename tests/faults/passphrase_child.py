"""A process that changes a passphrase and is killed or starved at it: ``python passphrase_child.py DEED ARGUMENT…``."""

from __future__ import annotations

import json
import os
import random
import sys
from collections import Counter
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from quick_vaults import PASSPHRASE, QUICK

from app.errors import Fault
from app.services import notes
from app.store import key
from app.store.passphrase_change import change_passphrase
from app.store.vault import Vault, create_vault, open_vault

key.PROFILES = QUICK
NEW = "Ofenrohr-Tapir-4-Kompass"
TODAY = date(2026, 11, 22)


def say(*words: object) -> None:
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def fill(path: str, count: str) -> None:
    """A vault with so many notes."""
    with create_vault(path, PASSPHRASE) as vault:
        for number in range(int(count)):
            add_note(vault, number)


def add_note(vault: Vault, number: int) -> None:
    with vault.change("notes.add") as change:
        notes.add(change, title=f"Notiz {number}", body="Wort " * 400)


def change(path: str, backups: str) -> None:
    with open_vault(path, PASSPHRASE) as vault:
        say("open")
        change_passphrase(vault, NEW, Path(backups), TODAY)
        say("changed")


def starve(path: str, backups: str, steps: str) -> None:
    """Changes the passphrase to and fro under a limit on the size of files; says what each attempt came to."""
    import resource

    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    ends: Counter[str] = Counter(lost=0, unusable=0)
    old, new, kept = PASSPHRASE, NEW, count_notes_once(path)
    with open_vault(path, PASSPHRASE) as vault:
        for step in range(int(steps)):
            size = Path(path).stat().st_size
            limits = (512, 4096, 60_000, size - 5000, size - 1, size, size + 512, size + 4096, 2 * size)
            resource.setrlimit(resource.RLIMIT_FSIZE, (random.Random(step).choice(limits), hard))
            try:
                # Without the backup before it, so that it is the new file itself that finds no room.
                change_passphrase(vault, new, Path(backups), TODAY, kept=step % 3 == 0)
                ends["changed"] += 1
                old, new = new, old
            except Fault as fault:
                ends[fault.code] += 1
            resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
            ends["lost"] += not vault.is_opened_by(old) or count_notes(vault) != kept
            add_note(vault, kept)
            kept += 1
            ends["unusable"] += count_notes(vault) != kept
    with open_vault(path, old) as vault:
        ends["lost"] += count_notes(vault) != kept
    say(json.dumps(ends))


def count_notes(vault: Vault) -> int:
    return int(vault.rows("SELECT count(*) FROM note")[0][0])


def count_notes_once(path: str) -> int:
    with open_vault(path, PASSPHRASE) as vault:
        return count_notes(vault)


DEEDS = {deed.__name__: deed for deed in (fill, change, starve)}

if __name__ == "__main__":
    DEEDS[sys.argv[1]](*sys.argv[2:])
