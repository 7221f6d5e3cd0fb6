"""The letters to the members of tandems, gathered from the vault: what their partner may know, and no more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.documents.letter_inputs import Addressee, LetterSheet, LetterSheets
from app.domain.ids import TandemId
from app.domain.people import Person, Skill
from app.domain.programmes import ProgrammeKind
from app.domain.tandems import Member, Origin, Tandem, TandemSide
from app.domain.text import fold
from app.services.records import present
from app.services.reports import Gathered
from app.store import tandems
from app.store.vault import Source


def letters(source: Source, tandem_ids: Iterable[TandemId]) -> LetterSheets:
    """A letter for each member of each tandem, mentors first, in the order given; all of one programme.

    Fault "record.gone" without any.
    """
    wanted = list(dict.fromkeys(tandem_ids))
    first = present(tandems.tandem(source, wanted[0]) if wanted else None)
    round_ = Gathered(source, first.programme)
    known = {one.id: one for one in round_.tandems}
    return LetterSheets(
        programme=round_.head(),
        letters=tuple(
            _letter(round_, tandem, member)
            for tandem in (present(known.get(identity)) for identity in wanted)
            for member in tandem.members
        ),
        greeting=round_.programme.greeting,
    )


def _letter(round_: Gathered, tandem: Tandem, member: Member) -> LetterSheet:
    me = round_.people[member.person]
    others = [round_.people[one.person] for one in tandem.members if one.side is not member.side]
    mutual = round_.programme.kind is ProgrammeKind.MUTUAL
    teaches = mutual or member.side is TandemSide.MENTOR
    learns = mutual or member.side is TandemSide.MENTEE
    planned = [one.planned_on for one in round_.meetings.get(tandem.id, ()) if one.planned_on and not one.held_on]
    return LetterSheet(
        number=tandem.number,
        to=_addressee(round_, me),
        partners=tuple(_addressee(round_, one) for one in others),
        teaches=teaches,
        learns=learns,
        offered=_topics(round_, _offered(others), me.sought()) if learns else (),
        sought=_topics(round_, _sought(others), me.offered()) if teaches else (),
        own_offered=_topics(round_, me.offered(), _sought(others)) if teaches else (),
        own_sought=_topics(round_, me.sought(), _offered(others)) if learns else (),
        interests=_in_common(me, others),
        first_meeting=min(planned, default=None) if not round_.held(tandem) else None,
        consented=member.consent_on is not None,
        met=bool(round_.held(tandem)),
        signed=tandem.agreement.signed_on is not None,
        self_found=tandem.origin is Origin.SELF_FOUND,
    )


def _addressee(round_: Gathered, person: Person) -> Addressee:
    return Addressee(
        name=person.full_name,
        title=person.title,
        family_name=person.family_name,
        salutation=person.salutation,
        position=person.position,
        department=person.department,
        organisation=round_.organisation(person),
        location=person.location,
        email=person.email,
        phone=person.phone,
    )


def _offered(people: Sequence[Person]) -> list[Skill]:
    return [skill for person in people for skill in person.offered()]


def _sought(people: Sequence[Person]) -> list[Skill]:
    return [skill for person in people for skill in person.sought()]


def _topics(round_: Gathered, skills: Sequence[Skill], meet: Sequence[Skill]) -> tuple[str, ...]:
    """The topics' names, each once, those that the other side has too first; levels are not told."""
    there = {skill.topic for skill in meet}
    order = sorted(skills, key=lambda skill: skill.topic not in there)
    return tuple(dict.fromkeys(name for skill in order if (name := round_.topic(skill.topic))))


def _in_common(me: Person, others: Sequence[Person]) -> tuple[str, ...]:
    """The interests that all of them stated, in the words of the one who gets the letter."""
    shared = [{fold(interest).strip() for interest in one.interests} for one in others]
    return tuple(one for one in me.interests if shared and all(fold(one).strip() in theirs for theirs in shared))
