"""Expectation sheets: what each of those who take part expects, brings along and wants to reach, before the start."""

from __future__ import annotations

from functools import partial

from reportlab.platypus import Flowable, PageBreak

from app.documents.blocks import Lines, gap, masthead, pairs, paragraph
from app.documents.editions import Edition
from app.documents.form_blocks import on_one_page, question, ticks
from app.documents.handout_inputs import ExpectationSheets, Participant
from app.documents.inputs import ProgrammeSheet
from app.documents.style import Imprint, part_begun, press
from app.documents.words import SIDES
from app.domain.programmes import ProgrammeKind, Role
from app.i18n import date_text, mark, speaking, tr

MOST_TOPICS = 18  # that stand on the sheet and leave it on one page
WAYS = (mark("In person"), mark("By video"), mark("By phone"))
BRINGS = {
    Role.MENTOR: mark("What can I pass on, and where do I have experience?"),
    Role.MENTEE: mark("What do I bring along, and where can the other learn from me?"),
    Role.BOTH: mark("What can I pass on, and what would I like to learn?"),
}


def expectation_sheets(inputs: ExpectationSheets, edition: Edition) -> bytes:
    """A page for each person; longer only where somebody has said much already."""
    with speaking(edition.language):
        imprint = Imprint(edition, tr("Expectation sheet"), inputs.programme.title, confidential=True)
        story: list[Flowable] = []
        everybody: tuple[Participant | None, ...] = inputs.people or (None,)
        for place, person in enumerate(everybody):
            edition.stop_if_cancelled()
            if story:
                story.append(PageBreak())
            title = tr("Expectation sheet") if person is None else person.name
            story.append(part_begun(title, place, len(everybody), edition))
            story += on_one_page(partial(_sheet, inputs, person, edition))
        made = press(story, imprint)
        edition.tell(len(everybody), len(everybody))
        return made


def _sheet(inputs: ExpectationSheets, person: Participant | None, edition: Edition, more: int) -> list[Flowable]:
    """``more``: further lines to each question."""
    programme = inputs.programme
    story: list[Flowable] = [masthead(tr("Expectation sheet"), programme, edition.house, 68)]
    story += [_whose(programme, person), paragraph(_purpose(programme, edition), "clause")]
    known = "" if person is None else person.expectations
    story += question(tr("What do I expect of the tandem?"), 3 + more, known=known)
    role = Role.BOTH if person is None or programme.kind is ProgrammeKind.MUTUAL else person.role
    story += question(tr(BRINGS[role]), 2 + more)
    if inputs.topics:
        topics = ticks(inputs.topics[:MOST_TOPICS], 3, "clause")
        story += [paragraph(tr("Which topics matter to me?"), "section"), topics, Lines(1)]
    story += question(tr("How will I know at the end that it was worth it?"), 2 + more)
    ways = ticks([tr(way) for way in WAYS], 3, "clause")
    story += [paragraph(tr("How and when can we meet?"), "section"), ways, Lines(1)]
    story += [gap(10), Lines(1), paragraph(tr("Date, name"), "small")]
    return story


def _whose(programme: ProgrammeSheet, person: Participant | None) -> Flowable:
    if person is None:
        blank = "_" * 30
        return pairs([(tr("Name"), blank), (tr("Department"), blank)], 90)
    rows = [(tr("Name"), person.name)]
    if programme.kind is not ProgrammeKind.MUTUAL:
        rows.append((tr("Takes part as"), _role(person.role)))
    place = ", ".join(part for part in (person.department, person.organisation) if part)
    rows += [(tr("Department"), place)] if place else []
    return pairs(rows, 90)


def _role(role: Role) -> str:
    mentor, mentee = (tr(side) for side in SIDES[ProgrammeKind.REVERSE])
    if role is Role.BOTH:
        return tr("{mentor} and {mentee}").format(mentor=mentor, mentee=mentee)
    return mentor if role is Role.MENTOR else mentee


def _purpose(programme: ProgrammeSheet, edition: Edition) -> str:
    """Who reads it, and until when it is wanted."""
    said = [
        tr(
            "Taking part is voluntary; leave out what you would rather say in person. The coordination enters your"
            " expectations in the programme; they stand in the agreement of your tandem."
        )
    ]
    if programme.contact:
        said.append(tr("Please return the sheet to {contact}.").format(contact=programme.contact))
    if programme.starts_on and programme.starts_on >= edition.on:
        said.append(tr("The programme starts on {day}.").format(day=date_text(programme.starts_on)))
    return " ".join(said)
