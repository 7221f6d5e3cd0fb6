"""kill -9 in the midst of everything: what was acknowledged stays, and a state is the old one or the new one, whole.

The short run is part of the tests; ``python3 packaging/dev.py faults`` runs the long one and prints its figures.
"""

from __future__ import annotations

import os
import random
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from fault_figures import counter, runs, show, whole
from filled_vault import fill
from next_schema import with_next_schema
from open_pages import damage_a_note
from quick_vaults import PASSPHRASE
from warm_child import WarmChild, warm

from app.errors import NewerVault
from app.services import people
from app.services.erase import erase_person
from app.store import backups as shelf_of
from app.store import copies, erased
from app.store.vault import create_vault, open_vault

__all__ = ["warm"]
IMPORTED = 200
JITTER = 0.02  # seconds after an acknowledgement within which the kill comes

pytestmark = [
    pytest.mark.usefixtures("quick_key"),
    pytest.mark.skipif(os.name == "nt", reason="kill -9 and fork are of POSIX"),
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A closed vault of 40 notes."""
    fill(tmp_path / "vault.tandembuch")
    return tmp_path / "vault.tandembuch"


@runs(10, 1000)
def test_no_acknowledged_change_is_lost_by_a_kill(tmp_path: Path, warm: WarmChild, times: int) -> None:
    chance = random.Random(times)
    figures: Counter[str] = Counter(kills=times, acknowledged=0, lost=0, torn=0, damaged=0)
    path, before = tmp_path / "0.tandembuch", 0
    for number in range(times):
        if number % 100 == 0:
            path, before = tmp_path / f"{number}.tandembuch", 0
            create_vault(path, PASSPHRASE).close()
        warm.start("edit", path)
        warm.expect("open")
        said = [warm.line() for _ in range(chance.randrange(4))] + warm.lines(chance.random() * JITTER) + warm.kill()
        with open_vault(path, PASSPHRASE) as vault:
            notes, house = counter(vault)
            acknowledged = int(said[-1] or 0) if said else before
            figures["acknowledged"] += len(said)
            figures["lost"] += max(0, acknowledged - notes)
            figures["torn"] += notes != house or notes > acknowledged + 1
            figures["damaged"] += not whole(vault)
            before = notes
    show("kill -9 while editing", figures)
    assert figures["acknowledged"] >= times // 2
    assert not figures["lost"] + figures["torn"] + figures["damaged"]


@runs(4, 250)
def test_a_kill_in_a_backup_leaves_only_good_ones(path: Path, tmp_path: Path, warm: WarmChild, times: int) -> None:
    shelf = tmp_path / "backups"
    chance = random.Random(times)
    figures: Counter[str] = Counter(kills=times, acknowledged=0, bad=0, lost=0, damaged=0)
    for _ in range(times):
        warm.start("back_up", path, shelf)
        warm.expect("open")
        said = [warm.line() for _ in range(chance.randrange(2))] + warm.lines(chance.random() * 0.15) + warm.kill()
        figures["acknowledged"] += len(said)
        with open_vault(path, PASSPHRASE) as vault:
            figures["damaged"] += not whole(vault)
            found = vault.backups(shelf, hashed=True)
            figures["bad"] += sum(not backup.verified for backup in found)
            if found:
                with open_vault(found[0].path, PASSPHRASE) as copy:
                    figures["bad"] += not whole(copy)
                    # A round is one note and then one copy, so the newest is of the last note or of the one before,
                    # unless several kills in a row came before any copy was done.
                    figures["lost"] += bool(said) and counter(vault)[0] - counter(copy)[0] > 1
            figures["lost"] += figures["acknowledged"] > 0 and shelf_of.newest(found) is None
    show("kill -9 in a backup", figures)
    assert not figures["bad"] + figures["lost"] + figures["damaged"]


State = Callable[[Path], str]  # "old", "new", or what else was found


def killed_in(warm: WarmChild, deed: str, folder: Path, pristine: Path, state: State, times: int) -> Counter[str]:
    """Kills ``deed PATH SHELF`` at random moments of its course and counts the states it leaves; the shelf is kept.

    What it has acknowledged ("done") has to be the new state.
    """
    chance = random.Random(f"{deed} {times}")
    figures: Counter[str] = Counter(kills=times, old=0, new=0, neither=0)
    kept, course = pristine.read_bytes(), 0.0
    for number in range(-1, times):  # the first one goes to its end and shows how long it takes
        place = folder / f"{number}"
        place.mkdir()
        victim = place / pristine.name
        victim.write_bytes(kept)
        if number < 0:
            course = warm.span(deed, victim, folder / "backups") * 1.2
            assert state(victim) == "new"
        else:
            warm.start(deed, victim, folder / "backups")
            warm.expect("open")
            said = warm.lines(chance.random() * course) + warm.kill()
            found = state(victim)
            figures[found if found == "new" or (found == "old" and not said) else "neither"] += 1
            if found not in ("old", "new"):
                figures[found] += 1
        shutil.rmtree(place)
    return figures


@runs(4, 250)
def test_a_kill_in_a_restore_leaves_the_old_or_the_new_one(
    path: Path, tmp_path: Path, warm: WarmChild, times: int
) -> None:
    shelf = tmp_path / "backups"
    with open_vault(path, PASSPHRASE) as vault:
        vault.back_up(shelf)
        new = copies.fingerprint(vault.connection)
        with vault.change("faults.more") as change:
            change.execute("DELETE FROM note WHERE id IN (SELECT id FROM note LIMIT 10)")
        old = copies.fingerprint(vault.connection)

    def state(victim: Path) -> str:
        with open_vault(victim, PASSPHRASE) as vault:
            if not whole(vault):
                return "damaged"
            return {old: "old", new: "new"}.get(copies.fingerprint(vault.connection), "other")

    figures = killed_in(warm, "restore", tmp_path, path, state, times)
    show("kill -9 in a restore", figures)
    assert figures["old"] + figures["new"] == times


@runs(6, 250)
def test_a_kill_in_a_restore_without_somebody_erased_brings_nobody_back(
    path: Path, tmp_path: Path, warm: WarmChild, times: int
) -> None:
    with open_vault(path, PASSPHRASE) as vault:
        with vault.change("people.add") as change:
            person = people.add(change, replace(people.blank(), family_name="Gelöscht"))
        vault.back_up(tmp_path / "backups")
        erase_person(vault, person)
        with vault.change("faults.more") as change:
            change.execute("DELETE FROM note WHERE id IN (SELECT id FROM note LIMIT 10)")
        old = copies.fingerprint(vault.connection)
        kept = vault.row("SELECT count(*) FROM note")

    def state(victim: Path) -> str:
        with open_vault(victim, PASSPHRASE) as vault:
            if not whole(vault) or vault.rows("SELECT 1 FROM person") or erased.ids(vault) != {person}:
                return "wrong"
            if list(victim.parent.glob("*.preparing*")):
                return "left over"
            if copies.fingerprint(vault.connection) == old:
                return "old"
            return "new" if vault.row("SELECT count(*) - 10 FROM note") == kept else "other"

    figures = killed_in(warm, "restore", tmp_path, path, state, times)
    show("kill -9 in a restore without somebody erased", figures)
    assert figures["old"] + figures["new"] == times


@runs(4, 250)
def test_a_kill_in_an_import_leaves_all_or_nothing(path: Path, tmp_path: Path, warm: WarmChild, times: int) -> None:
    def state(victim: Path) -> str:
        with open_vault(victim, PASSPHRASE) as vault:
            (count,) = vault.row("SELECT count(*) FROM person") or (0,)
            return {0: "old", IMPORTED: "new"}.get(count, "torn") if whole(vault) else "damaged"

    figures = killed_in(warm, "bring_in", tmp_path, path, state, times)
    show("kill -9 in an import", figures)
    assert figures["old"] + figures["new"] == times


@runs(4, 250)
def test_a_kill_in_a_migration_leaves_the_old_or_the_new_schema(
    path: Path, tmp_path: Path, warm: WarmChild, times: int
) -> None:
    with open_vault(path, PASSPHRASE) as vault:
        old = copies.fingerprint(vault.connection)
        new = ""

    def state(victim: Path) -> str:
        """As the present program sees it, then the next one, which has to open either and leave a copy of the old."""
        nonlocal new
        try:
            with open_vault(victim, PASSPHRASE) as vault:
                found = "old" if whole(vault) and copies.fingerprint(vault.connection) == old else "other"
        except NewerVault:
            found = "new"
        with with_next_schema(), open_vault(victim, PASSPHRASE, backups=tmp_path / "backups") as vault:
            new = new or copies.fingerprint(vault.connection)
            if not whole(vault) or copies.fingerprint(vault.connection) != new:
                return "damaged"
            copy = vault.backups(tmp_path / "backups", hashed=True)[0]
        with open_vault(copy.path, PASSPHRASE) as kept:
            return found if copy.verified and copies.fingerprint(kept.connection) == old else "without a copy"

    figures = killed_in(warm, "migrate", tmp_path, path, state, times)
    show("kill -9 in a migration", figures)
    assert figures["old"] + figures["new"] == times


@runs(4, 250)
def test_a_kill_in_a_salvage_leaves_the_damaged_or_the_rescued_one(
    path: Path, tmp_path: Path, warm: WarmChild, times: int
) -> None:
    """The damaged vault is kept to the byte, under its own name or aside; a second salvage brings the same."""
    broken = damage_a_note(path)
    rescued: set[str] = set()

    def state(victim: Path) -> str:
        asides = [aside.read_bytes() for aside in victim.parent.glob("* before *.tandembuch")]
        if victim.exists() and victim.read_bytes() == broken:
            warm.start("rescue", victim, tmp_path / "backups")
            warm.expect("open")
            warm.finish()
            found = "old"
        elif asides == [broken]:
            found = "new"
        else:
            return "lost"
        with open_vault(victim, PASSPHRASE) as vault:
            rescued.add(repr(vault.rows("SELECT * FROM note ORDER BY id")))
            left = [entry for entry in victim.parent.iterdir() if entry.suffix in (".working", ".salvaged")]
            return found if whole(vault) and len(rescued) == 1 and not left else "damaged"

    figures = killed_in(warm, "rescue", tmp_path, path, state, times)
    show("kill -9 in a salvage", figures)
    assert figures["old"] + figures["new"] == times


@runs(2, 200)
def test_a_journal_left_by_a_crash_never_reaches_a_restored_file(
    path: Path, tmp_path: Path, warm: WarmChild, times: int
) -> None:
    shelf = tmp_path / "backups"
    with open_vault(path, PASSPHRASE) as vault:
        vault.back_up(shelf)
        expected = copies.fingerprint(vault.connection)
    figures: Counter[str] = Counter(restores=times, journals=0, wrong=0)
    for _ in range(times):
        warm.start("spill", path)
        warm.expect("spilt")
        warm.finish(-9)
        journal = path.with_name(f"{path.name}-journal")
        figures["journals"] += journal.exists() and journal.read_bytes()[:8] == b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"
        warm.start("restore", path, shelf)
        warm.finish()
        (aside,) = path.parent.glob("* before *.tandembuch")
        for found in (path, aside):  # moved aside with its journal, which takes the half change back
            with open_vault(found, PASSPHRASE) as vault:
                figures["wrong"] += not whole(vault) or copies.fingerprint(vault.connection) != expected
        aside.unlink()
    show("restore beside a stale journal", figures)
    assert figures["journals"] == times
    assert not figures["wrong"]
