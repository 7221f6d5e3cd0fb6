"""How a plan came to be, in figures that anybody may see: no veto and no rivalry is named, both count as one reason.

The checksum is SHA-256 of everything the plan rests on, in one canonical form (JSON, keys sorted, people by enrolment
id): the same people, rules, decisions and method give the same checksum in whatever order they come, and whenever.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from app.domain.ids import EnrolmentId, PersonId
from app.domain.programmes import Criterion, Number, Programme, Rule, Strictness
from app.domain.tandems import Reason
from app.pairing.grid import Grid
from app.pairing.lines import cycles
from app.pairing.participants import Participant
from app.pairing.proposals import Method, Plan
from app.pairing.rounds import Round
from app.pairing.rules import RULED_OUT, RULES, bit, strictness

CONFIDENTIAL, BY_HAND = "confidential", "ruled_out"
_HIDDEN = frozenset({Rule.RIVALRY, Rule.VETO})
_VERSION = 2  # of the canonical form


@dataclass(frozen=True, slots=True, kw_only=True)
class Excluded:
    """How many pairs a rule touches; ``reason``: a Rule's word, CONFIDENTIAL or BY_HAND. One pair may count often."""

    reason: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What a criterion counts: its weight 0 to 10 and the most points it gives, of 1000."""

    criterion: Criterion
    weight: int
    points: int
    must: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PairLine:
    """The arithmetic of one pair; ``warnings`` in the words of `Excluded.reason`."""

    mentor: EnrolmentId
    mentee: EnrolmentId
    score: int
    reasons: tuple[Reason, ...]
    warnings: tuple[str, ...]
    locked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Protocol:
    """``candidates``: all pairs of a mentor with a place and a mentee without a tandem; of these ``excluded`` by hard
    rules and ``warned`` by the others. ``cycles``: records of superiors that run in a circle."""

    programme: Programme
    people: int
    mentors: int
    mentees: int
    places: int
    existing: int
    candidates: int
    allowed: int
    excluded: tuple[Excluded, ...]
    warned: tuple[Excluded, ...]
    shares: tuple[Share, ...]
    pairs: tuple[PairLine, ...]
    left_mentors: int
    left_mentees: int
    total: int
    free_places: int
    locked: int
    quality_first: bool
    proved: bool
    method: Method
    cycles: int
    checksum: str


def protocol(round_: Round, plan: Plan | None = None) -> Protocol:
    """The facts of a round's ``plan``, its own if left out."""
    told, grid = plan or round_.plan, round_.grid
    counts, allowed, candidates = _counts(grid)
    hard = {rule: strictness(grid.programme, rule) is Strictness.HARD for rule in RULES}
    most = grid.scores.most
    return Protocol(
        programme=grid.programme,
        people=len(grid.people),
        mentors=len(grid.mentors),
        mentees=len(grid.mentees),
        places=int(grid.room.sum()),
        existing=len(grid.existing),
        candidates=candidates,
        allowed=allowed,
        excluded=_excluded(counts, {rule for rule in RULES if hard[rule]}, by_hand=True),
        warned=_excluded(counts, {rule for rule in RULES if not hard[rule]}, by_hand=False),
        shares=tuple(
            Share(
                criterion=criterion,
                weight=grid.programme.weight(criterion),
                points=most.get(criterion, 0),
                must=grid.programme.must(criterion),
            )
            for criterion in Criterion
        ),
        pairs=tuple(
            PairLine(
                mentor=pair.mentor,
                mentee=pair.mentee,
                score=pair.score,
                reasons=pair.reasons,
                warnings=tuple(dict.fromkeys(neutral(rule) for rule in pair.warnings)),
                locked=pair.locked,
            )
            for pair in told.pairs
        ),
        left_mentors=len(told.left_mentors),
        left_mentees=len(told.left_mentees),
        total=told.total,
        free_places=told.free_places,
        locked=sum(pair.locked for pair in told.pairs),
        quality_first=told.quality_first,
        proved=told.proved,
        method=told.method,
        cycles=len(cycles(grid.supervisors)),
        checksum=checksum(round_, told.method),
    )


