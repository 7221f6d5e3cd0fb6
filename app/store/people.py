"""People, their skills, their organisations, and what is confidential about whom they can be paired with."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from app.domain.ids import OrganisationId, PersonId, ProgrammeId, new_id
from app.domain.people import Confidence, Organisation, Person, Salutation, Side, Skill
from app.domain.text import fold, sort_text
from app.store.columns import day, delete, differences, insert, insert_many, lines, update
from app.store.vault import Change, Row, Source

_COLUMNS = {
    "id": "id",
    "given_name": "given_name",
    "family_name": "family_name",
    "title": "title",
    "salutation": "salutation",
    "email": "email",
    "phone": "phone",
    "organisation": "organisation_id",
    "personnel_number": "personnel_number",
    "department": "department",
    "team": "team",
    "project": "project",
    "position": "position",
    "level": "level",
    "supervisor": "supervisor_id",
    "location": "location",
    "entry_date": "entry_date",
    "languages": "languages",
    "interests": "interests",
    "availability": "availability",
    "remarks": "remarks",
}
_SELECT = f"SELECT {', '.join(_COLUMNS.values())} FROM person"
_SKILLS = "SELECT person_id, topic_id, side, level, priority FROM skill"
_SALUTATIONS = {salutation.value: salutation for salutation in Salutation}
_SIDES = {side.value: side for side in Side}


def _skill(row: Row) -> Skill:
    return Skill(topic=row[1], side=_SIDES[row[2]], level=row[3], priority=row[4])


def _person(row: Row, skills: tuple[Skill, ...]) -> Person:
    return Person(
        id=row[0],
        given_name=row[1],
        family_name=row[2],
        title=row[3],
        salutation=_SALUTATIONS[row[4]],
        email=row[5],
        phone=row[6],
        organisation=row[7],
        personnel_number=row[8],
        department=row[9],
        team=row[10],
        project=row[11],
        position=row[12],
        level=row[13],
        supervisor=row[14],
        location=row[15],
        entry_date=day(row[16]),
        languages=lines(row[17]),
        interests=lines(row[18]),
        availability=row[19],
        remarks=row[20],
        skills=skills,
    )


def all_people(source: Source) -> tuple[Person, ...]:
    """Everybody in the order of a phone book, skills filled in."""
    return _people(source, "", "")


def enrolled(source: Source, programme_id: ProgrammeId) -> tuple[Person, ...]:
    """Those who take part in a programme, withdrawn ones too, in the order of a phone book."""
    among = "IN (SELECT e.person_id FROM enrolment e WHERE e.programme_id = ?)"
    return _people(source, f"WHERE id {among}", f"WHERE person_id {among}", programme_id)


def bosses(source: Source, programme_id: ProgrammeId) -> tuple[Person, ...]:
    """The direct supervisors of those who take part in a programme, whether they do or not."""
    among = (
        "IN (SELECT p.supervisor_id FROM enrolment e JOIN person p ON p.id = e.person_id"
        " WHERE e.programme_id = ? AND p.supervisor_id IS NOT NULL)"
    )
    return _people(source, f"WHERE id {among}", f"WHERE person_id {among}", programme_id)


def by_id(source: Source, identities: Iterable[PersonId]) -> dict[PersonId, Person]:
    """These people, as far as they are there."""
    among = "IN (SELECT value FROM json_each(?))"
    found = _people(source, f"WHERE id {among}", f"WHERE person_id {among}", json.dumps(list(identities)))
    return {person.id: person for person in found}


def names(source: Source, identities: Iterable[PersonId]) -> dict[PersonId, tuple[str, str]]:
    """Given and family name of these people, as far as they are there."""
    wanted = json.dumps(list(identities))
    rows = source.rows(
        "SELECT id, given_name, family_name FROM person WHERE id IN (SELECT value FROM json_each(?))", (wanted,)
    )
    return {row[0]: (row[1], row[2]) for row in rows}


def _people(source: Source, which: str, whose: str, *values: object) -> tuple[Person, ...]:
    skills: defaultdict[PersonId, list[Skill]] = defaultdict(list)
    made: dict[Row, Skill] = {}  # few skills differ among many people; "+": sorting beats following an index
    for row in source.rows(f"{_SKILLS} {whose} ORDER BY +person_id, position, id", values):
        skill = made.get(row[1:])
        if skill is None:
            skill = made[row[1:]] = _skill(row)
        skills[row[0]].append(skill)
    rows = source.rows(f"{_SELECT} {which} ORDER BY sort_name, id", values)
    return tuple(_person(row, tuple(skills.get(row[0], ()))) for row in rows)


def count(source: Source) -> int:
    """How many people there are."""
    row = source.row("SELECT count(*) FROM person")
    return 0 if row is None else int(row[0])


def person(source: Source, identity: PersonId) -> Person | None:
    row = source.row(f"{_SELECT} WHERE id = ?", (identity,))
    if row is None:
        return None
    skills = source.rows(f"{_SKILLS} WHERE person_id = ? ORDER BY position, id", (identity,))
    return _person(row, tuple(_skill(skill) for skill in skills))


def supervisors(source: Source) -> dict[PersonId, PersonId | None]:
    """Everybody's direct supervisor, None where there is none."""
    return dict(source.rows("SELECT id, supervisor_id FROM person"))


