"""Words and tones for roles, states, salutations and half-days, the same on every page."""

from __future__ import annotations

from app.domain.people import Salutation
from app.domain.programmes import Role
from app.domain.tandems import TandemState
from app.i18n import mark, tr

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


def role_text(role: Role) -> str:
    return tr(_ROLES[role][0])


def role_word(role: Role) -> str:
    """The role in one word, for a column of a list."""
    return tr("Both") if role is Role.BOTH else role_text(role)


def role_tone(role: Role) -> str:
    return _ROLES[role][1]


def state_text(state: TandemState) -> str:
    return tr(_STATES[state][0])


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
