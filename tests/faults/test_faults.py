"""Crash, damage, hunger: what was acknowledged is never lost, and nothing wrong is taken for right.

The short run is part of the tests; ``python3 packaging/dev.py faults`` runs the long one and prints its figures.
"""

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

from app.errors import VaultInUse
from app.store import backups as shelf_of
from app.store import copies
from app.store.vault import Vault, create_vault, open_vault, restore_newest
from ui.words import sentences

CHILD = Path(__file__).with_name("fault_child.py")
PASSPHRASE = "Krähe-Würfel-7-Lampe"
IMPORTED = 200

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
def child(*words: object) -> Iterator[subprocess.Popen[str]]:
    """A running deed, whose first line was read."""
    process = subprocess.Popen(
        [sys.executable, str(CHILD), *map(str, words)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            assert stream is not None
            stream.close()


def result(*words: object) -> str:
    """What a deed said that ran to its end."""
    ended = subprocess.run([sys.executable, str(CHILD), *map(str, words)], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def killed(process: subprocess.Popen[str], moment: float) -> list[str]:
    """Kills after ``moment`` seconds at the latest, counted from its first line; everything it said after that."""
    assert process.stdout is not None
    assert process.stdout.readline() == "open\n"
    begun = time.perf_counter()
    said = []
    while (left := moment - (time.perf_counter() - begun)) > 0:
        if select.select([process.stdout], [], [], left)[0]:
            line = process.stdout.readline()
            if not line:
                break
            said.append(line)
    process.kill()
    # Only whole lines count: what was said before the kill and lies in the pipe was acknowledged too.
    said += [line for line in process.stdout.read().splitlines(keepends=True) if line.endswith("\n")]
    return said


def show(name: str, figures: Counter[str]) -> None:
    print(f"\n{name}: " + ", ".join(f"{key} {count}" for key, count in sorted(figures.items())))


def counter(vault: Vault) -> tuple[int, int]:
    """The number of notes, and what the house says it is."""
    (notes,) = vault.row("SELECT count(*) FROM note") or (0,)
    said = vault.row("SELECT value FROM house WHERE key = 'counter'")
    return int(notes), int(said[0]) if said else 0


def whole(vault: Vault) -> bool:
    return vault.rows("PRAGMA integrity_check") == [("ok",)] and not vault.rows("PRAGMA foreign_key_check")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A closed vault of 40 notes."""
    place = tmp_path / "vault.tandembuch"
    result("fill", place, 40)
    return place


# kill -9


@runs(15, 1000)
def test_no_acknowledged_change_is_lost_by_a_kill(tmp_path: Path, times: int) -> None:
    chance = random.Random(times)
    figures: Counter[str] = Counter(kills=times, acknowledged=0, lost=0, torn=0, damaged=0)
    path = tmp_path / "0.tandembuch"
    before = 0
    for number in range(times):
        if number % 100 == 0:
            path, before = tmp_path / f"{number}.tandembuch", 0
            create_vault(path, PASSPHRASE).close()
        with child("edit", path) as process:
            said = killed(process, chance.random() * 0.15)
        with open_vault(path, PASSPHRASE) as vault:
            notes, house = counter(vault)
            acknowledged = int(said[-1]) if said else before
            figures["acknowledged"] += len(said)
            figures["lost"] += max(0, acknowledged - notes)
            figures["torn"] += notes != house or notes > acknowledged + 1
            figures["damaged"] += not whole(vault)
            before = notes
    show("kill -9 while editing", figures)
    assert figures["acknowledged"] > times
    assert not figures["lost"] + figures["torn"] + figures["damaged"]


@runs(8, 250)
def test_a_kill_in_a_backup_leaves_only_good_ones(path: Path, tmp_path: Path, times: int) -> None:
    shelf = tmp_path / "backups"
    chance = random.Random(times)
    figures: Counter[str] = Counter(kills=times, acknowledged=0, bad=0, lost=0, damaged=0)
    acknowledged = 0
    for _ in range(times):
        with child("back_up", path, shelf) as process:
            said = killed(process, chance.random() * 0.4)
        figures["acknowledged"] += len(said)
        acknowledged += len(said)
        with open_vault(path, PASSPHRASE) as vault:
            figures["damaged"] += not whole(vault)
            found = vault.backups(shelf, hashed=True)
            figures["bad"] += sum(not backup.verified for backup in found)
            if found:
                with open_vault(found[0].path, PASSPHRASE) as copy:
                    figures["bad"] += not whole(copy)
                    # The newest copy is of the last change, or of the one before it.
                    figures["lost"] += counter(vault)[0] - counter(copy)[0] > times
            figures["lost"] += acknowledged > 0 and shelf_of.newest(found) is None
    show("kill -9 in a backup", figures)
    assert not figures["bad"] + figures["lost"] + figures["damaged"]


@runs(8, 250)
def test_a_kill_in_a_restore_leaves_the_old_or_the_new_one(path: Path, tmp_path: Path, times: int) -> None:
    shelf = tmp_path / "backups"
    with open_vault(path, PASSPHRASE) as vault:
        vault.back_up(shelf)
        new = copies.fingerprint(vault.connection)
        with vault.change("faults.more") as change:
            change.execute("DELETE FROM note WHERE id IN (SELECT id FROM note LIMIT 10)")
        old = copies.fingerprint(vault.connection)
    kept = path.read_bytes()
    chance = random.Random(times)
    figures: Counter[str] = Counter(kills=times, old=0, new=0, neither=0)
    for number in range(times):
        folder = tmp_path / f"{number}"
        folder.mkdir()
        victim = folder / path.name
        victim.write_bytes(kept)
        assert shelf_of.of_closed_vault(shelf, victim)
        with child("restore", victim, shelf) as process:
            said = killed(process, chance.random() * 0.2)
        with open_vault(victim, PASSPHRASE) as vault:
            found = copies.fingerprint(vault.connection)
        state = {old: "old", new: "new"}.get(found, "neither")
        figures[state if not said or state == "new" else "neither"] += 1
        shutil.rmtree(folder)
    show("kill -9 in a restore", figures)
    assert not figures["neither"]


@runs(8, 250)
def test_a_kill_in_an_import_leaves_all_or_nothing(path: Path, times: int) -> None:
    kept = path.read_bytes()
    chance = random.Random(times)
    figures: Counter[str] = Counter(kills=times, nothing=0, all=0, torn=0, damaged=0)
    journal = path.with_name(f"{path.name}-journal")
    for _ in range(times):
        journal.unlink(missing_ok=True)
        path.write_bytes(kept)
        with child("bring_in", path) as process:
            said = killed(process, chance.random() * 0.12)
        with open_vault(path, PASSPHRASE) as vault:
            (count,) = vault.row("SELECT count(*) FROM person") or (0,)
            figures["damaged"] += not whole(vault)
        state = {0: "nothing", IMPORTED: "all"}.get(count, "torn")
        figures[state if not said or state == "all" else "torn"] += 1
    show("kill -9 in an import", figures)
    assert not figures["torn"] + figures["damaged"]


# A stale journal


@runs(3, 200)
def test_a_journal_left_by_a_crash_never_reaches_a_restored_file(path: Path, tmp_path: Path, times: int) -> None:
    shelf = tmp_path / "backups"
    with open_vault(path, PASSPHRASE) as vault:
        vault.back_up(shelf)
        expected = copies.fingerprint(vault.connection)
    figures: Counter[str] = Counter(restores=times, journals=0, wrong=0)
    for _ in range(times):
        with child("spill", path) as process:
            process.wait()
        journal = path.with_name(f"{path.name}-journal")
        figures["journals"] += journal.exists() and journal.read_bytes()[:8] == b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"
        aside = restore_newest(path, PASSPHRASE, shelf)
        with open_vault(path, PASSPHRASE) as vault:
            figures["wrong"] += copies.fingerprint(vault.connection) != expected
        with open_vault(aside, PASSPHRASE) as vault:  # moved aside with its journal, which takes the half change back
            figures["wrong"] += not whole(vault) or copies.fingerprint(vault.connection) != expected
        aside.unlink()
    show("restore beside a stale journal", figures)
    assert figures["journals"] == times
    assert not figures["wrong"]


# No room


@runs(12, 300)
def test_without_room_it_is_said_and_nothing_is_lost(path: Path, tmp_path: Path, times: int) -> None:
    figures: Counter[str] = Counter(json.loads(result("starve", path, tmp_path / "backups", times)))
    show("disk full", figures)
    assert figures["lost"] == figures["unusable"] == 0
    assert set(figures) <= {
        "done", "vault.disk_full", "backup done", "backup backups.disk_full", "lost", "unusable"
    }  # fmt: skip
    assert figures["vault.disk_full"] > 0
    assert figures["backup backups.disk_full"] > 0
    with open_vault(path, PASSPHRASE) as vault:
        assert whole(vault)
        assert counter(vault)[0] == counter(vault)[1]
        assert not vault.needs_backup(tmp_path / "backups")
        assert all(backup.verified for backup in vault.backups(tmp_path / "backups", hashed=True))


# Damage


@pytest.mark.usefixtures("path")
@runs(120, 10_000)
def test_a_damaged_file_is_refused_or_reads_the_same(tmp_path: Path, times: int) -> None:
    figures: Counter[str] = Counter()
    for first in range(0, times, 500):
        figures += Counter(json.loads(result("mutate", tmp_path, first, min(first + 500, times))))
    show("mutated files", figures)
    assert not [end for end in figures if "WRONG" in end or "uncaught" in end]
    assert sum(figures.values()) == times
    assert not [end for end in figures if "wrong_passphrase" in end]  # the backups tell damage from a slip
    known = sentences()
    codes = {word.strip(",") for end in figures for word in end.split() if "." in word}
    assert codes
    assert codes <= known.keys()


# Two at once


@runs(5, 100)
def test_a_second_one_never_writes(path: Path, times: int) -> None:
    with child("hold", path) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        before = path.read_bytes()
        for _ in range(times):
            with pytest.raises(VaultInUse):
                open_vault(path, PASSPHRASE)
            with pytest.raises(VaultInUse):
                restore_newest(path, PASSPHRASE, _shelf_with_a_copy(path))
        assert path.read_bytes() == before
    show("a second instance", Counter(refused=2 * times))
    with open_vault(path, PASSPHRASE) as vault:
        assert whole(vault)


def _shelf_with_a_copy(path: Path) -> Path:
    """A backup as it would lie there: made from a copy, since the vault is open elsewhere."""
    shelf = path.parent / "shelf"
    if not shelf.exists():
        twin = path.with_name("twin.tandembuch")
        shutil.copy(path, twin)
        with open_vault(twin, PASSPHRASE) as vault:
            vault.back_up(shelf)
    return shelf
