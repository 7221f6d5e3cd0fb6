"""The draft of a pairing: each decision is one step, kept in the vault, undone exactly, and heard by the next plan."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from quick_vaults import PASSPHRASE
from snapshots import do, idle, refused, run

from app.domain.drafts import Aim, Decision, Draft, Method, PairIds
from app.domain.ids import EnrolmentId, ProgrammeId
from app.domain.kinds import Kind
from app.domain.programmes import ProgrammeKind, Role
from app.domain.tandems import TandemState
from app.services import drafts, people, plans, programmes, tandems
from app.store import drafts as stored
from app.store import programmes as stored_programmes
from app.store import tandems as stored_tandems
from app.store.vault import Vault, create_vault, open_vault


def programme(vault: Vault, kind: ProgrammeKind = ProgrammeKind.REVERSE) -> ProgrammeId:
    return run(vault, programmes.add, replace(programmes.blank(), title="Runde", kind=kind))


def enrolled(vault: Vault, programme_id: ProgrammeId, role: Role, count: int) -> list[EnrolmentId]:
    ids = [run(vault, people.add, replace(people.blank(), family_name=f"{role}{n}")) for n in range(count)]
    return list(run(vault, programmes.enrol, programme_id, ids, role))


@pytest.fixture
def sides(vault: Vault) -> tuple[ProgrammeId, list[EnrolmentId], list[EnrolmentId]]:
    """A programme with two mentors and two mentees, all alike."""
    made = programme(vault)
    return made, enrolled(vault, made, Role.MENTOR, 2), enrolled(vault, made, Role.MENTEE, 2)


Sides = tuple[ProgrammeId, list[EnrolmentId], list[EnrolmentId]]


def pairs(vault: Vault, programme_id: ProgrammeId) -> set[PairIds]:
    return {(one.mentor, one.mentee) for one in plans.solve(plans.read_basis(vault, programme_id)).pairs}


def test_a_programme_starts_without_decisions(vault: Vault, sides: Sides) -> None:
    assert stored.draft(vault, sides[0]) == Draft(programme=sides[0])
    assert not stored.draft(vault, sides[0]).quality_first


def test_each_decision_is_one_step_and_comes_back(vault: Vault, sides: Sides) -> None:
    made, (one, _), (mentee, other) = sides
    do(vault, drafts.seek, made, aim=Aim.QUALITY)
    assert vault.steps.done[-1].kinds == {Kind.DRAFT}
    do(vault, drafts.seek, made, method=Method.STABLE)
    do(vault, drafts.lock, made, [(one, mentee)])
    do(vault, drafts.ban, made, [(one, other)])
    draft = stored.draft(vault, made)
    assert draft == Draft(
        programme=made,
        aim=Aim.QUALITY,
        method=Method.STABLE,
        locked=frozenset({(one, mentee)}),
        banned=frozenset({(one, other)}),
    )
    idle(vault, drafts.seek, made, aim=Aim.QUALITY, method=Method.STABLE)
    idle(vault, drafts.lock, made, [(one, mentee)])
    do(vault, drafts.free, made, [(one, mentee)])
    do(vault, drafts.allow_all, made)
    do(vault, drafts.lock, made, [(one, mentee)])
    do(vault, drafts.unlock_all, made)
    assert stored.draft(vault, made) == replace(draft, locked=frozenset(), banned=frozenset())


def test_a_ban_takes_the_lock_off_and_a_lock_the_ban(vault: Vault, sides: Sides) -> None:
    made, (one, _), (mentee, _) = sides
    run(vault, drafts.lock, made, [(one, mentee)])
    do(vault, drafts.ban, made, [(one, mentee)])
    assert stored.draft(vault, made).decision((one, mentee)) is Decision.BANNED
    do(vault, drafts.lock, made, [(one, mentee)])
    assert stored.draft(vault, made).decision((one, mentee)) is Decision.LOCKED
    assert stored.draft(vault, made).banned == frozenset()


def test_decisions_hold_whichever_of_the_two_teaches(vault: Vault) -> None:
    made = programme(vault, ProgrammeKind.MUTUAL)
    one, other = enrolled(vault, made, Role.BOTH, 2)
    run(vault, drafts.ban, made, [(one, other)])
    assert pairs(vault, made) == set()
    assert stored.draft(vault, made).decision((other, one)) is Decision.BANNED
    do(vault, drafts.free, made, [(other, one)])
    assert len(pairs(vault, made)) == 1


def test_people_of_another_programme_are_refused(vault: Vault, sides: Sides) -> None:
    made, (one, _), _ = sides
    (stranger,) = enrolled(vault, programme(vault), Role.MENTEE, 1)
    refused(vault, "record.gone", drafts.lock, made, [(one, stranger)])
    refused(vault, "record.gone", drafts.seek, ProgrammeId(1), aim=Aim.QUALITY)


def test_the_plan_keeps_to_what_was_decided(vault: Vault, sides: Sides) -> None:
    made, (one, two), (mentee, other) = sides
    crossed = {(one, other), (two, mentee)}
    straight = {(one, mentee), (two, other)}
    run(vault, drafts.lock, made, [(one, other)])
    assert pairs(vault, made) == crossed
    run(vault, drafts.ban, made, [(one, other)])
    assert pairs(vault, made) == straight


def test_a_lock_that_can_no_longer_be_kept_is_passed_over(vault: Vault, sides: Sides) -> None:
    made, (one, two), (mentee, other) = sides
    run(vault, programmes.edit_enrolment, one, capacity=2)
    run(vault, drafts.lock, made, [(one, mentee), (one, other)])
    assert pairs(vault, made) == {(one, mentee), (one, other)}
    run(vault, programmes.edit_enrolment, one, capacity=1)
    basis = plans.read_basis(vault, made)
    assert len(basis.locked) == 1
    assert basis.locked[0] in pairs(vault, made)
    run(vault, programmes.withdraw, [one])
    assert plans.read_basis(vault, made).locked == ()
    assert {mentor for mentor, _ in pairs(vault, made)} == {two}


def test_a_new_lock_takes_the_place_of_one_it_leaves_none_for(vault: Vault, sides: Sides) -> None:
    made, (one, two), (mentee, other) = sides
    run(vault, drafts.lock, made, [(one, mentee)])
    do(vault, drafts.lock, made, [(two, mentee)])
    assert stored.draft(vault, made).locked == {(two, mentee)}
    do(vault, drafts.lock, made, [(two, other)])
    assert stored.draft(vault, made).locked == {(two, other)}
    run(vault, programmes.edit_enrolment, two, capacity=2)
    do(vault, drafts.lock, made, [(two, mentee)])
    assert stored.draft(vault, made).locked == {(two, other), (two, mentee)}


def test_a_decision_on_one_pair_reads_nobody_else(
    vault: Vault, sides: Sides, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A programme has thousands of people, and the window waits for it."""
    programme, mentors, mentees = sides
    do(vault, drafts.lock, programme, [(mentors[0], mentees[0])])

    def never(*_: object) -> None:
        raise AssertionError("all people or tandems of the programme are read")

    monkeypatch.setattr(stored_programmes, "enrolments", never)
    monkeypatch.setattr(stored_tandems, "of_programme", never)
    gone = do(vault, drafts.lock, programme, [(mentors[0], mentees[1])])
    assert gone == ((mentors[0], mentees[0]),)
    do(vault, drafts.ban, programme, [(mentors[0], mentees[1])])
    do(vault, drafts.free, programme, [(mentors[0], mentees[1])])


