"""Whole programmes out of a backup, and several records in one step of undo."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from bring_back_scene import Do, back, busiest, content

from app.domain.ids import ProgrammeId, TandemId
from app.domain.programmes import Role
from app.domain.tandems import Tandem
from app.errors import Fault
from app.services import bring_back, notes, people, programmes, tandems
from app.store import backups as shelf
from app.store import excerpts
from app.store import notes as note_store
from app.store import people as people_store
from app.store import programmes as stored_programmes
from app.store import tandems as tandem_store
from app.store.excerpts import State, What
from app.store.vault import Source, Vault

CANARY = "Zwölfkampf-Kanarie-7731"


def only_programme(vault: Vault) -> ProgrammeId:
    return stored_programmes.all_programmes(vault)[0].id


def programme_state(vault: Vault, backup: shelf.Backup) -> State:
    with vault.reading(backup) as then:
        (found,) = excerpts.entries(then, vault, What.PROGRAMME)
    return found.state


def test_a_removed_programme_comes_back_whole_as_one_step(
    filled: Vault, do: Do, tmp_path: Path, published: tuple[ProgrammeId, TandemId]
) -> None:
    programme, tandem = published
    do(notes.add, title="", body=CANARY, tandem=tandem)
    before = content(filled)
    backup = filled.back_up(tmp_path / "backups")
    do(programmes.remove, programme)
    without = content(filled)
    assert not without["tandem"]
    assert not without["publishing"]
    assert len(without["note"]) == len(before["note"])
    assert programme_state(filled, backup) is State.GONE
    came = back(filled, backup, What.PROGRAMME, programme)
    assert content(filled) == before, "enrolments, tandems, meetings, goals, its plan, and its notes are its own again"
    assert (came.with_it, came.ended, came.renumbered) == (0, False, False)
    assert programme_state(filled, backup) is State.SAME
    filled.undo()
    assert content(filled) == without


def test_what_is_there_of_a_programme_stays_as_it_is(filled: Vault, backup: shelf.Backup, do: Do) -> None:
    programme = only_programme(filled)
    gone = busiest(filled)
    stays = next(one.id for one in tandem_store.of_programme(filled, programme) if one.id != gone)
    do(programmes.edit, programme, title="Anders heute")
    do(tandems.edit_agreement, stays, place="anderswo")
    do(tandems.remove, [gone])
    assert programme_state(filled, backup) is State.CHANGED
    before = content(filled)
    back(filled, backup, What.PROGRAMME, programme)
    assert tandem_store.tandem(filled, gone) is not None
    now = stored_programmes.programme(filled, programme)
    assert now is not None
    assert now.title == "Anders heute"
    assert set(before["agreement"]) < set(content(filled)["agreement"])
    assert programme_state(filled, backup) is State.SAME


def test_nothing_missing_nothing_written(filled: Vault, backup: shelf.Backup) -> None:
    before = content(filled)
    assert programme_state(filled, backup) is State.SAME
    assert back(filled, backup, What.PROGRAMME, only_programme(filled)).written == 0
    assert content(filled) == before


def test_a_consent_taken_from_a_tandem_stays_away(filled: Vault, backup: shelf.Backup) -> None:
    kept = filled.rows("SELECT id FROM consent ORDER BY id")
    with filled.change("test") as change:
        change.execute("DELETE FROM consent WHERE id = ?", kept[0])
    back(filled, backup, What.PROGRAMME, only_programme(filled))
    assert filled.rows("SELECT id FROM consent ORDER BY id") == kept[1:]


def test_people_removed_since_come_back_with_their_skills(filled: Vault, do: Do, tmp_path: Path) -> None:
    programme = only_programme(filled)
    free = next(
        one.id
        for one in people_store.all_people(filled)
        if one.skills and not filled.rows("SELECT 1 FROM member m JOIN enrolment e ON e.id = m.enrolment_id"
                                          " WHERE e.person_id = ?", (one.id,))
        and filled.rows("SELECT 1 FROM enrolment WHERE person_id = ?", (one.id,))
    )  # fmt: skip
    then = people_store.person(filled, free)
    backup = filled.back_up(tmp_path / "backups")
    do(people.remove, [free])
    other = people_store.all_people(filled)[0]
    do(people.edit, other.id, skills=())
    came = back(filled, backup, What.PROGRAMME, programme)
    assert came.with_it == 1
    assert people_store.person(filled, free) == then
    kept = people_store.person(filled, other.id)
    assert kept is not None
    assert not kept.skills, "who is there has the skills of today"


def test_who_was_enrolled_anew_keeps_that_enrolment(filled: Vault, backup: shelf.Backup, do: Do) -> None:
    programme = only_programme(filled)
    before = len(filled.rows("SELECT id FROM enrolment"))
    ((enrolment, person),) = filled.rows(
        "SELECT id, person_id FROM enrolment WHERE id NOT IN (SELECT enrolment_id FROM member) ORDER BY id LIMIT 1"
    )
    do(programmes.leave, [enrolment])
    (anew,) = do(programmes.enrol, programme, [person], Role.MENTEE)
    assert programme_state(filled, backup) is State.SAME
    back(filled, backup, What.PROGRAMME, programme)
    assert filled.rows("SELECT id FROM enrolment WHERE person_id = ?", (person,)) == [(anew,)]
    assert len(filled.rows("SELECT id FROM enrolment")) == before


def test_several_records_are_one_step_of_undo(filled: Vault, backup: shelf.Backup, do: Do) -> None:
    before = content(filled)
    gone = [one.id for one in note_store.all_notes(filled)[:3]]
    do(notes.remove, gone)
    without = content(filled)
    with filled.reading(backup) as then:
        found = [excerpts.excerpt(then, filled, What.NOTE, identity) for identity in gone]
    with filled.change("bring_back") as change:
        came = bring_back.bring_back(change, *found)
    assert came.records == 3
    assert content(filled) == before
    filled.undo()
    assert content(filled) == without


def test_one_that_is_not_in_the_backup_keeps_all_away(filled: Vault, backup: shelf.Backup, do: Do) -> None:
    first, second = [one.id for one in note_store.all_notes(filled)[:2]]
    do(notes.remove, [first, second])
    without = content(filled)
    with filled.reading(backup) as then:
        found = [excerpts.excerpt(then, filled, What.NOTE, first), excerpts.excerpt(then, filled, What.NOTE, 1)]
    with pytest.raises(Fault), filled.change("bring_back") as change:
        bring_back.bring_back(change, *found)
    assert content(filled) == without


def test_a_note_reaches_no_words_of_the_program(
    filled: Vault, do: Do, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    programme = only_programme(filled)
    do(notes.add, title=f"{CANARY} title", body=CANARY, tandem=busiest(filled))
    backup = filled.back_up(tmp_path / "backups")
    do(programmes.remove, programme)
    with filled.reading(backup) as then:
        found = excerpts.excerpt(then, filled, What.PROGRAMME, programme)
        listed = excerpts.entries(then, filled, What.NOTE)
    assert any(CANARY in row["body"] for row in found.own["note"])
    with filled.change("bring_back") as change:
        came = bring_back.bring_back(change, found)
    said = f"{found!r} {listed!r} {came!r} {caplog.text} {filled.rows('SELECT * FROM journal')!r}"
    assert CANARY not in said


def test_a_programme_comes_out_of_a_backup_of_the_first_schema(vault: Vault) -> None:
    """The tables that came later are not there."""
    class Then:
        def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
            later = {"draft", "draft_pair", "publishing", "published_pair", "alternative"}
            assert not any(f"FROM {table} " in f"{sql} " for table in later)
            if "pragma_table_info" in sql:
                return [] if parameters[0] in later else [("id",)]
            return [(7,)] if sql == "SELECT id FROM programme WHERE id = ?" else []

        def row(self, sql: str, parameters: Sequence[Any] = ()) -> tuple[Any, ...] | None:
            raise AssertionError(sql, parameters)

    found = excerpts.excerpt(Then(), vault, What.PROGRAMME, 7)
    assert found.own == {"programme": ({"id": 7},)}


def test_its_tandems_are_looked_at_together(
    filled: Vault, backup: shelf.Backup, do: Do, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many they are, the programme is not read for each; and each statement is compiled once."""
    programme, read = only_programme(filled), list[ProgrammeId]()
    genuine = tandem_store.of_programme

    def counted(source: Source, identity: ProgrammeId) -> tuple[Tandem, ...]:
        read.append(identity)
        return genuine(source, identity)

    with filled.reading(backup) as then:
        found = excerpts.excerpt(then, filled, What.PROGRAMME, programme)
    do(programmes.remove, programme)
    monkeypatch.setattr(tandem_store, "of_programme", counted)
    asked = Counter[str]()

    def authorize(_action: int, table: str | None, *_: object) -> int:
        asked.update([str(table)])
        return 0

    filled.connection.set_authorizer(authorize)
    do(bring_back.bring_back, found)
    assert len(read) <= 2
    rows = sum(map(len, found.own.values()))
    assert rows > 150
    assert sum(asked.values()) < 10 * rows
