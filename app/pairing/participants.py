"""Who is to be paired, and how their words become numbers."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import attrgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.domain.ids import EnrolmentId
from app.domain.people import Confidence, Person, Side, Skill
from app.domain.programmes import Enrolment
from app.domain.text import sort_key, words

Codes = NDArray[np.int32]

# The languages that rosters name, by code, in German and in English; others are compared as they are written.
_LANGUAGES = (
    ("de", "deutsch", "german"), ("en", "englisch", "english"), ("fr", "franzoesisch", "french"),
    ("es", "spanisch", "spanish"), ("it", "italienisch", "italian"), ("pt", "portugiesisch", "portuguese"),
    ("nl", "niederlaendisch", "dutch"), ("pl", "polnisch", "polish"), ("cs", "tschechisch", "czech"),
    ("tr", "tuerkisch", "turkish"), ("ru", "russisch", "russian"), ("uk", "ukrainisch", "ukrainian"),
    ("ar", "arabisch", "arabic"), ("fa", "persisch", "persian"), ("vi", "vietnamesisch", "vietnamese"),
    ("zh", "chinesisch", "chinese"), ("ja", "japanisch", "japanese"), ("ro", "rumaenisch", "romanian"),
    ("hu", "ungarisch", "hungarian"), ("el", "griechisch", "greek"), ("hr", "kroatisch", "croatian"),
    ("sr", "serbisch", "serbian"), ("bg", "bulgarisch", "bulgarian"), ("sv", "schwedisch", "swedish"),
    ("da", "daenisch", "danish"), ("no", "norwegisch", "norwegian"), ("fi", "finnisch", "finnish"),
)  # fmt: skip
_LANGUAGE_OF = {name: names[0] for names in _LANGUAGES for name in names}


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """A person enrolled in the programme, with what is confidential about whom they can't or would like to meet."""

    enrolment: Enrolment
    person: Person
    confidence: Confidence = field(default=Confidence(), repr=False)

    @property
    def id(self) -> EnrolmentId:
        return self.enrolment.id

    @property
    def capacity(self) -> int:
        return self.enrolment.capacity

    @property
    def teaches(self) -> bool:
        return self.enrolment.teaches

    @property
    def learns(self) -> bool:
        return self.enrolment.learns


People = Sequence[Participant]


@lru_cache(maxsize=65536)
def word_key(text: str) -> str:
    """Texts that say the same have the same key: case, accents, umlaut spelling and punctuation don't count."""
    return " ".join(words(sort_key(text)[0]))


@lru_cache(maxsize=4096)
def language_key(text: str) -> str:
    """ "German", "Deutsch (C1)" and "de" have the same key."""
    key = word_key(text)
    return next((_LANGUAGE_OF[word] for word in key.split() if word in _LANGUAGE_OF), key)


# What makes two people the same in a rule or criterion: fields of Person, the last of them stated.
TEAM = ("organisation", "department", "team")
PROJECT = ("project",)
DEPARTMENT = ("organisation", "department")
LOCATION = ("location",)


def codes(mentors: People, mentees: People, fields: tuple[str, ...]) -> tuple[Codes, Codes]:
    """A number for each mentor and mentee, the same where the fields say the same; -1, -2 where the last is empty."""
    number: dict[Hashable, int] = {}
    known: dict[Any, int | None] = {}  # by the fields as written

    def code(values: Any) -> int | None:
        each = values if len(fields) > 1 else (values,)
        if not each[-1]:
            return None
        key = tuple(word_key(value) if isinstance(value, str) else value for value in each)
        return number.setdefault(key, len(number))

    def coded(people: People, unknown: int) -> Codes:
        written = list(map(attrgetter(*[f"person.{field}" for field in fields]), people))
        for values in set(written):
            if values not in known:
                known[values] = code(values)
        return np.array([unknown if (k := known[values]) is None else k for values in written], np.int32)

    return coded(mentors, -1), coded(mentees, -2)


def levels(people: People) -> NDArray[np.int8]:
    """Career levels, 0 where not known."""
    return np.fromiter((participant.person.level or 0 for participant in people), np.int8, len(people))


def by_topic(skills: tuple[Skill, ...], side: Side) -> dict[int, Skill]:
    """The highest skill of each topic on one side."""
    found: dict[int, Skill] = {}
    for skill in skills:
        if skill.side is side and (skill.topic not in found or skill.level > found[skill.topic].level):
            found[skill.topic] = skill
    return found
