"""The people of a round as arrays, encoded once and read by all rules and criteria.

Place k of every array is the k-th person of the roll. Codes are whole numbers, equal where two people say the same,
-1 where somebody says nothing. Each array is made when it is first asked for, and each different thing that people
say is looked at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Sequence
from copy import copy
from functools import cached_property
from itertools import chain, count
from operator import attrgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.domain.ids import PersonId
from app.domain.languages import language_keys
from app.domain.people import Person, Side
from app.pairing.participants import People, word_key
from app.pairing.workplaces import UNKNOWN as UNKNOWN
from app.pairing.workplaces import one_team, shared_projects

Codes = NDArray[np.int32]
Index = NDArray[np.intp]
Ids = NDArray[np.int64]

_OFFERED = Side.OFFERED
_SMALL = ("level", "availability", "entry_year", "waited")


class Coding(dict[Any, int]):
    """A number for each field or tuple of fields, the same where they say the same; UNKNOWN where the last is empty.

    As a dictionary it holds the fields as they are written; what is new gets its number when it is looked up.
    """

    def __init__(self) -> None:
        self._number: dict[Hashable, int] = {}

    def __missing__(self, said: Any) -> int:
        code, fields = UNKNOWN, said if isinstance(said, tuple) else (said,)
        if fields[-1]:
            key = tuple([word_key(value) if isinstance(value, str) else value for value in fields])
            if key[-1]:  # a dash says nothing
                code = self._number.setdefault(key, len(self._number))
        self[said] = code
        return code

    def of(self, values: Sequence[Any]) -> Codes:
        return np.fromiter(map(self.__getitem__, values), np.int32, len(values))

    def keys_told(self) -> list[Any]:
        """What the numbers stand for, from 0."""
        return list(self._number)

    def copy(self) -> Coding:
        other = Coding()
        other.update(self)
        other._number = self._number.copy()
        return other


class Classes:
    """People in classes of those who say the same list of words: ``of`` is everybody's class, ``said`` its words."""

    def __init__(self, lists: Sequence[tuple[str, ...]], before: Classes | None = None) -> None:
        known: Sequence[tuple[str, ...]] = () if before is None else before.said
        number = defaultdict(count(len(known)).__next__, zip(known, count()))  # what is new gets the next number
        self.of: Codes = np.fromiter(map(number.__getitem__, lists), np.int32, len(lists))
        self.said: list[tuple[str, ...]] = list(number)

    def with_lists(self, at: Index, lists: Sequence[tuple[str, ...]]) -> Classes:
        """The same with other lists for the people at ``at``."""
        other = Classes(lists, self)
        other.of = _with(self.of, at, other.of)
        return other


class Named:
    """Who names whom, and in which place of their list, from 1, as three arrays of one length; persons by id."""

    def __init__(self, who: Ids, whom: Ids, rank: Ids) -> None:
        self.who, self.whom, self.rank = who, whom, rank

    @staticmethod
    def by(ids: Sequence[PersonId], naming: Sequence[tuple[int, Collection[PersonId]]]) -> Named:
        """``naming``: places in ``ids``, and whom these people name."""
        if not naming:
            return Named(*np.zeros((3, 0), np.int64))
        count = np.array([len(named) for _, named in naming], np.int64)
        who = np.repeat(np.array([ids[k] for k, _ in naming], np.int64), count)
        whom = np.array(list(chain.from_iterable([named for _, named in naming])), np.int64)
        return Named(who, whom, np.arange(len(who)) - np.repeat(np.cumsum(count) - count, count) + 1)

    @staticmethod
    def all_by(people: People) -> dict[str, Named]:
        """Whom people name as "rivals", "vetoed", "wished" or "earlier"; most of them name nobody."""
        ids, told = [p.person.id for p in people], [p.confidence for p in people]
        return {
            "rivals": Named.by(ids, [(k, rivals) for k, c in enumerate(told) if (rivals := c.rivals)]),
            "vetoed": Named.by(ids, [(k, vetoed) for k, c in enumerate(told) if (vetoed := c.vetoed)]),
            "wished": Named.by(ids, [(k, wished) for k, c in enumerate(told) if (wished := c.wished)]),
            "earlier": Named.by(ids, [(k, earlier) for k, p in enumerate(people) if (earlier := p.earlier)]),
        }

    def without(self, ids: Sequence[PersonId]) -> Named:
        """What all but these say."""
        others = ~np.isin(self.who, np.array(ids, np.int64))
        return Named(self.who[others], self.whom[others], self.rank[others])

    def and_(self, more: Named) -> Named:
        return Named(*(np.concatenate(both) for both in zip(self._columns(), more._columns(), strict=True)))

    def _columns(self) -> tuple[Ids, Ids, Ids]:
        return self.who, self.whom, self.rank


