"""What two people have in common, feature by feature: skills offered and sought, interests.

A criterion adds up weights over features that a mentor has and a mentee wants. Features that many pairs share go
through one product of matrices (exact: whole numbers below 2**24 in float32), the rare ones are added pair by pair.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from functools import cached_property
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.pairing.roll import Index, Roll, Skills

Points = NDArray[Any]
Fact = tuple[str, ...]

FULL_INTERESTS = 3  # interests in common that give all points of INTERESTS
_LEVELS = 4  # of a skill
_LEVELS_TOLD = [f":{offered}:{sought}" for offered in range(_LEVELS + 1) for sought in range(_LEVELS + 1)]
_ALIKE = 3  # so many people with the same interests on average, and each set of interests is worth a line in memory
_KEPT = 20_000  # pairs whose interests in common are remembered
_COMMON = 1000  # a product takes about so much less for a pair than adding it up by itself
_ONE_BY_ONE = 64  # values for which a line each is made sooner than the different ones are found
_FEW = 128  # features that all go through the product, rare or not

# Added before the fraction is cut off: a half is rounded up. The bit more outweighs what float32 loses on points up to
# 1000, and is too little to lift anything else, as sums of wanting stay below 1000.
_ROUND_UP = np.float32(0.5002)


def half(most: int) -> int:
    return (most + 1) // 2


def scales(most: int, whole: Points) -> tuple[Points, Points]:
    """What to multiply a part by and then add, for its share of ``most`` points; half of them where whole is 0."""
    scale = np.where(whole > 0, most / np.maximum(whole, 1), 0).astype(np.float32)
    return scale, np.where(whole > 0, _ROUND_UP, half(most) + _ROUND_UP).astype(np.float32)


def share(part: Points, scale: Points, offset: Points) -> Points:
    """Whole points, int16; ``part``, float32, is used up."""
    np.multiply(part, scale, out=part)
    np.add(part, offset, out=part)
    return part.astype(np.int16)


def by_value(lines: Callable[[Points], Points], values: Points) -> Points:
    """A line for each of the small whole ``values``; ``lines`` makes those of a column of different ones."""
    if values.dtype == np.bool_:
        values = values.view(np.int8)
    if len(values) <= _ONE_BY_ONE:
        return lines(values[:, None])
    lowest = int(values.min(initial=0))
    raised = values.astype(np.intp) - lowest
    there = np.bincount(raised) > 0
    different = (np.flatnonzero(there) + lowest).astype(values.dtype)
    return lines(different[:, None]).take(np.cumsum(there)[raised] - 1, axis=0)


class Overlap:
    """``has``: rows x features, 0 or 1; ``wants``: features x columns; ``rare``: more features, each by itself."""

    def __init__(self, has: Points, wants: Points, rare: list[tuple[Index, Index, Points]] | None = None) -> None:
        self.has, self.wants, self.rare = has.astype(np.float32), wants.astype(np.float32), rare or []
        self.shape = has.shape[0], wants.shape[1]

    @staticmethod
    def of_tables(has: Points, wants: Points) -> Overlap:
        """``has``: rows x features; ``wants``: columns x features, the weights."""
        both = has.any(axis=0) & wants.any(axis=0)
        return Overlap(has, wants.T) if both.all() else Overlap(has[:, both], wants[:, both].T)

    @staticmethod
    def of_lists(
        shape: tuple[int, int], has: tuple[Index, Index], wants: tuple[Index, Index, Points], features: int
    ) -> Overlap:
        """``has``: (row, feature) each once; ``wants``: (column, feature, weight) each once, all of one length each."""
        some, asked = (np.bincount(who[1], minlength=features) for who in (has, wants))
        together = some * asked
        many = np.count_nonzero(together) > _FEW
        dense = np.flatnonzero(together * _COMMON > shape[0] * shape[1] if many else together)
        place = np.full(features, -1, np.intp)
        place[dense] = np.arange(len(dense))
        table, asking = np.zeros((shape[0], len(dense)), np.float32), np.zeros((len(dense), shape[1]), np.float32)
        common, wanted = place[has[1]] >= 0, place[wants[1]] >= 0
        table[has[0][common], place[has[1][common]]] = 1
        asking[place[wants[1][wanted]], wants[0][wanted]] = wants[2][wanted]
        few = (some > 0) & (asked > 0)
        few[dense] = False
        rare = [
            (has[0][mine], wants[0][theirs], wants[2][theirs].astype(np.float32))
            for mine, theirs in zip(_by_feature(has[1], few), _by_feature(wants[1], few), strict=True)
        ]
        return Overlap(table, asking, rare)

    def part(self, rows: Index) -> Points:
        """The sums of ``rows`` with every column, float32."""
        part = self.has[rows] @ self.wants
        if self.rare:
            place = np.full(self.shape[0], -1, np.intp)
            place[rows] = np.arange(len(rows))
            for having, wanting, weight in self.rare:
                at = place[having]
                at = at[at >= 0]
                if len(at):
                    part[at[:, None], wanting] += weight
        return part


def _by_feature(features: Index, which: NDArray[np.bool_]) -> list[Index]:
    """For each feature of ``which`` where it stands in the list."""
    mine = np.flatnonzero(which[features])
    order = mine[np.argsort(features[mine], kind="stable")]
    cuts = np.flatnonzero(np.diff(features[order])) + 1
    return np.split(order, cuts) if len(order) else []


class SkillsOffered:
    """How much of what the columns' people seek the rows' people offer, by Roll places ``rows`` and ``columns``.

    A gap reaches from what somebody offers already in the topic (0 if nothing) up to the level they seek. It weighs
    its levels times its priority; the partner covers the levels of it that they have. Points = most * covered / whole.
    Facts: "topic:level offered:level sought" per gap, the heaviest first.
    """

    def __init__(self, most: int, roll: Roll, rows: Index, columns: Index) -> None:
        self.skills, self.rows, self.columns = roll.skills, rows, columns
        self.scale, self.offset = scales(most, roll.skills.whole[columns])
        self._overlap: Overlap | None = None

    def worth(self, most: int) -> SkillsOffered:
        """The same criterion for other points; nothing is encoded again."""
        other = copy(self)
        other.scale, other.offset = scales(most, self.skills.whole[self.columns])
        return other

    @property
    def overlap(self) -> Overlap:
        if self._overlap is None:
            self._overlap = _levels_covered(self.skills, self.rows, self.columns)
        return self._overlap

    def block(self, rows: Index) -> Points:
        return share(self.overlap.part(rows), self.scale, self.offset)

    def covered(self, i: Index, j: Index) -> Points:
        """What row i[k] covers of the `wholes` of column j[k], float32."""
        skills, seeker = self.skills, self.columns[j]
        offered = np.minimum(skills.offered[self.rows[i]], skills.target[seeker])
        covered = (offered - skills.offered[seeker]).clip(0) * skills.priority[seeker]
        part: Points = covered.sum(axis=1, dtype=np.float32)
        return part

    def wholes(self) -> Points:
        """All that each column seeks."""
        return self.skills.whole[self.columns]

    def pairs(self, i: Index, j: Index) -> Points:
        return share(self.covered(i, j), self.scale[j], self.offset[j])

    def facts(self, i: Index, j: Index) -> list[Fact]:
        who, topic, target = self._gaps(j)
        offered = self.skills.offered[self.rows[i[who]], topic]
        names, levels = list(map(str, self.skills.topics)), (offered * np.int8(_LEVELS + 1) + target).tolist()
        told = [names[one] + _LEVELS_TOLD[both] for one, both in zip(topic.tolist(), levels, strict=True)]
        ends = np.cumsum(np.bincount(who, minlength=len(j))).tolist()
        return [tuple(told[start:end]) for start, end in zip([0, *ends], ends, strict=False)]

    def _gaps(self, j: Index) -> tuple[Index, Index, NDArray[np.int8]]:
        """Of each of these columns the gaps, the heaviest first, then by topic: who, column of the topic, target."""
        skills, seekers = self.skills, self.columns[j]
        target = skills.target[seekers]
        who, topic = np.nonzero(target)
        sought = target[who, topic]
        weight = (sought - skills.offered[seekers[who], topic]).astype(np.int64) * skills.priority[seekers[who], topic]
        order = np.lexsort((topic, -weight, who))  # topics stand in the order of their ids
        return who[order], topic[order], sought[order]


def _levels_covered(skills: Skills, rows: Index, columns: Index) -> Overlap:
    """A feature is a level of a topic: who has it, and whose gap it lies in."""
    features = len(skills.topics) * _LEVELS
    if features <= _FEW:
        top, own, target = skills.offered[rows], skills.offered[columns], skills.target[columns]
        levels = range(1, _LEVELS + 1)
        gaps = [((own < one) & (target >= one)) * skills.priority[columns] for one in levels]
        return Overlap.of_tables(np.hstack([top >= one for one in levels]), np.hstack(gaps))
    level = np.arange(1, _LEVELS + 1, dtype=np.int8)
    who, topic = np.nonzero(skills.offered[rows])
    top = skills.offered[rows[who], topic]
    k, at = np.nonzero(top[:, None] >= level)
    has = who[k], topic[k] * _LEVELS + at
    seeker, sought = np.nonzero(skills.target[columns])
    own, target = skills.offered[columns[seeker], sought, None], skills.target[columns[seeker], sought, None]
    k, at = np.nonzero((own < level) & (level <= target))
    weight = skills.priority[columns[seeker], sought][k].astype(np.float32)
    wants = seeker[k], sought[k] * _LEVELS + at, weight
    return Overlap.of_lists((len(rows), len(columns)), has, wants, features)


class Interests:
    """Interests in common: whole words, one's phrase within the other's ("Musik" in "klassische Musik").

    All points for as many in common as the shorter list has, at most three. Facts: those of the mentee in common.
    """

    def __init__(self, most: int, roll: Roll, rows: Index, columns: Index) -> None:
        of, self.said = roll.interests
        self.theirs = of[columns]  # classes of people
        numbers: dict[frozenset[str], int] = {}
        sets = [numbers.setdefault(frozenset(one), len(numbers)) for one in self.said]
        self.sets, set_of = list(numbers), np.array(sets, np.intp)
        self._heard: dict[int, set[str]] = {}  # of a set of interests, which phrases of mentees match one of them
        self.our_sets, self.their_sets = set_of[of[rows]], set_of[self.theirs]
        self.count = np.array([min(len(one), FULL_INTERESTS) for one in self.sets], np.intp)
        self.table = _points_in_common(most)
        self._counts: dict[tuple[int, int], int] = {}  # in common, of sets asked for, which are asked for again

    def worth(self, most: int) -> Interests:
        """The same criterion for other points; nothing is encoded again."""
        other = copy(self)
        other.table = _points_in_common(most)
        other.__dict__.pop("lines", None)
        return other

    @cached_property
    def common(self) -> dict[str, set[str]]:
        """Phrases of mentees, and the phrases of mentors that match them."""
        ours, theirs = (
            set(chain.from_iterable([self.sets[k] for k in np.flatnonzero(np.bincount(side)).tolist()]))
            for side in (self.our_sets, self.their_sets)
        )
        return _matches(ours, theirs)

    @cached_property
    def heard_by(self) -> dict[str, list[str]]:
        """Phrases of mentors, and the phrases of mentees that match them."""
        heard_by: dict[str, list[str]] = {}
        for phrase, match in self.common.items():
            for other in match:
                heard_by.setdefault(other, []).append(phrase)
        return heard_by

    @cached_property
    def overlap(self) -> Overlap:
        """Of each set of interests, what it has in common with each column's."""
        number = {phrase: k for k, phrase in enumerate(self.common)}
        asked_by = {other: [number[phrase] for phrase in phrases] for other, phrases in self.heard_by.items()}
        if len(number) <= _FEW:
            return self._by_tables(number, asked_by)
        has = [sorted({k for key in one for k in asked_by.get(key, ())}) for one in self.sets]
        wants = [sorted([number[key] for key in one if key in number]) for one in self.sets]
        i, feature = _spread(has, np.arange(len(has)))
        j, wanted = _spread(wants, self.their_sets)
        shape = len(self.sets), len(self.theirs)
        return Overlap.of_lists(shape, (i, feature), (j, wanted, np.ones(len(j), np.float32)), len(number))

    def _by_tables(self, number: dict[str, int], asked_by: dict[str, list[int]]) -> Overlap:
        """``number``: of the phrases of mentees; ``asked_by``: phrases of mentors, and the numbers that they match."""
        sets_with: dict[str, list[int]] = {}
        for k, one in enumerate(self.sets):
            for key in one:
                sets_with.setdefault(key, []).append(k)
        has, wants = np.zeros((2, len(self.sets), len(number)), np.bool_)
        for key, features in asked_by.items():
            for feature in features:
                has[sets_with[key], feature] = True
        for key, feature in number.items():
            wants[sets_with[key], feature] = True
        return Overlap.of_tables(has, wants[self.their_sets])

    @cached_property
    def lines(self) -> Points:
        """The points of each set with every column."""
        return self._of_sets(np.arange(len(self.sets)))

    def block(self, rows: Index) -> Points:
        if len(self.sets) * _ALIKE <= len(self.our_sets):
            return self.lines.take(self.our_sets[rows], axis=0)
        return by_value(lambda sets: self._of_sets(sets[:, 0]), self.our_sets[rows])

    def _of_sets(self, sets: Index) -> Points:
        part = self.overlap.part(sets)
        np.minimum(part, FULL_INTERESTS, out=part)
        part += (len(self.table) * self.count[self.their_sets]).astype(np.float32)
        part += (self.table[0].size * self.count[sets, None]).astype(np.float32)
        points: Points = self.table.reshape(-1).take(part.astype(np.intp))
        return points

    def pairs(self, i: Index, j: Index) -> Points:
        if "lines" in self.__dict__:
            found: Points = self.lines[self.our_sets[i], j]
            return found
        # Many have the same interests: a set with a set is looked at once.
        ours, theirs = self.our_sets[i], self.their_sets[j]
        both, back = np.unique(ours * len(self.sets) + theirs, return_inverse=True)
        part = np.array([self._in_common(*divmod(one, len(self.sets))) for one in both.tolist()], np.intp)[back]
        points: Points = self.table[self.count[ours], self.count[theirs], np.minimum(part, FULL_INTERESTS)]
        return points

    def _in_common(self, ours: int, theirs: int) -> int:
        """How many of their interests match one of ours; sets by number."""
        count = self._counts.get((ours, theirs))
        if count is None:
            heard = self._heard[ours] if ours in self._heard else self._hears(ours)
            count = len(heard.intersection(self.sets[theirs]))
            if len(self._counts) < _KEPT:
                self._counts[ours, theirs] = count
        return count

    def facts(self, i: Index, j: Index) -> list[Fact]:
        facts: list[Fact] = []
        heard, said = self._heard, self.said
        for one, theirs in zip(self.our_sets[i].tolist(), self.theirs[j].tolist(), strict=True):
            ours = heard[one] if one in heard else self._hears(one)
            facts.append(tuple([text for key, text in said[theirs].items() if key in ours]) if ours else ())
        return facts

    def _hears(self, its_set: int) -> set[str]:
        heard_by = self.heard_by
        heard = set(chain.from_iterable([heard_by[key] for key in self.sets[its_set] if key in heard_by]))
        self._heard[its_set] = heard
        return heard


