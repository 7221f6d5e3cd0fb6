"""Why a pair scores what it scores, and why somebody is left over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from app.domain.ids import EnrolmentId
from app.domain.programmes import Criterion, Rule
from app.domain.tandems import Reason, TandemSide
from app.pairing.roll import Index
from app.pairing.rules import RULED_OUT, RULES, first_rule
from app.pairing.scores import Scores

_reason = partial(tuple.__new__, Reason)  # of a tuple of its fields; thousands are made at once


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
        columns.append(list(map(_reason, zip(repeat(name), given.tolist(), repeat(most), facts))))
    return list(zip(*columns, strict=True)) if columns else [()] * len(i)


def told(
    enrolment: EnrolmentId,
    side: TandemSide,
    blocking: NDArray[np.uint16],
    score: NDArray[np.int16],
    low_stays_out: bool,
) -> LeftOver:
    """``blocking``: the hard rules broken with each candidate (bits as in `rules`); ``score``: with each candidate."""
    counts = np.bincount(first_rule(blocking), minlength=RULED_OUT + 2).tolist()
    allowed = counts[RULED_OUT + 1]
    barriers = [Barrier(rule=rule, count=counts[k]) for k, rule in enumerate((*RULES, None)) if counts[k]]
    if not len(blocking):
        cause = Cause.NOBODY_THERE
    elif not allowed:
        cause = Cause.BLOCKED
    elif low_stays_out and not (score[blocking == 0] > 0).any():
        cause = Cause.TOO_LOW
    else:
        cause = Cause.TAKEN
    return LeftOver(
        enrolment=enrolment,
        side=side,
        cause=cause,
        candidates=len(blocking),
        allowed=allowed,
        barriers=tuple(barriers),
    )
