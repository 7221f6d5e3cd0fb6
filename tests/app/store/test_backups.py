"""Backups: what is copied is what was there, and nothing bad is taken for a good copy."""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, tzinfo
from pathlib import Path

import pytest
from noted_vaults import note, titles
from quick_vaults import PASSPHRASE

from app.errors import DamagedVault, Fault, WrongPassphrase
from app.store import backups, copies, restore
from app.store.vault import Vault, create_vault, open_vault

pytestmark = pytest.mark.usefixtures("quick_key")
CANARY = "Kanarienvogel-7731"


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    return tmp_path / "home" / "backups"


def fail(code: str, act: Callable[[], object]) -> None:
    with pytest.raises(Fault) as caught:
        act()
    assert caught.value.code == code


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


# Making them


def test_a_backup_is_a_vault_that_the_same_passphrase_opens(vault: Vault, shelf: Path) -> None:
    note(vault, CANARY)
    steps: list[float] = []
    made = vault.back_up(shelf, steps.append)
    assert made.verified
    assert steps == sorted(steps)
    assert steps[-1] == 1.0
    assert made.path.parent == shelf / f"{vault.id:016x}"
    content = made.path.read_bytes()
    assert content[:16] == vault.path.read_bytes()[:16] == made.header
    assert CANARY.encode() not in content
    with open_vault(made.path, PASSPHRASE) as copy:
        assert copy.id == vault.id
        assert titles(copy) == [CANARY]
        assert copy.rows("SELECT rowid FROM note_fts WHERE note_fts MATCH 'kanarienvogel'")
    with pytest.raises(WrongPassphrase):
        open_vault(made.path, "anders")
    note(vault, "danach")
    assert titles(vault) == [CANARY, "danach"]


def test_names_and_records_tell_nothing_of_what_is_inside(vault: Vault, shelf: Path) -> None:
    note(vault, CANARY)
    made = vault.back_up(shelf)
    for entry in made.path.parent.iterdir():
        assert CANARY not in entry.name
        assert CANARY.encode() not in entry.read_bytes()
        assert vault.path.stem not in entry.name
        assert vault.path.stem.encode() not in entry.read_bytes()
        if os.name != "nt":
            assert entry.stat().st_mode & 0o077 == 0 or entry.suffix == ".json"


def test_after_a_backup_the_vault_attaches_nothing(vault: Vault, shelf: Path, tmp_path: Path) -> None:
    vault.back_up(shelf)
    for statement in (f"ATTACH '{tmp_path / 'x'}' AS x KEY ''", f"VACUUM INTO '{tmp_path / 'x'}'"):
        with pytest.raises(Exception, match="DatabaseError|OperationalError|refused"):
            vault.rows(statement)
    assert not (tmp_path / "x").exists()


def test_undo_works_across_a_backup(vault: Vault, shelf: Path) -> None:
    note(vault, "eins")
    vault.back_up(shelf)
    assert vault.undo() is not None
    assert titles(vault) == []


def test_one_is_needed_where_something_changed_since_the_last_verified_one(vault: Vault, shelf: Path) -> None:
    assert not vault.needs_backup(shelf)
    note(vault, "eins")
    assert vault.needs_backup(shelf)
    made = vault.back_up(shelf)
    assert not vault.needs_backup(shelf)
    vault.undo()
    assert vault.needs_backup(shelf)
    vault.redo()
    made.path.write_bytes(made.path.read_bytes()[:-4096])
    assert vault.needs_backup(shelf)


def test_what_a_cut_off_session_left_without_backup_is_still_needed(tmp_path: Path, shelf: Path) -> None:
    with create_vault(tmp_path / "v.tandembuch", PASSPHRASE) as vault:
        note(vault, "eins")
    with open_vault(tmp_path / "v.tandembuch", PASSPHRASE) as vault:
        assert vault.needs_backup(shelf)


