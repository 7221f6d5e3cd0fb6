"""Presets are settings that a programme takes over, and is known by."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pairing_people import programme

from app.domain.presets import PRESETS, Preset, preset_of, presets_of
from app.domain.programmes import NUMBER_RANGE, Criterion, Number, ProgrammeKind, Rule, Strictness
from app.pairing.scores import FULL_SCORE, shares


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.key)
def test_a_programme_is_known_by_its_preset(preset: Preset) -> None:
    chosen = preset.applied(programme(ProgrammeKind.CLASSIC, {Criterion.WISHES: 1}, {Rule.LANGUAGE: Strictness.OFF}))
    assert preset_of(chosen) == preset
    assert chosen.kind is preset.kind
    assert all(chosen.rule(rule) is strict for rule, strict in preset.rules.items())
    assert all(chosen.weight(criterion) == weight for criterion, weight in preset.weights.items())
    assert sum(shares(chosen).values()) == FULL_SCORE
    assert all(0 <= chosen.weight(criterion) <= 10 for criterion in Criterion)
    for number in Number:
        lowest, highest = NUMBER_RANGE[number]
        assert lowest <= chosen.number(number) <= highest
    # What no form of mentoring may loosen.
    assert {chosen.rule(rule) for rule in (Rule.SUPERVISION, Rule.RIVALRY, Rule.VETO)} == {Strictness.HARD}


def test_other_settings_have_no_preset() -> None:
    assert preset_of(programme(weights={Criterion.SKILLS: 1, Criterion.WAITING: 2})) is None
    usual = {Criterion.SKILLS: 10, Criterion.WAITING: 2}
    assert preset_of(programme(weights=usual)) == PRESETS[0]  # the usual weights, stated
    assert preset_of(replace(programme(weights=usual), musts=frozenset({Criterion.SKILLS}))) is None


def test_presets_by_kind() -> None:
    assert [preset.key for preset in presets_of(ProgrammeKind.MUTUAL)] == ["mutual", "buddy"]
    assert len({preset.key for preset in PRESETS}) == len(PRESETS) == 6
