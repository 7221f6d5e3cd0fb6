"""Points of each criterion by hand, and sums that always add up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pairing_people import crowd, offers, only, programme, seeks, someone, told_more

from app.domain.ids import OrganisationId
from app.domain.programmes import Criterion, Number, ProgrammeKind, Role
from app.domain.tandems import Reason
from app.pairing import overlap
from app.pairing.explain import reasons
from app.pairing.plan import examine
from app.pairing.scores import FULL_SCORE, Scores, shares


def reason(
    criterion: Criterion, mentor: dict[str, Any], mentee: dict[str, Any], kind: ProgrammeKind = ProgrammeKind.REVERSE
) -> Reason:
    found = examine(only(criterion, kind), someone(1, **mentor), someone(2, Role.MENTEE, **mentee), supervisors={})
    assert [r.criterion for r in found.reasons] == [criterion.value]
    assert found.reasons[0].most == FULL_SCORE
    assert found.score == found.reasons[0].points
    return found.reasons[0]


@given(st.dictionaries(st.sampled_from(list(Criterion)), st.integers(0, 10)))
def test_shares_add_up_to_a_thousand_in_proportion(weights: dict[Criterion, int]) -> None:
    chosen = programme(weights=weights)
    most = shares(chosen)
    whole = sum(chosen.weight(criterion) for criterion in Criterion)
    assert sum(most.values()) == (FULL_SCORE if whole else 0)
    for criterion, points in most.items():
        assert not whole or abs(points - FULL_SCORE * chosen.weight(criterion) / whole) < 1


def test_skills_count_the_gap_and_its_priority() -> None:
    excel, cad = 1, 2
    mentee = {"skills": (seeks(excel, 4, priority=3), seeks(cad, 2))}
    # 12 points of wanting in Excel (4 levels, priority 3), 2 in CAD.
    full = reason(Criterion.SKILLS, {"skills": (offers(excel, 4), offers(cad, 4))}, mentee)
    assert (full.points, full.facts) == (1000, ("1:4:4", "2:4:2"))
    part = reason(Criterion.SKILLS, {"skills": (offers(excel, 2),)}, mentee)
    assert (part.points, part.facts) == (round(1000 * 6 / 14), ("1:2:4", "2:0:2"))
    assert reason(Criterion.SKILLS, {"skills": (offers(9, 4),)}, mentee).points == 0
    assert reason(Criterion.SKILLS, {}, mentee).points == 0


def test_a_gap_starts_where_the_mentee_stands() -> None:
    mentee = {"skills": (seeks(1, 4), offers(1, 2))}
    assert reason(Criterion.SKILLS, {"skills": (offers(1, 2),)}, mentee).points == 0
    assert reason(Criterion.SKILLS, {"skills": (offers(1, 3),)}, mentee).points == 500
    nothing_to_learn = {"skills": (seeks(1, 2), offers(1, 3))}
    assert reason(Criterion.SKILLS, {"skills": (offers(1, 4),)}, nothing_to_learn).points == 500


def test_mutual_programmes_count_skills_both_ways() -> None:
    one, other = {"skills": (offers(1, 4), seeks(2, 4))}, {"skills": (seeks(1, 4),)}
    found = reason(Criterion.SKILLS, one, other, ProgrammeKind.MUTUAL)
    assert (found.points, found.facts) == (500, ("1:4:4", "2:0:4:back"))
    teaching_back = {"skills": (seeks(1, 4), offers(2, 4))}
    assert reason(Criterion.SKILLS, one, teaching_back, ProgrammeKind.MUTUAL).points == 1000


@pytest.mark.parametrize(
    ("mentor", "mentee", "points", "facts"),
    [
        (("Segeln",), ("Segeln",), 1000, ("Segeln",)),
        (("Musik", "Schach"), ("klassische Musik", "Lesen"), 500, ("klassische Musik",)),
        (("AI",), ("Retail",), 0, ()),
        (("C++", "C"), ("C#", ".NET"), 0, ()),
        (("Qt und C++", "Net"), ("c++", ".net"), 500, ("c++",)),
        (("Küche",), ("KUECHE",), 1000, ("KUECHE",)),
        (("A", "B", "C", "D"), ("A", "B", "C", "D"), 1000, ("A", "B", "C", "D")),
        (("A", "B", "C"), ("A", "D", "E"), 333, ("A",)),
        ((), ("Segeln",), 500, ()),
    ],
)
def test_interests_in_common(
    mentor: tuple[str, ...], mentee: tuple[str, ...], points: int, facts: tuple[str, ...]
) -> None:
    found = reason(Criterion.INTERESTS, {"interests": mentor}, {"interests": mentee})
    assert (found.points, found.facts) == (points, facts)


@pytest.mark.parametrize(
    ("kind", "mentor", "mentee", "points"),
    [
        (ProgrammeKind.REVERSE, 6, 3, 1000),
        (ProgrammeKind.REVERSE, 9, 1, 1000),
        (ProgrammeKind.REVERSE, 4, 3, 333),
        (ProgrammeKind.REVERSE, 3, 6, 0),
        (ProgrammeKind.CLASSIC, 3, 6, 1000),
        (ProgrammeKind.CLASSIC, 6, 3, 0),
        (ProgrammeKind.MUTUAL, 3, 5, 667),
        (ProgrammeKind.MUTUAL, 5, 3, 667),
        (ProgrammeKind.REVERSE, None, 3, 500),
    ],
)
def test_level_distance_in_the_direction_of_the_kind(
    kind: ProgrammeKind, mentor: int | None, mentee: int, points: int
) -> None:
    found = reason(Criterion.LEVEL, {"level": mentor}, {"level": mentee}, kind)
    assert found.points == points
    assert found.facts == (() if mentor is None else (str(mentor), str(mentee)))


def test_diversity_and_location() -> None:
    assert reason(Criterion.DIVERSITY, {"department": "IT"}, {"department": "it"}).points == 0
    assert reason(Criterion.DIVERSITY, {"department": "IT"}, {"department": "HR"}).points == 1000
    assert reason(Criterion.DIVERSITY, {"department": "IT"}, {}).points == 500
    assert reason(Criterion.LOCATION, {"location": "Jena"}, {"location": "jena"}).facts == ("Jena", "jena")
    assert reason(Criterion.LOCATION, {"location": "Jena"}, {"location": "jena"}).points == 1000
    assert reason(Criterion.LOCATION, {"location": "Jena"}, {"location": "Suhl"}).points == 0
    assert reason(Criterion.LOCATION, {}, {"location": "Suhl"}).points == 500


@pytest.mark.parametrize(
    ("mentor", "mentee", "points", "facts"),
    [
        ((2,), (1,), 1000, ("mentor:1", "mentee:1")),
        ((9, 2), (), 625, ("mentor:2",)),
        ((9,), (8, 7, 6, 1), 125, ("mentee:4",)),
        ((9,), (8,), 0, ()),
        ((), (), 500, ()),
    ],
)
def test_ranked_wishes_of_both(
    mentor: tuple[int, ...], mentee: tuple[int, ...], points: int, facts: tuple[str, ...]
) -> None:
    found = reason(Criterion.WISHES, {"wished": mentor}, {"wished": mentee})
    assert (found.points, found.facts) == (points, facts)


@pytest.mark.parametrize("kind", ProgrammeKind)
@pytest.mark.parametrize("seed", range(3))
def test_reasons_add_up_to_the_matrix_for_every_pair(kind: ProgrammeKind, seed: int) -> None:
    people = told_more(crowd(600, seed), seed)  # more than one block of rows
    mentors, mentees = people[:570], people[570:]
    chosen = replace(programme(kind, dict.fromkeys(Criterion, 3 + seed)), numbers={Number.VIDEO: seed % 2})
    scores = Scores.of(chosen, mentors, mentees)
    matrix = scores.matrix()
    pairs = [(i, j) for i in range(len(mentors)) for j in range(len(mentees))]
    for (i, j), why in zip(pairs, reasons(scores, *np.array(pairs).T), strict=True):
        assert sum(r.points for r in why) == matrix[i, j]
        assert all(0 <= r.points <= r.most for r in why)
        assert sum(r.most for r in why) == FULL_SCORE
    assert matrix.min() >= 0
    assert matrix.max() <= FULL_SCORE


@pytest.mark.parametrize(
    ("criterion", "mentor", "mentee", "points", "facts"),
    [
        (Criterion.AVAILABILITY, {"availability": 7}, {"availability": 15}, 1000, ("mon_am", "mon_pm", "tue_am")),
        (Criterion.AVAILABILITY, {"availability": 0b101}, {"availability": 0b100}, 333, ("tue_am",)),
        (Criterion.AVAILABILITY, {"availability": 0b1}, {"availability": 0b10}, 0, ()),
        (Criterion.AVAILABILITY, {}, {"availability": 0b10}, 500, ()),
        (Criterion.TENURE, {"entry_date": date(2020, 1, 1)}, {"entry_date": date(1990, 1, 1)}, 1000, ("2020", "1990")),
        (Criterion.TENURE, {"entry_date": date(2020, 1, 1)}, {"entry_date": date(2015, 1, 1)}, 500, ("2020", "2015")),
        (Criterion.TENURE, {"entry_date": date(2020, 1, 1)}, {}, 500, ()),
        (Criterion.ORGANISATION, {"organisation": OrganisationId(1)}, {}, 1000, ("different",)),
        (Criterion.ORGANISATION, {}, {}, 0, ("same",)),
        (Criterion.WAITING, {"waited": True}, {}, 500, ("mentor",)),
        (Criterion.WAITING, {"waited": True}, {"waited": True}, 1000, ("mentor", "mentee")),
        (Criterion.WAITING, {}, {}, 0, ()),
    ],
)  # fmt: skip
def test_the_other_criteria(
    criterion: Criterion, mentor: dict[str, Any], mentee: dict[str, Any], points: int, facts: tuple[str, ...]
) -> None:
    found = reason(criterion, mentor, mentee)
    assert (found.points, found.facts) == (points, facts)


def test_two_places_count_half_where_the_two_may_meet_by_video() -> None:
    chosen = replace(only(Criterion.LOCATION), numbers={Number.VIDEO: 1})
    one, other = someone(1, location="Jena"), someone(2, Role.MENTEE, location="Suhl")
    (found,) = examine(chosen, one, other, supervisors={}).reasons
    assert (found.points, found.facts) == (500, ("Jena", "Suhl", "video"))
    (same,) = examine(chosen, one, someone(2, Role.MENTEE, location="jena"), supervisors={}).reasons
    assert (same.points, same.facts) == (1000, ("Jena", "jena"))


def test_without_any_weight_all_score_nothing() -> None:
    nothing = programme(weights=dict.fromkeys(Criterion, 0))
    scores = Scores.of(nothing, [someone(1)], [someone(2, Role.MENTEE)])
    assert scores.matrix().tolist() == [[0]]
    assert reasons(scores, np.array([0]), np.array([0])) == [()]
    assert np.array_equal(Scores.of(programme(), [], [someone(2)]).matrix(), np.zeros((0, 1)))


@pytest.mark.parametrize("kind", list(ProgrammeKind))
def test_few_and_many_features_score_alike(kind: ProgrammeKind, monkeypatch: pytest.MonkeyPatch) -> None:
    people = told_more(crowd(160, seed=5), seed=5)
    sides = [p for p in people if p.teaches], [p for p in people if p.learns]
    in_tables = Scores.of(programme(kind), *sides).matrix()
    monkeypatch.setattr(overlap, "_FEW", 0)
    for common in (1, 30, 10**9):  # features of one pair at a time, of both kinds, of one product
        monkeypatch.setattr(overlap, "_COMMON", common)
        assert np.array_equal(Scores.of(programme(kind), *sides).matrix(), in_tables)
    i, j = np.divmod(np.arange(in_tables.size), in_tables.shape[1])
    points = Scores.of(programme(kind), *sides).of_pairs(i, j)
    assert np.array_equal(sum(points.values()), in_tables.reshape(-1))
