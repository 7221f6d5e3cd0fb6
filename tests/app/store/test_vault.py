"""The vault: made, opened, refused."""

from __future__ import annotations

import hashlib
import hmac
import os
import sqlite3
import unicodedata
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from argon2.low_level import Type, hash_secret_raw
from noted_vaults import titles
from quick_vaults import PASSPHRASE, QUICK
from sqlcipher3 import dbapi2 as sqlcipher

from app.errors import Bug, DamagedVault, EmptyFile, Fault, NewerVault, NotAVault, VaultFault, WrongPassphrase
from app.services import notes
from app.store import key, migrate
from app.store.vault import create_vault, open_vault

REPOSITORY = Path(__file__).resolve().parents[3]
PNG = b"\x89PNG\r\n\x1a\n" + bytes(5000)
CANARY = "Kanarienvogel-7731"

pytestmark = pytest.mark.usefixtures("quick_key")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A closed vault with something in it."""
    place = tmp_path / "Büro Nord.tandembuch"
    with create_vault(place, PASSPHRASE) as vault, vault.change("notes.add") as change:
        notes.add(change, title=CANARY, body=CANARY)
    return place


def key_by_hand(passphrase: str, header: bytes, costs: key.Profile) -> str:
    """Format 1 from its description alone, with an HKDF (RFC 5869) of our own."""
    master = hash_secret_raw(
        unicodedata.normalize("NFKC", passphrase).encode(),
        salt=header,
        time_cost=costs.time_cost,
        memory_cost=costs.memory_kib,
        parallelism=costs.parallelism,
        hash_len=20,
        type=Type.ID,
    )
    extracted = hmac.new(header, master, hashlib.sha256).digest()
    return hmac.new(extracted, b"tandembuch 1 raw key\x01", hashlib.sha256).digest().hex() + header.hex()


def raw(path: Path, passphrase: str = PASSPHRASE) -> Any:
    """The file through SQLCipher, without the program."""
    header = path.read_bytes()[:16]
    connection = sqlcipher.connect(str(path), isolation_level=None)
    connection.execute(f"""PRAGMA key = "x'{key_by_hand(passphrase, header, QUICK[1])}'" """)
    return connection


# Made and opened


def test_what_was_written_is_there_again(path: Path) -> None:
    with open_vault(path, PASSPHRASE) as vault:
        assert titles(vault) == [CANARY]
        assert vault.kind == "programme"
        first = vault.id
    with open_vault(str(path), PASSPHRASE) as vault:
        assert vault.id == first
    assert sorted(entry.name for entry in path.parent.iterdir()) == [path.name]


def test_a_notebook_says_so(tmp_path: Path) -> None:
    with create_vault(tmp_path / "n.tandembuch", PASSPHRASE, kind="notebook") as vault:
        assert vault.kind == "notebook"
    with pytest.raises(Bug):
        create_vault(tmp_path / "x.tandembuch", PASSPHRASE, kind="diary")


def test_a_passphrase_is_the_same_however_it_is_composed(tmp_path: Path) -> None:
    place = tmp_path / "v"
    create_vault(place, "Größe ﬁx").close()
    with open_vault(place, unicodedata.normalize("NFD", "Größe fix")) as vault:
        assert not vault.closed


def test_format_1_opens_by_its_description(path: Path) -> None:
    with closing(raw(path)) as connection:
        assert connection.execute("SELECT title FROM note").fetchall() == [(CANARY,)]
        assert connection.execute("PRAGMA application_id").fetchone() == (0x54425543,)
        assert connection.execute("PRAGMA user_version").fetchone() == (migrate.newest(),)
        assert connection.execute("PRAGMA cipher_integrity_check").fetchall() == []
    assert path.read_bytes()[:4] == b"TBV\x01"


def test_format_1_costs_what_it_promises(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    (profile,) = key.PROFILES.items()
    assert profile == (1, key.Profile(time_cost=3, memory_kib=262144, parallelism=1))
    header = b"TBV\x01" + bytes(range(12))
    master = key.derive_master("Krähe", header)
    assert master.hex() == "4955302741f2fc7ca4ea6fd90e5881e8650ed2ab"
    assert (
        key.raw_key(master, header)
        == "x'36f245e5f1ecb72270b9426ad35605c9aaeb1b1b3951992527ede971da61bff5" + header.hex() + "'"
    )
    assert key.raw_key(master, header) == f"x'{key_by_hand('Krähe', header, key.PROFILES[1])}'"


def test_every_vault_has_its_own_salt(tmp_path: Path) -> None:
    for name in "ab":
        create_vault(tmp_path / name, PASSPHRASE).close()
    one, other = ((tmp_path / name).read_bytes() for name in "ab")
    assert one[:16] != other[:16]
    assert one[16:4096] != other[16:4096]


def test_nothing_can_be_read_in_the_file(path: Path) -> None:
    content = path.read_bytes()
    for word in (CANARY, CANARY.lower(), "CREATE TABLE", "SQLite format 3", "tandem"):
        assert word.encode() not in content
        assert word.encode("utf-16-le") not in content
    assert len(content) % 4096 == 0


@pytest.mark.skipif(os.name == "nt", reason="rights are kept otherwise on Windows")
def test_only_its_owner_may_read_it(path: Path) -> None:
    assert path.stat().st_mode & 0o077 == 0


def test_a_vault_is_never_made_over_a_file(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(Fault) as caught:
        create_vault(path, "anders")
    assert caught.value.code == "vault.exists"
    assert path.read_bytes() == before


def test_a_vault_that_could_not_be_made_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrate, "scripts", lambda: {1: "CREATE TABLE a (b); nonsense;"})
    with pytest.raises(Bug):
        create_vault(tmp_path / "v", PASSPHRASE)
    assert list(tmp_path.iterdir()) == []


# Refused


def cut(content: bytes) -> bytes:
    return content[:-4096]


def cut_in_a_page(content: bytes) -> bytes:
    return content[:-100]


def newer_profile(content: bytes) -> bytes:
    return content[:3] + b"\x02" + content[4:]


def one_bit(content: bytes) -> bytes:
    return content[:100] + bytes([content[100] ^ 1]) + content[101:]


def plain_database(_: bytes) -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE a (b)")
    content = connection.serialize()
    connection.close()
    return content + bytes(-len(content) % 4096)


REFUSALS: list[tuple[Callable[[bytes], bytes], type[VaultFault] | tuple[type[VaultFault], ...]]] = [
    (lambda _: b"", EmptyFile),
    (lambda _: b"T", NotAVault),
    (lambda content: content[:15], NotAVault),
    (lambda _: b"Sehr geehrte Damen und Herren, " * 300, NotAVault),
    (lambda _: PNG, NotAVault),
    (plain_database, NotAVault),
    (lambda content: content[:16], DamagedVault),
    (lambda content: content[:4096], (DamagedVault, WrongPassphrase)),
    (cut, DamagedVault),
    (cut_in_a_page, DamagedVault),
    (newer_profile, NewerVault),
    (one_bit, DamagedVault),  # a damaged first page looks like a wrong key; the other pages tell them apart
]


@pytest.mark.parametrize(("spoil", "expected"), REFUSALS)
def test_what_is_no_sound_vault_is_refused_and_left_alone(
    path: Path, spoil: Callable[[bytes], bytes], expected: type[VaultFault]
) -> None:
    content = spoil(path.read_bytes())
    path.write_bytes(content)
    with pytest.raises(VaultFault) as caught:
        open_vault(path, PASSPHRASE)
    assert isinstance(caught.value, expected)
    assert path.read_bytes() == content
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("passphrase", ["", "falsch", PASSPHRASE + " ", PASSPHRASE.lower(), "\x00", "ö" * 5000])
def test_a_wrong_passphrase_is_named_and_changes_nothing(path: Path, passphrase: str) -> None:
    before = path.read_bytes()
    with pytest.raises(WrongPassphrase):
        open_vault(path, passphrase)
    assert path.read_bytes() == before
    with open_vault(path, PASSPHRASE) as vault:
        assert titles(vault) == [CANARY]


def test_a_later_schema_is_refused(path: Path) -> None:
    with closing(raw(path)) as connection:
        connection.execute(f"PRAGMA user_version = {migrate.newest() + 1}")
    before = path.read_bytes()
    with pytest.raises(NewerVault):
        open_vault(path, PASSPHRASE)
    assert path.read_bytes() == before


def test_a_database_of_another_program_is_refused(path: Path) -> None:
    with closing(raw(path)) as connection:
        connection.execute("PRAGMA application_id = 7")
    with pytest.raises(DamagedVault):
        open_vault(path, PASSPHRASE)


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    for place in (tmp_path / "fehlt", tmp_path):
        with pytest.raises(Fault) as caught:
            open_vault(place, PASSPHRASE)
        assert caught.value.code == "vault.missing"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_takes_no_file_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(Fault) as caught:
        create_vault(tmp_path / "fehlt" / "v", PASSPHRASE)
    assert caught.value.code == "vault.read_only"
