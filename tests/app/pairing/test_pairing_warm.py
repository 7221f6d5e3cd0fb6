"""From the prices of the plan before: every change gives what a round made anew gives, however it is solved."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from pairing_people import crowd, programme, told_more

from app.domain.ids import PersonId
from app.domain.programmes import Criterion, Number, ProgrammeKind, Rule, Strictness
from app.pairing import market, solve, sparse
from app.pairing.participants import Participant
from app.pairing.plan import propose
from app.pairing.roll import Roll
from app.pairing.rounds import Round
from app.pairing.weight import Weight


def line_of(people: list[Participant]) -> dict[PersonId, PersonId | None]:
    return {p.person.id: p.person.supervisor for p in people}


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Prices are a start for small plans too, in small blocks and many rounds; lists the starts that led to a plan."""
    for name, value in {"_BEST": 1, "_BEST_OF_COLUMN": 1, "_MORE": 1, "_KEPT": 1, "_BLOCK": 7, "_VALUES": 0}.items():
        monkeypatch.setattr(sparse, name, value)
    monkeypatch.setattr(solve, "_LARGE_WITH_START", 0)
    found: list[Any] = []

    def by_few_pairs(weight: Weight, places: Any, before: Any = None) -> Any:
        answer = sparse.by_few_pairs(weight, places, before)
        if before is not None and answer is not None:
            found.append(before)
        return answer

    monkeypatch.setattr(solve, "by_few_pairs", by_few_pairs)
    return found


def other_weights(round_: Round, chance: random.Random) -> Round:
    weights = round_.programme.weights | {chance.choice(list(Criterion)): chance.randint(0, 10)}
    return round_.changed(programme=replace(round_.programme, weights=weights))


def other_rules(round_: Round, chance: random.Random) -> Round:
    named = chance.choice([Rule.SAME_TEAM, Rule.LANGUAGE, Rule.LEVEL_NEAR, Rule.LEVEL, Rule.NEAR_BOSS])
    rules = round_.programme.rules | {named: chance.choice(list(Strictness))}
    return round_.changed(programme=replace(round_.programme, rules=rules))


def other_numbers(round_: Round, chance: random.Random) -> Round:
    numbers = round_.programme.numbers | {Number.LEVEL_MIN: chance.randint(0, 3), Number.VIDEO: chance.randint(0, 1)}
    return round_.changed(programme=replace(round_.programme, numbers=numbers))


def other_people(round_: Round, chance: random.Random) -> Round:
    """Some go, some come back, some take more mentees."""
    there = [p for p in round_.participants if chance.random() < 0.9]
    return round_.changed(
        participants=[
            replace(p, enrolment=replace(p.enrolment, capacity=chance.randint(1, 3))) if chance.random() < 0.1 else p
            for p in there
        ]
    )


@pytest.mark.parametrize("change", [other_weights, other_rules, other_numbers, other_people])
@pytest.mark.parametrize("seed", range(12))
def test_a_plan_from_former_prices_is_the_plan_made_anew(seed: int, change: Any, started: list[Any]) -> None:
    people = told_more(crowd(60, seed, capacity=1 + seed % 2), seed)
    chance = random.Random(seed)
    round_ = Round(programme(ProgrammeKind.CLASSIC), people, supervisors=line_of(people))
    for _ in range(4):
        round_ = change(round_, chance)
        shuffled = list(round_.participants)
        chance.shuffle(shuffled)
        assert round_.plan == propose(round_.programme, shuffled, supervisors=round_.supervisors)
    assert started


@pytest.mark.usefixtures("started")
@pytest.mark.parametrize("seed", range(20))
def test_whatever_the_start_the_answer_is_the_same(seed: int) -> None:
    rng = np.random.default_rng(seed)
    score = rng.integers(0, rng.choice([4, 900]), rng.integers(2, 50, 2)).astype(np.int16)
    score[rng.random(score.shape) < rng.choice([0.1, 0.6])] = -1
    room = rng.integers(1, 3, len(score))
    starts: list[Any] = [None, np.zeros(score.shape[1], np.int64), rng.integers(0, 10**5, score.shape[1])]
    found = [market.Market.of(score.copy(), room, [], bool(seed % 2), start).pairs() for start in starts]
    assert found[0] == found[1] == found[2]