def test_two_in_one_second_both_stay(vault: Vault, shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Still(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Still:
            return cls(2026, 11, 22, 6, 50, 33, tzinfo=tz)

    monkeypatch.setattr("app.store.backups.datetime", Still)
    note(vault, "eins")
    first = vault.back_up(shelf)
    second = vault.back_up(shelf)
    assert first.path != second.path
    assert {one.path for one in vault.backups(shelf)} == {first.path, second.path}


def test_the_rotation_runs_with_each_backup(vault: Vault, shelf: Path) -> None:
    note(vault, "eins")
    made = vault.back_up(shelf)
    for day in range(1, 29):
        name = f"2025-02-{day:02} 10-00-00 schema 1.tandembuch"
        shutil.copy(made.path, made.path.with_name(name))
        shutil.copy(f"{made.path}.json", made.path.with_name(f"{name}.json"))
    vault.back_up(shelf)
    found = vault.backups(shelf)
    assert len(found) < 16
    records = [name for name in names(made.path.parent) if name.endswith(".tandembuch.json")]
    assert len(records) == len(found)
    assert made.path in {one.path for one in found}


# Nothing bad is taken for a good copy


def damage_unseen(path: Path, place: float) -> None:
    """Breaks the first page from there on without which the vault still opens: which these are differs from run to
    run, for ids are drawn anew."""
    sound = path.read_bytes()
    pages = len(sound) // 4096
    for page in (*range(int(pages * place), pages), *range(int(pages * place))):
        content = bytearray(sound)
        content[page * 4096 + 100] ^= 0xFF
        path.write_bytes(content)
        with suppress(DamagedVault), open_vault(path, PASSPHRASE):
            return
    pytest.fail("no page is left out when a vault is opened")


@pytest.mark.parametrize("place", [0.2, 0.8, 0.95])
def test_no_backup_of_a_damaged_vault(tmp_path: Path, shelf: Path, place: float) -> None:
    path = tmp_path / "v.tandembuch"
    with create_vault(path, PASSPHRASE) as vault:
        for number in range(60):
            note(vault, f"Notiz {number}")
        good = vault.back_up(shelf)
    damage_unseen(path, place)
    with open_vault(path, PASSPHRASE) as vault:
        fail("backups.source_damaged", lambda: vault.back_up(shelf))
        found = vault.backups(shelf, hashed=True)
    assert [one.path for one in found] == [good.path]
    assert found[0].verified
    assert not list(good.path.parent.glob("*.part"))


def test_a_copy_that_is_not_equal_is_thrown_away(vault: Vault, shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    note(vault, "eins")
    real = copies.fingerprint
    count = iter(range(9))
    monkeypatch.setattr(copies, "fingerprint", lambda connection: f"{real(connection)}{next(count)}")
    fail("backups.unverified", lambda: vault.back_up(shelf))
    assert vault.backups(shelf) == ()
    assert titles(vault) == ["eins"]


def test_the_fingerprint_sees_every_change(vault: Vault) -> None:
    seen = {copies.fingerprint(vault.connection)}
    note(vault, "eins")
    seen.add(copies.fingerprint(vault.connection))
    vault.connection.execute("UPDATE note SET pinned = 1")
    seen.add(copies.fingerprint(vault.connection))
    vault.connection.execute("CREATE INDEX extra ON note (title)")
    seen.add(copies.fingerprint(vault.connection))
    vault.connection.execute("UPDATE meta SET value = value || 'x' WHERE key = 'kind'")
    seen.add(copies.fingerprint(vault.connection))
    assert len(seen) == 5


def test_a_copy_that_went_bad_is_seen(vault: Vault, shelf: Path) -> None:
    note(vault, "eins")
    made = vault.back_up(shelf)
    content = bytearray(made.path.read_bytes())
    content[5000] ^= 1
    made.path.write_bytes(content)
    assert vault.backups(shelf)[0].verified  # of the same length: only the hash tells
    assert not vault.backups(shelf, hashed=True)[0].verified
    fail("backups.copy_damaged", lambda: vault.restorer(made))
    made.path.unlink()
    fail("backups.gone", lambda: vault.restorer(made))


def test_a_copy_without_its_record_is_not_called_verified(vault: Vault, shelf: Path) -> None:
    note(vault, "eins")
    made = vault.back_up(shelf)
    made.path.with_name(f"{made.path.name}.json").write_text("[]")
    assert not vault.backups(shelf)[0].verified
    vault.restorer(vault.backups(shelf)[0])  # its own checks still prove it
    assert restore.is_pending(vault.path)


def test_other_files_in_the_folder_are_left_alone(vault: Vault, shelf: Path) -> None:
    note(vault, "eins")
    folder = vault.back_up(shelf).path.parent
    old = time.time() - 90_000
    for name in ("Foto.jpg", "meine kopie.tandembuch", "2026-11-22 06-50-33 schema 1.tandembuch.part"):
        (folder / name).write_bytes(b"x" * 5000)
        os.utime(folder / name, (old, old))
    vault.back_up(shelf)
    assert {"Foto.jpg", "meine kopie.tandembuch"} <= set(names(folder))
    assert not list(folder.glob("*.part"))
    assert len(vault.backups(shelf)) == 2


def test_a_folder_that_takes_no_file_is_said(vault: Vault, tmp_path: Path) -> None:
    note(vault, "eins")
    (tmp_path / "datei").write_text("")
    fail("backups.unwritable", lambda: vault.back_up(tmp_path / "datei"))
    assert titles(vault) == ["eins"]


# A second place


def test_a_copy_on_a_stick_is_the_same_file(vault: Vault, shelf: Path, tmp_path: Path) -> None:
    note(vault, "eins")
    made = vault.back_up(shelf)
    stick = tmp_path / "stick"
    fail("backups.no_place", lambda: backups.copy_to(made, stick, vault.id))
    stick.mkdir()
    copy = backups.copy_to(made, stick, vault.id)
    assert copy.read_bytes() == made.path.read_bytes()
    assert backups.listed(copy.parent, hashed=True)[0].verified
    with open_vault(copy, PASSPHRASE) as opened:
        assert titles(opened) == ["eins"]


def test_a_bad_copy_never_reaches_the_stick(vault: Vault, shelf: Path, tmp_path: Path) -> None:
    note(vault, "eins")
    made = vault.back_up(shelf)
    content = bytearray(made.path.read_bytes())
    content[5000] ^= 1
    made.path.write_bytes(content)
    fail("backups.copy_damaged", lambda: backups.copy_to(made, tmp_path, vault.id))
    assert not list(tmp_path.rglob("Tandembuch */*"))


def test_the_record_holds_what_it_promises(vault: Vault, shelf: Path) -> None:
    note(vault, "eins")
    made = vault.back_up(shelf)
    record = json.loads(made.path.with_name(f"{made.path.name}.json").read_text())
    assert set(record) == {"sha256", "size", "changes"}
    assert record["sha256"] == copies.file_hash(made.path)
    assert sys.getsizeof(record) < 1000
