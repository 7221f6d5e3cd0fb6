"""The soft criteria: each gives whole points of at most its share, for rows of all pairs or for chosen pairs alike.

Unknown things are neutral: half of the points, so that nobody gains or loses by leaving a field empty.
"""

from __future__ import annotations

from operator import attrgetter
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from app.domain.people import Person, Side
from app.domain.programmes import ProgrammeKind
from app.pairing.participants import DEPARTMENT, LOCATION, People, by_topic, codes, levels, word_key

Points = NDArray[Any]
Index = NDArray[np.intp]

FULL_DISTANCE = 3  # career levels apart that give all points of LEVEL
FULL_INTERESTS = 3  # interests in common that give all points of INTERESTS
_LEVELS = 4  # of a skill
_WISH = (4, 3, 2)  # quarters for the first, second, third wish; 1 for any later one
_NO_WISHES = 2


class Scorer(Protocol):
    """``block``: points of rows of mentors x all mentees; ``pairs``: of mentor i[k] with mentee j[k]."""

    def block(self, rows: slice) -> Points: ...
    def pairs(self, i: Index, j: Index) -> Points: ...
    def facts(self, i: int, j: int) -> tuple[str, ...]: ...


def half(most: int) -> int:
    return (most + 1) // 2


# Added before the fraction is cut off: a half is rounded up. The bit more outweighs what float32 loses on points up to
# 1000, and is too little to lift anything else, as sums of wanting stay below 1000.
_ROUND_UP = np.float32(0.5002)


def _scales(most: int, whole: Points) -> tuple[Points, Points]:
    """What to multiply a part by and then add, for its share of ``most`` points; half of them where whole is 0."""
    scale = np.where(whole > 0, most / np.maximum(whole, 1), 0).astype(np.float32)
    return scale, np.where(whole > 0, _ROUND_UP, half(most) + _ROUND_UP).astype(np.float32)


def _share(part: Points, scale: Points, offset: Points) -> Points:
    """Whole points; ``part``, float32, is used up."""
    np.multiply(part, scale, out=part)
    np.add(part, offset, out=part)
    return part.astype(np.int16)


class Skills:
    """How much of what the mentees seek the mentors offer.

    A gap reaches from what the mentee already offers in the topic (0 if nothing) up to the level sought. It weighs
    its levels times its priority; a mentor covers the levels of it that they have. Points = most * covered / all gaps.
    Facts: "topic:level offered:level sought" per gap, the heaviest first.
    """

    def __init__(self, most: int, mentors: People, mentees: People, direction: str = "") -> None:
        self.direction, self.givers, self.seekers = direction, len(mentors), len(mentees)
        self.offers = [by_topic(p.person.skills, Side.OFFERED) for p in mentors]
        self.gaps = [_gaps(p.person) for p in mentees]
        whole = [sum([(target - own) * priority for _, own, target, priority in mine]) for mine in self.gaps]
        self.scale, self.offset = _scales(most, np.array(whole, np.int64))
        given: dict[int, list[tuple[int, int]]] = {}
        sought: dict[int, list[tuple[int, int, int, int]]] = {}
        for i, offers in enumerate(self.offers):
            for topic, skill in offers.items():
                given.setdefault(topic, []).append((i, skill.level))
        for j, mine in enumerate(self.gaps):
            for topic, own, target, priority in mine:
                if topic in given:
                    sought.setdefault(topic, []).append((j, own, target, priority))
        self.topics = [_Topic(given[topic], gaps) for topic, gaps in sought.items()]

    def block(self, rows: slice) -> Points:
        first, count = _span(rows, self.givers)
        part = np.zeros((count, self.seekers), np.float32)
        for topic in self.topics:
            some = slice(*np.searchsorted(topic.givers, [first, first + count]))
            part[(topic.givers[some] - first)[:, None], topic.seekers] += topic.cover[topic.levels[some]]
        return _share(part, self.scale, self.offset)

    def block_back(self, rows: slice) -> Points:
        """Points of rows of mentees x all mentors."""
        first, count = _span(rows, self.seekers)
        part = np.zeros((count, self.givers), np.float32)
        for topic in self.topics:
            some = slice(*np.searchsorted(topic.seekers, [first, first + count]))
            part[(topic.seekers[some] - first)[:, None], topic.givers] += topic.cover[:, some].T[:, topic.levels]
        return _share(part, self.scale[rows, None], self.offset[rows, None])

    def pairs(self, i: Index, j: Index) -> Points:
        part = [self._covered(mentor, mentee) for mentor, mentee in zip(i.tolist(), j.tolist(), strict=True)]
        return _share(np.array(part, np.float32), self.scale[j], self.offset[j])

    def _covered(self, i: int, j: int) -> int:
        offers, covered = self.offers[i], 0
        for topic, own, target, priority in self.gaps[j]:
            if topic in offers:
                covered += max(0, min(offers[topic].level, target) - own) * priority
        return covered

    def facts(self, i: int, j: int) -> tuple[str, ...]:
        offers, direction = self.offers[i], self.direction
        return tuple(
            [
                f"{topic}:{offers[topic].level if topic in offers else 0}:{target}{direction}"
                for topic, _, target, _ in self.gaps[j]
            ]
        )


