"""The rules a pair must not break, for rows of all pairs at once or for chosen pairs alike.

A rule about something unknown (no level, no team, no language stated) is not broken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.domain.ids import PersonId
from app.domain.programmes import Criterion, Number, Programme, ProgrammeKind, Rule, Strictness, default_rules
from app.pairing.criteria import Comparison, in_a_row, rows_of
from app.pairing.lines import above_one_another
from app.pairing.musts import Unmet, unmet
from app.pairing.participants import People
from app.pairing.roll import UNKNOWN, Ids, Index, Roll, cells_of

Supervisors = Mapping[PersonId, PersonId | None]
Broken = NDArray[np.uint16]  # bit k stands for RULES[k], bit RULED_OUT for a ban

RULES = tuple(Rule)
RULED_OUT = len(RULES)
_BIT = {rule: 1 << k for k, rule in enumerate(RULES)}
_SMALL = 20_000  # cells whose bits are found at once and kept, as they are asked for again and again
_KEPT = 1_000_000  # cells whose bits are kept when all of them have been asked for

_each = np.arange(2 << RULED_OUT)
_FIRST = np.full(len(_each), RULED_OUT + 1)
for _bit in range(RULED_OUT, -1, -1):
    _FIRST[_each >> _bit & 1 == 1] = _bit


def bit(rule: Rule) -> int:
    return _BIT[rule]


def strictness(programme: Programme, rule: Rule) -> Strictness:
    """As the programme sets it; but nobody is ever paired with themselves."""
    return Strictness.HARD if rule is Rule.SAME_PERSON else programme.rule(rule)


def _all_strictness(programme: Programme) -> dict[Rule, Strictness]:
    """That of each rule; see `strictness`."""
    return {**default_rules(programme.kind), **programme.rules, Rule.SAME_PERSON: Strictness.HARD}


def hard_bits(programme: Programme) -> int:
    """The bits that forbid a pair."""
    every = _all_strictness(programme)
    return sum([bit(rule) for rule in RULES if every[rule] is Strictness.HARD]) | 1 << RULED_OUT


@lru_cache(maxsize=4096)
def in_order(bits: int) -> tuple[Rule, ...]:
    """The rules of a cell, in order of telling."""
    return tuple(rule for rule in RULES if bits & bit(rule))


def first_rule(bits: Broken) -> NDArray[np.intp]:
    """For each cell the index of the first rule in it, RULED_OUT + 1 where there is none."""
    return _FIRST[bits]


def broken_rules(programme: Programme, mentors: People, mentees: People, supervisors: Supervisors) -> Broken:
    """Which rules each pair breaks, mentors x mentees: hard ones and those that only warn; see `Rules`."""
    roll = Roll([*mentors, *mentees])
    rows = np.arange(len(mentors))
    return Rules(programme, roll, rows, len(rows) + np.arange(len(mentees)), supervisors).block(rows)


class _NearBoss:
    """The mentor's team is the team of the mentee's superior, or the mentor and that superior have one superior.

    The superior themselves is the rule SUPERVISION's. In mutual programmes both are mentees.
    """

    def __init__(self, roll: Roll, rows: Index, columns: Index, mutual: bool) -> None:
        self.roll, self.rows, self.columns, self.mutual = roll, rows, columns, mutual

    def block(self, rows: Index) -> NDArray[Any]:
        return self._test(self.rows[rows, None], self.columns[None])

    def pairs(self, i: Index, j: Index) -> NDArray[Any]:
        return self._test(self.rows[i], self.columns[j])

    def _test(self, ours: Index, theirs: Index) -> NDArray[Any]:
        near = self._one_way(ours, theirs)
        return near | self._one_way(theirs, ours) if self.mutual else near

    def _one_way(self, mentor: Index, mentee: Index) -> NDArray[Any]:
        own, boss, above = self.roll.superiors
        teams, boss_teams = self.roll.teams
        near = self.roll.one_team("teams")(teams[mentor], boss_teams[mentee])
        near |= (boss[mentor] == above[mentee]) & (above[mentee] != UNKNOWN)
        found: NDArray[Any] = near & (own[mentor] != boss[mentee])
        return found


Test = Comparison | _NearBoss | Unmet


class _Compared:
    """The bits of the rules that compare two people, of ``shape`` rows and columns; those of few pairs are kept."""

    def __init__(self, tests: Sequence[tuple[np.uint16, Test]], shape: tuple[int, int]) -> None:
        self.tests, self.shape = tests, shape
        self._kept = self._tested(np.arange(shape[0])) if shape[0] * shape[1] <= _SMALL else None

    def block(self, rows: Index) -> Broken:
        """The bits of ``rows`` x all columns, to be written into."""
        if self._kept is not None:
            return self._kept[rows]
        broken = self._tested(rows)
        if len(rows) == self.shape[0] and broken.size <= _KEPT and in_a_row(rows):
            self._kept = broken.copy()
        return broken

    def _tested(self, rows: Index) -> Broken:
        broken = np.zeros((len(rows), self.shape[1]), np.uint16)
        for flag, test in self.tests:
            if isinstance(test, Comparison):
                broken |= test.block(rows)
            else:
                broken |= test.block(rows) * flag
        return broken

    def pairs(self, i: Index, j: Index) -> Broken:
        if self._kept is not None:
            return self._kept[i, j]
        broken = np.zeros(len(i), np.uint16)
        for flag, test in self.tests:
            found = test.pairs(i, j)
            broken |= found if isinstance(test, Comparison) else found * flag
        return broken


class Rules:
    """The rules of a programme for the roll's places ``rows`` x ``columns``; rules that are off are left out.

    SUPERVISION: one is anywhere above the other in the line of ``supervisors``, which should hold the whole roster;
    cycles in it are not followed. RIVALRY, VETO, PREVIOUS_PAIR: stated by either. SAME_TEAM: team and organisation,
    and the department where both state one. SAME_PROJECT: any of those that a cell names. LANGUAGE: both state
    languages and share none. LEVEL: in reverse programmes the mentor is not below the mentee, in classic ones not
    above. LEVEL_NEAR, LEVEL_FAR: levels apart in that direction, in either one for mutual programmes. NEAR_BOSS: see
    `_NearBoss`. MUST: see `musts`.
    """

    def __init__(
        self,
        programme: Programme,
        roll: Roll,
        rows: Index,
        columns: Index,
        supervisors: Supervisors,
        before: Rules | None = None,
    ) -> None:
        self.programme, self.roll, self.rows, self.columns = programme, roll, rows, columns
        every = _all_strictness(programme)
        self.on = [rule for rule in RULES if every[rule] is not Strictness.OFF]
        self.hard = np.uint16(hard_bits(programme))
        self.musts = {
            criterion: unmet(criterion, programme, roll, rows, columns)
            for criterion in sorted(programme.musts)
            if Rule.MUST in self.on
        }
        # Who is above whom, who sits where, and the cells of the two that are in one line.
        self.lines: tuple[dict[PersonId, PersonId | None], Ids, Ids, Ids] | None = None
        self.tests: list[tuple[np.uint16, Test]] = [(np.uint16(bit(Rule.MUST)), test) for test in self.musts.values()]
        if len(rows) and len(columns):
            self.tests += [(np.uint16(bit(rule)), test) for rule in self.on if (test := self._test(rule)) is not None]
        self._compared = _Compared(self.tests, (len(rows), len(columns)))
        self.cells, self.bits = np.zeros(0, np.int64), np.zeros(0, np.uint16)
        self._note(*self._few(supervisors, before))

    def ruling_out(self, cells: Iterable[tuple[int, int]]) -> Rules:
        """The same rules with bans, as rows and columns."""
        found = np.array(list(cells), np.int64).reshape(-1, 2)
        other = copy(self)
        if len(found):
            other._note(found[:, 0] * len(self.columns) + found[:, 1], 1 << RULED_OUT)
        return other

    def block(self, rows: Index) -> Broken:
        """The bits of ``rows`` x all columns."""
        broken = self._compared.block(rows)
        if in_a_row(rows):
            start = int(rows[0]) * len(self.columns)
            first, last = np.searchsorted(self.cells, [start, start + broken.size])
            broken.reshape(-1)[self.cells[first:last] - start] |= self.bits[first:last]
            return broken
        at, cells = rows_of(self.cells, rows, len(self.columns))
        broken[at, self.cells[cells] % max(1, len(self.columns))] |= self.bits[cells]
        return broken

    def pairs(self, i: Index, j: Index) -> Broken:
        """The bits of row i[k] with column j[k]."""
        broken = self._compared.pairs(i, j)
        if len(self.cells):
            keys = i * len(self.columns) + j
            at = np.minimum(np.searchsorted(self.cells, keys), len(self.cells) - 1)
            broken |= np.where(self.cells[at] == keys, self.bits[at], np.uint16(0))
        return broken

    def of_columns(self, columns: Index) -> Broken:
        """The bits of all rows x a few ``columns``."""
        everybody = np.arange(len(self.rows))
        i, j = np.repeat(everybody, len(columns)), np.tile(columns, len(everybody))  # row by row, the fastest way
        broken = self._compared.pairs(i, j).reshape(len(everybody), -1)
        place = np.full(len(self.columns), -1, np.intp)
        place[columns] = np.arange(len(columns))
        at = place[self.cells % max(1, len(self.columns))]
        there = np.flatnonzero(at >= 0)
        broken[self.cells[there] // max(1, len(self.columns)), at[there]] |= self.bits[there]
        return broken

    def unmet(self, i: int, j: int) -> tuple[Criterion, ...]:
        """The musts that a pair does not meet."""
        pair = np.array([i]), np.array([j])
        return tuple(criterion for criterion in self.musts if self.musts[criterion].pairs(*pair)[0])

    def _note(self, cells: NDArray[np.int64], flags: NDArray[np.int64] | int) -> None:
        """Adds what some cells break; cell and bits are sorted as one number, which is the fastest."""
        both = np.concatenate([self.cells << 16 | self.bits, cells << 16 | flags])
        if not len(both):
            return
        both.sort()
        keys = both >> 16
        first = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]])
        self.cells = keys[first]
        self.bits = np.bitwise_or.reduceat((both & 0xFFFF).astype(np.uint16), first)

    def _few(self, supervisors: Supervisors, before: Rules | None) -> tuple[Ids, Ids]:
        """The cells of rules that few pairs break, with the bit of the rule; a cell may be there more than once."""
        ours, theirs = self.roll.numbers[self.rows], self.roll.numbers[self.columns]
        ones, others, flags = [ours], [ours], [np.full(len(ours), bit(Rule.SAME_PERSON))]
        for rule, what in _STATED.items():
            if rule in self.on:
                said = self.roll.named(what)
                ones += [said.who, said.whom]
                others += [said.whom, said.who]
                flags.append(np.full(2 * len(said.who), bit(rule)))
        cells, flag = cells_of(np.concatenate(ones), np.concatenate(others), ours, theirs), np.concatenate(flags)
        there = cells >= 0
        cells, flag = cells[there], flag[there]
        if Rule.SUPERVISION in self.on:
            in_line = self._in_one_line(supervisors, ours, theirs, before)
            cells = np.concatenate([cells, in_line])
            flag = np.concatenate([flag, np.full(len(in_line), bit(Rule.SUPERVISION))])
        return cells, flag

    def _in_one_line(self, supervisors: Supervisors, ours: Ids, theirs: Ids, before: Rules | None) -> Ids:
        bosses = [person.supervisor for person in self.roll.persons]
        line = dict(zip(self.roll.ids, bosses, strict=True)) | dict(supervisors)
        known = None if before is None else before.lines
        if known and known[0] == line and np.array_equal(known[1], ours) and np.array_equal(known[2], theirs):
            self.lines = known
        else:
            i, j = above_one_another(line, ours, theirs)
            self.lines = line, ours, theirs, i * len(self.columns) + j
        return self.lines[-1]

    def _test(self, rule: Rule) -> Test | None:
        """The rule as a comparison of two values, broken: its bit."""
        roll, flag = self.roll, np.uint16(bit(rule))

        def compared(values: NDArray[Any], test: Callable[[Any, Any], NDArray[Any]]) -> Comparison:
            return Comparison(values[self.rows], values[self.columns], lambda a, b: test(a, b) * flag, lambda *_: [])

        match rule:
            case Rule.SAME_TEAM:
                return compared(roll.team, roll.one_team("team"))
            case Rule.SAME_PROJECT:
                of, shared = roll.projects
                return compared(of, _same if shared is None else lambda a, b: shared[a, b])
            case Rule.SAME_ORGANISATION:
                return compared(roll.organisation, _same)
            case Rule.OTHER_ORGANISATION:
                return compared(roll.organisation, lambda a, b: a != b)
            case Rule.LANGUAGE:
                of, none = roll.languages
                return compared(of, lambda a, b: none[a, b])
            case Rule.LEVEL | Rule.LEVEL_NEAR | Rule.LEVEL_FAR:
                table = _levels_wrong(self.programme, rule)
                return None if table is None else compared(roll.level, lambda a, b: table[a, b])
            case Rule.NEAR_BOSS:
                return _NearBoss(roll, self.rows, self.columns, self.programme.kind is ProgrammeKind.MUTUAL)
            case _:
                return None


_STATED = {Rule.RIVALRY: "rivals", Rule.VETO: "vetoed", Rule.PREVIOUS_PAIR: "earlier"}


def _same(ours: Any, theirs: Any) -> NDArray[Any]:
    same: NDArray[Any] = (ours == theirs) & (ours != UNKNOWN)
    return same


def _levels_wrong(programme: Programme, rule: Rule) -> NDArray[np.bool_] | None:
    """By level of the mentor and of the mentee; 0 is not known. None where the kind has no such rule."""
    known = np.arange(10)
    apart = known[:, None] - known  # in a reverse programme the mentor is the one with the higher number
    if programme.kind is ProgrammeKind.CLASSIC:
        apart = -apart
    elif programme.kind is ProgrammeKind.MUTUAL:
        apart = abs(apart)
        if rule is Rule.LEVEL:
            return None
    match rule:
        case Rule.LEVEL:
            wrong = apart <= 0
        case Rule.LEVEL_NEAR:
            wrong = apart < programme.number(Number.LEVEL_MIN)
        case _:
            wrong = apart > programme.number(Number.LEVEL_MAX)
    wrong[0], wrong[:, 0] = False, False
    return wrong
