"""Verbs on programmes, enrolments, tandems, meetings and goals."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pytest
from snapshots import do, idle, refused, run

from app.domain.ids import EnrolmentId, PersonId, ProgrammeId, TandemId
from app.domain.meetings import GoalOwner, Mode
from app.domain.programmes import (
    Criterion,
    EnrolmentState,
    Number,
    Programme,
    ProgrammeKind,
    Purpose,
    Role,
    Rule,
    Strictness,
)
from app.domain.tandems import Origin, Reason, Tandem, TandemState
from app.services import goals, meetings, notes, people, programmes, tandems, topics
from app.store import drafts
from app.store import goals as stored_goals
from app.store import meetings as stored_meetings
from app.store import notes as stored_notes
from app.store import people as stored_people
from app.store import programmes as stored_programmes
from app.store import tandems as stored
from app.store.vault import Vault

TODAY = date(2026, 3, 4)


@dataclass(frozen=True)
class Round:
    """A programme with three mentors and three mentees who can all be paired."""

    programme: ProgrammeId
    mentors: tuple[EnrolmentId, ...]
    mentees: tuple[EnrolmentId, ...]
    people: tuple[PersonId, ...]


@dataclass(frozen=True)
class Planned:
    mentor: EnrolmentId
    mentee: EnrolmentId
    score: int = 700
    reasons: tuple[Reason, ...] = (Reason(criterion="skills", points=70, most=100, facts=("12", "Größe")),)


@pytest.fixture
def round_(vault: Vault) -> Round:
    ids = tuple(
        run(vault, people.add, replace(people.blank(), given_name="P", family_name=name, languages=("Deutsch",)))
        for name in "ABCDEF"
    )
    programme = run(
        vault, programmes.add, replace(programmes.blank(), title="Runde", planned_meetings=3, rhythm_days=14)
    )
    mentors = run(vault, programmes.enrol, programme, ids[:3], Role.MENTOR)
    mentees = run(vault, programmes.enrol, programme, ids[3:], Role.MENTEE)
    return Round(programme, mentors, mentees, ids)


def tandem(vault: Vault, identity: TandemId) -> Tandem:
    found = stored.tandem(vault, identity)
    assert found is not None
    return found


def paired(vault: Vault, round_: Round, place: int = 0) -> TandemId:
    return run(vault, tandems.pair, round_.programme, round_.mentors[place], round_.mentees[place])


def active(vault: Vault, round_: Round, place: int = 0) -> TandemId:
    identity = paired(vault, round_, place)
    for member in tandem(vault, identity).members:
        run(vault, tandems.consent, member.id, TODAY)
    run(vault, tandems.set_state, identity, TandemState.AGREED)
    run(vault, tandems.set_state, identity, TandemState.ACTIVE, TODAY)
    return identity


def test_consents_and_agreement_carry_a_tandem_on_and_leave_a_pause_alone(vault: Vault, round_: Round) -> None:
    identity = paired(vault, round_)
    mentor, mentee = tandem(vault, identity).members
    assert run(vault, tandems.consent, mentor.id, TODAY) is None
    assert run(vault, tandems.consent, mentee.id, TODAY) is TandemState.AGREED
    assert run(vault, tandems.consent, mentee.id, None) is TandemState.PROPOSED
    assert run(vault, tandems.consent, mentee.id, TODAY) is TandemState.AGREED
    assert tandem(vault, identity).state is TandemState.AGREED
    assert run(vault, tandems.edit_agreement, identity, place="Kantine") is None
    assert run(vault, tandems.edit_agreement, identity, signed_on=TODAY) is TandemState.ACTIVE
    assert len(stored_meetings.of_tandem(vault, identity)) == 3
    assert run(vault, tandems.consent, mentor.id, None) is TandemState.PAUSED
    assert run(vault, tandems.consent, mentor.id, TODAY) is None
    assert tandem(vault, identity).state is TandemState.PAUSED
    run(vault, tandems.set_state, identity, TandemState.ENDED)
    run(vault, tandems.set_state, identity, TandemState.PROPOSED)
    assert run(vault, tandems.consent, mentor.id, date(2026, 3, 1)) is None
    assert tandem(vault, identity).state is TandemState.PROPOSED


# Programmes


def test_a_programme_comes_back_with_every_field(vault: Vault) -> None:
    topic_ids = tuple(run(vault, topics.add, name, "") for name in ("Zweites", "Erstes"))
    record = Programme(
        id=programmes.blank().id,
        title="Runde 7",
        kind=ProgrammeKind.CLASSIC,
        purpose=Purpose.ONBOARDING,
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 6, 30),
        planned_meetings=8,
        rhythm_days=21,
        pilot=True,
        patron="Vorstand",
        greeting="Zeile\nZeile",
        contact="Büro",
        rules={Rule.SAME_TEAM: Strictness.OFF},
        weights={Criterion.WISHES: 0, Criterion.SKILLS: 10},
        numbers={Number.LEVEL_MAX: 2, Number.VIDEO: 1},
        musts=frozenset({Criterion.SKILLS, Criterion.AVAILABILITY}),
        topics=topic_ids,
    )
    do(vault, programmes.add, record)
    assert stored_programmes.programme(vault, record.id) == record
    do(vault, programmes.edit, record.id, topics=topic_ids[::-1], rules={}, weights={}, ends_on=None, pilot=False)
    after = replace(record, topics=topic_ids[::-1], rules={}, weights={}, ends_on=None, pilot=False)
    assert stored_programmes.all_programmes(vault) == (after,)
    idle(vault, programmes.edit, record.id, title=" Runde  7")
    do(vault, programmes.edit, record.id, musts=frozenset(), numbers={})
    assert stored_programmes.programme(vault, record.id) == replace(after, musts=frozenset(), numbers={})


def test_settings_of_a_newer_version_are_passed_over(vault: Vault) -> None:
    identity = run(vault, programmes.add, replace(programmes.blank(), title="x"))
    with vault.change("test") as change:
        change.execute(
            "UPDATE programme SET rules = ?, weights = ? WHERE id = ?",
            (
                '{"level": "hard", "moon": "hard", "veto": "sometimes", "level_max": 3}',
                '{"skills": 4, "stars": 9, "must": ["skills", "stars"]}',
                identity,
            ),
        )
    found = stored_programmes.programme(vault, identity)
    assert found is not None
    assert found.rules == {Rule.LEVEL: Strictness.HARD}
    assert (found.numbers, found.weights) == ({Number.LEVEL_MAX: 3}, {Criterion.SKILLS: 4})
    assert found.musts == {Criterion.SKILLS}


def test_what_a_programme_can_not_be(vault: Vault) -> None:
    refused(vault, "programmes.untitled", programmes.add, programmes.blank())
    identity = run(vault, programmes.add, replace(programmes.blank(), title="x", starts_on=TODAY))
    refused(vault, "programmes.ends_before_start", programmes.edit, identity, ends_on=date(2026, 3, 3))
    refused(vault, "programmes.meetings", programmes.edit, identity, planned_meetings=100)
    refused(vault, "programmes.rhythm", programmes.edit, identity, rhythm_days=0)
    refused(vault, "programmes.weight", programmes.edit, identity, weights={Criterion.SKILLS: 11})
    refused(vault, "programmes.number", programmes.edit, identity, numbers={Number.LEVEL_MIN: 9})
    refused(vault, "record.gone", programmes.edit, ProgrammeId(3), title="y")


def test_the_latest_programme_stands_first(vault: Vault) -> None:
    for title, start in (("alt", date(2024, 1, 1)), ("neu", date(2026, 1, 1)), ("offen", None)):
        run(vault, programmes.add, replace(programmes.blank(), title=title, starts_on=start))
    assert [one.title for one in stored_programmes.all_programmes(vault)] == ["offen", "neu", "alt"]


def test_a_removed_programme_takes_its_tandems_and_leaves_the_people(vault: Vault, round_: Round) -> None:
    identity = active(vault, round_)
    meeting = stored_meetings.of_tandem(vault, identity)[0]
    run(vault, tandems.edit_agreement, identity, place="Kiel")
    run(vault, goals.add, identity, title="Ziel")
    note = run(vault, notes.add, title="privat", tandem=identity, meeting=meeting.id)
    do(vault, programmes.remove, round_.programme)
    assert stored_programmes.all_programmes(vault) == ()
    assert len(stored_people.all_people(vault)) == 6
    kept = stored_notes.note(vault, note)
    assert kept is not None
    assert (kept.tandem, kept.meeting) == (None, None)


# Enrolments


def test_enrolling_twice_joins_the_roles(vault: Vault, round_: Round) -> None:
    person = round_.people[0]
    do(vault, programmes.enrol, round_.programme, [person], Role.MENTEE, 4)
    (one,) = stored_programmes.enrolments_of(vault, person)
    assert (one.id, one.role, one.capacity) == (round_.mentors[0], Role.BOTH, 1)
    do(vault, programmes.enrol, round_.programme, [person], Role.MENTOR, 4)
    assert stored_programmes.enrolments_of(vault, person)[0].capacity == 4
    idle(vault, programmes.enrol, round_.programme, [person], Role.BOTH, 4)
    refused(vault, "programmes.capacity", programmes.enrol, round_.programme, [person], Role.MENTOR, 0)
    refused(vault, "record.gone", programmes.enrol, round_.programme, [PersonId(5)], Role.MENTOR)
    refused(vault, "record.gone", programmes.enrol, ProgrammeId(5), [person], Role.MENTOR)


def test_enrolments_are_edited(vault: Vault, round_: Round) -> None:
    do(vault, programmes.edit_enrolment, round_.mentees[0], expectations="Excel\nRuhe", state=EnrolmentState.PROPOSED)
    found = {one.id: one for one in stored_programmes.enrolments(vault, round_.programme)}[round_.mentees[0]]
    assert (found.expectations, found.state) == ("Excel\nRuhe", EnrolmentState.PROPOSED)
    refused(vault, "programmes.capacity", programmes.edit_enrolment, round_.mentors[0], capacity=10)
    identity = paired(vault, round_)
    refused(vault, "programmes.role_in_tandem", programmes.edit_enrolment, round_.mentors[0], role=Role.MENTEE)
    do(vault, programmes.edit_enrolment, round_.mentors[0], role=Role.BOTH)
    run(vault, tandems.remove, [identity])
    do(vault, programmes.edit_enrolment, round_.mentors[0], role=Role.MENTEE)


def test_who_withdraws_leaves_the_tandem_and_may_come_back(vault: Vault, round_: Round) -> None:
    begun, proposed = active(vault, round_), paired(vault, round_, 1)
    do(vault, programmes.withdraw, [round_.mentors[0], round_.mentees[1]])
    assert tandem(vault, begun).state is TandemState.ENDED
    assert stored.tandem(vault, proposed) is None
    withdrawn = {one.id for one in stored_programmes.enrolments(vault, round_.programme) if one.state == "withdrawn"}
    assert withdrawn == {round_.mentors[0], round_.mentees[1]}
    refused(vault, "tandems.withdrawn", tandems.pair, round_.programme, round_.mentors[0], round_.mentees[0])
    refused(vault, "tandems.withdrawn", tandems.set_state, begun, TandemState.PROPOSED)
    do(vault, programmes.enrol, round_.programme, [round_.people[0]], Role.MENTOR)
    do(vault, tandems.set_state, begun, TandemState.PROPOSED)


def test_an_enrolment_goes_unless_a_tandem_rests_on_it(vault: Vault, round_: Round) -> None:
    paired(vault, round_)
    fault = refused(vault, "programmes.in_tandem", programmes.leave, [round_.mentors[0], round_.mentors[1]])
    assert fault.facts == {"count": 1}
    do(vault, programmes.leave, [round_.mentors[1], round_.mentees[1]])
    assert len(stored_programmes.enrolments(vault, round_.programme)) == 4


# Tandems


def test_a_plan_becomes_proposals_with_scores_and_reasons(vault: Vault, round_: Round) -> None:
    plan = [Planned(*pair) for pair in zip(round_.mentors, round_.mentees, strict=True)]
    first = do(vault, tandems.accept, round_.programme, plan[:1])
    rest = do(vault, tandems.accept, round_.programme, plan[1:])
    found = stored.of_programme(vault, round_.programme)
    assert tuple(one.id for one in found) == first + rest
    assert [one.number for one in found] == [1, 2, 3]
    assert {(one.state, one.origin, one.score) for one in found} == {(TandemState.PROPOSED, Origin.ASSIGNED, 700)}
    assert found[0].reasons == plan[0].reasons
    assert (found[0].mentor.person, found[0].mentee.person) == (round_.people[0], round_.people[3])
    assert stored.counts(vault, round_.programme) == {TandemState.PROPOSED: 3}
    assert stored.of_person(vault, round_.people[3]) == (found[0],)


def test_a_plan_is_accepted_whole_or_not_at_all(vault: Vault, round_: Round) -> None:
    paired(vault, round_)
    plan = [Planned(round_.mentors[1], round_.mentees[1]), Planned(round_.mentors[2], round_.mentees[0])]
    refused(vault, "tandems.mentee_taken", tandems.accept, round_.programme, plan)
    plan = [Planned(round_.mentors[1], round_.mentees[1]), Planned(round_.mentors[1], round_.mentees[2])]
    assert refused(vault, "tandems.mentor_full", tandems.accept, round_.programme, plan).facts == {"count": 1}
    run(vault, programmes.edit_enrolment, round_.mentors[1], capacity=2)
    do(vault, tandems.accept, round_.programme, plan)


def test_pairs_by_hand(vault: Vault, round_: Round) -> None:
    identity = do(vault, tandems.pair, round_.programme, round_.mentors[0], round_.mentees[0], origin=Origin.SELF_FOUND)
    assert tandem(vault, identity).origin is Origin.SELF_FOUND
    refused(vault, "tandems.wrong_role", tandems.pair, round_.programme, round_.mentees[1], round_.mentors[1])
    refused(vault, "record.gone", tandems.pair, round_.programme, EnrolmentId(4), round_.mentees[1])


def test_nothing_begins_without_every_consent(vault: Vault, round_: Round) -> None:
    identity = paired(vault, round_)
    refused(vault, "tandems.no_such_step", tandems.set_state, identity, TandemState.ACTIVE)
    do(vault, tandems.set_state, identity, TandemState.AGREED)
    mentor, mentee = tandem(vault, identity).members
    do(vault, tandems.consent, mentor.id, TODAY)
    refused(vault, "tandems.no_consent", tandems.set_state, identity, TandemState.ACTIVE)
    do(vault, tandems.consent, mentee.id, TODAY)
    do(vault, tandems.consent, mentee.id, date(2026, 3, 1))
    idle(vault, tandems.consent, mentee.id, date(2026, 3, 1))
    assert tandem(vault, identity).mentee.consent_on == date(2026, 3, 1)
    do(vault, tandems.set_state, identity, TandemState.ACTIVE, TODAY)
    planned = stored_meetings.of_tandem(vault, identity)
    assert [(one.number, one.planned_on) for one in planned] == [
        (1, date(2026, 3, 4)), (2, date(2026, 3, 18)), (3, date(2026, 4, 1)),
    ]  # fmt: skip


def test_meetings_are_planned_from_the_programmes_start_and_only_once(vault: Vault, round_: Round) -> None:
    run(vault, programmes.edit, round_.programme, starts_on=date(2026, 5, 4))
    identity = active(vault, round_)
    assert stored_meetings.of_tandem(vault, identity)[0].planned_on == date(2026, 5, 4)
    do(vault, tandems.set_state, identity, TandemState.PAUSED)
    do(vault, tandems.set_state, identity, TandemState.ACTIVE)
    assert len(stored_meetings.of_tandem(vault, identity)) == 3


def test_a_withdrawn_consent_pauses_the_tandem(vault: Vault, round_: Round) -> None:
    identity = active(vault, round_)
    do(vault, tandems.consent, tandem(vault, identity).mentee.id, None)
    paused = tandem(vault, identity)
    assert (paused.state, paused.mentee.consent_on, paused.consented) == (TandemState.PAUSED, None, False)
    refused(vault, "tandems.no_consent", tandems.set_state, identity, TandemState.ACTIVE)
    do(vault, tandems.consent, paused.mentee.id, TODAY)
    do(vault, tandems.set_state, identity, TandemState.ACTIVE)


def test_dissolving_forgets_a_proposal_and_ends_the_rest(vault: Vault, round_: Round) -> None:
    proposed, begun, met = paired(vault, round_), active(vault, round_, 1), paired(vault, round_, 2)
    refused_pair = (tandem(vault, proposed).mentor.enrolment, tandem(vault, proposed).mentee.enrolment)
    run(vault, tandems.set_locked, begun)
    run(vault, meetings.add, met, held_on=TODAY)
    assert do(vault, tandems.dissolve, [proposed, begun, met]) == 1
    assert {one.id: one.state for one in stored.of_programme(vault, round_.programme)} == {
        begun: TandemState.ENDED,
        met: TandemState.ENDED,
    }
    assert tandem(vault, begun).locked is False
    assert drafts.draft(vault, round_.programme).banned == {refused_pair}  # somebody said no: not proposed again
    idle(vault, tandems.dissolve, [begun])
    paired(vault, round_, 1)
    refused(vault, "tandems.mentor_full", tandems.set_state, begun, TandemState.PROPOSED)


def test_lock_origin_and_agreement(vault: Vault, round_: Round) -> None:
    identity = paired(vault, round_)
    do(vault, tandems.set_locked, identity, True)
    idle(vault, tandems.set_locked, identity, True)
    do(vault, tandems.set_origin, identity, Origin.ASSIGNED)
    do(vault, tandems.edit_agreement, identity, signed_on=TODAY, place="Kiel", confidentiality=False)
    do(vault, tandems.edit_agreement, identity, remarks="Notiz\nzwei", confidentiality=True)
    agreement = tandem(vault, identity).agreement
    assert (agreement.signed_on, agreement.place, agreement.remarks) == (TODAY, "Kiel", "Notiz\nzwei")
    assert agreement.confidentiality is True
    do(vault, tandems.remove, [identity])
    refused(vault, "record.gone", tandems.remove, [identity])


# Meetings and goals


def test_meetings_are_added_held_and_removed(vault: Vault, round_: Round) -> None:
    identity = active(vault, round_)
    topic, other = (run(vault, topics.add, name, "") for name in ("CAD", "Excel"))
    fourth = do(vault, meetings.add, identity, planned_on=TODAY, mode=Mode.VIDEO, topics=(topic,))
    do(vault, meetings.edit, fourth, summary="Über\nCAD", next_steps="weiter", topics=(other, topic, other))
    do(vault, meetings.hold, fourth, TODAY, 75, Mode.PHONE)
    first, second, third, last = stored_meetings.of_tandem(vault, identity)
    assert (last.number, last.held_on, last.minutes, last.mode) == (4, TODAY, 75, Mode.PHONE)
    assert (last.summary, set(last.topics)) == ("Über\nCAD", {topic, other})
    do(vault, meetings.edit, fourth, topics=())
    refused(vault, "meetings.minutes", meetings.hold, fourth, TODAY, 1441)
    do(vault, meetings.remove, [first.id, third.id])
    assert [(one.id, one.number) for one in stored_meetings.of_tandem(vault, identity)] == [(second.id, 1), (fourth, 2)]
    assert set(stored_meetings.of_programme(vault, round_.programme)) == {identity}
    refused(vault, "record.gone", meetings.edit, first.id, summary="x")
    refused(vault, "record.gone", meetings.add, TandemId(8))


def test_goals_are_set_and_reviewed(vault: Vault, round_: Round) -> None:
    identity = paired(vault, round_)
    topic = run(vault, topics.add, "CAD", "CAD")
    goal = do(vault, goals.add, identity, owner=GoalOwner.BOTH, topic=topic, title="Ziel", baseline=1, target=3)
    do(vault, goals.edit, goal, now=2, review_on=TODAY)
    (found,) = stored_goals.of_tandem(vault, identity)
    assert (found.now, found.review_on, found.attainment) == (2, TODAY, 0.5)
    assert stored_goals.of_programme(vault, round_.programme) == {identity: (found,)}
    refused(vault, "goals.level", goals.edit, goal, target=5)
    do(vault, goals.remove, [goal])
    refused(vault, "record.gone", goals.remove, [goal])


def test_who_leaves_and_comes_back_may_have_the_same_partner(vault: Vault, round_: Round) -> None:
    paired(vault, round_)
    do(vault, programmes.withdraw, [round_.mentees[0]])
    assert stored.of_programme(vault, round_.programme) == ()
    assert drafts.draft(vault, round_.programme).banned == frozenset()
