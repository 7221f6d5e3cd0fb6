"""Erased means erased: nothing of a person is left, in no row, no index, no page of the file and no step of undo."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from quick_vaults import PASSPHRASE

from app.domain.ids import PersonId, TandemId
from app.domain.people import Side, Skill
from app.domain.programmes import Role
from app.errors import Fault
from app.services import demo, erase, goals, meetings, notes, people, programmes, tandems
from app.services.erase import erase_person, holding, remove_backups
from app.store import people as people_store
from app.store.backups import copy_to
from app.store.key import PAGE_BYTES
from app.store.vault import Vault, create_vault, open_vault

RESERVED, IV, SALT = 80, 16, 16
CANARY = "Zzyzxquork"
MORE = ("Vlixpratnik", "Qwombelfrast", "Jubrikanzel", "Xandrofelix", "Pfnudwarkel", "Grzmotilda", "Ywrkselhuhn")


def decrypted(path: Path, key: str) -> bytes:
    """All pages of a closed vault as they are behind the cipher, free ones too."""
    secret = bytes.fromhex(key[2 : 2 + 64])
    content = path.read_bytes()
    found = b""
    for start in range(0, len(content), PAGE_BYTES):
        page = content[start : start + PAGE_BYTES]
        body = page[SALT if start == 0 else 0 : PAGE_BYTES - RESERVED]
        vector = page[PAGE_BYTES - RESERVED : PAGE_BYTES - RESERVED + IV]
        decryptor = Cipher(algorithms.AES(secret), modes.CBC(vector)).decryptor()
        found += decryptor.update(body) + decryptor.finalize()
    return found


def traces(content: bytes) -> list[str]:
    """Which of the canary words, or their beginnings of five letters and more, are in there."""
    lowered = content.lower()
    return [word for word in (CANARY, *MORE) if word[:5].lower().encode() in lowered]


@pytest.fixture
def path(tmp_path: Path, quick_key: None) -> Path:  # noqa: ARG001
    return tmp_path / "vault.tandembuch"


@pytest.fixture
def vault(path: Path) -> Iterator[Vault]:
    with create_vault(path, PASSPHRASE) as made:
        with made.change("demo.fill", undoable=False) as change:
            demo.fill(change, date(2026, 11, 22))
            for number in range(200):
                notes.add(change, title=f"Notiz {number}", body=f"Wort{number} " * 40)
        yield made


@pytest.fixture
def person(vault: Vault) -> PersonId:
    """Somebody with everything, each text of it a word of its own."""
    with vault.change("people.add") as change:
        ((topic,),) = change.rows("SELECT id FROM topic LIMIT 1")
        skill = Skill(topic=topic, side=Side.OFFERED, level=3)
        one = people.add(
            change,
            replace(people.blank(), given_name="A", family_name=CANARY, email=f"{MORE[0]}@x.org", skills=(skill,)),
        )
        other = people.add(change, replace(people.blank(), given_name="B", family_name="Bleibt"))
        programme = programmes.add(change, replace(programmes.blank(), title="Runde"))
        (mentor,) = programmes.enrol(change, programme, [one], Role.MENTOR)
        (mentee,) = programmes.enrol(change, programme, [other], Role.MENTEE)
        tandem = tandems.pair(change, programme, mentor, mentee)
        people.edit(change, other, supervisor=one)
        meeting = meetings.add(change, tandem, summary=f"{MORE[1]} gelobt")
        goals.add(change, tandem, title=MORE[2])
        tandems.edit_agreement(change, tandem, remarks=MORE[3])
        notes.add(change, title=MORE[4], body=f"{CANARY} " * 300, person=one)
        notes.add(change, body=f"über das Tandem {MORE[5]}", tandem=tandem)
        notes.add(change, body="über das Treffen", meeting=meeting)
        notes.add_gap(change, one, topic, evidence=MORE[6])
    with vault.change("people.edit") as change:
        people.edit(change, one, remarks=f"auch {CANARY}", given_name="Aa")
    return one


def test_it_is_foreseen_what_goes(vault: Vault, person: PersonId) -> None:
    found = erase.foreseen(vault, person)
    assert found == erase.Erasure(tandems=1, meetings=1, goals=1, notes=3, skill_gaps=1, enrolments=1, mentions=0)
    with vault.change("notes.add") as change:
        notes.add(change, body=f"{CANARY.upper()} war dabei")
    assert erase.foreseen(vault, person).mentions == 1
    assert erase_person(vault, person) == replace(found, mentions=1)


def test_no_page_of_the_file_holds_a_word_of_it(vault: Vault, person: PersonId, path: Path) -> None:
    key = vault._key
    vault.close()
    assert len(traces(decrypted(path, key))) == 1 + len(MORE)  # the test sees what is there
    with open_vault(path, PASSPHRASE) as opened:
        erase_person(opened, person)
        assert opened.undo() is None
        assert not opened.rows("SELECT 1 FROM note_fts WHERE note_fts MATCH ?", (CANARY.lower(),))
        assert opened.rows("PRAGMA integrity_check") == [("ok",)]
        assert not opened.rows("PRAGMA foreign_key_check")
        assert len(opened.rows("SELECT 1 FROM note_fts WHERE note_fts MATCH 'notiz'")) == 200
    assert traces(decrypted(path, key)) == []


def test_undo_brings_nothing_back(vault: Vault, person: PersonId) -> None:
    erase_person(vault, person)
    assert vault.undo() is None
    assert vault.redo() is None
    assert not vault.connection.execute("SELECT count(*) FROM undo_log").fetchone()[0]
    assert people_store.person(vault, person) is None


def test_the_journal_names_nobody(vault: Vault, person: PersonId) -> None:
    erase_person(vault, person)
    assert ("erase.erase",) in vault.rows("SELECT verb FROM journal")
    for row in vault.rows("SELECT verb, kinds FROM journal"):
        assert re.fullmatch(r"[a-z_. ]+", " ".join(row))


def test_others_stay(vault: Vault, person: PersonId) -> None:
    before = people_store.count(vault)
    erase_person(vault, person)
    assert people_store.count(vault) == before - 1
    assert vault.rows("SELECT supervisor_id FROM person WHERE family_name = 'Bleibt'") == [(None,)]


def test_a_group_goes_on_without_its_member(vault: Vault, person: PersonId) -> None:
    ((tandem, programme),) = vault.rows(
        "SELECT t.id, t.programme_id FROM tandem t JOIN member m ON m.tandem_id = t.id"
        " JOIN enrolment e ON e.id = m.enrolment_id WHERE e.person_id = ?",
        (person,),
    )
    with vault.change("add") as change:
        third = people.add(change, replace(people.blank(), family_name="Dritte"))
        (enrolment,) = programmes.enrol(change, programme, [third], Role.MENTEE)
        change.execute(
            "INSERT INTO member (id, tandem_id, enrolment_id, side, changed_at) VALUES (1, ?, ?, 'mentee', 1)",
            (TandemId(tandem), enrolment),
        )
    assert erase_person(vault, person).tandems == 0
    assert vault.rows("SELECT count(*) FROM member WHERE tandem_id = ?", (tandem,)) == [(2,)]


def test_somebody_who_is_gone_is_said(vault: Vault) -> None:
    with pytest.raises(Fault, match="record.gone"):
        erase_person(vault, PersonId(4711))


def test_it_is_known_which_backups_still_hold_the_person(vault: Vault, person: PersonId, tmp_path: Path) -> None:
    shelf, place = tmp_path / "backups", tmp_path / "stick"
    place.mkdir()
    held = vault.back_up(shelf)
    erase_person(vault, person)
    clean = vault.back_up(shelf)
    still, unknown = holding(vault, shelf, place, person)
    assert [one.backup.path for one in still] == [held.path]
    assert not unknown
    clean.path.write_bytes(bytes(clean.size))
    _, unknown = holding(vault, shelf, place, person)
    assert [one.backup.path for one in unknown] == [clean.path]


def test_the_older_backups_go_and_the_new_one_stays(vault: Vault, person: PersonId, tmp_path: Path) -> None:
    shelf, place = tmp_path / "backups", tmp_path / "stick"
    place.mkdir()
    copy_to(vault.back_up(shelf), place, vault.id)
    erase_person(vault, person)
    clean = vault.back_up(shelf)
    still, _ = holding(vault, shelf, place, person)
    assert remove_backups(vault, still, shelf, place) == 0
    assert [one.path for one in vault.backups(shelf)] == [clean.path]
    assert not list(place.rglob("*.tandembuch*"))
