"""Rules, criteria and reasons of the pairing engine in words: the one place where its facts become sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from app.domain.ids import TopicId
from app.domain.programmes import Criterion, Rule, Strictness
from app.domain.tandems import Reason, TandemSide
from app.i18n import mark, number_text, tr, trn
from ui.parts.meters import Part

if TYPE_CHECKING:
    from app.pairing.explain import LeftOver

Names = Mapping[TopicId, str]
FULL = 1000

_CRITERIA: dict[Criterion, tuple[str, str, str]] = {
    Criterion.SKILLS: (mark("Skills"), "accent", mark("The mentor offers what the mentee seeks.")),
    Criterion.INTERESTS: (mark("Interests"), "violet", mark("Something in common besides work.")),
    Criterion.LEVEL: (mark("Career level"), "ok", mark("Levels apart, in the direction of the programme.")),
    Criterion.DIVERSITY: (mark("Across departments"), "warn", mark("The two come from different departments.")),
    Criterion.LOCATION: (mark("Location"), "muted", mark("Both work at the same place.")),
    Criterion.WISHES: (mark("Wishes"), "text", mark("One asked for the other.")),
    Criterion.AVAILABILITY: (mark("Availability"), "accent", mark("Half-days on which both have time.")),
    Criterion.TENURE: (mark("Years in the house"), "violet", mark("Years apart by entry date, where both are stated.")),
    Criterion.ORGANISATION: (mark("Across organisations"), "ok", mark("The two come from different organisations.")),
    Criterion.WAITING: (mark("Waiting list"), "warn", mark("Who was left over in the last round comes first.")),
}
_RULES: dict[Rule, tuple[str, str]] = {
    Rule.SAME_PERSON: (mark("Same person"), mark("Nobody is paired with themselves.")),
    Rule.SUPERVISION: (
        mark("Line of supervisors"),
        mark("Neither is the other's superior, directly or indirectly."),
    ),
    Rule.RIVALRY: (mark("Rivalry"), mark("No competition between the two; the reason stays confidential.")),
    Rule.VETO: (mark("Veto"), mark("Neither asked not to be paired with the other; it stays confidential.")),
    Rule.SAME_TEAM: (mark("Same team"), mark("The two do not work in one team.")),
    Rule.SAME_PROJECT: (mark("Same project"), mark("The two do not work in one project.")),
    Rule.LANGUAGE: (mark("Language"), mark("They share at least one language.")),
    Rule.LEVEL: (
        mark("Order of levels"),
        mark("Reverse: the mentor is the junior. Classic: the mentor is the senior."),
    ),
    Rule.LEVEL_NEAR: (mark("Fewest levels apart"), mark("Career levels apart in the programme's direction, at least.")),
    Rule.LEVEL_FAR: (mark("Most levels apart"), mark("Career levels apart in the programme's direction, at most.")),
    Rule.PREVIOUS_PAIR: (mark("Earlier tandem"), mark("The two were not a tandem before.")),
    Rule.NEAR_BOSS: (mark("Close to the superior"), mark("The mentor is no close colleague of the mentee's superior.")),
    Rule.SAME_ORGANISATION: (mark("Same organisation"), mark("The two come from different organisations.")),
    Rule.OTHER_ORGANISATION: (mark("Other organisation"), mark("The two come from the same organisation.")),
    Rule.MUST: (mark("Musts"), mark("Every criterion that is a must is met at least in part.")),
}
_BROKEN: dict[Rule, str] = {
    Rule.SAME_PERSON: mark("the same person"),
    Rule.SUPERVISION: mark("one is the other's superior, directly or indirectly"),
    Rule.RIVALRY: mark("a confidential reason"),
    Rule.VETO: mark("a confidential reason"),
    Rule.SAME_TEAM: mark("both work in the same team"),
    Rule.SAME_PROJECT: mark("both work in the same project"),
    Rule.LANGUAGE: mark("no language in common"),
    Rule.LEVEL: mark("the career levels are the wrong way round"),
    Rule.LEVEL_NEAR: mark("the career levels are too close together"),
    Rule.LEVEL_FAR: mark("the career levels are too far apart"),
    Rule.PREVIOUS_PAIR: mark("they were a tandem before"),
    Rule.NEAR_BOSS: mark("the mentor works closely with the mentee's superior"),
    Rule.SAME_ORGANISATION: mark("both come from the same organisation"),
    Rule.OTHER_ORGANISATION: mark("they come from different organisations"),
    Rule.MUST: mark("a must is not met"),
}
_STRICTNESS: dict[Strictness, str] = {
    Strictness.HARD: mark("Never"),
    Strictness.WARNING: mark("Warn"),
    Strictness.OFF: mark("Off"),
}


def criterion_text(criterion: str) -> str:
    """The name of a criterion; one this version does not know keeps its own word."""
    known = {one.value: words for one, words in _CRITERIA.items()}
    return tr(known[criterion][0]) if criterion in known else criterion


def criterion_tone(criterion: str) -> str:
    """The colour token of a criterion in score bars."""
    return next((words[1] for one, words in _CRITERIA.items() if one.value == criterion), "muted")


def criterion_sentence(criterion: Criterion) -> str:
    return tr(_CRITERIA[criterion][2])


def rule_text(rule: Rule) -> str:
    return tr(_RULES[rule][0])


def rule_sentence(rule: Rule) -> str:
    """What the rule asks for."""
    return tr(_RULES[rule][1])


def broken_text(rule: Rule) -> str:
    """What is said of a pair that breaks the rule; vetoes and rivals are not told apart."""
    return tr(_BROKEN[rule])


def broken_texts(rules: Sequence[Rule]) -> str:
    """All of them, each once."""
    return ", ".join(dict.fromkeys(broken_text(rule) for rule in rules))


def strictness_text(strictness: Strictness) -> str:
    return tr(_STRICTNESS[strictness])


def score_parts(reasons: Sequence[Reason]) -> tuple[Part, ...]:
    """A score of at most 1000 as parts of a bar."""
    return tuple(
        Part(label=criterion_text(one.criterion), share=one.points / FULL, tone=criterion_tone(one.criterion))
        for one in reasons
    )


def points_text(reason: Reason) -> str:
    """"320 of 357"."""
    return tr("{points} of {most}").format(points=number_text(reason.points), most=number_text(reason.most))


# Facts


def fact_text(reason: Reason, names: Names) -> str:
    """What the points of a criterion rest on, in words."""
    if not reason.facts:
        return _without_facts(reason)
    match reason.criterion:
        case Criterion.SKILLS:
            return ", ".join(_skill(fact, names) for fact in reason.facts)
        case Criterion.INTERESTS:
            return tr("In common: {interests}").format(interests=", ".join(reason.facts))
        case Criterion.LEVEL:
            return _levels(reason)
        case Criterion.DIVERSITY | Criterion.LOCATION:
            return _two(reason)
        case Criterion.WISHES:
            return ", ".join(_wish(fact) for fact in reason.facts)
        case _:
            return ", ".join(reason.facts)


def _without_facts(reason: Reason) -> str:
    if reason.criterion == Criterion.SKILLS and reason.points < reason.most // 2:
        return tr("Nothing of what is sought")
    if reason.criterion == Criterion.INTERESTS and not reason.points:
        return tr("No interests in common")
    if reason.criterion == Criterion.SKILLS:
        return tr("No learning goals stated: half of the points")
    if reason.criterion == Criterion.WISHES:
        if not reason.points:
            return tr("Both wished for somebody else")
        return tr("One wished for somebody else") if reason.points * 2 < reason.most else tr("No wish for each other")
    return tr("Not known: half of the points")


def _topic(fact: str, names: Names) -> str:
    topic = fact.split(":")[0]
    return names.get(TopicId(int(topic)), "?") if topic.isdigit() else "?"


def _skill(fact: str, names: Names) -> str:
    _, offered, sought, *back = fact.split(":")
    known = _topic(fact, names)
    text = tr("{topic}: offers {offered}, seeks {sought}") if int(offered) else tr("{topic} not offered")
    said = text.format(topic=known, offered=offered, sought=sought)
    return tr("{skill} (way back)").format(skill=said) if back else said


def _levels(reason: Reason) -> str:
    mentor, mentee = reason.facts[0], reason.facts[-1]
    apart = abs(int(mentor) - int(mentee))
    if not reason.points:
        text = tr("Level {mentor} and {mentee}: not in the programme's direction")
        return text.format(mentor=mentor, mentee=mentee)
    text = trn("Level {mentor} and {mentee}: {n} apart", "Level {mentor} and {mentee}: {n} apart", apart)
    return text.format(mentor=mentor, mentee=mentee, n=apart)


def _two(reason: Reason) -> str:
    one, other = reason.facts[0], reason.facts[-1]
    same = bool(reason.points) == (reason.criterion == Criterion.LOCATION)
    if same:
        return tr("Both: {name}").format(name=one)
    return tr("{one} and {other}").format(one=one, other=other)


def _wish(fact: str) -> str:
    side, _, rank = fact.partition(":")
    text = tr("Wish {rank} of the mentor") if side == "mentor" else tr("Wish {rank} of the mentee")
    return text.format(rank=rank)


# For and against, short enough for a row


def for_text(reason: Reason, names: Names) -> str:
    """A reason for the pair; "" where the criterion is none."""
    if not reason.facts or reason.points * 2 <= reason.most:
        return ""
    if reason.criterion == Criterion.SKILLS:
        met = [fact for fact in reason.facts if int(fact.split(":")[1])]
        return ", ".join(_topic(fact, names) for fact in met[:2])
    if reason.criterion == Criterion.DIVERSITY:
        return tr("across departments")
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
        return ", ".join(_skill(fact, names) for fact in missed[:2]) or tr("only part of what is sought")
    if reason.criterion == Criterion.DIVERSITY:
        return tr("same department")
    if reason.criterion == Criterion.LOCATION and reason.facts:
        return tr("{one} and {other}").format(one=reason.facts[0], other=reason.facts[-1])
    if reason.criterion == Criterion.LEVEL and reason.facts:
        apart = abs(int(reason.facts[0]) - int(reason.facts[-1]))
        if not apart:
            return tr("same level")
        return trn("only {n} level apart", "only {n} levels apart", apart).format(n=apart)
    if reason.criterion == Criterion.INTERESTS and reason.facts:
        return tr("few interests in common")
    return "" if reason.facts else _without_facts(reason)


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


def cause_text(left: LeftOver) -> str:
    """Why somebody has no partner, in a few words."""
    if left.cause == "nobody_there":
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
    return tr("All blocked: {barriers}").format(barriers=barriers_text(left))


def barriers_text(left: LeftOver) -> str:
    """How many candidates each rule blocks, the rule with the most first."""
    counts: dict[str, int] = {}
    for barrier in left.barriers:
        words = tr("ruled out by hand") if barrier.rule is None else broken_text(barrier.rule)
        counts[words] = counts.get(words, 0) + barrier.count
    ranked = sorted(counts.items(), key=lambda one: -one[1])
    return ", ".join(f"{words} ({number_text(count)})" for words, count in ranked)


def way_out_text(left: LeftOver) -> str:
    """What the officer can do about it."""
    if left.cause == "blocked":
        return tr(
            "Nobody in the house fits. An external mentor or the programme of an association or network may help: "
            "add external people in the roster with their organisation, or soften a rule."
        )
    if left.cause == "nobody_there" and left.side is TandemSide.MENTEE:
        return tr("Enrol more mentors, raise how many partners a mentor takes, or ask an external mentor.")
    if left.cause == "nobody_there":
        return tr("Enrol more mentees, or keep this mentor for the next round.")
    if left.cause == "too_low":
        return tr("Choose participation first, or change the weights.")
    return tr("One more partner on the other side would help; or pair by hand whom you think right.")
