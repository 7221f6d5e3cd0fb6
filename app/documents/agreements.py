"""The mentoring agreement: what both agree on, to be signed; an ordinary one on a single page.

A longer one goes on with the rules, so that nobody signs a page that bears nothing but lines to sign on.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, PageBreak

from app.documents.blocks import (
    Cell,
    Lines,
    clipped,
    columns,
    gap,
    masthead,
    pairs,
    paragraph,
    paragraphs,
    period,
    table,
    together,
    whole,
)
from app.documents.editions import Edition
from app.documents.inputs import AgreementSheets, House, PartnerSheet, ProgrammeSheet, TandemSheet
from app.documents.lettering import STRONG, TEXT, fitted, largest
from app.documents.style import INK, MUTED, TEXT_WIDTH, Imprint, Step, press
from app.documents.words import KINDS, SIDES, every, joined, names, owner
from app.domain.programmes import ProgrammeKind
from app.i18n import date_text, mark, speaking, tr, trn

LONGEST_FACT, LONGEST_GOAL = 300, 90  # signs that surely fit their cells, even in capitals
GOAL_COLUMNS = (62, 40, 64, 64)  # whose, start, target, review; the rest is the goal's
GOAL_ROOM = TEXT_WIDTH - sum(GOAL_COLUMNS)
OWNER_ROOM = GOAL_COLUMNS[0] - 10
LONGEST_BESIDE = 400  # signs of an expectation that stands beside the other's
CLOSE = 3  # points above and below the rows of a table
IDEA = {
    ProgrammeKind.REVERSE: mark(
        "In reverse mentoring the mentor passes on what younger colleagues know: digital tools, new ways of working,"
        " another view. Both learn from each other, at eye level and without regard to rank."
    ),
    ProgrammeKind.CLASSIC: mark(
        "In classic mentoring the mentor passes on experience and contacts and supports the mentee's development, at"
        " eye level and without being the mentee's superior."
    ),
    ProgrammeKind.MUTUAL: mark(
        "In mutual mentoring both are mentor and mentee at once: each passes on what they know and learns from the"
        " other, at eye level."
    ),
}
CONFIDENTIAL = mark(
    "What is said in the tandem stays in the tandem. Neither side passes on what the other has confided, not even to"
    " superiors or to the coordination, unless both agree to it. This holds beyond the end of the tandem."
)
MATTERS = mark(
    "Whoever learns of confidential matters of the organisation in the tandem keeps them secret and uses them for no"
    " other purpose."
)
MATTERS_OF_SENIORS = mark(
    "In reverse mentoring the mentor may come to see confidential matters of the management. The mentor keeps them"
    " secret, uses them for no other purpose and is spared documents that the tandem does not need."
)
VOLUNTARY = mark(
    "Taking part is voluntary. Either side may end the tandem at any time without giving a reason and without any"
    " disadvantage; a word to the coordination is enough."
)
RESPECT = mark(
    "Both come prepared, keep their appointments, listen and are honest with each other. Mistakes may be made and"
    " questions may be asked."
)


def agreement(inputs: AgreementSheets, edition: Edition) -> bytes:
    """One agreement after the other, each with pages of its own count, as PDF."""
    with speaking(edition.language):
        title = tr("Mentoring agreement")
        imprint = Imprint(edition, title, inputs.programme.title, confidential=True)
        story: list[Flowable] = []
        for place, tandem in enumerate(inputs.tandems):
            edition.stop_if_cancelled()
            if story:
                story.append(PageBreak())
            # Laying the pages out takes most of the time, so that is when progress is told.
            story.append(_begun(place, len(inputs.tandems), edition))
            story += _sheet(inputs.programme, tandem, title, edition.house)
        if not story:
            story = [masthead(title, inputs.programme, edition.house)]
            story.append(paragraph(tr("There are no tandems in this programme yet."), "muted"))
        made = press(story, imprint)
        edition.tell(len(inputs.tandems), len(inputs.tandems))
        return made


def _begun(place: int, count: int, edition: Edition) -> Flowable:
    return Step(lambda _: edition.tell(place, count))


def _sheet(programme: ProgrammeSheet, tandem: TandemSheet, title: str, house: House) -> list[Flowable]:
    about = tr("Tandem {number}: {names}").format(
        number=tandem.number, names=joined([names(tandem.mentors), names(tandem.mentees)])
    )
    story: list[Flowable] = [Step(lambda canvas: canvas.begin_part(about)), masthead(title, programme, house, 68)]
    story += [_partners(programme, tandem), paragraph(tr(IDEA[programme.kind]), "clause")]
    story += [_section(tr("What we have agreed")), *_facts(programme, tandem)]
    story += _goals(programme, tandem)
    if tandem.remarks.strip():
        story += [_section(tr("Also agreed")), *paragraphs(tandem.remarks, "fact")]
    story += _expectations(tandem)
    story.append(together(_rules(programme, tandem), _signatures(programme, tandem, house)))
    return story


def _section(text: str) -> Flowable:
    return paragraph(text, "section")


def _partners(programme: ProgrammeSheet, tandem: TandemSheet) -> Flowable:
    room = TEXT_WIDTH / 2 - 10
    return table(
        [tr(words) for words in SIDES[programme.kind]],
        [[_people(tandem.mentors, room), _people(tandem.mentees, room)]],
        [TEXT_WIDTH / 2, TEXT_WIDTH / 2],
        pad=CLOSE,
    )


def _people(partners: Sequence[PartnerSheet], room: float) -> list[Flowable]:
    found: list[Flowable] = []
    for partner in partners:
        found.append(whole(partner.name, room, 2, "name"))
        place = ", ".join(part for part in (partner.position, partner.department, partner.organisation) if part)
        if place:
            found.append(whole(place, room, 2, "small"))
        if partner.consented_on is not None:
            said = tr("Consented to taking part on {day}").format(day=date_text(partner.consented_on))
            found.append(whole(said, room, 2, "small"))
    return found


def _facts(programme: ProgrammeSheet, tandem: TandemSheet) -> list[Flowable]:
    """Short facts as a table; what is too long for a row of it follows below, since nothing agreed on may be cut."""
    count = programme.planned_meetings if tandem.planned_meetings is None else tandem.planned_meetings
    meetings = trn("{n} meeting", "{n} meetings", count).format(n=count)
    rhythm = tandem.rhythm.strip() or every(programme.rhythm_days)
    rows = [
        (tr("Programme"), f"{programme.title} ({tr(KINDS[programme.kind])})"),
        (tr("Period"), period(programme)),
        (tr("Meetings"), f"{meetings}, {rhythm}"),
        (tr("Place"), tandem.place),
        (tr("Topics"), ", ".join(tandem.topics)),
        (tr("Contact"), programme.contact),
        (tr("Patron"), programme.patron),
    ]
    short = [(label, value) for label, value in rows if 0 < len(value.strip()) <= LONGEST_FACT]
    story: list[Flowable] = [pairs(short, styles_of=("fact_label", "fact"), pad=1)]
    for label, value in rows:
        if len(value.strip()) > LONGEST_FACT:
            story += [paragraph(label, "subsection"), *paragraphs(value, "fact")]
    return story


def _goals(programme: ProgrammeSheet, tandem: TandemSheet) -> list[Flowable]:
    if not tandem.goals:
        return [together(_section(tr("Our goals")), Lines(3))]
    rows: list[Sequence[Cell]] = []
    long: list[Flowable] = []
    for goal in tandem.goals:
        named = ": ".join(part for part in (goal.topic, goal.title) if part) or tr("Goal")
        rows.append(
            [
                clipped(named, GOAL_ROOM - 10, 4, "clause"),
                whole(owner(goal.owner, programme.kind, tandem.mentors, tandem.mentees), OWNER_ROOM, 2, "clause"),
                paragraph(str(goal.baseline), "clause_right"),
                paragraph(str(goal.target), "clause_right"),
                paragraph(date_text(goal.review_on), "clause_right"),
            ]
        )
        long += paragraphs(named, "fact") if len(named) > LONGEST_GOAL else []
    head = [tr("Goal"), tr("Whose"), tr("Start"), tr("Target level"), tr("Review on")]
    note = paragraph(tr("Levels: 0 nothing yet, 1 first steps, 2 basics, 3 independent, 4 can pass it on."), "small")
    aims = table(head, rows, [GOAL_ROOM, *GOAL_COLUMNS], right=[2, 3, 4], pad=CLOSE)
    full = [paragraph(tr("Goals in full"), "subsection"), *long] if long else []
    return [_section(tr("Our goals")), aims, note, *full]


def _expectations(tandem: TandemSheet) -> list[Flowable]:
    """Each side's own words; who has not written any gets room to do so by hand."""
    said = [_expected(partner) for partner in (*tandem.mentors, *tandem.mentees)]
    if len(said) == 2 and all(_short(partner) for partner in (*tandem.mentors, *tandem.mentees)):
        return [gap(6), columns(said)]  # the two say what the heading would
    return [_section(tr("Expectations")), *(block for one in said for block in one)]


