"""The facts of the protocol come from the vault, and nothing confidential is among them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from snapshots import run

from app import VERSION
from app.documents.protocol_inputs import BY_HAND, CONFIDENTIAL
from app.domain.ids import EnrolmentId, PersonId, ProgrammeId
from app.domain.programmes import Criterion, Role, Rule, Strictness
from app.services import drafts, people, plans, programmes, protocols
from app.store.vault import Vault


def person(vault: Vault, name: str) -> PersonId:
    return run(vault, people.add, replace(people.blank(), given_name="Kim", family_name=name))


@pytest.fixture
def filled(vault: Vault) -> tuple[ProgrammeId, list[EnrolmentId], list[EnrolmentId]]:
    """Three mentors and two mentees; one veto, one rivalry, one pair ruled out by hand."""
    made = run(vault, programmes.add, replace(programmes.blank(), title="Runde"))
    teachers = [person(vault, name) for name in ("Adler", "Berg", "Conrad")]
    learners = [person(vault, name) for name in ("Dorn", "Ernst")]
    mentors = list(run(vault, programmes.enrol, made, teachers, Role.MENTOR))
    mentees = list(run(vault, programmes.enrol, made, learners, Role.MENTEE))
    run(vault, people.set_vetoes, learners[0], [teachers[0]])
    run(vault, people.set_rivals, learners[1], [teachers[1]])
    run(vault, drafts.ban, made, [(mentors[2], mentees[1])])
    return made, mentors, mentees


Filled = tuple[ProgrammeId, list[EnrolmentId], list[EnrolmentId]]


def test_counts_and_the_version_are_told(vault: Vault, filled: Filled) -> None:
    made, mentors, mentees = filled
    found = protocols.pairing_protocol(plans.read_basis(vault, made))
    assert (found.mentors, found.mentees, found.places, found.candidates, found.allowed) == (3, 2, 3, 6, 3)
    by_reason = {line.reason: line for line in found.rules}
    assert by_reason[CONFIDENTIAL].excluded == 2  # veto and rivalry together
    assert by_reason[CONFIDENTIAL].strictness is Strictness.HARD
    assert by_reason[BY_HAND].excluded == 1
    assert not {Rule.VETO.value, Rule.RIVALRY.value, Rule.LEVEL.value, Rule.MUST.value} & set(by_reason)
    assert len(found.pairs) == 2
    assert {pair.mentee for pair in found.pairs} == {"Kim Dorn", "Kim Ernst"}
    assert found.total == sum(reason.points for pair in found.pairs for reason in pair.reasons)
    assert Criterion.WISHES not in {reason.criterion for pair in found.pairs for reason in pair.reasons}
    assert found.most == 1000 - next(one.points for one in found.shares if one.criterion is Criterion.WISHES) < 1000
    assert [pair.score for pair in found.pairs] == [sum(one.points for one in pair.reasons) for pair in found.pairs]
    assert found.version == VERSION
    assert len(found.checksum) == 64


def test_the_checksum_follows_the_input_and_nothing_else(vault: Vault, filled: Filled) -> None:
    made, mentors, mentees = filled
    before = protocols.pairing_protocol(plans.read_basis(vault, made)).checksum
    assert protocols.pairing_protocol(plans.read_basis(vault, made)).checksum == before
    run(vault, drafts.lock, made, [(mentors[0], mentees[1])])
    after = protocols.pairing_protocol(plans.read_basis(vault, made))
    assert after.checksum != before
    assert [pair.kept for pair in after.pairs].count(True) == 1
    vault.undo()
    assert protocols.pairing_protocol(plans.read_basis(vault, made)).checksum == before


def test_what_is_confidential_is_in_no_text_of_it(vault: Vault, filled: Filled) -> None:
    made, mentors, mentees = filled
    run(vault, programmes.edit, made, rules={Rule.VETO: Strictness.WARNING})
    run(vault, drafts.lock, made, [(mentors[0], mentees[0])])  # against the veto
    found = protocols.pairing_protocol(plans.read_basis(vault, made))
    assert [pair.warnings for pair in found.pairs if pair.kept] == [()]  # not even that there is a reason
    for word in ("veto", "rival"):
        assert word not in repr(found).lower()
