"""Topics, named in both languages."""

from __future__ import annotations

from app.domain.ids import TopicId
from app.domain.topics import Topic
from app.store.columns import delete, differences, insert, update
from app.store.vault import Change, Source

_COLUMNS = {"name_de": "name_de", "name_en": "name_en", "archived": "archived"}
_USES = (
    ("skill", "topic_id"),
    ("programme_topic", "topic_id"),
    ("goal", "topic_id"),
    ("meeting_topic", "topic_id"),
    ("skill_gap", "topic_id"),
)


def all_topics(source: Source, archived: bool = True) -> tuple[Topic, ...]:
    """Every topic by its German name; without the archived ones on request."""
    rows = source.rows("SELECT id, name_de, name_en, archived FROM topic ORDER BY name_de COLLATE NOCASE, id")
    return tuple(
        Topic(id=row[0], name_de=row[1], name_en=row[2], archived=bool(row[3]))
        for row in rows
        if archived or not row[3]
    )


def topic(source: Source, identity: TopicId) -> Topic | None:
    row = source.row("SELECT id, name_de, name_en, archived FROM topic WHERE id = ?", (identity,))
    return Topic(id=row[0], name_de=row[1], name_en=row[2], archived=bool(row[3])) if row else None


def uses(source: Source, identity: TopicId) -> int:
    """How many records name the topic."""
    total = 0
    for table, name in _USES:
        row = source.row(f"SELECT count(*) FROM {table} WHERE {name} = ?", (identity,))
        total += row[0] if row else 0
    return total


def add_topic(change: Change, record: Topic) -> None:
    insert(
        change,
        "topic",
        {"id": record.id, "name_de": record.name_de, "name_en": record.name_en, "archived": record.archived},
    )


def write_topic(change: Change, before: Topic, after: Topic) -> None:
    update(change, "topic", after.id, differences(before, after, _COLUMNS))


def remove_topic(change: Change, identity: TopicId) -> None:
    delete(change, "topic", [identity])
