"""A change of the passphrase that is killed or finds no room: the old or the new vault, each complete."""

from __future__ import annotations

import json
import os
import random
import shutil
from collections import Counter
from pathlib import Path

import pytest
from fault_figures import runs, show
from filled_vault import fill
from quick_vaults import PASSPHRASE
from warm_child import WarmChild, result, warm

from app.errors import EarlierPassphrase, Fault, WrongPassphrase
from app.store import backups as shelf_of
from app.store.copies import is_whole
from app.store.passphrase_change import of_earlier
from app.store.unlocking import Passphrase
from app.store.vault import Vault, open_vault

__all__ = ["warm"]
NEW = "Ofenrohr-Tapir-4-Kompass"

pytestmark = [
    pytest.mark.usefixtures("quick_key"),
    pytest.mark.skipif(os.name == "nt", reason="kills and limits of POSIX"),
]


def content(vault: Vault) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table but the facts about the vault itself."""
    tables = vault.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'")
    return {name: vault.rows(f'SELECT * FROM "{name}" ORDER BY 1') for (name,) in tables if name != "meta"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A closed vault of 40 notes."""
    fill(tmp_path / "vault.tandembuch")
    return tmp_path / "vault.tandembuch"


def state_of(path: Path, shelf: Path, expected: object) -> str:
    """Which passphrase opens it, and whether all is well then."""
    try:
        vault, state = open_vault(path, PASSPHRASE, backups=shelf), "old"
    except WrongPassphrase as fault:
        vault, state = open_vault(path, NEW, backups=shelf), "new"
        if not isinstance(fault, EarlierPassphrase):
            return "told as damage or as a wrong passphrase"
    with vault:
        if content(vault) != expected or vault.rows("PRAGMA integrity_check") != [("ok",)]:
            return "torn"
        if vault.rows("PRAGMA foreign_key_check"):
            return "torn"
        found = vault.backups(shelf, hashed=True)
        if not all(backup.verified for backup in found):
            return "bad backup"
        if state == "new" and not of_earlier(vault, found):
            return "without a copy first"
        keys = [Passphrase(PASSPHRASE), Passphrase(NEW)]
        if not all(any(is_whole(one.path, key.key(one.header)) for key in keys) for one in found):
            return "bad backup"
    if any(entry.suffix in (".rekeying", ".lock") for entry in path.parent.iterdir()):
        return "litter"
    return state


@runs(4, 250)
def test_a_kill_leaves_the_old_or_the_new_one_complete(
    path: Path, tmp_path: Path, warm: WarmChild, times: int
) -> None:
    with open_vault(path, PASSPHRASE) as vault:
        expected = content(vault)
    kept = path.read_bytes()
    chance, course = random.Random(times), 0.0
    figures: Counter[str] = Counter(kills=times, old=0, new=0, acknowledged=0, wrong=0)
    for number in range(-1, times):  # the first one goes to its end and shows how long it takes
        folder = tmp_path / str(number)
        folder.mkdir()
        victim = folder / path.name
        victim.write_bytes(kept)
        if number < 0:
            course = warm.span("change", victim, folder / "backups") * 1.2
            assert state_of(victim, folder / "backups", expected) == "new"
            continue
        warm.start("change", victim, folder / "backups")
        warm.expect("open")
        acknowledged = bool(warm.lines(chance.random() * course) + warm.kill())
        state = state_of(victim, folder / "backups", expected)
        if state in ("old", "new") and (state == "new" or not acknowledged):
            figures[state] += 1
        else:
            figures["wrong"] += 1
            figures[f"wrong: {state}"] += 1
        figures["acknowledged"] += acknowledged
        shutil.rmtree(folder)
    show("kill -9 in a change of the passphrase", figures)
    assert not figures["wrong"], figures
    assert figures["old"] + figures["new"] == times


@runs(9, 300)
def test_without_room_the_old_passphrase_holds(path: Path, tmp_path: Path, times: int) -> None:
    shelf = tmp_path / "backups"
    figures: Counter[str] = Counter(json.loads(result("starve_change", path, shelf, times)[0]))
    show("disk full in a change of the passphrase", figures)
    assert figures["lost"] == figures["unusable"] == 0
    assert figures["changed"] > 0
    assert figures["passphrase.disk_full"] > 0
    assert set(figures) <= {"lost", "unusable", "changed", "passphrase.disk_full", "backups.disk_full"}
    assert not list(tmp_path.glob("*.rekeying"))
    for folder in shelf.iterdir():
        assert all(backup.verified for backup in shelf_of.listed(folder, hashed=True))


def test_a_kill_before_the_switch_leaves_a_file_that_the_next_opening_removes(path: Path, tmp_path: Path) -> None:
    """As a kill between the last write and the rename leaves it: the new file is whole, and nobody needs it."""
    leftover = path.with_name(f"{path.name}.rekeying")
    shutil.copy(path, leftover)
    with pytest.raises(Fault):
        open_vault(path, NEW, backups=tmp_path / "backups")
    with open_vault(path, PASSPHRASE):
        assert not leftover.exists()
