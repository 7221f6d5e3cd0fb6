"""The people of the demo: a fictitious firm of eighty, the same at every start."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from app.domain.ids import OrganisationId, PersonId, TopicId
from app.domain.people import Organisation, Person, Salutation, Side, Skill
from app.domain.text import fold
from app.domain.topics import STARTER, Topic
from app.i18n import language
from app.resources import resource
from app.store import people, topics
from app.store.vault import Change

DIGITAL = (
    "KI-Werkzeuge", "Social Media", "Mobile Endgeräte", "Videokonferenz", "Excel", "Datenschutz",
    "Neue Arbeitsformen", "Digitale Trends", "Vernetztes Fahren", "Programmieren",
)  # fmt: skip
EXPERIENCE = ("Führung", "Verhandeln", "Netzwerken", "Karriereplanung", "Projektleitung", "Präsentieren")
SHARED = ("Veränderung", "Innovation", "Zusammenarbeit")


@cache
def texts() -> dict[str, Any]:
    """The demo's texts."""
    return read("texts.json")


@cache
def read(name: str) -> dict[str, Any]:
    """A file of the demo; a pair of texts in it is German and English."""
    found: dict[str, Any] = json.loads(resource("demo", name).read_text(encoding="utf-8"))
    return found


def said(pair: Sequence[str]) -> str:
    """One of a pair of texts, in the language spoken here."""
    return pair[0] if language() == "de" else pair[1]


@dataclass(frozen=True, slots=True)
class Cast:
    """Who is there, from the top down; ``topics`` by their German name."""

    top: Person
    heads: tuple[Person, ...]
    leads: tuple[Person, ...]
    juniors: tuple[Person, ...]
    externals: tuple[Person, ...]
    topics: dict[str, TopicId]


class _Casting:
    def __init__(self, chance: random.Random, topic_ids: dict[str, TopicId], today: date) -> None:
        self._chance = chance
        self._topics = topic_ids
        self._today = today
        self._number = 1000

    def _id(self) -> PersonId:
        return PersonId(self._chance.getrandbits(62) + 1)

    def person(self, name: dict[str, str], group: str, **fields: Any) -> Person:
        self._number += 1
        chance = self._chance
        spoken = texts()["languages"]
        known = [said(spoken["de"])]
        if chance.random() < 0.85:
            known.append(said(spoken["en"]))
        if chance.random() < 0.4:
            known.append(said(chance.choice(spoken["more"])))
        host = "fjordtal.example" if group == "externals" else "hallgrim-voss.example"
        address = ".".join("".join(c for c in fold(name[part]) if c.isalnum()) for part in ("given", "family"))
        return Person(
            id=self._id(),
            given_name=name["given"],
            family_name=name["family"],
            title=name["title"],
            salutation=Salutation(name["salutation"]),
            email=f"{address}@{host}",
            phone=f"+49 40 5550 {self._number}",
            personnel_number="" if group == "externals" else str(self._number),
            location=chance.choices(texts()["locations"], (5, 3, 2))[0],
            languages=tuple(known),
            interests=tuple(sorted(said(pair) for pair in chance.sample(texts()["interests"], chance.randint(1, 3)))),
            availability=chance.getrandbits(10) | 1 << chance.randrange(10),
            **fields,
        )

    def entered(self, fewest: int, most: int) -> date:
        """A first of a month, so many years ago."""
        day = self._today - timedelta(days=self._chance.randint(fewest * 365, most * 365))
        return day.replace(day=1)

    def skills(self, offered: Sequence[str], sought: Sequence[str]) -> tuple[Skill, ...]:
        chance = self._chance
        return tuple(
            Skill(topic=self._topics[name], side=Side.OFFERED, level=chance.choice((2, 3, 3, 4))) for name in offered
        ) + tuple(
            Skill(topic=self._topics[name], side=Side.SOUGHT, level=chance.choice((2, 3)), priority=2 - bool(place))
            for place, name in enumerate(sought)
        )

    def some(self, names: Sequence[str], fewest: int, most: int) -> list[str]:
        return self._chance.sample(list(names), self._chance.randint(fewest, most))

    def place(self, department: int, team: int | None = None) -> dict[str, str]:
        fields = {"department": said(texts()["departments"][department])}
        if team is not None:
            fields["team"] = said(texts()["teams"][department][team])
        return fields


def fill_people(change: Change, chance: random.Random, today: date) -> Cast:
    """Writes topics, the partner firm and everybody; supervisors run from the team to the top."""
    names = read("people.json")
    topic_ids = _topics(change, chance)
    casting = _Casting(chance, topic_ids, today)
    partner = Organisation(id=OrganisationId(chance.getrandbits(62) + 1), name=said(texts()["partner"]))
    people.add_organisation(change, partner)
    positions = texts()["positions"]
    top = casting.person(
        names["top"][0], "top", position=said(positions["top"]), level=1, entry_date=casting.entered(15, 20)
    )
    heads = tuple(
        casting.person(
            name,
            "heads",
            **casting.place(department),
            position=said(positions["heads"]),
            level=2,
            supervisor=top.id,
            entry_date=casting.entered(8, 20),
            skills=casting.skills(casting.some(EXPERIENCE, 2, 3), casting.some(DIGITAL, 2, 3)),
        )
        for department, name in enumerate(names["heads"])
    )
    leads = tuple(
        casting.person(
            name,
            "leads",
            **casting.place(place % 8, place // 8 % 2),
            position=said(positions["leads"]),
            level=3 + place // 16,
            supervisor=heads[place % 8].id,
            entry_date=casting.entered(5, 15),
            skills=casting.skills(casting.some(EXPERIENCE + SHARED, 1, 3), casting.some(DIGITAL, 2, 3)),
        )
        for place, name in enumerate(names["leads"])
    )
    juniors = tuple(
        casting.person(
            name,
            "juniors",
            **casting.place(place % 8, place // 8 % 2),
            position=said(positions["juniors"][place % 5]),
            level=8 if place % 5 < 3 else 7,
            supervisor=leads[place % 8 + 8 * (place // 8 % 2)].id,
            entry_date=casting.entered(1, 3),
            skills=casting.skills(casting.some(DIGITAL, 3, 4), casting.some(EXPERIENCE + SHARED, 1, 2)),
        )
        for place, name in enumerate(names["juniors"])
    )
    externals = tuple(
        casting.person(
            name,
            "externals",
            organisation=partner.id,
            position=said(positions["externals"]),
            level=6,
            skills=casting.skills(casting.some(DIGITAL, 3, 4), casting.some(EXPERIENCE, 1, 1)),
        )
        for name in names["externals"]
    )
    people.add_people(change, [top, *heads, *leads, *juniors, *externals])
    return Cast(top, heads, leads, juniors, externals, topic_ids)


def _topics(change: Change, chance: random.Random) -> dict[str, TopicId]:
    known = {topic.name_de: topic.id for topic in topics.all_topics(change)}
    for german, english in STARTER:
        identity = TopicId(chance.getrandbits(62) + 1)
        if german not in known:
            topics.add_topic(change, Topic(id=identity, name_de=german, name_en=english))
            known[german] = identity
    return known
