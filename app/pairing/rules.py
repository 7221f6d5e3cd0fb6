"""The rules a pair must not break, for all pairs at once.

A rule about something unknown (no level, no team, no language stated) is not broken.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

import numpy as np
from numpy.typing import NDArray

from app.domain.ids import PersonId
from app.domain.programmes import Programme, ProgrammeKind, Rule, Strictness
from app.pairing.participants import PROJECT, TEAM, Codes, Participant, People, codes, language_key, levels

Supervisors = Mapping[PersonId, PersonId | None]
Broken = NDArray[np.uint16]  # mentors x mentees; bit k stands for RULES[k], bit RULED_OUT for a ban

RULES = tuple(Rule)
RULED_OUT = len(RULES)
_BLOCK = 256
_FIRST = np.array([(value & -value).bit_length() - 1 if value else RULED_OUT + 1 for value in range(2 << RULED_OUT)])


def bit(rule: Rule) -> int:
    return 1 << RULES.index(rule)


def strictness(programme: Programme, rule: Rule) -> Strictness:
    """As the programme sets it; but nobody is ever paired with themselves."""
    return Strictness.HARD if rule is Rule.SAME_PERSON else programme.rule(rule)


def hard_bits(programme: Programme) -> int:
    """The bits that forbid a pair."""
    hard = sum(bit(rule) for rule in RULES if strictness(programme, rule) is Strictness.HARD)
    return hard | 1 << RULED_OUT


def in_order(bits: int) -> tuple[Rule, ...]:
    """The rules of a cell, in order of telling."""
    return tuple(rule for rule in RULES if bits & bit(rule))


def first_rule(bits: NDArray[np.uint16]) -> NDArray[np.intp]:
    """For each cell the index of the first rule in it, RULED_OUT + 1 where there is none."""
    return _FIRST[bits]


def broken_rules(programme: Programme, mentors: People, mentees: People, supervisors: Supervisors) -> Broken:
    """Which rules each pair breaks, hard ones and those that only warn; rules that are off are left out.

    SUPERVISION: one is anywhere above the other in the line of ``supervisors``, which should hold the whole roster;
    cycles in it are not followed. RIVALRY, VETO: stated by either. SAME_TEAM: team, department and organisation.
    LANGUAGE: both state languages and share none. LEVEL: in reverse programmes the mentor is not below the mentee, in
    classic ones not above.
    """
    broken = np.zeros((len(mentors), len(mentees)), np.uint16)
    if not broken.size:
        return broken
    on = {rule for rule in RULES if strictness(programme, rule) is not Strictness.OFF}
    _mark_few(broken, on, mentors, mentees, supervisors)
    tests = _dense_tests(programme.kind, on, mentors, mentees)
    for start in range(0, len(mentors), _BLOCK):
        rows = slice(start, start + _BLOCK)
        for rule, test in tests.items():
            broken[rows] |= test(rows) * np.uint16(bit(rule))
    return broken


def _mark_few(broken: Broken, on: Collection[Rule], mentors: People, mentees: People, supervisors: Supervisors) -> None:
    """The rules that few pairs break, pair by pair."""
    row_of = {p.person.id: row for row, p in enumerate(mentors)}
    column_of = {p.person.id: column for column, p in enumerate(mentees)}
    named: dict[Rule, Callable[[Participant], Collection[PersonId]]] = {
        Rule.SAME_PERSON: lambda p: (p.person.id,),
        Rule.RIVALRY: lambda p: p.confidence.rivals,
        Rule.VETO: lambda p: p.confidence.vetoed,
    }
    for rule, names in named.items():
        if rule in on:
            cells = [(i, column_of[other]) for i, p in enumerate(mentors) for other in names(p) if other in column_of]
            cells += [(row_of[other], j) for j, p in enumerate(mentees) for other in names(p) if other in row_of]
            if cells:
                at = np.array(cells).T
                broken[at[0], at[1]] |= np.uint16(bit(rule))
    if Rule.SUPERVISION in on:
        line = {p.person.id: p.person.supervisor for p in (*mentors, *mentees)} | dict(supervisors)
        _mark_lines(broken, line, row_of, column_of)


def _mark_lines(
    broken: Broken, line: Supervisors, row_of: Mapping[PersonId, int], column_of: Mapping[PersonId, int]
) -> None:
    """Everybody goes up their line at once, a step at a time, for as long as somebody is on new ground."""
    people = list(line.keys() | {boss for boss in line.values() if boss is not None})
    place = {person: k for k, person in enumerate(people)}
    nobody = len(people)
    boss_of = np.full(nobody + 1, nobody)
    for person, boss in line.items():
        if boss is not None:
            boss_of[place[person]] = place[boss]
    row_at, column_at = np.full(nobody + 1, -1), np.full(nobody + 1, -1)
    row_at[[place[person] for person in row_of]] = list(row_of.values())
    column_at[[place[person] for person in column_of]] = list(column_of.values())
    flag = np.uint16(bit(Rule.SUPERVISION))
    start = np.flatnonzero((row_at >= 0) | (column_at >= 0))
    now = boss_of[start]
    for _ in range(nobody):  # a line is no longer than that; one that is goes in a circle
        going = (now != nobody) & (now != start)  # who comes back to themselves has been all round
        start, now = start[going], now[going]
        if not len(start):
            break
        for rows, columns in ((row_at[start], column_at[now]), (row_at[now], column_at[start])):
            met = (rows >= 0) & (columns >= 0)
            broken[rows[met], columns[met]] |= flag
        now = boss_of[now]


def _dense_tests(
    kind: ProgrammeKind, on: Collection[Rule], mentors: People, mentees: People
) -> dict[Rule, Callable[[slice], NDArray[np.bool_]]]:
    """The rules that are a comparison of two numbers: rows of mentors -> rows x mentees, True where broken."""
    tests: dict[Rule, Callable[[slice], NDArray[np.bool_]]] = {}
    for rule, fields in ((Rule.SAME_TEAM, TEAM), (Rule.SAME_PROJECT, PROJECT)):
        if rule in on:
            tests[rule] = _same(*codes(mentors, mentees, fields))
    if Rule.LANGUAGE in on:
        tests[Rule.LANGUAGE] = _no_common_language(mentors, mentees)
    if Rule.LEVEL in on and kind is not ProgrammeKind.MUTUAL:
        tests[Rule.LEVEL] = _wrong_way_round(kind, levels(mentors), levels(mentees))
    return tests


def _same(ours: Codes, theirs: Codes) -> Callable[[slice], NDArray[np.bool_]]:
    def test(rows: slice) -> NDArray[np.bool_]:
        same: NDArray[np.bool_] = ours[rows, None] == theirs
        return same

    return test


def _no_common_language(mentors: People, mentees: People) -> Callable[[slice], NDArray[np.bool_]]:
    number: dict[str, int] = {}
    spoken: dict[tuple[str, ...], set[int]] = {}
    for p in (*mentors, *mentees):
        names = p.person.languages
        if names not in spoken:
            spoken[names] = {number.setdefault(language_key(name), len(number)) for name in names if name}
    width = len(number) // 63 + 1  # 63 languages in an integer
    mask_of = {names: [0] * width for names in spoken}
    for names, numbers in spoken.items():
        for language in numbers:
            mask_of[names][language // 63] |= 1 << language % 63

    def masks(people: People) -> NDArray[np.int64]:
        return np.array([mask_of[p.person.languages] for p in people], np.int64)

    ours, theirs = masks(mentors), masks(mentees)
    we_state, they_state = (ours != 0).max(axis=1), (theirs != 0).max(axis=1)

    def test(rows: slice) -> NDArray[np.bool_]:
        none: NDArray[np.bool_] = we_state[rows, None] & they_state
        for word in range(width):
            none &= (ours[rows, word, None] & theirs[:, word]) == 0
        return none

    return test


def _wrong_way_round(
    kind: ProgrammeKind, ours: NDArray[np.int8], theirs: NDArray[np.int8]
) -> Callable[[slice], NDArray[np.bool_]]:
    def test(rows: slice) -> NDArray[np.bool_]:
        mine = ours[rows, None]
        wrong = mine <= theirs if kind is ProgrammeKind.REVERSE else mine >= theirs
        both: NDArray[np.bool_] = wrong & (mine > 0) & (theirs > 0)
        return both

    return test
