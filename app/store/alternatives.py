"""Whom the members of published tandems would have had instead."""

from __future__ import annotations

from collections.abc import Iterable

from app.domain.ids import PersonId, TandemId, new_id
from app.domain.tandems import Instead, TandemSide
from app.store.columns import insert_many
from app.store.vault import Change, Source


def of_tandem(source: Source, identity: TandemId) -> dict[TandemSide, tuple[PersonId, int]]:
    """Of the member on each side: who else, and the points of the two then; a side without any is left out."""
    rows = source.rows(
        "SELECT a.side, e.person_id, a.score FROM alternative a JOIN enrolment e ON e.id = a.enrolment_id"
        " WHERE a.tandem_id = ?",
        (identity,),
    )
    return {TandemSide(side): (person, score) for side, person, score in rows}


def add(change: Change, found: Iterable[tuple[TandemId, Instead]]) -> None:
    insert_many(
        change,
        "alternative",
        ("id", "tandem_id", "side", "enrolment_id", "score"),
        ((new_id(), tandem, one.side, one.enrolment, one.score) for tandem, one in found),
    )
