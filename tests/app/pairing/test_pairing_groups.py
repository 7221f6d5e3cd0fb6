"""People whom no pair links are solved by themselves, from a soft start: the plan is that of the whole matrix."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from pairing_oracles import exhaustive

from app.pairing import dense, groups, solve
from app.pairing.groups import groups as found_groups
from app.pairing.solve import assign
from app.pairing.weight import Weight


@pytest.fixture(autouse=True)
def also_small_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(groups, "_FEW", 0)


def in_groups(seed: int, most: int) -> tuple[Any, Any, Any]:
    """Scores, who may be with whom, and room: some groups of unequal size, in any order, some people in none."""
    rng = np.random.default_rng(seed)
    mentors, mentees = rng.integers(1, most, 2)
    of, theirs = rng.integers(0, 4, mentors), rng.integers(0, 4, mentees)
    allowed = (of[:, None] == theirs) & (of[:, None] > 0)
    allowed &= rng.random(allowed.shape) < rng.choice([0.1, 0.5, 1.0])
    score = rng.integers(-5, rng.choice([3, 50, 1000, 10**7]), allowed.shape)
    return score, allowed, rng.integers(1, rng.choice([2, 5]), mentors)


@pytest.mark.parametrize("seed", range(40))
def test_groups_are_linked_and_hold_all_pairs(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(groups, "_WORTH_IT", 1.0)
    _, allowed, _ = in_groups(seed, 90)
    group_of_row, group_of_column = np.full(allowed.shape[0], -1), np.full(allowed.shape[1], -2)
    found = found_groups(Weight(np.where(allowed, 5, -1), 5))
    for k, (rows, columns) in enumerate(found):
        assert (group_of_row[rows] == -1).all()
        assert (group_of_column[columns] == -2).all()
        group_of_row[rows], group_of_column[columns] = k, k
        reached = np.zeros(len(rows), bool)
        reached[0] = True
        for _ in range(len(rows)):
            there = allowed[rows][:, columns][reached].any(axis=0)
            reached |= allowed[rows][:, columns][:, there].any(axis=1)
        assert reached.all()
        assert there.all()
    if found or not allowed.any():
        i, j = np.nonzero(allowed)
        assert (group_of_row[i] == group_of_column[j]).all()
        assert (group_of_row[i] >= 0).all()


def test_very_many_groups_or_one_are_none() -> None:
    assert found_groups(Weight(np.where(np.eye(40, dtype=bool), 1, -1), 1)) == []
    assert found_groups(Weight(np.ones((40, 40), np.int32), 1)) == []
    two = np.kron(np.eye(2, dtype=bool), np.ones((20, 30), bool))
    assert [(len(rows), len(columns)) for rows, columns in found_groups(Weight(np.where(two, 1, -1), 1))] == [
        (20, 30), (20, 30)
    ]  # fmt: skip


@pytest.mark.parametrize("quality_first", [False, True])
@pytest.mark.parametrize("seed", range(40))
def test_groups_change_no_plan(seed: int, quality_first: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    score, allowed, room = in_groups(seed, 60)
    by_groups = assign(score, allowed, capacity=room, quality_first=quality_first)
    monkeypatch.setattr(solve, "groups", lambda _: [])
    assert assign(score, allowed, capacity=room, quality_first=quality_first) == by_groups


@pytest.mark.parametrize("quality_first", [False, True])
@pytest.mark.parametrize("seed", range(60))
def test_groups_give_the_best_of_all_plans(seed: int, quality_first: bool) -> None:
    score, allowed, room = in_groups(seed, 6)
    found = assign(score, allowed, capacity=room, quality_first=quality_first)
    assert found == exhaustive(score.tolist(), allowed.tolist(), room.tolist(), [], quality_first)


@pytest.mark.parametrize("quality_first", [False, True])
@pytest.mark.parametrize("seed", range(40))
def test_a_soft_start_of_what_is_no_square_changes_no_plan(
    seed: int, quality_first: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More on one side or several places each: the square is filled up."""
    score, allowed, room = in_groups(seed, 60)
    plain = assign(score, allowed, capacity=room, quality_first=quality_first)
    monkeypatch.setattr(dense, "_SOFT", 0)
    monkeypatch.setattr(dense, "_FILLED_UP", 1000)
    assert assign(score, allowed, capacity=room, quality_first=quality_first) == plain


@pytest.mark.parametrize("highest", [900, 10**5, 10**9])
def test_hundreds_from_a_soft_start_have_the_total_of_scipy(highest: int) -> None:
    scipy = pytest.importorskip("scipy.optimize")
    rng = np.random.default_rng(highest)
    score, allowed = rng.integers(0, highest, (300, 320)), rng.random((300, 320)) < 0.5
    allowed[:200, 230:], allowed[200:, :230] = False, False
    pairs = assign(score, allowed)
    rows, columns = scipy.linear_sum_assignment(np.where(allowed, score + 400.0 * highest, 0), maximize=True)
    theirs = [(i, j) for i, j in zip(rows, columns, strict=True) if allowed[i, j]]
    assert len(pairs) == len(theirs)
    assert sum(int(score[pair]) for pair in pairs) == sum(int(score[pair]) for pair in theirs)
