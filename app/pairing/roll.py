"""The people of a round as arrays, encoded once and read by all rules and criteria.

Place k of every array is the k-th person of the roll. Codes are whole numbers, equal where two people say the same,
-1 where somebody says nothing. Each array is made when it is first asked for.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from functools import cached_property
from itertools import chain
from operator import attrgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.domain.ids import PersonId
from app.domain.people import Person, Side
from app.pairing.participants import People, language_key, word_key

Codes = NDArray[np.int32]
Index = NDArray[np.intp]

UNKNOWN = -1
_TEAM = ("organisation", "department", "team")
_DEPARTMENT = ("organisation", "department")


class Roll:
    """``people``: anybody, mentors and mentees, in any order; a person stands in it once or, to be compared, twice."""

    def __init__(self, people: People) -> None:
        self.people = tuple(people)
        self.persons: list[Person] = [p.person for p in self.people]
        self.ids: list[PersonId] = [person.id for person in self.persons]

    def __len__(self) -> int:
        return len(self.people)

    def _small(self, field: str, kind: Any) -> NDArray[Any]:
        values = [getattr(person, field) or 0 for person in self.persons]
        return np.array(values, kind) if values else np.zeros(0, kind)

    @cached_property
    def level(self) -> NDArray[np.int8]:
        """Career levels, 1 the top, 0 where not known."""
        return self._small("level", np.int8)

    @cached_property
    def availability(self) -> NDArray[np.uint16]:
        """A bit per half-day, 0 where nothing is stated."""
        return self._small("availability", np.uint16)

    @cached_property
    def entry_year(self) -> NDArray[np.int16]:
        """0 where not known."""
        years = [person.entry_date.year if person.entry_date else 0 for person in self.persons]
        return np.array(years, np.int16)

    @cached_property
    def waited(self) -> NDArray[np.bool_]:
        return np.array([p.waited for p in self.people], np.bool_)

    @cached_property
    def organisation(self) -> Codes:
        """The house itself has a code as well."""
        return _codes([(person.organisation or 0, 1) for person in self.persons])

    @cached_property
    def department(self) -> Codes:
        return _codes(map(attrgetter(*_DEPARTMENT), self.persons))

    @cached_property
    def project(self) -> Codes:
        return _codes([(person.project,) for person in self.persons])

    @cached_property
    def location(self) -> Codes:
        return _codes([(person.location,) for person in self.persons])

    @cached_property
    def _teams(self) -> tuple[Codes, Codes]:
        team = attrgetter(*_TEAM)
        bosses = [(None, "", "") if p.boss is None else team(p.boss) for p in self.people]
        both = _codes([*map(team, self.persons), *bosses])
        return both[: len(self)], both[len(self) :]

    @cached_property
    def team(self) -> Codes:
        return _codes(map(attrgetter(*_TEAM), self.persons)) if not self.has_bosses else self._teams[0]

    @cached_property
    def has_bosses(self) -> bool:
        return any(p.boss is not None for p in self.people)

    @cached_property
    def boss_team(self) -> Codes:
        """The team of the superior, to be compared with ``team``."""
        return self._teams[1] if self.has_bosses else np.full(len(self), UNKNOWN, np.int32)

    @cached_property
    def superiors(self) -> tuple[Codes, Codes, Codes]:
        """Codes of the person, of their superior, and of the superior's superior."""
        people = [(one,) for one in self.ids]
        bosses = [(person.supervisor,) for person in self.persons]
        above = [(p.boss.supervisor if p.boss else None,) for p in self.people]
        codes = _codes([*people, *bosses, *above])
        size = len(self)
        return codes[:size], codes[size : 2 * size], codes[2 * size :]

    @cached_property
    def languages(self) -> tuple[Codes, NDArray[np.bool_]]:
        """A class of people with the same languages, and for two classes whether both state some and share none."""
        number: dict[tuple[str, ...], int] = {}
        of = np.array([number.setdefault(person.languages, len(number)) for person in self.persons], np.int32)
        spoken = [frozenset(language_key(name) for name in names if name) for names in number]
        none = [[bool(ours and theirs) and ours.isdisjoint(theirs) for theirs in spoken] for ours in spoken]
        return of, np.array(none, np.bool_).reshape(len(spoken), len(spoken))

    @cached_property
    def interests(self) -> list[dict[str, str]]:
        """Each person's interests: folded words -> as written."""
        known: dict[tuple[str, ...], dict[str, str]] = {}
        for person in self.persons:
            if person.interests not in known:
                known[person.interests] = {key: text for text in person.interests if (key := word_key(text))}
        return [known[person.interests] for person in self.persons]

    @cached_property
    def skills(self) -> Skills:
        return Skills(self.persons)


def _codes(written: Iterable[tuple[Any, ...]]) -> Codes:
    """A number for each tuple of fields, the same where they say the same; UNKNOWN where the last is empty."""
    values = list(written)
    number: dict[Hashable, int] = {}
    known: dict[Any, int] = {}  # by the fields as written
    for fields in dict.fromkeys(values):
        if not fields[-1]:
            known[fields] = UNKNOWN
            continue
        key = tuple([word_key(value) if isinstance(value, str) else value for value in fields])
        known[fields] = number.setdefault(key, len(number))
    return np.array([known[fields] for fields in values], np.int32)


class Skills:
    """Levels by person x topic: ``offered``; gaps from ``own`` up to ``target`` (0 where there is none), ``priority``.

    The highest level of each topic counts. ``topics``: the ids behind the columns, in their order.
    """

    def __init__(self, persons: Sequence[Person]) -> None:
        flat = list(chain.from_iterable([person.skills for person in persons]))
        self.topics: list[int] = sorted({skill.topic for skill in flat})
        column = {topic: k for k, topic in enumerate(self.topics)}
        whose = np.repeat(np.arange(len(persons)), [len(person.skills) for person in persons])
        cells = whose * len(self.topics) + np.array([column[skill.topic] for skill in flat], np.intp)
        level = np.array([skill.level for skill in flat], np.int8)
        offered = np.array([skill.side is Side.OFFERED for skill in flat], np.bool_)
        shape = (len(persons), len(self.topics))
        self.offered = np.zeros(shape, np.int8)
        np.maximum.at(self.offered.reshape(-1), cells[offered], level[offered])
        sought = np.flatnonzero(~offered)[::-1]  # the first of equals is written last
        sought = sought[np.argsort(level[sought], kind="stable")]
        self.target, self.priority = np.zeros(shape, np.int8), np.zeros(shape, np.int8)
        self.target.reshape(-1)[cells[sought]] = level[sought]
        self.priority.reshape(-1)[cells[sought]] = np.array([skill.priority for skill in flat], np.int8)[sought]
        nothing = self.target <= self.offered
        self.target[nothing] = self.priority[nothing] = 0

    @cached_property
    def whole(self) -> NDArray[np.int64]:
        """All a person wants to learn: levels of the gaps times their priority."""
        gap = np.where(self.target > 0, self.target - self.offered, 0)
        whole: NDArray[np.int64] = (gap * self.priority).sum(axis=1, dtype=np.int64)
        return whole
