"""What hand-outs are made of, gathered from the vault. Notes and skill gaps are not read here."""

from __future__ import annotations

from app.documents.handout_inputs import ExpectationSheets, Handout, Participant, StartCheck
from app.domain.ids import ProgrammeId
from app.domain.programmes import EnrolmentState
from app.domain.tandems import TandemState
from app.services.reports import Gathered
from app.store.vault import Source


def handout(source: Source, programme_id: ProgrammeId) -> Handout:
    """What the sheets say that are the same for everybody."""
    round_ = Gathered(source, programme_id)
    return Handout(
        programme=round_.head(), greeting=round_.programme.greeting, participants=len(_taking_part(round_))
    )


def expectation_sheets(source: Source, programme_id: ProgrammeId) -> ExpectationSheets:
    """A sheet for everybody who has not withdrawn, in the order of a phone book."""
    round_ = Gathered(source, programme_id)
    names = (round_.topic(one) for one in round_.programme.topics)
    return ExpectationSheets(
        programme=round_.head(), topics=tuple(name for name in names if name), people=tuple(_taking_part(round_))
    )


def _taking_part(round_: Gathered) -> list[Participant]:
    enrolled = {one.person: one for one in round_.enrolments.values() if one.state is not EnrolmentState.WITHDRAWN}
    return [
        Participant(
            name=person.full_name,
            role=enrolled[person.id].role,
            department=person.department,
            organisation=round_.organisation(person),
            expectations=enrolled[person.id].expectations,
        )
        for person in round_.people.values()
        if person.id in enrolled
    ]


def start_check(source: Source, programme_id: ProgrammeId) -> StartCheck:
    """How far the preparations are; tandems that ended early count no longer."""
    round_ = Gathered(source, programme_id)
    everybody = _taking_part(round_)
    going = [one for one in round_.tandems if one.state is not TandemState.ENDED]
    members = [member for one in going for member in one.members]
    return StartCheck(
        programme=round_.head(),
        participants=len(everybody),
        expecting=sum(bool(one.expectations.strip()) for one in everybody),
        tandems=len(going),
        members=len(members),
        consents=sum(member.consent_on is not None for member in members),
        agreed=sum(one.agreement.signed_on is not None for one in going),
        aiming=sum(bool(round_.goals.get(one.id)) for one in going),
    )
