"""The full check: what it finds, what it passes over, and that it gives way."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from quick_vaults import PASSPHRASE

from app.errors import Bug, Cancelled, Fault
from app.services import notes
from app.store import checks
from app.store.key import PAGE_BYTES
from app.store.turns import Turn
from app.store.vault import Vault, create_vault, open_vault

TODAY = date(2026, 11, 22)


@pytest.fixture
def path(tmp_path: Path, quick_key: None) -> Path:  # noqa: ARG001
    """A closed vault of many notes, and of many free pages."""
    place = tmp_path / "vault.tandembuch"
    with create_vault(place, PASSPHRASE) as vault:
        with vault.change("add") as change:
            made = [notes.add(change, title=f"Notiz {number}", body="Wort " * 100) for number in range(400)]
        with vault.change("remove") as change:
            notes.remove(change, made[100:])
    return place


@pytest.fixture
def opened(path: Path) -> Iterator[Vault]:
    with open_vault(path, PASSPHRASE) as vault:
        yield vault


def damage(path: Path, page: int) -> None:
    """Breaks the seal of a page; pages count from 1."""
    content = bytearray(path.read_bytes())
    content[(page - 1) * PAGE_BYTES + 1000] ^= 1
    path.write_bytes(content)


def root_of(path: Path, table: str) -> int:
    with open_vault(path, PASSPHRASE) as vault:
        return int(vault.rows("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,))[0][0])


def never() -> bool:
    return False


def test_a_sound_vault_is_sound(opened: Vault) -> None:
    shares: list[float] = []
    assert checks.full_check(opened, shares.append) == checks.Health()
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert checks.quiet_check(opened, never) == checks.Health()


@pytest.mark.parametrize("quiet", [False, True])
def test_damage_is_found_by_its_table_and_the_rest_stays_usable(path: Path, quiet: bool) -> None:
    damage(path, root_of(path, "note"))
    with open_vault(path, PASSPHRASE) as vault:
        health = checks.quiet_check(vault, never) if quiet else checks.full_check(vault)
        assert "note" in health.damaged
        assert "person" not in health.damaged
        assert not health.sound
        with vault.change("rename") as change:  # a connection that met the page would refuse this
            change.execute("INSERT INTO organisation (id, name, changed_at) VALUES (1, 'Haus', 1)")


def test_free_pages_do_not_matter(path: Path) -> None:
    with open_vault(path, PASSPHRASE) as vault:
        assert vault.rows("PRAGMA freelist_count")[0][0] > 50
        count = vault.rows("PRAGMA page_count")[0][0]
    pristine = path.read_bytes()
    idle = 0
    for page in range(count, 70, -20):
        path.write_bytes(pristine)
        damage(path, page)
        with open_vault(path, PASSPHRASE) as vault:
            health = checks.full_check(vault)
            assert health.sound == (health.idle_pages == 1)
            idle += health.idle_pages
    assert idle


def test_a_dangling_reference_is_damage(opened: Vault) -> None:
    opened.connection.set_authorizer(None)
    opened.connection.execute("PRAGMA foreign_keys = OFF")
    opened.connection.execute(
        "INSERT INTO skill_gap (id, person_id, topic_id, noted_on, changed_at) VALUES (1, 2, 3, '2026-01-01', 1)"
    )
    assert checks.full_check(opened).damaged == ("skill_gap",)


def test_an_index_of_words_out_of_step_is_built_anew(opened: Vault) -> None:
    with opened.change("break", undoable=False) as change:
        change.execute("INSERT INTO note_fts (note_fts) VALUES ('delete-all')")
    assert checks.full_check(opened) == checks.Health(rebuilt=True)
    assert opened.rows("SELECT count(*) FROM note_fts WHERE note_fts MATCH 'wort'") == [(100,)]
    assert checks.full_check(opened) == checks.Health()


def test_cancelling_stops_it(opened: Vault) -> None:
    def step(share: float) -> None:
        if share > 0.5:
            raise Cancelled()

    with pytest.raises(Cancelled):
        checks.full_check(opened, step)
    with pytest.raises(Cancelled):
        checks.quiet_check(opened, lambda: True)
    assert opened.rows("SELECT count(*) FROM note") == [(100,)]


def test_it_gives_way_to_whoever_waits(opened: Vault) -> None:
    """A statement without end is stopped by somebody who only wants to read."""
    endless = "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"
    ends: list[object] = []
    working = threading.Thread(target=lambda: ends.append(opened.aside(endless)))
    working.start()
    assert opened.rows("SELECT count(*) FROM note") == [(100,)]
    while working.is_alive():  # it may have come only after this thread had read
        assert opened.rows("SELECT count(*) FROM note") == [(100,)]
    working.join()
    assert ends == [None]


def test_an_error_after_the_wish_to_stop_is_no_error(opened: Vault) -> None:
    """SQLite does not always call it an interruption: an index of words that is stopped while it loads is "failed"."""

    def stumble() -> int:
        opened._turn._ask()
        raise ValueError

    opened.connection.create_function("stumble", 0, stumble)
    assert opened.aside("SELECT stumble()") is None

    def fall() -> int:
        raise ValueError

    opened.connection.create_function("stumble", 0, fall)
    with pytest.raises(Bug):
        opened.aside("SELECT stumble()")


def test_nobody_is_stopped_who_did_not_offer_to_step_back() -> None:
    turn = Turn()
    stopped = threading.Event()
    entered = threading.Event()

    def wait() -> None:
        with turn:
            entered.set()

    with turn, turn:
        with turn.stepping_back(stopped.set):
            assert not turn.wanted()
        other = threading.Thread(target=wait)
        other.start()
        while not turn.wanted():
            assert not entered.is_set()
        assert not stopped.is_set()
        with turn.stepping_back(stopped.set):
            assert stopped.wait(20)
    other.join()
    assert entered.is_set()
    assert not turn.wanted()


def test_a_check_is_due_once_a_day(opened: Vault, tmp_path: Path) -> None:
    assert checks.is_due(opened, TODAY)
    before = opened.needs_backup(tmp_path / "backups")
    checks.note(opened, tmp_path / "backups", checks.Health(), TODAY)
    assert not checks.is_due(opened, TODAY)
    assert checks.is_due(opened, date(2026, 11, 23))
    assert checks.last_check(opened) == TODAY
    assert opened.undo() is None
    assert opened.needs_backup(tmp_path / "backups") == before


def test_damage_is_kept_in_mind_until_the_file_is_another(path: Path, tmp_path: Path) -> None:
    shelf = tmp_path / "backups"
    with open_vault(path, PASSPHRASE) as vault:
        assert not checks.is_noted_as_damaged(shelf, path)
        checks.note(vault, shelf, checks.Health(("note",)), TODAY)
        assert checks.is_due(vault, TODAY)
    assert checks.is_noted_as_damaged(shelf, path)
    checks.forget_damage(shelf, path)
    assert not checks.is_noted_as_damaged(shelf, path)
    with open_vault(path, PASSPHRASE) as vault:
        checks.note(vault, shelf, checks.Health(("note",)), TODAY)
        checks.note(vault, shelf, checks.Health(), TODAY)
    assert not checks.is_noted_as_damaged(shelf, path)


def test_what_cannot_be_read_is_said_as_damage_not_as_a_bug(path: Path) -> None:
    damage(path, root_of(path, "person"))
    with open_vault(path, PASSPHRASE) as vault:
        with pytest.raises(Fault, match="vault.damaged"):
            vault.rows("SELECT * FROM person")
        vault.reopen()
        assert vault.rows("SELECT count(*) FROM note") == [(100,)]
