"""What hand-outs are made of: who takes part, what they said, how far the preparations are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from snapshots import run

from app import i18n
from app.domain.ids import EnrolmentId, ProgrammeId
from app.domain.programmes import ProgrammeKind, Role
from app.domain.tandems import TandemState
from app.services import demo, goals, handouts, people, programmes, tandems, topics
from app.store import tandems as stored
from app.store.vault import Vault

DAY = date(2026, 3, 2)


def made(vault: Vault) -> tuple[ProgrammeId, list[EnrolmentId]]:
    topic = run(vault, topics.add, "Führung", "Leadership")
    programme = replace(
        programmes.blank(), title="Runde", kind=ProgrammeKind.REVERSE, starts_on=DAY, greeting="Nur Mut.",
        patron="Dr. Lindner", topics=(topic,),
    )  # fmt: skip
    programme_id = run(vault, programmes.add, programme)
    ids = [
        run(vault, people.add, replace(people.blank(), given_name=name, family_name=name * 3, department="IT"))
        for name in ("C", "A", "B")
    ]
    mentors = run(vault, programmes.enrol, programme_id, ids[:2], Role.MENTOR)
    mentees = run(vault, programmes.enrol, programme_id, ids[2:], Role.MENTEE)
    return programme_id, [*mentors, *mentees]


def test_everybody_who_takes_part_gets_a_sheet(vault: Vault) -> None:
    programme_id, enrolled = made(vault)
    run(vault, programmes.edit_enrolment, enrolled[1], expectations="Offenheit")
    run(vault, programmes.withdraw, [enrolled[0]])
    with i18n.speaking("en"):
        found = handouts.expectation_sheets(vault, programme_id)
    assert found.topics == ("Leadership",)
    assert [(one.name, one.role, one.department, one.expectations) for one in found.people] == [
        ("A AAA", Role.MENTOR, "IT", "Offenheit"),
        ("B BBB", Role.MENTEE, "IT", ""),
    ]
    sheet = handouts.handout(vault, programme_id)
    assert (sheet.participants, sheet.greeting, sheet.programme.patron) == (2, "Nur Mut.", "Dr. Lindner")


def test_how_far_the_preparations_are(vault: Vault) -> None:
    programme_id, enrolled = made(vault)
    first = run(vault, tandems.pair, programme_id, enrolled[0], enrolled[2])
    known = stored.tandem(vault, first)
    assert known is not None
    run(vault, tandems.consent, known.members[0].id, DAY)
    run(vault, tandems.edit_agreement, first, signed_on=DAY)
    run(vault, goals.add, first, title="Ziel", target=3)
    found = handouts.start_check(vault, programme_id)
    assert (found.participants, found.expecting, found.tandems, found.members) == (3, 0, 1, 2)
    assert (found.consents, found.agreed, found.aiming) == (1, 1, 1)
    run(vault, tandems.set_state, first, TandemState.ENDED)
    assert handouts.start_check(vault, programme_id).tandems == 0


def test_the_demo_is_well_prepared(vault: Vault) -> None:
    programme_id = run(vault, demo.fill, DAY)
    found = handouts.start_check(vault, programme_id)
    assert found.tandems == 33
    assert 0 < found.consents < found.members == 66
    assert 0 < found.expecting < found.participants == len(handouts.expectation_sheets(vault, programme_id).people)
