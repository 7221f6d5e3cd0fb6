"""The tandems of a programme as rows of a list: the records with what is counted from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.domain.ids import PersonId, ProgrammeId, TandemId
from app.domain.meetings import Goal, Meeting
from app.domain.people import Person, told_apart, with_more
from app.domain.programmes import Programme
from app.domain.tandems import NEXT_STATES, OPEN_STATES, Member, Tandem, TandemSide, TandemState
from app.i18n import tr
from app.store import goals, meetings, people, programmes, tandems
from app.store.vault import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class TandemRow:
    """One tandem with its people, its meetings in figures and the next one still to come.

    ``attainment`` is the mean of its goals, 0 to 1; None without a goal that can be attained.
    """

    tandem: Tandem
    mentors: tuple[Person, ...]
    mentees: tuple[Person, ...]
    held: int
    planned: int
    next_on: date | None
    late: bool
    attainment: float | None
    apart: Mapping[PersonId, str] = field(default_factory=dict)  # what tells its people from their namesakes

    @property
    def id(self) -> TandemId:
        return self.tandem.id

    @property
    def departments(self) -> tuple[str, ...]:
        """The departments of both sides, each once, the mentor's first."""
        everybody = (*self.mentors, *self.mentees)
        return tuple(dict.fromkeys(person.department for person in everybody if person.department))


def attainment(found: tuple[Goal, ...]) -> float | None:
    """The mean of the goals' attainment, 0 to 1; None where no goal has one."""
    reached = [share for share in (goal.attainment for goal in found) if share is not None]
    return sum(reached) / len(reached) if reached else None


def next_meeting(found: tuple[Meeting, ...]) -> Meeting | None:
    """The earliest meeting that has a date and was not held."""
    open_ones = [one for one in found if one.held_on is None and one.planned_on is not None]
    return min(open_ones, key=lambda one: (one.planned_on or date.max, one.number), default=None)


def row_of(
    tandem: Tandem,
    known: dict[PersonId, Person],
    programme: Programme,
    held: tuple[Meeting, ...],
    aims: tuple[Goal, ...],
    today: date,
    apart: Mapping[PersonId, str],
) -> TandemRow:
    coming = next_meeting(held) if tandem.state in OPEN_STATES else None
    running = tandem.state is TandemState.ACTIVE  # as in what is due: a pause makes no meeting late
    return TandemRow(
        tandem=tandem,
        mentors=_people(tandem.on(TandemSide.MENTOR), known),
        mentees=_people(tandem.on(TandemSide.MENTEE), known),
        held=sum(one.held_on is not None for one in held),
        planned=len(held) or programme.planned_meetings,
        next_on=coming.planned_on if coming else None,
        late=bool(running and coming and coming.planned_on and coming.planned_on < today),
        attainment=attainment(aims),
        apart={one.person: apart[one.person] for one in tandem.members if one.person in apart},
    )


def rows_of(source: Source, programme_id: ProgrammeId, today: date) -> tuple[TandemRow, ...]:
    """The rows of a programme by their number; nothing for an unknown programme."""
    programme = programmes.programme(source, programme_id)
    if programme is None:
        return ()
    found = tandems.of_programme(source, programme_id)
    known = known_people(source, found)
    held = meetings.of_programme(source, programme_id)
    aims = goals.of_programme(source, programme_id)
    apart = told_apart(known.values())
    return tuple(
        row_of(one, known, programme, held.get(one.id, ()), aims.get(one.id, ()), today, apart) for one in found
    )


def known_people(source: Source, found: tuple[Tandem, ...]) -> dict[PersonId, Person]:
    """The members of these tandems by their id."""
    return people.by_id(source, {member.person for one in found for member in one.members})


def _people(members: tuple[Member, ...], known: dict[PersonId, Person]) -> tuple[Person, ...]:
    return tuple(known[member.person] for member in members if member.person in known)


def names(people_there: tuple[Person, ...], apart: Mapping[PersonId, str]) -> str:
    """"Özdemir, Aylin" or, of a group, "Özdemir, Aylin · Weiß, Leonie"; namesakes with what tells them apart."""
    return " \u00b7 ".join(with_more(person.list_name, apart.get(person.id, "")) for person in people_there)


def next_states(chosen: list[TandemRow]) -> tuple[TandemState, ...]:
    """The steps that every one of these tandems can take; dissolving has its own button."""
    if not chosen:
        return ()
    first, *others = (NEXT_STATES[one.tandem.state] for one in chosen)
    return tuple(
        state for state in first if state is not TandemState.ENDED and all(state in steps for steps in others)
    )


def why_no_state(chosen: list[TandemRow]) -> str:
    """Why there is no step that all of these can take; "" where there is one."""
    return "" if next_states(chosen) else tr("The selected tandems have different states; select those of one state")
