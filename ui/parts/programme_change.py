"""Settings of a programme saved as one step, and what another kind makes of those who take part, said with Undo."""

from __future__ import annotations

from app.domain.programmes import EnrolmentState, Number, Programme, ProgrammeKind, Role
from app.i18n import number_text, tr, trn
from app.services import programmes as verbs
from app.store import programmes
from ui.desk import Desk
from ui.parts.programme_words import followed_title, kind_text


def keep_settings(desk: Desk, stored: Programme, wanted: Programme) -> None:
    """Saves the kind, rules and weights ``wanted``; the step is named by what differs from those ``stored``."""
    rules, weights = _differing(stored, wanted)
    verb = verbs.settle if rules and weights else verbs.rule if rules else verbs.weigh
    fields = {"weights": wanted.weights, "rules": wanted.rules, "numbers": wanted.numbers, "musts": wanted.musts}
    if wanted.kind is stored.kind:
        desk.attempt(verb, stored.id, **fields)
        return
    known = programmes.programme(desk.vault, stored.id)  # its title may be another one since ``stored`` was read
    title = title_with(desk, known or stored, wanted.kind)
    changed = desk.attempt(verbs.settle, stored.id, kind=wanted.kind, title=title, **fields)
    if changed is not None:
        say_kind(desk, stored, wanted.kind, changed)


def title_with(desk: Desk, before: Programme, kind: ProgrammeKind) -> str:
    """What it is called once it is of that kind."""
    taken = {one.title for one in programmes.all_programmes(desk.vault) if one.id != before.id}
    return followed_title(before.title, before.kind, kind, taken)


def say_kind(desk: Desk, before: Programme, kind: ProgrammeKind, changed: int) -> None:
    """What the programme is now; ``changed``: so many have become mentor and mentee at once.

    Once everybody was both, nobody but the officer knows who is to be what.
    """
    said = tr("The programme is “{kind}” now.").format(kind=kind_text(kind))
    if changed:
        words = trn("{n} person is a tandem partner now", "{n} people are tandem partners now", changed)
        said = words.format(n=number_text(changed))
    elif before.kind is ProgrammeKind.MUTUAL:
        enrolled = programmes.enrolments(desk.vault, before.id)
        both = sum(one.role is Role.BOTH and one.state is not EnrolmentState.WITHDRAWN for one in enrolled)
        if both:
            words = trn(
                "{n} person is mentor and mentee still: under “Participants” you choose what they are to be.",
                "{n} people are mentors and mentees still: under “Participants” you choose what they are to be.",
                both,
            )
            said = words.format(n=number_text(both))
    desk.say(said, undo=True)


def _differing(one: Programme, other: Programme) -> tuple[bool, bool]:
    """Whether two settings of a programme differ in what must not be, and in how much each criterion counts."""
    levels = [number for number in Number if number is not Number.VIDEO]
    rules = one.rules != other.rules or any(one.number(number) != other.number(number) for number in levels)
    weights = (one.weights, one.musts) != (other.weights, other.musts)
    return rules, weights or one.number(Number.VIDEO) != other.number(Number.VIDEO)
