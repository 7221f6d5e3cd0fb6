"""Goals of tandems."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.domain.ids import GoalId, ProgrammeId, TandemId
from app.domain.meetings import Goal, GoalOwner
from app.store.columns import day, delete, differences, insert_many, update
from app.store.vault import Change, Row, Source

_COLUMNS = {
    "owner": "owner",
    "topic": "topic_id",
    "title": "title",
    "baseline": "baseline",
    "target": "target",
    "now": "now",
    "review_on": "review_on",
}
_SELECT = "SELECT g.id, g.tandem_id, g.owner, g.topic_id, g.title, g.baseline, g.target, g.now, g.review_on FROM goal g"
_ORDER = "ORDER BY g.tandem_id, g.owner DESC, g.review_on IS NULL, g.review_on, g.id"


def _goal(row: Row) -> Goal:
    return Goal(
        id=row[0],
        tandem=row[1],
        owner=GoalOwner(row[2]),
        topic=row[3],
        title=row[4],
        baseline=row[5],
        target=row[6],
        now=row[7],
        review_on=day(row[8]),
    )


def of_tandem(source: Source, tandem_id: TandemId) -> tuple[Goal, ...]:
    """The goals of a tandem, the earliest review first for each owner."""
    return tuple(_goal(row) for row in source.rows(f"{_SELECT} WHERE g.tandem_id = ? {_ORDER}", (tandem_id,)))


def of_programme(source: Source, programme_id: ProgrammeId) -> dict[TandemId, tuple[Goal, ...]]:
    """The goals of every tandem that has any."""
    by_tandem: dict[TandemId, list[Goal]] = {}
    for row in source.rows(
        f"{_SELECT} JOIN tandem t ON t.id = g.tandem_id WHERE t.programme_id = ? {_ORDER}", (programme_id,)
    ):
        by_tandem.setdefault(row[1], []).append(_goal(row))
    return {tandem: tuple(found) for tandem, found in by_tandem.items()}


def tandems_with_any(source: Source, programme_id: ProgrammeId) -> frozenset[TandemId]:
    rows = source.rows(
        "SELECT DISTINCT g.tandem_id FROM goal g JOIN tandem t ON t.id = g.tandem_id WHERE t.programme_id = ?",
        (programme_id,),
    )
    return frozenset(row[0] for row in rows)


def goal(source: Source, identity: GoalId) -> Goal | None:
    row = source.row(f"{_SELECT} WHERE g.id = ?", (identity,))
    return _goal(row) if row else None


def add_goals(change: Change, records: Sequence[Goal]) -> None:
    insert_many(
        change,
        "goal",
        ("id", "tandem_id", *_COLUMNS.values()),
        ((one.id, one.tandem, *(getattr(one, field) for field in _COLUMNS)) for one in records),
    )


def write_goal(change: Change, before: Goal, after: Goal) -> None:
    update(change, "goal", after.id, differences(before, after, _COLUMNS))


def remove_goals(change: Change, identities: Iterable[GoalId]) -> None:
    delete(change, "goal", identities)
