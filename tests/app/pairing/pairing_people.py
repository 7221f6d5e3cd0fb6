"""People to pair, made from a few words or from a seed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np

from app.domain.ids import EnrolmentId, OrganisationId, PersonId, ProgrammeId, TopicId
from app.domain.people import Confidence, Person, Side, Skill
from app.domain.programmes import Criterion, Enrolment, EnrolmentState, Programme, ProgrammeKind, Role, Rule, Strictness
from app.pairing.participants import Participant

PROGRAMME = ProgrammeId(1)


def programme(
    kind: ProgrammeKind = ProgrammeKind.REVERSE,
    weights: dict[Criterion, int] | None = None,
    rules: dict[Rule, Strictness] | None = None,
) -> Programme:
    """Without the waiting list, as the desk has it where nobody waits, unless ``weights`` says otherwise."""
    told = {Criterion.WAITING: 0, **(weights or {})}
    return Programme(id=PROGRAMME, title="Round", kind=kind, weights=told, rules=rules or {})


def only(criterion: Criterion, kind: ProgrammeKind = ProgrammeKind.REVERSE) -> Programme:
    """A programme with one criterion, worth all 1000 points."""
    return programme(kind, {other: int(other is criterion) for other in Criterion})


def offers(topic: int, level: int) -> Skill:
    return Skill(topic=TopicId(topic), side=Side.OFFERED, level=level)


def seeks(topic: int, level: int, priority: int = 1) -> Skill:
    return Skill(topic=TopicId(topic), side=Side.SOUGHT, level=level, priority=priority)


def someone(
    number: int,
    role: Role = Role.MENTOR,
    *,
    capacity: int = 1,
    state: EnrolmentState = EnrolmentState.CONFIRMED,
    rivals: tuple[int, ...] = (),
    vetoed: tuple[int, ...] = (),
    wished: tuple[int, ...] = (),
    earlier: tuple[int, ...] = (),
    boss: Person | None = None,
    waited: bool = False,
    **fields: Any,
) -> Participant:
    """Person ``number`` with enrolment ``number``."""
    return Participant(
        enrolment=Enrolment(
            id=EnrolmentId(number),
            programme=PROGRAMME,
            person=PersonId(number),
            role=role,
            capacity=capacity,
            state=state,
        ),
        person=Person(id=PersonId(number), given_name="P", family_name=str(number), **fields),
        confidence=Confidence(
            rivals=frozenset(map(PersonId, rivals)),
            vetoed=frozenset(map(PersonId, vetoed)),
            wished=tuple(map(PersonId, wished)),
        ),
        earlier=frozenset(map(PersonId, earlier)),
        boss=boss,
        waited=waited,
    )


def told_more(people: list[Participant], seed: int) -> list[Participant]:
    """The same people with organisations, half-days, entry dates, superiors, earlier partners and a waiting list."""
    rng = np.random.default_rng(seed)
    known = {p.person.id: p.person for p in people}
    told = []
    for p in people:
        person = replace(
            p.person,
            organisation=OrganisationId(int(rng.integers(1, 4))) if rng.random() < 0.5 else None,
            availability=int(rng.integers(0, 1024)) if rng.random() < 0.8 else 0,
            entry_date=date(int(rng.integers(1985, 2026)), 5, 1) if rng.random() < 0.8 else None,
        )
        known[person.id] = person
        told.append(replace(p, person=person, waited=bool(rng.random() < 0.2)))
    return [
        replace(
            p,
            boss=known.get(p.person.supervisor) if p.person.supervisor else None,
            earlier=frozenset(map(PersonId, rng.integers(1, len(people) + 1, int(rng.random() < 0.2)).tolist())),
        )
        for p in told
    ]


def crowd(count: int, seed: int, *, both: float = 0.0, capacity: int = 1) -> list[Participant]:
    """A firm of ``count`` people with departments, teams, lines of supervisors, skills, interests and wishes.

    Half of them mentors and half mentees, but for a share ``both``; a few things are left unknown.
    """
    rng = np.random.default_rng(seed)
    departments, towns = [f"Dept {n}" for n in range(20)], ["Jena", "Suhl", "Erfurt", "Gera", ""]
    hobbies = ["Segeln", "Klassische Musik", "Musik", "Wandern", "Imkern", "Fotografie", "Schach", "Kochen", "Lesen"]
    people = []
    for number in range(1, count + 1):
        offered = rng.choice(24, int(rng.integers(0, 5)), replace=False)
        sought = rng.choice(24, int(rng.integers(0, 4)), replace=False)
        skills = [offers(int(t), int(rng.integers(1, 5))) for t in offered]
        skills += [seeks(int(t), int(rng.integers(1, 5)), int(rng.integers(1, 4))) for t in sought]
        roll = rng.random()
        role = Role.BOTH if roll < both else Role.MENTOR if number % 2 else Role.MENTEE
        people.append(
            someone(
                number,
                role,
                capacity=int(rng.integers(1, capacity + 1)),
                department=departments[int(rng.integers(20))],
                team=f"Team {rng.integers(6)}" if rng.random() < 0.9 else "",
                project=f"Project {rng.integers(40)}" if rng.random() < 0.4 else "",
                level=int(rng.integers(1, 10)) if rng.random() < 0.95 else None,
                supervisor=PersonId(int(rng.integers(1, number))) if number > 1 and rng.random() < 0.97 else None,
                location=towns[int(rng.integers(5))],
                languages=("Deutsch",) if rng.random() < 0.8 else ("English", "Türkisch"),
                interests=tuple(rng.choice(hobbies, int(rng.integers(0, 4)), replace=False).tolist()),
                skills=tuple(skills),
                rivals=tuple(rng.integers(1, count + 1, int(rng.random() < 0.05)).tolist()),
                vetoed=tuple(rng.integers(1, count + 1, int(rng.random() < 0.05)).tolist()),
                wished=tuple((1 + rng.choice(count, 2, replace=False)).tolist()) if rng.random() < 0.3 else (),
            )
        )
    return people
