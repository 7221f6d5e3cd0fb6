"""The protocol of a pairing: how the plan came to be, so that anybody can follow the arithmetic."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus import Flowable

from app.documents.blocks import Cell, clipped, gap, heading, masthead, pairs, paragraph, table, tiles, together
from app.documents.editions import Edition
from app.documents.pairing_words import (
    Names,
    broken_text,
    criterion_text,
    fact_text,
    points_text,
    rule_text,
    strictness_text,
)
from app.documents.protocol_inputs import BY_HAND, CONFIDENTIAL, PairSheet, ProtocolSheet, RuleLine
from app.documents.style import TEXT_WIDTH, Imprint, accent, press
from app.domain.drafts import Aim, Method
from app.domain.programmes import Criterion, ProgrammeKind, Rule
from app.domain.tandems import Origin
from app.evaluation.suppression import MIN_GROUP
from app.i18n import date_text, mark, number_text, speaking, tr, trn

OPENING = mark(
    "This protocol says how the program came to its proposal: who was to be paired, by which rules and weights, "
    "and how the points of each pair add up. The decision is made by people."
)
SETTING, COUNT, MUST = 92.0, 84.0, 70.0
POINTS = 84.0
CRITERION = 140.0


def pairing_protocol(inputs: ProtocolSheet, edition: Edition) -> bytes:
    """People, rules, weights, result and the arithmetic of each pair, as PDF."""
    with speaking(edition.language):
        title = tr("Protocol of the pairing")
        imprint = Imprint(edition, title, inputs.programme.title, confidential=True)
        story: list[Flowable] = [masthead(title, inputs.programme, edition.house)]
        story += [paragraph(tr(OPENING)), *_standing(inputs), gap(6)]
        story.append(tiles(_figures(inputs), accent(edition.house)))
        story += _way(inputs)
        story += _rules(inputs)
        story += _shares(inputs)
        story += _result(inputs)
        names = dict(inputs.names)
        for done, pair in enumerate(inputs.pairs, start=1):
            edition.stop_if_cancelled()
            story.append(_pair(done, pair, names, inputs.most))
            edition.tell(done, len(inputs.pairs))
        if not inputs.pairs:
            edition.tell(1, 1)
        story.append(_origin(inputs))
        return press(story, imprint)


def _standing(inputs: ProtocolSheet) -> list[Flowable]:
    """Whether this is a draft, or when it was published."""
    if inputs.published_on is None:
        return [paragraph(tr("Draft: the plan is not published yet."), "strong")]
    words = trn(
        "Published on {day}: {n} of {all} pairs of the plan became a tandem.",
        "Published on {day}: {n} of {all} pairs of the plan became tandems.",
        inputs.published,
    )
    n, whole = number_text(inputs.published), number_text(inputs.planned)
    return [paragraph(words.format(day=date_text(inputs.published_on), n=n, all=whole), "strong")]


def _figures(inputs: ProtocolSheet) -> list[tuple[str, str, str]]:
    mean = round(inputs.total / len(inputs.pairs)) if inputs.pairs else 0
    people = [
        (number_text(inputs.mentors), tr("mentors to pair"), _places(inputs.places)),
        (number_text(inputs.mentees), tr("mentees to pair"), tr("without a tandem")),
    ]
    if inputs.programme.kind is ProgrammeKind.MUTUAL:  # everybody stands on both sides
        people = [(number_text(inputs.mentors), tr("people to pair"), tr("without a tandem"))]
    return [
        *people,
        (
            number_text(inputs.candidates),
            tr("pairs looked at"),
            "" if _hides(inputs) else tr("{n} allowed by the rules").format(n=number_text(inputs.allowed)),
        ),
        (
            number_text(inputs.planned),
            tr("pairs proposed"),
            tr("{points} points on average").format(points=number_text(mean)),
        ),
    ]


def _places(places: int) -> str:
    return trn("with {n} free place", "with {n} free places", places).format(n=number_text(places))


def _way(inputs: ProtocolSheet) -> list[Flowable]:
    aim = tr("Participation first: as many pairs as possible, then the highest total")
    if inputs.aim is Aim.QUALITY:
        aim = tr("Quality first: the highest total, even with fewer pairs")
    method = tr("Optimal assignment: no other plan has a higher total")
    if inputs.method is Method.STABLE:
        aim = tr("By the wishes of both sides, then by points")
        method = tr("Stable matching: no two would rather have each other than the partners they got")
    elif not inputs.proved:
        method = tr("The best plan found; for this kind of programme it was not proved that there is no better one")
    rows = [(tr("What came first"), aim), (tr("Method"), method)]
    if inputs.existing:
        there = trn(
            "{n} open tandem was there already and was not touched.",
            "{n} open tandems were there already and were not touched.",
            inputs.existing,
        )
        rows.append((tr("Tandems"), there.format(n=number_text(inputs.existing))))
    if inputs.cycles:
        circles = trn(
            "{n} line of superiors runs in a circle in the records; it was followed once round.",
            "{n} lines of superiors run in circles in the records; they were followed once round.",
            inputs.cycles,
        )
        rows.append((tr("Records"), circles.format(n=number_text(inputs.cycles))))
    return [heading(tr("How it was sought")), pairs(rows)]


def _rules(inputs: ProtocolSheet) -> list[Flowable]:
    rows: list[Sequence[Cell]] = [
        [
            paragraph(_rule_name(line), "cell"),
            paragraph(strictness_text(line.strictness) if line.strictness else tr("By hand"), "cell"),
            paragraph(_count(line, line.excluded), "cell_right"),
            paragraph(_count(line, line.warned), "cell_right"),
        ]
        for line in inputs.rules
    ]
    head = [tr("Rule"), tr("Setting"), tr("Pairs excluded"), tr("Pairs warned of")]
    words = tr(
        "Each pair was held against every rule; one that breaks several is counted under each. Reasons that people "
        "gave in confidence are counted together and not told apart."
    )
    widths = [TEXT_WIDTH - SETTING - 2 * COUNT, SETTING, COUNT, COUNT]
    return [heading(tr("Rules")), paragraph(words, "muted"), table(head, rows, widths, right=[2, 3])]


def _hides(inputs: ProtocolSheet) -> bool:
    """Whether the number of allowed pairs would tell what is not: how few have a confidential reason."""
    return any(line.reason == CONFIDENTIAL and 0 <= line.excluded < MIN_GROUP for line in inputs.rules)


def _count(line: RuleLine, count: int) -> str:
    """How many pairs; of confidential reasons a small number would point at people."""
    if line.reason == CONFIDENTIAL and count < MIN_GROUP:
        return tr("fewer than {n}").format(n=number_text(MIN_GROUP))
    return number_text(count)


def _rule_name(line: RuleLine) -> str:
    name = reason_text(line.reason)
    return name if line.levels is None else tr("{rule} (limit: {n})").format(rule=name, n=line.levels)


def reason_text(reason: str) -> str:
    """The name of a rule, or of what stands for several."""
    if reason == CONFIDENTIAL:
        return tr("Confidential reasons")
    if reason == BY_HAND:
        return tr("Ruled out by hand, or a tandem before")
    return rule_text(Rule(reason))


def _shares(inputs: ProtocolSheet) -> list[Flowable]:
    rows: list[Sequence[Cell]] = [
        [
            paragraph(criterion_text(line.criterion), "cell"),
            # A must would say of every pair that one of the two wished for the other.
            paragraph(tr("must") if line.must and line.criterion != Criterion.WISHES else "", "cell"),
            paragraph(tr("{weight} of 10").format(weight=line.weight), "cell_right"),
            paragraph(number_text(line.points), "cell_right"),
        ]
        for line in inputs.shares
        if line.weight or line.must
    ]
    if not rows:
        return []
    head = [tr("Criterion"), "", tr("Weight"), tr("Points at most")]
    words = tr("1,000 points are shared out among the criteria by their weights.")
    if any(line.criterion is Criterion.WISHES and line.points for line in inputs.shares):
        left_out = tr(
            "Wishes count as well, but no points of theirs are printed: nobody shall read here who asked for whom. All "
            "pairs and sums below are told without them."
        )
        words = f"{words} {left_out}"
    widths = [TEXT_WIDTH - MUST - 2 * COUNT, MUST, COUNT, COUNT]
    return [together(heading(tr("Weights")), paragraph(words, "muted"), table(head, rows, widths, right=[2, 3]))]


def _result(inputs: ProtocolSheet) -> list[Flowable]:
    found: list[Flowable] = [heading(tr("Result"))]
    printed = len(inputs.pairs)
    words = []
    whole = trn("{n} pair with {points} points in all.", "{n} pairs with {points} points in all.", printed)
    if printed < inputs.planned:
        text = trn("The plan had {n} pair.", "The plan had {n} pairs.", inputs.planned)
        words.append(text.format(n=number_text(inputs.planned)))
        whole = trn(
            "The {n} printed here has {points} points.", "The {n} printed here have {points} points in all.", printed
        )
    words.append(whole.format(n=number_text(printed), points=number_text(inputs.total)))
    kept = sum(pair.kept for pair in inputs.pairs)
    if kept:
        text = trn("{n} of them was set by the coordination.", "{n} of them were set by the coordination.", kept)
        words.append(text.format(n=number_text(kept)))
    if inputs.programme.kind is ProgrammeKind.MUTUAL:
        alone = inputs.left_mentors + inputs.left_mentees
        left = trn("{n} person is without a partner.", "{n} people are without a partner.", alone)
        words.append(left.format(n=number_text(alone)))
    else:
        left = tr("Without a partner: {mentors} mentors, {mentees} mentees.")
        words.append(left.format(mentors=number_text(inputs.left_mentors), mentees=number_text(inputs.left_mentees)))
    if inputs.gone:
        text = trn(
            "{n} pair is not named: somebody of it is no longer kept here.",
            "{n} pairs are not named: somebody of each is no longer kept here.",
            inputs.gone,
        )
        words.append(text.format(n=number_text(inputs.gone)))
    found.append(paragraph(" ".join(words)))
    return found


def _pair(number: int, pair: PairSheet, names: Names, most: int) -> Flowable:
    """One pair: who, how many points, and from what."""
    title = tr("{n}. {mentor} with {mentee}").format(n=number, mentor=pair.mentor, mentee=pair.mentee)
    blocks: list[Flowable] = [clipped(title, TEXT_WIDTH, 2, "subheading")]
    told = _told(pair)
    told += [tr("mind: {warning}").format(warning=broken_text(Rule(one))) for one in pair.warnings]
    if told:
        blocks.append(paragraph("; ".join(told), "small"))
    facts = TEXT_WIDTH - CRITERION - POINTS
    rows: list[Sequence[Cell]] = [
        [
            paragraph(criterion_text(reason.criterion), "cell"),
            clipped(fact_text(reason, names), facts - 10, 2, "small"),
            paragraph(points_text(reason), "cell_right"),
        ]
        for reason in pair.reasons
    ]
    whole = tr("{points} of {most}").format(points=number_text(pair.score), most=number_text(most))
    rows.append([paragraph(tr("Together"), "cell_strong"), "", paragraph(whole, "cell_right")])
    blocks.append(table([tr("Criterion"), tr("What it rests on"), tr("Points")], rows, [CRITERION, facts, POINTS], [2]))
    blocks.append(gap(4))
    return together(blocks)


def _told(pair: PairSheet) -> list[str]:
    """Where a pair comes from that is not the plan's own."""
    if pair.origin is Origin.SELF_FOUND:
        return [tr("the two found each other")]
    return [tr("set by the coordination")] if pair.kept or pair.origin is Origin.BY_HAND else []


def _origin(inputs: ProtocolSheet) -> Flowable:
    half = len(inputs.checksum) // 2
    rows = [
        (tr("Program"), f"Tandembuch {inputs.version}"),
        (tr("Checksum of the input"), f"{inputs.checksum[:half]} {inputs.checksum[half:]}"),
    ]
    words = tr(
        "The same people, rules and decisions give the same plan and the same checksum: the plan can be made again "
        "from the vault at any time and compared."
    )
    if inputs.published_on is not None:
        rows.insert(0, (tr("Published"), date_text(inputs.published_on)))
        words = tr(
            "The same people, rules and decisions give the same plan and the same checksum. These are the figures of "
            "the day it was published, whatever has changed in the vault since."
        )
        if inputs.again is not None:
            again = tr("The plan is no longer the same: people, rules or decisions have changed since.")
            if inputs.again:
                again = tr("Plan and checksum are the same.")
            rows.append((tr("Made again for this print"), again))
    return together([heading(tr("Where it comes from")), pairs(rows), paragraph(words, "muted")])
