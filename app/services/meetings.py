"""Verbs on meetings: plan them, note that they were held."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from app.domain.ids import MeetingId, TandemId, new_id
from app.domain.meetings import Meeting, Mode
from app.errors import Fault
from app.services.records import edited, present, within
from app.store import meetings, tandems
from app.store.columns import day_of
from app.store.vault import Change


def _checked(change: Change, meeting: Meeting, before: Meeting | None = None) -> Meeting:
    within("meetings.minutes", meeting.minutes, 0, 1440)
    held = meeting.held_on
    if held is not None and held != (before and before.held_on) and held > day_of(change):
        raise Fault("meetings.held_later")
    return replace(meeting, topics=tuple(sorted(set(meeting.topics))))


def add(change: Change, /, tandem_id: TandemId, **fields: Any) -> MeetingId:
    """Adds a meeting after the last one; fields as of Meeting."""
    present(tandems.tandem(change, tandem_id))
    empty = Meeting(id=MeetingId(new_id()), tandem=tandem_id, number=meetings.next_number(change, tandem_id))
    meeting = _checked(change, edited(empty, **fields))
    meetings.add_meetings(change, [meeting])
    return meeting.id


def edit(change: Change, /, identity: MeetingId, **fields: Any) -> None:
    """Sets fields of Meeting. Fault "meetings.held_later" for a day after today on which it is to have been held."""
    before = present(meetings.meeting(change, identity))
    meetings.write_meeting(change, before, _checked(change, edited(before, **fields), before))


def hold(change: Change, identity: MeetingId, on: date, minutes: int | None = None, mode: Mode | None = None) -> None:
    """Notes that a meeting was held, as by ``edit``; without a length or a mode, those it has stay."""
    before = present(meetings.meeting(change, identity))
    after = replace(
        before, held_on=on, minutes=before.minutes if minutes is None else minutes, mode=mode or before.mode
    )
    meetings.write_meeting(change, before, _checked(change, after, before))


def remove(change: Change, ids: Iterable[MeetingId]) -> None:
    """Removes meetings; those after them move up, so that the numbers count without a gap."""
    found = [present(meetings.meeting(change, identity)) for identity in dict.fromkeys(ids)]
    meetings.remove_meetings(change, [meeting.id for meeting in found])
    for tandem in dict.fromkeys(meeting.tandem for meeting in found):
        for number, left in enumerate(meetings.of_tandem(change, tandem), start=1):
            meetings.write_meeting(change, left, replace(left, number=number))