def _gaps(person: Person) -> list[tuple[int, int, int, int]]:
    """Topic, level they have, level they seek, priority; the heaviest first."""
    own = by_topic(person.skills, Side.OFFERED)
    gaps = []
    for topic, skill in by_topic(person.skills, Side.SOUGHT).items():
        level = own[topic].level if topic in own else 0
        if skill.level > level:
            gaps.append((topic, level, skill.level, skill.priority))
    if len(gaps) > 1:
        gaps.sort(key=lambda gap: ((gap[1] - gap[2]) * gap[3], gap[0]))
    return gaps


class _Topic:
    """Who gives and who seeks a topic, and what a giver of each level covers of each seeker's gap.

    Few pairs share a topic, so adding up over these few takes a fraction of a product of matrices.
    """

    __slots__ = ("cover", "givers", "levels", "seekers")

    def __init__(self, given: list[tuple[int, int]], gaps: list[tuple[int, int, int, int]]) -> None:
        self.givers, self.levels = np.array(given, np.intp).T
        self.seekers, own, target, priority = np.array(gaps, np.intp).T
        levels = np.arange(_LEVELS + 1)[:, None]
        self.cover = ((np.minimum(levels, target) - own).clip(0) * priority).astype(np.float32)


def _span(rows: slice, length: int) -> tuple[int, int]:
    """First row and number of rows."""
    first, last, _ = rows.indices(length)
    return first, last - first


class BothWays:
    """Skills both ways, half of the points each, for mutual programmes. Facts of the way back end in ":back"."""

    def __init__(self, most: int, mentors: People, mentees: People) -> None:
        self.there = Skills(half(most), mentors, mentees)
        self.back = Skills(most - half(most), mentees, mentors, ":back")

    def block(self, rows: slice) -> Points:
        points: Points = self.there.block(rows) + self.back.block_back(rows)
        return points

    def pairs(self, i: Index, j: Index) -> Points:
        return self.there.pairs(i, j) + self.back.pairs(j, i)

    def facts(self, i: int, j: int) -> tuple[str, ...]:
        return self.there.facts(i, j) + self.back.facts(j, i)


