"""One record out of a backup: all of it comes back, with what it needs, as one step of undo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from bring_back_scene import Do, back, busiest, content

from app.domain.ids import PersonId, ProgrammeId, TandemId
from app.domain.tandems import OPEN_STATES, TandemState
from app.errors import Fault
from app.services import bring_back, meetings, notes, people, tandems
from app.store import backups as shelf
from app.store import excerpts, publishings
from app.store import meetings as meeting_store
from app.store import notes as note_store
from app.store import people as people_store
from app.store import tandems as tandem_store
from app.store.excerpts import State, What
from app.store.vault import Change, Source, Vault


def test_a_removed_tandem_comes_back_whole(filled: Vault, backup: shelf.Backup, do: Do) -> None:
    before = content(filled)
    identity = busiest(filled)
    do(tandems.remove, [identity])
    without = content(filled)
    assert without != before
    came = back(filled, backup, What.TANDEM, identity)
    after = content(filled)
    # Notes about it had lost their tandem; they are records of their own.
    before.pop("note"), after.pop("note")
    assert after == before
    assert not came.renumbered
    assert not came.ended
    filled.undo()
    assert content(filled) == without


def test_a_changed_tandem_goes_back_and_keeps_what_came_since(filled: Vault, backup: shelf.Backup, do: Do) -> None:
    identity = busiest(filled)
    before = content(filled)
    then = tandem_store.tandem(filled, identity)
    do(tandems.edit_agreement, identity, place="anderswo")
    do(tandems.set_state, identity, TandemState.PAUSED)
    new = do(meetings.add, identity)
    back(filled, backup, What.TANDEM, identity)
    assert tandem_store.tandem(filled, identity) == then
    do(meetings.remove, [new])
    assert content(filled) == before
    assert meeting_store.of_tandem(filled, identity)


def protocol(vault: Vault, programme: ProgrammeId) -> list[tuple[TandemId | None, int]]:
    """The tandems and points in the latest publishing's account."""
    (head, *_) = publishings.heads(vault, programme)
    found = publishings.publishing(vault, head.id)
    assert found is not None
    return [(pair.tandem, pair.score) for pair in found.account.pairs]


def test_a_tandem_comes_back_into_the_publishing_that_made_it(
    filled: Vault, do: Do, tmp_path: Path, published: tuple[ProgrammeId, TandemId]
) -> None:
    programme, tandem = published
    before = protocol(filled, programme)
    backup = filled.back_up(tmp_path / "backups")
    do(tandems.remove, [tandem])
    assert publishings.of_tandem(filled, tandem) is None
    without = protocol(filled, programme)
    assert [one for one, _ in without] == [None, before[1][0]]
    back(filled, backup, What.TANDEM, tandem)
    assert protocol(filled, programme) == before
    assert publishings.of_tandem(filled, tandem) is not None
    filled.undo()
    assert protocol(filled, programme) == without


def test_its_line_comes_back_too_where_a_person_had_taken_it_along(
    filled: Vault, do: Do, tmp_path: Path, published: tuple[ProgrammeId, TandemId]
) -> None:
    programme, tandem = published
    before = protocol(filled, programme)
    there = tandem_store.tandem(filled, tandem)
    assert there is not None
    backup = filled.back_up(tmp_path / "backups")
    do(tandems.remove, [tandem])
    do(people.remove, [there.mentee.person])
    assert protocol(filled, programme) == before[1:]
    back(filled, backup, What.TANDEM, tandem)
    assert protocol(filled, programme) == before


def test_a_tandem_whose_publishing_is_gone_comes_back_alone(
    filled: Vault, do: Do, tmp_path: Path, published: tuple[ProgrammeId, TandemId]
) -> None:
    _, tandem = published
    backup = filled.back_up(tmp_path / "backups")
    do(tandems.remove, [tandem])
    with filled.change("test") as change:
        change.execute("DELETE FROM publishing")
    back(filled, backup, What.TANDEM, tandem)
    assert tandem_store.tandem(filled, tandem) is not None
    assert publishings.of_tandem(filled, tandem) is None


