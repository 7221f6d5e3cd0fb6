"""Changes to a round, at random, and the plan of the same round made anew."""

from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import strategies as st
from pairing_people import offers, seeks

from app.domain.ids import PersonId
from app.domain.programmes import Criterion, Rule, Strictness
from app.pairing.participants import Participant
from app.pairing.plan import Plan, propose
from app.pairing.rounds import Round


def line_of(people: list[Participant]) -> dict[PersonId, PersonId | None]:
    return {p.person.id: p.person.supervisor for p in people}


def anew(round_: Round) -> Plan:
    return propose(
        round_.programme,
        round_.participants,
        supervisors=round_.supervisors,
        existing=round_.existing,
        locked=round_.locked,
        banned=round_.banned,
        quality_first=round_.quality_first,
    )


@st.composite
def changes(draw: st.DrawFn) -> list[tuple[str, int]]:
    kinds = ["ban", "ban a pair", "unban", "lock", "lock a pair", "unlock", "weight", "person", "rule", "quality"]
    return draw(st.lists(st.tuples(st.sampled_from(kinds), st.integers(0, 10**6)), min_size=1, max_size=6))


def change(round_: Round, what: str, seed: int) -> Round:
    rng = random.Random(seed)
    pairs = [pair.ids for pair in round_.plan.pairs]
    mentors, mentees = [p.id for p in round_.mentors], [p.id for p in round_.mentees]
    anybody = (rng.choice(mentors), rng.choice(mentees)) if mentors and mentees else None
    locked, banned = set(round_.locked), set(round_.banned)
    match what:
        case "ban" if anybody:
            return round_.changed(banned=banned | {anybody}, locked=locked - {anybody})
        case "ban a pair" if pairs:
            pair = rng.choice(pairs)
            return round_.changed(banned=banned | {pair}, locked=locked - {pair})
        case "unban" if banned:
            return round_.changed(banned=banned - {rng.choice(sorted(banned))})
        case "lock" if anybody and anybody[1] not in {mentee for _, mentee in locked}:
            free = next(p.capacity for p in round_.mentors if p.id == anybody[0])
            if sum(mentor == anybody[0] for mentor, _ in locked) < free:
                return round_.changed(locked=locked | {anybody}, banned=banned - {anybody})
        case "lock a pair" if pairs:
            return round_.changed(locked=locked | {rng.choice(pairs)})
        case "unlock" if locked:
            return round_.changed(locked=locked - {rng.choice(sorted(locked))})
        case "weight":
            weights = round_.programme.weights | {rng.choice(list(Criterion)): rng.randint(0, 10)}
            return round_.changed(programme=replace(round_.programme, weights=weights))
        case "rule":
            rules = round_.programme.rules | {rng.choice([Rule.SAME_TEAM, Rule.LANGUAGE]): rng.choice(list(Strictness))}
            return round_.changed(programme=replace(round_.programme, rules=rules))
        case "person":
            return round_.changed(participants=altered(round_.participants, rng))
        case "quality":
            return round_.changed(quality_first=not round_.quality_first)
    return round_


def altered(people: tuple[Participant, ...], rng: random.Random) -> list[Participant]:
    """One of the people with another level, team, superior or skill."""
    at = rng.randrange(len(people))
    person = people[at].person
    other = rng.choice(
        [
            replace(person, level=rng.randint(1, 9)),
            replace(person, team=f"Team {rng.randrange(6)}"),
            replace(person, supervisor=rng.choice(people).person.id),
            replace(person, skills=(offers(rng.randrange(24), 4), seeks(rng.randrange(24), 3))),
            replace(person, languages=("English",)),
        ]
    )
    return [*people[:at], replace(people[at], person=other), *people[at + 1 :]]
