"""Deeds of the child: a change of the passphrase that is killed or starved, and a salvage."""

from __future__ import annotations

import json
import os
import random
from collections import Counter
from datetime import date
from pathlib import Path

from fault_hunger import no_file_beyond
from filled_vault import count_up
from quick_vaults import PASSPHRASE

from app.errors import Fault
from app.store import salvage
from app.store.passphrase_change import change_passphrase
from app.store.unlocking import Passphrase
from app.store.vault import Vault, open_vault

NEW = "Ofenrohr-Tapir-4-Kompass"
TODAY = date(2026, 11, 22)


def change(path: str, backups: str) -> None:
    with open_vault(path, PASSPHRASE) as vault:
        os.write(1, b"open\n")
        change_passphrase(vault, NEW, Path(backups), TODAY)
        os.write(1, b"done\n")


def starve_change(path: str, backups: str, steps: str) -> None:
    """Changes the passphrase to and fro under a limit on the size of files; prints what each attempt came to."""
    ends: Counter[str] = Counter(lost=0, unusable=0)
    old, new = PASSPHRASE, NEW
    with open_vault(path, PASSPHRASE) as vault:
        kept = _count(vault)
        for step in range(int(steps)):
            size = Path(path).stat().st_size
            limits = (512, 4096, 60_000, size - 5000, size - 1, size, size + 512, size + 4096, 2 * size)
            with no_file_beyond(random.Random(step).choice(limits)):
                try:
                    # Mostly without the backup before it, so that it is the new file itself that finds no room.
                    change_passphrase(vault, new, Path(backups), TODAY, kept=step % 3 == 0)
                    ends["changed"] += 1
                    old, new = new, old
                except Fault as fault:
                    ends[fault.code] += 1
            ends["lost"] += not vault.is_opened_by(old) or _count(vault) != kept
            kept = count_up(vault)
            ends["unusable"] += _count(vault) != kept
    with open_vault(path, old) as vault:
        ends["lost"] += _count(vault) != kept
    print(json.dumps(ends))


def _count(vault: Vault) -> int:
    return int(vault.rows("SELECT count(*) FROM note")[0][0])


def rescue(path: str, backups: str) -> None:
    """Salvages a damaged vault and puts what was saved in its place."""
    os.write(1, b"open\n")
    salvage.put_in_place(salvage.salvage(Path(path), Passphrase(PASSPHRASE), Path(backups)))
    os.write(1, b"done\n")
