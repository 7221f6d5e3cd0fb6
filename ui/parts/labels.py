"""Words and tones for roles, states, salutations and half-days, the same on every page."""

from __future__ import annotations

from app.domain.people import Salutation
from app.domain.programmes import ProgrammeKind, Role
from app.domain.tandems import TandemState
from app.i18n import mark, number_text, tr

_ROLES = {
    Role.MENTOR: (mark("Mentor"), "violet"),
    Role.MENTEE: (mark("Mentee"), "accent"),
    Role.BOTH: (mark("Mentor and mentee"), "ok"),
}
_STATES = {
    TandemState.PROPOSED: (mark("Proposed"), "violet"),
    TandemState.AGREED: (mark("Agreed"), "accent"),
    TandemState.ACTIVE: (mark("Active"), "ok"),
    TandemState.PAUSED: (mark("Paused"), "warn"),
    TandemState.COMPLETED: (mark("Completed"), "muted"),
    TandemState.ENDED: (mark("Ended"), "muted"),
}
_SALUTATIONS = {
    Salutation.NONE: mark("Full name"),
    Salutation.MS: mark("Ms"),
    Salutation.MR: mark("Mr"),
}
_DAYS = (mark("Mon"), mark("Tue"), mark("Wed"), mark("Thu"), mark("Fri"))
PRIORITIES = {1: mark("normal"), 2: mark("high"), 3: mark("highest")}


def role_text(role: Role, kind: ProgrammeKind | None = None) -> str:
    """What a role is called; in a mutual programme both teach, and each is the other's partner."""
    if role is Role.BOTH and kind is ProgrammeKind.MUTUAL:
        return tr("Tandem partner")
    return tr(_ROLES[role][0])


def role_word(role: Role, kind: ProgrammeKind | None = None) -> str:
    """The role in one word, for a column of a list."""
    if role is Role.BOTH:
        return tr("Partner") if kind is ProgrammeKind.MUTUAL else tr("Both")
    return role_text(role)


def role_choices(kind: ProgrammeKind | None, now: Role | None = None) -> list[tuple[Role, str]]:
    """The roles to choose from in a programme of this kind; one that somebody has is among them."""
    roles = [one for one in Role if kind is not ProgrammeKind.MUTUAL or one in (Role.BOTH, now)]
    return [(one, role_text(one, kind)) for one in roles]


def role_tone(role: Role) -> str:
    return _ROLES[role][1]


def state_text(state: TandemState) -> str:
    return tr(_STATES[state][0])


def pairing_text(state: TandemState | None, *, enrolled: bool) -> str:
    """How it stands with somebody's tandem; nothing for who does not take part."""
    if state is not None:
        return state_text(state)
    return tr("No tandem") if enrolled else ""


def state_tone(state: TandemState) -> str:
    return _STATES[state][1]


def salutation_text(salutation: Salutation) -> str:
    return tr(_SALUTATIONS[salutation])


def day_names() -> tuple[str, ...]:
    """Mon to Fri, short."""
    return tuple(tr(day) for day in _DAYS)


def availability_text(bits: int) -> str:
    """ "Mon morning, Wed afternoon"; nothing for no half-day."""
    halves = (tr("morning"), tr("afternoon"))
    days = day_names()
    return ", ".join(f"{days[slot // 2]} {halves[slot % 2]}" for slot in range(10) if bits >> slot & 1)


def counted(words: str, n: int) -> str:
    """The words with their count "({n})" at the end; without it where there is none to count."""
    return words.format(n=number_text(n)) if n else words.replace(" ({n})", "")
