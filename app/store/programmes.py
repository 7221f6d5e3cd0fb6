"""Programmes, their topics, and who takes part."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any, TypeVar

from app.domain.ids import EnrolmentId, PersonId, ProgrammeId, TopicId, new_id
from app.domain.programmes import (
    Criterion,
    Enrolment,
    EnrolmentState,
    Number,
    Programme,
    ProgrammeKind,
    Purpose,
    Role,
    Rule,
    Strictness,
)
from app.store.columns import day, delete, differences, insert, insert_many, update
from app.store.vault import Change, Row, Source

Word = TypeVar("Word", bound=StrEnum)

_MUSTS = "must"  # the key of the list of musts among the weights
_COLUMNS = {
    "id": "id",
    "title": "title",
    "kind": "kind",
    "purpose": "purpose",
    "starts_on": "starts_on",
    "ends_on": "ends_on",
    "planned_meetings": "planned_meetings",
    "rhythm_days": "rhythm_days",
    "pilot": "pilot",
    "patron": "patron",
    "greeting": "greeting",
    "contact": "contact",
    "rules": "rules",
    "weights": "weights",
}
_ORDER = "ORDER BY starts_on IS NOT NULL, starts_on DESC, title, id"
_SELECT = f"SELECT {', '.join(_COLUMNS.values())} FROM programme"
_ENROLMENT_COLUMNS = {
    "role": "role",
    "capacity": "capacity",
    "expectations": "expectations",
    "state": "state",
}
_ENROLMENTS = (
    "SELECT e.id, e.programme_id, e.person_id, e.role, e.capacity, e.expectations, e.state"
    " FROM enrolment e JOIN person p ON p.id = e.person_id"
)


def _programme(row: Row, topics: tuple[TopicId, ...]) -> Programme:
    return Programme(
        id=row[0],
        title=row[1],
        kind=ProgrammeKind(row[2]),
        purpose=Purpose(row[3]),
        starts_on=day(row[4]),
        ends_on=day(row[5]),
        planned_meetings=row[6],
        rhythm_days=row[7],
        pilot=bool(row[8]),
        patron=row[9],
        greeting=row[10],
        contact=row[11],
        **_from_json(row[12], row[13]),
        topics=topics,
    )


def _from_json(rules: str, weights: str) -> dict[str, Any]:
    """Rules and numbers share a column, weights and musts another; what this version doesn't know is left out."""
    ruled, weighed = json.loads(rules), json.loads(weights)
    strict = {one.value: one for one in Strictness}
    return {
        "rules": {rule: strict[value] for rule, value in _known(ruled, Rule) if value in strict},
        "numbers": {number: int(value) for number, value in _known(ruled, Number)},
        "weights": {criterion: int(value) for criterion, value in _known(weighed, Criterion)},
        "musts": frozenset(criterion for criterion, _ in _known(dict.fromkeys(weighed.get(_MUSTS, ())), Criterion)),
    }


def _known(values: dict[str, Any], kind: type[Word]) -> list[tuple[Word, Any]]:
    words = {one.value: one for one in kind}
    return [(words[name], value) for name, value in values.items() if name in words]


def ids(source: Source) -> list[ProgrammeId]:
    """Every programme in the order of ``all_programmes``, without reading them."""
    return [row[0] for row in source.rows(f"SELECT id FROM programme {_ORDER}")]


def all_programmes(source: Source) -> tuple[Programme, ...]:
    """Every programme, the latest start first; those without a start before them."""
    topics: dict[ProgrammeId, list[TopicId]] = {}
    for programme_id, topic in source.rows(
        "SELECT programme_id, topic_id FROM programme_topic ORDER BY programme_id, position, id"
    ):
        topics.setdefault(programme_id, []).append(topic)
    rows = source.rows(f"{_SELECT} {_ORDER}")
    return tuple(_programme(row, tuple(topics.get(row[0], ()))) for row in rows)


def programme(source: Source, identity: ProgrammeId) -> Programme | None:
    row = source.row(f"{_SELECT} WHERE id = ?", (identity,))
    if row is None:
        return None
    topics = source.rows(
        "SELECT topic_id FROM programme_topic WHERE programme_id = ? ORDER BY position, id", (identity,)
    )
    return _programme(row, tuple(topic[0] for topic in topics))


def _values(record: Programme) -> dict[str, Any]:
    values = {name: getattr(record, field) for field, name in _COLUMNS.items()}
    return {**values, **_as_json(record)}