def test_a_backup_of_before_there_were_publishings_gives_what_it_has(
    filled: Vault, backup: shelf.Backup, do: Do
) -> None:
    class Earlier:
        """A source that has no such table."""

        def __init__(self, then: Source) -> None:
            self._then = then

        def rows(self, sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
            assert "FROM published_pair" not in sql
            return [] if "published_pair" in params else self._then.rows(sql, params)

        def row(self, sql: str, params: Sequence[Any] = ()) -> tuple[Any, ...] | None:
            return self._then.row(sql, params)

    identity = busiest(filled)
    do(tandems.remove, [identity])
    with filled.reading(backup) as then:
        found = excerpts.excerpt(Earlier(then), filled, What.TANDEM, identity)
    do(bring_back.bring_back, found)
    assert tandem_store.tandem(filled, identity) is not None


def test_a_note_comes_back_and_is_found_again(filled: Vault, backup: shelf.Backup, do: Do) -> None:
    before = note_store.all_notes(filled)[0]
    do(notes.remove, [before.id])
    came = back(filled, backup, What.NOTE, before.id)
    after = note_store.note(filled, before.id)
    assert after is not None
    assert replace(after, changed_at=before.changed_at) == before
    assert came.written == 1
    word = before.body.split()[0].strip("#*-.,:;")
    if word:
        assert before.id in [found.note.id for found in note_store.search(filled, word)]


def test_a_note_about_somebody_who_is_gone_comes_back_about_nothing(filled: Vault, do: Do, tmp_path: Path) -> None:
    person = do(people.add, replace(people.blank(), family_name="Weg"))
    note = do(notes.add, title="Über", person=person)
    made = filled.back_up(tmp_path / "backups")
    do(people.remove, [person])
    do(notes.remove, [note])
    came = back(filled, made, What.NOTE, note)
    assert came.loosened == 1
    found = note_store.note(filled, note)
    assert found is not None
    assert found.person is None


def test_a_removed_person_comes_back_with_skills_gaps_and_enrolments(
    filled: Vault, backup: shelf.Backup, do: Do
) -> None:
    ((person,),) = filled.rows("SELECT person_id FROM skill_gap LIMIT 1")
    before = content(filled)
    do(remove_with_tandems, PersonId(person))
    came = back(filled, backup, What.PERSON, person)
    after = content(filled)
    for table in ("person", "skill", "skill_gap", "enrolment"):
        mine = [row for row in before[table] if person in row[:3]]
        assert [row for row in after[table] if person in row[:3]] == mine, table
    assert came.written > 1
    assert not came.perhaps_erased


def remove_with_tandems(change: Change, person: PersonId) -> None:
    mine = change.rows(
        "SELECT DISTINCT tandem_id FROM member WHERE enrolment_id IN (SELECT id FROM enrolment WHERE person_id = ?)",
        (person,),
    )
    tandems.remove(change, [TandemId(row[0]) for row in mine])
    people.remove(change, [person])


def test_a_tandem_brings_back_its_people_where_they_are_gone(filled: Vault, backup: shelf.Backup, do: Do) -> None:
    identity = busiest(filled)
    then = tandem_store.tandem(filled, identity)
    assert then is not None
    do(remove_with_tandems, then.mentor.person)
    assert tandem_store.tandem(filled, identity) is None
    came = back(filled, backup, What.TANDEM, identity)
    assert came.with_it == 1
    assert people_store.person(filled, then.mentor.person) is not None
    assert tandem_store.tandem(filled, identity) == then


def test_whoever_has_a_tandem_today_gets_the_old_one_back_as_ended(filled: Vault, backup: shelf.Backup, do: Do) -> None:
    identity = busiest(filled)
    then = tandem_store.tandem(filled, identity)
    assert then is not None
    do(tandems.remove, [identity])

    def again(change: Change) -> None:
        made = replace(then, id=TandemId(77), number=then.number, members=())
        tandem_store.add_tandems(change, [made])
        for place, member in enumerate(then.members):
            change.execute(
                "INSERT INTO member (id, tandem_id, enrolment_id, side, changed_at) VALUES (?, 77, ?, ?, 1)",
                (place + 1, member.enrolment, member.side),
            )

    do(again)
    came = back(filled, backup, What.TANDEM, identity)
    assert came.ended
    assert came.renumbered
    found = tandem_store.tandem(filled, identity)
    assert found is not None
    assert found.state not in OPEN_STATES
    assert found.number != then.number


def test_the_list_says_what_is_gone_changed_and_the_same(filled: Vault, backup: shelf.Backup, do: Do) -> None:
    gone, changed, *_ = note_store.all_notes(filled)
    do(notes.remove, [gone.id])
    do(notes.edit, changed.id, title="anders")
    tandem = busiest(filled)
    do(meetings.add, tandem)
    with filled.reading(backup) as then:
        listed = {what: excerpts.entries(then, filled, what) for what in What}
    states = {entry.id: entry.state for entry in listed[What.NOTE]}
    assert (states[gone.id], states[changed.id]) == (State.GONE, State.CHANGED)
    assert listed[What.NOTE][0].id == gone.id
    assert set(states.values()) == set(State)
    assert {entry.id: entry.state for entry in listed[What.TANDEM]}[tandem] is State.CHANGED
    assert {entry.state for entry in listed[What.PERSON]} == {State.SAME}
    assert all(entry.title for entry in listed[What.TANDEM])


def test_what_the_backup_does_not_hold_is_said(filled: Vault, backup: shelf.Backup) -> None:
    before = content(filled)
    with pytest.raises(Fault, match="record.gone"):
        back(filled, backup, What.PERSON, 4711)
    assert content(filled) == before
