"""The same change to many people at once, and what it would do to each of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from app.domain.ids import PersonId
from app.domain.people import Person, Skill
from app.domain.text import fold
from app.services import people
from app.services.records import present
from app.store import people as people_store
from app.store.vault import Change


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """What several people get. ``fields`` are set as they are; languages, interests and skills are added.

    ``organisation`` is a name, "" the house itself, None leaves it be.
    """

    fields: Mapping[str, object] = field(default_factory=dict)
    organisation: str | None = None
    languages: tuple[str, ...] = ()
    interests: tuple[str, ...] = ()
    skills: tuple[Skill, ...] = ()

    @property
    def empty(self) -> bool:
        return not (self.fields or self.languages or self.interests or self.skills or self.organisation is not None)


def added(words: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    """The words with those that are missing behind them."""
    known = {fold(word) for word in words}
    return (*words, *(word for word in more if fold(word) not in known))


def after(person: Person, together: Together) -> Person:
    """The person as they would be; the organisation aside, which may not exist yet."""
    wanted = {(skill.topic, skill.side) for skill in together.skills}
    kept = tuple(skill for skill in person.skills if (skill.topic, skill.side) not in wanted)
    same = tuple(skill for skill in together.skills if skill in person.skills)
    skills = person.skills if len(same) == len(together.skills) else (*kept, *together.skills)
    return replace(
        person,
        languages=added(person.languages, together.languages),
        interests=added(person.interests, together.interests),
        skills=skills,
        **together.fields,  # type: ignore[arg-type]
    )


def edit_together(change: Change, ids: Iterable[PersonId], together: Together) -> int:
    """Gives all of them the same; says how many changed. Faults as those of ``people.edit``."""
    ids = list(dict.fromkeys(ids))
    fields = dict(together.fields)
    if together.organisation is not None:
        name = together.organisation.strip()
        fields["organisation"] = people.add_organisation(change, name) if name else None
    before = {identity: present(people_store.person(change, identity)) for identity in ids}
    if fields:
        people.edit_many(change, ids, **fields)
    count = 0
    for identity, old in before.items():
        new = after(old, replace(together, fields=fields))
        if (new.languages, new.interests, new.skills) != (old.languages, old.interests, old.skills):
            people.edit(change, identity, languages=new.languages, interests=new.interests, skills=new.skills)
        count += new != old
    return count
