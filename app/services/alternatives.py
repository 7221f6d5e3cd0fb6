"""What is kept with each published tandem beside its score and reasons: whom its members would have had instead."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from app.domain.drafts import PairIds
from app.domain.ids import EnrolmentId
from app.domain.publishings import Account
from app.domain.tandems import Instead, TandemSide
from app.services.plans import Basis, opened, plan_of
from app.services.protocols import account_of

if TYPE_CHECKING:
    from app.pairing.plan import Plan
    from app.pairing.rounds import Round

BY_PLAN = 250_000  # pairs that are possible: up to so many the next best plan of each tandem is sought
ONE_BY_ONE = 2500  # where a plan has to be solved anew for each of them


def account_to_publish(basis: Basis, round_: Round, plan: Plan) -> Account:
    """How the plan came to be, with whom everybody in it would have instead."""
    account = account_of(basis, round_, plan)
    found = instead(round_, [one.ids for one in account.pairs])
    return replace(account, pairs=tuple(replace(one, instead=found[one.ids]) for one in account.pairs))


def solved_to_publish(basis: Basis) -> Account:
    """As ``account_to_publish``, of the basis solved anew."""
    round_ = opened(basis)
    return account_to_publish(basis, round_, plan_of(round_, basis.draft.method))


def instead(round_: Round, pairs: Collection[PairIds]) -> dict[PairIds, tuple[Instead, ...]]:
    """Whom the two of each pair would have in the best plan without it; where that leaves one alone, or the pair was
    kept or there are too many to seek plans for, the allowed partner with the most points besides their own."""
    size = len(round_.mentors) * len(round_.mentees)
    one_by_one = round_.seats.market is None
    planned = round_.alternatives(pairs) if size <= (ONE_BY_ONE if one_by_one else BY_PLAN) else {}
    mentors, mentees = round_.second_best(pairs)
    found = {}
    for pair in pairs:
        plan = planned.get(pair)
        mentor_gets, mentee_gets = (None, None) if plan is None else (plan.mentor_gets, plan.mentee_gets)
        both = (
            _of_side(round_, TandemSide.MENTOR, pair[0], mentor_gets, mentors.get(pair[0])),
            _of_side(round_, TandemSide.MENTEE, pair[1], mentee_gets, mentees.get(pair[1])),
        )
        found[pair] = tuple(one for one in both if one is not None)
    return found


def _of_side(
    round_: Round,
    side: TandemSide,
    who: EnrolmentId,
    planned: EnrolmentId | None,
    best: tuple[EnrolmentId, int] | None,
) -> Instead | None:
    if planned is not None:
        pair = (who, planned) if side is TandemSide.MENTOR else (planned, who)
        if pair[0] in round_.grid.row and pair[1] in round_.grid.column:  # else the two would change sides
            return Instead(side, planned, round_.check(pair).score)
    return None if best is None else Instead(side, *best)
