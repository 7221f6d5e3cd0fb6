"""Undo and redo: whatever verbs did, in whatever order, comes back exactly."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.kinds import TABLE_KINDS, Kind
from app.domain.people import Side, Skill
from app.domain.programmes import ProgrammeKind, Role
from app.domain.tandems import NEXT_STATES
from app.errors import Cancelled, Fault
from app.services import goals, houses, meetings, notes, people, programmes, tandems, topics
from app.store import tandems as stored
from app.store.undo import STEPS
from app.store.vault import Change, Vault

TODAY = date(2026, 3, 4)
TEXTS = ("", "Ä'; DROP TABLE person; --", "Zeile\nZeile\x1f\x01", "日本 \U0001f642 \ufeff", 'so "sagt" man', "x" * 3000)


def contents(vault: Vault) -> dict[str, list[tuple[Any, ...]]]:
    return {table: vault.rows(f"SELECT * FROM {table} ORDER BY 1") for table in TABLE_KINDS}


class Table:
    """Draws ids of what the change holds."""

    def __init__(self, change: Change, seed: int) -> None:
        self.change = change
        self.chance = random.Random(seed)

    def one(self, table: str) -> Any:
        rows = self.change.rows(f"SELECT id FROM {table} ORDER BY id")
        return self.chance.choice(rows)[0] if rows else 1  # 1 is nothing's id

    def some(self, table: str) -> list[Any]:
        rows = [row[0] for row in self.change.rows(f"SELECT id FROM {table} ORDER BY id")]
        return self.chance.sample(rows, min(len(rows), self.chance.randint(1, 3)))

    def text(self) -> str:
        return self.chance.choice(TEXTS)

    def skills(self) -> tuple[Skill, ...]:
        sides = (Side.OFFERED, Side.SOUGHT)
        return tuple(
            Skill(topic=topic, side=self.chance.choice(sides), level=self.chance.randint(1, 4))
            for topic in self.some("topic")
        )


def pair_any(change: Change, table: Table) -> None:
    """Two who can be paired, if there are any; refusals write nothing."""
    enrolments = change.rows("SELECT id, programme_id FROM enrolment ORDER BY id")
    table.chance.shuffle(enrolments)
    for mentor in enrolments[:6]:
        for mentee in enrolments[:6]:
            with suppress(Fault):
                tandems.pair(change, mentor[1], mentor[0], mentee[0])
                return


def advance(change: Change, table: Table) -> None:
    """Gives every consent and takes a next step."""
    found = stored.tandem(change, table.one("tandem"))
    if found is not None:
        for member in found.members:
            tandems.consent(change, member.id, TODAY)
        tandems.set_state(change, found.id, table.chance.choice(NEXT_STATES[found.state]), TODAY)


def remove_rarely(change: Change, table: Table) -> None:
    """Takes a whole programme away, but not so often that nothing grows."""
    if table.chance.random() < 0.2:
        programmes.remove(change, table.one("programme"))


def give_consents(change: Change, table: Table) -> None:
    for member in table.some("member"):
        tandems.consent(change, member, date(2026, 1, table.chance.randint(1, 28)))


VERBS: tuple[Callable[[Change, Table], object], ...] = (
    lambda c, t: people.add(c, replace(people.blank(), family_name=t.text() or "A", remarks=t.text())),
    lambda c, t: people.edit(c, t.one("person"), family_name=t.text() or "B", remarks=t.text(), skills=t.skills()),
    lambda c, t: people.edit(c, t.one("person"), supervisor=t.one("person")),
    lambda c, t: people.set_rivals(c, t.one("person"), t.some("person")),
    lambda c, t: people.set_wishes(c, t.one("person"), t.some("person")),
    lambda c, t: people.set_vetoes(c, t.one("person"), t.some("person")),
    lambda c, t: people.remove(c, t.some("person")),
    lambda c, t: people.edit_many(c, t.some("person"), organisation=people.add_organisation(c, t.text() or "O")),
    lambda c, t: topics.add(c, f"T{t.chance.randint(0, 99)}", ""),
    lambda c, t: topics.remove(c, t.one("topic")),
    lambda c, t: programmes.add(
        c, replace(programmes.blank(), title="P", kind=ProgrammeKind.CLASSIC, topics=tuple(t.some("topic")))
    ),
    remove_rarely,
    lambda c, t: programmes.enrol(c, t.one("programme"), t.some("person"), t.chance.choice(list(Role)), 3),
    lambda c, t: programmes.withdraw(c, t.some("enrolment")),
    lambda c, t: programmes.leave(c, t.some("enrolment")),
    pair_any,
    advance,
    give_consents,
    lambda c, t: tandems.consent(c, t.one("member"), None),
    lambda c, t: tandems.edit_agreement(c, t.one("tandem"), remarks=t.text()),
    lambda c, t: tandems.dissolve(c, t.some("tandem")),
    lambda c, t: meetings.add(c, t.one("tandem"), summary=t.text(), topics=tuple(t.some("topic"))),
    lambda c, t: meetings.remove(c, t.some("meeting")),
    lambda c, t: goals.add(c, t.one("tandem"), title=t.text()),
    lambda c, t: notes.add(c, title=t.text(), body=t.text(), person=t.one("person")),
    lambda c, t: notes.add(c, title=t.text(), body=t.text(), meeting=t.one("meeting"), tags=(t.text(),)),
    lambda c, t: notes.edit(c, t.one("note"), body=t.text()),
    lambda c, t: notes.remove(c, t.some("note")),
    lambda c, t: notes.add_gap(c, t.one("person"), t.one("topic"), evidence=t.text()),
    lambda c, t: houses.set_house(c, name=t.text()),
)


def attempt(vault: Vault, verb: Callable[[Change, Table], object], seed: int) -> bool:
    """True if the verb changed something; a refusal, or an id of nothing, changes nothing."""
    last = vault.steps.done[-1:]
    with suppress(Fault, MissingRecord), vault.change("verb") as change, missing_records():
        verb(change, Table(change, seed))
    return vault.steps.done[-1:] != last


class MissingRecord(Exception):
    """A foreign key that points at nothing, drawn where a table was empty."""


class missing_records:  # noqa: N801
    def __enter__(self) -> None: ...

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if error is not None and "FOREIGN KEY" in str(error):
            raise MissingRecord from None


STEP = st.tuples(st.integers(0, len(VERBS) - 1), st.integers(0, 2**32))


def seed_some(vault: Vault) -> None:
    """Enough of everything for the verbs to work on."""
    chance = random.Random(5)
    for _ in range(4):
        attempt(vault, VERBS[0], chance.getrandbits(32))
    for place in (8, 8, 8, 10, 12, 12, 12, 12, 15, 15, 15, 15, 17, 17, 21, 21, 24, 24, 25):
        attempt(vault, VERBS[place], chance.getrandbits(32))
    vault.forget_steps()


@given(steps=st.lists(STEP, min_size=1, max_size=25))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_undo_and_redo_of_anything(vault: Vault, steps: list[tuple[int, int]]) -> None:
    if not vault.rows("SELECT id FROM person"):
        seed_some(vault)
    vault.forget_steps()
    states = [contents(vault)]
    for place, seed in steps:
        if attempt(vault, VERBS[place], seed):
            states.append(contents(vault))
        else:
            assert contents(vault) == states[-1]
    for expected in states[-2::-1]:
        assert vault.undo() is not None
        assert contents(vault) == expected
    assert vault.undo() is None
    for expected in states[1:]:
        assert vault.redo() is not None
        assert contents(vault) == expected
    assert vault.redo() is None
    with vault.change("check", undoable=False) as change:
        change.execute("INSERT INTO note_fts (note_fts, rank) VALUES ('integrity-check', 1)")
    assert vault.rows("PRAGMA foreign_key_check") == []
    for _ in states[1:]:
        vault.undo()
    assert contents(vault) == states[0]


def test_the_verbs_of_this_test_do_something(vault: Vault) -> None:
    """So that the test above is not true of nothing."""
    seed_some(vault)
    chance = random.Random(11)
    worked = set()
    for turn in range(20_000):  # ids are drawn anew in each run, so some need more turns than others
        place = chance.randrange(len(VERBS))
        if attempt(vault, VERBS[place], chance.getrandbits(32)):
            worked.add(place)
        if len(worked) == len(VERBS):
            break
        if turn % 500 == 499:
            seed_some(vault)
    assert worked == set(range(len(VERBS)))


def add_organisation(vault: Vault, name: str) -> None:
    with vault.change("x") as change:
        people.add_organisation(change, name)


def names(vault: Vault) -> list[str]:
    return [row[0] for row in vault.rows("SELECT name FROM organisation ORDER BY name")]


def test_the_last_fifty_steps_are_kept(vault: Vault) -> None:
    for number in range(STEPS + 10):
        add_organisation(vault, f"{number:02}")
    undone = 0
    while vault.undo():
        undone += 1
    assert undone == STEPS == 50
    assert names(vault) == [f"{number:02}" for number in range(10)]
    assert vault.row("SELECT count(*) FROM undo_log") == (STEPS,)


def test_a_new_step_ends_what_could_be_redone(vault: Vault) -> None:
    add_organisation(vault, "A")
    add_organisation(vault, "B")
    vault.undo()
    add_organisation(vault, "C")
    assert vault.redo() is None
    assert names(vault) == ["A", "C"]
    vault.undo()
    vault.undo()
    assert names(vault) == []


def test_a_step_that_is_not_to_be_undone_leaves_the_others(vault: Vault) -> None:
    add_organisation(vault, "A")
    with vault.change("x", undoable=False) as change:
        houses.set_house(change, name="Haus")
    assert vault.undo() is not None
    assert names(vault) == []
    assert vault.row("SELECT value FROM house") == ("Haus",)


def test_what_is_forgotten_does_not_come_back(vault: Vault) -> None:
    add_organisation(vault, "A")
    vault.forget_steps()
    assert vault.undo() is None
    assert vault.row("SELECT count(*) FROM undo_log") == (0,)


def test_a_step_says_what_it_changed(vault: Vault) -> None:
    with vault.change("x", "Umbenannt") as change:
        people.add_organisation(change, "A")
        notes.add(change, title="n")
    assert change.kinds == {Kind.ORGANISATION, Kind.NOTE}
    with vault.change("leer") as change:
        pass
    assert change.kinds == frozenset()
    step = vault.undo()
    assert step is not None
    assert (step.label, step.kinds) == ("Umbenannt", frozenset({Kind.ORGANISATION, Kind.NOTE}))


def test_undo_of_an_import_of_many(vault: Vault) -> None:
    with vault.change("x") as change:
        for number in range(2000):
            people.add(change, replace(people.blank(), family_name=f"N{number}"))
    vault.undo()
    assert vault.row("SELECT count(*) FROM person") == (0,)
    vault.redo()
    assert vault.row("SELECT count(*) FROM person") == (2000,)


def test_a_step_turned_tells_whose_rows_it_wrote(vault: Vault) -> None:
    """Told with the step: who asked afterwards could be told of what another thread has done since."""
    with vault.change("people.add") as change:
        added = people.add(change, replace(people.blank(), family_name="Adler"))
    for turn in (vault.undo, vault.redo):
        step = turn()
        assert step is not None
        assert step.people == frozenset({added})


def test_a_change_undone_writes_only_the_columns_that_differ(vault: Vault) -> None:
    """With each column more keys would be looked up, or a note's words indexed again, for many thousand rows."""
    with vault.change("notes.add") as change:
        note = notes.add(change, title="n", body="words")
    with vault.change("notes.edit") as change:
        notes.edit(change, note, pinned=True)
    written: list[str] = []
    vault.connection.set_trace_callback(written.append)
    vault.undo()
    vault.connection.set_trace_callback(None)
    updates = [sql for sql in written if sql.startswith('UPDATE main."note"')]
    assert updates
    assert all('"pinned"' in sql and '"body"' not in sql for sql in updates)
    assert not [sql for sql in written if "note_fts" in sql]
    assert vault.row("SELECT pinned FROM note") == (0,)


def test_an_undo_that_is_stopped_takes_nothing_back(vault: Vault) -> None:
    with vault.change("x") as change:
        for number in range(1200):
            people.add(change, replace(people.blank(), family_name=f"N{number}"))
    before, told = contents(vault), list[float]()

    def stop(share: float) -> None:
        told.append(share)
        if len(told) == 2:
            raise Cancelled()

    with suppress(Cancelled):
        vault.undo(stop)
    assert len(told) == 2
    assert contents(vault) == before
    vault.undo()
    assert vault.row("SELECT count(*) FROM person") == (0,)
