"""What is due, and what documents are made of."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, timedelta

import pytest
from pypdf import PdfReader
from snapshots import run

from app import documents, i18n
from app.documents.badge_inputs import NameWishes
from app.documents.inputs import Design
from app.domain.ids import EnrolmentId, ProgrammeId, TandemId
from app.domain.meetings import GoalOwner, Mode
from app.domain.programmes import ProgrammeKind, Role
from app.domain.tandems import TandemState
from app.errors import Fault
from app.services import badges, demo, goals, houses, meetings, notes, people, programmes, reports, tandems, topics
from app.services.due import Due, DueKind, due
from app.store import meetings as stored_meetings
from app.store import notes as stored_notes
from app.store import programmes as stored_programmes
from app.store import tandems as stored
from app.store.vault import Vault

TODAY = date(2026, 3, 4)
START = date(2026, 3, 2)


@pytest.fixture
def round_(vault: Vault) -> tuple[ProgrammeId, EnrolmentId, EnrolmentId]:
    programme = replace(programmes.blank(), title="Runde", starts_on=START, planned_meetings=2, rhythm_days=14)
    programme_id = run(vault, programmes.add, programme)
    ids = [
        run(vault, people.add, replace(people.blank(), given_name=name, family_name="Ä", department=name))
        for name in ("Mentorin", "Mentee")
    ]
    mentor = run(vault, programmes.enrol, programme_id, ids[:1], Role.MENTOR)[0]
    mentee = run(vault, programmes.enrol, programme_id, ids[1:], Role.MENTEE)[0]
    return programme_id, mentor, mentee


def begun(vault: Vault, round_: tuple[ProgrammeId, EnrolmentId, EnrolmentId]) -> TandemId:
    identity = run(vault, tandems.pair, *round_)
    run(vault, tandems.set_state, identity, TandemState.AGREED)
    consent(vault, identity)
    run(vault, tandems.set_state, identity, TandemState.ACTIVE, TODAY)
    return identity


def consent(vault: Vault, identity: TandemId) -> None:
    found = stored.tandem(vault, identity)
    assert found is not None
    for member in found.members:
        run(vault, tandems.consent, member.id, START)


def kinds(vault: Vault, programme_id: ProgrammeId, today: date = TODAY) -> list[DueKind]:
    return [one.kind for one in due(vault, programme_id, today)]


def test_in_a_mutual_programme_nobody_of_a_tandem_is_unpaired(vault: Vault) -> None:
    programme = replace(programmes.blank(), title="Runde", kind=ProgrammeKind.MUTUAL, starts_on=START)
    programme_id = run(vault, programmes.add, programme)
    ids = [run(vault, people.add, replace(people.blank(), family_name=name)) for name in "ABC"]
    first, second, _ = run(vault, programmes.enrol, programme_id, ids, Role.BOTH)
    assert kinds(vault, programme_id).count(DueKind.UNPAIRED) == 3
    run(vault, tandems.pair, programme_id, first, second)
    assert [one.person for one in due(vault, programme_id, TODAY) if one.kind is DueKind.UNPAIRED] == [ids[2]]


def test_a_tandem_that_is_proposed_again_with_all_its_papers_can_begin(
    vault: Vault, round_: tuple[ProgrammeId, EnrolmentId, EnrolmentId]
) -> None:
    identity = run(vault, tandems.pair, *round_)
    consent(vault, identity)
    run(vault, tandems.edit_agreement, identity, signed_on=TODAY)
    run(vault, tandems.set_state, identity, TandemState.ENDED)
    run(vault, tandems.set_state, identity, TandemState.PROPOSED)
    assert kinds(vault, round_[0]) == [DueKind.READY]


def test_a_tandem_on_its_way(vault: Vault, round_: tuple[ProgrammeId, EnrolmentId, EnrolmentId]) -> None:
    programme_id = round_[0]
    assert due(vault, ProgrammeId(1), TODAY) == ()
    assert kinds(vault, programme_id) == [DueKind.UNPAIRED]
    identity = run(vault, tandems.pair, *round_)
    assert due(vault, programme_id, TODAY) == (Due(kind=DueKind.NO_CONSENT, tandem=identity, number=2),)
    consent(vault, identity)
    assert kinds(vault, programme_id) == [DueKind.NO_AGREEMENT]
    run(vault, tandems.set_state, identity, TandemState.AGREED)
    run(vault, tandems.set_state, identity, TandemState.ACTIVE, TODAY)
    first, second = stored_meetings.of_tandem(vault, identity)
    assert due(vault, programme_id, TODAY) == (
        Due(kind=DueKind.MEETING_DUE, tandem=identity, meeting=first.id, number=1, days=0),
    )
    assert kinds(vault, programme_id, TODAY - timedelta(days=8)) == []
    later = TODAY + timedelta(days=10)
    assert due(vault, programme_id, later) == (
        Due(kind=DueKind.MEETING_LATE, tandem=identity, meeting=first.id, number=1, days=10),
        Due(kind=DueKind.MEETING_DUE, tandem=identity, meeting=second.id, number=2, days=-4),
    )
    run(vault, meetings.hold, first.id, TODAY, 60, Mode.VIDEO)
    run(vault, meetings.remove, [second.id])
    assert kinds(vault, programme_id) == [DueKind.NO_MEETING_PLANNED]
    run(vault, tandems.set_state, identity, TandemState.COMPLETED)
    assert kinds(vault, programme_id) == []


def test_goals_and_the_end_are_due_too(vault: Vault, round_: tuple[ProgrammeId, EnrolmentId, EnrolmentId]) -> None:
    identity = begun(vault, round_)
    run(vault, tandems.set_state, identity, TandemState.PAUSED)
    goal = run(vault, goals.add, identity, target=3, review_on=TODAY - timedelta(days=2))
    assert due(vault, round_[0], TODAY) == (Due(kind=DueKind.GOAL_REVIEW, tandem=identity, goal=goal, days=2),)
    run(vault, goals.edit, goal, now=3)
    run(vault, programmes.edit, round_[0], ends_on=START)
    assert kinds(vault, round_[0]) == [DueKind.TO_CLOSE]


def test_an_ended_tandem_leaves_the_mentee_unpaired(
    vault: Vault, round_: tuple[ProgrammeId, EnrolmentId, EnrolmentId]
) -> None:
    run(vault, tandems.dissolve, [begun(vault, round_)])
    assert kinds(vault, round_[0]) == [DueKind.UNPAIRED]
    run(vault, programmes.withdraw, [round_[2]])
    assert kinds(vault, round_[0]) == []


# Documents


def test_the_agreement_holds_what_was_agreed(
    vault: Vault, round_: tuple[ProgrammeId, EnrolmentId, EnrolmentId]
) -> None:
    identity = begun(vault, round_)
    topic = run(vault, topics.add, "Führung", "Leadership")
    run(vault, programmes.edit_enrolment, round_[2], expectations="Offenheit")
    run(vault, goals.add, identity, owner=GoalOwner.BOTH, topic=topic, title="Ziel", baseline=1, target=3)
    run(vault, tandems.edit_agreement, identity, place="Kiel", rhythm="monatlich", signed_on=START)
    with i18n.speaking("en"):
        sheets = reports.agreements(vault, [identity])
    (sheet,) = sheets.tandems
    assert sheets.programme.title == "Runde"
    assert (sheet.topics, sheet.goals[0].topic, sheet.planned_meetings) == (("Leadership",), "Leadership", 2)
    assert (sheet.place, sheet.rhythm, sheet.signed_on) == ("Kiel", "monatlich", START)
    assert (sheet.mentees[0].name, sheet.mentees[0].expectations) == ("Mentee Ä", "Offenheit")
    assert sheet.mentors[0].consented_on == START
    run(vault, tandems.edit_agreement, identity, topics="Eins\n\n Zwei ")
    assert reports.agreements(vault, [identity]).tandems[0].topics == ("Eins", "Zwei")
    with pytest.raises(Fault):
        reports.agreements(vault, [TandemId(5)])


def test_certificates_are_for_those_who_met(vault: Vault, round_: tuple[ProgrammeId, EnrolmentId, EnrolmentId]) -> None:
    identity = begun(vault, round_)
    assert reports.certificates(vault, round_[0]).people == ()
    topic = run(vault, topics.add, "Führung", "Leadership")
    for meeting in stored_meetings.of_tandem(vault, identity):
        run(vault, meetings.hold, meeting.id, TODAY, 45)
        run(vault, meetings.edit, meeting.id, topics=(topic,))
    with i18n.speaking("de"):
        found = reports.certificates(vault, round_[0], design=Design.FRAMED)
    assert found.design is Design.FRAMED
    assert [(one.name, one.mentor, one.mentee, one.meetings, one.minutes, one.topics) for one in found.people] == [
        ("Mentee Ä", False, True, 2, 90, ("Führung",)),
        ("Mentorin Ä", True, False, 2, 90, ("Führung",)),
    ]
    tandem = stored.tandem(vault, identity)
    assert tandem is not None
    chosen = reports.certificates(vault, round_[0], [tandem.mentor.person])
    assert [one.name for one in chosen.people] == ["Mentorin Ä"]


def test_a_badge_tells_of_no_tandem_that_is_only_proposed(
    vault: Vault, round_: tuple[ProgrammeId, EnrolmentId, EnrolmentId]
) -> None:
    identity = run(vault, tandems.pair, *round_)

    def partners() -> list[tuple[str, ...]]:
        return [one.partners for one in badges.names(vault, round_[0], NameWishes()).people]

    assert partners() == [(), ()]
    run(vault, tandems.set_state, identity, TandemState.AGREED)
    assert partners() == [("Mentorin Ä",), ("Mentee Ä",)]


def test_a_meeting_is_held_on_no_day_to_come(
    vault: Vault, round_: tuple[ProgrammeId, EnrolmentId, EnrolmentId]
) -> None:
    first, second = stored_meetings.of_tandem(vault, begun(vault, round_))
    tomorrow = date.today() + timedelta(days=1)
    with pytest.raises(Fault, match="meetings.held_later"):
        run(vault, meetings.hold, first.id, tomorrow)
    with pytest.raises(Fault, match="meetings.held_later"):
        run(vault, meetings.edit, first.id, held_on=tomorrow)
    with pytest.raises(Fault, match="meetings.held_later"):
        run(vault, meetings.add, first.tandem, held_on=tomorrow)
    assert stored_meetings.of_tandem(vault, first.tandem) == (first, second)
    run(vault, meetings.edit, first.id, planned_on=tomorrow)
    run(vault, meetings.hold, first.id, tomorrow - timedelta(days=1))


def test_the_house_prints_with_its_settings(vault: Vault) -> None:
    assert reports.house(vault).colour.startswith("#")
    run(vault, houses.set_house, name="Werk", signatory_2="B", colour="#112233")
    house = reports.house(vault)
    assert (house.name, house.signatories, house.colour) == ("Werk", ("B",), "#112233")


def test_the_demos_documents_hold_its_figures_and_nothing_private(vault: Vault) -> None:
    programme_id = run(vault, demo.fill, TODAY)
    rows = reports.tandem_list(vault, programme_id)
    assert (len(rows.tandems), {row.planned for row in rows.tandems}) == (34, {6})
    sheet = reports.evaluation(vault, programme_id, TODAY)
    assert sheet.figures.tandems == 34
    assert sheet.figures.held == sum(row.held for row in rows.tandems) > 80
    assert sheet.topics
    assert all(topic.name for topic in sheet.topics)
    everything = repr(
        [
            rows,
            sheet,
            reports.agreements(vault, [one.id for one in stored.of_programme(vault, programme_id)]),
            reports.certificates(vault, programme_id),
        ]
    )
    private = [text for note in stored_notes.all_notes(vault) for text in (note.title, note.body, *note.tags)]
    private += [row[0] for row in vault.rows("SELECT evidence FROM skill_gap WHERE evidence <> ''")]
    assert len(private) > 10
    assert not [text for text in private if len(text) > 12 and text in everything]


def test_a_note_does_not_change_a_document(vault: Vault, round_: tuple[ProgrammeId, EnrolmentId, EnrolmentId]) -> None:
    identity = begun(vault, round_)
    before = reports.agreements(vault, [identity])
    run(vault, notes.add, title="privat", tandem=identity)
    assert reports.agreements(vault, [identity]) == before


@pytest.mark.parametrize("spoken", i18n.LANGUAGES)
def test_every_agreement_of_the_demo_takes_one_page(vault: Vault, spoken: str) -> None:
    with i18n.speaking(spoken), vault.change("demo.fill", undoable=False) as change:
        demo.fill(change, date(2026, 11, 22))
    programme = stored_programmes.all_programmes(vault)[0]
    found = [one.id for one in stored.of_programme(vault, programme.id)]
    with i18n.speaking(spoken):
        sheets, house = reports.agreements(vault, found), reports.house(vault)
    pdf = documents.agreement(sheets, language=spoken, house=house, on=date(2026, 11, 22))
    assert len(PdfReader(io.BytesIO(pdf)).pages) == len(found)
