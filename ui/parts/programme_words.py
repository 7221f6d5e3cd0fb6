"""How kinds and purposes of a programme, and the state of somebody's part in it, are said."""

from __future__ import annotations

import re
from collections.abc import Collection

from app.domain.programmes import EnrolmentState, ProgrammeKind, Purpose
from app.i18n import LANGUAGES, mark, speaking, tr

_KINDS: dict[ProgrammeKind, tuple[str, str]] = {
    ProgrammeKind.REVERSE: (
        mark("Reverse mentoring"),
        mark("Younger or junior people teach leaders what they know: digital tools, new ways of working, trends."),
    ),
    ProgrammeKind.CLASSIC: (
        mark("Classic mentoring"),
        mark("Experienced people accompany juniors: knowledge, contacts, the next step of a career."),
    ),
    ProgrammeKind.MUTUAL: (
        mark("Mutual mentoring"),
        mark("Both teach and both learn; skills count in both directions, and levels in neither."),
    ),
}
_PURPOSES: dict[Purpose, str] = {
    Purpose.NONE: mark("Not stated"),
    Purpose.LEADERSHIP: mark("Developing leaders"),
    Purpose.SPECIALIST: mark("Developing specialists"),
    Purpose.ONBOARDING: mark("Settling in"),
    Purpose.CAREER: mark("Career planning"),
    Purpose.PERSONALITY: mark("Personal growth"),
    Purpose.DIGITAL: mark("Digital competence"),
}
_PARTS: dict[EnrolmentState, tuple[str, str]] = {
    EnrolmentState.PROPOSED: (mark("Proposed"), "violet"),
    EnrolmentState.CONFIRMED: (mark("Enrolled"), "ok"),
    EnrolmentState.WITHDRAWN: (mark("Withdrawn"), "muted"),
}


def kind_text(kind: ProgrammeKind) -> str:
    return tr(_KINDS[kind][0])


def kind_sentence(kind: ProgrammeKind) -> str:
    """What the kind means, in one sentence."""
    return tr(_KINDS[kind][1])


def proposed_title(kind: ProgrammeKind, year: int, taken: Collection[str]) -> str:
    """A title for a programme that has none yet, with a number where another is called so."""
    plain = f"{kind_text(kind)} {year}"
    return next(name for name in (plain, *(f"{plain} ({n})" for n in range(2, len(taken) + 3))) if name not in taken)


def followed_title(title: str, before: ProgrammeKind, after: ProgrammeKind, taken: Collection[str]) -> str:
    """The title once the kind is another: one that was only proposed follows it, one of somebody's own stays."""
    found = re.fullmatch(r"(.+) ([0-9]{4})(?: \([0-9]+\))?", title)
    for one in LANGUAGES if found is not None else ():
        with speaking(one):
            if found is not None and found[1] == kind_text(before):
                return proposed_title(after, int(found[2]), taken)
    return title


def purpose_text(purpose: Purpose) -> str:
    return tr(_PURPOSES[purpose])


def part_text(state: EnrolmentState) -> str:
    return tr(_PARTS[state][0])


def part_tone(state: EnrolmentState) -> str:
    return _PARTS[state][1]