def _points_in_common(most: int) -> Points:
    """By how many interests the mentor has, how many the mentee, and how many of them they share."""
    counts = np.arange(FULL_INTERESTS + 1)
    scale, offset = scales(most, np.minimum(counts[:, None], counts))
    parts = np.broadcast_to(counts.astype(np.float32), (len(counts),) * 3).copy()
    return np.minimum(share(parts, scale[..., None], offset[..., None]), np.int16(most))


def _spread(features: list[list[int]], classes: Index) -> tuple[Index, Index]:
    """Of everybody, by their class, each feature: who, and which."""
    count = np.array(list(map(len, features)), np.intp)
    flat = np.array(list(chain.from_iterable(features)), np.intp)
    mine = count[classes]
    who = np.repeat(np.arange(len(classes)), mine)
    starts = np.cumsum(count) - count
    at = np.arange(len(who)) - np.repeat(np.cumsum(mine) - mine, mine) + np.repeat(starts[classes], mine)
    return who, flat[at]


def _matches(ours: set[str], theirs: set[str]) -> dict[str, set[str]]:
    """Phrase of a mentee -> the phrases of mentors that match it."""
    with_word: dict[str, set[str]] = {}
    for phrase in ours:
        for word in phrase.split():
            with_word.setdefault(word, set()).add(phrase)
    found: dict[str, set[str]] = {}
    for phrase in sorted(theirs):
        its_words = set(phrase.split())
        near = {other for word in its_words for other in with_word.get(word, ())}
        match = {other for other in near if its_words <= set(other.split()) or its_words >= set(other.split())}
        if match:
            found[phrase] = match
    return found
