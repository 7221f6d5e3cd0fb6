"""What was published stays: where its pairs come from, how its plan came to be, whatever changes afterwards."""

from __future__ import annotations

from dataclasses import replace

import pytest
from snapshots import do, run

from app import VERSION
from app.domain.drafts import PairIds
from app.domain.ids import EnrolmentId, PersonId, ProgrammeId
from app.domain.programmes import Criterion, ProgrammeKind, Role, Rule, Strictness
from app.domain.publishings import BY_HAND, CONFIDENTIAL
from app.domain.tandems import Origin
from app.errors import Fault
from app.services import drafts, erase, people, plans, programmes, protocols, tandems
from app.store import publishings
from app.store import tandems as stored
from app.store.vault import Vault

Filled = tuple[ProgrammeId, list[PersonId], list[EnrolmentId], list[EnrolmentId]]


@pytest.fixture
def filled(vault: Vault) -> Filled:
    """Three mentors and three mentees, all alike but for a veto and a rivalry."""
    made = run(vault, programmes.add, replace(programmes.blank(), title="Runde"))
    names = ("Adler", "Berg", "Conrad", "Dorn", "Ernst", "Falk")
    persons = [run(vault, people.add, replace(people.blank(), given_name="Kim", family_name=name)) for name in names]
    mentors = list(run(vault, programmes.enrol, made, persons[:3], Role.MENTOR))
    mentees = list(run(vault, programmes.enrol, made, persons[3:], Role.MENTEE))
    run(vault, people.set_vetoes, persons[3], [persons[0]])
    run(vault, people.set_rivals, persons[4], [persons[1]])
    return made, persons, mentors, mentees


def pairs_of(vault: Vault, programme: ProgrammeId) -> dict[PairIds, Origin]:
    return {(one.mentor.enrolment, one.mentee.enrolment): one.origin for one in stored.of_programme(vault, programme)}


def publish(vault: Vault, programme: ProgrammeId) -> None:
    plan = plans.solve(plans.read_basis(vault, programme))
    do(vault, drafts.publish, programme, plan.pairs)


def test_pairs_keep_their_origin_when_they_are_published(vault: Vault, filled: Filled) -> None:
    made, _, mentors, mentees = filled
    found_each_other, by_hand = (mentors[0], mentees[2]), (mentors[1], mentees[0])
    do(vault, drafts.lock, made, [found_each_other], Origin.SELF_FOUND)
    do(vault, drafts.lock, made, [by_hand], Origin.BY_HAND)
    publish(vault, made)
    assert pairs_of(vault, made) == {
        found_each_other: Origin.SELF_FOUND,
        by_hand: Origin.BY_HAND,
        (mentors[2], mentees[1]): Origin.ASSIGNED,
    }


def test_a_kept_proposal_stays_the_programs_and_a_known_origin_is_not_forgotten(vault: Vault, filled: Filled) -> None:
    made, _, mentors, mentees = filled
    kept, found = (mentors[2], mentees[0]), (mentors[0], mentees[1])
    do(vault, drafts.lock, made, [kept])
    do(vault, drafts.lock, made, [found], Origin.SELF_FOUND)
    run(vault, drafts.lock, made, [kept, found])  # again, as the plan's own
    draft = plans.read_basis(vault, made).draft
    assert (draft.origin(kept), draft.origin(found)) == (Origin.ASSIGNED, Origin.SELF_FOUND)
    assert draft.origin((found[1], found[0])) is Origin.SELF_FOUND
    do(vault, drafts.lock, made, [found], Origin.BY_HAND)
    assert plans.read_basis(vault, made).draft.origin(found) is Origin.BY_HAND
    run(vault, drafts.ban, made, [found])
    assert plans.read_basis(vault, made).draft.origin(found) is Origin.ASSIGNED


def test_either_of_a_mutual_pair_may_be_named_first(vault: Vault) -> None:
    made = run(vault, programmes.add, replace(programmes.blank(), title="Runde", kind=ProgrammeKind.MUTUAL))
    persons = [run(vault, people.add, replace(people.blank(), family_name=name)) for name in ("Adler", "Berg")]
    one, other = run(vault, programmes.enrol, made, persons, Role.BOTH)
    run(vault, drafts.lock, made, [(other, one)], Origin.SELF_FOUND)
    publish(vault, made)
    assert list(pairs_of(vault, made).values()) == [Origin.SELF_FOUND]


