"""The letters that tell each member of a tandem whom they are paired with, and what comes next; one page each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable, KeepInFrame, PageBreak, Table

from app.documents.agreements import IDEA
from app.documents.blocks import clipped, gap, heading, masthead, pairs, paragraph, period, whole
from app.documents.editions import Edition
from app.documents.inputs import House, ProgrammeSheet
from app.documents.letter_inputs import Addressee, LetterSheet, LetterSheets
from app.documents.lettering import MEDIUM, TEXT, largest, width
from app.documents.logos import picture_of, size_within
from app.documents.style import INK, TEXT_HEIGHT, TEXT_WIDTH, Imprint, accent, part_begun, press
from app.documents.words import KINDS, every, joined
from app.domain.people import Salutation
from app.i18n import date_text, speaking, tr, trc, trn

LOGO = (52 * mm, 15 * mm)
LEFT, SPACE = 252.0, 8.0
RIGHT = TEXT_WIDTH - LEFT - SPACE
LEFT_LABEL = 60.0
MOST_TOPICS, MOST_PARTNERS = 8, 4


def letters(inputs: LetterSheets, edition: Edition) -> bytes:
    """One letter after the other, a page each, as PDF."""
    with speaking(edition.language):
        title = tr("Letters to the tandems")
        imprint = Imprint(edition, title, inputs.programme.title, confidential=True)
        story: list[Flowable] = []
        logo = picture_of(edition.house.logo)
        for place, letter in enumerate(inputs.letters):
            edition.stop_if_cancelled()
            if story:
                story.append(PageBreak())
            about = tr("Tandem {number}: {names}").format(number=letter.number, names=letter.to.name)
            story.append(part_begun(about, place, len(inputs.letters), edition))
            page = _letter(inputs, letter, LetterHead(edition.house, logo), edition)
            # Whatever somebody entered, a letter stays on its page.
            story.append(KeepInFrame(TEXT_WIDTH, TEXT_HEIGHT - 1, page, mode="shrink"))
        if not story:
            story = [masthead(title, inputs.programme, edition.house)]
            story.append(paragraph(tr("There are no tandems in this programme yet."), "muted"))
        made = press(story, imprint)
        edition.tell(len(inputs.letters), len(inputs.letters))
        return made


def _letter(inputs: LetterSheets, letter: LetterSheet, head: LetterHead, edition: Edition) -> list[Flowable]:
    story: list[Flowable] = [head, _address(inputs.programme, letter, edition), gap(8)]
    story += [paragraph(_subject(letter), "name"), gap(8)]
    story += [paragraph(salutation(letter.to)), paragraph(_opening(inputs.programme, letter))]
    story.append(_side_by_side(_partners(letter), _frame(inputs.programme)))
    story += _topics(letter)
    story += _next_steps(inputs.programme, letter, edition.on)
    story += _closing(inputs, edition.house)
    return story


class LetterHead(Flowable):  # type: ignore[misc]
    """An accent bar with the house's name, the logo at the right."""

    tall = 21 * mm

    def __init__(self, house: House, logo: ImageReader | None) -> None:
        super().__init__()
        self.house, self.logo = house, logo

    def wrap(self, available: float, _height: float) -> tuple[float, float]:
        self.available = available
        return available, self.tall

    def draw(self) -> None:
        canvas, top = self.canv, self.tall
        canvas.setFillColor(accent(self.house))
        canvas.rect(0, top - 8, 34, 3, stroke=0, fill=1)
        canvas.setFillColor(INK)
        lines, size = largest(self.house.name, MEDIUM, (11, 10, 9, 8, 7), self.available - LOGO[0] - 10, 2)
        canvas.setFont(MEDIUM, size)
        for place, name in enumerate(lines):
            canvas.drawString(0, top - 26 - place * size * 1.25, name)
        if self.logo is not None:
            wide, high = size_within(self.logo, *LOGO)
            canvas.drawImage(self.logo, self.available - wide, top - 5 - high, wide, high, mask="auto")


def _address(programme: ProgrammeSheet, letter: LetterSheet, edition: Edition) -> Flowable:
    """To whom, at the left; place and day and what it is about at the right."""
    to, room = letter.to, RIGHT
    left = [whole(to.name, LEFT, 2, "strong")]
    left += [whole(one, LEFT, 2, "address") for one in (to.position, to.department, to.organisation) if one]
    when = ", ".join(part for part in (edition.house.place, date_text(edition.on)) if part)
    tandem = tr("Tandem {number}").format(number=letter.number)
    right = [whole(one, room, 2, "about") for one in (when, programme.title, tandem) if one]
    return _side_by_side(left, right)


def _side_by_side(left: list[Flowable], right: list[Flowable]) -> Table:
    rules = [
        ("FONTNAME", (0, 0), (-1, -1), TEXT), ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0), ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ]  # fmt: skip
    return Table([[left, right]], colWidths=[LEFT + SPACE, RIGHT], style=rules, hAlign="LEFT")


def salutation(to: Addressee) -> str:
    """The form of address that the person chose; the full name where they chose none."""
    name = " ".join(part for part in (to.title, to.family_name) if part)
    if to.salutation is Salutation.NONE or not to.family_name:
        return tr("Dear {name},").format(name=to.name)
    woman = to.salutation is Salutation.MS
    if to.title:
        words = trc("to a woman with a title", "Dear {name},")
        words = words if woman else trc("to a man with a title", "Dear {name},")
    else:
        words = tr("Dear Ms {name},") if woman else tr("Dear Mr {name},")
    return words.format(name=name)


