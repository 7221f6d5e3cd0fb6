"""Who is left over because the two sides don't come out even, said plainly, with what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import TYPE_CHECKING

from app.domain.tandems import TandemSide
from app.i18n import number_text, tr, trn
from app.services.plans import Basis
from ui.parts.pairing_apart import Apart
from ui.parts.pairing_words import cause_text, eased, eased_text, way_out_text

if TYPE_CHECKING:
    from app.pairing.plan import LeftOver

NUMBERS_ALONE = ("taken", "nobody_there")  # causes that no rule has a part in


class Uneven(Enum):
    """What can't come out even, however the pairs are made."""

    NOTHING = "nothing"
    ODD = "odd"  # a mutual programme, everybody else has a partner
    FEW_PLACES = "few_places"  # every place with a mentor is taken
    FEW_MENTEES = "few_mentees"  # every mentee has a mentor


def uneven(basis: Basis, pairs: int, left: Sequence[LeftOver]) -> Uneven:
    """Why people are left over though no rule stands in the way; ``pairs``: how many the plan has."""
    if not left:
        return Uneven.NOTHING
    if basis.mutual:
        people = len({*basis.places, *basis.waiting})
        alone = len(left) == 1 and left[0].cause in NUMBERS_ALONE
        return Uneven.ODD if alone and people % 2 else Uneven.NOTHING
    if pairs == sum(basis.places.values()) and pairs < len(basis.waiting):
        return Uneven.FEW_PLACES
    return Uneven.FEW_MENTEES if pairs == len(basis.waiting) else Uneven.NOTHING


def uneven_text(basis: Basis, why: Uneven, n: int) -> str:
    """What is so and what can be done, in two sentences about the ``n`` left over; "" where rules play a part."""
    if why is Uneven.NOTHING:
        return ""
    if why is Uneven.ODD:
        people = number_text(len({*basis.places, *basis.waiting}))
        said = tr("One person remains because the number of people is odd ({n}).").format(n=people)
    elif why is Uneven.FEW_PLACES:
        places = number_text(sum(basis.places.values()))
        said = trn(
            "{n} mentee remains: {places} free places with mentors for {mentees} mentees.",
            "{n} mentees remain: {places} free places with mentors for {mentees} mentees.", n,
        ).format(n=number_text(n), places=places, mentees=number_text(len(basis.waiting)))  # fmt: skip
    else:
        said = trn(
            "{n} mentor remains because every mentee has a partner already.",
            "{n} mentors remain because every mentee has a partner already.", n,
        ).format(n=number_text(n))  # fmt: skip
    return f"{said} {_advice(why)}"


def left_words(one: LeftOver, why: Uneven, own: Apart, *, mutual: bool) -> tuple[str, str]:
    """Why this one has no partner, in a few words, and what can be done; ``own``: whom decisions keep from them."""
    mine = Uneven.FEW_PLACES if one.side is TandemSide.MENTEE else Uneven.FEW_MENTEES
    if one.cause in NUMBERS_ALONE and why in (Uneven.ODD, mine):
        cause = {
            Uneven.ODD: tr("The number is odd: everybody else has a partner"),
            Uneven.FEW_PLACES: tr("More mentees than places with mentors"),
            Uneven.FEW_MENTEES: tr("More mentors than mentees"),
        }[why]
        return cause, _advice(why)
    return cause_text(one, own, mutual=mutual), way_out_text(one, own, mutual=mutual)


def blocked_text(basis: Basis, left: Sequence[LeftOver], kept: Apart) -> str:
    """What helps those whom rules leave without anybody, a sentence for each side; "" where there is nobody."""
    blocked = [
        one
        for one in left
        if one.cause == "blocked" and not kept.of(one.enrolment, one.side, mutual=basis.mutual)
    ]
    mentors = 0 if basis.mutual else [one.side for one in blocked].count(TandemSide.MENTOR)
    others = len(blocked) - mentors
    texts = []
    if others:
        texts.append((others, _alone_text(others, mutual=basis.mutual)))
    if mentors:
        text = trn(
            "{n} mentor has no mentee who fits: enrol more mentees.",
            "{n} mentors have no mentee who fits: enrol more mentees.",
            mentors,
        )
        texts.append((mentors, text))
    said = [text.format(n=number_text(n)) for n, text in texts]
    return " ".join([*said, eased_text()] if any(map(eased, blocked)) else said)


def _alone_text(n: int, *, mutual: bool) -> str:
    if mutual:
        return trn(
            "{n} person has nobody who fits: enrol more people, or take part in the programme of an "
            "association or network.",
            "{n} people have nobody who fits: enrol more people, or take part in the programme of an "
            "association or network.",
            n,
        )
    return trn(
        "{n} mentee has no mentor in the house who fits: take an external mentor or the programme of "
        "an association or network.",
        "{n} mentees have no mentor in the house who fits: take external mentors or the programme of "
        "an association or network.",
        n,
    )


def _advice(why: Uneven) -> str:
    if why is Uneven.ODD:
        return tr("Enrol one more person. Otherwise this one counts as waiting in the next round.")
    if why is Uneven.FEW_PLACES:
        return tr("Enrol another mentor, or let one take a mentee more: on the programme page, “Partners at most”.")
    return tr("Enrol more mentees. Otherwise the mentors left over count as waiting in the next round.")
