"""Why a pair scores what it scores, and why somebody is left over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from app.domain.ids import EnrolmentId
from app.domain.programmes import Criterion, Rule
from app.domain.tandems import Reason, TandemSide
from app.pairing.roll import Index
from app.pairing.rules import RULES
from app.pairing.scores import Scores

_BARRIERS = (*RULES, None)
BARRIERS = len(_BARRIERS)
_of_fields = tuple.__new__  # what `Reason` itself calls; thousands are made at once


class Cause(StrEnum):
    """Why somebody has no partner."""

    NOBODY_THERE = "nobody_there"  # the other side is empty or has no room
    BLOCKED = "blocked"  # rules block every candidate
    TAKEN = "taken"  # the candidates they could have are better or only placed elsewhere
    TOO_LOW = "too_low"  # quality first, and no allowed candidate scores above 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Barrier:
    """How many candidates are blocked by a rule, each counted under the first rule that blocks it.

    ``rule`` None: ruled out by hand, or the other way round of a tandem that is there.
    """

    rule: Rule | None
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOver:
    """Somebody without a partner: of ``candidates`` with room, ``barriers`` block some, ``allowed`` remain."""

    enrolment: EnrolmentId
    side: TandemSide
    cause: Cause
    candidates: int
    allowed: int
    barriers: tuple[Barrier, ...] = ()


def reasons(
    scores: Scores, i: Index, j: Index, points: Mapping[Criterion, NDArray[np.int16]] | None = None
) -> list[tuple[Reason, ...]]:
    """For row i[k] with column j[k] a Reason per criterion with a weight; their points add up to the pair's score.

    ``points``: as by `Scores.of_pairs`, where they are known. The facts are told in `criteria`, class by class; a
    reason without facts is about something unknown or absent.
    """
    columns = []
    for criterion, given in (scores.of_pairs(i, j) if points is None else points).items():
        most, name = scores.most[criterion], criterion.value
        facts = scores.scorers[criterion].facts(i, j)
        fields = zip(repeat(name), given.tolist(), repeat(most), facts)
        columns.append(list(map(_of_fields, repeat(Reason), fields)))
    return list(zip(*columns, strict=True)) if columns else [()] * len(i)


@lru_cache(maxsize=1024)
def _barrier(place: int, count: int) -> Barrier:
    """Many are blocked by the same rules as often as others."""
    return Barrier(rule=_BARRIERS[place], count=count)


def told(enrolment: EnrolmentId, side: TandemSide, counts: Sequence[int], too_low: bool) -> LeftOver:
    """``counts``: of the candidates blocked by each rule, by hand, and by nothing; see `rules.first_rule`.

    ``too_low``: a score of 0 makes no pair, and nobody who is not blocked has more.
    """
    candidates, allowed = sum(counts), counts[BARRIERS]
    if not candidates:
        cause = Cause.NOBODY_THERE
    elif not allowed:
        cause = Cause.BLOCKED
    elif too_low:
        cause = Cause.TOO_LOW
    else:
        cause = Cause.TAKEN
    barriers = [_barrier(k, count) for k, count in enumerate(counts[:BARRIERS]) if count]
    return LeftOver(
        enrolment=enrolment,
        side=side,
        cause=cause,
        candidates=candidates,
        allowed=allowed,
        barriers=tuple(barriers),
    )
