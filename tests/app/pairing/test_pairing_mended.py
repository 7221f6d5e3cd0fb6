"""As large plans are mended: from the close pairs, over a matrix that is shared. Here with small ones, so that every
path is taken; each change must give the plan made anew.
"""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pairing_changes import anew, change, changes, line_of
from pairing_people import crowd, programme, told_more

from app.domain.programmes import Criterion, ProgrammeKind
from app.pairing import close, market, parts, repair, weight
from app.pairing.close import close_pairs
from app.pairing.groups import groups
from app.pairing.repair import Repair
from app.pairing.rounds import Round
from app.pairing.weight import Lines, Weight, tight_pairs


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Small matrices are taken for large ones; lists how they were mended."""
    ways: list[str] = []
    monkeypatch.setattr(weight, "_SMALL", 0)
    monkeypatch.setattr(weight, "_TINY", 0)
    monkeypatch.setattr(weight, "_LINES", 5)
    monkeypatch.setattr(parts, "_FEW", 0)
    monkeypatch.setattr(close, "_WORTH_IT", 0)
    monkeypatch.setattr(close, "_LOOKS", 2)
    for name in ("_row_fed", "_column_fed"):
        fed = getattr(Repair, name)

        def noted(self: Repair, start: int, few: bool, fed: Any = fed, name: str = name) -> bool:
            done: bool = fed(self, start, few)
            ways.append(f"{name} {few} {done}")
            return done

        monkeypatch.setattr(Repair, name, noted)
    now, whole = close.close_now, close.close_pairs

    def seen(*args: Any) -> Any:
        found = now(*args)
        ways.append("nothing close" if found is None else "kept")
        return found

    def looked_through(*args: Any) -> Any:
        ways.append("looked through")
        return whole(*args)

    monkeypatch.setattr(market, "close_now", seen)
    monkeypatch.setattr(close, "close_pairs", looked_through)  # `market` has its own name for that
    return ways


KINDS = ("ban", "ban a pair", "unban", "lock", "lock a pair", "unlock", "person", "person")


@pytest.mark.parametrize("size", [8, 40, 90])
@pytest.mark.parametrize("seed", range(6))
def test_long_chains_of_changes(seed: int, size: int, large: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(close, "_CLOSE", 2 + 3 * (seed % 3))
    monkeypatch.setattr(close, "_MOST", 200)
    chance = random.Random(seed)
    people = told_more(crowd(size, seed, capacity=1 + seed % 3), seed)
    round_ = Round(programme(ProgrammeKind.CLASSIC), people, supervisors=line_of(people), quality_first=seed % 4 == 3)
    for _ in range(20):
        round_ = change(round_, chance.choice(KINDS), chance.randrange(10**6))
        assert round_.plan == anew(round_)
    assert "kept" in large


@pytest.mark.usefixtures("large")
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10**6), changes(), st.sampled_from([4, 12, 40]), st.integers(1, 3), st.integers(1, 6))
def test_any_chain_of_changes(
    seed: int, steps: list[tuple[str, int]], size: int, capacity: int, near: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(close, "_CLOSE", near)
        people = told_more(crowd(size, seed, capacity=capacity), seed)
        round_ = Round(programme(ProgrammeKind.CLASSIC), people, supervisors=line_of(people))
        for what, number in steps:
            round_ = change(round_, what, number)
            assert round_.plan == anew(round_)


@pytest.mark.parametrize("seed", range(12))
def test_quality_first_pairs_nobody_for_nothing_after_changes_either(seed: int) -> None:
    rng, people = random.Random(seed), crowd(8, seed, capacity=1)
    criterion = rng.choice(list(Criterion))
    only = {one: 10 if one is criterion else 0 for one in Criterion}
    round_ = Round(
        programme(ProgrammeKind.CLASSIC, weights=only), people, supervisors=line_of(people), quality_first=True
    )
    for step in range(6):
        round_ = change(round_, rng.choice(["person", "ban", "unban", "lock", "unlock"]), seed * 100 + step)
        assert round_.plan == anew(round_)


def test_groups_are_those_of_the_lines_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weight, "_SMALL", 0)
    net = np.full((400, 400), -1, np.int16)
    for k in range(0, 400, 100):
        net[k : k + 100, k : k + 100] = 5
    apart = Weight(net, 10, kind=np.int32)
    assert len(groups(apart)) == 4
    line = np.where(np.arange(400) < 200, 5, -1).astype(np.int16)[None]
    linked = apart.with_lines(np.array([3]), line, np.zeros(0, np.intp), net[:, :0])
    assert linked.values is net
    assert len(groups(linked)) == 3


def test_every_way_of_mending_is_taken(large: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(5)
    for seed in range(12):
        monkeypatch.setattr(close, "_CLOSE", 1 + 4 * (seed % 2))
        people = told_more(crowd(50, seed, capacity=1 + seed % 2), seed)
        round_ = Round(programme(ProgrammeKind.CLASSIC), people, supervisors=line_of(people))
        for _ in range(8):
            round_ = change(round_, chance.choice(KINDS), chance.randrange(10**6))
    assert {"_row_fed True True", "_row_fed True False", "_row_fed False True"} <= set(large)
    assert {"_column_fed True True", "_column_fed False True"} <= set(large)
    assert "kept" in large
    assert "looked through" in large


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("seed", range(20))
def test_close_pairs_stay_all_there_are(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """After changes of lines every pair not listed is further from its prices than it is said to be."""
    monkeypatch.setattr(close, "_CLOSE", 4)
    monkeypatch.setattr(close, "_MOST", 1000)
    rng = np.random.default_rng(seed)
    net = rng.integers(-1, 30, rng.integers(5, 40, 2)).astype(np.int16)
    now = market.Market.of(net, np.ones(len(net), np.int64), [], True)
    for _ in range(5):
        rows, columns = rng.choice(len(net), 2, replace=False), rng.choice(net.shape[1], 1)
        net = now.weight.read(slice(None)).copy()
        net[rows], net[:, columns] = rng.integers(-1, 30, (2, net.shape[1])), rng.integers(-1, 30, (len(net), 1))
        changed = now.weight.with_lines(rows, net[rows], columns, net[:, columns])
        found = now._mended(changed, now.places, rows, columns)
        assert found is not None
        now.weight, (now.owner, now.price, now.surplus, now.tight, now.close) = changed, found
        anew_ = market.Market.of(net.copy(), np.ones(len(net), np.int64), [], True)
        assert now.owner.tolist() == anew_.owner.tolist()
        assert now.close is not None
        assert now.tight is not None
        slack = now.price[:, None] + now.surplus - net
        listed = set(zip(now.close.i.tolist(), now.close.j.tolist(), strict=True))
        i, j = np.nonzero((slack <= now.close.reach) & (net >= 1))
        assert listed >= set(zip(i.tolist(), j.tolist(), strict=True))
        assert (now.close.worth == net[now.close.i, now.close.j]).all()
        i, j = np.nonzero((slack == 0) & (net >= 1))
        assert (now.tight[0].tolist(), now.tight[1].tolist()) == (i.tolist(), j.tolist())


def test_where_too_many_are_close_none_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(close, "_WORTH_IT", 0)
    one = Weight(np.ones((300, 300), np.int64), 1)
    zero = np.zeros(300, np.int64)
    assert close_pairs(one, zero, zero + 1) is None
    with pytest.raises(close.WorthMore):
        close_pairs(Weight(2 * np.eye(300, dtype=np.int64) - 1, 1, kind=np.int64), zero, zero)


# The shared matrix


@pytest.mark.parametrize("settled", [False, True])
@pytest.mark.parametrize("flat_from", [0, 4, 99])
@pytest.mark.parametrize("bonus", [0, 1000])
@pytest.mark.parametrize("seed", range(8))
def test_weights_with_other_lines(
    seed: int, bonus: int, flat_from: int, settled: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = np.random.default_rng(seed)
    net = rng.integers(-1, 50, rng.integers(2, 300, 2)).astype(np.int16)
    low = 1 if not bonus else seed % 2  # as for quality first: who scores nothing can't be paired
    shared = Weight(net.copy(), 2000, low=low, bonus=bonus, kind=np.int32)
    if settled:
        shared.settle()
        assert shared.plain
    monkeypatch.setattr(weight, "_SMALL", 0)
    monkeypatch.setattr(weight, "_TINY", 0 if seed % 2 else 10**6)
    monkeypatch.setattr(weight, "_LINES", flat_from)
    for _ in range(4):
        rows = rng.choice(len(net), min(2, len(net)), replace=False)
        columns = rng.choice(net.shape[1], int(rng.integers(0, 2)), replace=False)
        net[rows] = rng.integers(-1, 50, (len(rows), net.shape[1]))
        net[:, columns] = rng.integers(-1, 50, (len(net), len(columns)))
        before = shared.block(slice(None)).copy()
        other = shared.with_lines(rows, net[rows].copy(), columns, net[:, columns].copy())
        assert (shared.block(slice(None)) == before).all()
        shared = other
    own = Weight(net, 2000, low=low, bonus=bonus, kind=np.int32)
    cell = int(rng.integers(len(net))), int(rng.integers(net.shape[1]))
    barred = own.block(slice(None)).copy()
    barred[cell] = -1
    i, j = rng.integers(0, len(net), 50), rng.integers(0, net.shape[1], 50)
    some, there = np.flatnonzero(rng.random(len(net)) < 0.3), np.flatnonzero(rng.random(net.shape[1]) < 0.3)
    for one, whole in ((shared, own.block(slice(None))), (shared.without(cell), barred)):
        assert (one.block(slice(None)) == whole).all()
        assert (one.block(some) == whole[some]).all()
        assert (one.block(slice(1, 7), there) == whole[1:7, there]).all()
        assert (one.at(i, j) == whole[i, j]).all()
        assert (one.row(cell[0]) == whole[cell[0]]).all()
        assert (one.column(cell[1]) == whole[:, cell[1]]).all()
        written = np.empty(whole.shape)
        one.write(written)
        assert (written == np.maximum(whole, 0)).all()
        assert (one.settled().values == whole).all()
        assert (one.part(some, there).block(slice(None)) == whole[np.ix_(some, there)]).all()


def test_lines_say_what_was_said_last() -> None:
    none = np.zeros(0, np.intp)
    first = Lines.of((3, 3), np.array([0]), np.array([[1, 1, 1]]), np.array([2]), np.array([[1], [2], [3]]))
    both = Lines.of((3, 3), np.array([1]), np.array([[7, 8, 9]]), none, np.zeros((3, 0), np.int64)).over(first)
    assert both.column_values[:, both.column_at[2]].tolist() == [1, 9, 3]
    assert both.row_values[both.row_at[1]].tolist() == [7, 8, 9]


# Parts of a graph


@pytest.mark.parametrize("seed", range(30))
def test_the_parts_of_some_nodes(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "_FEW", 0)
    rng = np.random.default_rng(seed)
    count = int(rng.integers(2, 60))
    from_, to = rng.integers(0, count, (2, int(rng.integers(0, 3 * count))))
    some = rng.choice(count, int(rng.integers(0, 5)))
    whole, found = parts.strongly_connected(count, from_, to), parts.strongly_connected(count, from_, to, some)
    for node in some.tolist():
        mine = {node} if whole[node] < 0 else set(np.flatnonzero(whole == whole[node]).tolist())
        assert mine == ({node} if found[node] < 0 else set(np.flatnonzero(found == found[node]).tolist()))
    for part in set(found[found >= 0].tolist()):  # nothing but whole parts
        (number,) = set(whole[found == part].tolist())
        assert number >= 0
        assert (whole == number).sum() == (found == part).sum()


def test_prices_of_the_dense_and_the_sparse_way_prove_the_same() -> None:
    rng = np.random.default_rng(1)
    score = rng.integers(1, 60, (40, 40)).astype(np.int64)
    places = np.ones(40, np.int64)
    now = market.Market.of(score.astype(np.int16), places, [], True)
    score[3] = rng.integers(1, 60, 40)
    changed = Weight(score, 1000)
    seen = tight_pairs(now.weight, now.price, now.surplus, 10**6)
    assert seen is not None
    slack = now.price[:, None] + now.surplus - now.weight.block(slice(None))
    i, j = np.nonzero(slack <= 12)
    few = close.Close(i, j, now.weight.at(i, j), (40, 40), 12)
    ways = [repair.Repair(changed, places, now.owner, now.price, now.surplus, one) for one in (None, few)]
    for one in ways:
        one.run(np.array([3]), np.zeros(0, np.intp))
        assert (one.price[:, None] + one.surplus >= score).all()
        assert one.price.sum() + one.surplus.sum() == score[one.owner, np.arange(40)].sum()
