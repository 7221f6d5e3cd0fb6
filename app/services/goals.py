"""Verbs on the goals of a tandem."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from app.domain.ids import GoalId, TandemId, new_id
from app.domain.meetings import Goal
from app.services.records import edited, present, within
from app.store import goals, tandems
from app.store.vault import Change


def _checked(goal: Goal) -> Goal:
    for level in (goal.baseline, goal.target, goal.now):
        within("goals.level", level, 0, 4)
    return goal


def add(change: Change, /, tandem_id: TandemId, **fields: Any) -> GoalId:
    """Adds a goal; where ``now`` is not given it is the baseline."""
    present(tandems.tandem(change, tandem_id))
    if "now" not in fields and "baseline" in fields:
        fields["now"] = fields["baseline"]
    goal = _checked(edited(Goal(id=GoalId(new_id()), tandem=tandem_id), **fields))
    goals.add_goals(change, [goal])
    return goal.id


def edit(change: Change, /, identity: GoalId, **fields: Any) -> None:
    before = present(goals.goal(change, identity))
    goals.write_goal(change, before, _checked(edited(before, **fields)))


def remove(change: Change, ids: Iterable[GoalId]) -> None:
    goals.remove_goals(change, [present(goals.goal(change, identity)).id for identity in dict.fromkeys(ids)])
