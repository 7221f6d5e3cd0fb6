"""Salvage: every readable row is in the new vault, each lost one is counted, and nothing is lost on the way."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from quick_vaults import PASSPHRASE
from wrecked_vaults import NOTES, Words, fill, is_sound, rows_of, salvaged

from app.errors import Cancelled, Fault, NewerVault, VaultInUse, WrongPassphrase
from app.services import houses, notes, people
from app.store import copies, first_page, migrate, salvage
from app.store.key import PAGE_BYTES, derive_master
from app.store.lockfile import LockFile
from app.store.recovery import recovery_code
from app.store.unlocking import Code
from app.store.vault import open_vault
from app.store.wreck import Table, Wreck


@pytest.fixture
def path(tmp_path: Path, quick_key: None) -> Path:  # noqa: ARG001
    """The closed vault of a programme with many notes."""
    place = tmp_path / "vault.tandembuch"
    fill(place)
    return place


def damage(path: Path, pages: list[int]) -> None:
    content = bytearray(path.read_bytes())
    for page in pages:
        content[page * PAGE_BYTES + 1000] ^= 1
    path.write_bytes(content)


def test_an_intact_vault_is_salvaged_whole(path: Path) -> None:
    with open_vault(path, PASSPHRASE) as vault:
        before = rows_of(vault)
    found = salvaged(path)
    assert found.complete
    aside = salvage.put_in_place(found)
    with open_vault(path, PASSPHRASE) as vault:
        after = rows_of(vault)
        assert is_sound(vault)
        assert len(after.pop("journal")) == len(before.pop("journal")) + 1
        assert after == before
        assert vault.rows("SELECT count(*) FROM note_fts WHERE note_fts MATCH 'wort'") == [(NOTES,)]
    assert aside.is_file()


def test_what_a_bad_page_holds_is_counted_and_all_else_is_there(path: Path) -> None:
    with open_vault(path, PASSPHRASE) as vault:
        before = rows_of(vault)
    pristine = path.read_bytes()
    chance = random.Random(5)
    lost_somewhere = 0
    for _ in range(12):
        path.write_bytes(pristine)
        damage(path, chance.sample(range(2, len(pristine) // PAGE_BYTES), chance.choice((1, 3, 8))))
        damaged = path.read_bytes()
        try:
            found = salvaged(path)
        except Fault as fault:
            assert fault.code == "salvage.head"  # noqa: PT017
            continue
        assert path.read_bytes() == damaged
        lost_somewhere += not found.complete
        with open_vault(found.staged, PASSPHRASE) as vault:
            assert is_sound(vault)
            after = rows_of(vault)
        told = {one.table: one for one in found.tables}
        for table in before:
            extra = after[table].keys() - before[table].keys()
            here = len(after[table]) - len(extra) - told[table].stand_ins
            assert here <= told[table].saved, table
            gone = len(before[table]) - here
            if table != "meta":
                assert told[table].lost is None or told[table].lost == gone, table
                assert told[table].lost is None or gone or not told[table].lost
        salvage.throw_away(found)
    assert lost_somewhere


def test_a_lost_interior_page_leaves_the_rows_that_an_index_reaches(path: Path) -> None:
    """Whatever one page of the file is destroyed: hardly any of the notes is lost with it."""
    pristine = path.read_bytes()
    worst = 0
    for page in range(80, len(pristine) // PAGE_BYTES, 40):
        path.write_bytes(pristine)
        damage(path, [page])
        found = salvaged(path)
        notes_told = next(one for one in found.tables if one.table == "note")
        if notes_told.lost is not None and notes_told.lost < NOTES:
            worst = max(worst, notes_told.lost)
        salvage.throw_away(found)
    assert 0 < worst < 20


def test_a_note_outlives_its_person_and_gaps_keep_a_stand_in(path: Path) -> None:
    with open_vault(path, PASSPHRASE) as vault:
        with vault.change("add") as change:
            one = people.add(change, replace(people.blank(), given_name="A", family_name="B"))
            note = notes.add(change, title="Über A", person=one)
            (topic,) = change.row("SELECT id FROM topic") or (0,)
            gap = notes.add_gap(change, one, topic, evidence="gesehen")
        vault.connection.set_authorizer(None)
        vault.connection.execute("PRAGMA foreign_keys = OFF")
        vault.connection.execute("DELETE FROM person WHERE id = ?", (one,))
    found = salvaged(path)
    told = {each.table: each for each in found.tables}
    assert told["person"].stand_ins == 1
    salvage.put_in_place(found)
    with open_vault(path, PASSPHRASE) as vault:
        assert vault.rows("SELECT title, person_id FROM note WHERE id = ?", (note,)) == [("Über A", one)]
        assert vault.rows("SELECT evidence FROM skill_gap WHERE id = ?", (gap,)) == [("gesehen",)]
        ((name,),) = vault.rows("SELECT family_name FROM person WHERE id = ?", (one,))
        assert name.endswith("1")


def test_a_reference_that_may_be_empty_is_emptied_and_counted(path: Path) -> None:
    with open_vault(path, PASSPHRASE) as vault:
        with vault.change("add") as change:
            one = people.add(change, replace(people.blank(), given_name="A", family_name="B"))
            note = notes.add(change, title="Über A", person=one)
        vault.connection.set_authorizer(None)
        vault.connection.execute("PRAGMA foreign_keys = OFF")
        vault.connection.execute("DELETE FROM person WHERE id = ?", (one,))
    found = salvaged(path)
    assert found.unlinked == 1
    assert not found.complete
    salvage.put_in_place(found)
    with open_vault(path, PASSPHRASE) as vault:
        assert vault.rows("SELECT person_id FROM note WHERE id = ?", (note,)) == [(None,)]


def test_a_lost_row_takes_what_cannot_stand_without_it(path: Path) -> None:
    with open_vault(path, PASSPHRASE) as vault:
        (enrolment,) = vault.row("SELECT enrolment_id FROM member LIMIT 1") or (0,)
        (members,) = vault.row("SELECT count(*) FROM member WHERE enrolment_id = ?", (enrolment,)) or (0,)
        vault.connection.set_authorizer(None)
        vault.connection.execute("PRAGMA foreign_keys = OFF")
        vault.connection.execute("DELETE FROM enrolment WHERE id = ?", (enrolment,))
    told = {each.table: each for each in salvaged(path).tables}
    assert told["member"].lost == members > 0


@pytest.mark.parametrize("change", [lambda c: c[: -30 * PAGE_BYTES - 77], lambda c: c + b"x" * 5000])
def test_a_file_cut_off_or_grown_is_salvaged(path: Path, change: Callable[[bytes], bytes]) -> None:
    path.write_bytes(change(path.read_bytes()))
    found = salvaged(path)
    assert sum(one.saved for one in found.tables) > 50
    assert copies.is_whole(found.staged, _key_of(found.staged))


def _key_of(path: Path) -> str:
    with open_vault(path, PASSPHRASE) as vault:
        return vault._key


def test_a_destroyed_head_is_read_by_the_header_of_a_backup(path: Path) -> None:
    with open_vault(path, PASSPHRASE) as vault:
        before = rows_of(vault)
        vault.back_up(path.parent / "backups")
    content = path.read_bytes()
    path.write_bytes(bytes(16) + content[16:])
    found = salvaged(path)
    assert found.complete
    salvage.put_in_place(found)
    with open_vault(path, PASSPHRASE) as vault:
        assert rows_of(vault)["note"] == before["note"]


def list_of_tables(path: Path) -> list[int]:
    """Which pages hold entries of the list of tables; the first is 1."""
    found = []
    with open_vault(path, PASSPHRASE) as vault:
        key = vault._key
    working = path.with_name("working")
    shutil.copy(path, working)
    pages = path.stat().st_size // PAGE_BYTES
    first_page._lend(working, key, pages, first_page._probes(pages), 0)
    reading = first_page._Pages(working, key, pages)
    for page in range(2, pages + 1):
        if any(str(row[4]).startswith("CREATE ") for row in reading.read(page) or ()):
            found.append(page)
    reading.close()
    working.unlink()
    return found


@pytest.mark.parametrize("head", [range(PAGE_BYTES), range(16, PAGE_BYTES), range(700, 701)])
def test_a_destroyed_first_page_costs_no_record(path: Path, head: range) -> None:
    with open_vault(path, PASSPHRASE) as vault:
        before = rows_of(vault)
        vault.back_up(path.parent / "backups")
    content = bytearray(path.read_bytes())
    for at in head:
        content[at] ^= 0xFF
    path.write_bytes(content)
    found = salvaged(path)
    assert found.complete
    salvage.put_in_place(found)
    with open_vault(path, PASSPHRASE) as vault:
        after = rows_of(vault)
        assert is_sound(vault)
        del before["journal"], after["journal"]
        assert after == before


def test_the_sheet_rescues_too_without_any_backup(path: Path) -> None:
    with open_vault(path, PASSPHRASE) as vault:
        before = rows_of(vault)
        code = recovery_code(derive_master(PASSPHRASE, vault.header))
    damage(path, [0])
    found = salvage.salvage(path, Code(code), path.parent / "backups")
    assert found.complete
    salvage.put_in_place(found)
    with open_vault(path, Code(code)) as vault:
        assert rows_of(vault)["note"] == before["note"]


def test_another_vaults_sheet_is_named_as_such(path: Path) -> None:
    damage(path, [0])
    with pytest.raises(Fault, match=r"recovery\.other"):
        salvage.salvage(path, Code(recovery_code(bytes(20))), path.parent / "backups")


@pytest.mark.parametrize("first", [False, True])
def test_where_a_page_of_the_list_of_tables_is_lost_the_other_tables_are_there(path: Path, first: bool) -> None:
    with open_vault(path, PASSPHRASE) as vault:
        before = rows_of(vault)
        vault.back_up(path.parent / "backups")
    for page in list_of_tables(path):
        pristine = path.read_bytes()
        damage(path, [page - 1] + [0] * first)
        found = salvaged(path)
        assert not found.complete
        told = {one.table: one for one in found.tables}
        gone = {name for name, rows in before.items() if rows and not told[name].saved}
        assert all(told[name].lost != 0 for name in gone)
        with open_vault(found.staged, PASSPHRASE) as vault:
            after = rows_of(vault)
            assert is_sound(vault)
            assert after["meta"]["vault_id"] == before["meta"]["vault_id"]  # its backups say which it was
        for name in before.keys() - gone - {"journal", "meta"}:
            if not told[name].stand_ins and told[name].lost == 0 and not found.unlinked:
                assert after[name] == before[name]
        salvage.throw_away(found)
        path.write_bytes(pristine)


def test_a_list_of_tables_that_is_wholly_destroyed_is_said(path: Path) -> None:
    with open_vault(path, PASSPHRASE) as vault:
        vault.back_up(path.parent / "backups")
    damage(path, [0, *(page - 1 for page in list_of_tables(path))])
    with pytest.raises(Fault, match=r"salvage\.head"):
        salvaged(path)
    shutil.rmtree(path.parent / "backups")
    with pytest.raises(WrongPassphrase):
        salvaged(path)
    assert {entry.name for entry in path.parent.iterdir()} == {path.name}


def test_the_first_page_of_a_newer_vault_is_not_guessed(path: Path) -> None:
    with open_vault(path, PASSPHRASE) as vault:
        vault.connection.set_authorizer(None)
        vault.connection.execute("CREATE TABLE of_tomorrow (id INTEGER PRIMARY KEY) STRICT")
    damage(path, [0])
    with pytest.raises(NewerVault):
        salvaged(path)


def test_a_wrong_passphrase_is_said_and_leaves_nothing(path: Path) -> None:
    with pytest.raises(WrongPassphrase):
        salvage.salvage(path, Words("falsch"), path.parent / "backups")
    assert {entry.name for entry in path.parent.iterdir()} == {path.name}


def test_cancelling_leaves_the_vault_as_it_was(path: Path) -> None:
    content = path.read_bytes()

    def step(share: float) -> None:
        if share > 0.3:
            raise Cancelled()

    with pytest.raises(Cancelled):
        salvage.salvage(path, Words(), path.parent / "backups", step)
    assert {entry.name for entry in path.parent.iterdir()} == {path.name}
    assert path.read_bytes() == content


def test_an_open_vault_is_not_salvaged(path: Path) -> None:
    lock = LockFile(path)
    try:
        with pytest.raises(VaultInUse):
            salvaged(path)
    finally:
        lock.release()


def test_a_vault_opened_meanwhile_decides_nothing(path: Path) -> None:
    damage(path, [40])
    found = salvaged(path)
    before = {entry.name for entry in path.parent.iterdir()}
    lock = LockFile(path)
    try:
        with pytest.raises(VaultInUse):
            salvage.put_in_place(found)
    finally:
        lock.release()
    assert {entry.name for entry in path.parent.iterdir()} == before  # nothing that the next opening would put there
    salvage.put_in_place(found)
    with open_vault(path, PASSPHRASE) as vault:
        assert is_sound(vault)


def test_a_place_that_refuses_leaves_the_damaged_and_the_rescued_vault(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    damage(path, [40])
    found = salvaged(path)
    before = {entry.name for entry in path.parent.iterdir()}
    genuine = os.replace

    def refuse(source: Path, target: Path) -> None:
        if Path(source) == path:
            raise PermissionError
        genuine(source, target)

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(Fault, match=r"backups\.unwritable"):
        salvage.put_in_place(found)
    assert {entry.name for entry in path.parent.iterdir()} == before


def test_thrown_away_leaves_the_damaged_vault_alone(path: Path) -> None:
    damage(path, [40])
    content = path.read_bytes()
    found = salvaged(path)
    salvage.throw_away(found)
    assert {entry.name for entry in path.parent.iterdir()} == {path.name}
    assert path.read_bytes() == content


@pytest.mark.parametrize("head", [False, True])
def test_a_vault_of_the_first_schema_is_salvaged_and_brought_up(tmp_path: Path, head: bool) -> None:
    place = Path(shutil.copy(Path(__file__).parents[2] / "vaults" / "schema_0001.tandembuch", tmp_path))
    damage(place, [0] * head)
    words = "Größe Wolke Segel Amsel 4"
    found = salvage.salvage(place, Words(words), tmp_path / "backups")
    assert found.complete or head  # without its first page nobody knows what a later version had beside
    of_later = {"draft", "draft_pair", "publishing", "published_pair", "erased", "alternative"}
    assert {one.table for one in found.tables if one.lost != 0} <= of_later
    salvage.put_in_place(found)
    with open_vault(place, words) as vault:
        assert vault.rows("SELECT family_name FROM person ORDER BY family_name") == [("Großmann",), ("Öztürk",)]
        assert vault.rows("PRAGMA user_version") == [(migrate.newest(),)]


def test_a_salvaged_vault_wants_a_backup(path: Path) -> None:
    with open_vault(path, PASSPHRASE) as vault:
        vault.back_up(path.parent / "backups")
        vault_id = vault.id
    salvage.put_in_place(salvaged(path))
    with open_vault(path, PASSPHRASE) as vault:
        assert vault.id == vault_id
        assert vault.needs_backup(path.parent / "backups")
        with vault.change("houses.set_house") as change:
            houses.set_house(change, name="Haus")


def test_a_tree_that_leads_in_a_circle_is_left(tmp_path: Path) -> None:
    class Circle(Wreck):
        def read(self, _sql: str, _parameters: Sequence[object] = ()) -> tuple[list[tuple[object, ...]], bool]:
            return [(3, "x"), (5, "y")], False

    found: list[tuple[object, ...]] = []
    table = Table(Circle(tmp_path / "none", ""), "note", ["id", "title"], [])
    table.rescue(found.extend)
    assert sorted(found) == [(3, "x"), (5, "y")]
    assert table.lost is None


def test_what_a_killed_rescue_left_goes_at_the_next_opening(path: Path) -> None:
    for name in ("working", "working-journal", "working.first", "salvaged", "salvaged-journal"):
        path.with_name(f"{path.name}.{name}").write_bytes(b"left over")
    open_vault(path, PASSPHRASE).close()
    assert {entry.name for entry in path.parent.iterdir()} == {path.name}
