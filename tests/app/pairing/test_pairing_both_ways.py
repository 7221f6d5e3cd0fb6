"""Mutual programmes: a pair has the same points and facts whoever of the two stands first, and everywhere."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product
from math import floor

import numpy as np
import pytest
from pairing_people import crowd, offers, only, programme, seeks, someone, told_more

from app.documents.pairing_words import fact_text
from app.domain.programmes import Criterion, Number, ProgrammeKind, Role
from app.i18n import speaking
from app.pairing.both_ways import both_ways
from app.pairing.plan import examine
from app.pairing.rounds import Round
from app.pairing.rules import Supervisors

MUTUAL = ProgrammeKind.MUTUAL


def test_both_ways_is_rounded_once_and_exactly() -> None:
    """All parts of all wholes up to 12, with each number of points there can be."""
    parts = [(part, whole) for whole in range(13) for part in range(whole + 1)]
    there, back = np.array(list(product(parts, parts)), np.int64).transpose(1, 2, 0)
    shares = [Fraction(part, whole) if whole else Fraction(1, 2) for part, whole in parts]
    means = [(one + other) / 2 for one, other in product(shares, shares)]
    top = np.array([mean.numerator for mean in means], np.int64)
    bottom = np.array([mean.denominator for mean in means], np.int64)
    for most in range(1001):
        found = both_ways(most, *there, *back)
        assert (found == (2 * most * top + bottom) // (2 * bottom)).all()
        assert (found == both_ways(most, *back, *there)).all()
    assert both_ways(345, *(np.array([n]) for n in (0, 0, 1, 2)))[0] == floor(Fraction(345, 2) + Fraction(1, 2))


def test_large_wholes_are_exact_too() -> None:
    chance = np.random.default_rng(1)
    whole, back_whole = chance.integers(1, 1000, (2, 20_000))
    part, back = chance.integers(0, whole + 1), chance.integers(0, back_whole + 1)
    top, bottom = part * back_whole + back * whole, 2 * whole * back_whole
    assert (both_ways(999, part, whole, back, back_whole) == (2 * 999 * top + bottom) // (2 * bottom)).all()


@pytest.mark.parametrize("seed", range(4))
def test_a_pair_is_one_whoever_stands_first(seed: int) -> None:
    people = told_more(crowd(40, seed, both=0.7), seed)
    line: Supervisors = {p.person.id: p.person.supervisor for p in people}
    weights = {criterion: 3 + (seed + place) % 5 for place, criterion in enumerate(Criterion)}
    chosen = replace(programme(MUTUAL, weights), numbers={Number.VIDEO: seed % 2})
    round_ = Round(chosen, people, supervisors=line)
    matrix = round_.matrix()
    by_id = {p.id: p for p in people}
    possible = round_.grid.possible()
    for i, j in zip(*np.nonzero(possible), strict=True):
        pair = matrix.mentors[i], matrix.mentees[j]
        there, back = (examine(chosen, by_id[one], by_id[two], supervisors=line) for one, two in (pair, pair[::-1]))
        assert there.score == back.score == matrix.score[i, j] == round_.check(pair).score
        assert [one.points for one in there.reasons] == [one.points for one in back.reasons]
        assert (there.blocked_by, there.warnings) == (back.blocked_by, back.warnings)
    assert all(pair.score == matrix.score[round_.grid.cell(pair.ids)] for pair in round_.plan.pairs)


def test_two_kinds_of_music_are_one_interest_either_way() -> None:
    one = someone(1, Role.BOTH, interests=("Musik", "Schach", "Lesen"))
    other = someone(2, Role.BOTH, interests=("klassische Musik", "Rockmusik Musik", "Kochen"))
    chosen = only(Criterion.INTERESTS, MUTUAL)
    assert [examine(chosen, *two, supervisors={}).score for two in ((one, other), (other, one))] == [333, 333]
    assert examine(chosen, one, other, supervisors={}).reasons[0].facts == ("Musik",)


@pytest.mark.parametrize("language", ["de", "en"])
def test_nobody_is_called_mentor_or_mentee(language: str) -> None:
    one = someone(1, Role.BOTH, wished=(3, 2), waited=True, skills=(offers(1, 4), seeks(2, 3)))
    other = someone(2, Role.BOTH, wished=(1,), level=3)
    chosen = programme(MUTUAL, dict.fromkeys(Criterion, 1))
    with speaking(language):
        for people in ((one, other), (other, one), (other, someone(4, Role.BOTH, waited=True))):
            told = [fact_text(one, {}) for one in examine(chosen, *people, supervisors={}).reasons]
            assert not any(word in text.lower() for text in told for word in ("mentor", "mentee"))
        facts = {why.criterion: fact_text(why, {}) for why in examine(chosen, one, other, supervisors={}).reasons}
    wishes, waiting = {
        "en": ("Wish 2 of one, wish 1 of the other", "One of the two was left over in the last round"),
        "de": (
            "Wunsch 2 der einen Person, Wunsch 1 der anderen",
            "Eine der beiden Personen blieb im letzten Durchgang übrig",
        ),
    }[language]
    assert (facts["wishes"], facts["waiting"]) == (wishes, waiting)
