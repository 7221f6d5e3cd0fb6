"""What two people agree on in advance (R22), and what of it a tandem lacks: never a bar to its start."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from app.domain.ids import EnrolmentId, ProgrammeId, TandemId
from app.domain.programmes import Enrolment
from app.domain.tandems import Tandem, TandemSide, TandemState
from app.store import goals, programmes, tandems
from app.store.vault import Source


class Lack(StrEnum):
    """In the order in which they are settled."""

    MENTOR_EXPECTATIONS = "mentor_expectations"
    MENTEE_EXPECTATIONS = "mentee_expectations"
    AGREEMENT = "agreement"
    GOALS = "goals"


_OF_SIDE = {TandemSide.MENTOR: Lack.MENTOR_EXPECTATIONS, TandemSide.MENTEE: Lack.MENTEE_EXPECTATIONS}


def lacking(tandem: Tandem, enrolments: Mapping[EnrolmentId, Enrolment], *, aims: bool) -> tuple[Lack, ...]:
    """What is not agreed yet; ``aims`` tells whether the tandem has a goal."""
    silent = {
        _OF_SIDE[member.side]
        for member in tandem.members
        if member.enrolment not in enrolments or not enrolments[member.enrolment].expectations.strip()
    }
    lacks = [one for one in _OF_SIDE.values() if one in silent]
    if tandem.agreement.signed_on is None:
        lacks.append(Lack.AGREEMENT)
    if not aims:
        lacks.append(Lack.GOALS)
    return tuple(lacks)


def lacks_of(source: Source, tandem: Tandem) -> tuple[Lack, ...]:
    """What one tandem lacks."""
    found = (programmes.enrolment(source, member.enrolment) for member in tandem.members)
    aims = bool(goals.of_tandem(source, tandem.id))
    return lacking(tandem, {one.id: one for one in found if one is not None}, aims=aims)


def lacks_in(
    source: Source, programme_id: ProgrammeId, identities: Iterable[TandemId], state: TandemState | None = None
) -> dict[TandemId, tuple[Lack, ...]]:
    """Those of these tandems of a programme that lack something, by their number; ``state``: only those in it."""
    asked = [
        one
        for one in tandems.among(source, identities)
        if one.programme == programme_id and (state is None or one.state is state)
    ]
    if not asked:
        return {}  # none of thousands that were removed, say
    members = {member.enrolment for one in asked for member in one.members}
    enrolments = {one.id: one for one in programmes.enrolments_among(source, programme_id, members)}
    aims = goals.tandems_with_any(source, programme_id)
    found = {one.id: lacking(one, enrolments, aims=one.id in aims) for one in asked}
    return {identity: lacks for identity, lacks in found.items() if lacks}
