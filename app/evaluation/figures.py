"""The figures of a programme, counted from its tandems, meetings and goals. Pure arithmetic; no name of a person."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.ids import PersonId, TandemId, TopicId
from app.domain.meetings import Goal, GoalOwner, Meeting, MeetingState, Mode
from app.domain.people import Person
from app.domain.tandems import Tandem, TandemSide, TandemState
from app.domain.text import fold, sort_key
from app.evaluation.suppression import MIN_GROUP, suppress

MOST_MONTHS = 240  # a mistyped year must not stretch the months over centuries
CLOSED = frozenset({TandemState.COMPLETED, TandemState.ENDED})
RESTING = CLOSED | {TandemState.PAUSED}


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthFigure:
    """Meetings planned for and held in the month that begins with ``month``."""

    month: date
    planned: int
    held: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicFigure:
    """In how many held meetings, and in how many tandems, a topic came up."""

    topic: TopicId
    meetings: int
    tandems: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentPair:
    """How many tandems join two departments, in the order of the phone book."""

    departments: tuple[str, str]
    tandems: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentAttainment:
    """Mean attainment (0 to 1) of a department's learners; None where the group is too small to be shown."""

    department: str
    people: int
    mean: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalFigures:
    """``people`` learn by the ``measurable`` goals (target above baseline). ``mean`` is 0 to 1.

    ``bands`` counts goals not begun, under half, half or more, reached. Both are None below MIN_GROUP people.
    """

    goals: int
    measurable: int
    people: int
    mean: float | None
    bands: tuple[int, int, int, int] | None
    by_department: tuple[DepartmentAttainment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeFigures:
    """All figures of one programme as of ``today``.

    ``planned`` counts meetings with a date that are held or still awaited, ``planned_until_today`` those of them with
    a date up to today, ``held_of_planned`` the held ones among the latter. A meeting with a date that was still open
    when its tandem closed is ``dropped``, and neither planned nor late; one that was held without a date is
    ``unplanned``. ``minutes`` sums the ``timed`` held meetings
    that have a length. ``across_departments`` is of ``departments_known`` tandems.
    """

    today: date
    states: tuple[tuple[TandemState, int], ...]
    tandems: int
    participants: int
    planned: int
    planned_until_today: int
    held_of_planned: int
    held: int
    dropped: int
    unplanned: int
    late: int
    minutes: int
    timed: int
    modes: tuple[tuple[Mode, int], ...]
    topics: tuple[TopicFigure, ...]
    meetings_with_topics: int
    goals: GoalFigures
    departments_known: int
    across_departments: int
    across_organisations: int
    department_pairs: tuple[DepartmentPair, ...]
    months: tuple[MonthFigure, ...]


def programme_figures(
    tandems: Sequence[Tandem],
    meetings: Iterable[Meeting],
    goals: Iterable[Goal],
    people: Iterable[Person],
    today: date,
) -> ProgrammeFigures:
    """The figures of the given tandems; meetings and goals of other tandems are left out."""
    state_of = {tandem.id: tandem.state for tandem in tandems}
    persons = {person.id: person for person in people}
    mine = [meeting for meeting in meetings if meeting.tandem in state_of]
    held = [meeting for meeting in mine if meeting.held_on is not None]
    counted = [meeting for meeting in mine if meeting.held_on is not None or state_of[meeting.tandem] not in CLOSED]
    planned = [meeting for meeting in counted if meeting.planned_on is not None]
    until_today = [meeting for meeting in planned if meeting.planned_on is not None and meeting.planned_on <= today]
    late = [
        meeting
        for meeting in planned
        if state_of[meeting.tandem] not in RESTING and meeting.state(today) is MeetingState.LATE
    ]
    timed = [meeting.minutes for meeting in held if meeting.minutes]
    known, crossing, organisations, pairs = _departments(tandems, persons)
    by_state = Counter(state_of.values())
    by_mode = Counter(meeting.mode for meeting in held)
    return ProgrammeFigures(
        today=today,
        states=tuple((state, by_state[state]) for state in TandemState),
        tandems=len(tandems),
        participants=len({member.person for tandem in tandems for member in tandem.members}),
        planned=len(planned),
        dropped=sum(meeting.planned_on is not None for meeting in mine) - len(planned),
        unplanned=sum(meeting.planned_on is None for meeting in held),
        planned_until_today=len(until_today),
        held_of_planned=sum(meeting.held_on is not None for meeting in until_today),
        held=len(held),
        late=len(late),
        minutes=sum(timed),
        timed=len(timed),
        modes=tuple((mode, by_mode[mode]) for mode in Mode),
        topics=_topics(held),
        meetings_with_topics=sum(bool(meeting.topics) for meeting in held),
        goals=_goals(tandems, goals, persons),
        departments_known=known,
        across_departments=crossing,
        across_organisations=organisations,
        department_pairs=pairs,
        months=_months(planned, held),
    )


def _topics(held: Iterable[Meeting]) -> tuple[TopicFigure, ...]:
    meetings: Counter[TopicId] = Counter()
    tandems: defaultdict[TopicId, set[TandemId]] = defaultdict(set)
    for meeting in held:
        for topic in set(meeting.topics):
            meetings[topic] += 1
            tandems[topic].add(meeting.tandem)
    ranked = sorted(meetings, key=lambda topic: (-meetings[topic], -len(tandems[topic]), topic))
    return tuple(TopicFigure(topic=topic, meetings=meetings[topic], tandems=len(tandems[topic])) for topic in ranked)


def _months(planned: Iterable[Meeting], held: Iterable[Meeting]) -> tuple[MonthFigure, ...]:
    """Every month from the first to the last with a meeting, the empty ones between them too."""
    planned_in = Counter(_month(meeting.planned_on) for meeting in planned if meeting.planned_on)
    held_in = Counter(_month(meeting.held_on) for meeting in held if meeting.held_on)
    present = sorted(planned_in.keys() | held_in.keys())
    if not present:
        return ()
    spread = range(present[0], present[-1] + 1)
    months = spread if len(spread) <= MOST_MONTHS else present
    return tuple(
        MonthFigure(month=date(month // 12, month % 12 + 1, 1), planned=planned_in[month], held=held_in[month])
        for month in months
    )


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _departments(
    tandems: Iterable[Tandem], persons: dict[PersonId, Person]
) -> tuple[int, int, int, tuple[DepartmentPair, ...]]:
    """Tandems whose departments are known, that cross departments, that cross organisations, and the pairs."""
    known = crossing = organisations = 0
    spelling: dict[str, str] = {}
    pairs: Counter[tuple[str, str]] = Counter()
    for tandem in tandems:
        mentors = [persons[member.person] for member in tandem.on(TandemSide.MENTOR) if member.person in persons]
        mentees = [persons[member.person] for member in tandem.on(TandemSide.MENTEE) if member.person in persons]
        organisations += any(one.organisation != other.organisation for one in mentors for other in mentees)
        ours = {_department(person, spelling) for person in mentors} - {""}
        theirs = {_department(person, spelling) for person in mentees} - {""}
        joined = {(min(one, other), max(one, other)) for one in ours for other in theirs}
        crossed = {pair for pair in joined if pair[0] != pair[1]}
        known += bool(joined)
        crossing += bool(crossed)
        pairs.update(crossed)
    named = [
        DepartmentPair(departments=_in_order(spelling[one], spelling[other]), tandems=count)
        for (one, other), count in pairs.items()
    ]
    named.sort(key=lambda pair: (-pair.tandems, [sort_key(name) for name in pair.departments]))
    return known, crossing, organisations, tuple(named)


def _department(person: Person, spelling: dict[str, str]) -> str:
    """The department as compared; the first spelling of it is kept for showing."""
    written = " ".join(person.department.split())
    folded = fold(written)
    spelling.setdefault(folded, written)
    return folded


def _in_order(one: str, other: str) -> tuple[str, str]:
    first, second = sorted((one, other), key=sort_key)
    return first, second


def _goals(tandems: Sequence[Tandem], goals: Iterable[Goal], persons: dict[PersonId, Person]) -> GoalFigures:
    by_id = {tandem.id: tandem for tandem in tandems}
    mine = [goal for goal in goals if goal.tandem in by_id]
    reached = [(goal, goal.attainment) for goal in mine]
    measured = [(goal, share) for goal, share in reached if share is not None]
    shares_of: defaultdict[PersonId, list[float]] = defaultdict(list)
    for goal, share in measured:
        for person in _learners(by_id[goal.tandem], goal.owner):
            shares_of[person].append(share)
    enough = len(shares_of) >= MIN_GROUP
    shares = [share for _, share in measured]
    return GoalFigures(
        goals=len(mine),
        measurable=len(measured),
        people=len(shares_of),
        mean=sum(shares) / len(shares) if enough else None,
        bands=_bands(shares) if enough else None,
        by_department=_attainment_by_department(shares_of, persons),
    )


def _learners(tandem: Tandem, owner: GoalOwner) -> tuple[PersonId, ...]:
    sides = tuple(TandemSide) if owner is GoalOwner.BOTH else (TandemSide(owner.value),)
    return tuple(member.person for member in tandem.members if member.side in sides)


def _bands(shares: Iterable[float]) -> tuple[int, int, int, int]:
    counts = [0, 0, 0, 0]
    for share in shares:
        counts[3 if share >= 1 else 2 if share >= 0.5 else 1 if share > 0 else 0] += 1
    return counts[0], counts[1], counts[2], counts[3]


def _attainment_by_department(
    shares_of: dict[PersonId, list[float]], persons: dict[PersonId, Person]
) -> tuple[DepartmentAttainment, ...]:
    """Means per department; a small one hides its figure, and another one's with it if that would give it away."""
    spelling: dict[str, str] = {"": ""}
    groups: defaultdict[str, list[PersonId]] = defaultdict(list)
    for person in shares_of:
        groups[_department(persons[person], spelling) if person in persons else ""].append(person)
    names = sorted(groups, key=lambda folded: (not folded, sort_key(spelling[folded])))
    visible = suppress({name: len(groups[name]) for name in names}) or {}
    found = []
    for name in names:
        shares = [share for person in groups[name] for share in shares_of[person]]
        mean = sum(shares) / len(shares) if visible.get(name) else None
        found.append(DepartmentAttainment(department=spelling[name], people=len(groups[name]), mean=mean))
    return tuple(found)