def _as_json(record: Programme) -> dict[str, str]:
    rules: dict[str, object] = {rule.value: strictness.value for rule, strictness in sorted(record.rules.items())}
    rules |= {number.value: value for number, value in sorted(record.numbers.items())}
    weights: dict[str, object] = {criterion.value: weight for criterion, weight in sorted(record.weights.items())}
    if record.musts:
        weights[_MUSTS] = sorted(record.musts)
    return {"rules": json.dumps(rules), "weights": json.dumps(weights)}


def add_programme(change: Change, record: Programme) -> None:
    insert(change, "programme", _values(record))
    _write_topics(change, record.id, record.topics)


def write_programme(change: Change, before: Programme, after: Programme) -> None:
    values = differences(before, after, _COLUMNS)
    former, packed = _as_json(before), _as_json(after)
    values = {name: value for name, value in values.items() if name not in packed}
    values |= {name: text for name, text in packed.items() if text != former[name]}
    update(change, "programme", after.id, values)
    if before.topics != after.topics:
        change.execute("DELETE FROM programme_topic WHERE programme_id = ?", (after.id,))
        _write_topics(change, after.id, after.topics)


def _write_topics(change: Change, identity: ProgrammeId, topics: Sequence[TopicId]) -> None:
    insert_many(
        change,
        "programme_topic",
        ("id", "programme_id", "topic_id", "position"),
        ((new_id(), identity, topic, position) for position, topic in enumerate(topics)),
    )


def remove_programme(change: Change, identity: ProgrammeId) -> None:
    """Removes a programme with its enrolments; its tandems must be gone."""
    delete(change, "enrolment", [identity], key="programme_id")
    delete(change, "programme", [identity])


def _enrolment(row: Row) -> Enrolment:
    return Enrolment(
        id=row[0],
        programme=row[1],
        person=row[2],
        role=Role(row[3]),
        capacity=row[4],
        expectations=row[5],
        state=EnrolmentState(row[6]),
    )


def enrolments(source: Source, programme_id: ProgrammeId) -> tuple[Enrolment, ...]:
    """Who takes part, in the order of a phone book."""
    rows = source.rows(f"{_ENROLMENTS} WHERE e.programme_id = ? ORDER BY p.sort_name, e.id", (programme_id,))
    return tuple(_enrolment(row) for row in rows)


def enrolments_among(
    source: Source, programme_id: ProgrammeId, wanted: Iterable[EnrolmentId]
) -> tuple[Enrolment, ...]:
    """Those of these that stand in the programme's list, in the order of a phone book."""
    rows = source.rows(
        f"{_ENROLMENTS} WHERE e.id IN (SELECT value FROM json_each(?)) AND e.programme_id = ?"
        " ORDER BY p.sort_name, e.id",
        (json.dumps(list(wanted)), programme_id),
    )
    return tuple(_enrolment(row) for row in rows)


def enrolled_count(source: Source, programme_id: ProgrammeId | None) -> int:
    """How many stand in the programme's list, those who withdrew too."""
    row = source.row("SELECT count(*) FROM enrolment WHERE programme_id = ?", (programme_id,))
    return 0 if row is None else int(row[0])


def enrolments_of(source: Source, person_id: PersonId) -> tuple[Enrolment, ...]:
    rows = source.rows(f"{_ENROLMENTS} WHERE e.person_id = ? ORDER BY e.id", (person_id,))
    return tuple(_enrolment(row) for row in rows)


def enrolment(source: Source, identity: EnrolmentId) -> Enrolment | None:
    row = source.row(f"{_ENROLMENTS} WHERE e.id = ?", (identity,))
    return _enrolment(row) if row else None


def add_enrolments(change: Change, records: Iterable[Enrolment]) -> None:
    insert_many(
        change,
        "enrolment",
        ("id", "programme_id", "person_id", "role", "capacity", "expectations", "state"),
        ((one.id, one.programme, one.person, one.role, one.capacity, one.expectations, one.state) for one in records),
    )


def write_enrolment(change: Change, before: Enrolment, after: Enrolment) -> None:
    update(change, "enrolment", after.id, differences(before, after, _ENROLMENT_COLUMNS))


def remove_enrolments(change: Change, identities: Iterable[EnrolmentId]) -> None:
    delete(change, "enrolment", identities)
