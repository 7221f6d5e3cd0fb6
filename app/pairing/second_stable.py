"""A second look at a stable plan: what else each pair could do, and what would free those left over, by that method.

The best plan's alternatives and ways out say nothing of a stable one, which may have other pairs and fewer of them.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import numpy as np

from app.domain.programmes import Rule, Strictness
from app.pairing.alternatives import Alternative, between
from app.pairing.ordered import rows_and_columns
from app.pairing.proposals import PairIds, Plan
from app.pairing.ranking import stable
from app.pairing.rounds import Round
from app.pairing.ways_out import Loosening, WaysOut

_LOOKS = 5_000_000  # cells that are looked at in all, one stable plan after the other


def alternatives(round_: Round, plan: Plan, pairs: Collection[PairIds] | None = None) -> dict[PairIds, Alternative]:
    """For each pair of the stable ``plan``, or of ``pairs``, that is not locked: what the stable plan without it gives.

    Points may be below 0, for no stable plan has the highest total. None at all where that would take long.
    """
    grid = round_.grid
    wanted = [pair.ids for pair in plan.pairs if not pair.locked and (pairs is None or pair.ids in pairs)]
    if len(wanted) * grid.shape[0] * grid.shape[1] > _LOOKS:
        return {}
    fixed = [grid.cell(pair) for pair in sorted(round_.locked)]
    found = {}
    for pair in wanted:
        cells = stable(grid.with_bans(sorted(round_.banned | {pair})), fixed)
        total = int(grid.points(*rows_and_columns(cells)).sum(dtype=np.int64))
        found[pair] = between(pair, plan.ids(), tuple([grid.ids(cell) for cell in cells]), plan.total - total)
    return found


def ways_out(round_: Round, plan: Plan) -> WaysOut:
    """The round's ways out that give a stable plan more pairs than ``plan`` has, with how many it then has."""
    now, told = len(plan.pairs), round_.ways_out()
    rules: list[Loosening] = []
    for one in told.rules:
        with_it = _pairs_with(round_, one.rules)
        if with_it > max([other.pairs for other in rules if other.rules < one.rules], default=now):
            rules.append(replace(one, pairs=with_it))
    exceptions, most = told.exceptions, now
    if exceptions:
        most = len(round_.changed(locked=round_.locked | set(exceptions)).stable().pairs)
    return replace(
        told,
        rules=tuple(rules),
        exceptions=exceptions if most > now else (),
        pairs_with_exceptions=max(most, now),
    )


def _pairs_with(round_: Round, rules: frozenset[Rule]) -> int:
    eased = {**round_.programme.rules, **dict.fromkeys(rules, Strictness.WARNING)}
    return len(round_.changed(programme=replace(round_.programme, rules=eased)).stable().pairs)
