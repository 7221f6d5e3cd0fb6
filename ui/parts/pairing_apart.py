"""Pairs that no rule keeps apart but a decision: ruled out by hand, or a tandem of this programme that is over."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.drafts import Decision, PairIds
from app.domain.ids import EnrolmentId
from app.domain.tandems import TandemSide
from app.i18n import number_text, tr
from app.services.plans import Basis
from ui.parts.pairing_names import Called, arrow

if TYPE_CHECKING:
    from app.pairing.explain import LeftOver
    from app.pairing.rounds import Round

MOST_NAMED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """Pairs in the direction in which they were decided about; a ban of a former tandem is a ban."""

    banned: tuple[PairIds, ...] = ()
    former: tuple[PairIds, ...] = ()

    def of(self, who: EnrolmentId, side: TandemSide, *, mutual: bool) -> Apart:
        """Those that somebody is one of, on their side."""

        def mine(pair: PairIds) -> bool:
            return who in pair if mutual else pair[0 if side is TandemSide.MENTOR else 1] == who

        return Apart(banned=tuple(filter(mine, self.banned)), former=tuple(filter(mine, self.former)))

    def __bool__(self) -> bool:
        return bool(self.banned or self.former)


def apart(basis: Basis, round_: Round, left: Iterable[LeftOver]) -> Apart:
    """What keeps apart from somebody those ``left`` who have no candidate at all."""
    blocked = [(one.enrolment, one.side) for one in left if one.cause == "blocked"]
    if not blocked:
        return Apart()
    banned = tuple(sorted(basis.draft.banned))
    ways = {*banned, *(pair[::-1] for pair in banned if basis.mutual)}
    every = Apart(
        banned=round_.apart_by_hand(banned),
        former=round_.apart_by_hand(sorted(pair for pair in {*basis.ended} if pair not in ways)),
    )
    theirs = [every.of(*one, mutual=basis.mutual) for one in blocked]
    return Apart(
        banned=_each(pair for one in theirs for pair in one.banned),
        former=_each(pair for one in theirs for pair in one.former),
    )


def _each(pairs: Iterable[PairIds]) -> tuple[PairIds, ...]:
    return tuple(sorted(set(pairs)))


def barriers_text(left: LeftOver, own: Apart, broken: Callable[[LeftOver], Iterable[tuple[str, int]]]) -> str:
    """How many candidates each rule or decision keeps away, the one with the most first; ``broken``: the rules."""
    by_decision = sum(one.count for one in left.barriers if one.rule is None)
    decided = [
        (tr("ruled out by hand"), len(own.banned)),
        (tr("were a tandem in this programme"), len(own.former)),
        (tr("a tandem the other way round"), by_decision - len(own.banned) - len(own.former)),
    ]
    counts: dict[str, int] = {}
    for words, count in (*broken(left), *decided):
        if count > 0:
            counts[words] = counts.get(words, 0) + count
    ranked = sorted(counts.items(), key=lambda one: -one[1])
    return ", ".join(f"{words} ({number_text(count)})" for words, count in ranked)


def decision_text(basis: Basis, pair: PairIds) -> str:
    """What keeps two apart whom no rule does."""
    if basis.draft.decision(pair) is Decision.BANNED:
        return tr("ruled out by hand")
    ways = (pair, pair[::-1]) if basis.mutual else (pair,)
    if any(way in basis.ended for way in ways):
        return tr("were a tandem in this programme")
    return tr("a tandem the other way round")


def pairs_text(called: Called, pairs: Collection[PairIds], *, mutual: bool) -> str:
    """Who with whom, the first few of them."""
    named = [f"{called.full(one)}{arrow(mutual)}{called.full(other)}" for one, other in list(pairs)[:MOST_NAMED]]
    return ", ".join(named) + (" \u2026" if len(pairs) > MOST_NAMED else "")
