"""Who is to be paired, and when two of their words say the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from app.domain.ids import EnrolmentId, PersonId
from app.domain.people import Confidence, Person
from app.domain.programmes import Enrolment
from app.domain.text import sort_key, words


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
