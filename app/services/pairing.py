"""Brings the pairing engine together with what the vault holds. The engine is imported at its first use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from app.domain.ids import EnrolmentId, ProgrammeId
from app.domain.tandems import OPEN_STATES, Tandem, TandemState
from app.errors import Fault
from app.services.pairing_people import read_participants, weighed
from app.services.records import present
from app.store import people, programmes, tandems
from app.store.vault import Source

if TYPE_CHECKING:
    from app.pairing.participants import Participant
    from app.pairing.plan import PairCheck, Plan, ProposedPair

PairIds = tuple[EnrolmentId, EnrolmentId]  # mentor, mentee


def participants(source: Source, programme_id: ProgrammeId) -> tuple[Participant, ...]:
    """Everybody enrolled, withdrawn ones too, in the order of a phone book, with all that the rules ask."""
    return read_participants(source, programme_id)


def _ids(pairs: Iterable[Tandem]) -> list[PairIds]:
    return [(tandem.mentor.enrolment, tandem.mentee.enrolment) for tandem in pairs]


def propose(
    source: Source,
    programme_id: ProgrammeId,
    *,
    locked: Iterable[PairIds] = (),
    banned: Iterable[PairIds] = (),
    quality_first: bool = False,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Plan:
    """The best plan for those who have no tandem yet; two whose tandem ended are not put together again."""
    from app.pairing import plan

    known, there = tandems.of_programme(source, programme_id), participants(source, programme_id)
    ended = _ids(tandem for tandem in known if tandem.state is TandemState.ENDED)
    return plan.propose(
        weighed(present(programmes.programme(source, programme_id)), there),
        there,
        supervisors=people.supervisors(source),
        locked=locked,
        banned=[*banned, *(pair for pair in ended if pair not in set(locked))],
        existing=_ids(tandem for tandem in known if tandem.state in OPEN_STATES),
        quality_first=quality_first,
        progress=progress,
        cancelled=cancelled,
    )


def examine(source: Source, programme_id: ProgrammeId, mentor: EnrolmentId, mentee: EnrolmentId) -> PairCheck:
    """What the rules and the scores say about one pair."""
    return _examined(source, programme_id, [(mentor, mentee)])[0]


def _examined(source: Source, programme_id: ProgrammeId, pairs: Sequence[PairIds]) -> list[PairCheck]:
    from app.pairing import plan

    programme = present(programmes.programme(source, programme_id))
    supervisors = people.supervisors(source)
    known = {participant.id: participant for participant in read_participants(source, programme_id)}
    programme = weighed(programme, known.values())
    return [
        plan.examine(programme, present(known.get(mentor)), present(known.get(mentee)), supervisors=supervisors)
        for mentor, mentee in pairs
    ]


def rated(source: Source, programme_id: ProgrammeId, pairs: Sequence[PairIds]) -> tuple[ProposedPair, ...]:
    """Pairs chosen by hand with their scores; Fault "tandems.blocked" with the first rule that one breaks."""
    from app.pairing.plan import ProposedPair

    found = []
    for (mentor, mentee), check in zip(pairs, _examined(source, programme_id, pairs), strict=True):
        if check.blocked_by:
            raise Fault("tandems.blocked", rule=check.blocked_by[0])
        found.append(
            ProposedPair(
                mentor=mentor, mentee=mentee, score=check.score, reasons=check.reasons, warnings=check.warnings
            )
        )
    return tuple(found)
