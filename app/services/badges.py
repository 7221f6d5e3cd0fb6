"""Whose names stand on badges and table cards, read from the vault. Notes and skill gaps are not read here."""

from __future__ import annotations

from collections import defaultdict

from app.documents.badge_inputs import NameSheet, NameSheets, NameWishes, Who
from app.domain.ids import PersonId, ProgrammeId
from app.domain.programmes import EnrolmentState
from app.domain.tandems import OPEN_STATES, TandemState
from app.services.reports import Gathered
from app.store.vault import Source

STATES = {
    Who.OPEN: OPEN_STATES,
    Who.TANDEM: OPEN_STATES | {TandemState.COMPLETED},
}


def names(source: Source, programme_id: ProgrammeId, wishes: NameWishes) -> NameSheets:
    """Everybody wanted, by family name, without those who withdrew.

    Partners are those of tandems that both have agreed to and that did not end early: of a proposal nobody else knows.
    """
    round_ = Gathered(source, programme_id)
    partners: defaultdict[PersonId, dict[PersonId, str]] = defaultdict(dict)
    paired: set[PersonId] = set()
    for tandem in round_.tandems:
        if tandem.state not in STATES[Who.TANDEM]:
            continue
        among = [member.person for member in tandem.members]
        if tandem.state in STATES.get(wishes.who, frozenset()):
            paired.update(among)
        for person in among:
            if tandem.state is TandemState.PROPOSED:
                continue
            partners[person] |= {other: round_.people[other].full_name for other in among if other != person}
    taking_part = {
        one.person: one for one in round_.enrolments.values() if one.state is not EnrolmentState.WITHDRAWN
    }
    sheets = tuple(
        NameSheet(
            name=person.full_name,
            affiliation=round_.organisation(person) or person.department,
            mentor=taking_part[person.id].teaches and not round_.mutual,
            mentee=taking_part[person.id].learns and not round_.mutual,
            partners=tuple(partners[person.id].values()),
        )
        for person in round_.people.values()
        if person.id in taking_part and (wishes.who is Who.ALL or person.id in paired)
    )
    return NameSheets(programme=round_.head(), people=sheets, wishes=wishes)
