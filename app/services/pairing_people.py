"""Those to be paired, with everything that rules and criteria ask about them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from app.domain.ids import PersonId, ProgrammeId
from app.domain.people import Confidence
from app.services.records import present
from app.store import people, programmes, tandems
from app.store.vault import Source

if TYPE_CHECKING:  # the engine brings NumPy along
    from app.pairing.participants import Participant


def read_participants(source: Source, programme_id: ProgrammeId) -> tuple[Participant, ...]:
    """Everybody enrolled, withdrawn ones too, in the order of a phone book.

    With each: whom they were a tandem with, their superior, and whether they were left over in the last round.
    """
    from app.pairing.participants import Participant

    persons = {person.id: person for person in people.enrolled(source, programme_id)}
    bosses = {person.id: person for person in people.bosses(source, programme_id)}
    confidences = people.all_confidences(source)
    earlier = tandems.earlier_partners(source, programme_id)
    waiting = left_over_before(source, programme_id)
    return tuple(
        Participant(
            enrolment=one,
            person=person,
            confidence=confidences.get(one.person, Confidence()),
            earlier=earlier.get(one.person, frozenset()),
            boss=bosses.get(person.supervisor) if person.supervisor else None,
            waited=one.person in waiting,
        )
        for one in programmes.enrolments(source, programme_id)
        # A reader may see a change between two of these lists.
        if (person := persons.get(one.person)) is not None
    )


def left_over_before(source: Source, programme_id: ProgrammeId) -> frozenset[PersonId]:
    """Who was left over in the round before: the latest programme that started no later and came to tandems."""
    this = present(programmes.programme(source, programme_id))
    latest = this.starts_on or date.max
    for one in programmes.all_programmes(source):  # the latest start first
        if one.id != this.id and one.starts_on and one.starts_on <= latest and tandems.counts(source, one.id):
            return tandems.left_over(source, one.id)
    return frozenset()
