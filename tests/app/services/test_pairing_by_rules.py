"""Pairs by hand and by plan, from what the vault holds; and the import as one step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from snapshots import contents, do, idle, refused, run

from app.domain.ids import EnrolmentId, PersonId, ProgrammeId
from app.domain.people import Person, Side, Skill
from app.domain.programmes import EnrolmentState, ProgrammeKind, Role, Rule, Strictness
from app.domain.tandems import TandemState
from app.exchange.columns import guess_mapping
from app.exchange.roster import ImportPlan, Status, plan_import, read_drafts
from app.exchange.tables import read_table
from app.services import pairing, people, programmes, roster, tandems, topics
from app.store import people as stored_people
from app.store import programmes as stored_programmes
from app.store import tandems as stored
from app.store import topics as stored_topics
from app.store.vault import Vault
from ui.words import sentences

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "mitarbeitende.csv"
TODAY = date(2026, 3, 4)


def programme(vault: Vault, kind: ProgrammeKind = ProgrammeKind.CLASSIC, **fields: Any) -> ProgrammeId:
    return run(vault, programmes.add, replace(programmes.blank(), title="Runde", kind=kind, **fields))


def enrolled(vault: Vault, programme_id: ProgrammeId, name: str, role: Role, **fields: Any) -> EnrolmentId:
    person = run(vault, people.add, replace(people.blank(), family_name=name, **fields))
    return run(vault, programmes.enrol, programme_id, [person], role)[0]


def person_of(vault: Vault, enrolment: EnrolmentId) -> PersonId:
    found = stored_programmes.enrolment(vault, enrolment)
    assert found is not None
    return found.person


def supervise_twice_removed(vault: Vault, one: PersonId, other: PersonId) -> None:
    between = run(vault, people.add, replace(people.blank(), family_name="Z", supervisor=one))
    run(vault, people.edit, other, supervisor=between)


BREAKS: dict[Rule, Callable[[Vault, PersonId, PersonId], object]] = {
    Rule.SUPERVISION: supervise_twice_removed,
    Rule.RIVALRY: lambda vault, one, other: run(vault, people.set_rivals, other, [one]),
    Rule.VETO: lambda vault, one, other: run(vault, people.set_vetoes, other, [one]),
    Rule.SAME_TEAM: lambda vault, one, other: run(vault, people.edit_many, [one, other], department="IT", team="Netz"),
    Rule.SAME_PROJECT: lambda vault, one, other: run(vault, people.edit_many, [one, other], project="Nord"),
    Rule.LANGUAGE: lambda vault, one, other: [
        run(vault, people.edit, one, languages=("Deutsch",)), run(vault, people.edit, other, languages=("Englisch",)),
    ],
}  # fmt: skip


@pytest.mark.parametrize("rule", BREAKS)
def test_a_broken_rule_blocks_a_pair_by_hand(vault: Vault, rule: Rule) -> None:
    programme_id = programme(vault)
    mentor = enrolled(vault, programme_id, "A", Role.MENTOR)
    mentee = enrolled(vault, programme_id, "B", Role.MENTEE)
    BREAKS[rule](vault, person_of(vault, mentor), person_of(vault, mentee))
    fault = refused(vault, "tandems.blocked", tandems.pair, programme_id, mentor, mentee)
    assert fault.facts == {"rule": rule}
    assert pairing.examine(vault, programme_id, mentor, mentee).blocked_by == (rule,)
    assert pairing.propose(vault, programme_id).pairs == ()
    run(vault, programmes.edit, programme_id, rules={rule: Strictness.OFF})
    do(vault, tandems.pair, programme_id, mentor, mentee)


def test_nobody_is_paired_with_themselves(vault: Vault) -> None:
    programme_id = programme(vault)
    both = enrolled(vault, programme_id, "A", Role.BOTH)
    fault = refused(vault, "tandems.blocked", tandems.pair, programme_id, both, both)
    assert fault.facts == {"rule": Rule.SAME_PERSON}


def test_every_rule_has_a_sentence_of_its_own() -> None:
    assert {f"tandems.blocked.{rule}" for rule in Rule} <= set(sentences())


def test_enrolments_of_another_programme_are_none_of_this_ones(vault: Vault) -> None:
    one, other = programme(vault), programme(vault)
    mentor, mentee = enrolled(vault, one, "A", Role.MENTOR), enrolled(vault, other, "B", Role.MENTEE)
    refused(vault, "record.gone", tandems.pair, one, mentor, mentee)


def test_the_plan_is_accepted_as_it_was_proposed(vault: Vault) -> None:
    programme_id = programme(vault)
    topic = run(vault, topics.add, "CAD", "CAD")
    offers = (Skill(topic=topic, side=Side.OFFERED, level=4),)
    seeks = (Skill(topic=topic, side=Side.SOUGHT, level=3),)
    other, expert = (
        enrolled(vault, programme_id, "A", Role.MENTOR),
        enrolled(vault, programme_id, "B", Role.MENTOR, skills=offers),
    )
    mentee = enrolled(vault, programme_id, "C", Role.MENTEE, skills=seeks)
    plan = pairing.propose(vault, programme_id)
    assert [(pair.mentor, pair.mentee) for pair in plan.pairs] == [(expert, mentee)]
    assert [left.enrolment for left in plan.left_mentors] == [other]
    (identity,) = do(vault, tandems.accept, programme_id, plan.pairs)
    made = stored.tandem(vault, identity)
    assert made is not None
    assert (made.score, made.reasons) == (plan.pairs[0].score, plan.pairs[0].reasons)
    assert pairing.propose(vault, programme_id).pairs == ()
    run(vault, tandems.set_state, identity, TandemState.AGREED)
    run(vault, tandems.dissolve, [identity])
    again = pairing.propose(vault, programme_id)
    assert [(pair.mentor, pair.mentee) for pair in again.pairs] == [(other, mentee)]


def test_in_a_mutual_programme_everybody_has_one_tandem(vault: Vault) -> None:
    programme_id = programme(vault, ProgrammeKind.MUTUAL)
    one, other, third = (enrolled(vault, programme_id, name, Role.BOTH) for name in "ABC")
    plan = pairing.propose(vault, programme_id)
    assert len(plan.pairs) == 1
    run(vault, tandems.pair, programme_id, one, other)
    refused(vault, "tandems.mentee_taken", tandems.pair, programme_id, third, one)
    refused(vault, "tandems.mentee_taken", tandems.pair, programme_id, other, third)


# Import


def planned(vault: Vault) -> ImportPlan:
    table = read_table(SAMPLE)
    drafts = read_drafts(table.rows, guess_mapping(table.rows), today=TODAY)
    return plan_import(
        drafts, stored_people.all_people(vault), stored_people.organisations(vault), stored_topics.all_topics(vault)
    )


def test_an_import_is_one_step_and_a_second_one_changes_nothing(vault: Vault) -> None:
    plan = planned(vault)
    result = do(vault, roster.import_roster, plan)
    assert result.added == plan.counts[Status.NEW] == len(stored_people.all_people(vault)) > 10
    known = {one.id: one for one in stored_people.all_people(vault)}
    assert all(known[one.id] == one for one in plan.people_to_insert)
    again = planned(vault)
    assert again.counts[Status.UNCHANGED] == result.added
    assert idle(vault, roster.import_roster, again) == roster.Imported()


def test_an_import_updates_what_the_file_says(vault: Vault) -> None:
    plan = planned(vault)
    run(vault, roster.import_roster, plan)
    first = next(one for one in plan.people_to_insert if one.department)
    run(vault, people.edit, first.id, department="Anderswo", remarks="bleibt")
    assert do(vault, roster.import_roster, planned(vault)).changed == 1
    after = stored_people.person(vault, first.id)
    assert after is not None
    assert (after.department, after.remarks) == (first.department, "bleibt")


def test_a_person_removed_in_the_meantime_stops_the_import(vault: Vault) -> None:
    run(vault, roster.import_roster, planned(vault))
    gone = stored_people.all_people(vault)[0]
    run(vault, people.edit, gone.id, family_name="Umbenannt")
    plan = ImportPlan(people_to_update=(gone,))
    run(vault, people.remove, [gone.id])
    refused(vault, "record.gone", roster.import_roster, plan)


def test_roles_of_the_file_enrol(vault: Vault) -> None:
    programme_id = programme(vault)
    ids = [PersonId(number) for number in (11, 12, 13)]
    persons = tuple(Person(id=one, given_name="", family_name=f"P{one}") for one in ids)
    roles = {ids[0]: (Role.MENTOR, 12), ids[1]: (Role.MENTEE, 1), ids[2]: (Role.MENTEE, 1)}
    plan = ImportPlan(people_to_insert=persons, roles=roles)
    before = contents(vault)
    assert run(vault, roster.import_roster, plan).enrolled == 0
    vault.undo()
    assert contents(vault) == before
    assert do(vault, roster.import_roster, plan, programme_id).enrolled == 3
    found = {one.person: one for one in stored_programmes.enrolments(vault, programme_id)}
    assert (found[ids[0]].role, found[ids[0]].capacity) == (Role.MENTOR, 9)
    run(vault, tandems.pair, programme_id, found[ids[0]].id, found[ids[1]].id)
    run(vault, programmes.withdraw, [found[ids[2]].id])
    swapped = ImportPlan(roles={ids[0]: (Role.MENTEE, 1), ids[1]: (Role.MENTEE, 1), ids[2]: (Role.MENTEE, 1)})
    assert do(vault, roster.import_roster, swapped, programme_id).enrolled == 1
    found = {one.person: one for one in stored_programmes.enrolments(vault, programme_id)}
    assert found[ids[0]].role is Role.BOTH
    assert found[ids[2]].state is EnrolmentState.WITHDRAWN


def test_a_file_that_says_no_number_of_partners_keeps_the_number(vault: Vault) -> None:
    programme_id = programme(vault)
    mentor = enrolled(vault, programme_id, "A", Role.MENTOR)
    run(vault, programmes.edit_enrolment, mentor, capacity=3)
    fresh = person_of(vault, enrolled(vault, programme(vault), "B", Role.MENTOR))
    rows = read_table(b"Nachname;Rolle\nA;Mentor\nB;Mentor\n").rows
    drafts = read_drafts(rows, guess_mapping(rows), today=TODAY)
    plan = plan_import(drafts, stored_people.all_people(vault), (), ())
    assert run(vault, roster.import_roster, plan, programme_id).enrolled == 1
    found = {one.person: one.capacity for one in stored_programmes.enrolments(vault, programme_id)}
    assert found == {person_of(vault, mentor): 3, fresh: 1}
