"""Sheets that are the same for everybody: what mentoring is, ground rules, self-checks, the check before the start."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from reportlab.platypus import Flowable, PageBreak

from app.documents.blocks import Lines, gap, heading, masthead, pairs, paragraph, paragraphs, table, together
from app.documents.editions import Edition
from app.documents.form_blocks import on_one_page, ticks
from app.documents.handout_inputs import Handout, StartCheck
from app.documents.inputs import ProgrammeSheet
from app.documents.style import TEXT_WIDTH, Imprint, press
from app.documents.words import every
from app.domain.programmes import ProgrammeKind
from app.i18n import mark, speaking, tr, trn

KIND_IDEAS = {
    ProgrammeKind.REVERSE: mark(
        "In reverse mentoring the roles are turned round: a younger colleague is the mentor and shows an experienced"
        " one, often a leader, what they know: digital tools, AI, new ways of working, the view of their generation."
        " In return they get to know how decisions come about."
    ),
    ProgrammeKind.CLASSIC: mark(
        "In classic mentoring somebody experienced, the mentor, supports a colleague, the mentee, in their development:"
        " with experience, contacts and honest feedback, but not as their superior."
    ),
    ProgrammeKind.MUTUAL: mark(
        "In mutual mentoring both are mentor and mentee at once: each passes on what they know and learns from the"
        " other."
    ),
}
FORMS: tuple[tuple[str, str, str, str], ...] = (
    (
        mark("Training"),
        mark("knowledge and skills that are the same for all"),
        mark("the trainer, by a plan"),
        mark("hours or days"),
    ),
    (
        mark("Consulting"),
        mark("a solution to a problem of the firm"),
        mark("the client who orders it"),
        mark("until the problem is solved"),
    ),
    (
        mark("Coaching"),
        mark("own answers to a question of one's work"),
        mark("the coachee; the coach asks and gives no advice"),
        mark("some sessions"),
    ),
    (
        mark("Mentoring"),
        mark("development, by the experience of another person"),
        mark("the two, as it suits both"),
        mark("months, in a trusting relationship"),
    ),
)
PROMISES = (
    mark("Nobody has to take part, and either side may end the tandem at any time without a reason."),
    mark("Nobody in a tandem is the other's superior, directly or further up."),
    mark("What is said in the tandem stays in the tandem."),
    mark("Nobody is marked, ranked or rewarded: it is about learning."),
    mark("The coordination helps with whatever the two can't settle by themselves."),
)
RULES: tuple[tuple[str, str], ...] = (
    (mark("Eye level"), mark("Rank stays outside. Both teach, both learn, and every question may be asked.")),
    (mark("Reliability"), mark("We keep our appointments, come prepared, and call off in good time.")),
    (mark("Openness"), mark("We say what we know and what we don't, and are curious about another view.")),
    (mark("Honesty"), mark("We give feedback as we would like to get it: clearly, kindly, about the matter.")),
    (mark("Respect"), mark("We listen until the other has finished. We don't joke about what somebody doesn't know.")),
    (mark("Integrity"), mark("We use nothing that we learn here to our advantage or to anybody's disadvantage.")),
    (mark("Confidentiality"), mark("What is said in the tandem stays there, with superiors and at lunch as well.")),
    (mark("Company secrets"), mark("Whoever sees confidential matters keeps them secret and takes no copy.")),
    (mark("Freedom"), mark("If it does not fit, we say so, to each other or to the coordination; no reason is asked.")),
)
MENTOR_CHECK = (
    mark("I take part because I want to, not because somebody expects it."),
    mark("I like to explain, and I stay patient when something takes three attempts."),
    mark("I know the field that I am to pass on well enough to answer questions."),
    mark("I can say “I don't know, I will find out”."),
    mark("I know people to whom I can open a door."),
    mark("I can speak with somebody of another rank without playing a part."),
    mark("I can keep to myself what I am told, with friends as well."),
    mark("I have about two hours a month, and my superior knows of it."),
    mark("I want to learn something myself."),
)
MENTEE_CHECK = (
    mark("I take part because I want to, not because somebody expects it."),
    mark("I can name one thing that I would like to be able to do in half a year."),
    mark("I can bear that somebody sees what I don't know yet."),
    mark("I am ready to try things between the meetings."),
    mark("I let somebody of another rank or age teach me something."),
    mark("I say when something goes too fast or misses what I need."),
    mark("I can keep to myself what I am told, with friends as well."),
    mark("I have about two hours a month, and my superior knows of it."),
    mark("I am ready to give something back of my own experience."),
)
ACCEPTANCE = (
    mark("The management knows the aim and says so in public; one of them takes part or is the patron."),
    mark("Superiors of those who take part know how much time it takes and have agreed to it."),
    mark("The works council, if there is one, knows the programme and has seen the questionnaires."),
    mark("Everybody was told that taking part is voluntary and that leaving has no disadvantage."),
    mark("It has been said openly that in a tandem rank does not count, and what that means for leaders."),
    mark("Those who don't take part know what happens and whom they can ask."),
)
STRUCTURE = (
    mark("There is a contact person with time for it, and a deputy."),
    mark("Kick-off, interim talks and closing event have a day, a room and an invitation."),
    mark("Mentors and mentees are prepared for their part (training, ground rules, self-check)."),
    mark("The pairs were checked: no line of superiors, no competition, no pair against somebody's will."),
    mark("It is settled how success will be recognised, and who gets to read the evaluation."),
    mark("It is settled what happens when a tandem doesn't work."),
)


def about_mentoring(inputs: Handout, edition: Edition) -> bytes:
    """One page: what mentoring is, how it differs from training, consulting and coaching, and what holds here."""
    with speaking(edition.language):
        programme, title = inputs.programme, tr("What mentoring is")
        story: list[Flowable] = [masthead(title, programme, edition.house, 68)]
        story.append(paragraph(tr(KIND_IDEAS[programme.kind])))
        if inputs.greeting.strip():
            by = tr("A word of the patron, {name}").format(name=programme.patron) if programme.patron else ""
            story += [heading(by or tr("A word of the patron")), *paragraphs(inputs.greeting)]
        story.append(heading(tr("Four forms, and what they are for")))
        head = [tr("Form"), tr("It is about"), tr("Who sets the topics"), tr("How long")]
        wide = (80.0, 145.0, 145.0)
        rows = [[paragraph(tr(text), "cell_strong" if at == 0 else "cell") for at, text in enumerate(form)]
                for form in FORMS]  # fmt: skip
        story.append(table(head, rows, [*wide, TEXT_WIDTH - sum(wide)]))
        story += [heading(tr("What we promise each other")), *(paragraph(f"–  {tr(text)}") for text in PROMISES)]
        story += [heading(tr("How it goes")), paragraph(_course(programme))]
        return _pressed(story, title, programme, edition)


def _course(programme: ProgrammeSheet) -> str:
    meetings = trn("{n} meeting", "{n} meetings", programme.planned_meetings).format(n=programme.planned_meetings)
    said = [
        tr("The tandem meets on its own: {meetings}, {rhythm}, in person or by video.").format(
            meetings=meetings, rhythm=every(programme.rhythm_days)
        )
    ]
    if programme.contact:
        said.append(tr("Whoever has a question turns to {contact}.").format(contact=programme.contact))
    return " ".join(said)


def ground_rules(inputs: Handout, edition: Edition) -> bytes:
    """One page: how those in a tandem deal with each other; to be signed by both if they want to."""
    with speaking(edition.language):
        programme, title = inputs.programme, tr("Ground rules")
        story: list[Flowable] = [masthead(title, programme, edition.house, 68)]
        story.append(paragraph(tr("They hold for both, from the first meeting on and beyond the last one.")))
        rules = [(tr(name), tr(text)) for name, text in RULES]
        story += [gap(6), pairs(rules, 110, styles_of=("strong", "text"), pad=5)]
        story.append(together(heading(tr("What we two add")), Lines(7)))
        story.append(together(gap(14), Lines(1), paragraph(tr("Date, both names"), "small")))
        return _pressed(story, title, programme, edition)


def self_check(inputs: Handout, edition: Edition) -> bytes:
    """A page for mentors and one for mentees, in mutual programmes one for both; nobody hands it in."""
    with speaking(edition.language):
        programme, title = inputs.programme, tr("Self-check")
        checks: list[tuple[str, Sequence[str]]] = [
            (tr("Am I the right mentor?"), MENTOR_CHECK),
            (tr("Is it the right time for me to be a mentee?"), MENTEE_CHECK),
        ]
        if programme.kind is ProgrammeKind.MUTUAL:
            both = [*MENTOR_CHECK, *(one for one in MENTEE_CHECK if one not in MENTOR_CHECK)]
            checks = [(tr("Is it the right time for me to be in a tandem?"), both)]
        story: list[Flowable] = []
        for name, statements in checks:
            if story:
                story.append(PageBreak())
            story += on_one_page(partial(_check, name, statements, programme, edition), most=8)
        return _pressed(story, title, programme, edition)


def _check(
    name: str, statements: Sequence[str], programme: ProgrammeSheet, edition: Edition, more: int
) -> list[Flowable]:
    """``more``: further lines to write on."""
    alone = tr(
        "This sheet is for you alone: nobody collects it and nobody counts the ticks. Where you hesitate, a word with"
        " the coordination before the start is worth while."
    )
    boxes = ticks([tr(one) for one in statements], pad=6)
    own = [heading(tr("What I want to think about or talk over")), Lines(1 + more)]
    return [masthead(name, programme, edition.house, 68), paragraph(alone), gap(8), boxes, *own]


def start_check(inputs: StartCheck, edition: Edition) -> bytes:
    """One page for the coordination: acceptance, structure, and how far the preparations are by the vault."""
    with speaking(edition.language):
        programme, title = inputs.programme, tr("Check before the start")
        story: list[Flowable] = [masthead(title, programme, edition.house, 68)]
        story += [heading(tr("Is it accepted?")), ticks([tr(one) for one in ACCEPTANCE], style="clause", pad=3)]
        story.append(heading(tr("Does it have a structure?")))
        story.append(ticks([tr(one) for one in STRUCTURE], style="clause", pad=3))
        story += [heading(tr("As it stands in the programme today")), pairs(_standing(inputs), 190)]
        story.append(together(heading(tr("Still open")), Lines(5)))
        return _pressed(story, title, programme, edition)


def _standing(inputs: StartCheck) -> list[tuple[str, str]]:
    def of(done: int, count: int) -> str:
        return tr("{n} of {all}").format(n=done, all=count)

    programme = inputs.programme
    return [
        (tr("Contact person"), programme.contact or tr("nobody named")),
        (tr("Patron"), programme.patron or tr("nobody named")),
        (tr("Expectations written"), of(inputs.expecting, inputs.participants)),
        (tr("Consents given"), of(inputs.consents, inputs.members)),
        (tr("Agreements signed"), of(inputs.agreed, inputs.tandems)),
        (tr("Tandems with a goal"), of(inputs.aiming, inputs.tandems)),
    ]


def _pressed(story: list[Flowable], title: str, programme: ProgrammeSheet, edition: Edition) -> bytes:
    edition.tell(0, 1)
    made = press(story, Imprint(edition, title, programme.title))
    edition.tell(1, 1)
    return made
