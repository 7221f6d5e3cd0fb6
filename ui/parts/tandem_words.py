"""How steps, sides, modes and meetings are said, and in which tone; the word says it, the tone only helps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from app.domain.meetings import GoalOwner, Meeting, MeetingState, Mode
from app.domain.programmes import ProgrammeKind
from app.domain.tandems import Tandem, TandemSide, TandemState
from app.i18n import date_text, mark, number_text, tr, trn
from app.services.together import Recorded

# From where to where: the words of the button and its icon.
STEPS: dict[TandemState, tuple[str, str]] = {
    TandemState.PROPOSED: (mark("Propose again"), "undo-2"),
    TandemState.AGREED: (mark("Mark as agreed"), "handshake"),
    TandemState.ACTIVE: (mark("Activate"), "play"),
    TandemState.PAUSED: (mark("Pause"), "pause"),
    TandemState.COMPLETED: (mark("Complete"), "flag"),
    TandemState.ENDED: (mark("Dissolve"), "unlink"),
}

MODES: dict[Mode, tuple[str, str]] = {
    Mode.IN_PERSON: (mark("In person"), "users"),
    Mode.VIDEO: (mark("By video"), "presentation"),
    Mode.PHONE: (mark("By phone"), "phone"),
}

SHORT_OWNERS: dict[GoalOwner, str] = {
    GoalOwner.MENTEE: mark("Mentee"),
    GoalOwner.MENTOR: mark("Mentor"),
    GoalOwner.BOTH: mark("Both"),
}

OWNERS: dict[GoalOwner, str] = {
    GoalOwner.MENTEE: mark("Goal of the mentee"),
    GoalOwner.MENTOR: mark("Goal of the mentor"),
    GoalOwner.BOTH: mark("Goal of both"),
}

BECAME: dict[TandemState, str] = {
    TandemState.PROPOSED: mark("The tandem is now proposed"),
    TandemState.AGREED: mark("The tandem is now agreed"),
    TandemState.ACTIVE: mark("The tandem is now active"),
    TandemState.PAUSED: mark("The tandem is now paused"),
    TandemState.COMPLETED: mark("The tandem is now completed"),
    TandemState.ENDED: mark("The tandem was dissolved"),
}

LEVEL_WORDS = (mark("none yet"), mark("first steps"), mark("with help"), mark("on their own"), mark("can teach it"))


def step_text(state: TandemState, now: TandemState) -> str:
    """The words of the button that leads from ``now`` to ``state``."""
    if state is TandemState.ACTIVE and now in (TandemState.PAUSED, TandemState.COMPLETED):
        return tr("Resume")
    return tr(STEPS[state][0])


def next_hint(tandem: Tandem) -> str:
    """What carries a tandem on that has not begun; "" for the others."""
    if tandem.state not in (TandemState.PROPOSED, TandemState.AGREED):
        return ""
    signed = tandem.agreement.signed_on is not None
    if tandem.consented:
        return "" if signed else tr("Next: the signed agreement. With its day the tandem becomes active by itself.")
    if signed:
        return tr("Next: the consents. With the last one the tandem becomes active by itself.")
    return tr("Next: the consents, then the signed agreement. With both the tandem becomes active by itself.")


def carried_text(state: TandemState) -> str:
    """That consents and agreement moved a tandem on by themselves."""
    if state is TandemState.ACTIVE:
        return tr("Consents and agreement are there: the tandem is now active")
    return tr("Both have consented: the tandem is now agreed")


def dissolved_text(count: int, refused: int) -> str:
    """``count`` tandems are dissolved; ``refused`` of them were proposals, whose pairs are ruled out now."""
    words = trn("{n} tandem was dissolved", "{n} tandems were dissolved", count).format(n=number_text(count))
    if not refused:
        return words
    said = trn("this pair is not proposed again", "{n} pairs are not proposed again", refused)
    return f"{words} \u00b7 {said.format(n=number_text(refused))}"


def became_text(state: TandemState, count: int) -> str:
    """That several tandems were taken to a state, or one."""
    match state:
        case TandemState.PROPOSED:
            words = trn("{n} tandem is now proposed", "{n} tandems are now proposed", count)
        case TandemState.AGREED:
            words = trn("{n} tandem is now agreed", "{n} tandems are now agreed", count)
        case TandemState.ACTIVE:
            words = trn("{n} tandem is now active", "{n} tandems are now active", count)
        case TandemState.PAUSED:
            words = trn("{n} tandem is now paused", "{n} tandems are now paused", count)
        case TandemState.COMPLETED:
            words = trn("{n} tandem is now completed", "{n} tandems are now completed", count)
        case TandemState.ENDED:
            return dissolved_text(count, 0)
    return words.format(n=number_text(count))


def with_planned(words: str, planned: int) -> str:
    """``words``, and how many meetings were planned with what was done."""
    if planned <= 0:
        return words
    said = trn("{n} meeting was planned", "{n} meetings were planned", planned)
    return f"{words} \u00b7 {said.format(n=number_text(planned))}"


def recorded_text(words: str, recorded: Recorded) -> str:
    """``words`` with the count, and how many tandems that carried on."""
    parts = [words.format(n=recorded.count)]
    if recorded.agreed:
        parts.append(became_text(TandemState.AGREED, recorded.agreed))
    if recorded.active:
        parts.append(became_text(TandemState.ACTIVE, recorded.active))
    return " \u00b7 ".join(parts)


def mode_text(mode: Mode) -> str:
    return tr(MODES[mode][0])


def side_text(side: TandemSide, kind: ProgrammeKind | None = None) -> str:
    """What a side is called; in a mutual programme both teach."""
    if kind is ProgrammeKind.MUTUAL:
        return tr("Tandem partner")
    return tr("Mentor") if side is TandemSide.MENTOR else tr("Mentee")


def side_word(side: TandemSide, kind: ProgrammeKind) -> str:
    """What a side is called in one word, for a column of a list."""
    return tr("Partner") if kind is ProgrammeKind.MUTUAL else side_text(side, kind)


def owner_texts(partners: Mapping[TandemSide, str]) -> dict[GoalOwner, tuple[str, str]]:
    """Whose a goal can be, short for a choice and as words; ``partners``: the names where no role tells the two apart.

    Nothing in ``partners``: mentor and mentee.
    """
    said = {one: (tr(SHORT_OWNERS[one]), tr(OWNERS[one])) for one in GoalOwner}
    for owner, side in ((GoalOwner.MENTOR, TandemSide.MENTOR), (GoalOwner.MENTEE, TandemSide.MENTEE)):
        if side in partners:
            said[owner] = (partners[side], tr("Goal of {name}").format(name=partners[side]))
    return said


def side_titles(kind: ProgrammeKind) -> dict[str, str]:
    """The titles of the two columns of a list of pairs."""
    return {"mentor": side_text(TandemSide.MENTOR, kind), "mentee": side_text(TandemSide.MENTEE, kind)}


def meeting_text(meeting: Meeting, today: date) -> str:
    """"Held", "12 days late", "Due in 3 days", "Planned": the state with its days."""
    state = meeting.state(today)
    if state is MeetingState.HELD:
        return tr("Held")
    if meeting.planned_on is None:
        return tr("No date yet")
    days = (meeting.planned_on - today).days
    if state is MeetingState.LATE:
        return trn("{n} day late", "{n} days late", -days).format(n=-days)
    if state is MeetingState.DUE:
        return tr("Due today") if days == 0 else trn("Due in {n} day", "Due in {n} days", days).format(n=days)
    return tr("Planned")


def meeting_tone(state: MeetingState) -> str:
    return {
        MeetingState.HELD: "ok",
        MeetingState.LATE: "warn",
        MeetingState.DUE: "accent",
        MeetingState.PLANNED: "muted",
    }[state]


def next_text(planned_on: date | None, today: date, *, brief: bool = False) -> str:
    """The next meeting in a list: its date, and with a late one how late it is; ``brief``: that alone."""
    if planned_on is None:
        return "\u2013"
    late = (today - planned_on).days
    if late <= 0:
        return date_text(planned_on)
    words = trn("{n} day late", "{n} days late", late).format(n=late)
    return words if brief else f"{short_date(planned_on, today)} \u00b7 {words}"


def short_date(day: date, today: date) -> str:
    """The day without its year where that is this year."""
    text = date_text(day)
    return text if day.year != today.year else text.removesuffix(str(day.year)).strip()


def level_words(level: int) -> str:
    """What a level of 0 to 4 means."""
    return tr(LEVEL_WORDS[min(max(level, 0), 4)])