def _names(letter: LetterSheet) -> str:
    return joined([one.name for one in letter.partners])


def _subject(letter: LetterSheet) -> str:
    return tr("Your tandem with {names}").format(names=_names(letter))


def _opening(programme: ProgrammeSheet, letter: LetterSheet) -> str:
    if letter.self_found:
        words = tr("We are glad that you and {names} found each other for the programme “{programme}”.")
    elif letter.teaches and letter.learns:
        words = tr("We are glad to tell you that you and {names} form a tandem in the programme “{programme}”.")
    elif letter.teaches:
        words = tr("We are glad to tell you whom you mentor in the programme “{programme}”: {names}.")
    else:
        words = tr("We are glad to tell you who mentors you in the programme “{programme}”: {names}.")
    return f"{words.format(names=_names(letter), programme=programme.title)} {tr(IDEA[programme.kind])}"


def _partners(letter: LetterSheet) -> list[Flowable]:
    if letter.teaches == letter.learns:
        title = trn("Your partner", "Your partners", len(letter.partners))
    elif letter.teaches:
        title = trn("Your mentee", "Your mentees", len(letter.partners))
    else:
        title = trn("Your mentor", "Your mentors", len(letter.partners))
    found: list[Flowable] = [heading(title)]
    for one in letter.partners[:MOST_PARTNERS]:
        rows = [
            (tr("Name"), one.name),
            (tr("Position"), ", ".join(part for part in (one.position, one.department) if part)),
            (tr("Organisation"), one.organisation),
            (tr("Location"), one.location),
            (tr("E-mail"), one.email),
            (tr("Phone"), one.phone),
        ]
        one_line = {tr("E-mail"), tr("Phone")}  # an address broken in the middle is typed wrongly
        found.append(pairs([(label, value) for label, value in rows if value], LEFT_LABEL, LEFT, one_line=one_line))
    return found


def _topics(letter: LetterSheet) -> list[Flowable]:
    """Only what the people stated themselves, without levels."""
    names = _names(letter)
    rows = [
        (tr("Offered by {names}").format(names=names), letter.offered),
        (tr("Learning topics of {names}").format(names=names), letter.sought),
        (tr("Offered by you"), letter.own_offered),
        (tr("Your learning topics"), letter.own_sought),
        (tr("Interests in common"), letter.interests),
    ]
    shown = [(label, _listed(topics)) for label, topics in rows if topics]
    return [heading(tr("Your topics")), pairs(shown, 150)] if shown else []


def _listed(topics: Sequence[str]) -> str:
    more = len(topics) - MOST_TOPICS
    text = ", ".join(topics[:MOST_TOPICS])
    return f"{text} {trn('and {n} more', 'and {n} more', more).format(n=more)}" if more > 0 else text


def _frame(programme: ProgrammeSheet) -> list[Flowable]:
    meetings = trn("{n} meeting", "{n} meetings", programme.planned_meetings).format(n=programme.planned_meetings)
    rows = [
        (tr("Kind"), tr(KINDS[programme.kind])),
        (tr("Period"), period(programme)),
        (tr("Meetings"), f"{meetings}, {every(programme.rhythm_days)}" if programme.planned_meetings else ""),
        (tr("Patron"), programme.patron),
        (tr("Contact"), programme.contact),
    ]
    shown = [(label, value) for label, value in rows if value.strip()]
    labels = max((width(label, TEXT, 10) for label, _ in shown), default=0) + 8
    return [heading(tr("The programme")), pairs(shown, labels, RIGHT)]


def _next_steps(programme: ProgrammeSheet, letter: LetterSheet, on: date) -> list[Flowable]:
    steps = []
    if not letter.consented:
        steps.append(
            tr(
                "Taking part is voluntary. Please tell the coordination whether you agree to this tandem; if not, you "
                "need not give a reason."
            )
        )
    if letter.met:
        steps.append(tr("You have met already; please arrange your next meeting with each other."))
    elif letter.first_meeting is not None:
        steps.append(tr("Your first meeting is planned for {day}.").format(day=date_text(letter.first_meeting)))
    elif programme.starts_on is not None and programme.starts_on > on:
        words = tr("Please arrange your first meeting with each other; the programme starts on {day}.")
        steps.append(words.format(day=date_text(programme.starts_on)))
    else:
        steps.append(tr("Please arrange your first meeting with each other."))
    if not letter.signed and not letter.met:
        steps.append(
            tr("At the first meeting you fill in and sign the mentoring agreement, which the coordination hands out.")
        )
    elif not letter.signed:
        steps.append(tr("At the next meeting please sign the mentoring agreement, which the coordination hands out."))
    return [heading(tr("What comes next")), *(paragraph(f"{n}. {text}") for n, text in enumerate(steps, start=1))]


def _closing(inputs: LetterSheets, house: House) -> list[Flowable]:
    found: list[Flowable] = [gap(4)]
    if inputs.greeting.strip():
        said = tr("{patron}, patron of the programme: “{words}”") if inputs.programme.patron else tr("“{words}”")
        words = said.format(patron=inputs.programme.patron, words=inputs.greeting.strip())
        found.append(clipped(words, TEXT_WIDTH, 4, "text"))
    found += [paragraph(tr("Kind regards")), gap(20)]
    if house.signatories:
        return [*found, whole(house.signatories[0], TEXT_WIDTH, 2, "strong")]
    return [*found, paragraph(tr("Coordination"), "muted")]
