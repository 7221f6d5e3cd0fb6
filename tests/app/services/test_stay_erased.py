"""Who was erased stays so, whatever comes back out of an older backup: single records, a programme, or all of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from bring_back_scene import back, busiest, content
from open_pages import decrypted
from quick_vaults import PASSPHRASE

from app.domain.ids import PersonId, ProgrammeId, TandemId
from app.domain.programmes import Role
from app.errors import Fault
from app.services import bring_back, demo, goals, meetings, notes, people, programmes, tandems
from app.services.erase import erase_person, restoring
from app.store import backups as shelf
from app.store import copies, erased, excerpts, migrate
from app.store import people as people_store
from app.store.excerpts import State, What
from app.store.key import derive_master, raw_key, read_header
from app.store.vault import Change, Vault, create_vault, open_vault, restore_newest

CANARY = "zzyzxquork"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "vault.tandembuch"


@pytest.fixture
def vault(path: Path, quick_key: None) -> Iterator[Vault]:  # noqa: ARG001
    """The demo, with a group of three, and a programme of its own for somebody whose every word is the canary's."""
    with create_vault(path, PASSPHRASE) as made:
        with made.change("demo.fill", undoable=False) as change:
            demo.fill(change, date(2026, 11, 22))
            _group(change)
        yield made


def _group(change: Change) -> None:
    """A tandem of three: one mentor, two mentees, and what they wrote."""
    programme = programmes.add(change, replace(programmes.blank(), title="Gruppe"))
    ids = [people.add(change, replace(people.blank(), given_name="G", family_name=name)) for name in ("Eins", CANARY)]
    third = people.add(change, replace(people.blank(), family_name="Drei", remarks="mit"))
    (mentor,) = programmes.enrol(change, programme, [ids[0]], Role.MENTOR)
    one, other = programmes.enrol(change, programme, [ids[1], third], Role.MENTEE)
    tandem = tandems.pair(change, programme, mentor, one)
    row = "INSERT INTO member (id, tandem_id, enrolment_id, side, changed_at) VALUES (3, ?, ?, 'mentee', 1)"
    change.execute(row, (tandem, other))
    meeting = meetings.add(change, tandem, summary="zu dritt")
    goals.add(change, tandem, title="Gruppenziel")
    people.edit(change, third, supervisor=ids[1])
    people.set_wishes(change, third, ids)
    notes.add(change, title=f"{CANARY} allein", body=CANARY, person=ids[1])
    notes.add(change, title="zu dritt", meeting=meeting)


def named(vault: Vault, family_name: str) -> PersonId:
    return next(one.id for one in people_store.all_people(vault) if one.family_name == family_name)


def of_busiest(vault: Vault) -> PersonId:
    sql = "SELECT e.person_id FROM member m JOIN enrolment e ON e.id = m.enrolment_id WHERE m.tandem_id = ?"
    return PersonId(vault.rows(sql, (busiest(vault),))[0][0])


def unpaired(vault: Vault) -> PersonId:
    sql = "SELECT person_id FROM enrolment WHERE id NOT IN (SELECT enrolment_id FROM member)"
    return PersonId(vault.rows(sql)[0][0])


def programme_of(vault: Vault, person: PersonId) -> ProgrammeId:
    return ProgrammeId(vault.rows("SELECT programme_id FROM enrolment WHERE person_id = ?", (person,))[0][0])


def known(path: Path, people: set[PersonId]) -> None:
    with open_vault(path, PASSPHRASE) as vault:
        assert erased.ids(vault) == people


WHO: dict[str, Callable[[Vault], PersonId]] = {
    "of a tandem": of_busiest,
    "of a group": lambda vault: named(vault, CANARY),
    "unpaired": unpaired,
}


@pytest.mark.parametrize("choose", WHO.values(), ids=WHO.keys())
def test_a_programme_comes_back_as_the_erasure_would_have_left_it(
    vault: Vault, tmp_path: Path, choose: Callable[[Vault], PersonId]
) -> None:
    """First back and then erased, or first erased and then back: the same rows."""
    who = choose(vault)
    programme = programme_of(vault, who)
    backup = vault.back_up(tmp_path / "backups")
    twin = tmp_path / "twin.tandembuch"
    shutil.copy(backup.path, twin)

    with open_vault(twin, PASSPHRASE) as other:
        with other.change("test") as change:
            programmes.remove(change, programme)
        back(other, backup, What.PROGRAMME, programme)
        erase_person(other, who)
        wanted = content(other)

    erase_person(vault, who)
    with vault.change("test") as change:
        programmes.remove(change, programme)
    came = back(vault, backup, What.PROGRAMME, programme)
    assert (came.erased, came.people, came.perhaps_erased) == (1, 0, False)
    assert content(vault) == wanted
    assert people_store.person(vault, who) is None
    assert not vault.rows("PRAGMA foreign_key_check")
    with vault.reading(backup) as then:
        states = {one.id: one.state for one in excerpts.entries(then, vault, What.PROGRAMME)}
    assert states[programme] is State.SAME, "nothing is missing of it"
    vault.undo(), vault.redo()
    assert content(vault) == wanted
    assert not vault.rows("SELECT 1 FROM enrolment WHERE person_id = ?", (who,))


