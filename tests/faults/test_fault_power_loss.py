"""The power fails: real sessions are recorded, and what each moment of them may leave on the disk is opened.

Whatever was acknowledged is there, and nothing else than what was once written.
"""

from __future__ import annotations

import copy
import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from disk_model import Disk
from disk_recording import Event, Said, Synced, record, why_not
from fault_figures import runs, show, whole
from fault_passphrase import NEW
from filled_vault import count_up, fill
from next_schema import with_next_schema
from open_pages import damage_a_note
from quick_vaults import PASSPHRASE
from warm_child import WarmChild, warm

from app.errors import NewerVault, WrongPassphrase
from app.store import copies
from app.store.vault import create_vault, open_vault

__all__ = ["warm"]
_REASON = why_not()
pytestmark = [
    pytest.mark.usefixtures("quick_key"),
    pytest.mark.skipif(_REASON is not None, reason=_REASON or ""),
]
# What is wrong with a state, given everything that was said before the power failed; None: nothing.
Check = Callable[[Path, list[Said]], str | None]


@pytest.fixture
def laid() -> Iterator[Path]:
    """Where states are laid and opened; in memory, since they need no disk any more."""
    memory = Path("/dev/shm")
    with TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        yield Path(folder)


def files(folder: Path) -> dict[str, bytes]:
    return {str(one.relative_to(folder)): one.read_bytes() for one in sorted(folder.rglob("*")) if one.is_file()}


def recorded(folder: Path, log: Path, *words: object) -> tuple[Disk, list[Event]]:
    """The disk before a deed, and what the deed did; proved by following it to the end."""
    before = Disk(folder)
    events = record(folder, log, *words)
    after = copy.deepcopy(before)
    for event in events:
        after.follow(event)
    with TemporaryDirectory() as target:
        after.now(Path(target))
        assert files(Path(target)) == files(folder)
    return before, events


def states(before: Disk, events: list[Event], laid: Path, times: int) -> Iterator[tuple[Path, list[Said]]]:
    """So many different states, each in a folder of its own; fewer where the recording has not so many."""
    chance = random.Random(times)
    seen: set[bytes] = set()
    for _ in range(12):
        disk, said = copy.deepcopy(before), list[Said]()
        moments = Counter(chance.choices(range(1, len(events) + 1), k=times - len(seen)))
        for number, event in enumerate(events, start=1):
            disk.follow(event)
            if isinstance(event, Said):
                said.append(event)
            for _ in range(moments[number]):
                place = laid / "state"
                disk.without_power(place, chance)
                mark = sha256(str(len(said)).encode())
                for name, content in files(place).items():
                    mark.update(name.encode())
                    mark.update(content)
                if mark.digest() not in seen:
                    seen.add(mark.digest())
                    yield place, said
                shutil.rmtree(place)


def suite(name: str, recording: tuple[Disk, list[Event]], laid: Path, check: Check, times: int) -> Counter[str]:
    figures: Counter[str] = Counter(states=0, writes=len(recording[1]), wrong=0)
    for place, said in states(*recording, laid, times):
        figures["states"] += 1
        try:
            wrong = check(place, said)
        except Exception as error:
            wrong = f"{type(error).__name__} {error}"
        if wrong:
            figures["wrong"] += 1
            figures[wrong] += 1
    show(name, figures)
    return figures


