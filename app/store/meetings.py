"""Meetings of tandems, with the topics they were about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.domain.ids import MeetingId, ProgrammeId, TandemId, TopicId, new_id
from app.domain.meetings import Meeting, Mode
from app.store.columns import day, delete, differences, insert_many, update
from app.store.vault import Change, Row, Source

_COLUMNS = {
    "number": "number",
    "planned_on": "planned_on",
    "held_on": "held_on",
    "minutes": "minutes",
    "mode": "mode",
    "summary": "summary",
    "next_steps": "next_steps",
}
_SELECT = (
    "SELECT m.id, m.tandem_id, m.number, m.planned_on, m.held_on, m.minutes, m.mode, m.summary, m.next_steps"
    " FROM meeting m"
)
_TOPICS = "SELECT x.meeting_id, x.topic_id FROM meeting_topic x JOIN meeting m ON m.id = x.meeting_id"
_IN_PROGRAMME = "m.tandem_id IN (SELECT t.id FROM tandem t WHERE t.programme_id = ?)"


def _meeting(row: Row, topics: tuple[TopicId, ...]) -> Meeting:
    return Meeting(
        id=row[0],
        tandem=row[1],
        number=row[2],
        planned_on=day(row[3]),
        held_on=day(row[4]),
        minutes=row[5],
        mode=Mode(row[6]),
        summary=row[7],
        next_steps=row[8],
        topics=topics,
    )


def _found(source: Source, where: str, value: int) -> tuple[Meeting, ...]:
    topics: dict[MeetingId, list[TopicId]] = {}
    for meeting_id, topic in source.rows(f"{_TOPICS} WHERE {where} ORDER BY x.meeting_id, x.topic_id", (value,)):
        topics.setdefault(meeting_id, []).append(topic)
    rows = source.rows(f"{_SELECT} WHERE {where} ORDER BY m.tandem_id, m.number, m.id", (value,))
    return tuple(_meeting(row, tuple(topics.get(row[0], ()))) for row in rows)


def of_tandem(source: Source, tandem_id: TandemId) -> tuple[Meeting, ...]:
    """The meetings of a tandem by their number."""
    return _found(source, "m.tandem_id = ?", tandem_id)


def of_programme(source: Source, programme_id: ProgrammeId) -> dict[TandemId, tuple[Meeting, ...]]:
    """The meetings of every tandem that has any."""
    by_tandem: dict[TandemId, list[Meeting]] = {}
    for found in _found(source, _IN_PROGRAMME, programme_id):
        by_tandem.setdefault(found.tandem, []).append(found)
    return {tandem: tuple(found) for tandem, found in by_tandem.items()}


def count_in(source: Source, programme_id: ProgrammeId) -> int:
    """How many meetings the tandems of a programme have, planned and held."""
    row = source.row(f"SELECT count(*) FROM meeting m WHERE {_IN_PROGRAMME}", (programme_id,))
    return 0 if row is None else int(row[0])


def meeting(source: Source, identity: MeetingId) -> Meeting | None:
    return next(iter(_found(source, "m.id = ?", identity)), None)


def next_number(source: Source, tandem_id: TandemId) -> int:
    row = source.row("SELECT coalesce(max(number), 0) + 1 FROM meeting WHERE tandem_id = ?", (tandem_id,))
    return int(row[0]) if row else 1


def add_meetings(change: Change, records: Sequence[Meeting]) -> None:
    insert_many(
        change,
        "meeting",
        ("id", "tandem_id", *_COLUMNS.values()),
        ((one.id, one.tandem, *(getattr(one, field) for field in _COLUMNS)) for one in records),
    )
    for one in records:
        _write_topics(change, one.id, (), one.topics)


def write_meeting(change: Change, before: Meeting, after: Meeting) -> None:
    update(change, "meeting", after.id, differences(before, after, _COLUMNS))
    _write_topics(change, after.id, before.topics, after.topics)


def _write_topics(change: Change, identity: MeetingId, before: Sequence[TopicId], after: Sequence[TopicId]) -> None:
    for topic in set(before) - set(after):
        change.execute("DELETE FROM meeting_topic WHERE meeting_id = ? AND topic_id = ?", (identity, topic))
    insert_many(
        change,
        "meeting_topic",
        ("id", "meeting_id", "topic_id"),
        ((new_id(), identity, topic) for topic in dict.fromkeys(after) if topic not in before),
    )


def remove_meetings(change: Change, identities: Iterable[MeetingId]) -> None:
    delete(change, "meeting", identities)