def _short(partner: PartnerSheet) -> bool:
    """Whether what somebody expects can stand in half the width, which must not split."""
    return len(partner.expectations) <= LONGEST_BESIDE and partner.expectations.count("\n") < 8


def _expected(partner: PartnerSheet) -> list[Flowable]:
    title = whole(tr("What {name} expects").format(name=partner.name), TEXT_WIDTH / 2 - 10, 2, "subsection")
    if partner.expectations.strip():
        return [title, *paragraphs(partner.expectations, "fact")]
    return [title, Lines(2)]  # the title keeps with the next


def _rules(programme: ProgrammeSheet, tandem: TandemSheet) -> list[Flowable]:
    matters = MATTERS_OF_SENIORS if programme.kind is ProgrammeKind.REVERSE else MATTERS
    clauses = [
        (tr("Secrecy"), tr(matters)),
        (tr("Dealing with each other"), tr(RESPECT)),
        (tr("Voluntary"), tr(VOLUNTARY)),
    ]
    if tandem.confidentiality:
        clauses.insert(0, (tr("Confidential"), tr(CONFIDENTIAL)))
    return [_section(tr("How we work together")), pairs(clauses, 96, styles_of=("clause_label", "clause"), pad=1)]


def _signatures(programme: ProgrammeSheet, tandem: TandemSheet, house: House) -> list[Flowable]:
    mentor, mentee = (tr(words) for words in SIDES[programme.kind])
    signers = [*((one.name, mentor) for one in tandem.mentors), *((one.name, mentee) for one in tandem.mentees)]
    # Whoever signs for the house says so with the name; that it is the coordination is said of nobody by name.
    signers.append((house.signatories[0], "") if house.signatories else ("", tr("Coordination")))
    when = ", ".join(part for part in (house.place, date_text(tandem.signed_on)) if part)
    blocks: list[Flowable] = [_section(tr("Signatures"))]
    for start in range(0, len(signers), 3):
        blocks += [gap(28), SignatureRow(signers[start : start + 3], when)]
    return blocks


