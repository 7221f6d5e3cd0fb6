"""Private records: notes and skill gaps. They stay in the vault; no document, export, log or title ever holds them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from app.domain.ids import MeetingId, NoteId, PersonId, SkillGapId, TandemId, TopicId


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A private note about a person, a tandem, a meeting or nothing. Body in Markdown; times in UTC.

    ``title`` and ``body`` stay out of repr, so that no traceback shows them.
    """

    id: NoteId
    title: str = field(default="", repr=False)
    body: str = field(default="", repr=False)
    tags: tuple[str, ...] = field(default=(), repr=False)
    pinned: bool = False
    person: PersonId | None = None
    tandem: TandemId | None = None
    meeting: MeetingId | None = None
    created_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillGap:
    """What a person lacks in a topic, as seen by the note's keeper: levels 0 to 4."""

    id: SkillGapId
    person: PersonId
    topic: TopicId
    seen: int = field(default=0, repr=False)
    wanted: int = field(default=0, repr=False)
    evidence: str = field(default="", repr=False)
    noted_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A note found by the full-text search, with the place of the hit; \\x02 and \\x03 stand around each hit."""

    note: Note
    excerpt: str = field(repr=False)