def cells_of(ones: Ids, others: Ids, rows: Ids, columns: Ids) -> Ids:
    """The cell, row * columns + column, of ones[k] with others[k], persons by id; -1 where they have none."""
    i, j = _seats(ones, rows), _seats(others, columns)
    return np.where((i >= 0) & (j >= 0), i * len(columns) + j, -1)


def _seats(ids: Ids, seated: Ids) -> Index:
    """The place of each of ``ids`` in ``seated``, -1 where it has none."""
    if not len(seated):
        return np.full(len(ids), -1, np.intp)
    order = np.argsort(seated, kind="stable")
    at = order[np.minimum(np.searchsorted(seated, ids, sorter=order), len(seated) - 1)]
    return np.where(seated[at] == ids, at, -1)


class Roll:
    """``people``: anybody, mentors and mentees, in any order; a person stands in it once or, to be compared, twice."""

    def __init__(self, people: People) -> None:
        self.people = tuple(people)
        self.persons: list[Person] = [p.person for p in self.people]
        self.ids: list[PersonId] = [person.id for person in self.persons]
        self._codings: dict[str, Coding] = {}

    def __len__(self) -> int:
        return len(self.people)

    def with_people(self, people: People) -> Roll:
        """The roll of ``people``: what is encoded already is taken over but for those who are others now."""
        other = Roll(people)
        if other.ids != self.ids:
            return other
        places = [k for k, (one, new) in enumerate(zip(self.people, other.people, strict=True)) if one is not new]
        if not places:
            return self
        at, changed = np.array(places, np.intp), Roll([other.people[k] for k in places])
        mine = dict(self.__dict__)
        for name in _SMALL:
            if name in mine:
                other.__dict__[name] = _with(mine[name], at, getattr(changed, name))
        for name, said in _SAID.items():
            if name in mine:
                other._codings[name] = mine["_codings"][name].copy()
                other.__dict__[name] = _with(mine[name], at, _coded(other._codings[name], said(changed)))
        for name, words in _WORDS.items():
            if name in mine:
                other.__dict__[name] = mine[name].with_lists(at, [words(person) for person in changed.persons])
        if "_named" in mine:
            new = Named.all_by(changed.people)
            other._named = {what: named.without(changed.ids).and_(new[what]) for what, named in self._named.items()}
        if "skills" in mine and (skills := mine["skills"].with_persons(at, changed.persons)) is not None:
            other.__dict__["skills"] = skills
        return other

    def named(self, what: str) -> Named:
        """Whom people name as ``what``: "rivals", "vetoed", "earlier" or "wished"."""
        return self._named[what]

    @cached_property
    def _named(self) -> dict[str, Named]:
        return Named.all_by(self.people)

    def _code(self, name: str) -> Codes:
        coding = Coding()
        codes = _coded(coding, _SAID[name](self))
        self._codings[name] = coding
        return codes

    @cached_property
    def numbers(self) -> Ids:
        """The ids of the persons."""
        return np.array(self.ids, np.int64)

    @cached_property
    def level(self) -> NDArray[np.int8]:
        """Career levels, 1 the top, 0 where not known."""
        return np.array([person.level or 0 for person in self.persons], np.int8)

    @cached_property
    def availability(self) -> NDArray[np.uint16]:
        """A bit per half-day, 0 where nothing is stated."""
        return np.array([person.availability or 0 for person in self.persons], np.uint16)

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
        return self._code("organisation")

    @cached_property
    def department(self) -> Codes:
        return self._code("department")

    @cached_property
    def location(self) -> Codes:
        return self._code("location")

    @cached_property
    def team(self) -> Codes:
        return self._code("team")

    @cached_property
    def teams(self) -> Codes:
        """The team of the person and, in a second row, that of their superior."""
        return self._code("teams")

    def one_team(self, name: str) -> Callable[[Any, Any], NDArray[Any]]:
        """Whether codes of `team` or of `teams` tell of one team: a department that one leaves out is no other one."""
        return one_team(self._codings[name].keys_told())

    @cached_property
    def superiors(self) -> Codes:
        """Codes of the person, of their superior, and of the superior's superior, in three rows."""
        return self._code("superiors")

    @cached_property
    def language_classes(self) -> Classes:
        return Classes([person.languages for person in self.persons])

    @cached_property
    def languages(self) -> tuple[Codes, NDArray[np.bool_]]:
        """A class of people with the same languages, and for two classes whether both state some and share none."""
        classes = self.language_classes
        spoken = [frozenset[str]().union(*map(language_keys, names)) for names in classes.said]
        none = [[bool(ours and theirs) and ours.isdisjoint(theirs) for theirs in spoken] for ours in spoken]
        return classes.of, np.array(none, np.bool_).reshape(len(spoken), len(spoken))

    @cached_property
    def project_classes(self) -> Classes:
        return Classes([(person.project,) for person in self.persons])

    @cached_property
    def projects(self) -> tuple[Codes, NDArray[np.bool_] | None]:
        """See `workplaces.shared_projects`, by person."""
        classes = self.project_classes
        code, shared = shared_projects([cell for (cell,) in classes.said])
        return code[classes.of], shared

    @cached_property
    def interest_classes(self) -> Classes:
        return Classes([person.interests for person in self.persons])

    @cached_property
    def interests(self) -> tuple[Codes, list[dict[str, str]]]:
        """A class of people with the same interests, and these: folded words -> as written."""
        classes = self.interest_classes
        return classes.of, [{key: text for text in words if (key := word_key(text))} for words in classes.said]

    @cached_property
    def skills(self) -> Skills:
        return Skills(self.persons)


