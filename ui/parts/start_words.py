"""What a tandem lacks that is agreed in advance, in words, and where it is entered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from app.domain.ids import TandemId
from app.domain.tandems import Tandem, TandemSide
from app.i18n import number_text, tr, trn
from app.services.beforehand import Lack
from ui.desk import Place

_SIDES = {Lack.MENTOR_EXPECTATIONS: TandemSide.MENTOR, Lack.MENTEE_EXPECTATIONS: TandemSide.MENTEE}


def lacks_text(lacks: Sequence[Lack], *, mutual: bool = False) -> str:
    """"the expectations of the mentor, a goal"; in a mutual programme nobody is mentor or mentee alone."""
    silent = [one for one in lacks if one in _SIDES]
    parts = []
    if len(silent) == len(_SIDES):
        parts.append(tr("the expectations of both"))
    elif silent and mutual:
        parts.append(tr("the expectations of one of the two"))
    elif silent:
        mentor = silent[0] is Lack.MENTOR_EXPECTATIONS
        parts.append(tr("the expectations of the mentor") if mentor else tr("the expectations of the mentee"))
    if Lack.AGREEMENT in lacks:
        parts.append(tr("the signed agreement"))
    if Lack.GOALS in lacks:
        parts.append(tr("a goal"))
    return ", ".join(parts)


def before_start(lacks: Sequence[Lack], *, mutual: bool = False) -> str:
    """Said where a tandem is to begin without what is agreed in advance."""
    words = tr("What both expect and aim at is best agreed before they start. Still missing: {what}.")
    return words.format(what=lacks_text(lacks, mutual=mutual))


def with_lacks(words: str, lacks: Sequence[Lack], *, mutual: bool = False) -> str:
    """``words`` about a tandem that has begun, and what it begins without."""
    if not lacks:
        return words
    missing = tr("still missing: {what}").format(what=lacks_text(lacks, mutual=mutual))
    return f"{words} \u00b7 {missing}"


def with_hasty(words: str, count: int) -> str:
    """``words`` about several tandems, and how many of those that have begun lack something."""
    if not count:
        return words
    hasty = trn(
        "{n} began without all that is agreed in advance", "{n} began without all that is agreed in advance", count
    )
    return f"{words} \u00b7 {hasty.format(n=number_text(count))}"


def way_words(lack: Lack) -> str:
    """The words of the button that leads there."""
    if lack in _SIDES:
        return tr("Enter the expectations")
    return tr("Enter the agreement") if lack is Lack.AGREEMENT else tr("Add a goal")


def way_to(lack: Lack, tandem: Tandem) -> Place | None:
    """Where it is entered; None for what stands on the tandem's own page."""
    member = next(iter(tandem.on(_SIDES[lack])), None) if lack in _SIDES else None
    return None if member is None else Place("programme", member.enrolment, "participants")


SAID = 5  # tandems that are named; the others are counted


def hasty_text(lacks: Mapping[TandemId, Sequence[Lack]], chosen: Iterable[Tandem], *, mutual: bool = False) -> str:
    """The question before several tandems begin: which of them lack what."""
    found = [one for one in chosen if one.id in lacks]
    lines = [tr("What both expect and aim at is best agreed before they start. Still missing:")]
    for one in found[:SAID]:
        lines.append(tr("Tandem {n}: {what}").format(n=one.number, what=lacks_text(lacks[one.id], mutual=mutual)))
    if len(found) > SAID:
        more = len(found) - SAID
        lines.append(trn("and {n} further tandem", "and {n} further tandems", more).format(n=number_text(more)))
    return "\n".join(lines)
