"""What the vault says about those to be paired: earlier partners, superiors, the waiting list."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from snapshots import run

from app.domain.ids import EnrolmentId, PersonId, ProgrammeId
from app.domain.programmes import Role, Rule
from app.domain.tandems import TandemState
from app.services import pairing, people, programmes, tandems
from app.services.pairing_people import left_over_before, read_participants
from app.store.vault import Vault


def programme(vault: Vault, title: str, start: date | None) -> ProgrammeId:
    return run(vault, programmes.add, replace(programmes.blank(), title=title, starts_on=start))


def persons(vault: Vault, *names: str) -> list[PersonId]:
    return [run(vault, people.add, replace(people.blank(), family_name=name)) for name in names]


def enrolled(vault: Vault, programme_id: ProgrammeId, person: PersonId, role: Role) -> EnrolmentId:
    return run(vault, programmes.enrol, programme_id, [person], role)[0]


def test_earlier_partners_are_those_of_tandems_that_began_or_ended(vault: Vault) -> None:
    mentor, first, second, boss = persons(vault, "A", "B", "C", "D")
    run(vault, people.edit, first, supervisor=boss)
    former, now = programme(vault, "alt", date(2025, 1, 1)), programme(vault, "neu", date(2026, 1, 1))
    tandem_ids = []
    for mentee in (first, second):
        one, other = enrolled(vault, former, mentor, Role.MENTOR), enrolled(vault, former, mentee, Role.MENTEE)
        run(vault, programmes.edit_enrolment, one, capacity=2)
        tandem_ids.append(run(vault, tandems.pair, former, one, other))
    run(vault, tandems.set_state, tandem_ids[0], TandemState.AGREED)
    pair = enrolled(vault, now, mentor, Role.MENTOR), enrolled(vault, now, first, Role.MENTEE)
    known = {one.person.id: one for one in read_participants(vault, now)}
    assert known[mentor].earlier == {first}  # a proposal alone was no tandem
    assert known[first].earlier == {mentor}
    assert [one.id for one in [known[first].boss] if one] == [boss]
    assert known[mentor].boss is None
    assert pairing.examine(vault, now, *pair).warnings == (Rule.PREVIOUS_PAIR,)
    # In the programme itself only what is over counts.
    assert {one.person.id: one.earlier for one in read_participants(vault, former)}[mentor] == frozenset()
    run(vault, tandems.dissolve, [tandem_ids[0]])
    assert {one.person.id: one.earlier for one in read_participants(vault, former)}[mentor] == {first}


def test_who_was_left_over_in_the_round_before_waits(vault: Vault) -> None:
    mentor, paired, left, gone = persons(vault, "A", "B", "C", "D")
    oldest = programme(vault, "ganz alt", date(2024, 1, 1))
    enrolled(vault, oldest, paired, Role.MENTEE)
    former, empty = programme(vault, "alt", date(2025, 1, 1)), programme(vault, "leer", date(2025, 6, 1))
    now, later = programme(vault, "neu", date(2026, 1, 1)), programme(vault, "später", date(2027, 1, 1))
    pair = enrolled(vault, former, mentor, Role.MENTOR), enrolled(vault, former, paired, Role.MENTEE)
    enrolled(vault, former, left, Role.MENTEE)
    run(vault, programmes.withdraw, [enrolled(vault, former, gone, Role.MENTEE)])
    enrolled(vault, empty, paired, Role.MENTEE)  # it never came to tandems, so it was no round
    assert left_over_before(vault, now) == frozenset()
    run(vault, tandems.pair, former, *pair)
    for person in (mentor, paired, left, gone):
        enrolled(vault, now, person, Role.MENTEE)
    assert {one.person.id for one in read_participants(vault, now) if one.waited} == {left}
    assert left_over_before(vault, later) == {left}
    assert left_over_before(vault, former) == frozenset()
