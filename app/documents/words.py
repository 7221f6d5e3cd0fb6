"""Words of the field as documents say them."""

from __future__ import annotations

from collections.abc import Sequence

from app.documents.inputs import PartnerSheet
from app.domain.meetings import GoalOwner, Mode
from app.domain.programmes import ProgrammeKind
from app.domain.tandems import TandemState
from app.i18n import mark, tr, trn

STATES = {
    TandemState.PROPOSED: mark("Proposed"),
    TandemState.AGREED: mark("Agreed"),
    TandemState.ACTIVE: mark("Active"),
    TandemState.PAUSED: mark("Paused"),
    TandemState.COMPLETED: mark("Completed"),
    TandemState.ENDED: mark("Ended early"),
}
MODES = {Mode.IN_PERSON: mark("In person"), Mode.VIDEO: mark("By video"), Mode.PHONE: mark("By phone")}
KINDS = {
    ProgrammeKind.REVERSE: mark("Reverse mentoring"),
    ProgrammeKind.CLASSIC: mark("Classic mentoring"),
    ProgrammeKind.MUTUAL: mark("Mutual mentoring"),
}
# What the two sides of a tandem are called; in a mutual programme both teach, and each is the other's partner.
SIDES = {
    ProgrammeKind.REVERSE: (mark("Mentor"), mark("Mentee")),
    ProgrammeKind.CLASSIC: (mark("Mentor"), mark("Mentee")),
    ProgrammeKind.MUTUAL: (mark("Tandem partner"), mark("Tandem partner")),
}
OWNERS = {GoalOwner.MENTOR: mark("Mentor"), GoalOwner.MENTEE: mark("Mentee"), GoalOwner.BOTH: mark("Both")}


def names(partners: Sequence[PartnerSheet]) -> str:
    """ "A", "A and B", "A, B and C"."""
    return joined([partner.name for partner in partners])


def owner(
    whose: GoalOwner, kind: ProgrammeKind, mentors: Sequence[PartnerSheet], mentees: Sequence[PartnerSheet]
) -> str:
    """Whose a goal is: by role, or by name where no role tells the two apart."""
    if kind is not ProgrammeKind.MUTUAL or whose is GoalOwner.BOTH:
        return tr(OWNERS[whose])
    return names(mentors if whose is GoalOwner.MENTOR else mentees)


def joined(parts: Sequence[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return tr("{these} and {last}").format(these=", ".join(parts[:-1]), last=parts[-1])


def every(days: int) -> str:
    """ "about every 4 weeks", "about every 10 days"."""
    if days > 0 and days % 7 == 0:
        return trn("about once a week", "about every {n} weeks", days // 7).format(n=days // 7)
    return trn("about once a day", "about every {n} days", days).format(n=days)


def hours_and_minutes(minutes: int) -> str:
    """ "1 hour", "3 hours 15 minutes", "45 minutes"."""
    hours, rest = divmod(minutes, 60)
    said = [trn("{n} hour", "{n} hours", hours).format(n=hours)] if hours else []
    if rest or not hours:
        said.append(trn("{n} minute", "{n} minutes", rest).format(n=rest))
    return " ".join(said)
