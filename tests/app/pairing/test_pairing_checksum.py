"""The checksum of a known input never changes by itself: protocols printed years ago can still be compared."""

from __future__ import annotations

from datetime import date

from pairing_people import offers, programme, seeks, someone

from app.domain.ids import EnrolmentId, PersonId
from app.domain.programmes import Criterion, Role, Rule, Strictness
from app.pairing.proposals import Method
from app.pairing.protocol import checksum
from app.pairing.rounds import Round

KNOWN = "b1f79b0a888f5a2c8a17ee2c7a682311eaf15bf37230d96cf5b4667a77d10ed4"


def round_of(order: int = 1) -> Round:
    people = [
        someone(1, skills=(offers(7, 4),), level=7, department="Vertrieb", interests=("Rudern",), vetoed=(12,)),
        someone(2, skills=(offers(8, 2),), level=6, location="Ulm", entry_date=date(2019, 4, 1), capacity=2),
        someone(11, Role.MENTEE, skills=(seeks(7, 3, 2),), level=3, languages=("Deutsch",), supervisor=PersonId(2)),
        someone(12, Role.MENTEE, skills=(seeks(8, 1),), level=2, wished=(2,), rivals=(1,), availability=5),
    ]
    return Round(
        programme(weights={Criterion.SKILLS: 9}, rules={Rule.SAME_TEAM: Strictness.HARD}),
        people[::order],
        supervisors={PersonId(11): PersonId(2), PersonId(2): None},
        locked=[(EnrolmentId(2), EnrolmentId(12))],
        banned=[(EnrolmentId(2), EnrolmentId(11))],
    )


def test_a_known_input_has_its_known_checksum() -> None:
    assert checksum(round_of()) == KNOWN
    assert checksum(round_of(order=-1)) == KNOWN  # in whatever order they come


def test_the_method_counts_and_the_line_of_somebody_else_does_not() -> None:
    round_ = round_of()
    assert checksum(round_, Method.STABLE) != KNOWN
    others = {**round_.supervisors, PersonId(77): PersonId(78)}
    same = Round(
        round_.programme, round_.participants, supervisors=others, locked=round_.locked, banned=round_.banned
    )
    assert checksum(same) == KNOWN
    above = {**others, PersonId(2): PersonId(77)}  # the superior of a superior, and theirs
    assert checksum(
        Round(round_.programme, round_.participants, supervisors=above, locked=round_.locked, banned=round_.banned)
    ) not in (KNOWN, checksum(round_, Method.STABLE))
