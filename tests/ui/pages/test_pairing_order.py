"""The proposals in their order: those kept first, a mentor's mentees together, also of two mentors of one name."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from app.domain.ids import EnrolmentId, PersonId
from app.domain.people import Person
from app.pairing.plan import ProposedPair
from ui.parts.pairing_sheet import proposals

FIRST, SECOND = EnrolmentId(1), EnrolmentId(2)


def order(*pairs: tuple[EnrolmentId, int, int, bool]) -> list[tuple[int, int]]:
    """Of pairs with their mentor, mentee, points and whether they are kept; both mentors are called Jo Koch."""
    basis: Any = SimpleNamespace(
        person=lambda one: Person(id=PersonId(one), given_name="Jo", family_name="Koch" if one < 10 else f"M{one}"),
        programme=None,
        topics={},
        draft=SimpleNamespace(origin=lambda _: None),
    )
    made = [
        cast("ProposedPair", SimpleNamespace(
            mentor=mentor, mentee=mentee, ids=(mentor, mentee), score=score, locked=kept, warnings=(), reasons=()
        ))
        for mentor, mentee, score, kept in pairs
    ]  # fmt: skip
    called = cast(Any, SimpleNamespace(full=str))
    return [row.pair for row in proposals(basis, cast(Any, SimpleNamespace(pairs=made)), called)]


def test_the_mentees_of_two_mentors_of_one_name_are_not_mixed() -> None:
    assert order((FIRST, 11, 500, False), (FIRST, 12, 100, False), (SECOND, 13, 500, False), (SECOND, 14, 300, False)) \
        == [(1, 11), (1, 12), (2, 13), (2, 14)]  # fmt: skip


def test_those_kept_stand_by_their_own_points() -> None:
    assert order((FIRST, 11, 900, False), (FIRST, 12, 100, True), (SECOND, 13, 500, True)) \
        == [(2, 13), (1, 12), (1, 11)]  # fmt: skip
