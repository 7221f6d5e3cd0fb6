"""Who is to be paired, and when two of their words say the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from app.domain.ids import EnrolmentId, PersonId
from app.domain.people import Confidence, Person
from app.domain.programmes import Enrolment
from app.domain.text import sort_key, words

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
    earlier: frozenset[PersonId] = field(default=frozenset(), repr=False)  # whom they were a tandem with
    boss: Person | None = field(default=None, repr=False)  # their superior, who need not take part
    waited: bool = False  # left over in the last round

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
