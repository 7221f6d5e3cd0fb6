"""Verbs on private notes and skill gaps. No fault raised here says a word of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from app.domain.ids import NoteId, PersonId, SkillGapId, TopicId, new_id
from app.domain.notes import Note, SkillGap
from app.services.records import edited, present, within
from app.store import notes, people, topics
from app.store.columns import day_of, moment
from app.store.vault import Change


def _tidy(note: Note) -> Note:
    tags = (" ".join(tag.split()) for tag in note.tags)
    return replace(note, title=" ".join(note.title.split()), tags=tuple(dict.fromkeys(tag for tag in tags if tag)))


def add(change: Change, /, **fields: Any) -> NoteId:
    """A new note; it may be empty, it is written to afterwards."""
    now = moment(change.now)
    note = _tidy(edited(Note(id=NoteId(new_id()), created_at=now, changed_at=now), **fields))
    notes.add_note(change, note)
    return note.id


def edit(change: Change, /, identity: NoteId, **fields: Any) -> None:
    before = present(notes.note(change, identity))
    notes.write_note(change, before, _tidy(edited(before, **fields)))


def remove(change: Change, ids: Iterable[NoteId]) -> None:
    notes.remove_notes(change, [present(notes.note(change, identity)).id for identity in dict.fromkeys(ids)])


def _checked(gap: SkillGap) -> SkillGap:
    within("notes.level", gap.seen, 0, 4)
    within("notes.level", gap.wanted, 0, 4)
    return gap


def add_gap(change: Change, /, person: PersonId, topic: TopicId, **fields: Any) -> SkillGapId:
    """A new skill gap, seen today unless ``noted_on`` says otherwise."""
    present(people.person(change, person))
    present(topics.topic(change, topic))
    empty = SkillGap(id=SkillGapId(new_id()), person=person, topic=topic, noted_on=day_of(change))
    gap = _checked(edited(empty, **fields))
    notes.add_gap(change, gap)
    return gap.id


def edit_gap(change: Change, /, identity: SkillGapId, **fields: Any) -> None:
    before = present(notes.gap(change, identity))
    notes.write_gap(change, before, _checked(edited(before, **fields)))


def remove_gaps(change: Change, ids: Iterable[SkillGapId]) -> None:
    notes.remove_gaps(change, [present(notes.gap(change, identity)).id for identity in dict.fromkeys(ids)])
