"""Who fares how in two plans, as rows for the window: made off the main thread, since thousands take their time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.ids import EnrolmentId
from app.domain.people import Person
from app.domain.tandems import TandemSide
from app.i18n import tr
from app.services.plans import Basis
from ui.parts.pairing_names import Called
from ui.parts.tandem_words import side_word

if TYPE_CHECKING:
    from app.pairing.comparing import Comparison, Rank


@dataclass(frozen=True, slots=True, kw_only=True)
class Fare:
    """How one person fares in both plans: the partner's name, the rank by points and by own wishes; "" for nobody."""

    id: tuple[EnrolmentId, TandemSide]
    person: Person
    name: str  # as in lists, with what tells namesakes apart
    side: TandemSide
    role: str  # what the side is called
    one: str
    one_rank: str
    one_wish: str
    other: str
    other_rank: str
    other_wish: str
    differs: bool


def fares(basis: Basis, comparison: Comparison) -> tuple[Fare, ...]:
    """Everybody who is to be paired, those first whose partners differ, then by name."""
    called = Called(basis.participants)
    rows = []
    for change in comparison.ranks:
        partners = tuple(None if rank is None else rank.partner for rank in (change.one, change.other))
        names = ["" if one is None else called.full(one) for one in partners]
        rows.append(
            Fare(
                id=(change.enrolment, change.side),
                person=basis.person(change.enrolment),
                name=called.listed(change.enrolment),
                side=change.side,
                role=side_word(change.side, basis.programme.kind),
                one=names[0] or tr("nobody"),
                one_rank=rank_text(change.one),
                one_wish=wish_text(change.one),
                other=names[1] or tr("nobody"),
                other_rank=rank_text(change.other),
                other_wish=wish_text(change.other),
                differs=partners[0] != partners[1],
            )
        )
    return tuple(sorted(rows, key=lambda row: (not row.differs, row.side is TandemSide.MENTOR, row.person.order)))


def rank_text(rank: Rank | None) -> str:
    """ "1 of 12": by points the best of twelve possible partners."""
    if rank is None:
        return ""
    return tr("{rank} of {of}").format(rank=rank.rank, of=rank.of)


def wish_text(rank: Rank | None) -> str:
    """Which of their wishes somebody gets; "" for who has nobody, or wished for nobody."""
    if rank is None or rank.wish is None:
        return ""
    return tr("wish {n}").format(n=rank.wish) if rank.wish else tr("no wish")
