"""What the vault says about those to be paired: earlier partners, superiors, the waiting list."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from snapshots import run

from app.domain.ids import EnrolmentId, PersonId, ProgrammeId
from app.domain.programmes import Criterion, Role, Rule
from app.domain.tandems import TandemState
from app.services import pairing, people, plans, programmes, tandems
from app.services.pairing_people import left_over_before, read_participants
from app.store import tandems as tandem_store
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


def paired(vault: Vault, programme_id: ProgrammeId, one: PersonId, other: PersonId) -> None:
    pair = enrolled(vault, programme_id, one, Role.MENTOR), enrolled(vault, programme_id, other, Role.MENTEE)
    run(vault, tandems.pair, programme_id, *pair)


def made_at(vault: Vault, programme_id: ProgrammeId, moment: int) -> None:
    with vault.change("x") as change:
        sql = "UPDATE member SET changed_at = ? WHERE tandem_id IN (SELECT id FROM tandem WHERE programme_id = ?)"
        change.execute(sql, (moment, programme_id))


def test_a_round_without_a_start_counts_from_when_it_came_to_tandems(vault: Vault) -> None:
    mentor, mentee, left, later_left = persons(vault, "A", "B", "C", "D")
    first, second, third = (programme(vault, title, None) for title in ("eins", "zwei", "drei"))
    paired(vault, first, mentor, mentee)
    enrolled(vault, first, left, Role.MENTEE)
    made_at(vault, first, 1_000)
    assert left_over_before(vault, second) == {left}
    paired(vault, second, mentor, mentee)
    enrolled(vault, second, later_left, Role.MENTEE)
    made_at(vault, second, 2_000)
    assert left_over_before(vault, first) == frozenset()
    assert left_over_before(vault, second) == {left}
    assert left_over_before(vault, third) == {left, later_left}
    dated = programme(vault, "mit Beginn", date(2026, 1, 1))
    assert left_over_before(vault, dated) == {left, later_left}


def test_whose_last_round_found_them_a_partner_waits_no_longer(vault: Vault) -> None:
    mentor, other, left, mentee = persons(vault, "A", "B", "C", "D")
    first, second = programme(vault, "eins", date(2024, 1, 1)), programme(vault, "zwei", date(2025, 1, 1))
    paired(vault, first, mentor, mentee)
    enrolled(vault, first, left, Role.MENTEE)
    enrolled(vault, first, other, Role.MENTOR)
    paired(vault, second, other, mentee)  # nobody asked the one who was left over
    third = programme(vault, "drei", date(2026, 1, 1))
    assert left_over_before(vault, third) == {left}
    assert left_over_before(vault, second) == {left, other}


def test_who_had_a_tandem_and_then_withdrew_does_not_wait_for_an_older_round(vault: Vault) -> None:
    mentor, mentee, left = persons(vault, "A", "B", "C")
    first, second = programme(vault, "eins", date(2024, 1, 1)), programme(vault, "zwei", date(2025, 1, 1))
    paired(vault, first, mentor, mentee)
    enrolled(vault, first, left, Role.MENTEE)
    third = programme(vault, "drei", date(2026, 1, 1))
    paired(vault, second, mentor, left)
    (tandem,) = tandem_store.of_programme(vault, second)
    run(vault, tandems.set_state, tandem.id, TandemState.AGREED)  # a mere proposal goes with whoever withdraws
    assert left_over_before(vault, third) == frozenset()
    run(vault, programmes.withdraw, [enrolled(vault, second, left, Role.MENTEE)])
    assert left_over_before(vault, third) == frozenset()


def test_the_waiting_list_weighs_only_where_somebody_waits(vault: Vault) -> None:
    mentor, mentee, left, third = persons(vault, "A", "B", "C", "D")
    former, now = programme(vault, "alt", None), programme(vault, "neu", None)
    pairs = [
        (enrolled(vault, now, mentor, Role.MENTOR), enrolled(vault, now, one, Role.MENTEE)) for one in (mentee, left)
    ]
    basis = plans.read_basis(vault, now)
    assert basis.programme.weight(Criterion.WAITING) > 0
    assert basis.weighed.weight(Criterion.WAITING) == 0
    assert {one.criterion for one in plans.check(basis, pairs[0]).reasons} == {
        one.criterion for one in pairing.examine(vault, now, *pairs[0]).reasons
    }
    assert Criterion.WAITING not in {one.criterion for one in plans.check(basis, pairs[0]).reasons}
    paired(vault, former, third, mentee)
    enrolled(vault, former, left, Role.MENTEE)
    run(vault, people.edit, mentee, department="Werk")
    basis = plans.read_basis(vault, now)
    assert basis.weighed == basis.programme
    plan = plans.solve(basis)
    assert plan.ids() == (pairs[1],)  # who waits comes first, all else alike
    assert plan == pairing.propose(vault, now)
    (waited,) = [one for one in plan.pairs[0].reasons if one.criterion == Criterion.WAITING]
    assert waited.facts == ("mentee",)
    assert 0 < waited.points <= 50
    run(vault, programmes.withdraw, [pairs[1][1]])
    assert plans.read_basis(vault, now).weighed.weight(Criterion.WAITING) == 0
    assert pairing.examine(vault, now, *pairs[0]).score == plans.check(plans.read_basis(vault, now), pairs[0]).score
