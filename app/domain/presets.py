"""Ready-made settings of a programme by name: rules, weights and numbers that suit a form of mentoring."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TypeVar

from app.domain.programmes import (
    Criterion,
    Number,
    Programme,
    ProgrammeKind,
    Rule,
    Strictness,
    default_numbers,
    default_rules,
    default_weights,
)
from app.i18n import mark

Key = TypeVar("Key")
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """What differs from the kind's usual values. ``capacity``: how many partners a mentor takes, as a suggestion.

    ``title`` and ``sentence`` are English, to be translated where they are shown.
    """

    key: str
    title: str
    sentence: str
    kind: ProgrammeKind
    rules: dict[Rule, Strictness] = field(default_factory=dict)
    weights: dict[Criterion, int] = field(default_factory=dict)
    numbers: dict[Number, int] = field(default_factory=dict)
    musts: frozenset[Criterion] = frozenset()
    capacity: int = 1

    def applied(self, programme: Programme) -> Programme:
        """The programme with the preset's kind, rules, weights, numbers and musts."""
        return replace(
            programme,
            kind=self.kind,
            rules=_differing(self.rules, default_rules(self.kind)),
            weights=_differing(self.weights, default_weights(self.kind)),
            numbers=_differing(self.numbers, default_numbers()),
            musts=self.musts,
        )


PRESETS: tuple[Preset, ...] = (
    Preset(
        key="reverse",
        title=mark("Reverse mentoring"),
        sentence=mark("Juniors teach leaders. Skills count most, then wishes; teams may mix, with a warning."),
        kind=ProgrammeKind.REVERSE,
    ),
    Preset(
        key="classic",
        title=mark("Classic mentoring"),
        sentence=mark("The mentor stands at least one level above, outside the mentee's team and off their superior."),
        kind=ProgrammeKind.CLASSIC,
        rules={
            Rule.LEVEL_NEAR: Strictness.HARD,
            Rule.LEVEL_FAR: Strictness.WARNING,
            Rule.NEAR_BOSS: Strictness.WARNING,
        },
    ),
    Preset(
        key="mutual",
        title=mark("Mutual mentoring"),
        sentence=mark("Both teach and both learn: skills count in both directions, half of the points each."),
        kind=ProgrammeKind.MUTUAL,
    ),
    Preset(
        key="buddy",
        title=mark("Buddies"),
        sentence=mark("Somebody to ask in the first months: near in level and place, with much in common."),
        kind=ProgrammeKind.MUTUAL,
        rules={
            Rule.SAME_TEAM: Strictness.OFF,
            Rule.SAME_PROJECT: Strictness.OFF,
            Rule.LEVEL_NEAR: Strictness.OFF,
            Rule.LEVEL_FAR: Strictness.HARD,
        },
        weights={
            Criterion.SKILLS: 2,
            Criterion.INTERESTS: 8,
            Criterion.LEVEL: 0,
            Criterion.DIVERSITY: 0,
            Criterion.LOCATION: 6,
            Criterion.AVAILABILITY: 6,
            Criterion.TENURE: 4,
        },
        numbers={Number.LEVEL_MAX: 2},
    ),
    Preset(
        key="group",
        title=mark("Groups"),
        sentence=mark("One mentor with several mentees: time in common counts, and two places can meet by video."),
        kind=ProgrammeKind.CLASSIC,
        rules={Rule.LEVEL_NEAR: Strictness.HARD},
        weights={Criterion.AVAILABILITY: 6, Criterion.LOCATION: 4},
        numbers={Number.VIDEO: 1},
        capacity=4,
    ),
    Preset(
        key="cross_firm",
        title=mark("Across organisations"),
        sentence=mark("Mentor and mentee come from different organisations; they meet by video where they are far."),
        kind=ProgrammeKind.CLASSIC,
        rules={
            Rule.SAME_ORGANISATION: Strictness.HARD,
            Rule.SAME_TEAM: Strictness.OFF,
            Rule.SAME_PROJECT: Strictness.WARNING,
            Rule.LEVEL_NEAR: Strictness.HARD,
        },
        weights={Criterion.DIVERSITY: 0, Criterion.AVAILABILITY: 4},
        numbers={Number.VIDEO: 1},
    ),
)


def presets_of(kind: ProgrammeKind) -> tuple[Preset, ...]:
    return tuple(preset for preset in PRESETS if preset.kind is kind)


def usual(kind: ProgrammeKind) -> Preset:
    """The preset that a programme of the kind begins with."""
    return presets_of(kind)[0]


def preset_of(programme: Programme) -> Preset | None:
    """The preset whose settings a programme has, the first one told of them."""
    return next((preset for preset in PRESETS if _settings(preset.applied(programme)) == _settings(programme)), None)


def _settings(programme: Programme) -> tuple[object, ...]:
    return (
        programme.kind,
        {rule: programme.rule(rule) for rule in Rule},
        {criterion: programme.weight(criterion) for criterion in Criterion},
        {number: programme.number(number) for number in Number},
        programme.musts,
    )


def _differing(values: dict[Key, Value], usual: dict[Key, Value]) -> dict[Key, Value]:
    return {key: value for key, value in values.items() if value != usual[key]}
