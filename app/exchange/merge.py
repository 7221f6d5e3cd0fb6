"""A draft laid over a person: what the row says wins, what it does not say stays."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from operator import eq
from typing import Any

from app.domain.ids import OrganisationId, PersonId, TopicId, new_id
from app.domain.people import Organisation, Person, Side, Skill
from app.domain.text import comparable
from app.domain.topics import STARTER, Topic
from app.exchange.cells import clean, clean_lines
from app.exchange.directory import short_number, strict
from app.exchange.drafts import Draft, NamedSkill
from app.exchange.fields import Field

DEFAULT_LEVELS = {Side.OFFERED: 2, Side.SOUGHT: 3}
_TEXTS = (
    Field.FAMILY_NAME, Field.GIVEN_NAME, Field.TITLE, Field.PHONE, Field.DEPARTMENT, Field.TEAM, Field.PROJECT,
    Field.POSITION, Field.LOCATION,
)  # fmt: skip


class Catalogue:
    """Topics and organisations by name; unknown ones are made and collected."""

    def __init__(
        self, organisations: Iterable[Organisation], topics: Iterable[Topic], *, house: str, language: str
    ) -> None:
        self.new_topics: list[Topic] = []
        self.new_organisations: list[Organisation] = []
        self._house, self._language = strict(house), language
        self._organisations: dict[str, OrganisationId] = {}
        self._topics: dict[str, TopicId] = {}
        self._loose_topics: dict[str, TopicId] = {}
        self._said: dict[str, TopicId] = {}  # as the file spells them: the same few over and over
        self._starter = {strict(name): names for names in STARTER for name in names}
        for organisation in organisations:
            self._organisations.setdefault(strict(organisation.name), organisation.id)
        for topic in sorted(topics, key=lambda topic: topic.archived):  # a topic in use goes before an archived one
            self._learn(topic)

    def _learn(self, topic: Topic) -> None:
        for name in (topic.name_de, topic.name_en):
            if name:
                self._topics.setdefault(strict(name), topic.id)
                if loose := _loose(name):
                    self._loose_topics.setdefault(loose, topic.id)

    def topic(self, name: str) -> TopicId:
        """The topic of this name in either language, a new one if there is none."""
        if name in self._said:
            return self._said[name]
        self._said[name] = self._named(name)
        return self._said[name]

    def _named(self, name: str) -> TopicId:
        key, loose = strict(name), _loose(name)
        known = self._topics.get(key) or (self._loose_topics.get(loose) if loose else None)
        if known is not None:
            return known
        german, english = self._starter.get(key) or ((name, "") if self._language == "de" else ("", name))
        topic = Topic(id=TopicId(new_id()), name_de=german, name_en=english)
        self.new_topics.append(topic)
        self._learn(topic)
        return topic.id

    def organisation(self, name: str) -> OrganisationId | None:
        """The organisation of this name, a new one if there is none; None for the house itself."""
        key = strict(name)
        if key == self._house:
            return None
        if key not in self._organisations:
            organisation = Organisation(id=OrganisationId(new_id()), name=name)
            self.new_organisations.append(organisation)
            self._organisations[key] = organisation.id
        return self._organisations[key]


def _loose(name: str) -> str:
    """ "KI Werkzeuge" is "KI-Werkzeuge", but "C++" and "C#" are not "C", nor ".NET" "Net"."""
    return "" if any(sign in name for sign in "*&/") else comparable(name)


def merged(
    person: Person, draft: Draft, supervisor: PersonId | None, catalogue: Catalogue
) -> tuple[Person, tuple[Field, ...]]:
    """The person after the row, and the fields that differ from before; the same person if none does."""
    new: dict[Field, Any] = {}
    for field, name, same in _PLAIN:
        said = getattr(draft, name)  # "", None, () and 0 all say nothing
        if said and not same(said, getattr(person, name)):
            new[field] = said
    if draft.organisation and (organisation := catalogue.organisation(draft.organisation)) != person.organisation:
        new[Field.ORGANISATION] = organisation
    if supervisor is not None and supervisor != person.supervisor:
        new[Field.SUPERVISOR] = supervisor
    values = {field.value: value for field, value in new.items()}
    offered = _side(person, Side.OFFERED, draft.offered, catalogue)
    sought = _side(person, Side.SOUGHT, draft.sought, catalogue)
    for field, before, after in ((Field.OFFERED, person.offered(), offered), (Field.SOUGHT, person.sought(), sought)):
        if frozenset(before) != frozenset(after):
            new[field] = after
            values["skills"] = offered + sought
    if not new:
        return person, ()
    return replace(person, **values), tuple(field for field in Field if field in new)


def fresh(person: PersonId, draft: Draft, supervisor: PersonId | None, catalogue: Catalogue) -> Person:
    """The person whom a row makes: the same as laying the row over nobody, in a part of the time."""
    values = {name: said for _, name, _ in _PLAIN if (said := getattr(draft, name))}
    skills = (
        _side(None, Side.OFFERED, draft.offered, catalogue) + _side(None, Side.SOUGHT, draft.sought, catalogue)
    )  # fmt: skip
    return Person(
        id=person,
        **{"given_name": "", "family_name": "", **values},
        organisation=catalogue.organisation(draft.organisation) if draft.organisation else None,
        supervisor=supervisor,
        skills=skills,
    )


def _same_text(said: str, known: str) -> bool:
    return said == known or said == clean(known)


def _same_lines(said: str, known: str) -> bool:
    return said == clean_lines(known)


def _same_address(said: str, known: str) -> bool:
    return said.casefold() == known.strip().casefold()


def _same_list(said: tuple[str, ...], known: tuple[str, ...]) -> bool:
    return _folded(said) == _folded(known)


def _folded(names: Iterable[str]) -> frozenset[str]:
    return frozenset(clean(name).casefold() for name in names)


def _same_number(one: str, other: str) -> bool:
    if one.casefold() == clean(other).casefold():
        return True
    return bool(short_number(one)) and short_number(one) == short_number(other)


_SAME: dict[Field, Callable[[Any, Any], bool]] = {
    **dict.fromkeys(_TEXTS, _same_text),
    **dict.fromkeys((Field.SALUTATION, Field.LEVEL, Field.ENTRY_DATE, Field.AVAILABILITY), eq),
    Field.REMARKS: _same_lines,
    Field.EMAIL: _same_address,
    Field.PERSONNEL_NUMBER: _same_number,
    Field.LANGUAGES: _same_list,
    Field.INTERESTS: _same_list,
}
"""Fields whose value in the draft is the value of the person, and when two values are the same."""
_PLAIN = tuple((field, field.value, same) for field, same in _SAME.items())


def _side(person: Person | None, side: Side, named: tuple[NamedSkill, ...], catalogue: Catalogue) -> tuple[Skill, ...]:
    """The skills of one side: those the row names, or where it names none, those there are.

    A skill named without a level or a priority keeps the one it has.
    """
    before = {skill.topic: skill for skill in person.skills if skill.side is side} if person is not None else {}
    if not named:
        return tuple(before.values())
    after: dict[TopicId, Skill] = {}
    for said in named:
        topic = catalogue.topic(said.topic)
        known = before.get(topic)
        level = said.level or (known.level if known else DEFAULT_LEVELS[side])
        priority = said.priority or (known.priority if known else 1)
        after.setdefault(topic, Skill(topic=topic, side=side, level=level, priority=priority))
    return tuple(after.values())
