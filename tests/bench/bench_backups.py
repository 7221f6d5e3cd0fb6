"""What backups, checks and the rescue of a vault cost; printed, for the machine decides.

python -m pytest tests/bench/bench_backups.py -m bench -s
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from quick_vaults import PASSPHRASE

from app.services import notes
from app.store import checks, salvage
from app.store.key import PAGE_BYTES
from app.store.unlocking import Passphrase
from app.store.vault import Vault, create_vault, open_vault

pytestmark = [pytest.mark.bench, pytest.mark.timeout(1800), pytest.mark.usefixtures("quick_key")]
WORDS = [f"{first}{second}" for first in ("Lern", "Team", "Ziel", "Weg", "Mut", "Rat") for second in "abcdefghijklmnop"]


def seconds(work: Callable[[], Any]) -> tuple[float, float]:
    """Seconds on the clock, and of the processor."""
    clock, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - clock, time.process_time() - processor


def fill(vault: Vault, megabytes: int) -> None:
    """Notes of ordinary length until the file is so large; a half of it is the notes, a half their index of words."""
    chance = random.Random(20)
    while vault.path.stat().st_size < megabytes * 1_000_000:
        with vault.change("fill", undoable=False) as change:
            for number in range(400):
                body = " ".join(chance.choice(WORDS) + str(chance.randrange(400)) for _ in range(250))
                notes.add(change, title=f"Notiz {number}", body=body)


def told(name: str, cost: tuple[float, float], vault: Path) -> None:
    print(f"  {name} of {vault.stat().st_size / 1e6:.0f} MB: {cost[0]:.2f} s, of the processor {cost[1]:.2f} s")


def test_a_vault_of_twenty_megabytes(tmp_path: Path) -> None:
    path = tmp_path / "vault.tandembuch"
    print()
    with create_vault(path, PASSPHRASE) as vault:
        fill(vault, 20)
        told("verified backup", seconds(lambda: vault.back_up(tmp_path / "backups")), path)
        told("full check", seconds(lambda: checks.full_check(vault)), path)
    content = bytearray(path.read_bytes())
    for page in random.Random(3).sample(range(100, len(content) // PAGE_BYTES), 10):
        content[page * PAGE_BYTES + 700] ^= 1
    path.write_bytes(content)
    secret = Passphrase(PASSPHRASE)
    told("rescue with 10 bad pages", seconds(lambda: salvage.salvage(path, secret, tmp_path / "backups")), path)


def test_a_vault_of_a_hundred_megabytes(tmp_path: Path) -> None:
    path = tmp_path / "vault.tandembuch"
    print()
    with create_vault(path, PASSPHRASE) as vault:
        fill(vault, 100)
    with open_vault(path, PASSPHRASE) as vault:
        told("full check", seconds(lambda: checks.full_check(vault)), path)
        told("check in pieces", seconds(lambda: checks.quiet_check(vault, lambda: False)), path)
        for statement in ("cipher_integrity_check", "shrink_memory", 'integrity_check("note")', "foreign_key_check"):
            told(statement, seconds(lambda sql=statement: vault.rows(f"PRAGMA {sql}")), path)  # type: ignore[misc]
