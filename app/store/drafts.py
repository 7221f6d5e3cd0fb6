"""Drafts of plans: aim, method, and what was decided about single pairs."""

from __future__ import annotations

from collections.abc import Iterable

from app.domain.drafts import Aim, Decision, Draft, Method, PairIds
from app.domain.ids import ProgrammeId, new_id
from app.domain.tandems import Origin
from app.store.columns import insert, insert_many
from app.store.vault import Change, Source


def draft(source: Source, programme_id: ProgrammeId) -> Draft:
    """The programme's draft; one without decisions where nothing was decided yet."""
    row = source.row("SELECT aim, method FROM draft WHERE programme_id = ?", (programme_id,))
    pairs: dict[str, set[PairIds]] = {word.value: set() for word in (*Decision, *Origin)}
    for mentor, mentee, decision, origin in source.rows(
        "SELECT d.mentor_id, d.mentee_id, d.decision, d.origin FROM enrolment e"
        " JOIN draft_pair d ON d.mentor_id = e.id WHERE e.programme_id = ?",
        (programme_id,),
    ):
        pairs[decision].add((mentor, mentee))
        if decision == Decision.LOCKED:
            pairs[origin].add((mentor, mentee))
    return Draft(
        programme=programme_id,
        aim=Aim(row[0]) if row else Aim.PARTICIPATION,
        method=Method(row[1]) if row else Method.OPTIMAL,
        locked=frozenset(pairs[Decision.LOCKED]),
        banned=frozenset(pairs[Decision.BANNED]),
        by_hand=frozenset(pairs[Origin.BY_HAND]),
        self_found=frozenset(pairs[Origin.SELF_FOUND]),
    )


def write_way(change: Change, programme_id: ProgrammeId, aim: Aim, method: Method) -> None:
    """Sets how plans are sought."""
    if change.row("SELECT 1 FROM draft WHERE programme_id = ?", (programme_id,)) is None:
        insert(change, "draft", {"programme_id": programme_id, "aim": aim, "method": method})
        return
    change.execute(
        "UPDATE draft SET aim = ?, method = ?, changed_at = ? WHERE programme_id = ?",
        (aim.value, method.value, change.now, programme_id),
    )


def decide(
    change: Change, pairs: Iterable[PairIds], decision: Decision | None, origin: Origin = Origin.ASSIGNED
) -> None:
    """Sets what is decided about pairs, and where they come from, whichever of the two teaches; None takes it back."""
    wanted = list(dict.fromkeys(pairs))
    ways = [(mentor, mentee, mentee, mentor) for mentor, mentee in wanted]
    change.executemany(
        "DELETE FROM draft_pair WHERE mentor_id = ? AND mentee_id = ? OR mentor_id = ? AND mentee_id = ?", ways
    )
    if decision is not None:
        names = ("id", "mentor_id", "mentee_id", "decision", "origin")
        insert_many(change, "draft_pair", names, ((new_id(), *pair, decision, origin) for pair in wanted))
