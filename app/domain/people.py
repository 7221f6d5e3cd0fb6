"""People: the roster's records. No age, gender or health field, on purpose."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.ids import OrganisationId, PersonId, TopicId
from app.domain.text import fold, haystack, sort_key

TOP_LEVEL, LOWEST_LEVEL = 1, 9
SLOTS = ("mon_am", "mon_pm", "tue_am", "tue_pm", "wed_am", "wed_pm", "thu_am", "thu_pm", "fri_am", "fri_pm")


class Salutation(StrEnum):
    """How letters address a person; NONE uses the full name and needs no gender."""

    NONE = "none"
    MS = "ms"
    MR = "mr"


class Side(StrEnum):
    """The two sides of a skill."""

    OFFERED = "offered"
    SOUGHT = "sought"


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    id: OrganisationId
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Skill:
    """A topic offered at a level or sought up to a target level, 1 to 4. Priority: 1 normal, 2 high, 3 highest."""

    topic: TopicId
    side: Side
    level: int
    priority: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person. ``organisation`` None is the house itself; ``level`` 1 (top) to 9; ``availability`` a bit per SLOT."""

    id: PersonId
    given_name: str
    family_name: str
    title: str = ""
    salutation: Salutation = Salutation.NONE
    email: str = ""
    phone: str = ""
    organisation: OrganisationId | None = None
    personnel_number: str = ""
    department: str = ""
    team: str = ""
    project: str = ""
    position: str = ""
    level: int | None = None
    supervisor: PersonId | None = None
    location: str = ""
    entry_date: date | None = None
    languages: tuple[str, ...] = ()
    interests: tuple[str, ...] = ()
    availability: int = 0
    remarks: str = ""
    skills: tuple[Skill, ...] = ()

    @property
    def full_name(self) -> str:
        """ "Dr. Aylin Özdemir"."""
        return " ".join(part for part in (self.title, self.given_name, self.family_name) if part)

    @property
    def list_name(self) -> str:
        """ "Özdemir, Aylin"."""
        return ", ".join(part for part in (self.family_name, self.given_name) if part)

    @property
    def order(self) -> tuple[tuple[str, str], tuple[str, str]]:
        return sort_key(self.family_name), sort_key(self.given_name)

    def offered(self) -> tuple[Skill, ...]:
        return tuple(skill for skill in self.skills if skill.side is Side.OFFERED)

    def sought(self) -> tuple[Skill, ...]:
        return tuple(skill for skill in self.skills if skill.side is Side.SOUGHT)


def person_haystack(person: Person, topic_names: str = "", organisation: str = "") -> str:
    """What is known of somebody as it was entered; remarks are left out, they are for the detail panel."""
    return haystack(
        person.list_name, person.title, person.email, person.phone, person.personnel_number,
        person.department, person.team, person.project, person.position, person.location, organisation,
        *person.languages, *person.interests, topic_names,
    )  # fmt: skip


def short_names(people: Iterable[Person]) -> dict[PersonId, str]:
    """The family name of each; of namesakes with as much of the given name as tells them apart, or the department.

    "Weiß", "A. Jäger" and "M. Jäger", "Anna Jäger" and "Aylin Jäger", "Anna Jäger (Einkauf)".
    """
    found: dict[PersonId, str] = {}
    left = list(people)
    for name in (_family, _initialled, _both_names, _with_department):
        called: dict[str, list[Person]] = {}
        for person in left:
            called.setdefault(fold(name(person)), []).append(person)
        found |= {alike[0].id: name(alike[0]) for alike in called.values() if len(alike) == 1}
        left = [person for alike in called.values() if len(alike) > 1 for person in alike]
    return found | {
        person.id: " ".join(filter(None, (_with_department(person), person.personnel_number))) for person in left
    }


def apart_by(namesakes: Sequence[Person]) -> list[str]:
    """What tells people of one name from each other, a word for each: the first of department, team, position, place
    and personnel number that differs for all of them, else all of these that somebody has; "" for who has none."""
    known = [
        (one.department, one.team, one.position, one.location, one.personnel_number) for one in namesakes
    ]
    for words in zip(*known, strict=True):
        if len({fold(word) for word in words}) == len(namesakes):
            return list(words)
    return [", ".join(filter(None, words)) for words in known]


def told_apart(people: Iterable[Person]) -> dict[PersonId, str]:
    """What tells those apart who share a name, by ``apart_by``; whose name is theirs alone is not among them."""
    alike: dict[tuple[str, str], list[Person]] = {}
    for person in people:
        alike.setdefault((person.family_name, person.given_name), []).append(person)
    return {
        person.id: more
        for namesakes in alike.values() if len(namesakes) > 1
        for person, more in zip(namesakes, apart_by(namesakes), strict=True) if more
    }  # fmt: skip


def with_more(name: str, more: str) -> str:
    """ "Koch, Jo (Einkauf)"; the name alone where there is no more to tell."""
    return f"{name} ({more})" if more else name


def _family(person: Person) -> str:
    return person.family_name or person.given_name


def _initialled(person: Person) -> str:
    initial = f"{person.given_name[:1]}." if person.given_name and person.family_name else ""
    return f"{initial} {_family(person)}".strip()


def _both_names(person: Person) -> str:
    return f"{person.given_name} {person.family_name}".strip()


def _with_department(person: Person) -> str:
    return _both_names(person) + (f" ({person.department})" if person.department else "")


def above(person: PersonId, supervisors: dict[PersonId, PersonId | None]) -> tuple[PersonId, ...]:
    """The line of supervisors upwards, nearest first; a cycle in the records ends it."""
    line: list[PersonId] = []
    seen = {person}
    current = supervisors.get(person)
    while current is not None and current not in seen:
        line.append(current)
        seen.add(current)
        current = supervisors.get(current)
    return tuple(line)


@dataclass(frozen=True, slots=True, kw_only=True)
class Confidence:
    """What is confidential about whom a person can't or would like to be paired with; the officer alone sees it."""

    rivals: frozenset[PersonId] = frozenset()
    vetoed: frozenset[PersonId] = frozenset()
    wished: tuple[PersonId, ...] = ()  # ranked, first choice first
