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


def _share(most: int, part: Points, whole: Points) -> Points:
    """``most`` times part / whole, rounded half up, in whole numbers; half of it where whole is 0."""
    bottom = np.maximum(whole, 1)
    points: Points = (np.uint32(2 * most) * part.astype(np.uint32) + bottom) // (2 * bottom)
    if (whole == 0).any():
        points[np.broadcast_to(whole == 0, points.shape)] = half(most)
    return points


class Skills:
    """How much of what the mentees seek the mentors offer.

    A gap reaches from what the mentee already offers in the topic (0 if nothing) up to the level sought. It weighs
    its levels times its priority; a mentor covers the levels of it that they have. Points = most * covered / all gaps.
    Facts: "topic:level offered:level sought" per gap, the heaviest first.
    """

    def __init__(self, most: int, mentors: People, mentees: People, direction: str = "") -> None:
        self.most, self.direction = most, direction
        self.offers = [by_topic(p.person.skills, Side.OFFERED) for p in mentors]
        self.gaps = [_gaps(p.person) for p in mentees]
        sought = {gap[0] for mine in self.gaps for gap in mine}
        place = {t: k for k, t in enumerate(sorted(sought & {t for mine in self.offers for t in mine}))}
        # One column for each level of each topic. Sums of small whole numbers are exact in float32.
        steps, width = np.arange(_LEVELS), len(place) * _LEVELS
        has = np.zeros((len(mentors), len(place)), np.int8)
        cells = [(i, place[t], s.level) for i, mine in enumerate(self.offers) for t, s in mine.items() if t in place]
        if cells:
            i, k, level = np.array(cells).T
            has[i, k] = level
        self.have = (has[:, :, None] > steps).reshape(len(mentors), width).astype(np.float32)
        wants = np.zeros((len(mentees), len(place), _LEVELS), np.float32)
        gaps = [(j, place[t], *rest) for j, mine in enumerate(self.gaps) for t, *rest in mine if t in place]
        if gaps:
            j, k, own, target, priority = np.array(gaps).T
            wants[j, k] = ((own[:, None] <= steps) & (steps < target[:, None])) * priority[:, None]
        self.want = wants.reshape(len(mentees), width)
        whole = [sum([(target - own) * priority for _, own, target, priority in mine]) for mine in self.gaps]
        self.whole = np.array(whole, np.uint32)

    def block(self, rows: slice) -> Points:
        return _share(self.most, self.have[rows] @ self.want.T, self.whole)

    def pairs(self, i: Index, j: Index) -> Points:
        return _share(self.most, np.einsum("pk,pk->p", self.have[i], self.want[j]), self.whole[j])

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


class BothWays:
    """Skills both ways, half of the points each, for mutual programmes. Facts of the way back end in ":back"."""

    def __init__(self, most: int, mentors: People, mentees: People) -> None:
        self.there = Skills(half(most), mentors, mentees)
        self.back = Skills(most - half(most), mentees, mentors, ":back")

    def block(self, rows: slice) -> Points:
        back = self.back
        return self.there.block(rows) + _share(back.most, back.want[rows] @ back.have.T, back.whole[rows, None])

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
        place = {phrase: k for k, phrase in enumerate(common)}
        answers: dict[str, list[int]] = {}
        for phrase, match in common.items():
            for other in match:
                answers.setdefault(other, []).append(place[phrase])
        self.ours = _ones(
            [(i, k) for i, said in enumerate(ours) for phrase in said for k in answers.get(phrase, ())],
            (len(mentors), len(place)),
        )
        self.theirs = _ones(
            [(j, place[phrase]) for j, said in enumerate(theirs) for phrase in said if phrase in place],
            (len(mentees), len(place)),
        )
        self.place, self.said = place, theirs
        self.our_count = np.fromiter((min(len(p), FULL_INTERESTS) for p in ours), np.uint32, len(mentors))
        self.their_count = np.fromiter((min(len(p), FULL_INTERESTS) for p in theirs), np.uint32, len(mentees))

    def block(self, rows: slice) -> Points:
        whole = np.minimum(self.our_count[rows, None], self.their_count)
        return _share(self.most, np.minimum(self.ours[rows] @ self.theirs.T, whole), whole)

    def pairs(self, i: Index, j: Index) -> Points:
        whole = np.minimum(self.our_count[i], self.their_count[j])
        return _share(self.most, np.minimum(np.einsum("pk,pk->p", self.ours[i], self.theirs[j]), whole), whole)

    def facts(self, i: int, j: int) -> tuple[str, ...]:
        place, ours = self.place, self.ours
        return tuple([text for key, text in self.said[j].items() if key in place and ours[i, place[key]]])


def _ones(cells: list[tuple[int, int]], shape: tuple[int, int]) -> NDArray[np.float32]:
    matrix = np.zeros(shape, np.float32)
    if cells:
        at = np.array(cells).T
        matrix[at[0], at[1]] = 1
    return matrix


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
        whole = np.full_like(apart, FULL_DISTANCE)
        whole[0], whole[:, 0] = 0, 0
        self.table = _share(most, apart.clip(0, FULL_DISTANCE), whole).astype(np.int16)

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
        self.same, self.other, self.unknown = (0, most, half(most)) if across else (most, 0, half(most))
        text = attrgetter("person.department" if across else "person.location")
        self.names: list[list[str]] = [list(map(text, people)) for people in (mentors, mentees)]

    def block(self, rows: slice) -> Points:
        ours = self.ours[rows]
        points = np.where(ours[:, None] == self.theirs, np.int16(self.same), np.int16(self.other))
        points[ours < 0] = self.unknown
        points[:, self.theirs < 0] = self.unknown
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
