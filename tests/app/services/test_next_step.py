"""The next step of a programme, state by state from an empty vault to the certificates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from snapshots import run

from app.domain.ids import ProgrammeId
from app.domain.programmes import Role
from app.domain.tandems import TandemState
from app.services import drafts, meetings, people, programmes, tandems
from app.services.due import due
from app.services.next_step import NextStep, before_programme, next_step
from app.store import meetings as stored_meetings
from app.store import programmes as stored_programmes
from app.store import tandems as stored
from app.store.vault import Vault
from ui.parts.next_step_words import WORDS, place_of

TODAY = date(2026, 3, 4)


def step(vault: Vault, programme_id: ProgrammeId, today: date = TODAY) -> NextStep:
    programme = stored_programmes.programme(vault, programme_id)
    assert programme is not None
    found = due(vault, programme_id, today)
    made = next_step(vault, programme, stored.of_programme(vault, programme_id), found, today)
    assert made in WORDS
    assert place_of(made, found).page
    return made


def test_each_step_follows_the_one_before(vault: Vault) -> None:
    assert before_programme(vault) is NextStep.IMPORT
    blank = replace(
        programmes.blank(), title="Runde", starts_on=TODAY, ends_on=TODAY + timedelta(days=200), planned_meetings=2
    )
    round_ = run(vault, programmes.add, blank)
    assert step(vault, round_) is NextStep.IMPORT
    ids = [run(vault, people.add, replace(people.blank(), family_name=name, department=name)) for name in "ABC"]
    assert before_programme(vault) is NextStep.PROGRAMME
    assert step(vault, round_) is NextStep.ENROL
    mentor = run(vault, programmes.enrol, round_, ids[:1], Role.MENTOR)[0]
    mentee = run(vault, programmes.enrol, round_, ids[1:2], Role.MENTEE)[0]
    assert step(vault, round_) is NextStep.PAIR
    run(vault, drafts.lock, round_, [(mentor, mentee)])
    assert step(vault, round_) is NextStep.PUBLISH
    identity = run(vault, tandems.pair, round_, mentor, mentee)
    assert step(vault, round_) is NextStep.START
    found = stored.tandem(vault, identity)
    assert found is not None
    for member in found.members:
        run(vault, tandems.consent, member.id, TODAY)
    assert step(vault, round_) is NextStep.START
    assert place_of(NextStep.START, due(vault, round_, TODAY)).record == identity
    run(vault, tandems.edit_agreement, identity, signed_on=TODAY)
    assert step(vault, round_) is NextStep.FOLLOW
    run(vault, meetings.remove, [one.id for one in stored_meetings.of_tandem(vault, identity)])
    assert step(vault, round_) is NextStep.PLAN
    assert place_of(NextStep.PLAN, due(vault, round_, TODAY)).record == identity
    run(vault, meetings.add, identity, planned_on=TODAY + timedelta(days=30))
    run(vault, programmes.enrol, round_, ids[2:], Role.MENTEE)
    assert step(vault, round_) is NextStep.PAIR
    assert step(vault, round_, TODAY + timedelta(days=201)) is NextStep.EVALUATE
    run(vault, tandems.set_state, identity, TandemState.COMPLETED)
    assert step(vault, round_) is NextStep.CERTIFICATES


def test_after_the_only_tandem_has_ended_there_is_somebody_to_pair(vault: Vault) -> None:
    round_ = run(vault, programmes.add, replace(programmes.blank(), title="Runde"))
    ids = [run(vault, people.add, replace(people.blank(), family_name=name, department=name)) for name in "AB"]
    mentor = run(vault, programmes.enrol, round_, ids[:1], Role.MENTOR)[0]
    mentee = run(vault, programmes.enrol, round_, ids[1:], Role.MENTEE)[0]
    identity = run(vault, tandems.pair, round_, mentor, mentee)
    run(vault, tandems.set_state, identity, TandemState.ENDED)
    assert step(vault, round_) is NextStep.PAIR
    run(vault, programmes.withdraw, [mentor, mentee])
    assert step(vault, round_) is NextStep.ENROL
