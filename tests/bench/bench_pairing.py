"""Pairing against the solver alone and against plain NumPy with SciPy, in one run, as ratios.

python -m pytest tests/bench/bench_pairing.py -m bench -s
"""

from __future__ import annotations

import gc
import json
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "app" / "pairing"))
from pairing_people import crowd, programme

from app.domain.programmes import Criterion, ProgrammeKind, Role, Rule, Strictness
from app.pairing.participants import Participant
from app.pairing.plan import Plan, propose
from app.pairing.rounds import Round
from app.pairing.rules import broken_rules, hard_bits
from app.pairing.scores import Scores, shares

pytestmark = [pytest.mark.bench, pytest.mark.timeout(1800)]


def seconds(work: Callable[[], Any]) -> float:
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def processor(work: Callable[[], Any]) -> float:
    """Seconds of processor time: others on the machine don't count."""
    gc.collect()
    start = time.process_time()
    work()
    return time.process_time() - start


def sides(count: int) -> tuple[list[Participant], list[Participant], dict[Any, Any]]:
    people = crowd(2 * count, seed=3)
    line = {p.person.id: p.person.supervisor for p in people}
    return [p for p in people if p.teaches], [p for p in people if p.learns], line


def cost_matrix(mentors: list[Participant], mentees: list[Participant], line: dict[Any, Any]) -> Any:
    """What the solver is given: most pairs first, then the highest total."""
    chosen = programme()
    score = Scores.of(chosen, mentors, mentees).matrix().astype(np.float64)
    allowed = broken_rules(chosen, mentors, mentees, line) & hard_bits(chosen) == 0
    return np.where(allowed, -(score + 1001 * len(mentors)), 0.0)


def test_500_end_to_end_against_the_solver_alone() -> None:
    from lap import lapjvh

    mentors, mentees, line = sides(500)
    cost = cost_matrix(mentors, mentees, line)
    plans: list[Plan] = []
    alone, whole = [], []
    bare = []

    def with_reasons() -> None:
        plans.append(propose(programme(), [*mentors, *mentees], supervisors=line))
        assert all(pair.reasons for pair in plans[-1].pairs)

    for _ in range(25):  # turn by turn, so that all see the same machine
        alone.append(processor(lambda: lapjvh(cost, return_cost=False)))
        whole.append(processor(with_reasons))
        bare.append(processor(lambda: propose(programme(), [*mentors, *mentees], supervisors=line)))
    print(
        f"\n500 x 500 with rules, scores, proof and reasons: {min(whole) * 1000:.0f} ms,"
        f" {min(whole) / min(alone):.2f} x the solver alone ({min(alone) * 1000:.0f} ms); goal 2.5;"
        f" until reasons are asked for: {min(bare) / min(alone):.2f} x"
    )
    assert all(plan == plans[0] for plan in plans)


@pytest.mark.parametrize("count", [34, 500, 5000])
def test_one_change_against_a_full_solve(count: int) -> None:
    mentors, mentees, line = sides(count)
    people = [*mentors, *mentees]
    rounds: list[Round] = []
    full = min(processor(lambda: rounds.append(Round(programme(), people, supervisors=line))) for _ in range(3))
    first = rounds[-1]

    def changed(change: dict[str, Any]) -> None:
        rounds.append(first.changed(**change))

    print()
    for name, some in all_changes(count, mentors, mentees, [pair.ids for pair in first.plan.pairs]).items():
        mended = []
        for change in some:
            mended.append(min(processor(partial(changed, change)) for _ in range(2)))
            anew = propose(
                change.get("programme", programme()), change.get("participants", people), supervisors=line,
                locked=change.get("locked", ()), banned=change.get("banned", ()),
            )  # fmt: skip
            assert rounds[-1].plan == anew
        print(
            f"{count} x {count}, one {name}: {min(mended) * 1000:.0f} to {max(mended) * 1000:.0f} ms of processor time,"
            f" 1/{full / min(mended):.0f} to 1/{full / max(mended):.0f} of a full solve ({full * 1000:.0f} ms)"
        )