def neutral(rule: Rule) -> str:
    """The rule's word, CONFIDENTIAL for rivals and vetoes alike."""
    return CONFIDENTIAL if rule in _HIDDEN else rule.value


def _counts(grid: Grid) -> tuple[dict[int, int], int, int]:
    """How many pairs have each combination of bits; how many are allowed; how many there are, oneself left out."""
    found: dict[int, int] = {}
    for _, _, broken in grid.blocks():
        # In a mutual programme two people are one pair.
        pairs = broken[np.triu(grid.possible(), 1)] if grid.mutual else broken
        values, many = np.unique(pairs, return_counts=True)
        for value, count in zip(values.tolist(), many.tolist(), strict=True):
            found[value] = found.get(value, 0) + count
    own = bit(Rule.SAME_PERSON)
    found = {value: count for value, count in found.items() if not value & own}
    allowed = sum(count for value, count in found.items() if not value & int(grid.rules.hard))
    return found, allowed, sum(found.values())


def _excluded(counts: Mapping[int, int], rules: set[Rule], *, by_hand: bool) -> tuple[Excluded, ...]:
    groups = {neutral(rule): 0 for rule in RULES if rule in rules}
    for rule in rules:
        groups[neutral(rule)] |= bit(rule)
    if by_hand:
        groups[BY_HAND] = 1 << RULED_OUT
    told = {reason: sum(count for value, count in counts.items() if value & bits) for reason, bits in groups.items()}
    return tuple([Excluded(reason=reason, count=count) for reason, count in told.items() if count])


def checksum(round_: Round, method: Method = Method.BEST) -> str:
    """64 hexadecimal digits for all that the round's plan by this method rests on."""
    return hashlib.sha256(canonical(round_, method).encode("utf-8")).hexdigest()


def canonical(round_: Round, method: Method) -> str:
    """All that the plan rests on as one line of JSON; it holds what is confidential, so it is only hashed."""
    grid = round_.grid
    line = {str(person): str(boss) for person, boss in _above(grid).items()}
    content = {
        "version": _VERSION,
        "method": method.value,
        "kind": grid.programme.kind.value,
        "rules": {rule.value: strictness(grid.programme, rule).value for rule in Rule},
        "weights": {criterion.value: grid.programme.weight(criterion) for criterion in Criterion},
        "numbers": {number.value: grid.programme.number(number) for number in Number},
        "musts": sorted(grid.programme.musts),
        "people": [_person(p) for p in grid.people],
        "line": line,
        "existing": sorted(grid.existing),
        "locked": sorted(round_.locked),
        "banned": sorted(round_.banned),
        "quality_first": round_.quality_first,
    }
    return json.dumps(content, sort_keys=True, ensure_ascii=True, separators=(",", ":"))


def _above(grid: Grid) -> dict[PersonId, PersonId]:
    """The superiors of those who take part, and theirs, to the top: other lines change no plan."""
    found: dict[PersonId, PersonId] = {}
    for p in grid.people:
        person = p.person.id
        while person not in found and (boss := grid.supervisors.get(person)) is not None:
            found[person] = boss
            person = boss
    return found


def _person(p: Participant) -> list[object]:
    person, boss = p.person, p.boss
    return [
        p.enrolment.id, person.id, p.enrolment.role.value, p.capacity, person.organisation, person.department,
        person.team, person.project, person.level, person.supervisor, person.location,
        person.entry_date.isoformat() if person.entry_date else "", list(person.languages), list(person.interests),
        person.availability, sorted([one.topic, one.side.value, one.level, one.priority] for one in person.skills),
        sorted(p.confidence.rivals), sorted(p.confidence.vetoed), list(p.confidence.wished), sorted(p.earlier),
        [boss.id, boss.organisation, boss.department, boss.team, boss.supervisor] if boss else [], p.waited,
    ]  # fmt: skip
