"""What the pairing page says about pairs and people; the words of rules and criteria are those of the documents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.documents.pairing_words import (
    Names,
    broken_text,
    broken_texts,
    criterion_sentence,
    criterion_text,
    fact_text,
    points_text,
    rule_sentence,
    rule_text,
    skill_text,
    strictness_text,
    topic_name,
    two_text,
    without_facts,
)
from app.domain.programmes import NEVER_EASED, Criterion, Rule
from app.domain.tandems import Reason, TandemSide
from app.i18n import mark, tr, trn
from ui.parts.meters import Part
from ui.parts.pairing_apart import Apart, barriers_text

if TYPE_CHECKING:
    from app.pairing.explain import LeftOver

__all__ = [
    "FULL", "Names", "against_text", "broken_text", "broken_texts", "cause_text", "criterion_sentence",
    "criterion_text", "criterion_tone", "fact_text", "for_and_against", "for_text", "must_sentence", "points_text",
    "rule_sentence", "rule_text", "score_parts", "strictness_text", "way_out_text",
]  # fmt: skip

FULL = 1000

# Of each criterion the colour token in score bars, and what a must asks; see `app.pairing.musts`.
_CRITERIA: dict[Criterion, tuple[str, str]] = {
    Criterion.SKILLS: (
        "accent",
        mark("Only pairs in which something sought is offered. Who states no goals gets nobody."),
    ),
    Criterion.INTERESTS: (
        "violet",
        mark("Only pairs with an interest in common. Who states none gets nobody."),
    ),
    Criterion.LEVEL: (
        "ok",
        mark("Only pairs of levels in the programme's direction. Whose level is unknown gets nobody."),
    ),
    Criterion.DIVERSITY: (
        "warn",
        mark("Only pairs of two departments. Whose department is unknown gets nobody."),
    ),
    Criterion.LOCATION: (
        "muted",
        mark("Only pairs at one place, or by video. Whose place is unknown gets nobody."),
    ),
    Criterion.WISHES: (
        "text",
        mark("Only pairs in which one wished for the other."),
    ),
    Criterion.AVAILABILITY: (
        "teal",
        mark("Only pairs with a half-day in common. Who states none gets nobody."),
    ),
    Criterion.TENURE: (
        "rose",
        mark("Only pairs who came in different years. Whose entry is unknown gets nobody."),
    ),
    Criterion.ORGANISATION: (
        "olive",
        mark("Only pairs of two organisations."),
    ),
    Criterion.WAITING: (
        "rust",
        mark("Only pairs of whom one was left over in the last round."),
    ),
}


def must_sentence(criterion: Criterion) -> str:
    """What a must asks of a pair, and what becomes of those who said nothing; see `app.pairing.musts`."""
    return tr(_CRITERIA[criterion][1])


def criterion_tone(criterion: str) -> str:
    """The colour token of a criterion in score bars."""
    return next((tone for one, (tone, _) in _CRITERIA.items() if one.value == criterion), "muted")


def score_parts(reasons: Sequence[Reason]) -> tuple[Part, ...]:
    """A score of at most 1000 as parts of a bar."""
    return tuple(
        Part(label=criterion_text(one.criterion), share=one.points / FULL, tone=criterion_tone(one.criterion))
        for one in reasons
    )


# For and against, short enough for a row


def for_text(reason: Reason, names: Names) -> str:
    """A reason for the pair; "" where the criterion is none."""
    if not reason.facts or reason.points * 2 <= reason.most:
        return ""
    if reason.criterion == Criterion.SKILLS:
        met = [fact for fact in reason.facts if int(fact.split(":")[1])]
        return ", ".join(topic_name(fact, names) for fact in met[:2])
    if reason.criterion == Criterion.DIVERSITY:
        return tr("across departments")
    if reason.criterion == Criterion.AVAILABILITY:
        n = len(reason.facts)
        return trn("{n} half-day in common", "{n} half-days in common", n).format(n=n)
    if reason.criterion == Criterion.LOCATION:
        return tr("both in {place}").format(place=reason.facts[0])
    if reason.criterion == Criterion.LEVEL:
        apart = abs(int(reason.facts[0]) - int(reason.facts[-1]))
        return trn("{n} level apart", "{n} levels apart", apart).format(n=apart)
    return fact_text(reason, names)


def against_text(reason: Reason, names: Names) -> str:
    """A reason against the pair; "" where the criterion is none."""
    if reason.points * 2 > reason.most or reason.points * 2 in (reason.most, reason.most + 1) and not reason.facts:
        return ""
    if reason.criterion == Criterion.SKILLS:
        missed = [fact for fact in reason.facts if not int(fact.split(":")[1])]
        return ", ".join(skill_text(fact, names) for fact in missed[:2]) or tr("only part of what is sought")
    if reason.criterion == Criterion.DIVERSITY:
        return tr("same department")
    if reason.criterion == Criterion.LOCATION and reason.facts:
        return two_text(reason)
    if reason.criterion == Criterion.LEVEL and reason.facts:
        apart = abs(int(reason.facts[0]) - int(reason.facts[-1]))
        if not apart:
            return tr("same level")
        return trn("only {n} level apart", "only {n} levels apart", apart).format(n=apart)
    if reason.criterion == Criterion.INTERESTS and reason.facts:
        return tr("few interests in common")
    return "" if reason.facts else without_facts(reason)


def for_and_against(
    reasons: Sequence[Reason], warnings: Sequence[Rule], names: Names, most: int = 2
) -> tuple[tuple[str, ...], str]:
    """The ``most`` strongest reasons for a pair and the strongest one against it; a warning comes before all others."""
    strongest = sorted(reasons, key=lambda one: -one.points)
    pros = [text for text in (for_text(one, names) for one in strongest) if text][:most]
    if warnings:
        return tuple(pros), broken_texts(warnings)
    costliest = sorted(reasons, key=lambda one: one.points - one.most)
    cons = [text for text in (against_text(one, names) for one in costliest) if text]
    return tuple(pros), cons[0] if cons else ""


# Left over


def cause_text(left: LeftOver, own: Apart, *, mutual: bool = False) -> str:
    """Why somebody has no partner, in a few words; ``own``: from whom decisions alone keep them."""
    if left.cause == "nobody_there":
        if mutual:
            return tr("Nobody else is without a tandem")
        if left.side is TandemSide.MENTOR:
            return tr("Every mentee has a mentor already")
        return tr("No mentor has a place left")
    if left.cause == "too_low":
        return tr("No possible partner scores above zero")
    if left.cause == "taken":
        text = trn(
            "{n} possible partner, now in a better pair",
            "{n} possible partners, all in better pairs",
            left.allowed,
        )
        return text.format(n=left.allowed)
    return tr("All blocked: {barriers}").format(barriers=barriers_text(left, own, _broken_rules))


def _broken_rules(left: LeftOver) -> list[tuple[str, int]]:
    return [(broken_text(one.rule), one.count) for one in left.barriers if one.rule is not None]


def way_out_text(left: LeftOver, own: Apart, *, mutual: bool = False) -> str:
    """What the officer can do about it; ``own`` as for `cause_text`."""
    if left.cause == "blocked":
        said = _freed_text(left, own, mutual=mutual)
        return said if own.banned or own.former or not eased(left) else f"{said} {eased_text()}"
    if left.cause == "nobody_there" and mutual:
        return tr("Enrol one more person. Otherwise this one counts as waiting in the next round.")
    if left.cause == "nobody_there" and left.side is TandemSide.MENTEE:
        return tr("Enrol more mentors, raise how many partners a mentor takes, or ask an external mentor.")
    if left.cause == "nobody_there":
        return tr("Enrol more mentees. Otherwise this mentor counts as waiting in the next round.")
    if left.cause == "too_low":
        return tr("Choose participation first, or change the weights.")
    return tr("One more partner on the other side would help; or pair by hand whom you think right.")


def _freed_text(left: LeftOver, own: Apart, *, mutual: bool) -> str:
    if own.banned:
        return tr("Only your \u201cNot this one\u201d stands in the way: allow a pair again.")
    if own.former:
        return tr("Only a tandem that is over stands in the way: the two can be put together again.")
    if mutual:
        return tr(
            "Nobody here fits. Enrol more people, or take part in the programme of an association or network: add "
            "external people in the roster with their organisation."
        )
    if left.side is TandemSide.MENTOR:
        return tr(
            "No mentee fits this mentor. Enrol more mentees; otherwise the mentor counts as waiting in the next round."
        )
    return tr(
        "Nobody in the house fits. An external mentor or the programme of an association or network may help: "
        "add external people in the roster with their organisation."
    )


def eased(left: LeftOver) -> bool:
    """Whether a rule keeps somebody from them that may be softened: not where veto, rivalry or line alone do."""
    return any(one.rule is not None and one.rule not in NEVER_EASED for one in left.barriers)


def eased_text() -> str:
    return tr("A softer rule may help as well.")
