"""The solver against known answers, every possible plan, and SciPy."""

from __future__ import annotations

import builtins
from functools import partial
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pairing_oracles import Pairs, exhaustive

from app.pairing import dense, solve, sparse
from app.pairing.augment import augment
from app.pairing.prices import certify
from app.pairing.solve import assign
from app.pairing.weight import Weight


def yes(score: Any) -> Any:
    return np.ones(np.shape(score), bool)


def without_lapx(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def refuse(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "lap":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", refuse)


@pytest.fixture(params=["lapx", "numpy alone"])
def solver(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "numpy alone":
        without_lapx(monkeypatch)
    return str(request.param)


# Known answers.


@pytest.mark.usefixtures("solver")
def test_a_forbidden_pair_takes_no_part() -> None:
    assert assign([[3, 1], [1, 9]], [[True, True], [True, False]]) == [(0, 1), (1, 0)]


# The cost matrices of SciPy's own tests and of its documentation (the last), with the least cost.
LEAST_COST = [
    ([[400, 150, 400], [400, 450, 600], [300, 225, 300]], 850),
    ([[400, 150, 400, 1], [400, 450, 600, 2], [300, 225, 300, 3]], 452),
    ([[10, 10, 8], [9, 8, 1], [9, 7, 4]], 18),
    ([[10, 10, 8, 11], [9, 8, 1, 1], [9, 7, 4, 10]], 15),
    ([[10, float("inf"), float("inf")], [float("inf"), float("inf"), 1], [float("inf"), 7, float("inf")]], 18),
    ([[4, 1, 3], [2, 0, 5], [3, 2, 2]], 5),
]


@pytest.mark.usefixtures("solver")
@pytest.mark.parametrize(("cost", "least"), LEAST_COST)
def test_the_known_minima(cost: list[list[float]], least: int) -> None:
    allowed = np.isfinite(cost)
    score = np.where(allowed, -np.array(cost), 0).astype(int)
    for matrix, may in ((score, allowed), (score.T, allowed.T)):
        pairs = assign(matrix, may)
        assert len(pairs) == min(matrix.shape)
        assert -sum(int(matrix[i, j]) for i, j in pairs) == least


@pytest.mark.usefixtures("solver")
def test_two_mentors_three_mentees_with_capacity() -> None:
    # Halves are doubled: 2.5 in all. The first mentor takes two.
    score = [[2, 1, 2], [1, 1, 0]]
    pairs = assign(score, yes(score), capacity=[2, 1])
    assert pairs == [(0, 0), (0, 2), (1, 1)]
    assert sum(score[i][j] for i, j in pairs) / 2 == 2.5


@pytest.mark.usefixtures("solver")
def test_hospitals_and_residents() -> None:
    # Mentors M, C, G take two each. Mentees L S D A J; each side ranks, first choice 5 points, second 4 and so on.
    liked = {"M": "LS", "C": "DA", "G": "J"}
    score = [[5 - choice.index(mentee) if mentee in choice else 0 for mentee in "LSDAJ"] for choice in liked.values()]
    pairs = assign(score, np.array(score) > 0, capacity=[2, 2, 2])
    assert pairs == [(0, 0), (0, 1), (1, 2), (1, 3), (2, 4)]


@pytest.mark.usefixtures("solver")
def test_most_pairs_come_before_a_high_total() -> None:
    score = [[100, 1], [1, -50]]
    allowed = [[True, True], [True, False]]
    assert assign(score, allowed) == [(0, 1), (1, 0)]
    assert assign(score, allowed, quality_first=True) == [(0, 0)]


@pytest.mark.usefixtures("solver")
@pytest.mark.parametrize("shape", [(0, 0), (0, 3), (3, 0)])
def test_nobody_to_pair(shape: tuple[int, int]) -> None:
    assert assign(np.zeros(shape), np.zeros(shape)) == []


@pytest.mark.usefixtures("solver")
def test_nothing_allowed_and_nobody_with_room() -> None:
    assert assign([[5, 5]], [[False, False]]) == []
    assert assign([[5, 5]], [[True, True]], capacity=[0]) == []


@pytest.mark.usefixtures("solver")
def test_equal_scores_give_the_lowest_indices() -> None:
    for shape in ((4, 4), (2, 5), (5, 2)):
        zero = np.zeros(shape, int)
        assert assign(zero, yes(zero)) == [(i, i) for i in range(min(shape))]
    assert assign(np.zeros((2, 5)), np.ones((2, 5)), capacity=[3, 3]) == [(0, 0), (0, 1), (0, 2), (1, 3), (1, 4)]


@pytest.mark.usefixtures("solver")
def test_locked_pairs_stay_whatever_they_score() -> None:
    score = [[9, 0], [0, 9]]
    assert assign(score, yes(score), locked=[(0, 1)]) == [(0, 1), (1, 0)]
    assert assign(score, yes(score), locked=[(0, 1)], quality_first=True) == [(0, 1)]


@pytest.mark.usefixtures("solver")
@pytest.mark.parametrize("size", [10**6, 10**14, 10**17, 2**62])
def test_large_scores_are_exact(size: int) -> None:
    score = [[size, size - 1, -size], [size - 1, size - 3, -size], [-size, -size, 3 - size]]
    assert assign(score, yes(score)) == [(0, 1), (1, 0), (2, 2)]
    assert assign(score, yes(score), quality_first=True) == [(0, 1), (1, 0)]


def test_scores_beyond_64_bits_are_exact() -> None:
    score = np.array([[2**80, 2**80 + 1], [2**80, 2**80]], dtype=object)
    assert assign(score, yes(score)) == [(0, 1), (1, 0)]
    unsigned = np.array([[2**64 - 1, 0], [2**64 - 2, 0]], dtype=np.uint64)
    assert assign(unsigned, yes(unsigned)) == [(0, 0), (1, 1)]


@pytest.mark.parametrize("kind", [np.int8, np.uint8, np.int16, np.int32, np.uint32, np.int64, bool, float])
def test_any_kind_of_whole_number(kind: Any) -> None:
    score = np.array([[1, 0], [1, 1]], dtype=kind)
    assert assign(score, yes(score)) == [(0, 0), (1, 1)]


def test_the_input_stays_as_it_was() -> None:
    score, allowed, capacity = np.array([[1, 2], [3, 4]]), np.ones((2, 2), bool), np.array([1, 1])
    assign(score, allowed, capacity=capacity, locked=[(0, 0)])
    assert score.tolist() == [[1, 2], [3, 4]]
    assert allowed.all()
    assert capacity.tolist() == [1, 1]


IMPOSSIBLE: list[dict[str, Any]] = [
    {"locked": [(1, 1)]},  # not allowed
    {"locked": [(0, 0), (1, 0)]},  # the mentee twice
    {"locked": [(0, 0), (0, 1)]},  # the mentor beyond capacity
    {"locked": [(0, 2)]},
    {"locked": [(-1, 0)]},
    {"capacity": [1]},
    {"capacity": [1, -1]},
    {"capacity": [1.5, 1]},
    {"score": [1, 2]},
    {"score": [[1, 2, 3], [1, 2, 3]]},
    {"score": [[0.5, 1], [1, 1]]},
    {"score": [[float("nan"), 1], [1, 1]]},
]


@pytest.mark.parametrize("change", IMPOSSIBLE)
def test_impossible_input_is_refused(change: dict[str, Any]) -> None:
    case: dict[str, Any] = {"score": [[1, 2], [3, 4]], "allowed": [[True, True], [True, False]], **change}
    with pytest.raises(ValueError):
        assign(**case)


# Against every possible plan.


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[list[int]], list[list[bool]], list[int], Pairs, bool]:
    mentors, mentees = draw(st.integers(1, 4)), draw(st.integers(1, 5))
    values = draw(st.sampled_from([st.integers(-2, 2), st.integers(0, 3), st.integers(-(10**12), 10**12)]))
    score = [[draw(values) for _ in range(mentees)] for _ in range(mentors)]
    allowed = [[draw(st.sampled_from([True, True, False])) for _ in range(mentees)] for _ in range(mentors)]
    room = [draw(st.integers(0, 3)) for _ in range(mentors)]
    locked: Pairs = []
    pair = st.tuples(st.integers(0, mentors - 1), st.integers(0, mentees - 1))
    for mentor, mentee in draw(st.lists(pair, max_size=2)):
        taken = sum(other == mentor for other, _ in locked)
        if allowed[mentor][mentee] and taken < room[mentor] and all(mentee != other for _, other in locked):
            locked.append((mentor, mentee))
    return score, allowed, room, locked, draw(st.booleans())


@settings(max_examples=400, deadline=None)
@given(cases())
def test_it_is_the_best_of_all_plans(case: tuple[list[list[int]], list[list[bool]], list[int], Pairs, bool]) -> None:
    score, allowed, room, locked, quality_first = case
    best = exhaustive(score, allowed, room, locked, quality_first)
    assert assign(score, allowed, capacity=room, locked=locked, quality_first=quality_first) == best


@settings(max_examples=150, deadline=None)
@given(cases())
def test_numpy_alone_gives_the_same_plan(
    case: tuple[list[list[int]], list[list[bool]], list[int], Pairs, bool],
) -> None:
    score, allowed, room, locked, quality_first = case
    with pytest.MonkeyPatch.context() as patch:
        without_lapx(patch)
        alone = assign(score, allowed, capacity=room, locked=locked, quality_first=quality_first)
    assert alone == exhaustive(score, allowed, room, locked, quality_first)


# Against SciPy, where it is installed.


@pytest.mark.parametrize("seed", range(30))
def test_pairs_and_total_are_those_of_scipy(seed: int) -> None:
    scipy = pytest.importorskip("scipy.optimize")
    rng = np.random.default_rng(seed)
    mentors, mentees = rng.integers(5, 60, 2)
    score = rng.integers(-5, rng.choice([4, 50, 1000]), (mentors, mentees))
    allowed = rng.random(score.shape) < rng.choice([0.1, 0.5, 0.95])
    room = rng.integers(0, 4, mentors)
    locked: Pairs = []
    for i, j in assign(-score, allowed, capacity=room)[:3]:
        locked.append((i, j))
    pairs = assign(score, allowed, capacity=room, locked=locked)

    free, may = room.copy(), allowed.copy()
    for i, j in locked:
        free[i] -= 1
        may[:, j] = False
    slots = np.repeat(np.arange(mentors), free)
    bonus = 10**6
    rows, columns = scipy.linear_sum_assignment(np.where(may, score + bonus, 0)[slots], maximize=True)
    theirs = [(slots[i], j) for i, j in zip(rows, columns, strict=True) if may[slots[i], j]]
    assert set(locked) <= set(pairs)
    assert len(pairs) == len(theirs) + len(locked)
    assert sum(score[i, j] for i, j in pairs) == sum(score[i, j] for i, j in [*theirs, *locked])
    assert all(allowed[i, j] for i, j in pairs)
    assert (np.bincount([i for i, _ in pairs], minlength=mentors) <= room).all()
    assert len({j for _, j in pairs}) == len(pairs)


@pytest.mark.parametrize("seed", range(10))
def test_both_solvers_give_one_plan(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(seed)
    score = rng.integers(0, 4, (40, 45))  # few values, many ties
    allowed = rng.random(score.shape) < 0.5
    room = rng.integers(1, 3, 40)
    for quality_first in (False, True):
        with_lapx = assign(score, allowed, capacity=room, quality_first=quality_first)
        with monkeypatch.context() as patch:
            without_lapx(patch)
            assert assign(score, allowed, capacity=room, quality_first=quality_first) == with_lapx


@pytest.mark.parametrize("quality_first", [False, True])
@pytest.mark.parametrize("seed", range(20))
def test_a_soft_start_changes_no_plan(seed: int, quality_first: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(seed)
    size = int(rng.integers(2, 80))
    score = rng.integers(-5, rng.choice([3, 50, 1000, 10**9]), (size, size))
    allowed = rng.random(score.shape) < rng.choice([0.02, 0.1, 0.5, 0.95])
    plain = assign(score, allowed, quality_first=quality_first)
    monkeypatch.setattr(dense, "_SOFT", 0)
    assert assign(score, allowed, quality_first=quality_first) == plain
    anything = partial(rng.integers, -(10**9), 10**9)
    monkeypatch.setattr(dense, "_soft_prices", lambda worth, _: anything(len(worth)).astype(np.float64))
    assert assign(score, allowed, quality_first=quality_first) == plain  # whatever it starts from


# Few pairs of each person, priced against the full matrix.


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """So few to start with that it takes many rounds, in small blocks, also for small matrices."""
    for name, value in {"_BEST": 1, "_BEST_OF_COLUMN": 1, "_MORE": 1, "_KEPT": 1, "_BLOCK": 7, "_VALUES": 0}.items():
        monkeypatch.setattr(sparse, name, value)


def random_case(seed: int) -> tuple[Any, Any, Any]:
    rng = np.random.default_rng(seed)
    mentors, mentees = rng.integers(2, 70, 2)
    score = rng.integers(-5, rng.choice([3, 50, 1000, 10**6]), (mentors, mentees))
    allowed = rng.random(score.shape) < rng.choice([0.02, 0.1, 0.5, 0.95])
    allowed[rng.random(mentors) < 0.1] = False
    room = rng.integers(0, rng.choice([2, 5]), mentors)
    return score, allowed, room


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("quality_first", [False, True])
@pytest.mark.parametrize("seed", range(60))
def test_few_pairs_give_the_plan_of_the_full_matrix(
    seed: int, quality_first: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    score, allowed, room = random_case(seed)
    full = assign(score, allowed, capacity=room, quality_first=quality_first)
    monkeypatch.setattr(solve, "_LARGE", 0)
    monkeypatch.setattr(solve, "by_lapx", lambda *_: pytest.fail("the few pairs did not do"))
    assert assign(score, allowed, capacity=room, quality_first=quality_first) == full


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("seed", range(30))
def test_prices_of_few_pairs_prove_the_plan(seed: int) -> None:
    rng = np.random.default_rng(seed)
    weight = rng.integers(-3, rng.choice([5, 900]), rng.integers(1, 50, 2)).astype(np.int32)
    weight = np.where(weight > 0, weight, -1)
    weight[0, 0] = 7
    places = rng.integers(1, 4, len(weight))
    found = sparse.by_few_pairs(Weight(weight, int(weight.max())), places)
    assert found is not None
    owner, (price, surplus) = found
    chosen = np.flatnonzero(owner >= 0)
    used = np.bincount(owner[chosen], minlength=len(weight))
    assert (used <= places).all()
    assert min(price.min(), surplus.min()) >= 0
    assert (price[:, None] + surplus >= weight).all()
    assert (price[owner[chosen]] + surplus[chosen] == weight[owner[chosen], chosen]).all()
    assert not price[used < places].any()
    assert not surplus[owner < 0].any()


@pytest.mark.usefixtures("few")
def test_the_full_matrix_does_it_when_few_pairs_come_to_no_end(monkeypatch: pytest.MonkeyPatch) -> None:
    score, allowed, room = random_case(3)
    full = assign(score, allowed, capacity=room)
    monkeypatch.setattr(solve, "_LARGE", 0)
    monkeypatch.setattr(sparse, "_ROUNDS", 1)
    assert assign(score, allowed, capacity=room) == full


@pytest.mark.parametrize("ties", [3, 1000])
def test_a_large_plan_has_the_total_of_scipy(ties: int, monkeypatch: pytest.MonkeyPatch) -> None:
    scipy = pytest.importorskip("scipy.optimize")
    monkeypatch.setattr(solve, "_LARGE", 0)
    monkeypatch.setattr(sparse, "_VALUES", 0)
    rng = np.random.default_rng(ties)
    score, allowed = rng.integers(0, ties, (600, 700)), rng.random((600, 700)) < 0.6
    allowed[:40, 20:] = False  # not everybody finds somebody
    pairs = assign(score, allowed)
    rows, columns = scipy.linear_sum_assignment(np.where(allowed, score + 10**6, 0), maximize=True)
    theirs = [(i, j) for i, j in zip(rows, columns, strict=True) if allowed[i, j]]
    assert len(pairs) == len(theirs) == 580
    assert sum(score[i, j] for i, j in pairs) == sum(score[i, j] for i, j in theirs)


# The proof.


def test_a_worse_plan_is_not_certified() -> None:
    weight, places = np.array([[3, 2], [2, 3]]), np.array([1, 1])
    assert certify(Weight(weight, int(weight.max())), places, np.array([0, 1])) is not None
    assert certify(Weight(weight, int(weight.max())), places, np.array([1, 0])) is None
    assert certify(Weight(weight, int(weight.max())), places, np.array([0, -1])) is None


def test_a_wrong_answer_of_the_library_is_found_and_mended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solve, "by_lapx", lambda *_: np.array([1, 0]))
    assert assign([[3, 2], [2, 3]], np.ones((2, 2), bool)) == [(0, 0), (1, 1)]


def test_augmenting_paths_prefer_no_pair_over_a_forbidden_one() -> None:
    assert augment(np.array([[5, -1], [7, -1]]), np.array([1, 1])).tolist() == [1, -1]
