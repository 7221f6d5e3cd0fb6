"""What is kept with each published tandem beside its score and reasons: whom its members would have had instead."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence, Set
from dataclasses import replace
from typing import TYPE_CHECKING

from app.domain.drafts import PairIds
from app.domain.ids import EnrolmentId
from app.domain.publishings import Account
from app.domain.tandems import Instead, TandemSide
from app.services.plans import Basis, opened, plan_of
from app.services.protocols import account_of

if TYPE_CHECKING:
    from app.pairing.alternatives import Alternative
    from app.pairing.plan import Plan
    from app.pairing.rounds import Round
    from app.pairing.second_best import Found

BY_PLAN = 250_000  # pairs that are possible: up to so many the next best plan of each tandem is sought
ONE_BY_ONE = 2500  # where a plan has to be solved anew for each of them
AT_ONCE = 8  # tandems from one look at whether it is to go on to the next
Heed = Callable[[], None]


def no_heed() -> None:
    """Nobody gives it up."""


def account_to_publish(
    basis: Basis, round_: Round, plan: Plan, published: Collection[PairIds], heed: Heed = no_heed
) -> Account:
    """How the plan came to be, with whom everybody in those of its pairs that are published would have instead."""
    account = account_of(basis, round_, plan)
    wanted = set(published)
    of_plan = [ids for ids in plan.ids() if ids in wanted]
    found = instead(round_, [one.ids for one in account.pairs], of_plan, heed, None if plan is round_.plan else plan)
    return replace(account, pairs=tuple(replace(one, instead=found.get(one.ids, ())) for one in account.pairs))


def solved_to_publish(basis: Basis, published: Collection[PairIds], heed: Heed = no_heed) -> Account:
    """As ``account_to_publish``, of the basis solved anew."""
    round_ = opened(basis)
    return account_to_publish(basis, round_, plan_of(round_, basis.draft.method), published, heed)


def instead(
    round_: Round,
    pairs: Collection[PairIds],
    wanted: Sequence[PairIds],
    heed: Heed = no_heed,
    stable: Plan | None = None,
) -> dict[PairIds, tuple[Instead, ...]]:
    """Whom the two of each wanted pair of the plan's would have in the best plan without it; where that leaves one
    alone, or the pair was kept or there are too many to seek plans for, the allowed partner with the most points
    besides their own. ``stable``: the plan, where it is a stable one, and so is then the one without the tandem.
    ``heed`` is called every tenth of a second or so, it may raise."""
    from app.pairing import second_stable

    planned: dict[PairIds, Alternative] = {}
    if len(round_.mentors) * len(round_.mentees) <= (ONE_BY_ONE if stable or round_.seats.market is None else BY_PLAN):
        for start in range(0, len(wanted), AT_ONCE):
            heed()
            some = wanted[start : start + AT_ONCE]
            planned |= round_.alternatives(some) if stable is None else second_stable.alternatives(round_, stable, some)
    mentors, mentees = round_.second_best(pairs)
    had, found = set(pairs), {}
    for pair in wanted:
        plan = planned.get(pair)
        gets = (None, None) if plan is None else (plan.mentor_gets, plan.mentee_gets)
        both = (
            _planned(round_, TandemSide.MENTOR, pair[0], gets[0], had) or _best(TandemSide.MENTOR, mentors, pair[0]),
            _planned(round_, TandemSide.MENTEE, pair[1], gets[1], had) or _best(TandemSide.MENTEE, mentees, pair[1]),
        )
        found[pair] = tuple(one for one in both if one is not None)
    return found


def _planned(
    round_: Round, side: TandemSide, who: EnrolmentId, planned: EnrolmentId | None, had: Set[PairIds]
) -> Instead | None:
    """Who takes the partner's place in the best plan without the pair; nobody whom ``who`` has already, as somebody
    with several mentees may where another plan than the best is published."""
    if planned is None:
        return None
    pair = (who, planned) if side is TandemSide.MENTOR else (planned, who)
    if pair in had or pair[0] not in round_.grid.row or pair[1] not in round_.grid.column:  # or would change sides
        return None
    return Instead(side, planned, round_.check(pair).score)


def _best(side: TandemSide, found: Found, who: EnrolmentId) -> Instead | None:
    return Instead(side, *found[who]) if who in found else None