class Interests:
    """Interests in common: whole words, one's phrase within the other's ("Musik" in "klassische Musik").

    All points for as many in common as the shorter list has, at most three. Facts: those of the mentee in common.
    """

    def __init__(self, most: int, mentors: People, mentees: People) -> None:
        self.most = most
        ours, theirs = _phrases(mentors), _phrases(mentees)
        common: dict[str, set[str]] = {}  # phrase of a mentee -> phrases of mentors that match
        holders = _by_word({phrase for phrases in ours for phrase in phrases})
        for phrase in sorted({phrase for phrases in theirs for phrase in phrases}):
            its_words = set(phrase.split())
            near = {other for word in its_words for other in holders.get(word, ())}
            match = {other for other in near if its_words <= set(other.split()) or its_words >= set(other.split())}
            if match:
                common[phrase] = match
        asked: dict[str, list[int]] = {phrase: [] for phrase in common}
        for j, said in enumerate(theirs):
            for phrase in said:
                if phrase in asked:
                    asked[phrase].append(j)
        answered: dict[str, list[int]] = {}
        for i, said in enumerate(ours):
            for phrase in said:
                answered.setdefault(phrase, []).append(i)
        # Who answers a mentee's phrase, as sorted rows, and which mentees say it.
        self.phrases = [
            (
                np.array(sorted({i for other in match for i in answered[other]}), np.intp),
                np.array(asked[phrase], np.intp),
            )
            for phrase, match in common.items()
        ]
        self.common, self.ours, self.theirs = common, ours, theirs
        counts = np.arange(FULL_INTERESTS + 1)
        self.count = np.array([min(len(said), FULL_INTERESTS) for said in ours], np.intp)
        their_count = np.array([min(len(said), FULL_INTERESTS) for said in theirs], np.intp)
        # By how many the mentor has, and mentee.
        self.scale, self.offset = _scales(most, np.minimum(counts[:, None], their_count))

    def block(self, rows: slice) -> Points:
        first, length = _span(rows, len(self.ours))
        part = np.zeros((length, len(self.theirs)), np.float32)
        for answering, asking in self.phrases:
            some = answering[slice(*np.searchsorted(answering, [first, first + length]))]
            part[(some - first)[:, None], asking] += 1
        count = self.count[rows]
        points = _share(part, self.scale[count], self.offset[count])
        return np.minimum(points, np.int16(self.most), out=points)

    def pairs(self, i: Index, j: Index) -> Points:
        part = [len(self.facts(mentor, mentee)) for mentor, mentee in zip(i.tolist(), j.tolist(), strict=True)]
        count = self.count[i]
        points = _share(np.array(part, np.float32), self.scale[count, j], self.offset[count, j])
        return np.minimum(points, np.int16(self.most))

    def facts(self, i: int, j: int) -> tuple[str, ...]:
        ours, common = self.ours[i], self.common
        return tuple(
            [text for key, text in self.theirs[j].items() if key in common and not common[key].isdisjoint(ours)]
        )


def _phrases(people: People) -> list[dict[str, str]]:
    """Each person's interests: folded words -> as written."""
    return [{key: text for text in p.person.interests if (key := word_key(text))} for p in people]