def test_nothing_of_them_is_offered(vault: Vault, tmp_path: Path) -> None:
    who, of_three = of_busiest(vault), named(vault, CANARY)
    tandem = busiest(vault)
    with vault.change("test") as change:
        mine = notes.add(change, title="über das Tandem", tandem=tandem)
    backup = vault.back_up(tmp_path / "backups")
    erase_person(vault, who)
    erase_person(vault, of_three)
    with vault.reading(backup) as then:
        listed = {what: excerpts.entries(then, vault, what) for what in What}
        assert excerpts.left_out(then, vault).of("person") == {who, of_three}
    ids = {what: {one.id for one in found} for what, found in listed.items()}
    assert not ids[What.PERSON] & {who, of_three}
    assert tandem not in ids[What.TANDEM]
    assert mine not in ids[What.NOTE]
    assert {one.state for found in listed.values() for one in found} == {State.SAME}
    assert CANARY not in " ".join(f"{one.title} {one.detail}" for found in listed.values() for one in found)
    for what, identity in ((What.PERSON, who), (What.TANDEM, tandem), (What.NOTE, mine)):
        with pytest.raises(Fault, match=r"record\.gone"):
            back(vault, backup, what, identity)


def test_a_group_of_whom_one_is_left_does_not_come_back(vault: Vault, tmp_path: Path) -> None:
    ((group,),) = vault.rows("SELECT tandem_id FROM member GROUP BY tandem_id HAVING count(*) = 3")
    backup = vault.back_up(tmp_path / "backups")
    erase_person(vault, named(vault, CANARY))
    with vault.change("test") as change:
        tandems.remove(change, [TandemId(group)])
    assert back(vault, backup, What.TANDEM, group).erased == 1
    assert vault.rows("SELECT count(*) FROM member WHERE tandem_id = ?", (group,)) == [(2,)]
    erase_person(vault, named(vault, "Drei"))
    with pytest.raises(Fault, match=r"record\.gone"):
        back(vault, backup, What.TANDEM, group)


def test_what_was_read_before_an_erasure_brings_nobody_back(vault: Vault, tmp_path: Path) -> None:
    who = named(vault, CANARY)
    backup = vault.back_up(tmp_path / "backups")
    with vault.reading(backup) as then:
        found = excerpts.excerpt(then, vault, What.PROGRAMME, programme_of(vault, who))
    erase_person(vault, who)
    with vault.change("bring_back") as change:
        bring_back.bring_back(change, found)
    assert people_store.person(vault, who) is None
    assert not vault.rows("PRAGMA foreign_key_check")


def test_it_is_known_when_somebody_was_erased_before_that_was_kept(vault: Vault, tmp_path: Path) -> None:
    with vault.change("test") as change:
        gone = people.add(change, replace(people.blank(), family_name="Weg"))
    backup = vault.back_up(tmp_path / "backups")
    with vault.change("test") as change:
        people.remove(change, [gone])
    assert not back(vault, backup, What.PERSON, gone).perhaps_erased
    erase_person(vault, named(vault, "Eins"))
    with vault.change("test") as change:
        people.remove(change, [gone])
    assert not back(vault, backup, What.PERSON, gone).perhaps_erased
    with vault.change("test") as change:
        people.remove(change, [gone])
        change.execute("DELETE FROM erased")
    assert back(vault, backup, What.PERSON, gone).perhaps_erased


# The whole backup


def pages(path: Path, key: str) -> str:
    return b"\n".join(decrypted(path, key)).decode("latin-1").lower()


def test_a_restored_vault_holds_nothing_of_them_in_any_page(vault: Vault, path: Path, tmp_path: Path) -> None:
    """Nor a beginning of a word in the index; and what was added since is gone, as a restore has it."""
    shelves, key = tmp_path / "backups", vault._key
    who, partner = named(vault, CANARY), of_busiest(vault)
    backup = vault.back_up(shelves)
    with vault.reading(backup) as then:
        was, takes = shelf.contents_of(then), erased.gone(then, [who, partner])
    erase_person(vault, who)
    erase_person(vault, partner)
    with vault.change("test") as change:
        notes.add(change, title="später")
    foreseen = restoring(vault, backup)
    assert foreseen.erased == 2
    settle = vault.restorer(backup)
    vault.close()
    settle()
    assert CANARY[:5] in pages(backup.path, key), "the test sees what is there"
    assert CANARY[:5] not in pages(path, key)
    with open_vault(path, PASSPHRASE) as restored:
        assert shelf.contents_of(restored) == foreseen.contents
        assert foreseen.contents.people == was.people - 2
        assert foreseen.contents.notes == was.notes - len(takes.of("note"))
        assert erased.ids(restored) == {who, partner}
        assert restored.undo() is None
        assert restored.rows("PRAGMA integrity_check") == [("ok",)]
        assert restored.rows("SELECT count(*) FROM member WHERE id = 3") == [(1,)], "the group goes on"
        assert restored.needs_backup(shelves), "no backup is without them yet"
        clean = restored.back_up(shelves)
        settle = restored.restorer(clean)
    settle()
    assert path.read_bytes() == clean.path.read_bytes(), "who is not in it need not be taken out of it"
    assert not list(tmp_path.glob("*.preparing*"))


