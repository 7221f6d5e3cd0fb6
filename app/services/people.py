"""Verbs on people: keep the roster, and what is confidential about whom they can be paired with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from app.domain.ids import OrganisationId, PersonId, TopicId, new_id
from app.domain.people import LOWEST_LEVEL, TOP_LEVEL, Organisation, Person, Side, Skill, above
from app.errors import Fault
from app.i18n import tr
from app.services.records import edited, present, within
from app.store import people, tandems
from app.store.vault import Change, Source

_ONE_LINE = (
    "given_name", "family_name", "title", "email", "phone", "personnel_number",
    "department", "team", "project", "position", "location",
)  # fmt: skip


def blank() -> Person:
    """An empty person with a fresh id, to be filled in and added."""
    return Person(id=PersonId(new_id()), given_name="", family_name="")


def tidy(person: Person) -> Person:
    """The person as it is kept: no blanks around words, no empty list entries, each skill once.

    Faults "people.nameless", "people.level", "people.skill_level" where it can't be kept.
    """
    fields: dict[str, Any] = {name: " ".join(getattr(person, name).split()) for name in _ONE_LINE}
    for name in ("languages", "interests"):
        found = (" ".join(text.split()) for text in getattr(person, name))
        fields[name] = tuple(dict.fromkeys(text for text in found if text))
    fields["skills"] = _tidy_skills(person.skills)
    if not fields["given_name"] and not fields["family_name"]:
        raise Fault("people.nameless")
    within("people.level", person.level, TOP_LEVEL, LOWEST_LEVEL)
    return replace(person, **fields)


def _tidy_skills(skills: Sequence[Skill]) -> tuple[Skill, ...]:
    """Each topic once a side, the last word counts; offered ones first."""
    kept: dict[tuple[Side, TopicId], Skill] = {}
    for skill in skills:
        within("people.skill_level", skill.level, 1, 4)
        within("people.skill_priority", skill.priority, 1, 3)
        kept[skill.side, skill.topic] = skill
    return tuple(sorted(kept.values(), key=lambda skill: skill.side is Side.SOUGHT))


def add(change: Change, person: Person) -> PersonId:
    person = tidy(person)
    if person.supervisor == person.id:
        raise Fault("people.supervision_cycle")
    people.add_people(change, [person])
    return person.id


def edit(change: Change, /, person_id: PersonId, **fields: Any) -> None:
    """Sets fields of a person, ``skills`` as a whole."""
    edit_many(change, [person_id], **fields)


def edit_many(change: Change, /, ids: Iterable[PersonId], **fields: Any) -> int:
    """Sets the same fields on several people; gives how many changed."""
    ids = list(dict.fromkeys(ids))
    before = [present(people.person(change, identity)) for identity in ids]
    after = [tidy(edited(person, **fields)) for person in before]
    if fields.get("supervisor") is not None:
        _no_cycle(change, {person.id: person.supervisor for person in after})
    return sum([people.write_person(change, old, new) for old, new in zip(before, after, strict=True)])


def _no_cycle(source: Source, lines: dict[PersonId, PersonId | None]) -> None:
    """Fault where somebody would stand above themselves."""
    supervisors = {**people.supervisors(source), **lines}
    for person, supervisor in lines.items():
        if supervisor is not None and (supervisor == person or person in above(supervisor, supervisors)):
            raise Fault("people.supervision_cycle")


def add_skill_many(change: Change, ids: Iterable[PersonId], skill: Skill) -> int:
    """Gives several people a skill; those who have it get its level and priority."""
    count = 0
    for identity in dict.fromkeys(ids):
        before = present(people.person(change, identity))
        others = [skill if (one.topic, one.side) == (skill.topic, skill.side) else one for one in before.skills]
        after = tidy(replace(before, skills=(*others, skill)))
        count += people.write_person(change, before, after)
    return count


def duplicate(change: Change, identity: PersonId) -> PersonId:
    """A second person like this one, without what belongs to one person alone: number, e-mail and phone."""
    original = present(people.person(change, identity))
    field = "family_name" if original.family_name else "given_name"
    copy = replace(
        original,
        id=PersonId(new_id()),
        personnel_number="",
        email="",
        phone="",
        **{field: tr("{name} (copy)").format(name=getattr(original, field))},  # type: ignore[arg-type]
    )
    people.add_people(change, [copy])
    return copy.id


def remove(change: Change, ids: Iterable[PersonId]) -> None:
    """Removes people with their enrolments; nobody who is or was in a tandem."""
    wanted = set(ids)
    held = wanted & tandems.people_in_tandems(change)
    if held:
        raise Fault("people.in_tandem", count=len(held))
    people.remove_people(change, sorted(wanted))


def set_rivals(change: Change, identity: PersonId, ids: Iterable[PersonId]) -> None:
    """Rivalry holds both ways."""
    present(people.person(change, identity))
    people.write_rivals(change, identity, frozenset(_others(change, identity, ids)))


def set_vetoes(change: Change, identity: PersonId, ids: Iterable[PersonId]) -> None:
    """Whom this person must not be paired with; it blocks the pair on either side."""
    present(people.person(change, identity))
    people.write_vetoes(change, identity, frozenset(_others(change, identity, ids)))


def set_wishes(change: Change, identity: PersonId, ranked_ids: Iterable[PersonId]) -> None:
    """Whom this person would like to be paired with, the first choice first."""
    present(people.person(change, identity))
    people.write_wishes(change, identity, _others(change, identity, ranked_ids))


def _others(change: Change, identity: PersonId, ids: Iterable[PersonId]) -> tuple[PersonId, ...]:
    others = tuple(dict.fromkeys(other for other in ids if other != identity))
    for other in others:
        present(people.person(change, other))
    return others


def add_organisation(change: Change, name: str) -> OrganisationId:
    """The organisation of that name, made where there is none yet."""
    name = " ".join(name.split())
    if not name:
        raise Fault("organisations.nameless")
    found = people.organisation_named(change, name)
    if found is None:
        found = OrganisationId(new_id())
        people.add_organisation(change, Organisation(id=found, name=name))
    return found
