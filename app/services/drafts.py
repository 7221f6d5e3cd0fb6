"""Verbs on the draft of a programme's pairing; publishing makes tandems of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.domain.drafts import Aim, Decision, Draft, Method, PairIds
from app.domain.ids import ProgrammeId, PublishingId, TandemId, new_id
from app.domain.programmes import EnrolmentState, ProgrammeKind
from app.domain.publishings import Account, PlannedPair, Publishing
from app.domain.tandems import Origin
from app.errors import Fault
from app.services.alternatives import solved_to_publish
from app.services.plans import fitting, open_pairs, read_basis, room
from app.services.records import present
from app.services.tandems import Pair, accept
from app.store import alternatives, drafts, programmes, publishings, tandems
from app.store.columns import moment
from app.store.vault import Change


def _draft(change: Change, programme_id: ProgrammeId) -> Draft:
    present(programmes.programme(change, programme_id))
    return drafts.draft(change, programme_id)


def seek(change: Change, programme_id: ProgrammeId, *, aim: Aim | None = None, method: Method | None = None) -> None:
    """Sets how plans are sought: what comes first, and by which method. None leaves it."""
    before = _draft(change, programme_id)
    wanted = (aim or before.aim, method or before.method)
    if wanted != (before.aim, before.method):
        drafts.write_way(change, programme_id, *wanted)


def _decide(
    change: Change,
    programme_id: ProgrammeId,
    pairs: Iterable[PairIds],
    decision: Decision | None,
    origin: Origin = Origin.ASSIGNED,
) -> None:
    before = _draft(change, programme_id)
    wanted = [
        pair
        for pair in pairs
        if before.decision(pair) is not decision or origin not in (Origin.ASSIGNED, before.origin(pair))
    ]
    named = {one for pair in wanted for one in pair}
    if len(programmes.enrolments_among(change, programme_id, named)) < len(named):
        raise Fault("record.gone")
    drafts.decide(change, wanted, decision, origin)


def lock(
    change: Change, programme_id: ProgrammeId, pairs: Iterable[PairIds], origin: Origin = Origin.ASSIGNED
) -> tuple[PairIds, ...]:
    """These pairs are in every plan to come; bans of them are taken back. Gives locks taken off for want of a place.

    ``origin`` is what their tandems will have: ASSIGNED for pairs of a plan, which leaves one that is known already.
    """
    wanted = list(dict.fromkeys(pairs))
    _decide(change, programme_id, wanted, Decision.LOCKED, origin)
    others = drafts.draft(change, programme_id).locked.difference(wanted)
    if not others:
        return ()
    gone = tuple(sorted(others.difference(_that_fit(change, programme_id, (*wanted, *sorted(others))))))
    drafts.decide(change, gone, None)
    return gone


def not_self_found(change: Change, programme_id: ProgrammeId, pair: PairIds, before: Origin | None) -> None:
    """The two did not find each other after all: kept with the origin they had ``before``, or (None) not kept."""
    _decide(change, programme_id, [pair], None)
    if before is not None:
        drafts.decide(change, [pair], Decision.LOCKED, before)


def _that_fit(change: Change, programme_id: ProgrammeId, pairs: Sequence[PairIds]) -> tuple[PairIds, ...]:
    """Those of the pairs for which there are places, the first ones first."""
    mutual = present(programmes.programme(change, programme_id)).kind is ProgrammeKind.MUTUAL
    named = {one for pair in pairs for one in pair}  # of the others, thousands perhaps, nothing has to be known
    enrolled = {
        one.id: one
        for one in programmes.enrolments_among(change, programme_id, named)
        if one.state is not EnrolmentState.WITHDRAWN
    }
    existing = open_pairs(tandems.of_enrolments(change, named))
    return fitting(*room(enrolled, existing, mutual=mutual), pairs, mutual=mutual)


def ban(change: Change, programme_id: ProgrammeId, pairs: Iterable[PairIds]) -> None:
    """Not these: the pairs are in no plan to come; their locks are taken off."""
    _decide(change, programme_id, pairs, Decision.BANNED)


def free(change: Change, programme_id: ProgrammeId, pairs: Iterable[PairIds]) -> None:
    """These pairs are neither locked nor banned any longer."""
    _decide(change, programme_id, pairs, None)


def allow_all(change: Change, programme_id: ProgrammeId) -> None:
    """Takes back every ban."""
    drafts.decide(change, sorted(_draft(change, programme_id).banned), None)


def unlock_all(change: Change, programme_id: ProgrammeId) -> None:
    """Takes off every lock."""
    drafts.decide(change, sorted(_draft(change, programme_id).locked), None)


def publish(
    change: Change, programme_id: ProgrammeId, pairs: Sequence[Pair], account: Account | None = None
) -> tuple[TandemId, ...]:
    """Makes a tandem of each pair of a plan and keeps how the plan came to be: ``account``, else it is solved here.

    The pairs' locks have done their work: they bind no later plan.
    """
    draft = _draft(change, programme_id)
    wanted = [(pair.mentor, pair.mentee) for pair in pairs]
    told = account if account is not None else solved_to_publish(
        read_basis(change, programme_id), wanted, change.between
    )
    made = accept(change, programme_id, pairs, draft.origin)
    programme = present(programmes.programme(change, programme_id))
    known = {one.ids: one for one in told.pairs}
    published = tuple(
        replace(known.get(ids) or _by_itself(pair), origin=draft.origin(ids), tandem=tandem)
        for pair, tandem in zip(pairs, made, strict=True)
        for ids in [(pair.mentor, pair.mentee)]
    )
    publishings.add(
        change,
        Publishing(
            id=PublishingId(new_id()),
            programme=programme_id,
            at=moment(change.now),
            title=programme.title,
            kind=programme.kind,
            starts_on=programme.starts_on,
            ends_on=programme.ends_on,
            account=Account(facts=replace(told.facts, published=len(published)), pairs=published),
        ),
    )
    alternatives.add(change, ((one.tandem, other) for one in published if one.tandem for other in one.instead))
    drafts.decide(change, [one.ids for one in published], None)
    return made


def _by_itself(pair: Pair) -> PlannedPair:
    """A pair that the plan does not hold."""
    return PlannedPair(mentor=pair.mentor, mentee=pair.mentee, score=pair.score, reasons=pair.reasons)