def test_the_protocol_is_there_after_publishing_as_it_was_before(vault: Vault, filled: Filled) -> None:
    made, _, mentors, mentees = filled
    run(vault, programmes.edit, made, weights={Criterion.SKILLS: 7}, musts=frozenset())
    run(vault, drafts.ban, made, [(mentors[2], mentees[2])])
    run(vault, drafts.lock, made, [(mentors[2], mentees[0])], Origin.BY_HAND)
    before = protocols.pairing_protocol(plans.read_basis(vault, made))
    publish(vault, made)
    (head,) = publishings.heads(vault, made)
    assert (head.published, head.tandems) == (3, 3)
    # Everything it rested on changes.
    run(vault, programmes.edit, made, title="Anders", weights={}, rules={Rule.VETO: Strictness.OFF})
    run(vault, drafts.allow_all, made)
    run(vault, tandems.remove, [one.id for one in stored.of_programme(vault, made)])
    after = protocols.published_protocol(vault, head.id)
    assert after.published_on is not None
    assert (after.published, after.gone) == (3, 0)
    unpublished = replace(after, published_on=None, published=0, again=None)
    assert unpublished == before
    assert (after.version, after.checksum, after.programme.title) == (VERSION, before.checksum, "Runde")
    assert {line.reason: line.excluded for line in after.rules if line.excluded} == {CONFIDENTIAL: 2, BY_HAND: 1}
    assert publishings.tandems_of(vault, head.id) == ()


def test_a_published_plan_can_be_made_again_until_something_changes(vault: Vault, filled: Filled) -> None:
    made, _, mentors, mentees = filled
    run(vault, drafts.lock, made, [(mentors[2], mentees[0])], Origin.BY_HAND)
    publish(vault, made)
    (head,) = publishings.heads(vault, made)
    assert protocols.published_protocol(vault, head.id).again is True
    run(vault, programmes.edit, made, weights={Criterion.LOCATION: 9})
    assert protocols.published_protocol(vault, head.id).again is False
    vault.undo()
    run(vault, tandems.remove, [one.id for one in stored.of_programme(vault, made)])
    assert protocols.published_protocol(vault, head.id).again is None


def test_it_names_no_veto_and_no_rival(vault: Vault, filled: Filled) -> None:
    made, _, mentors, mentees = filled
    run(vault, programmes.edit, made, rules={Rule.VETO: Strictness.WARNING})
    run(vault, drafts.lock, made, [(mentors[0], mentees[0])])  # against the veto
    publish(vault, made)
    (head,) = publishings.heads(vault, made)
    kept = vault.rows("SELECT * FROM publishing"), vault.rows("SELECT * FROM published_pair")
    for told in (repr(kept), repr(protocols.published_protocol(vault, head.id))):
        assert "veto" not in told.lower()
        assert "rival" not in told.lower()
    assert CONFIDENTIAL in repr(kept)


def test_each_publishing_is_one_step_and_a_part_of_the_plan_is_told_as_such(vault: Vault, filled: Filled) -> None:
    made = filled[0]
    plan = plans.solve(plans.read_basis(vault, made))
    (first,) = do(vault, drafts.publish, made, plan.pairs[:1])
    part = publishings.of_tandem(vault, first)
    assert part is not None
    told = protocols.published_protocol(vault, part)
    assert (told.planned, told.published, len(told.pairs)) == (3, 1, 1)
    assert told.total == told.pairs[0].score
    rest = do(vault, drafts.publish, made, plan.pairs[1:])
    other = publishings.of_tandem(vault, rest[0])
    assert other is not None
    assert other != part
    assert publishings.tandems_of(vault, other) == rest
    assert {one.id for one in publishings.heads(vault, made)} == {part, other}
    vault.undo()
    assert [one.id for one in publishings.heads(vault, made)] == [part]


def test_who_is_erased_is_erased_from_it_too(vault: Vault, filled: Filled) -> None:
    made, persons = filled[:2]
    publish(vault, made)
    (head,) = publishings.heads(vault, made)
    erase.erase_person(vault, persons[3])
    told = protocols.published_protocol(vault, head.id)
    assert (told.published, len(told.pairs), told.gone) == (3, 2, 1)
    assert "Dorn" not in repr(told)
    assert told.total == sum(pair.score for pair in told.pairs)  # wishes of the one erased are in no sum
    run(vault, programmes.remove, made)
    with pytest.raises(Fault, match="record.gone"):
        protocols.published_protocol(vault, head.id)
