"""Meetings and goals of a tandem."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.domain.ids import GoalId, MeetingId, TandemId, TopicId


class Mode(StrEnum):
    IN_PERSON = "in_person"
    VIDEO = "video"
    PHONE = "phone"


class MeetingState(StrEnum):
    HELD = "held"
    LATE = "late"
    DUE = "due"  # planned for today or the next seven days
    PLANNED = "planned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A meeting of a tandem, planned or held. ``minutes`` is the length once held; ``summary`` is shared by both."""

    id: MeetingId
    tandem: TandemId
    number: int
    planned_on: date | None = None
    held_on: date | None = None
    minutes: int | None = None
    mode: Mode = Mode.IN_PERSON
    summary: str = ""
    next_steps: str = ""
    topics: tuple[TopicId, ...] = ()

    def state(self, today: date) -> MeetingState:
        if self.held_on is not None:
            return MeetingState.HELD
        if self.planned_on is None or self.planned_on > today + timedelta(days=7):
            return MeetingState.PLANNED
        return MeetingState.DUE if self.planned_on >= today else MeetingState.LATE


class GoalOwner(StrEnum):
    MENTOR = "mentor"
    MENTEE = "mentee"
    BOTH = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What is to be learned: levels 0 to 4 at the start, aimed at, and now."""

    id: GoalId
    tandem: TandemId
    owner: GoalOwner = GoalOwner.MENTEE
    topic: TopicId | None = None
    title: str = ""
    baseline: int = 0
    target: int = 3
    now: int = 0
    review_on: date | None = None

    @property
    def attainment(self) -> float | None:
        """Share of the way from baseline to target, 0 to 1; None where nothing was to be gained."""
        if self.target <= self.baseline:
            return None
        return min(1.0, max(0.0, (self.now - self.baseline) / (self.target - self.baseline)))


def meeting_dates(
    starts_on: date, count: int, rhythm_days: int, ends_on: date | None = None
) -> tuple[date, ...]:
    """``count`` dates ``rhythm_days`` apart from the start on, moved from a weekend to the Monday after it.

    Where the last one alone would lie after the end, as for a tandem that begins a few days late, it is at the end.
    """
    dates = [working_day(later(starts_on, index * rhythm_days)) for index in range(count)]
    closing = None if ends_on is None else working_day(ends_on)
    if closing is not None and count > 1 and dates[-2] < closing < dates[-1]:
        dates[-1] = closing
    return tuple(dates)


def working_day(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return later(day, 7 - day.weekday() if day.weekday() > 4 else 0)


def later(day: date, days: int) -> date:
    """So many days later; the end of the calendar where there are no more: 31.12.9999 is how some write "open end"."""
    return day + timedelta(days=min(days, (date.max - day).days))
