"""The recovery sheet opens the vault, and what does not open it is told by its reason."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from quick_vaults import PASSPHRASE

from app.errors import DamagedVault, EarlierPassphrase, Fault, NotAVault, WrongPassphrase
from app.store import backups, sheets, unlocking
from app.store.key import derive_master, read_header
from app.store.passphrase_change import change_passphrase
from app.store.recovery import recovery_code
from app.store.unlocking import Code
from app.store.vault import Vault, create_vault, open_vault

pytestmark = pytest.mark.usefixtures("quick_key")

NEW = "Ofenrohr-Tapir-4-Kompass"
TODAY = date(2026, 11, 22)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    place = tmp_path / "vault.tandembuch"
    create_vault(place, PASSPHRASE).close()
    return place


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    return tmp_path / "backups"


@pytest.fixture
def code(path: Path) -> str:
    with open_vault(path, PASSPHRASE) as vault:
        return sheets.code_of(vault, PASSPHRASE)


def write_note(vault: Vault) -> None:
    with vault.change("test.write") as change:
        change.execute("INSERT INTO organisation (id, name, changed_at) VALUES (?, 'x', ?)", (change.now, change.now))


def refused(path: Path, secret: str | Code, shelf: Path | None = None) -> Fault:
    before = path.read_bytes()
    with pytest.raises(Fault) as told:
        open_vault(path, secret, backups=shelf)
    assert path.read_bytes() == before
    assert not path.with_name(f"{path.name}.lock").exists()
    return told.value


def test_the_sheet_opens_the_vault_however_it_is_typed(path: Path, code: str) -> None:
    for typed in (code, code.lower(), code.replace("-", " "), code.replace("-", "").replace("0", "o")):
        with open_vault(path, Code(typed)) as vault:
            assert vault.by_sheet
            write_note(vault)
    with open_vault(path, PASSPHRASE) as vault:
        assert not vault.by_sheet
        assert vault.rows("SELECT count(*) FROM organisation") == [(4,)]


def test_the_passphrase_gives_the_code_and_another_none(path: Path, code: str) -> None:
    with open_vault(path, PASSPHRASE) as vault:
        assert sheets.code_of(vault, PASSPHRASE) == code
        with pytest.raises(WrongPassphrase):
            sheets.code_of(vault, PASSPHRASE + "x")


def test_a_code_of_another_vault_is_named(path: Path, tmp_path: Path, shelf: Path) -> None:
    other = tmp_path / "other.tandembuch"
    with create_vault(other, PASSPHRASE) as vault:
        write_note(vault)
        vault.back_up(shelf)
        code = sheets.code_of(vault, PASSPHRASE)
    assert refused(path, Code(code)).code == "recovery.other"
    assert refused(path, Code(code), shelf).code == "recovery.other"


def test_what_is_of_before_a_change_is_named_by_the_backups(path: Path, code: str, shelf: Path) -> None:
    with open_vault(path, PASSPHRASE) as vault:
        write_note(vault)
        change_passphrase(vault, NEW, shelf, TODAY)
    assert isinstance(refused(path, PASSPHRASE, shelf), EarlierPassphrase)
    assert refused(path, Code(code), shelf).code == "recovery.earlier"
    assert refused(path, Code(code)).code == "recovery.other"
    assert type(refused(path, PASSPHRASE)) is WrongPassphrase
    assert type(refused(path, "never one of it", shelf)) is WrongPassphrase


def test_the_record_of_headers_tells_where_no_new_backup_was_made(path: Path, shelf: Path) -> None:
    with open_vault(path, PASSPHRASE) as vault:
        write_note(vault)
        change_passphrase(vault, NEW, shelf, TODAY)
        for backup in vault.backups(shelf):
            if backup.header == vault.header:
                backup.path.unlink()
    assert isinstance(refused(path, PASSPHRASE, shelf), EarlierPassphrase)


def test_damage_after_a_change_is_still_damage(path: Path, shelf: Path) -> None:
    with open_vault(path, PASSPHRASE) as vault:
        write_note(vault)
        change_passphrase(vault, NEW, shelf, TODAY)
    whole = bytearray(path.read_bytes())
    for place in (8, 15, 100, 2000):  # in the salt, in the first page
        damaged = bytearray(whole)
        damaged[place] ^= 4
        path.write_bytes(damaged)
        assert isinstance(refused(path, NEW, shelf), DamagedVault)


def test_the_proof_is_kept_with_its_day_and_only_for_the_right_code(path: Path, tmp_path: Path, code: str) -> None:
    with create_vault(tmp_path / "other.tandembuch", PASSPHRASE) as vault:
        other = sheets.code_of(vault, PASSPHRASE)
    with open_vault(path, PASSPHRASE) as vault:
        assert sheets.facts(vault).proved_on is None
        with pytest.raises(Fault) as told:
            sheets.prove(vault, other, TODAY)
        assert told.value.code == "recovery.not_this"
        with pytest.raises(Fault) as told:
            sheets.prove(vault, code[:-1], TODAY)
        assert told.value.code == "recovery.length"
        assert sheets.facts(vault).proved_on is None
        sheets.prove(vault, code, TODAY)
        sheets.prove(vault, code, TODAY)
    with open_vault(path, PASSPHRASE) as vault:
        assert sheets.facts(vault).proved_on == TODAY


@pytest.mark.parametrize(
    ("days", "due"),
    [(None, sheets.Due.NEVER_PROVED), (0, sheets.Due.NOT_DUE), (183, sheets.Due.NOT_DUE), (184, sheets.Due.LONG_AGO),
     (-1, sheets.Due.LONG_AGO)],
)  # fmt: skip
def test_the_sheet_is_due_after_half_a_year(days: int | None, due: sheets.Due) -> None:
    proved = None if days is None else TODAY - timedelta(days=days)
    assert sheets.SheetFacts(proved, None, TODAY).due(TODAY) is due


def test_the_code_is_the_master_of_the_passphrase(path: Path, code: str) -> None:
    assert code == recovery_code(derive_master(PASSPHRASE, read_header(path)))


def test_damage_is_told_from_a_wrong_secret_without_any_backup(path: Path, code: str, shelf: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:50] + bytes(4000) + content[4050:])
    assert isinstance(refused(path, PASSPHRASE, shelf), DamagedVault)
    assert isinstance(refused(path, Code(code), shelf), DamagedVault)
    assert type(refused(path, PASSPHRASE + "x", shelf)) is WrongPassphrase
    assert refused(path, Code(recovery_code(bytes(20))), shelf).code == "recovery.other"
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_a_destroyed_beginning_is_known_by_what_was_kept_at_an_opening(path: Path, code: str, shelf: Path) -> None:
    with open_vault(path, PASSPHRASE) as vault:
        unlocking.remember(backups.folder_of(shelf, vault.id), path, vault.header)
    content = path.read_bytes()
    path.write_bytes(bytes(4096) + content[4096:])
    assert isinstance(refused(path, PASSPHRASE, shelf), DamagedVault)
    assert isinstance(refused(path, Code(code), shelf), DamagedVault)
    assert type(refused(path, PASSPHRASE + "x", shelf)) is WrongPassphrase
    assert isinstance(refused(path, PASSPHRASE), NotAVault)


def test_half_of_a_sign_is_said_and_not_stumbled_over(path: Path, tmp_path: Path) -> None:
    assert refused(path, "Krähe \ud83d Lampe").code == "passphrase.sign"
    with pytest.raises(Fault, match=r"passphrase\.sign"):
        create_vault(tmp_path / "new.tandembuch", "Krähe \udc00 Lampe")
    assert {entry.name for entry in tmp_path.iterdir()} == {path.name}
