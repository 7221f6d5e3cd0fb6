"""Verbs on topics: the catalogue of what people teach and learn."""

from __future__ import annotations

from dataclasses import replace

from app.domain.ids import TopicId, new_id
from app.domain.text import same_words
from app.domain.topics import STARTER, Topic
from app.errors import Fault
from app.services.records import present
from app.store import topics
from app.store.vault import Change, Source


def named(source: Source, *names: str) -> Topic | None:
    """The topic that has one of these names in either language, however it is spelt."""
    wanted = [name for name in names if name.strip()]
    for topic in topics.all_topics(source):
        for name in (topic.name_de, topic.name_en):
            if name and any(same_words(name, other) for other in wanted):
                return topic
    return None


def _checked(source: Source, topic: Topic) -> Topic:
    topic = replace(topic, name_de=" ".join(topic.name_de.split()), name_en=" ".join(topic.name_en.split()))
    if not topic.name_de and not topic.name_en:
        raise Fault("topics.nameless")
    double = named(source, topic.name_de, topic.name_en)
    if double is not None and double.id != topic.id:
        raise Fault("topics.double")
    return topic


def add(change: Change, name_de: str, name_en: str) -> TopicId:
    """A new topic; one of the two names may be empty."""
    topic = _checked(change, Topic(id=TopicId(new_id()), name_de=name_de, name_en=name_en))
    topics.add_topic(change, topic)
    return topic.id


def rename(change: Change, identity: TopicId, name_de: str, name_en: str) -> None:
    before = present(topics.topic(change, identity))
    topics.write_topic(change, before, _checked(change, replace(before, name_de=name_de, name_en=name_en)))


def archive(change: Change, identity: TopicId, archived: bool = True) -> None:
    """An archived topic is no longer offered; what names it stays as it is."""
    before = present(topics.topic(change, identity))
    topics.write_topic(change, before, replace(before, archived=archived))


def remove(change: Change, identity: TopicId) -> None:
    uses = topics.uses(change, present(topics.topic(change, identity)).id)
    if uses:
        raise Fault("topics.in_use", count=uses)
    topics.remove_topic(change, identity)


def add_starter(change: Change) -> int:
    """Adds the topics every programme starts from, but for those already there; gives how many were added."""
    missing = [names for names in STARTER if named(change, *names) is None]
    for name_de, name_en in missing:
        topics.add_topic(change, Topic(id=TopicId(new_id()), name_de=name_de, name_en=name_en))
    return len(missing)
