"""Verbs on the draft of a programme's pairing; publishing makes tandems of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.domain.drafts import Aim, Decision, Draft, Method, PairIds
from app.domain.ids import ProgrammeId, TandemId
from app.errors import Fault
from app.services.plans import read_basis
from app.services.records import present
from app.services.tandems import Pair, accept
from app.store import drafts, programmes
from app.store.vault import Change


def _draft(change: Change, programme_id: ProgrammeId) -> Draft:
    present(programmes.programme(change, programme_id))
    return drafts.draft(change, programme_id)


def seek(
    change: Change, programme_id: ProgrammeId, *, aim: Aim | None = None, method: Method | None = None
) -> None:
    """Sets how plans are sought: what comes first, and by which method. None leaves it."""
    before = _draft(change, programme_id)
    wanted = (aim or before.aim, method or before.method)
    if wanted != (before.aim, before.method):
        drafts.write_way(change, programme_id, *wanted)


def _decide(change: Change, programme_id: ProgrammeId, pairs: Iterable[PairIds], decision: Decision | None) -> None:
    before = _draft(change, programme_id)
    wanted = [pair for pair in pairs if before.decision(pair) is not decision]
    enrolled = {one.id for one in programmes.enrolments(change, programme_id)}
    if any(not enrolled.issuperset(pair) for pair in wanted):
        raise Fault("record.gone")
    drafts.decide(change, wanted, decision)


def lock(change: Change, programme_id: ProgrammeId, pairs: Iterable[PairIds]) -> None:
    """These pairs are in every plan to come; bans of them are taken back, and locks that they leave no place for."""
    wanted = list(dict.fromkeys(pairs))
    _decide(change, programme_id, wanted, Decision.LOCKED)
    basis = read_basis(change, programme_id)
    kept = set(basis.locks_kept(first=wanted))
    drafts.decide(change, sorted(basis.draft.locked.difference(kept, wanted)), None)


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


def publish(change: Change, programme_id: ProgrammeId, pairs: Sequence[Pair]) -> tuple[TandemId, ...]:
    """Makes a tandem of each pair of a plan. Their locks have done their work: they bind no later plan."""
    made = accept(change, programme_id, pairs)
    drafts.decide(change, [(pair.mentor, pair.mentee) for pair in pairs], None)
    return made
