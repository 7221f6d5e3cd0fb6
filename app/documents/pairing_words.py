"""Rules, criteria and facts of the pairing engine in words, the same in the window and on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.domain.ids import TopicId
from app.domain.people import SLOTS
from app.domain.programmes import Criterion, Rule, Strictness
from app.domain.tandems import Reason
from app.i18n import mark, number_text, tr, trn

Names = Mapping[TopicId, str]

_CRITERIA: dict[Criterion, tuple[str, str]] = {
    Criterion.SKILLS: (mark("Skills"), mark("The mentor offers what the mentee seeks.")),
    Criterion.INTERESTS: (mark("Interests"), mark("Something in common besides work.")),
    Criterion.LEVEL: (mark("Career level"), mark("Levels apart, in the direction of the programme.")),
    Criterion.DIVERSITY: (mark("Across departments"), mark("The two come from different departments.")),
    Criterion.LOCATION: (mark("Location"), mark("Both work at the same place.")),
    Criterion.WISHES: (mark("Wishes"), mark("One asked for the other.")),
    Criterion.AVAILABILITY: (mark("Availability"), mark("Half-days on which both have time.")),
    Criterion.TENURE: (mark("Years in the house"), mark("Years apart by entry date, where both are stated.")),
    Criterion.ORGANISATION: (mark("Across organisations"), mark("The two come from different organisations.")),
    Criterion.WAITING: (
        mark("Waiting list"),
        mark("Who was left over in their last round comes first. It has no weight where nobody was."),
    ),
}
_RULES: dict[Rule, tuple[str, str]] = {
    Rule.SAME_PERSON: (mark("Same person"), mark("Nobody is paired with themselves.")),
    Rule.SUPERVISION: (
        mark("Line of supervisors"),
        mark("One is the other's superior, directly or indirectly."),
    ),
    Rule.RIVALRY: (mark("Rivalry"), mark("The two compete; the reason stays confidential.")),
    Rule.VETO: (mark("Veto"), mark("One asked not to be paired with the other; it stays confidential.")),
    Rule.SAME_TEAM: (mark("Same team"), mark("The two work in one team.")),
    Rule.SAME_PROJECT: (mark("Same project"), mark("The two work in one project.")),
    Rule.LANGUAGE: (mark("No common language"), mark("They share no language.")),
    Rule.LEVEL: (
        mark("Levels the wrong way round"),
        mark("Reverse: the mentor is not the junior. Classic: the mentor is not the senior."),
    ),
    Rule.LEVEL_NEAR: (
        mark("Too few levels apart"),
        mark("Fewer career levels apart in the programme's direction than the number says."),
    ),
    Rule.LEVEL_FAR: (
        mark("Too many levels apart"),
        mark("More career levels apart in the programme's direction than the number says."),
    ),
    Rule.PREVIOUS_PAIR: (mark("Earlier tandem"), mark("The two were a tandem before.")),
    Rule.NEAR_BOSS: (mark("Close to the superior"), mark("Who teaches is a close colleague of the other's superior.")),
    Rule.SAME_ORGANISATION: (mark("Same organisation"), mark("The two come from the same organisation.")),
    Rule.OTHER_ORGANISATION: (mark("Different organisations"), mark("The two come from different organisations.")),
    Rule.MUST: (mark("Must not met"), mark("What people said does not meet a must, not even in part.")),
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
    Rule.NEAR_BOSS: mark("one works closely with the other's superior"),
    Rule.SAME_ORGANISATION: mark("both come from the same organisation"),
    Rule.OTHER_ORGANISATION: mark("they come from different organisations"),
    Rule.MUST: mark("a must is not met"),
}
_STRICTNESS: dict[Strictness, str] = {
    Strictness.HARD: mark("Never"),
    Strictness.WARNING: mark("Warn"),
    Strictness.OFF: mark("Off"),
}


_DAYS = (mark("Mon"), mark("Tue"), mark("Wed"), mark("Thu"), mark("Fri"))


def criterion_text(criterion: str) -> str:
    """The name of a criterion; one this version does not know keeps its own word."""
    known = {one.value: words for one, words in _CRITERIA.items()}
    return tr(known[criterion][0]) if criterion in known else criterion


def criterion_sentence(criterion: Criterion) -> str:
    return tr(_CRITERIA[criterion][1])


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


def points_text(reason: Reason) -> str:
    """ "320 of 357"."""
    return tr("{points} of {most}").format(points=number_text(reason.points), most=number_text(reason.most))


def fact_text(reason: Reason, names: Names) -> str:
    """What the points of a criterion rest on, in words."""
    if not reason.facts:
        return without_facts(reason)
    match reason.criterion:
        case Criterion.SKILLS:
            return ", ".join(skill_text(fact, names) for fact in reason.facts)
        case Criterion.INTERESTS:
            return tr("In common: {interests}").format(interests=", ".join(reason.facts))
        case Criterion.LEVEL:
            return _levels(reason)
        case Criterion.DIVERSITY | Criterion.LOCATION:
            return two_text(reason)
        case Criterion.WISHES:
            return _wishes(reason.facts)
        case Criterion.AVAILABILITY:
            return ", ".join(_half_day(fact) for fact in reason.facts)
        case Criterion.TENURE:
            return tr("In the house since {one} and {other}").format(one=reason.facts[0], other=reason.facts[-1])
        case Criterion.ORGANISATION:
            return tr("Different organisations") if reason.facts[0] == "different" else tr("The same organisation")
        case Criterion.WAITING:
            return _waited(reason.facts)
        case _:
            return ", ".join(reason.facts)


def without_facts(reason: Reason) -> str:
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
    if reason.criterion == Criterion.WAITING:
        return tr("Neither was left over in the last round")
    if reason.criterion == Criterion.AVAILABILITY and not reason.points:
        return tr("No half-day in common")
    return tr("Not known: half of the points")


def topic_name(fact: str, names: Names) -> str:
    topic = fact.split(":")[0]
    return names.get(TopicId(int(topic)), "?") if topic.isdigit() else "?"


def skill_text(fact: str, names: Names) -> str:
    _, offered, sought, *back = fact.split(":")
    known = topic_name(fact, names)
    text = tr("{topic}: offers {offered}, seeks {sought}") if int(offered) else tr("{topic} not offered")
    said = text.format(topic=known, offered=offered, sought=sought)
    return tr("{skill} (way back)").format(skill=said) if back else said


def _levels(reason: Reason) -> str:
    mentor, mentee = reason.facts[0], reason.facts[-1]
    apart = abs(int(mentor) - int(mentee))
    if apart and not reason.points:
        text = tr("Level {mentor} and {mentee}: not in the programme's direction")
        return text.format(mentor=mentor, mentee=mentee)
    text = trn("Level {mentor} and {mentee}: {n} apart", "Level {mentor} and {mentee}: {n} apart", apart)
    return text.format(mentor=mentor, mentee=mentee, n=apart)


def two_text(reason: Reason) -> str:
    """Two departments or places: "Both: Ulm", "Ulm and Kiel", "Ulm and Kiel, by video"."""
    one, other, *video = reason.facts
    if video:
        return tr("{one} and {other}, by video").format(one=one, other=other)
    same = bool(reason.points) == (reason.criterion == Criterion.LOCATION)
    if same:
        return tr("Both: {name}").format(name=one)
    return tr("{one} and {other}").format(one=one, other=other)


def _wishes(facts: Sequence[str]) -> str:
    return ", ".join(_wish(*fact.split(":"), first=not place) for place, fact in enumerate(facts))


def _wish(side: str, rank: str, *, first: bool) -> str:
    text = {
        "mentor": tr("Wish {rank} of the mentor"),
        "mentee": tr("Wish {rank} of the mentee"),
    }.get(side, tr("Wish {rank} of one") if first else tr("wish {rank} of the other"))
    return text.format(rank=rank)


def _half_day(slot: str) -> str:
    place = SLOTS.index(slot)
    half = tr("morning") if place % 2 == 0 else tr("afternoon")
    return f"{tr(_DAYS[place // 2])} {half}"


def _waited(sides: Sequence[str]) -> str:
    if len(sides) > 1:
        return tr("Both were left over in the last round")
    if sides[0] == "mentor":
        return tr("The mentor was left over in the last round")
    if sides[0] == "partner":
        return tr("One of the two was left over in the last round")
    return tr("The mentee was left over in the last round")