def test_locks_of_one_person_in_a_mutual_programme_exclude_each_other(vault: Vault) -> None:
    made = programme(vault, ProgrammeKind.MUTUAL)
    one, two, three = enrolled(vault, made, Role.BOTH, 3)
    run(vault, drafts.lock, made, [(one, two)])
    do(vault, drafts.lock, made, [(two, three)])
    assert plans.read_basis(vault, made).draft.locked == {(two, three)}
    do(vault, drafts.lock, made, [(three, one)])
    assert plans.read_basis(vault, made).locked == ((three, one),)
    assert len(pairs(vault, made)) == 1


def test_publishing_makes_the_tandems_and_ends_their_locks(vault: Vault, sides: Sides) -> None:
    made, (one, two), (mentee, other) = sides
    run(vault, drafts.lock, made, [(one, other)])
    run(vault, drafts.ban, made, [(two, other)])
    plan = plans.solve(plans.read_basis(vault, made))
    identities = do(vault, drafts.publish, made, plan.pairs)
    assert len(identities) == 2
    assert stored.draft(vault, made).locked == frozenset()
    assert stored.draft(vault, made).banned == {(two, other)}
    assert {one_.mentee.enrolment for one_ in stored_tandems.of_programme(vault, made)} == {mentee, other}


def test_a_tandem_that_ended_is_not_proposed_again(vault: Vault, sides: Sides) -> None:
    made, (one, two), (mentee, other) = sides
    run(vault, drafts.lock, made, [(one, mentee)])
    plan = plans.solve(plans.read_basis(vault, made))
    for identity in run(vault, drafts.publish, made, plan.pairs):
        run(vault, tandems.set_state, identity, TandemState.AGREED)
        run(vault, tandems.dissolve, [identity])
    assert pairs(vault, made) == {(one, other), (two, mentee)}


def test_decisions_go_with_their_people_and_their_programme(vault: Vault, sides: Sides) -> None:
    made, (one, two), (mentee, other) = sides
    run(vault, drafts.seek, made, aim=Aim.QUALITY)
    run(vault, drafts.lock, made, [(one, mentee)])
    run(vault, drafts.ban, made, [(two, other)])
    person = stored_programmes.enrolment(vault, one)
    assert person is not None
    do(vault, people.remove, [person.person])
    assert stored.draft(vault, made).locked == frozenset()
    do(vault, programmes.leave, [other])
    assert stored.draft(vault, made).banned == frozenset()
    do(vault, programmes.remove, made)
    assert vault.rows("SELECT * FROM draft") == []


def test_the_draft_is_there_when_the_vault_is_opened_again(tmp_path: Path, quick_key: None) -> None:  # noqa: ARG001
    path = tmp_path / "entwurf.tandembuch"
    with create_vault(path, PASSPHRASE) as vault:
        made = programme(vault)
        (one,), (mentee,) = enrolled(vault, made, Role.MENTOR, 1), enrolled(vault, made, Role.MENTEE, 1)
        run(vault, drafts.ban, made, [(one, mentee)])
        before = stored.draft(vault, made)
    with open_vault(path, PASSPHRASE) as vault:
        assert stored.draft(vault, made) == before
        assert before.banned == {(one, mentee)}
