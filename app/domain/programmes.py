"""Programmes and who takes part in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from app.domain.ids import EnrolmentId, PersonId, ProgrammeId, TopicId


class ProgrammeKind(StrEnum):
    """REVERSE: the mentor is the junior. CLASSIC: the mentor is the senior. MUTUAL: both teach."""

    REVERSE = "reverse"
    CLASSIC = "classic"
    MUTUAL = "mutual"


class Purpose(StrEnum):
    NONE = "none"
    LEADERSHIP = "leadership"
    SPECIALIST = "specialist"
    ONBOARDING = "onboarding"
    CAREER = "career"
    PERSONALITY = "personality"
    DIGITAL = "digital"


class Strictness(StrEnum):
    """What a rule does when it is broken."""

    HARD = "hard"
    WARNING = "warning"
    OFF = "off"


class Rule(StrEnum):
    """Rules a pair must not break (or is warned about); in order of telling."""

    SAME_PERSON = "same_person"
    SUPERVISION = "supervision"  # one line of supervisors, direct or indirect (R1)
    RIVALRY = "rivalry"  # R2
    VETO = "veto"  # R8
    SAME_TEAM = "same_team"  # R3
    SAME_PROJECT = "same_project"  # R3
    LANGUAGE = "language"  # no language in common
    LEVEL = "level"  # levels the wrong way round for the kind
    LEVEL_NEAR = "level_near"  # fewer levels apart than Number.LEVEL_MIN, in the kind's direction
    LEVEL_FAR = "level_far"  # more levels apart than Number.LEVEL_MAX
    PREVIOUS_PAIR = "previous_pair"  # the two were a tandem before
    NEAR_BOSS = "near_boss"  # the mentor works closely with the mentee's superior
    SAME_ORGANISATION = "same_organisation"
    OTHER_ORGANISATION = "other_organisation"
    MUST = "must"  # what was said does not meet a criterion that is a must


NEVER_EASED = frozenset({Rule.SAME_PERSON, Rule.SUPERVISION, Rule.RIVALRY, Rule.VETO})  # by no advice


class Criterion(StrEnum):
    """What makes a valid pair a good one; weights 0 to 10."""

    SKILLS = "skills"  # mentor offers what mentee seeks (R5)
    INTERESTS = "interests"  # R5
    LEVEL = "level"  # level distance in the kind's direction (R4)
    DIVERSITY = "diversity"  # across departments (R40)
    LOCATION = "location"
    WISHES = "wishes"  # ranked wishes of both (R8)
    AVAILABILITY = "availability"  # half-days in common
    TENURE = "tenure"  # years in the house apart, where both entry dates are stated (R40)
    ORGANISATION = "organisation"  # across organisations (R16)
    WAITING = "waiting"  # left over in their last round; without anybody who was, it has no weight


class Number(StrEnum):
    """The numbers of a programme's rules and criteria."""

    LEVEL_MIN = "level_min"  # of Rule.LEVEL_NEAR
    LEVEL_MAX = "level_max"  # of Rule.LEVEL_FAR
    VIDEO = "video"  # 1: two places count half for LOCATION, since they can meet by video; 0: not at all


NUMBER_RANGE: dict[Number, tuple[int, int]] = {
    Number.LEVEL_MIN: (0, 8),
    Number.LEVEL_MAX: (0, 8),
    Number.VIDEO: (0, 1),
}


def default_rules(kind: ProgrammeKind) -> dict[Rule, Strictness]:
    """Same team is a hard rule for classic mentoring, a warning for the forms inside a team."""
    near = Strictness.HARD if kind is ProgrammeKind.CLASSIC else Strictness.WARNING
    return {
        Rule.SAME_PERSON: Strictness.HARD,
        Rule.SUPERVISION: Strictness.HARD,
        Rule.RIVALRY: Strictness.HARD,
        Rule.VETO: Strictness.HARD,
        Rule.SAME_TEAM: near,
        Rule.SAME_PROJECT: near,
        Rule.LANGUAGE: Strictness.HARD,
        Rule.LEVEL: Strictness.OFF,
        Rule.LEVEL_NEAR: Strictness.OFF,
        Rule.LEVEL_FAR: Strictness.OFF,
        Rule.PREVIOUS_PAIR: Strictness.WARNING,
        Rule.NEAR_BOSS: Strictness.OFF,
        Rule.SAME_ORGANISATION: Strictness.OFF,
        Rule.OTHER_ORGANISATION: Strictness.OFF,
        Rule.MUST: Strictness.HARD,
    }


def default_weights(kind: ProgrammeKind) -> dict[Criterion, int]:
    level = 0 if kind is ProgrammeKind.MUTUAL else 4
    return {
        Criterion.SKILLS: 10,
        Criterion.INTERESTS: 3,
        Criterion.LEVEL: level,
        Criterion.DIVERSITY: 3,
        Criterion.LOCATION: 2,
        Criterion.WISHES: 6,
        Criterion.AVAILABILITY: 0,
        Criterion.TENURE: 0,
        Criterion.ORGANISATION: 0,
        Criterion.WAITING: 2,
    }


def default_numbers() -> dict[Number, int]:
    return {Number.LEVEL_MIN: 1, Number.LEVEL_MAX: 4, Number.VIDEO: 0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """A programme (one round). ``ends_on`` None is an open end; ``rhythm_days`` the days between two meetings."""

    id: ProgrammeId
    title: str
    kind: ProgrammeKind = ProgrammeKind.REVERSE
    purpose: Purpose = Purpose.NONE
    starts_on: date | None = None
    ends_on: date | None = None
    planned_meetings: int = 6
    rhythm_days: int = 28
    pilot: bool = False
    patron: str = ""
    greeting: str = ""
    contact: str = ""
    rules: dict[Rule, Strictness] = field(default_factory=dict)  # what differs from the kind's default
    weights: dict[Criterion, int] = field(default_factory=dict)  # what differs from the kind's default
    numbers: dict[Number, int] = field(default_factory=dict)  # what differs from the default
    musts: frozenset[Criterion] = frozenset()  # criteria that must give a point (Rule.MUST)
    topics: tuple[TopicId, ...] = ()

    def rule(self, rule: Rule) -> Strictness:
        return self.rules.get(rule, default_rules(self.kind)[rule])

    def weight(self, criterion: Criterion) -> int:
        return self.weights.get(criterion, default_weights(self.kind)[criterion])

    def number(self, number: Number) -> int:
        return self.numbers.get(number, default_numbers()[number])

    def must(self, criterion: Criterion) -> bool:
        return criterion in self.musts


class Role(StrEnum):
    MENTOR = "mentor"
    MENTEE = "mentee"
    BOTH = "both"


class EnrolmentState(StrEnum):
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """A person's part in a programme. ``capacity``: how many partners as mentor (1 to 9)."""

    id: EnrolmentId
    programme: ProgrammeId
    person: PersonId
    role: Role
    capacity: int = 1
    expectations: str = ""
    state: EnrolmentState = EnrolmentState.CONFIRMED

    @property
    def teaches(self) -> bool:
        return self.role in (Role.MENTOR, Role.BOTH)

    @property
    def learns(self) -> bool:
        return self.role in (Role.MENTEE, Role.BOTH)
