"""The exact solver: most pairs first, then the highest total, then the lowest indices.

How it stays exact. Every pair gets a whole-number weight: its score above the lowest one, plus a bonus larger than all
scores could ever make up for, so that one pair more always wins. `dense.by_lapx` solves that assignment, for each of
the `groups` that no pair links by itself, in floats that hold all its whole numbers exactly. `prices.certify` then
proves the answer optimal by integer prices (LP duality), and `lowest.lowest` walks from it through the ties, the pairs
that the prices leave equally good, to the plan with the lowest indices. For large matrices `sparse.by_few_pairs` finds
assignment and prices together from a small part of the pairs. Without lapx, beyond 2**53, or should the proof ever
fail, `augment.augment` solves in integers instead. No perturbation of scores anywhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from app.errors import Bug
from app.pairing.augment import augment
from app.pairing.dense import by_lapx
from app.pairing.groups import Group, groups
from app.pairing.lowest import lowest
from app.pairing.prices import Prices, certify
from app.pairing.sparse import by_few_pairs
from app.pairing.weight import Weight, never

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Weights = NDArray[Any]  # int32, int64 or Python integers, whichever holds the sums exactly

FLOAT_EXACT = 2**53
_WORTH_A_COPY = 0.75  # leave empty rows and columns out where this much or less remains
_LARGE = 8_000_000  # cells from which on a few pairs of each person, priced, are faster than the full matrix
_LARGE_WITH_START = 1_000_000  # the same where something is known about the prices
_BLOCK = 256


def assign(
    score: ArrayLike,
    allowed: ArrayLike,
    *,
    capacity: ArrayLike | None = None,
    locked: Iterable[tuple[int, int]] = (),
    quality_first: bool = False,
) -> list[tuple[int, int]]:
    """The best pairs of mentors (rows) and mentees (columns), as a sorted list of (mentor, mentee).

    ``score``: whole numbers, mentors x mentees, of any size and sign. ``allowed``: bool, same shape; a pair that is
    not allowed takes no part. ``capacity``: how many mentees a mentor takes, 0 or more, 1 each if left out; a mentee
    has at most one mentor. ``locked``: pairs that are in the result whatever they score.

    Most pairs first, then the highest total; with ``quality_first`` the highest total alone, and scores of 0 or less
    are left out. Among equals the plan whose sorted list of pairs comes first: the answer is unique.

    ValueError for shapes that don't fit, and for locks that can't be: a pair not allowed or not there, a mentee
    locked twice, a mentor locked beyond capacity.
    """
    scores, eligible = _matrices(score, allowed)
    room = _room(capacity, scores.shape[0])
    fixed = _locked(locked, eligible, room)
    for mentor, mentee in fixed:
        room[mentor] -= 1
        eligible[:, mentee] = False
    eligible[room <= 0] = False
    if quality_first:
        eligible &= scores > 0
    rows, columns = np.flatnonzero(eligible.any(axis=1)), np.flatnonzero(eligible.any(axis=0))
    if not len(rows):
        return sorted(fixed)
    most = int(min(room[rows].sum(), len(columns)))
    if len(rows) * len(columns) < _WORTH_A_COPY * scores.size:
        scores, eligible, room = scores[np.ix_(rows, columns)], eligible[np.ix_(rows, columns)], room[rows]
    else:
        rows, columns = np.arange(len(room)), np.arange(scores.shape[1])
    # Nobody needs more places than there are people for them; one place is harmless where there is nobody.
    places = np.clip(eligible.sum(axis=1), 1, np.maximum(room, 1)) if room.max() > 1 else np.ones(len(room), np.int64)
    weight = _weights(scores, eligible, most, quality_first)
    owner, prices = best(weight, places, exact_in_float=(most + 1) * weight.top < FLOAT_EXACT)
    owner = lowest(weight, places, owner, prices)
    found = [(int(rows[i]), int(columns[j])) for j, i in enumerate(owner.tolist()) if i >= 0]
    return sorted(found + fixed)


def _matrices(score: ArrayLike, allowed: ArrayLike) -> tuple[Weights, Bools]:
    scores: Weights = np.asarray(score)
    eligible = np.array(allowed)
    if scores.ndim != 2 or eligible.shape != scores.shape:
        raise ValueError(f"score {scores.shape} and allowed {eligible.shape} must be two matrices of one shape")
    if scores.size == 0:
        return np.zeros(scores.shape, np.int64), np.zeros(scores.shape, np.bool_)
    if scores.dtype.kind == "f" and bool((scores == np.rint(scores)).all()) and abs(scores).max() < FLOAT_EXACT:
        scores = scores.astype(np.int64)
    if scores.dtype.kind == "u":
        scores = scores.astype(object if int(scores.max()) >= 2**63 else np.int64)
    if scores.dtype.kind not in "ibO":
        raise ValueError(f"scores must be whole numbers, not {scores.dtype}")
    return scores.astype(np.int64) if scores.dtype.kind == "b" else scores, eligible.astype(np.bool_)


def _room(capacity: ArrayLike | None, mentors: int) -> Ints:
    if capacity is None:
        return np.ones(mentors, np.int64)
    room = np.array(capacity)
    if room.shape != (mentors,):
        raise ValueError(f"capacity {room.shape} must be one number for each of {mentors} mentors")
    if room.size and (room.dtype.kind not in "iu" or int(room.min()) < 0):
        raise ValueError("capacity must be whole numbers of 0 or more")
    return room.astype(np.int64)


def _locked(locked: Iterable[tuple[int, int]], eligible: Bools, room: Ints) -> list[tuple[int, int]]:
    pairs = [(int(mentor), int(mentee)) for mentor, mentee in locked]
    load = np.zeros(len(room), np.int64)
    seen: set[int] = set()
    for mentor, mentee in pairs:
        if not (0 <= mentor < eligible.shape[0] and 0 <= mentee < eligible.shape[1]):
            raise ValueError(f"locked pair {mentor, mentee} is outside the matrix")
        if not eligible[mentor, mentee]:
            raise ValueError(f"locked pair {mentor, mentee} is not allowed")
        if mentee in seen:
            raise ValueError(f"mentee {mentee} is locked twice")
        seen.add(mentee)
        load[mentor] += 1
    if (load > room).any():
        raise ValueError(f"mentor {int(np.argmax(load > room))} is locked beyond capacity")
    return pairs


def _weights(scores: Weights, eligible: Bools, most: int, quality_first: bool) -> Weight:
    """Whole-number weights above 0, -1 where not eligible."""
    low, high = _range(scores, eligible)
    bonus = 0 if quality_first else most * (high - low) + 1 - low
    top = high + bonus
    kind: Any = np.int32 if max(abs(low), abs(bonus), top) < 2**30 else np.int64
    if max(abs(low), abs(bonus), (most + 2) * top) >= 2**62:
        kind = object
    weight = np.empty(scores.shape, kind)
    for start in range(0, len(weight), _BLOCK):
        block = slice(start, start + _BLOCK)
        weight[block] = scores[block]  # what overflows here is not eligible, and overwritten
        weight[block] += bonus
        never(weight[block], ~eligible[block])
    return Weight(weight, top)


def _range(scores: Weights, eligible: Bools) -> tuple[int, int]:
    """The lowest and the highest score of eligible pairs."""
    if scores.dtype == object:
        return int(scores[eligible].min()), int(scores[eligible].max())
    limits = np.iinfo(scores.dtype)
    low, high = limits.max, limits.min
    for start in range(0, len(scores), _BLOCK):
        part, may = scores[start : start + _BLOCK], eligible[start : start + _BLOCK]
        low = min(low, int(np.where(may, part, limits.max).min()))
        high = max(high, int(np.where(may, part, limits.min).max()))
    return low, high


def best(
    weight: Weight, places: Ints, *, exact_in_float: bool, surplus: NDArray[Any] | None = None
) -> tuple[Ints, Prices]:
    """For each column its row or -1 in an optimal assignment, and the prices that prove it (see `prices.certify`).

    ``surplus``: that of the columns in the answer to a similar question, if there is one; it is a start, no more.
    """
    large = weight.shape[0] * weight.shape[1] >= (_LARGE if surplus is None else _LARGE_WITH_START)
    if exact_in_float and large and (found := by_few_pairs(weight, places, surplus)) is not None:
        return found
    if not large and (apart := groups(weight)):
        return _one_by_one(weight, places, apart, exact_in_float)
    owner = by_lapx(weight, places) if exact_in_float else None
    weight.settle()  # not sooner: the solver has the memory for itself
    return _proved(weight.settled(), places, owner)


def _one_by_one(weight: Weight, places: Ints, apart: list[Group], exact_in_float: bool) -> tuple[Ints, Prices]:
    """The same for groups that no pair links: the prices of all of them together prove the whole."""
    owner = np.full(weight.shape[1], -1, np.int64)
    price, surplus = np.zeros(weight.shape[0], weight.dtype), np.zeros(weight.shape[1], weight.dtype)
    for rows, columns in apart:
        part = weight.part(rows, columns)
        mine = by_lapx(part, places[rows]) if exact_in_float else None
        found, (price[rows], surplus[columns]) = _proved(part, places[rows], mine)
        owner[columns] = np.where(found < 0, -1, rows[found])
    return owner, (price, surplus)


def _proved(weight: Weight, places: Ints, owner: Ints | None) -> tuple[Ints, Prices]:
    """``owner`` with its prices, or a better one, should there be none or the proof fail."""
    prices = None if owner is None else certify(weight, places, owner)
    if owner is None or prices is None:
        owner = augment(weight.values, places)
        prices = certify(weight, places, owner)
    if prices is None:
        raise Bug("pairing: the plan could not be proved optimal")
    return owner, prices
