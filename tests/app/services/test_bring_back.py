"""One record out of a backup: all of it comes back, with what it needs, as one step of undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.domain.ids import PersonId, ProgrammeId, TandemId
from app.domain.programmes import Role
from app.domain.tandems import OPEN_STATES, TandemState
from app.errors import Fault
from app.services import bring_back, demo, drafts, erase, meetings, notes, people, plans, programmes, tandems
from app.store import backups as shelf
from app.store import excerpts, publishings
from app.store import meetings as meeting_store
from app.store import notes as note_store
from app.store import people as people_store
from app.store import programmes as stored_programmes
from app.store import tandems as tandem_store
from app.store.excerpts import State, What
from app.store.vault import Change, Source, Vault

Do = Callable[..., Any]


@pytest.fixture
def filled(vault: Vault) -> Vault:
    with vault.change("demo.fill", undoable=False) as change:
        demo.fill(change, date(2026, 11, 22))
    return vault


@pytest.fixture
def backup(filled: Vault, tmp_path: Path) -> shelf.Backup:
    return filled.back_up(tmp_path / "backups")


@pytest.fixture
def do(filled: Vault) -> Do:
    def act(verb: Callable[..., Any], *arguments: Any, **fields: Any) -> Any:
        with filled.change("test") as change:
            return verb(change, *arguments, **fields)

    return act


def content(vault: Vault) -> dict[str, list[tuple[Any, ...]]]:
    """Every row without its changed_at."""
    found = {}
    for table in excerpts.PARENTS_FIRST:
        names = [name for name in excerpts.columns(vault, table) if name != "changed_at"]
        found[table] = sorted(vault.rows(f"SELECT {', '.join(names)} FROM {table}"), key=repr)
    return found


def back(vault: Vault, backup: shelf.Backup, what: What, identity: int) -> bring_back.Return:
    with vault.reading(backup) as then:
        found = excerpts.excerpt(then, what, identity)
    with vault.change("bring_back") as change:
        return bring_back.bring_back(change, found)


def busiest(vault: Vault) -> TandemId:
    """An open tandem with meetings, goals and an agreement."""
    sql = (
        "SELECT t.id FROM tandem t JOIN goal g ON g.tandem_id = t.id JOIN meeting m ON m.tandem_id = t.id"
        " JOIN agreement a ON a.tandem_id = t.id WHERE t.state = 'active' GROUP BY t.id"
        " ORDER BY count(*) DESC, t.number"
    )
    return TandemId(vault.rows(sql)[0][0])


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


@pytest.fixture
def published(filled: Vault, do: Do) -> tuple[ProgrammeId, TandemId]:
    """A plan of the demo's programme that was published, and its first tandem."""
    programme = stored_programmes.all_programmes(filled)[0].id
    plan = plans.solve(plans.read_basis(filled, programme))
    made = do(drafts.publish, programme, plan.pairs[:2])
    return programme, made[0]


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
    with filled.change("erase", undoable=False) as change:
        erase.erase(change, there.mentee.person)
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
        found = excerpts.excerpt(Earlier(then), What.TANDEM, identity)
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


def test_an_erased_person_comes_back_with_skills_gaps_and_enrolments(
    filled: Vault, backup: shelf.Backup, do: Do
) -> None:
    ((person,),) = filled.rows("SELECT person_id FROM skill_gap LIMIT 1")
    before = content(filled)
    do(erase.erase, PersonId(person))
    came = back(filled, backup, What.PERSON, person)
    after = content(filled)
    for table in ("person", "skill", "skill_gap", "enrolment"):
        mine = [row for row in before[table] if person in row[:3]]
        assert [row for row in after[table] if person in row[:3]] == mine, table
    assert came.written > 1


def test_a_tandem_brings_back_its_people_where_they_are_gone(filled: Vault, backup: shelf.Backup, do: Do) -> None:
    identity = busiest(filled)
    then = tandem_store.tandem(filled, identity)
    assert then is not None
    do(erase.erase, then.mentor.person)
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


# Whole programmes, and several records at once

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
        found = [excerpts.excerpt(then, What.NOTE, identity) for identity in gone]
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
        found = [excerpts.excerpt(then, What.NOTE, first), excerpts.excerpt(then, What.NOTE, 1)]
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
        found = excerpts.excerpt(then, What.PROGRAMME, programme)
        listed = excerpts.entries(then, filled, What.NOTE)
    assert any(CANARY in row["body"] for row in found.own["note"])
    with filled.change("bring_back") as change:
        came = bring_back.bring_back(change, found)
    said = f"{found!r} {listed!r} {came!r} {caplog.text} {filled.rows('SELECT * FROM journal')!r}"
    assert CANARY not in said


def test_a_programme_comes_out_of_a_backup_of_the_first_schema() -> None:
    """The tables that came later are not there."""
    class Then:
        def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
            later = {"draft", "draft_pair", "publishing", "published_pair"}
            assert not any(f"FROM {table} " in f"{sql} " for table in later)
            if "pragma_table_info" in sql:
                return [] if parameters[0] in later else [("id",)]
            return [(7,)] if sql == "SELECT id FROM programme WHERE id = ?" else []

        def row(self, sql: str, parameters: Sequence[Any] = ()) -> tuple[Any, ...] | None:
            raise AssertionError(sql, parameters)

    found = excerpts.excerpt(Then(), What.PROGRAMME, 7)
    assert found.own == {"programme": ({"id": 7},)}
