"""Slow, plainly right answers to compare the solver with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

Pairs = list[tuple[int, int]]


def every_plan(allowed: Sequence[Sequence[bool]], room: Sequence[int], mentee: int = 0) -> Iterator[Pairs]:
    """Every set of allowed pairs in which each mentee has at most one mentor and no mentor too many."""
    if not allowed or mentee == len(allowed[0]):
        yield []
        return
    for rest in every_plan(allowed, room, mentee + 1):
        yield rest
        for mentor, places in enumerate(room):
            if allowed[mentor][mentee] and sum(taken == mentor for taken, _ in rest) < places:
                yield [(mentor, mentee), *rest]


def exhaustive(
    score: Sequence[Sequence[int]],
    allowed: Sequence[Sequence[bool]],
    room: Sequence[int],
    locked: Pairs,
    quality_first: bool,
) -> Pairs:
    """The best of all plans that hold the locked pairs."""
    best: tuple[tuple[int, int, Pairs], Pairs] | None = None
    for plan in every_plan(allowed, room):
        pairs = sorted(plan)
        if not set(locked) <= set(pairs):
            continue
        if quality_first and any(score[i][j] <= 0 for i, j in pairs if (i, j) not in locked):
            continue
        total = sum(score[i][j] for i, j in pairs)
        key = (0 if quality_first else -len(pairs), -total, pairs)
        if best is None or key < best[0]:
            best = (key, pairs)
    assert best is not None
    return best[1]
