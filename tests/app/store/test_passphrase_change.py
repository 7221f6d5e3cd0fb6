"""A new passphrase: all the same inside, nothing of the old key, and a way back until the last moment."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from quick_vaults import PASSPHRASE

from app.errors import Cancelled, Fault, WrongPassphrase
from app.services import notes
from app.store import backups, copies, rekeying, sheets
from app.store.passphrase_change import change_passphrase, forget_earlier, of_earlier
from app.store.unlocking import Code
from app.store.vault import Vault, create_vault, open_vault

NEW = "Ofenrohr-Tapir-4-Kompass"
TODAY = date(2026, 11, 22)


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    return tmp_path / "backups"


@pytest.fixture
def vault(tmp_path: Path, quick_key: None) -> Iterator[Vault]:  # noqa: ARG001
    with create_vault(tmp_path / "vault.tandembuch", PASSPHRASE) as made:
        for number in range(30):
            with made.change("notes.add") as change:
                notes.add(change, title=f"Notiz {number}", body="Wort " * 400)
        sheets.prove(made, sheets.code_of(made, PASSPHRASE), TODAY)
        yield made


def content(vault: Vault) -> list[object]:
    return [vault.rows(f"SELECT * FROM {table} ORDER BY 1") for table in ("note", "journal", "house", "note_fts_data")]


def beside(vault: Vault) -> set[str]:
    """The files in the vault's folder; its own journal comes and goes."""
    names = {entry.name for entry in vault.path.parent.iterdir() if entry.is_file()}
    return names - {f"{vault.path.name}-journal"}


def test_everything_is_there_under_the_new_passphrase_alone(vault: Vault, shelf: Path) -> None:
    before, old_code, old_bytes = content(vault), sheets.code_of(vault, PASSPHRASE), vault.path.read_bytes()
    changed = change_passphrase(vault, NEW, shelf, TODAY)
    assert changed.fault is None
    assert content(vault) == before
    assert vault.rows("SELECT count(*) FROM note_fts WHERE note_fts MATCH 'notiz'") == [(30,)]
    facts = sheets.facts(vault)
    assert (facts.proved_on, facts.changed_on) == (None, TODAY)
    vault.close()
    new_bytes = vault.path.read_bytes()
    assert new_bytes[4:16] != old_bytes[4:16]
    pages = {old_bytes[at : at + 4096] for at in range(0, len(old_bytes), 4096)}
    assert not any(new_bytes[at : at + 4096] in pages for at in range(0, len(new_bytes), 4096))
    for secret in (PASSPHRASE, Code(old_code)):
        with pytest.raises(Fault):
            open_vault(vault.path, secret)
    for opening in (NEW, Code(changed.code)):
        with open_vault(vault.path, opening) as opened:
            assert content(opened) == before
            assert opened.rows("PRAGMA integrity_check") == [("ok",)]


def test_the_same_open_vault_goes_on_and_can_be_undone_anew(vault: Vault, shelf: Path) -> None:
    change_passphrase(vault, NEW, shelf, TODAY)
    assert vault.undo() is None
    with vault.change("notes.add") as change:
        notes.add(change, title="danach")
    assert vault.undo() is not None
    assert vault.rows("SELECT count(*) FROM note") == [(30,)]
    assert vault.is_opened_by(NEW)
    assert not vault.is_opened_by(PASSPHRASE)
    with pytest.raises(Exception, match="not authorized"):
        vault.connection.execute("ATTACH DATABASE 'x' AS y")


def test_a_verified_copy_comes_first_and_one_under_the_new_passphrase_last(vault: Vault, shelf: Path) -> None:
    change_passphrase(vault, NEW, shelf, TODAY)
    new, old = vault.backups(shelf, hashed=True)
    assert old.verified
    assert new.verified
    assert of_earlier(vault, (new, old)) == (old,)
    for backup, passphrase in ((new, NEW), (old, PASSPHRASE)):
        with open_vault(backup.path, passphrase) as copy:
            assert content(copy) == content(vault)


def test_without_a_new_backup_one_is_still_needed(vault: Vault, shelf: Path) -> None:
    change_passphrase(vault, NEW, shelf, TODAY)
    assert not vault.needs_backup(shelf)
    vault.backups(shelf)[0].path.unlink()
    assert vault.needs_backup(shelf)


