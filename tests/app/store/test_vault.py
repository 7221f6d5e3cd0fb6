"""The vault: made, opened, refused, kept apart from everything else on the disk."""

from __future__ import annotations

import hashlib
import hmac
import os
import sqlite3
import subprocess
import sys
import threading
import unicodedata
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, NoReturn

import pytest
from argon2.low_level import Type, hash_secret_raw
from quick_vaults import PASSPHRASE, QUICK
from sqlcipher3 import dbapi2 as sqlcipher

from app.domain.kinds import Kind
from app.errors import Bug, DamagedVault, Fault, NewerVault, NotAVault, VaultFault, VaultInUse, WrongPassphrase
from app.services import notes, people
from app.store import key, migrate
from app.store import vault as vaults
from app.store.vault import Vault, create_vault, open_vault

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


def titles(vault: Vault) -> list[str]:
    return [row[0] for row in vault.rows("SELECT title FROM note")]


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
    (lambda _: b"", NotAVault),
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


# One program at a time


def test_it_is_open_once_in_a_process(path: Path) -> None:
    with open_vault(path, PASSPHRASE):
        with pytest.raises(VaultInUse):
            open_vault(path, PASSPHRASE)
        with pytest.raises(VaultInUse):
            open_vault(path.parent / "." / path.name, "falsch")
    open_vault(path, PASSPHRASE).close()


OTHER = """
import sys
from app.errors import VaultFault
from app.store import key
from app.store.vault import open_vault
key.PROFILES = {1: key.Profile(1, 8, 1)}
try:
    vault = open_vault(sys.argv[1], sys.argv[2])
except VaultFault as fault:
    print(fault.code)
else:
    print("open", flush=True)
    sys.stdin.readline()
"""


def other_process(path: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", OTHER, str(path), PASSPHRASE],
        cwd=REPOSITORY,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def said_by(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_a_second_process_is_told_it_is_in_use(path: Path) -> None:
    with open_vault(path, PASSPHRASE) as vault:
        with other_process(path) as other:
            assert said_by(other) == "vault.in_use"
        assert titles(vault) == [CANARY]


def test_a_process_that_dies_leaves_it_free(path: Path) -> None:
    with other_process(path) as other:
        assert said_by(other) == "open"
        with pytest.raises(VaultInUse):
            open_vault(path, PASSPHRASE)
        other.kill()
        other.wait()
    with open_vault(path, PASSPHRASE) as vault:
        assert titles(vault) == [CANARY]


# What a connection may do


@pytest.mark.parametrize(
    "statement",
    [
        "ATTACH DATABASE 'x.db' AS x",
        "ATTACH DATABASE '' AS x KEY ''",
        "DETACH DATABASE temp",
        "PRAGMA key = 'x'",
        "PRAGMA rekey = 'x'",
        "PRAGMA foreign_keys = OFF",
        "PRAGMA journal_mode = WAL",
        "PRAGMA writable_schema = ON",
        "PRAGMA user_version = 9",
        "SELECT sqlcipher_export('main')",
        "SELECT load_extension('x')",
        "VACUUM INTO 'x.db'",
    ],
)
def test_no_statement_takes_the_contents_out(vault: Vault, statement: str, tmp_path: Path) -> None:
    with pytest.raises((Bug, DamagedVault, Fault)):
        vault.rows(statement)
    assert vault.row("PRAGMA foreign_keys") == (1,)
    assert sorted(entry.name for entry in tmp_path.iterdir() if entry.is_file()) == [
        vault.path.name,
        f"{vault.path.name}.lock",
    ]
    assert not Path("x.db").exists()


def test_the_settings_hold(vault: Vault) -> None:
    expected = {
        "foreign_keys": 1,
        "secure_delete": 1,
        "temp_store": 2,
        "synchronous": 3,
        "journal_mode": "delete",
        "locking_mode": "exclusive",
        "trusted_schema": 0,
        "cell_size_check": 1,
        "mmap_size": 0,
    }
    found = {name: (vault.row(f"PRAGMA {name}") or (0,))[0] for name in expected}
    assert found == expected


# Changes


def test_a_change_that_fails_is_gone_whole(vault: Vault) -> None:
    class Stop(Exception):
        pass

    def half(change: Any) -> None:
        people.add_organisation(change, "Halb")
        raise Stop

    with pytest.raises(Stop), vault.change("x") as change:
        half(change)
    assert vault.rows("SELECT name FROM organisation") == []
    assert vault.rows("SELECT id FROM journal") == []
    assert vault.undo() is None
    with vault.change("x") as change:
        people.add_organisation(change, "Ganz")
    assert vault.last_kinds == {Kind.ORGANISATION}


def test_a_broken_rule_of_the_database_is_a_bug_without_contents(vault: Vault) -> None:
    with pytest.raises(Bug) as caught, vault.change("x") as change:
        change.execute(
            "INSERT INTO person (id, given_name, family_name, sort_name, level, changed_at)"
            " VALUES (1, ?, 'b', '', 77, 1)",
            (CANARY,),
        )
    assert CANARY not in str(caught.value)
    assert caught.value.__cause__ is None


def test_changes_are_not_nested_and_not_kept(vault: Vault) -> None:
    with vault.change("x") as kept, pytest.raises(Bug), vault.change("y"):
        pass
    with pytest.raises(Bug):
        kept.execute("DELETE FROM person")
    with vault.change("x") as kept:
        pass
    with pytest.raises(Bug):
        kept.rows("SELECT 1")


def test_the_journal_says_what_happened_and_no_contents(vault: Vault) -> None:
    with vault.change("notes.add") as change:
        notes.add(change, title=CANARY)
    vault.undo()
    rows = vault.rows("SELECT verb, kinds, rows FROM journal ORDER BY at, verb")
    assert sorted(rows) == [("notes.add", "note", 1), ("undo", "note", 1)]


def test_threads_take_turns(vault: Vault) -> None:
    def work(name: str) -> None:
        for number in range(20):
            with vault.change("x") as change:
                people.add_organisation(change, f"{name}{number}")
            vault.rows("SELECT count(*) FROM organisation")

    threads = [threading.Thread(target=work, args=(name,)) for name in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert vault.row("SELECT count(*) FROM organisation") == (60,)


def test_a_closed_vault_answers_nothing(path: Path) -> None:
    vault = open_vault(path, PASSPHRASE)
    vault.close()
    vault.close()
    assert vault.closed
    with pytest.raises(Bug):
        vault.rows("SELECT 1")


def test_a_vault_that_cannot_be_opened_again_is_closed_and_told(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[bool] = []
    vault.lost = lambda: told.append(vault.closed)

    def refuse(*_: object, **__: object) -> NoReturn:
        raise DamagedVault()

    with monkeypatch.context() as patch:
        patch.setattr(vaults, "opened_connection", refuse)
        with pytest.raises(Fault, match=r"vault\.not_reopened"):
            vault.reopen()
    assert told == [True]
    open_vault(vault.path, PASSPHRASE).close()  # its lock has fallen too
