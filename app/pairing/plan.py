"""The way in: people and a programme in, a plan with its reasons out.

    plan = propose(programme, participants, supervisors=line)       # who with whom, why, and who is left over
    check = examine(programme, mentor, mentee, supervisors=line)    # one pair, chosen by hand

Pure and deterministic: the same people give the same plan in whatever order they come, for everything is put in the
order of enrolment ids first and ties go to the lower ids. Who goes on working with a plan takes a `rounds.Round`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from app.domain.programmes import Programme
from app.pairing.explain import LeftOver, reasons
from app.pairing.participants import Participant
from app.pairing.proposals import Method, PairCheck, PairIds, Plan, ProposedPair
from app.pairing.roll import Roll
from app.pairing.rounds import Round
from app.pairing.rules import Rules, Supervisors, hard_bits, in_order
from app.pairing.scores import Scores

__all__ = ["LeftOver", "Method", "PairCheck", "Participant", "Plan", "ProposedPair", "examine", "propose"]


def examine(programme: Programme, mentor: Participant, mentee: Participant, *, supervisors: Supervisors) -> PairCheck:
    """One pair by the programme's rules and weights, whether they have room or not.

    ``supervisors``: the line of the whole roster.
    """
    roll, rows, columns = Roll([mentor, mentee]), np.array([0]), np.array([1])
    rules = Rules(programme, roll, rows, columns, supervisors)
    broken = int(rules.block(np.array([0]))[0, 0])
    hard = hard_bits(programme)
    at = np.array([0])
    found = reasons(Scores(programme, roll, rows, columns), at, at)[0]
    return PairCheck(
        blocked_by=in_order(broken & hard),
        warnings=in_order(broken & ~hard),
        score=sum(reason.points for reason in found),
        reasons=found,
        unmet=rules.unmet(0, 0),
    )


def propose(
    programme: Programme,
    participants: Iterable[Participant],
    *,
    supervisors: Supervisors,
    locked: Iterable[PairIds] = (),
    banned: Iterable[PairIds] = (),
    existing: Iterable[PairIds] = (),
    quality_first: bool = False,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Plan:
    """The best plan by the programme's rules and weights; arguments and Faults as for `rounds.Round`."""
    return Round(
        programme,
        participants,
        supervisors=supervisors,
        existing=existing,
        locked=locked,
        banned=banned,
        quality_first=quality_first,
        progress=progress,
        cancelled=cancelled,
    ).plan