def test_the_backups_of_before_are_deleted_only_beside_a_new_good_one(
    vault: Vault, shelf: Path, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    backups.copy_to(vault.back_up(shelf), stick, vault.id)
    second = backups.folder_at(stick, vault.id)
    change_passphrase(vault, NEW, shelf, TODAY)
    folder = backups.folder_of(shelf, vault.id)
    new = vault.backups(shelf)[0]
    whole = new.path.read_bytes()
    new.path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    with pytest.raises(Fault) as told:
        forget_earlier(vault, [folder, second])
    assert told.value.code == "passphrase.no_backup"
    assert len(vault.backups(shelf)) == 3
    new.path.write_bytes(whole)
    assert forget_earlier(vault, [folder, second]) == 3
    assert [backup.path for backup in vault.backups(shelf)] == [new.path]
    assert backups.listed(second) == ()
    assert forget_earlier(vault, [folder, second]) == 0


def test_cancelled_at_any_step_the_old_one_is_whole(vault: Vault, shelf: Path) -> None:
    before, names = content(vault), beside(vault)
    steps: list[float] = []

    def count(share: float) -> None:
        steps.append(share)
        if len(steps) == stop_at:
            raise Cancelled()

    stop_at = 1
    while vault.is_opened_by(PASSPHRASE):
        steps.clear()
        switched_at = stop_at
        try:
            change_passphrase(vault, NEW, shelf, TODAY, count)
        except Cancelled:
            assert vault.is_opened_by(PASSPHRASE)
            assert content(vault) == before
            assert beside(vault) == names
        stop_at += 1
    assert switched_at > 8  # there were so many moments at which it could be stopped
    assert content(vault) == before
    assert steps == sorted(steps)


def test_the_same_passphrase_is_no_change(vault: Vault, shelf: Path) -> None:
    with pytest.raises(Fault) as told:
        change_passphrase(vault, PASSPHRASE, shelf, TODAY)
    assert told.value.code == "passphrase.same"
    assert vault.backups(shelf) == ()


@pytest.mark.parametrize("fails", ["the copy differs", "the rename", "a journal is left"])
def test_what_fails_leaves_the_old_one_open_and_whole(
    vault: Vault, shelf: Path, monkeypatch: pytest.MonkeyPatch, fails: str
) -> None:
    before, names = content(vault), beside(vault)
    journal = vault.path.with_name(f"{vault.path.name}-journal")

    def refuse(*_: object) -> None:
        raise Fault("backups.unwritable")

    if fails == "the copy differs":
        monkeypatch.setattr(rekeying, "is_whole", lambda *_: False)
    elif fails == "the rename":
        monkeypatch.setattr(rekeying, "move", refuse)
    else:
        genuine = rekeying.settle

        def settle(path: Path) -> None:
            journal.touch()
            genuine(path)

        monkeypatch.setattr(rekeying, "settle", settle)
    with pytest.raises(Fault) as told:
        change_passphrase(vault, NEW, shelf, TODAY)
    assert told.value.code.startswith("passphrase.un")
    assert content(vault) == before
    assert vault.is_opened_by(PASSPHRASE)
    assert beside(vault) == names
    with vault.change("notes.add") as change:
        notes.add(change, title="danach")
    vault.close()
    with open_vault(vault.path, PASSPHRASE) as opened:
        assert opened.rows("SELECT count(*) FROM note") == [(31,)]


def test_a_damaged_vault_keeps_its_passphrase(vault: Vault, shelf: Path) -> None:
    path = vault.path
    vault.close()
    damaged = bytearray(path.read_bytes())
    damaged[-2000] ^= 1
    path.write_bytes(damaged)
    with open_vault(path, PASSPHRASE) as opened:
        with pytest.raises(Fault) as told:
            change_passphrase(opened, NEW, shelf, TODAY)
        assert told.value.code == "backups.source_damaged"
        assert opened.is_opened_by(PASSPHRASE)
    assert path.read_bytes() == bytes(damaged)


def test_a_backup_that_fails_afterwards_is_told_and_the_change_holds(
    vault: Vault, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    genuine = Vault.back_up

    def back_up(self: Vault, folder: Path, step: copies.Step = copies.no_step) -> backups.Backup:
        if self.is_opened_by(NEW):
            raise Fault("backups.disk_full")
        return genuine(self, folder, step)

    monkeypatch.setattr(Vault, "back_up", back_up)
    changed = change_passphrase(vault, NEW, shelf, TODAY)
    assert changed.fault is not None
    assert changed.fault.code == "backups.disk_full"
    vault.close()
    with pytest.raises(WrongPassphrase):
        open_vault(vault.path, PASSPHRASE, backups=shelf)
    with open_vault(vault.path, NEW) as opened:
        assert opened.needs_backup(shelf)


def test_what_a_crash_left_goes_with_the_next_opening(vault: Vault) -> None:
    vault.close()
    leftover = vault.path.with_name(f"{vault.path.name}.rekeying")
    leftover.write_bytes(b"half a vault")
    with open_vault(vault.path, PASSPHRASE) as opened:
        assert opened.rows("SELECT count(*) FROM note") == [(30,)]
    assert not leftover.exists()


@pytest.mark.skipif(os.name == "nt", reason="links of POSIX")
def test_a_link_to_the_vault_stays_a_link(vault: Vault, shelf: Path, tmp_path: Path) -> None:
    vault.close()
    link = tmp_path / "elsewhere" / "link.tandembuch"
    link.parent.mkdir()
    link.symlink_to(vault.path)
    with open_vault(link, PASSPHRASE) as opened:
        change_passphrase(opened, NEW, shelf, TODAY)
    assert link.is_symlink()
    with open_vault(vault.path, NEW) as opened:
        assert opened.rows("SELECT count(*) FROM note") == [(30,)]


@pytest.mark.skipif(os.name == "nt", reason="modes of POSIX")
def test_the_new_file_has_the_mode_of_the_old_one(vault: Vault, shelf: Path) -> None:
    vault.path.chmod(0o640)
    change_passphrase(vault, NEW, shelf, TODAY)
    assert vault.path.stat().st_mode & 0o777 == 0o640
