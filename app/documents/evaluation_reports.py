"""The evaluation report: a programme's figures, without names of people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date

from reportlab.lib.colors import Color
from reportlab.platypus import Flowable

from app.documents import charts
from app.documents.blocks import Cell, gap, heading, masthead, paragraph, table, tiles, together, whole
from app.documents.editions import Edition
from app.documents.inputs import EvaluationSheet
from app.documents.style import TEXT_WIDTH, Imprint, accent, press
from app.documents.words import KINDS, MODES, STATES
from app.evaluation.figures import GoalFigures, MonthFigure, ProgrammeFigures
from app.evaluation.suppression import MIN_GROUP
from app.i18n import date_text, mark, number_text, percent_text, speaking, tr, trn

TOPICS_SHOWN, PAIRS_SHOWN, MONTHS_SHOWN = 10, 10, 14
PAD = 2  # narrower tables than elsewhere: a usual programme stands on two pages
MIN_TANDEMS = -(-MIN_GROUP // 2)  # as many as hold MIN_GROUP people
BANDS = (mark("Not begun"), mark("Under half"), mark("Half or more"), mark("Reached"))


def evaluation_report(inputs: EvaluationSheet, edition: Edition) -> bytes:
    """The report as PDF, usually two pages."""
    with speaking(edition.language):
        title = tr("Evaluation report")
        imprint = Imprint(edition, title, inputs.programme.title)
        figures, colour = inputs.figures, accent(edition.house)
        edition.stop_if_cancelled()
        story: list[Flowable] = [masthead(title, inputs.programme, edition.house), _intro(inputs), gap(8)]
        story += _tiles(figures, colour)
        story += _states(figures, colour)
        story += _months(figures, colour)
        story += _modes(figures, colour)
        story += _topics(inputs, colour)
        story += _goals(figures.goals, colour)
        last = _departments(figures) or [story.pop()]
        story.append(together(last, _method(figures)))  # how it was counted never stands on a page alone
        edition.tell(1, 1)
        return press(story, imprint)


def _intro(inputs: EvaluationSheet) -> Flowable:
    words = tr("{kind}. State of {day}. All figures are counts of the programme; no person is named.")
    return paragraph(words.format(kind=tr(KINDS[inputs.programme.kind]), day=date_text(inputs.figures.today)), "muted")


def _tiles(figures: ProgrammeFigures, colour: Color) -> list[Flowable]:
    due = figures.planned_until_today
    share = percent_text(figures.held_of_planned / due) if due else "–"
    shown = [
        (
            number_text(figures.tandems),
            trn("tandem", "tandems", figures.tandems),
            trn("{n} person", "{n} people", figures.participants).format(n=number_text(figures.participants)),
        ),
        (
            number_text(figures.held),
            tr("meetings held"),
            _of_planned(figures),
        ),
        (
            share,
            tr("of those due so far"),
            tr("n = {n} meetings").format(n=number_text(due)) if due else tr("none was due yet"),
        ),
        (
            number_text(figures.minutes / 60),
            tr("hours spent together"),
            tr("n = {n} meetings").format(n=number_text(figures.timed)) if figures.timed else tr("none entered yet"),
        ),
    ]
    return [tiles(shown, colour)]


def _of_planned(figures: ProgrammeFigures) -> str:
    words = tr("of {n} planned in all").format(n=number_text(figures.planned))
    for text, n in ((tr("{n} unplanned"), figures.unplanned), (tr("{n} fell away"), figures.dropped)):
        if n:  # else there are more held than planned, or fewer planned than everybody knows
            words += ", " + text.format(n=number_text(n))
    return words


def _states(figures: ProgrammeFigures, colour: Color) -> list[Flowable]:
    bars = [charts.Bar(tr(STATES[state]), count, number_text(count)) for state, count in figures.states if count]
    return [together(heading(_counted(tr("Tandems"), figures.tandems)), charts.rows(bars, colour))] if bars else []


def _months(figures: ProgrammeFigures, colour: Color) -> list[Flowable]:
    title, columns = _columns(figures.months)
    if not columns:
        return []
    note = tr("Filled: held. Outline: planned. Above each column: held / planned.")
    return [
        together(
            heading(_counted(title, figures.planned)),
            charts.months(columns, colour),
            paragraph(note, "small"),
        )
    ]


def _columns(figures: Sequence[MonthFigure]) -> tuple[str, list[charts.Month]]:
    """Months while they fit side by side, else quarters, else years (the latest): none is left out unsaid."""
    spans: tuple[tuple[str, Callable[[date], str]], ...] = (
        (tr("Meetings held and planned, by month"), lambda day: f"{day.month:02}/{day.year % 100:02}"),
        (tr("Meetings held and planned, by quarter"), lambda day: f"Q{(day.month + 2) // 3}/{day.year % 100:02}"),
        (tr("Meetings held and planned, by year"), lambda day: str(day.year)),
    )
    fitting = next((span for span in spans if len({span[1](one.month) for one in figures}) <= MONTHS_SHOWN), spans[-1])
    title, label = fitting
    held: Counter[str] = Counter()
    planned: Counter[str] = Counter()
    for one in figures:
        held[label(one.month)] += one.held
        planned[label(one.month)] += one.planned
    columns = [charts.Month(name, held[name], planned[name]) for name in held]
    return title, columns[-MONTHS_SHOWN:]


def _modes(figures: ProgrammeFigures, colour: Color) -> list[Flowable]:
    total = sum(count for _, count in figures.modes)
    if not total:
        return []
    bars = [
        charts.Bar(tr(MODES[mode]), count, f"{number_text(count)}  ({percent_text(count / total)})")
        for mode, count in figures.modes
    ]
    return [together(heading(_counted(tr("How people met"), total)), charts.rows(bars, colour, total))]


def _topics(inputs: EvaluationSheet, colour: Color) -> list[Flowable]:
    shown = inputs.topics[:TOPICS_SHOWN]
    if not shown:
        return []
    bars = [
        charts.Bar(
            one.name,
            one.meetings,
            trn("{meetings} ({n} tandem)", "{meetings} ({n} tandems)", one.tandems).format(
                meetings=number_text(one.meetings), n=number_text(one.tandems)
            ),
        )
        for one in shown
    ]
    head = _counted(tr("Topics of the meetings"), inputs.figures.meetings_with_topics)
    rest = len(inputs.topics) - len(shown)
    story: list[Flowable] = [heading(head), charts.rows(bars, colour)]
    if rest > 0:
        story.append(paragraph(trn("and {n} more topic", "and {n} more topics", rest).format(n=rest), "small"))
    return [together(story)]


def _goals(goals: GoalFigures, colour: Color) -> list[Flowable]:
    if not goals.goals:
        return []
    if goals.mean is None or goals.bands is None:
        few = tr("Fewer than {n} people learn by measurable goals, so no figure is shown.").format(n=MIN_GROUP)
        return [together(heading(tr("Goal attainment")), paragraph(few, "muted"))]  # nor how few there are
    story: list[Flowable] = [heading(_counted(tr("Goal attainment"), goals.measurable))]
    story.append(
        paragraph(
            tr("On average {share} of the way from start to target is done ({people} people).").format(
                share=percent_text(goals.mean), people=number_text(goals.people)
            )
        )
    )
    bars = [charts.Bar(tr(name), count, number_text(count)) for name, count in zip(BANDS, goals.bands, strict=True)]
    story.append(charts.rows(bars, colour))
    rows: list[Sequence[Cell]] = [
        [
            whole(one.department or tr("No department"), TEXT_WIDTH - 190, 2, "cell"),
            paragraph(number_text(one.people) if one.mean is not None else "", "cell_right"),
            paragraph(
                percent_text(one.mean) if one.mean is not None else tr("not shown"),
                "cell_right",
            ),
        ]
        for one in goals.by_department
    ]
    if len(rows) > 1:
        head = [tr("Department"), tr("People"), tr("Attainment")]
        story += [gap(8)]
        story.append(table(head, rows, [TEXT_WIDTH - 180, 70, 110], right=[1, 2], pad=PAD))
    return [together(story[:3]), *story[3:]]


def _departments(figures: ProgrammeFigures) -> list[Flowable]:
    if not figures.departments_known:
        return []
    words = trn(
        "{n} of {all} tandem joins two departments.",
        "{n} of {all} tandems join two departments.",
        figures.departments_known,
    ).format(n=number_text(figures.across_departments), all=number_text(figures.departments_known))
    if figures.across_organisations:
        more = trn(
            "{n} tandem joins two organisations.", "{n} tandems join two organisations.", figures.across_organisations
        ).format(n=number_text(figures.across_organisations))
        words = f"{words} {more}"
    shown = [one for one in figures.department_pairs if one.tandems >= MIN_TANDEMS]
    rows: list[Sequence[Cell]] = [
        [
            whole(" – ".join(one.departments), TEXT_WIDTH - 90, 2, "cell"),
            paragraph(number_text(one.tandems), "cell_right"),
        ]
        for one in shown[:PAIRS_SHOWN]
    ]
    story: list[Flowable] = [heading(tr("Across departments")), paragraph(words)]
    if rows:
        story.append(table([tr("Departments"), tr("Tandems")], rows, [TEXT_WIDTH - 80, 80], right=[1], pad=PAD))
    rest = len(figures.department_pairs) - len(rows)
    if rest and rows:
        further = trn("and {n} more pair of departments", "and {n} more pairs of departments", rest).format(n=rest)
        story.append(paragraph(further, "small"))
    elif rest:
        few = tr("Which departments these are is not shown: each pair of them has too few people.")
        story.append(paragraph(few, "small"))
    return story


def _method(figures: ProgrammeFigures) -> list[Flowable]:
    words = tr(
        "Where the figures come from: counted on {day} from what the coordination entered about tandems, meetings and"
        " goals. A planned meeting counts while its tandem runs or once it was held. Departments and goal attainment"
        " that rest on fewer than {n} people are not shown, nor what would give them away by subtraction. Private notes"
        " are no source of this report."
    )
    return [heading(tr("Method")), paragraph(words.format(day=date_text(figures.today), n=MIN_GROUP), "small")]


def _counted(title: str, count: int) -> str:
    """The title with what it rests on: "Topics (n = 85)"."""
    return tr("{title} (n = {n})").format(title=title, n=number_text(count))