@pytest.mark.parametrize("seed", range(20))
def test_pairs_near_their_prices_are_found(seed: int) -> None:
    rng = np.random.default_rng(seed)
    values = rng.integers(-1, 9, rng.integers(1, 150, 2)).astype(np.int16)
    weight = Weight(values, 9 + 50, low=int(rng.integers(0, 2)), bonus=50, kind=np.int32)
    price = rng.integers(0, 40, len(values), np.int32)
    surplus = rng.integers(0, 40, values.shape[1], np.int32)
    whole = price[:, None] + surplus - weight.block(slice(None))
    some = np.flatnonzero(rng.random(len(values)) < 0.5)
    few = np.flatnonzero(rng.random(values.shape[1]) < 0.5)
    cell = int(rng.integers(len(values))), int(rng.integers(values.shape[1]))
    for rows, columns in ((slice(None), slice(None)), (some, slice(None)), (slice(None), few), (slice(3, 9), few)):
        for one, slack in ((weight, whole), (weight.without(cell), whole.copy())):
            if one is not weight:
                slack[cell] = price[cell[0]] + surplus[cell[1]] + 1
            i, j, found = one.near(price, surplus, rows, columns)
            ours, theirs = np.arange(len(values))[rows], np.arange(values.shape[1])[columns]
            a, b = np.nonzero(slack[np.ix_(ours, theirs)] <= 0)
            assert (i.tolist(), j.tolist()) == (ours[a].tolist(), theirs[b].tolist())
            assert found.tolist() == slack[i, j].tolist()


@pytest.mark.parametrize("seed", range(10))
def test_a_roll_with_other_people_says_what_a_new_one_says(seed: int) -> None:
    people = told_more(crowd(40, seed), seed)
    other = told_more(crowd(40, seed + 100), seed + 100)
    chance = random.Random(seed)
    mixed = [replace(b, person=replace(b.person, id=a.person.id)) if chance.random() < 0.2 else a
             for a, b in zip(people, other, strict=True)]  # fmt: skip
    before = Roll(people)
    mixed[3] = replace(mixed[3], person=replace(mixed[3].person, department="", project="Project 1, Project 2"))
    names = ("level", "availability", "entry_year", "waited")
    codes = ("organisation", "department", "location", "team")
    for name in (*names, *codes, "teams", "superiors", "languages", "projects", "interests", "skills"):
        getattr(before, name)
    mended, new = before.with_people(mixed), Roll(mixed)
    for name in names:
        assert (getattr(mended, name) == getattr(new, name)).all()
    for name in codes:
        ours, theirs = getattr(mended, name), getattr(new, name)
        assert ((ours[:, None] == ours) == (theirs[:, None] == theirs)).all()
        assert ((ours == -1) == (theirs == -1)).all()
    for ours, theirs in ((mended.teams, new.teams), (mended.superiors, new.superiors)):
        ours, theirs = ours.reshape(-1), theirs.reshape(-1)
        assert ((ours[:, None] == ours) == (theirs[:, None] == theirs)).all()
    for k in range(len(mixed)):
        assert mended.interests[1][mended.interests[0][k]] == new.interests[1][new.interests[0][k]]
        for (ours, said), (theirs, told) in ((mended.languages, new.languages), (mended.projects, new.projects)):
            assert said is not None
            assert told is not None
            assert said[ours[k]][ours].tolist() == told[theirs[k]][theirs].tolist()
    for name, both in (("team", (mended.team, new.team)), ("teams", (mended.teams[1], new.teams[1]))):
        same = [roll.one_team(name)(own[:, None], own) for roll, own in zip((mended, new), both, strict=True)]
        assert (same[0] == same[1]).all()
    topics = [mended.skills.topics.index(topic) for topic in new.skills.topics]
    for table in ("offered", "target", "priority"):
        assert (getattr(mended.skills, table)[:, topics] == getattr(new.skills, table)).all()
    assert (mended.skills.whole == new.skills.whole).all()
    assert before.with_people(people) is before
