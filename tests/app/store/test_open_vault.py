"""The vault that is open: held by one program, nothing leaves its connection, its changes are whole."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, NoReturn

import pytest
from noted_vaults import titles
from quick_vaults import PASSPHRASE

from app.domain.kinds import Kind
from app.errors import Bug, DamagedVault, Fault, VaultInUse
from app.services import notes, people
from app.store import vault as vaults
from app.store.vault import Vault, create_vault, open_vault

REPOSITORY = Path(__file__).resolve().parents[3]
CANARY = "Kanarienvogel-7731"

pytestmark = pytest.mark.usefixtures("quick_key")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A closed vault with something in it."""
    place = tmp_path / "Büro Nord.tandembuch"
    with create_vault(place, PASSPHRASE) as vault, vault.change("notes.add") as change:
        notes.add(change, title=CANARY, body=CANARY)
    return place


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
    assert change.kinds == {Kind.ORGANISATION}


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


def test_a_vault_that_cannot_be_opened_again_is_closed_and_told(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
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