def _by_word(phrases: set[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for phrase in phrases:
        for word in phrase.split():
            found.setdefault(word, set()).add(phrase)
    return found


class LevelDistance:
    """Career levels apart in the kind's direction, three give all points; none for level or the wrong way round.

    In mutual programmes either direction counts. Facts: level of the mentor, level of the mentee.
    """

    def __init__(self, most: int, mentors: People, mentees: People, kind: ProgrammeKind) -> None:
        self.ours, self.theirs = levels(mentors), levels(mentees)
        levels_known = np.arange(10)
        apart = levels_known[:, None] - levels_known
        if kind is ProgrammeKind.CLASSIC:
            apart = -apart
        elif kind is ProgrammeKind.MUTUAL:
            apart = abs(apart)
        self.table = ((2 * most * apart.clip(0, FULL_DISTANCE) + FULL_DISTANCE) // (2 * FULL_DISTANCE)).astype(np.int16)
        self.table[0], self.table[:, 0] = half(most), half(most)

    def block(self, rows: slice) -> Points:
        return self.table[:, self.theirs][self.ours[rows]]

    def pairs(self, i: Index, j: Index) -> Points:
        return self.table[self.ours[i], self.theirs[j]]

    def facts(self, i: int, j: int) -> tuple[str, ...]:
        ours, theirs = self.ours[i], self.theirs[j]
        return (str(ours), str(theirs)) if ours and theirs else ()


class Comparison:
    """All points for the same location, or for different departments; none otherwise. Facts: the two as written."""

    def __init__(self, most: int, mentors: People, mentees: People, *, across: bool) -> None:
        self.ours, self.theirs = codes(mentors, mentees, DEPARTMENT) if across else codes(mentors, mentees, LOCATION)
        self.nowhere = np.flatnonzero(self.theirs < 0)
        self.same, self.other, self.unknown = (0, most, half(most)) if across else (most, 0, half(most))
        text = attrgetter("person.department" if across else "person.location")
        self.names: list[list[str]] = [list(map(text, people)) for people in (mentors, mentees)]

    def block(self, rows: slice) -> Points:
        ours = self.ours[rows]
        points = np.where(ours[:, None] == self.theirs, np.int16(self.same), np.int16(self.other))
        points[ours < 0] = self.unknown
        points[:, self.nowhere] = self.unknown
        return points

    def pairs(self, i: Index, j: Index) -> Points:
        ours, theirs = self.ours[i], self.theirs[j]
        points = np.where(ours == theirs, self.same, self.other)
        return np.where((ours < 0) | (theirs < 0), self.unknown, points)

    def facts(self, i: int, j: int) -> tuple[str, ...]:
        pair = (self.names[0][i], self.names[1][j])
        return pair if pair[0] and pair[1] else ()


class Wishes:
    """Ranked wishes, half of the points for each side: all of it for a first wish, then 3/4, 1/2, 1/4.

    Whoever names no wishes is neutral. Facts: "mentor:rank" and "mentee:rank" where one wished for the other.
    """

    def __init__(self, most: int, mentors: People, mentees: People) -> None:
        self.points = np.array([(most * quarters + 4) // 8 for quarters in range(9)], np.int16)
        self.our_base = _wish_base(mentors)
        self.their_base = _wish_base(mentees)
        row_of = {p.person.id: row for row, p in enumerate(mentors)}
        column_of = {p.person.id: column for column, p in enumerate(mentees)}
        self.ranks: dict[tuple[int, int], tuple[int, int]] = {}  # rank from 1 by mentor and by mentee, 0 for none
        for i, p in enumerate(mentors):
            for rank, wished in enumerate(p.confidence.wished, 1):
                if wished in column_of:
                    self.ranks.setdefault((i, column_of[wished]), (rank, 0))
        for j, p in enumerate(mentees):
            for rank, wished in enumerate(p.confidence.wished, 1):
                if wished in row_of:
                    ours, theirs = self.ranks.get((row_of[wished], j), (0, 0))
                    self.ranks[row_of[wished], j] = (ours, theirs or rank)
        cells = sorted(self.ranks)
        self.rows = np.array([i for i, _ in cells], np.intp)
        self.columns = np.array([j for _, j in cells], np.intp)
        self.extra = np.array([sum(map(_quarters, self.ranks[cell])) for cell in cells], np.int8)

    def block(self, rows: slice) -> Points:
        ours = self.our_base[rows]
        if not len(self.rows) and not (self.our_base == 0).any() and not (self.their_base == 0).any():
            return np.full((len(ours), len(self.their_base)), self.points[2 * _NO_WISHES])
        quarters = ours[:, None] + self.their_base
        first, last = np.searchsorted(self.rows, [rows.start, rows.start + len(ours)])
        quarters[self.rows[first:last] - rows.start, self.columns[first:last]] += self.extra[first:last]
        points: Points = self.points[quarters]
        return points

    def pairs(self, i: Index, j: Index) -> Points:
        wished = [
            sum(map(_quarters, self.ranks.get(cell, (0, 0)))) for cell in zip(i.tolist(), j.tolist(), strict=True)
        ]
        points: Points = self.points[self.our_base[i] + self.their_base[j] + np.array(wished, np.int8)]
        return points

    def facts(self, i: int, j: int) -> tuple[str, ...]:
        ours, theirs = self.ranks.get((i, j), (0, 0))
        return tuple(f"{side}:{rank}" for side, rank in (("mentor", ours), ("mentee", theirs)) if rank)


def _quarters(rank: int) -> int:
    return 0 if not rank else _WISH[rank - 1] if rank <= len(_WISH) else 1


def _wish_base(people: People) -> NDArray[np.int8]:
    return np.fromiter((0 if p.confidence.wished else _NO_WISHES for p in people), np.int8, len(people))