def editing(tmp_path: Path) -> tuple[tuple[Disk, list[Event]], Check]:
    """A recorded session of edits and backups, and what has to be true of what it leaves."""
    folder = tmp_path / "disk"
    folder.mkdir()
    fill(folder / "vault.tandembuch")
    recording = recorded(folder, tmp_path / "log", "session", folder / "vault.tandembuch", folder / "backups")
    prints = [event.words[1] for event in recording[1] if isinstance(event, Said) and event.words[0] == "state"]
    assert len(set(prints)) == len(prints) == 14

    def check(place: Path, said: list[Said]) -> str | None:
        acknowledged = sum(line.words[0] == "state" for line in said) - 1
        backed_up = sum(line.words == ("backed", "up") for line in said)
        with open_vault(place / "vault.tandembuch", PASSPHRASE, backups=place / "backups") as vault:
            if not whole(vault):
                return "not whole"
            found = copies.fingerprint(vault.connection)
            if found not in prints:
                return "other content"
            if prints.index(found) < acknowledged:
                return "an acknowledged commit was lost"
            backups = vault.backups(place / "backups", hashed=True)
            count_up(vault)
        if sum(backup.verified for backup in backups) < backed_up:
            return "a backup was lost"
        for backup in backups:
            if not backup.verified:
                return "a bad backup"
            with open_vault(backup.path, PASSPHRASE) as kept:
                if copies.fingerprint(kept.connection) not in prints:
                    return "a backup with other content"
        return None

    return recording, check


@runs(20, 10_000)
def test_editing_and_backups_outlast_a_loss_of_power(tmp_path: Path, laid: Path, times: int) -> None:
    recording, check = editing(tmp_path)
    figures = suite("loss of power while editing and backing up", recording, laid, check, times)
    assert not figures["wrong"], figures
    assert figures["states"] >= times // 2


def test_without_its_syncs_the_same_session_would_lose(tmp_path: Path, laid: Path) -> None:
    """The disk of these tests does forget: a program that never syncs is caught."""
    (before, events), check = editing(tmp_path)
    careless: list[Event] = [event for event in events if not isinstance(event, Synced)]
    assert suite("the same without a sync", (before, careless), laid, check, 15)["wrong"] > 5


@runs(8, 1000)
def test_taking_back_a_half_change_outlasts_a_loss_of_power(
    tmp_path: Path, laid: Path, warm: WarmChild, times: int
) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()
    path = folder / "vault.tandembuch"
    fill(path)
    with open_vault(path, PASSPHRASE) as vault:
        expected = copies.fingerprint(vault.connection)
    warm.start("spill", path)
    warm.finish(-9)
    recording = recorded(folder, tmp_path / "log", "look", path)

    def check(place: Path, _said: list[Said]) -> str | None:
        with open_vault(place / "vault.tandembuch", PASSPHRASE) as vault:
            return None if whole(vault) and copies.fingerprint(vault.connection) == expected else "other content"

    figures = suite("loss of power while a half change is taken back", recording, laid, check, times)
    assert not figures["wrong"], figures
    assert figures["writes"] > 10


@runs(8, 1000)
def test_a_new_vault_is_there_or_not_after_a_loss_of_power(tmp_path: Path, laid: Path, times: int) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()
    recording = recorded(folder, tmp_path / "log", "create", folder / "vault.tandembuch")

    def check(place: Path, said: list[Said]) -> str | None:
        path = place / "vault.tandembuch"
        if said and not path.exists():
            return "lost"
        with open_vault(path, PASSPHRASE) if path.exists() else create_vault(path, PASSPHRASE) as vault:
            count_up(vault)
            return None if whole(vault) else "not whole"

    figures = suite("loss of power while a vault is made", recording, laid, check, times)
    assert not figures["wrong"], figures


@runs(8, 1000)
def test_a_restore_outlasts_a_loss_of_power(tmp_path: Path, laid: Path, times: int) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()
    path = folder / "vault.tandembuch"
    fill(path)
    with open_vault(path, PASSPHRASE) as vault:
        vault.back_up(folder / "backups")
        new = copies.fingerprint(vault.connection)
        count_up(vault)
        old = copies.fingerprint(vault.connection)
    recording = recorded(folder, tmp_path / "log", "restore", path, folder / "backups")

    def check(place: Path, said: list[Said]) -> str | None:
        with open_vault(place / "vault.tandembuch", PASSPHRASE, backups=place / "backups") as vault:
            found = copies.fingerprint(vault.connection)
            if not whole(vault):
                return "not whole"
        if ("done",) in [line.words for line in said] and found != new:
            return "lost"
        asides = list(place.glob("* before *.tandembuch"))
        if found == new and len(asides) != 1:
            return "the vault before it was lost"
        return None if found in (old, new) else "other content"

    figures = suite("loss of power in a restore", recording, laid, check, times)
    assert not figures["wrong"], figures


