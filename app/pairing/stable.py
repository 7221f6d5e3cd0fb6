"""Stable pairs: nobody and nobody would rather have each other than whom they have.

Deferred acceptance for the problem of hospitals and residents (Gale and Shapley 1962, American Mathematical Monthly
69): mentees propose, mentors keep the best that their places hold. Of all stable plans this is the best one for every
mentee; the people left over are the same in all of them (Roth 1986, Econometrica 54).
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable

import numpy as np
from numpy.typing import ArrayLike, NDArray

Pairs = list[tuple[int, int]]
Ranks = NDArray[np.int64]


def deferred_acceptance(mentor_ranks: ArrayLike, mentee_ranks: ArrayLike, capacity: ArrayLike) -> Pairs:
    """The stable pairs (mentor, mentee), sorted, that are the best for the mentees.

    ``mentor_ranks``, ``mentee_ranks``: whole numbers, mentors x mentees: how the mentor of the row ranks the mentee of
    the column, and how that mentee ranks the mentor; lower is better, below 0 is no partner at all. Equal ranks go to
    the lower index. ``capacity``: how many mentees each mentor takes.
    """
    theirs, ours = _checked(mentor_ranks, mentee_ranks)
    room = np.asarray(capacity, np.int64).tolist()
    both = (theirs >= 0) & (ours >= 0)
    choices = [
        [int(i) for i in np.argsort(ours[:, j], kind="stable") if both[i, j]][::-1] for j in range(ours.shape[1])
    ]
    kept: list[list[tuple[int, int]]] = [[] for _ in room]  # of each mentor, the worst first: minus rank, minus mentee
    waiting = list(range(len(choices)))[::-1]
    while waiting:
        mentee = waiting.pop()
        while choices[mentee]:
            mentor = choices[mentee].pop()
            if not room[mentor]:
                continue
            heapq.heappush(kept[mentor], (-int(theirs[mentor, mentee]), -mentee))
            if len(kept[mentor]) <= room[mentor]:
                break
            _, refused = heapq.heappop(kept[mentor])
            if refused != -mentee:
                waiting.append(-refused)
                break
    return sorted((mentor, -mentee) for mentor, mentees in enumerate(kept) for _, mentee in mentees)


def blocking_pairs(
    pairs: Iterable[tuple[int, int]], mentor_ranks: ArrayLike, mentee_ranks: ArrayLike, capacity: ArrayLike
) -> Pairs:
    """Pairs outside ``pairs`` in which both would rather have each other, sorted; none where the plan is stable.

    Arguments as for `deferred_acceptance`. Equal ranks are no reason to change, but for the lower index.
    """
    theirs, ours = _checked(mentor_ranks, mentee_ranks)
    room = np.asarray(capacity, np.int64)
    mentors, mentees = theirs.shape
    # Ranks made distinct, so that the lower index wins among equals.
    theirs_full = np.where(theirs >= 0, theirs * mentees + np.arange(mentees), -1)
    ours_full = np.where(ours >= 0, ours * mentors + np.arange(mentors)[:, None], -1)
    never = np.iinfo(np.int64).max
    worst = np.full(mentors, -1, np.int64)  # the rank of the last one that each mentor keeps
    best = np.full(mentees, never, np.int64)
    used = np.zeros(mentors, np.int64)
    chosen = np.zeros(theirs.shape, np.bool_)
    for i, j in pairs:
        chosen[i, j] = True
        used[i] += 1
        worst[i] = max(worst[i], theirs_full[i, j])
        best[j] = ours_full[i, j] if ours_full[i, j] >= 0 else never
    worst[used < room] = never
    worst[room == 0] = -1
    wanted = (theirs >= 0) & (ours >= 0) & ~chosen & (theirs_full < worst[:, None]) & (ours_full < best)
    return [(int(i), int(j)) for i, j in np.argwhere(wanted)]


def _checked(mentor_ranks: ArrayLike, mentee_ranks: ArrayLike) -> tuple[Ranks, Ranks]:
    theirs, ours = np.asarray(mentor_ranks, np.int64), np.asarray(mentee_ranks, np.int64)
    if theirs.ndim != 2 or theirs.shape != ours.shape:
        raise ValueError(f"ranks {theirs.shape} and {ours.shape} must be two matrices of one shape")
    return theirs, ours
