"""Ids: random 63-bit integers, so that records of two vaults never collide when files are exchanged."""

from __future__ import annotations

import secrets
from typing import NewType

OrganisationId = NewType("OrganisationId", int)
PersonId = NewType("PersonId", int)
TopicId = NewType("TopicId", int)
ProgrammeId = NewType("ProgrammeId", int)
EnrolmentId = NewType("EnrolmentId", int)
TandemId = NewType("TandemId", int)
MemberId = NewType("MemberId", int)
GoalId = NewType("GoalId", int)
MeetingId = NewType("MeetingId", int)
NoteId = NewType("NoteId", int)
SkillGapId = NewType("SkillGapId", int)
PublishingId = NewType("PublishingId", int)


def new_id() -> int:
    """A fresh id from 1 to 2**63 - 1."""
    return secrets.randbits(63) or 1