class SignatureRow(Flowable):  # type: ignore[misc]
    """Up to three lines to sign on, side by side, with name, role, and place and date where they are known."""

    space = 8 * mm

    def __init__(self, signers: Sequence[tuple[str, str]], when: str) -> None:
        super().__init__()
        self.signers, self.when = list(signers), when

    def wrap(self, available: float, _height: float) -> tuple[float, float]:
        self.room = (available - 2 * self.space) / 3
        sizes = (9.5, 9, 8.5, 8, 7.5, 7)
        self.shown = [largest(name or role, STRONG, sizes, self.room, 3) for name, role in self.signers]
        self.tall = 20.0 + 12 * max(len(lines) for lines, _ in self.shown)
        return available, self.tall

    def draw(self) -> None:
        room = self.room
        for place, (name, role) in enumerate(self.signers):
            left = place * (room + self.space)
            self.canv.setStrokeColor(INK)
            self.canv.setLineWidth(0.6)
            self.canv.line(left, self.tall - 4, left + room, self.tall - 4)
            self.canv.setFillColor(INK)
            lines, size = self.shown[place]
            self.canv.setFont(STRONG, size)
            base = self.tall - 4
            for said in lines:
                base -= 12
                self.canv.drawString(left, base, said)
            self.canv.setFillColor(MUTED)
            below = ", ".join(part for part in ((role if name else ""), self.when) if part) or tr("Place, date")
            shown, size = fitted(below, TEXT, 8.5, room, 7)
            self.canv.setFont(TEXT, size)
            self.canv.drawString(left, base - 12, shown)
