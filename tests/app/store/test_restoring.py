"""The way back to a backup: offered where the vault is damaged, whole wherever it is cut off."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from noted_vaults import note, titles
from quick_vaults import PASSPHRASE

from app.errors import DamagedVault, Fault, NotAVault, VaultInUse, WrongPassphrase
from app.store import backups, migrate, restore
from app.store.vault import Vault, create_vault, open_vault, restore_newest

pytestmark = pytest.mark.usefixtures("quick_key")


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    return tmp_path / "home" / "backups"


def fail(code: str, act: Callable[[], object]) -> None:
    with pytest.raises(Fault) as caught:
        act()
    assert caught.value.code == code


def damage(path: Path, *, start: int = 16, count: int = 4080) -> None:
    content = bytearray(path.read_bytes())
    content[start : start + count] = bytes(count)
    path.write_bytes(content)


@pytest.fixture
def closed(tmp_path: Path, shelf: Path) -> Path:
    """A vault with one note and one backup of it."""
    path = tmp_path / "Büro.tandembuch"
    with create_vault(path, PASSPHRASE) as vault:
        note(vault, "gesichert")
        vault.back_up(shelf)
    return path


def test_damage_is_told_from_a_wrong_passphrase(closed: Path, shelf: Path) -> None:
    with pytest.raises(WrongPassphrase):
        open_vault(closed, "anders", backups=shelf)
    damage(closed)
    before = closed.read_bytes()
    with pytest.raises(DamagedVault):  # the pages behind the first tell, if no backup does
        open_vault(closed, PASSPHRASE)
    with pytest.raises(DamagedVault):
        open_vault(closed, PASSPHRASE, backups=shelf)
    with pytest.raises(WrongPassphrase):
        open_vault(closed, "anders", backups=shelf)
    assert closed.read_bytes() == before


@pytest.mark.parametrize(("start", "count"), [(0, 16), (4, 12), (0, 8192)])
def test_damage_to_the_header_is_told_by_the_place(closed: Path, shelf: Path, start: int, count: int) -> None:
    damage(closed, start=start, count=count)
    with pytest.raises(DamagedVault):
        open_vault(closed, PASSPHRASE, backups=shelf)
    with pytest.raises((WrongPassphrase, NotAVault)):
        open_vault(closed, "anders", backups=shelf)
    restore_newest(closed, PASSPHRASE, shelf)
    with open_vault(closed, PASSPHRASE) as vault:
        assert titles(vault) == ["gesichert"]


def test_another_vault_elsewhere_has_no_part_in_it(closed: Path, shelf: Path, tmp_path: Path) -> None:
    other = tmp_path / "anderer.tandembuch"
    create_vault(other, "eigene Worte").close()
    with pytest.raises(WrongPassphrase):
        open_vault(other, PASSPHRASE, backups=shelf)
    fail("backups.none", lambda: restore_newest(other, PASSPHRASE, shelf))
    assert closed.exists()


# Restoring


def test_a_restored_vault_is_the_backup_and_the_other_is_kept(closed: Path, shelf: Path) -> None:
    with open_vault(closed, PASSPHRASE) as vault:
        note(vault, "danach")
        (backup,) = vault.backups(shelf)
        act = vault.restorer(backup)
        with pytest.raises(VaultInUse):
            act()
    aside = act()
    with open_vault(closed, PASSPHRASE) as vault:
        assert titles(vault) == ["gesichert"]
    with open_vault(aside, PASSPHRASE) as vault:
        assert titles(vault) == ["danach", "gesichert"]
    assert aside.parent == closed.parent
    assert backup.path.exists()


def test_a_restore_decided_before_a_crash_is_finished(closed: Path, shelf: Path) -> None:
    with open_vault(closed, PASSPHRASE) as vault:
        note(vault, "danach")
        vault.restorer(vault.backups(shelf)[0])
    assert restore.is_pending(closed)
    with open_vault(closed, PASSPHRASE) as vault:
        assert titles(vault) == ["gesichert"]
    assert not restore.is_pending(closed)


def test_a_stale_journal_never_reaches_the_restored_file(closed: Path, shelf: Path) -> None:
    journal = closed.with_name(f"{closed.name}-journal")
    journal.write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(5000))
    damage(closed)
    aside = restore_newest(closed, PASSPHRASE, shelf)
    assert not journal.exists()
    assert aside.with_name(f"{aside.name}-journal").exists()
    with open_vault(closed, PASSPHRASE) as vault:
        assert titles(vault) == ["gesichert"]


def test_a_restore_with_the_wrong_passphrase_moves_nothing(closed: Path, shelf: Path) -> None:
    before = {entry.name: entry.read_bytes() for entry in closed.parent.iterdir() if entry.is_file()}
    with pytest.raises(WrongPassphrase):
        restore_newest(closed, "anders", shelf)
    assert {entry.name: entry.read_bytes() for entry in closed.parent.iterdir() if entry.is_file()} == before


@pytest.mark.parametrize("stop", range(6))
def test_a_restore_cut_off_anywhere_is_the_old_or_the_new_one(
    closed: Path, shelf: Path, monkeypatch: pytest.MonkeyPatch, stop: int
) -> None:
    with open_vault(closed, PASSPHRASE) as vault:
        note(vault, "danach")
    journal = closed.with_name(f"{closed.name}-journal")
    real = os.replace
    left = [stop]

    def replace(source: Path, target: Path) -> None:
        if not left[0]:
            raise KeyboardInterrupt
        left[0] -= 1
        real(source, target)

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", replace)
        if stop < 3:
            with pytest.raises(KeyboardInterrupt):
                restore_newest(closed, PASSPHRASE, shelf)
        else:
            restore_newest(closed, PASSPHRASE, shelf)
    with open_vault(closed, PASSPHRASE) as vault:
        assert titles(vault) == (["danach", "gesichert"] if stop == 0 else ["gesichert"])
    assert not journal.exists()
    assert not restore.is_pending(closed)


def test_a_restore_that_is_refused_leaves_the_vault(closed: Path, shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.replace

    def refuse(source: Path, target: Path) -> None:
        if str(source) == str(closed):
            raise PermissionError
        real(source, target)

    monkeypatch.setattr(os, "replace", refuse)
    fail("backups.unwritable", lambda: restore_newest(closed, PASSPHRASE, shelf))
    assert not restore.is_pending(closed)
    with open_vault(closed, PASSPHRASE) as vault:
        assert titles(vault) == ["gesichert"]


def test_the_preview_counts_both(vault: Vault, shelf: Path) -> None:
    note(vault, "eins")
    made = vault.back_up(shelf)
    note(vault, "zwei")
    with vault.reading(made) as then:
        held = backups.contents_of(then)
    assert held.notes == 1
    assert backups.contents_of(vault).notes == 2
    assert held.people == 0


# Before a migration


@pytest.mark.parametrize("told", [True, False])
def test_a_migration_is_preceded_by_a_verified_copy(
    closed: Path, shelf: Path, monkeypatch: pytest.MonkeyPatch, told: bool
) -> None:
    scripts = migrate.scripts()
    later = max(scripts) + 1
    before = {entry.path for entry in backups.of_closed_vault(shelf, closed)}
    monkeypatch.setattr(migrate, "scripts", lambda: {**scripts, later: "DELETE FROM note;"})
    with open_vault(closed, PASSPHRASE, backups=shelf if told else None) as vault:
        assert titles(vault) == []
        assert vault.row("PRAGMA user_version") == (later,)
        vault_id = vault.id
    if told:
        (made,) = (one for one in backups.listed(backups.folder_of(shelf, vault_id)) if one.path not in before)
        copy = made.path
        assert made.schema == later - 1
    else:
        copy = closed.with_name(f"{closed.stem} schema {later - 1}.tandembuch")
    monkeypatch.setattr(migrate, "scripts", lambda: scripts)
    with open_vault(copy, PASSPHRASE) as vault:
        assert titles(vault) == ["gesichert"]


def test_without_room_for_the_copy_nothing_is_migrated(
    closed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scripts = migrate.scripts()
    (tmp_path / "datei").write_text("")
    with monkeypatch.context() as patched:
        patched.setattr(migrate, "scripts", lambda: {**scripts, max(scripts) + 1: "DELETE FROM note;"})
        fail("backups.unwritable", lambda: open_vault(closed, PASSPHRASE, backups=tmp_path / "datei"))
    with open_vault(closed, PASSPHRASE) as vault:
        assert titles(vault) == ["gesichert"]