def all_changes(
    count: int, mentors: list[Participant], mentees: list[Participant], pairs: list[tuple[Any, Any]]
) -> dict[str, list[dict[str, Any]]]:
    """Some of each kind, for how far a change reaches differs from pair to pair."""
    at = [(some * 1237 + 5) % len(pairs) for some in range(4)]

    def person(place: int) -> dict[str, Any]:
        other = replace(mentors[place], person=replace(mentors[place].person, level=3, location="Jena"))
        return {"participants": [*mentors[:place], other, *mentors[place + 1 :], *mentees]}

    chosen = programme()
    return {
        "ban": [{"banned": {pairs[place]}} for place in at],
        "lock": [{"locked": {(pairs[place][0], pairs[(place + count // 3) % len(pairs)][1])}} for place in at],
        "person": [person(place % count) for place in at],
        "weight": [
            {"programme": replace(chosen, weights={Criterion.LEVEL: chosen.weight(Criterion.LEVEL) + 1})},
            {"programme": replace(chosen, weights={Criterion.WISHES: 0})},
        ],
        "rule": [
            {"programme": replace(chosen, rules={Rule.SAME_TEAM: Strictness.OFF})},
            {"programme": replace(chosen, rules={Rule.LEVEL_FAR: Strictness.HARD})},
        ],
    }


def test_34_tandems_in_one_frame() -> None:
    mentors, mentees, line = sides(34)
    best = min(seconds(lambda: propose(programme(), [*mentors, *mentees], supervisors=line)) for _ in range(20))
    print(f"\n34 x 34 end to end: {best * 1000:.1f} ms; a frame is 16.7 ms")


def test_mutual_plans() -> None:
    print()
    for count in (36, 100, 300, 1000):
        people = [replace(p, enrolment=replace(p.enrolment, role=Role.BOTH)) for p in crowd(count, seed=3)]
        line = {p.person.id: p.person.supervisor for p in people}
        solved = partial(propose, programme(ProgrammeKind.MUTUAL), people, supervisors=line)
        assert solved().proved
        best = min(processor(solved) for _ in range(3))
        print(f"mutual programme of {count} people: {best * 1000:.0f} ms of processor time, proved")


def test_5000_end_to_end_against_plain_numpy_and_scipy() -> None:
    scipy = pytest.importorskip("scipy.optimize")
    mentors, mentees, line = sides(5000)
    columns = plain_columns(mentors, mentees)
    blocked = broken_rules(programme(), mentors, mentees, line) & hard_bits(programme()) != 0
    plans: list[Plan] = []
    pairs = 0

    def plain() -> None:
        nonlocal pairs
        score = plain_scores(*columns)
        score[blocked] = -(10**7)
        rows, found = scipy.linear_sum_assignment(score, maximize=True)
        pairs = int((~blocked[rows, found]).sum())

    from lap import lapjv

    ours = seconds(lambda: plans.append(propose(programme(), [*mentors, *mentees], supervisors=line)))
    theirs = seconds(plain)
    cost = cost_matrix(mentors, mentees, line)
    dense = seconds(lambda: lapjv(cost, return_cost=False))
    print(
        f"\n5,000 x 5,000 end to end: {ours:.1f} s, {ours / theirs:.2f} x plain NumPy with SciPy ({theirs:.1f} s),"
        f" goal 0.25; {ours / dense:.2f} x dense LAPJV alone ({dense:.1f} s), goal 1.0;"
        f" {len(plans[0].pairs)} pairs, theirs {pairs}"
    )
    assert len(plans[0].pairs) == pairs


def test_peak_memory() -> None:
    """Each in a process of its own; the people themselves are counted off."""
    pytest.importorskip("scipy.optimize")
    ours, theirs, large = peak("ours", 5000), peak("scipy", 5000), peak("ours", 20_000)
    print(
        f"\npeak memory at 5,000 x 5,000: {ours['above']:.0f} MB, {ours['above'] / theirs['above']:.2f} x that of plain"
        f" NumPy with SciPy ({theirs['above']:.0f} MB), goal 0.5; at 20,000 x 20,000: {large['peak']:.0f} MB in all,"
        f" goal 2048, in {large['seconds']:.0f} s"
    )


def peak(which: str, count: int) -> dict[str, float]:
    script = Path(__file__).with_name("pairing_peak.py")
    done = subprocess.run(
        [sys.executable, str(script), which, str(count)], check=True, capture_output=True, text=True, timeout=1700
    )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


Columns = dict[str, Any]


def plain_columns(mentors: list[Participant], mentees: list[Participant]) -> tuple[Columns, Columns]:
    """The people as arrays, made before the clock starts."""
    hobbies = sorted({text for p in (*mentors, *mentees) for text in p.person.interests})

    def columns(people: list[Participant]) -> Columns:
        offered, sought, priority = (np.zeros((len(people), 24)) for _ in range(3))
        for row, p in enumerate(people):
            for skill in p.person.offered():
                offered[row, skill.topic] = skill.level
            for skill in p.person.sought():
                sought[row, skill.topic], priority[row, skill.topic] = skill.level, skill.priority
        return {
            "offered": offered,
            "sought": sought,
            "priority": priority,
            "hobby": np.array([[text in p.person.interests for text in hobbies] for p in people]),
            "level": np.array([p.person.level or np.nan for p in people]),
            "department": np.array([p.person.department for p in people]),
            "location": np.array([p.person.location for p in people]),
        }

    return columns(mentors), columns(mentees)


def plain_scores(ours: Columns, theirs: Columns) -> Any:
    """The usual way: one big float matrix per topic, hobby and column, added up (wishes are left out)."""
    most = shares(programme(ProgrammeKind.REVERSE))
    covered = np.zeros((len(ours["level"]), len(theirs["level"])))
    for topic in range(24):
        target = theirs["sought"][:, topic]
        covered += np.minimum(ours["offered"][:, topic, None], target) * theirs["priority"][:, topic]
    whole = (theirs["sought"] * theirs["priority"]).sum(axis=1)
    skills = np.where(whole > 0, covered / np.maximum(whole, 1), 0.5)
    common = np.zeros_like(covered)
    for hobby in range(ours["hobby"].shape[1]):
        common += ours["hobby"][:, hobby, None] & theirs["hobby"][:, hobby]
    distance = np.nan_to_num((ours["level"][:, None] - theirs["level"]).clip(0, 3) / 3, nan=0.5)
    elsewhere = ours["department"][:, None] != theirs["department"]
    near = ours["location"][:, None] == theirs["location"]
    return (
        most[Criterion.SKILLS] * skills
        + most[Criterion.INTERESTS] * np.minimum(common / 3, 1)
        + most[Criterion.LEVEL] * distance
        + most[Criterion.DIVERSITY] * elsewhere
        + most[Criterion.LOCATION] * near
    )
