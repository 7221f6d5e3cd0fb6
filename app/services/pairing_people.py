"""Those to be paired, with everything that rules and criteria ask about them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from app.domain.ids import PersonId, ProgrammeId
from app.domain.people import Confidence
from app.domain.programmes import Criterion, EnrolmentState, Programme
from app.services.records import present
from app.store import people, programmes, tandems
from app.store.vault import Source

if TYPE_CHECKING:  # the engine brings NumPy along
    from app.pairing.participants import Participant


def read_participants(source: Source, programme_id: ProgrammeId) -> tuple[Participant, ...]:
    """Everybody enrolled, withdrawn ones too, in the order of a phone book.

    With each: whom they were a tandem with, their superior, and whether they were left over in their last round.
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
    """Who had no tandem in the latest programme they took part in of those that came to tandems before this one.

    Two with a start are in its order; without one it counts which came to tandems first.
    """
    this = present(programmes.programme(source, programme_id))
    first = tandems.first_made(source)

    def is_earlier(one: Programme) -> bool:
        if one.id == this.id or one.id not in first:
            return False
        if one.starts_on and this.starts_on and one.starts_on != this.starts_on:
            return one.starts_on < this.starts_on
        return this.id not in first or first[one.id] < first[this.id]

    def began(one: Programme) -> tuple[date, int]:
        return one.starts_on or datetime.fromtimestamp(first[one.id] / 1000).date(), first[one.id]

    last: dict[PersonId, bool] = {}
    for one in sorted(filter(is_earlier, programmes.all_programmes(source)), key=began):
        last |= tandems.took_part(source, one.id)
    return frozenset(person for person, had in last.items() if not had)


def weighed(programme: Programme, participants: Iterable[Participant]) -> Programme:
    """The programme as its pairs are scored: where nobody waits, the waiting list takes no points from the rest."""
    if any(one.waited and one.enrolment.state is not EnrolmentState.WITHDRAWN for one in participants):
        return programme
    return replace(programme, weights={**programme.weights, Criterion.WAITING: 0})
