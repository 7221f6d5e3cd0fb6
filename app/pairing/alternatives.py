"""An alternative for each pair of a plan: the best plan without it, whom the two would get, and what it costs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from app.domain.ids import EnrolmentId
from app.pairing.grid import Grid
from app.pairing.market import Market
from app.pairing.proposals import PairIds, Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """Whom the two of ``pair`` would get in the best plan without it; None where nobody.

    ``mentor_gets`` is somebody whom the mentor has not got already. ``pairs_lost``, ``points_lost``: what the whole
    plan has less; points may be below 0 where a pair is lost.
    """

    pair: PairIds
    mentor_gets: EnrolmentId | None
    mentee_gets: EnrolmentId | None
    pairs_lost: int
    points_lost: int


def compared(plan: Plan, other: Plan, pair: PairIds, *, mutual: bool = True) -> Alternative:
    """The alternative that ``other``, a plan without ``pair``, gives; with ``mutual`` on either side."""
    return between(pair, plan.ids(), other.ids(), plan.total - other.total, mutual=mutual)


def of_market(grid: Grid, market: Market, pairs: Iterable[PairIds]) -> dict[PairIds, Alternative]:
    """Alternatives for pairs of the market's plan, one after the other from where it stands."""
    before = market.pairs()
    ids = tuple([grid.ids(cell) for cell in before])
    found = {}
    for pair in pairs:
        after = market.without((grid.row[pair[0]], grid.column[pair[1]]))
        i, j = np.array([*set(before) - set(after), *set(after) - set(before)], np.intp).reshape(-1, 2).T
        sign = np.where(np.arange(len(i)) < len(set(before) - set(after)), 1, -1)
        lost = int((grid.points(i, j) * sign).sum(dtype=np.int64))
        found[pair] = between(pair, ids, tuple([grid.ids(cell) for cell in after]), lost)
    return found


def between(
    pair: PairIds, before: tuple[PairIds, ...], after: tuple[PairIds, ...], lost: int, *, mutual: bool = False
) -> Alternative:
    """The alternative to ``pair`` that the pairs ``after`` give, in which ``lost`` points less are than ``before``.

    ``mutual``: either of the two may then stand on either side; else who teaches and learns is looked up as one side.
    """
    known = set(before)
    fresh = [other for other in after if other not in known]

    def gets(who: EnrolmentId, side: int) -> EnrolmentId | None:
        for mine in (side, 1 - side)[: 2 if mutual else 1]:
            for other in fresh:
                if other[mine] == who:
                    return other[1 - mine]
        return None

    return Alternative(
        pair=pair,
        mentor_gets=gets(pair[0], 0),
        mentee_gets=gets(pair[1], 1),
        pairs_lost=len(before) - len(after),
        points_lost=lost,
    )