def organisations(source: Source) -> tuple[Organisation, ...]:
    """Other houses, by name."""
    found = [Organisation(id=row[0], name=row[1]) for row in source.rows("SELECT id, name FROM organisation")]
    return tuple(sorted(found, key=lambda organisation: (sort_text(organisation.name), organisation.id)))


def confidence(source: Source, identity: PersonId) -> Confidence:
    rivals = source.rows(
        "SELECT other_id FROM rivalry WHERE person_id = ? UNION SELECT person_id FROM rivalry WHERE other_id = ?",
        (identity, identity),
    )
    vetoed = source.rows("SELECT other_id FROM veto WHERE person_id = ?", (identity,))
    wished = source.rows("SELECT other_id FROM wish WHERE person_id = ? ORDER BY rank, id", (identity,))
    return Confidence(
        rivals=frozenset(row[0] for row in rivals),
        vetoed=frozenset(row[0] for row in vetoed),
        wished=tuple(row[0] for row in wished),
    )


def all_confidences(source: Source) -> dict[PersonId, Confidence]:
    """The confidences of everybody who has any."""
    rivals: defaultdict[PersonId, set[PersonId]] = defaultdict(set)
    vetoed: defaultdict[PersonId, set[PersonId]] = defaultdict(set)
    wished: defaultdict[PersonId, list[PersonId]] = defaultdict(list)
    for one, other in source.rows("SELECT person_id, other_id FROM rivalry"):
        rivals[one].add(other)
        rivals[other].add(one)
    for one, other in source.rows("SELECT person_id, other_id FROM veto"):
        vetoed[one].add(other)
    for one, other in source.rows("SELECT person_id, other_id FROM wish ORDER BY person_id, rank, id"):
        wished[one].append(other)
    return {
        one: Confidence(
            rivals=frozenset(rivals.get(one, ())),
            vetoed=frozenset(vetoed.get(one, ())),
            wished=tuple(wished.get(one, ())),
        )
        for one in rivals.keys() | vetoed.keys() | wished.keys()
    }


def sort_name(record: Person) -> str:
    """The column that puts people in the order of a phone book."""
    return f"{sort_text(record.family_name)}\x01{sort_text(record.given_name)}"


