"""Verbs on private notes, skill gaps and the house's settings."""

from __future__ import annotations

import traceback
from dataclasses import replace
from datetime import date

import pytest
from snapshots import do, idle, refused, run

from app.domain.ids import NoteId, PersonId, SkillGapId
from app.errors import Fault
from app.services import houses, notes, people, topics
from app.store import houses as stored_houses
from app.store import notes as stored
from app.store.vault import Vault


def found(vault: Vault, query: str) -> list[str]:
    return [one.note.title for one in stored.search(vault, query)]


def test_a_note_comes_back_and_is_edited(vault: Vault) -> None:
    person = run(vault, people.add, replace(people.blank(), family_name="A"))
    identity = do(vault, notes.add, title=" Erstes  Gespräch", body="Viel\nGutes", tags=("offen", " offen", ""))
    note = stored.note(vault, identity)
    assert note is not None
    assert (note.title, note.body, note.tags) == ("Erstes Gespräch", "Viel\nGutes", ("offen",))
    assert note.created_at == note.changed_at
    assert note.created_at.tzinfo is not None
    do(vault, notes.edit, identity, body="Anderes", person=person, pinned=True)
    assert [one.id for one in stored.about_person(vault, person)] == [identity]
    idle(vault, notes.edit, identity, body="Anderes")
    do(vault, notes.remove, [identity])
    refused(vault, "record.gone", notes.edit, NoteId(identity), body="x")


def test_pinned_notes_stand_first(vault: Vault) -> None:
    old = run(vault, notes.add, title="alt")
    run(vault, notes.add, title="neu")
    run(vault, notes.edit, old, pinned=True)
    assert [one.title for one in stored.all_notes(vault)] == ["alt", "neu"]


@pytest.mark.parametrize(
    "query",
    ["gespr", "GESPRÄCH", "gesprach", "gespraech", "grosse", "große", "straß", "strass", "erst gespr", "(erst*"],
)
def test_notes_are_found_however_they_are_spelt(vault: Vault, query: str) -> None:
    run(vault, notes.add, title="Erstes Gespräch", body="Die große Strasse")
    run(vault, notes.add, title="Anderes", body="nichts davon")
    assert found(vault, query) == ["Erstes Gespräch"]


@pytest.mark.parametrize(
    "query", ["", "  ", '"', "*", "AND", "OR NOT", "a_b", "title:x", "NEAR(", "\x00", "erst fehlt"]
)
def test_no_query_breaks_the_search(vault: Vault, query: str) -> None:
    run(vault, notes.add, title="Erstes", body="x")
    assert found(vault, query) == []


def test_the_place_of_the_hit_is_shown(vault: Vault) -> None:
    run(vault, notes.add, title="Titel", body="Vorher kam CAD zur Sprache")
    (hit,) = stored.search(vault, "cad")
    assert "\x02CAD\x03" in hit.excerpt


def test_the_best_hit_stands_first(vault: Vault) -> None:
    run(vault, notes.add, title="Nebenbei", body="ein Wort zu Excel und zu vielem anderen mehr")
    run(vault, notes.add, title="Excel", body="alles")
    assert found(vault, "excel") == ["Excel", "Nebenbei"]


def test_the_search_follows_edits_undo_and_redo(vault: Vault) -> None:
    identity = run(vault, notes.add, title="Rudern")
    run(vault, notes.edit, identity, title="Segeln")
    assert (found(vault, "rudern"), found(vault, "segeln")) == ([], ["Segeln"])
    vault.undo()
    assert (found(vault, "rudern"), found(vault, "segeln")) == (["Rudern"], [])
    vault.redo()
    run(vault, notes.remove, [identity])
    assert found(vault, "segeln") == []
    vault.undo()
    assert found(vault, "segeln") == ["Segeln"]


def test_skill_gaps(vault: Vault) -> None:
    person = run(vault, people.add, replace(people.blank(), family_name="A"))
    topic = run(vault, topics.add, "CAD", "CAD")
    first = do(vault, notes.add_gap, person, topic, seen=1, wanted=3, noted_on=date(2026, 1, 5), evidence="sah ich")
    second = do(vault, notes.add_gap, person, topic, seen=2, wanted=3, noted_on=date(2026, 2, 5))
    assert [gap.id for gap in stored.gaps_of(vault, person)] == [second, first]
    do(vault, notes.edit_gap, second, seen=4)
    assert stored.gaps_of(vault, person)[0].seen == 4
    refused(vault, "notes.level", notes.edit_gap, second, wanted=5)
    refused(vault, "record.gone", notes.add_gap, PersonId(1), topic)
    refused(vault, "record.gone", notes.edit_gap, SkillGapId(1), seen=1)
    do(vault, notes.remove_gaps, [first, second])


def test_no_fault_says_a_word_of_a_note(vault: Vault) -> None:
    word = "".join(("Geh", "eimnis"))  # in two parts: a traceback quotes the lines of this file
    person = run(vault, people.add, replace(people.blank(), family_name=word))
    topic = run(vault, topics.add, "CAD", "CAD")
    identity = run(vault, notes.add, title=word, body=word, tags=(word,))
    with pytest.raises(Fault) as caught:
        run(vault, notes.add_gap, person, topic, evidence=word, seen=9)
    told = "".join(traceback.format_exception(caught.value))
    note = stored.note(vault, identity)
    assert word not in told + str(caught.value.facts) + repr(note) + repr(stored.search(vault, word))


def test_the_houses_settings(vault: Vault) -> None:
    do(vault, houses.set_house, name="Werk Nord", place="Kiel")
    do(vault, houses.set_house, name="Werk Süd", place="")
    assert stored_houses.house(vault) == {"name": "Werk Süd"}
    idle(vault, houses.set_house, name="Werk Süd")
