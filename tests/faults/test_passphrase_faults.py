"""A change of the passphrase that is killed or finds no room: the old or the new vault, each complete."""

from __future__ import annotations

import json
import os
import random
import select
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from quick_vaults import PASSPHRASE

from app.errors import EarlierPassphrase, Fault, WrongPassphrase
from app.store import backups as shelf_of
from app.store.copies import is_whole
from app.store.passphrase_change import of_earlier
from app.store.unlocking import Passphrase
from app.store.vault import Vault, open_vault

CHILD = Path(__file__).with_name("passphrase_child.py")
NEW = "Ofenrohr-Tapir-4-Kompass"

pytestmark = [
    pytest.mark.usefixtures("quick_key"),
    pytest.mark.skipif(os.name == "nt", reason="kills and limits of POSIX"),
]


def runs(short: int, full: int) -> pytest.MarkDecorator:
    """The same test twice: a short run, and a long one behind its marker."""
    return pytest.mark.parametrize(
        "times",
        [
            pytest.param(short, id="short"),
            pytest.param(full, id="full", marks=[pytest.mark.faults_full, pytest.mark.timeout(0)]),
        ],
    )


@contextmanager
def child(*words: object) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen([sys.executable, str(CHILD), *map(str, words)], stdout=subprocess.PIPE)
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def result(*words: object) -> str:
    ended = subprocess.run([sys.executable, str(CHILD), *map(str, words)], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def killed(process: subprocess.Popen[bytes], moment: float) -> bool:
    """Kills so many seconds after the vault was open; whether the change was acknowledged by then."""
    assert process.stdout is not None
    assert process.stdout.readline() == b"open\n"
    due = time.perf_counter() + moment
    while (left := due - time.perf_counter()) > 0:
        if select.select([process.stdout], [], [], left)[0]:
            break
    process.kill()
    return process.stdout.read() == b"changed\n"


def show(name: str, figures: Counter[str]) -> None:
    print(f"\n{name}: " + ", ".join(f"{key} {count}" for key, count in sorted(figures.items())))


def content(vault: Vault) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table but the facts about the vault itself."""
    tables = vault.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'")
    return {name: vault.rows(f'SELECT * FROM "{name}" ORDER BY 1, 2') for (name,) in tables if name != "meta"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A closed vault of 40 notes."""
    place = tmp_path / "vault.tandembuch"
    result("fill", place, 40)
    return place


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


def time_of_a_change(path: Path, folder: Path) -> float:
    """Seconds from the opened vault to the end, and a little more: this computer now decides how long that is."""
    folder.mkdir()
    shutil.copy(path, folder)
    with child("change", folder / path.name, folder / "backups") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"open\n"
        begun = time.perf_counter()
        assert process.stdout.read() == b"changed\n"
        return 1.1 * (time.perf_counter() - begun)


@runs(12, 250)
def test_a_kill_leaves_the_old_or_the_new_one_complete(path: Path, tmp_path: Path, times: int) -> None:
    with open_vault(path, PASSPHRASE) as vault:
        expected = content(vault)
    kept = path.read_bytes()
    chance, longest = random.Random(times), time_of_a_change(path, tmp_path / "watched")
    figures: Counter[str] = Counter(kills=times, old=0, new=0, acknowledged=0, wrong=0)
    for number in range(times):
        folder = tmp_path / str(number)
        folder.mkdir()
        victim = folder / path.name
        victim.write_bytes(kept)
        with child("change", victim, folder / "backups") as process:
            acknowledged = killed(process, chance.random() * longest)
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


@runs(12, 300)
def test_without_room_the_old_passphrase_holds(path: Path, tmp_path: Path, times: int) -> None:
    shelf = tmp_path / "backups"
    figures: Counter[str] = Counter(json.loads(result("starve", path, shelf, times)))
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
