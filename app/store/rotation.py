"""Which copies of a vault stay: close together for today, one a day for a week, one a week for a month."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime

NEWEST = 3
DAYS = 7
WEEKS = 4


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy as the rotation sees it; ``at`` in UTC."""

    name: str
    at: datetime
    schema: int
    verified: bool


def kept(copies: Iterable[Copy]) -> frozenset[str]:
    """The names of the copies that stay.

    These are the newest three; the best of each of the last seven days and the last four weeks that have any (a
    verified one before an unverified one, then the newest); the last verified one; and the last one of every schema,
    since before a migration it is the way back. Days and weeks are counted from copy to copy, never from today: a
    wrong clock removes nothing.
    """
    newest_first = sorted(copies, key=lambda copy: (copy.at, copy.name), reverse=True)
    stay = {copy.name for copy in newest_first[:NEWEST]}
    stay |= _best(newest_first, lambda copy: copy.at.date(), DAYS)
    stay |= _best(newest_first, lambda copy: copy.at.isocalendar()[:2], WEEKS)
    stay |= _best(newest_first, lambda copy: copy.schema, len(newest_first))
    stay |= _best([copy for copy in newest_first if copy.verified], lambda _: 0, 1)
    return frozenset(stay)


def _best(newest_first: list[Copy], span: Callable[[Copy], Hashable], most: int) -> set[str]:
    """The best copy of each of the first ``most`` spans."""
    found: dict[Hashable, Copy] = {}
    for copy in newest_first:
        of = span(copy)
        if of not in found:
            if len(found) < most:
                found[of] = copy
        elif copy.verified and not found[of].verified:
            found[of] = copy
    return {copy.name for copy in found.values()}
