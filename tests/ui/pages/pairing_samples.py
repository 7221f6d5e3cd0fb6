"""A small programme with known pairs: two mentors, two mentees, one best plan."""

from __future__ import annotations

from datetime import date

from app.domain.ids import EnrolmentId, PersonId, ProgrammeId, TopicId
from app.domain.people import Person, Side, Skill
from app.domain.programmes import Programme, Role
from app.services import people, programmes, topics
from app.store.programmes import enrolments
from app.store.topics import all_topics
from app.store.vault import Vault

# Who offers and who seeks what; the levels run as reverse mentoring wants them.
MENTORS = (("Ada", "Adler", "Excel"), ("Ben", "Berg", "CAD"))
MENTEES = (("Cem", "Celik", "Excel"), ("Dora", "Dorn", "CAD"))


def topic_named(vault: Vault, name: str) -> TopicId:
    return next(topic.id for topic in all_topics(vault) if topic.name_en == name)


def add_person(vault: Vault, given: str, family: str, department: str = "", level: int | None = None) -> PersonId:
    from dataclasses import replace

    one = replace(people.blank(), given_name=given, family_name=family, department=department, level=level)
    with vault.change("people.add") as change:
        return people.add(change, one)


def fill(vault: Vault) -> ProgrammeId:
    """The programme with both mentors and both mentees enrolled."""
    with vault.change("topics.add_starter") as change:
        topics.add_starter(change)
    blank = programmes.blank()
    programme = Programme(id=blank.id, title="Round one", starts_on=date(2026, 1, 5))
    with vault.change("programmes.add") as change:
        programmes.add(change, programme)
    for group, role, side, level in (
        (MENTORS, Role.MENTOR, Side.OFFERED, 7),
        (MENTEES, Role.MENTEE, Side.SOUGHT, 3),
    ):
        ids = []
        for given, family, topic in group:
            identity = add_person(vault, given, family, f"{family} department", level)
            skill = Skill(topic=topic_named(vault, topic), side=side, level=3)
            with vault.change("people.edit") as change:
                people.edit(change, identity, skills=(skill,))
            ids.append(identity)
        with vault.change("programmes.enrol") as change:
            programmes.enrol(change, programme.id, ids, role)
    return programme.id


def enrolment_of(vault: Vault, programme: ProgrammeId, family: str) -> EnrolmentId:
    from app.store.people import person

    found: Person | None
    for one in enrolments(vault, programme):
        found = person(vault, one.person)
        if found is not None and found.family_name == family:
            return one.id
    raise KeyError(family)
