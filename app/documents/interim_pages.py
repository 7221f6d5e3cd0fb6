"""Interim talks: a sheet for each of a tandem, filled in separately, so that both say freely how it goes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from reportlab.platypus import Flowable, PageBreak

from app.documents.blocks import clipped, gap, masthead, pairs, paragraph, table
from app.documents.editions import Edition
from app.documents.form_blocks import on_one_page, question, scale
from app.documents.inputs import AgreementSheets, GoalSheet, PartnerSheet, ProgrammeSheet, TandemSheet
from app.documents.style import TEXT_WIDTH, Imprint, part_begun, press
from app.documents.words import SIDES, names
from app.domain.programmes import ProgrammeKind
from app.i18n import mark, speaking, tr

LEAST, MOST = mark("I do not agree at all"), mark("I agree entirely")
STATEMENTS = (
    mark("We meet regularly, and every meeting has a topic."),
    mark("We talk openly and at eye level."),
    mark("I learn something that I can use."),
    mark("My partner learns something as well."),
    mark("We come nearer to our goals."),
    mark("I know whom I can turn to if something goes wrong."),
)
MOST_GOALS = 5
NUMBERS = (70.0, 70.0, 90.0)


class _Sheet(NamedTuple):
    """Who fills it in, on which side (0 or 1) of which tandem, and who is on the other."""

    tandem: TandemSheet
    person: PartnerSheet
    others: tuple[PartnerSheet, ...]
    side: int


def interim_sheets(inputs: AgreementSheets, edition: Edition) -> bytes:
    """A page for each member of each tandem, in the order given."""
    with speaking(edition.language):
        imprint = Imprint(edition, tr("Interim talk"), inputs.programme.title, confidential=True)
        everybody = [_Sheet(one, *who) for one in inputs.tandems for who in _members(one)]
        story: list[Flowable] = []
        for place, sheet in enumerate(everybody):
            edition.stop_if_cancelled()
            if story:
                story.append(PageBreak())
            title = tr("Tandem {number}: {names}").format(number=sheet.tandem.number, names=sheet.person.name)
            story.append(part_begun(title, place, len(everybody), edition))
            story += on_one_page(partial(_filled_in, inputs.programme, sheet, edition))
        if not story:
            story = [masthead(tr("Interim talk"), inputs.programme, edition.house)]
            story.append(paragraph(tr("There are no tandems in this programme yet."), "muted"))
        made = press(story, imprint)
        edition.tell(len(everybody), len(everybody))
        return made


def _members(tandem: TandemSheet) -> list[tuple[PartnerSheet, tuple[PartnerSheet, ...], int]]:
    mentors, mentees = tandem.mentors, tandem.mentees
    return [*((one, mentees, 0) for one in mentors), *((one, mentors, 1) for one in mentees)]


def _filled_in(programme: ProgrammeSheet, sheet: _Sheet, edition: Edition, more: int) -> list[Flowable]:
    """``more``: further lines to each question."""
    story: list[Flowable] = [masthead(tr("Interim talk"), programme, edition.house, 68)]
    rows = [(tr("Filled in by"), _called(programme, sheet)), (tr("In tandem with"), names(sheet.others))]
    story += [pairs(rows, 90), paragraph(_purpose(programme), "clause"), gap(4)]
    story.append(scale(tr(LEAST), tr(MOST), [tr(text) for text in STATEMENTS]))
    story += _goals(sheet.tandem.goals)
    story += question(tr("What have I learned so far, and what has my partner learned?"), 2 + more)
    story += question(tr("What should be different in the second half?"), 2 + more)
    story += question(tr("What do I need, and from whom?"), 1 + more)
    return story


def _called(programme: ProgrammeSheet, sheet: _Sheet) -> str:
    role = "" if programme.kind is ProgrammeKind.MUTUAL else f" ({tr(SIDES[programme.kind][sheet.side])})"
    return f"{sheet.person.name}{role}"


def _purpose(programme: ProgrammeSheet) -> str:
    said = [
        tr(
            "Each of the two fills in a sheet alone and brings it to the talk with the coordination. It is about the"
            " tandem and judges nobody; what was confided in the tandem stays there."
        )
    ]
    if programme.contact:
        said.append(tr("The talk is led by {contact}.").format(contact=programme.contact))
    return " ".join(said)


def _goals(goals: Sequence[GoalSheet]) -> list[Flowable]:
    """Where they began and what they aim at; where they stand today is written by hand."""
    if not goals:
        return []
    room = TEXT_WIDTH - sum(NUMBERS)
    rows = [
        [
            clipped(": ".join(part for part in (goal.topic, goal.title) if part) or tr("Goal"), room - 10, 2, "clause"),
            paragraph(str(goal.baseline), "clause_right"),
            paragraph(str(goal.target), "clause_right"),
            paragraph("____", "clause_right"),
        ]
        for goal in goals[:MOST_GOALS]
    ]
    head = [tr("Goal"), tr("Start"), tr("Target level"), tr("Today (0 to 4)")]
    note = paragraph(tr("Levels: 0 nothing yet, 1 first steps, 2 basics, 3 independent, 4 can pass it on."), "small")
    return [table(head, rows, [room, *NUMBERS], right=[1, 2, 3], pad=4), note]
