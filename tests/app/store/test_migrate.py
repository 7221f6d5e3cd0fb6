"""The schema, its steps, and the vaults that were made before."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from app.domain.drafts import Aim, Decision, Draft
from app.domain.kinds import TABLE_KINDS
from app.domain.tandems import TandemSide
from app.errors import Fault
from app.services import protocols
from app.store import (
    alternatives,
    drafts,
    erased,
    goals,
    meetings,
    migrate,
    notes,
    people,
    programmes,
    publishings,
    tandems,
)
from app.store.vault import Vault, create_vault, open_vault

VAULTS = Path(__file__).resolve().parents[2] / "vaults"
OLD_PASSPHRASE = "Größe Wolke Segel Amsel 4"
STORED = sorted(VAULTS.glob("schema_*.tandembuch"))
UNTRACKED = {"meta", "journal", "erased"}


def tables(source: Vault) -> set[str]:
    rows = source.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
    return {row[0] for row in rows if not row[0].startswith(("sqlite_", "note_fts"))}


def test_steps_are_numbered_without_a_gap() -> None:
    assert list(migrate.scripts()) == list(range(1, migrate.newest() + 1))


def test_every_table_is_undone_or_known_not_to_be(vault: Vault) -> None:
    assert tables(vault) == set(TABLE_KINDS) | UNTRACKED


def test_every_table_is_strict_and_dated(vault: Vault) -> None:
    for table in tables(vault):
        row = vault.row("SELECT strict FROM pragma_table_list WHERE name = ? AND schema = 'main'", (table,))
        assert row == (1,), table
        columns = [column[1] for column in vault.rows(f"PRAGMA table_info({table})")]
        assert table in UNTRACKED or columns[-1] == "changed_at", table


def test_every_reference_is_followed_by_an_index() -> None:
    """Else a removal would read the whole of another table."""
    connection = sqlcipher.connect(":memory:", isolation_level=None)
    migrate.migrate(connection, 0)
    references = connection.execute(
        "SELECT m.name, f.\"from\" FROM sqlite_master m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table'"
    ).fetchall()
    assert len(references) > 25
    for table, column in references:
        plan = connection.execute(f"EXPLAIN QUERY PLAN SELECT 1 FROM {table} WHERE {column} = 5").fetchall()
        assert "SEARCH" in str(plan), (table, column)
    connection.close()


def test_ids_are_not_reused_counters(vault: Vault) -> None:
    assert not [row for row in vault.rows("SELECT sql FROM sqlite_master") if "AUTOINCREMENT" in str(row)]


def test_the_search_index_forgets_what_was_deleted(vault: Vault) -> None:
    assert vault.row("SELECT v FROM note_fts_config WHERE k = 'secure-delete'") == (1,)
    (sql,) = vault.rows("SELECT sql FROM sqlite_master WHERE name = 'note_fts'")
    assert re.search(r"unicode61 remove_diacritics 2.*prefix = '2 3'", str(sql), re.DOTALL)


# Steps


@pytest.fixture
def old(tmp_path: Path, quick_key: None) -> Path:  # noqa: ARG001
    """A closed vault of the present schema, with one organisation."""
    path = tmp_path / "alt.tandembuch"
    with create_vault(path, "x") as vault, vault.change("x") as change:
        change.execute("INSERT INTO organisation (id, name, changed_at) VALUES (1, 'Alt', 1)")
    return path


def with_step(monkeypatch: pytest.MonkeyPatch, script: str) -> int:
    number = migrate.newest() + 1
    steps = {**migrate.scripts(), number: script}
    monkeypatch.setattr(migrate, "scripts", lambda: steps)
    return number


def test_a_step_is_taken_once_and_keeps_what_is_there(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    number = with_step(monkeypatch, "ALTER TABLE organisation ADD COLUMN place TEXT NOT NULL DEFAULT 'Kiel';")
    for _ in range(2):
        with open_vault(old, "x") as vault:
            assert vault.rows("SELECT name, place FROM organisation") == [("Alt", "Kiel")]
            assert vault.row("PRAGMA user_version") == (number,)


@pytest.mark.parametrize(
    "script",
    [
        "CREATE TABLE added (a); DELETE FROM organisation; nonsense;",
        "CREATE TABLE added (a); INSERT INTO organisation (id, name, changed_at) VALUES (1, 'doppelt', 1);",
    ],
)
def test_a_step_that_fails_leaves_the_schema_before_it(old: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    before = old.read_bytes()
    with monkeypatch.context() as patched:
        with_step(patched, script)
        with pytest.raises(Fault, match="vault.not_migrated") as refused:
            open_vault(old, "x")
        copy = old.with_name(str(refused.value.facts["copy"]))
    assert old.read_bytes() == before
    with open_vault(copy, "x") as vault:
        assert vault.rows("SELECT name FROM organisation") == [("Alt",)]
    with open_vault(old, "x") as vault:
        assert "added" not in tables(vault)
        assert vault.rows("SELECT name FROM organisation") == [("Alt",)]
        assert vault.row("PRAGMA user_version") == (migrate.newest(),)


def test_a_step_that_breaks_a_reference_is_refused(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_step(
        monkeypatch,
        "INSERT INTO person (id, given_name, family_name, sort_name, changed_at) VALUES (1, 'a', 'b', '', 1);"
        "UPDATE person SET organisation_id = 99;",
    )
    before = old.read_bytes()
    with pytest.raises(Fault, match="vault.not_migrated"):
        open_vault(old, "x")
    assert old.read_bytes() == before


def test_of_two_steps_both_are_taken_or_none(old: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before = old.read_bytes()
    with monkeypatch.context() as patched:
        with_step(patched, "CREATE TABLE added (a);")
        with_step(patched, "nonsense;")
        with pytest.raises(Fault, match="vault.not_migrated") as refused:
            open_vault(old, "x", backups=tmp_path / "backups")
    assert old.read_bytes() == before
    assert [one.name for one in (tmp_path / "backups").rglob(str(refused.value.facts["copy"]))]


# Vaults made before


def test_there_is_a_vault_of_every_schema() -> None:
    assert [path.stem for path in STORED] == [f"schema_{number:04}" for number in migrate.scripts()]


@pytest.mark.parametrize("stored", STORED, ids=lambda path: path.stem)
def test_a_vault_made_before_still_opens(stored: Path, tmp_path: Path) -> None:
    copy = tmp_path / stored.name
    shutil.copy(stored, copy)
    with open_vault(copy, OLD_PASSPHRASE) as vault:
        there = {person.list_name: person.id for person in people.all_people(vault)}
        third = {"Ångström, Ülo"} if stored.stem >= "schema_0005" else set()
        assert set(there) == {"Großmann, Łucja", "Öztürk, Ağca"} | third
        (programme,) = programmes.all_programmes(vault)
        (tandem,) = tandems.of_programme(vault, programme.id)
        assert tandem.agreement.place == "Kiel"
        assert meetings.of_tandem(vault, tandem.id)[0].minutes == 60
        assert goals.of_tandem(vault, tandem.id)[0].target == 3
        assert [found.note.title for found in notes.search(vault, "angste")] == ["Vertraulich"]
        assert notes.gaps_of(vault, tandem.mentee.person)[0].wanted == 3
        assert vault.row("PRAGMA integrity_check") == ("ok",)
        draft = drafts.draft(vault, programme.id)
        if stored.stem == "schema_0001":
            assert draft == Draft(programme=programme.id)
        else:
            assert draft.aim is Aim.QUALITY
            assert draft.decision((tandem.mentor.enrolment, tandem.mentee.enrolment)) is Decision.BANNED
        assert len(erased.ids(vault)) == (stored.stem >= "schema_0004")
        instead = alternatives.of_tandem(vault, tandem.id)
        assert [(side, person) for side, (person, _) in instead.items()] == [
            (TandemSide.MENTEE, there[name]) for name in third
        ]
        published = publishings.heads(vault, programme.id)
        if stored.stem < "schema_0003":
            assert published == ()
        else:
            assert publishings.tandems_of(vault, published[0].id) == (tandem.id,)
            assert protocols.published_protocol(vault, published[0].id).pairs[0].mentee == "Łucja Großmann"


def test_a_pair_kept_before_origins_were_known_is_the_officers_own() -> None:
    connection = sqlcipher.connect(":memory:", isolation_level=None)
    migrate.migrate(connection, 0, 2)
    connection.executescript(
        "PRAGMA foreign_keys = OFF;"
        "INSERT INTO draft_pair (id, mentor_id, mentee_id, decision, changed_at) VALUES"
        " (1, 10, 20, 'locked', 5), (2, 11, 21, 'banned', 6);"
    )
    connection.executescript(migrate.scripts()[3])
    rows = connection.execute("SELECT * FROM draft_pair ORDER BY id").fetchall()
    assert rows == [(1, 10, 20, "locked", "by_hand", 5), (2, 11, 21, "banned", "assigned", 6)]
    connection.close()