@runs(8, 1000)
def test_a_migration_outlasts_a_loss_of_power(tmp_path: Path, laid: Path, times: int) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()
    path = folder / "vault.tandembuch"
    fill(path)
    with open_vault(path, PASSPHRASE) as vault:
        old = copies.fingerprint(vault.connection)
    recording = recorded(folder, tmp_path / "log", "migrate", path, folder / "backups")
    with with_next_schema(), open_vault(path, PASSPHRASE) as vault:
        new = copies.fingerprint(vault.connection)

    def check(place: Path, said: list[Said]) -> str | None:
        victim, backups = place / "vault.tandembuch", place / "backups"
        try:
            with open_vault(victim, PASSPHRASE, backups=backups) as vault:
                if ("done",) in [line.words for line in said]:
                    return "lost"
                if not whole(vault) or copies.fingerprint(vault.connection) != old:
                    return "neither the old nor the new state"
        except NewerVault:
            pass
        with with_next_schema(), open_vault(victim, PASSPHRASE, backups=backups) as vault:
            if not whole(vault) or copies.fingerprint(vault.connection) != new:
                return "not migrated"
            return None if vault.backups(backups, hashed=True)[0].verified else "no copy"

    figures = suite("loss of power in a migration", recording, laid, check, times)
    assert not figures["wrong"], figures


@runs(8, 1000)
def test_a_change_of_the_passphrase_outlasts_a_loss_of_power(tmp_path: Path, laid: Path, times: int) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()
    path = folder / "vault.tandembuch"
    fill(path)
    with open_vault(path, PASSPHRASE) as vault:
        notes = vault.rows("SELECT * FROM note ORDER BY id")
    recording = recorded(folder, tmp_path / "log", "change", path, folder / "backups")

    def check(place: Path, said: list[Said]) -> str | None:
        victim, backups, old = place / "vault.tandembuch", place / "backups", False
        try:
            vault = open_vault(victim, NEW, backups=backups)
        except WrongPassphrase:
            vault, old = open_vault(victim, PASSPHRASE, backups=backups), True
        with vault:
            if ("done",) in [line.words for line in said] and (old or not vault.backups(backups)[0].verified):
                return "lost"
            if not whole(vault) or vault.rows("SELECT * FROM note ORDER BY id") != notes:
                return "neither the old nor the new state"
            if not old and len(vault.backups(backups, hashed=True)) < 1:
                return "no copy before it"
            count_up(vault)
        return None

    figures = suite("loss of power in a change of the passphrase", recording, laid, check, times)
    assert not figures["wrong"], figures


@runs(8, 1000)
def test_a_salvage_outlasts_a_loss_of_power(tmp_path: Path, laid: Path, times: int) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()
    path = folder / "vault.tandembuch"
    fill(path)
    broken = damage_a_note(path)
    recording = recorded(folder, tmp_path / "log", "rescue", path, folder / "backups")
    with open_vault(path, PASSPHRASE) as vault:
        rescued = vault.rows("SELECT * FROM note ORDER BY id")

    def check(place: Path, said: list[Said]) -> str | None:
        victim = place / "vault.tandembuch"
        if victim.exists() and victim.read_bytes() == broken and ("done",) not in [line.words for line in said]:
            return None
        with open_vault(victim, PASSPHRASE) as vault:
            if not whole(vault) or vault.rows("SELECT * FROM note ORDER BY id") != rescued:
                return "neither the damaged nor the rescued one"
        asides = [aside.read_bytes() for aside in place.glob("* before *.tandembuch")]
        return None if asides == [broken] else "the damaged one was lost"

    figures = suite("loss of power in a salvage", recording, laid, check, times)
    assert not figures["wrong"], figures