def add_people(change: Change, people: Sequence[Person]) -> None:
    """Writes new people and their skills; supervisors may stand in any order, they are checked at the end."""
    names = (*_COLUMNS.values(), "sort_name")
    fields = tuple(_COLUMNS)
    insert_many(
        change,
        "person",
        names,
        ((*(getattr(record, field) for field in fields), sort_name(record)) for record in people),
    )
    insert_many(
        change,
        "skill",
        ("id", "person_id", "topic_id", "side", "level", "priority", "position"),
        (
            (new_id(), record.id, skill.topic, skill.side, skill.level, skill.priority, position)
            for record in people
            for position, skill in enumerate(record.skills)
        ),
    )


def write_person(change: Change, before: Person, after: Person) -> bool:
    """Writes what differs; True if anything did."""
    values = differences(before, after, _COLUMNS)
    if "given_name" in values or "family_name" in values:
        values["sort_name"] = sort_name(after)
    update(change, "person", after.id, values)
    if before.skills != after.skills:
        _write_skills(change, after.id, after.skills)
    return bool(values) or before.skills != after.skills


def _write_skills(change: Change, identity: PersonId, skills: Sequence[Skill]) -> None:
    found = change.rows(
        "SELECT id, side, topic_id, level, priority, position FROM skill WHERE person_id = ?", (identity,)
    )
    old = {(row[1], row[2]): row for row in found}
    wanted = {(skill.side.value, skill.topic) for skill in skills}
    delete(change, "skill", (row[0] for key, row in old.items() if key not in wanted))
    for position, skill in enumerate(skills):
        row = old.get((skill.side.value, skill.topic))
        values = {"level": skill.level, "priority": skill.priority, "position": position}
        if row is None:
            insert(
                change,
                "skill",
                {"id": new_id(), "person_id": identity, "topic_id": skill.topic, "side": skill.side, **values},
            )
        elif tuple(row[3:]) != tuple(values.values()):
            update(change, "skill", row[0], values)


def remove_people(change: Change, identities: Iterable[PersonId]) -> None:
    """Removes people with their skills, confidences, enrolments and gaps; none may be a member of a tandem."""
    delete(change, "person", identities)


def write_rivals(change: Change, identity: PersonId, rivals: frozenset[PersonId]) -> None:
    old = confidence(change, identity).rivals
    for other in old - rivals:
        change.execute(
            "DELETE FROM rivalry WHERE person_id = ? AND other_id = ?", (min(identity, other), max(identity, other))
        )
    for other in sorted(rivals - old):
        insert(
            change,
            "rivalry",
            {"id": new_id(), "person_id": min(identity, other), "other_id": max(identity, other)},
        )


def write_vetoes(change: Change, identity: PersonId, vetoed: frozenset[PersonId]) -> None:
    old = confidence(change, identity).vetoed
    for other in old - vetoed:
        change.execute("DELETE FROM veto WHERE person_id = ? AND other_id = ?", (identity, other))
    for other in sorted(vetoed - old):
        insert(change, "veto", {"id": new_id(), "person_id": identity, "other_id": other})


def write_wishes(change: Change, identity: PersonId, ranked: Sequence[PersonId]) -> None:
    found = change.rows("SELECT other_id, id, rank FROM wish WHERE person_id = ?", (identity,))
    old: Mapping[PersonId, tuple[int, int]] = {row[0]: (row[1], row[2]) for row in found}
    delete(change, "wish", (row[0] for other, row in old.items() if other not in ranked))
    for rank, other in enumerate(ranked, start=1):
        if other not in old:
            insert(change, "wish", {"id": new_id(), "person_id": identity, "other_id": other, "rank": rank})
        elif old[other][1] != rank:
            update(change, "wish", old[other][0], {"rank": rank})


def organisation_named(source: Source, name: str) -> OrganisationId | None:
    """The organisation of that name, however it is capitalised or accented."""
    wanted = fold(name.strip())
    return next((found.id for found in organisations(source) if fold(found.name) == wanted), None)


def add_organisation(change: Change, record: Organisation) -> None:
    insert(change, "organisation", {"id": record.id, "name": record.name})