_WORDS: dict[str, Callable[[Person], tuple[str, ...]]] = {
    "language_classes": attrgetter("languages"),
    "interest_classes": attrgetter("interests"),
    "project_classes": lambda person: (person.project,),
}
Said = Sequence[Any]


def _teams(roll: Roll) -> list[Said]:
    bosses = [p.boss for p in roll.people]
    theirs = [(boss.organisation, boss.department, boss.team) if boss else (None, "", "") for boss in bosses]
    return [[(person.organisation, person.department, person.team) for person in roll.persons], theirs]


def _superiors(roll: Roll) -> list[Said]:
    bosses = [person.supervisor for person in roll.persons]
    above = [p.boss.supervisor if p.boss else None for p in roll.people]
    return [roll.ids, bosses, above]


# What people say, in one row or several of equal length that are compared with each other.
_SAID: dict[str, Callable[[Roll], list[Said]]] = {
    "organisation": lambda roll: [[(person.organisation or 0, 1) for person in roll.persons]],
    "department": lambda roll: [[(person.organisation, person.department) for person in roll.persons]],
    "location": lambda roll: [[person.location for person in roll.persons]],
    "team": lambda roll: [[(person.organisation, person.department, person.team) for person in roll.persons]],
    "teams": _teams,
    "superiors": _superiors,
}


def _coded(coding: Coding, rows: list[Said]) -> Codes:
    codes = coding.of(list(chain.from_iterable(rows)))
    return codes if len(rows) == 1 else codes.reshape(len(rows), -1)


def _with(values: NDArray[Any], at: Index, new: NDArray[Any]) -> NDArray[Any]:
    """A copy with other values for the people at ``at``."""
    values = values.copy()
    values[..., at] = new
    return values


class Skills:
    """Levels by person x topic: ``offered``; gaps from ``own`` up to ``target`` (0 where there is none), ``priority``.

    The highest level of each topic counts. ``topics``: the ids behind the columns, in their order.
    """

    def __init__(self, persons: Sequence[Person]) -> None:
        lists = [person.skills for person in persons]
        flat = list(chain.from_iterable(lists))  # read by comprehensions, the fastest way
        topics = [skill.topic for skill in flat]
        self.topics: list[int] = sorted(set(topics))
        place = dict(zip(self.topics, count()))
        column = np.fromiter(map(place.__getitem__, topics), np.intp, len(topics))
        whose = np.repeat(np.arange(len(persons)), list(map(len, lists)))
        cells = whose * len(self.topics) + column
        level = np.frombuffer(bytes([skill.level for skill in flat]), np.int8)
        priority = np.frombuffer(bytes([skill.priority for skill in flat]), np.int8)
        offered = np.frombuffer(bytes([skill.side is _OFFERED for skill in flat]), np.bool_)
        shape = (len(persons), len(self.topics))
        self.offered = np.zeros(shape, np.int8)
        np.maximum.at(self.offered.reshape(-1), cells[offered], level[offered])
        sought = np.flatnonzero(~offered)[::-1]  # the first of equals is written last
        sought = sought[np.argsort(level[sought], kind="stable")]
        self.target, self.priority = np.zeros(shape, np.int8), np.zeros(shape, np.int8)
        self.target.reshape(-1)[cells[sought]] = level[sought]
        self.priority.reshape(-1)[cells[sought]] = priority[sought]
        gap = self.target > self.offered
        self.target *= gap
        self.priority *= gap

    def with_persons(self, at: Index, persons: Sequence[Person]) -> Skills | None:
        """The same with other people at ``at``; None where they name a topic that nobody did."""
        new = Skills(persons)
        if not set(new.topics) <= set(self.topics):
            return None
        other, places = copy(self), np.searchsorted(self.topics, new.topics)
        other.__dict__.pop("whole", None)
        for name in ("offered", "target", "priority"):
            table = getattr(self, name).copy()
            table[at] = 0
            table[at[:, None], places] = getattr(new, name)
            setattr(other, name, table)
        return other

    @cached_property
    def whole(self) -> NDArray[np.int64]:
        """All a person wants to learn: levels of the gaps times their priority."""
        gap = np.where(self.target > 0, self.target - self.offered, 0)
        whole: NDArray[np.int64] = (gap * self.priority).sum(axis=1, dtype=np.int64)
        return whole