def test_the_list_outlives_several_restores(vault: Vault, path: Path, tmp_path: Path) -> None:
    shelves, who = tmp_path / "backups", named(vault, "Eins")
    oldest = vault.back_up(shelves)
    with vault.change("test") as change:
        later = people.add(change, replace(people.blank(), family_name="Später"))
    newer = vault.back_up(shelves)
    erase_person(vault, who)
    erase_person(vault, later)
    for backup in (oldest, newer):
        with open_vault(path, PASSPHRASE) if vault.closed else vault as one:
            settle = one.restorer(backup)
        settle()
        known(path, {who, later})
        with open_vault(path, PASSPHRASE) as restored:
            assert people_store.person(restored, who) is None
            assert people_store.person(restored, later) is None


def test_a_backup_of_an_earlier_schema_loses_them_too(tmp_path: Path) -> None:
    """It had no place for their ids."""
    copy, passphrase = tmp_path / "old.tandembuch", "Größe Wolke Segel Amsel 4"
    shutil.copy(Path(__file__).parents[2] / "vaults" / "schema_0001.tandembuch", copy)
    key = raw_key(derive_master(passphrase, read_header(copy)), read_header(copy))
    with copies.reading(copy, key) as then:
        ((who,),) = then.rows("SELECT id FROM person WHERE family_name = 'Öztürk'")
        assert erased.ids(then) == set()
    erased.leave_out(copy, key, {who})
    assert "vertraulich" not in pages(copy, key), "the note was about their tandem"
    with open_vault(copy, passphrase) as opened:
        assert [one.family_name for one in people_store.all_people(opened)] == ["Großmann"]
        assert opened.row("PRAGMA user_version") == (migrate.newest(),)
        assert erased.ids(opened) == {who}
        assert not opened.rows("SELECT 1 FROM tandem")


def test_what_a_crash_left_of_a_restore_that_was_not_decided_goes(vault: Vault, path: Path, tmp_path: Path) -> None:
    backup = vault.back_up(tmp_path / "backups")
    vault.close()
    for ending in ("", "-journal", ".part"):
        shutil.copy(backup.path, tmp_path / f"{path.name}.2026-11-22 10-00-00.preparing{ending}")
    before = path.read_bytes()
    open_vault(path, PASSPHRASE).close()
    assert not list(tmp_path.glob("*.preparing*"))
    assert path.read_bytes() == before


@pytest.mark.parametrize("broken", ["leave_out", "is_whole"])
def test_a_restore_that_fails_before_it_is_decided_leaves_the_vault_open(
    vault: Vault, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    backup = vault.back_up(tmp_path / "backups")
    erase_person(vault, named(vault, CANARY))

    def full(*_: object) -> None:
        raise Fault("backups.disk_full")

    if broken == "leave_out":
        monkeypatch.setattr(erased, "delete", full)
    else:
        monkeypatch.setattr(erased, "is_whole", lambda *_: False)
    with pytest.raises(Fault, match="backups.(disk_full|unverified)"):
        vault.restorer(backup)
    assert not list(tmp_path.glob("*.preparing*")) + list(tmp_path.glob("*.restoring*"))
    assert not vault.closed
    assert path.exists()


def test_the_newest_backup_in_place_of_a_damaged_vault_is_without_them_too(
    vault: Vault, path: Path, tmp_path: Path
) -> None:
    """As far as the damaged file still says who it was."""
    who = named(vault, CANARY)
    vault.back_up(tmp_path / "backups")
    erase_person(vault, who)
    vault.close()
    good = path.read_bytes()
    path.write_bytes(good[: len(good) - 4096] + bytes(4096))
    restore_newest(path, PASSPHRASE, tmp_path / "backups")
    known(path, {who})
    with open_vault(path, PASSPHRASE) as restored:
        assert people_store.person(restored, who) is None
    path.write_bytes(good[:16] + bytes(len(good) - 16))
    restore_newest(path, PASSPHRASE, tmp_path / "backups")
    known(path, set())


def test_a_restore_does_not_hide_that_somebody_was_erased_before_that_was_kept(
    vault: Vault, path: Path, tmp_path: Path
) -> None:
    with vault.change("people.add") as change:
        one, *others = [people.add(change, replace(people.blank(), family_name=name)) for name in ("Ito", "Ba", "Cho")]
    with vault.change(erased.ERASURE, undoable=False) as change:  # as schema 3 did: a line, no id
        people.remove(change, [one])
    old = vault.back_up(tmp_path / "backups")
    for other in others:
        erase_person(vault, other)
    settle = vault.restorer(old)
    vault.close()
    settle()
    with open_vault(path, PASSPHRASE) as restored:
        assert set(others) <= erased.ids(restored)
        assert erased.some_unknown(restored)
