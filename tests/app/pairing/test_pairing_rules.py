"""Each rule, stated the slow way and compared, and the cases that once go wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from pairing_people import crowd, offers, programme, seeks, someone, told_more

from app.domain.ids import OrganisationId, PersonId
from app.domain.languages import language_keys
from app.domain.people import Person, above
from app.domain.programmes import Criterion, Number, ProgrammeKind, Role, Rule, Strictness
from app.pairing.lines import cycles, cycles_above
from app.pairing.participants import Participant, word_key
from app.pairing.plan import PairCheck, examine
from app.pairing.roll import Roll
from app.pairing.rules import Rules, broken_rules, hard_bits, in_order

# Those of one organisation and those of two can't both hold, and levels have three rules.
APART = (Rule.SAME_ORGANISATION, Rule.OTHER_ORGANISATION, Rule.LEVEL_NEAR, Rule.LEVEL_FAR)
EVERY_RULE = dict.fromkeys((rule for rule in Rule if rule not in APART), Strictness.HARD)


def line_of(*people: Participant) -> dict[PersonId, PersonId | None]:
    return {p.person.id: p.person.supervisor for p in people}


def check(mentor: dict[str, Any], mentee: dict[str, Any], kind: ProgrammeKind = ProgrammeKind.REVERSE) -> PairCheck:
    one, other = someone(1, **mentor), someone(2, Role.MENTEE, **mentee)
    return examine(programme(kind, rules=EVERY_RULE), one, other, supervisors=line_of(one, other))


@pytest.mark.parametrize(
    ("mentor", "mentee", "broken"),
    [
        ({}, {}, ()),
        ({"supervisor": PersonId(2)}, {}, (Rule.SUPERVISION,)),
        ({}, {"supervisor": PersonId(1)}, (Rule.SUPERVISION,)),
        ({"rivals": (2,)}, {}, (Rule.RIVALRY,)),
        ({}, {"rivals": (1,)}, (Rule.RIVALRY,)),
        ({"vetoed": (2,)}, {}, (Rule.VETO,)),
        ({}, {"vetoed": (1,)}, (Rule.VETO,)),
        ({"team": "Nord"}, {"team": "NORD"}, (Rule.SAME_TEAM,)),
        ({"team": ""}, {"team": ""}, ()),
        ({"team": "Nord", "department": "IT"}, {"team": "Nord", "department": "HR"}, ()),
        ({"team": "Nord", "department": "IT"}, {"team": "nord"}, (Rule.SAME_TEAM,)),  # one left it out
        ({"team": "Nord", "department": "-"}, {"team": "nord", "department": "HR"}, (Rule.SAME_TEAM,)),
        ({"team": "Nord", "department": "IT"}, {"team": "Süd"}, ()),
        ({"team": "-", "department": "IT"}, {"team": "?"}, ()),
        ({"team": "Nord", "organisation": OrganisationId(1)}, {"team": "Nord"}, ()),
        ({"project": "Phönix"}, {"project": "Phoenix"}, (Rule.SAME_PROJECT,)),
        ({"project": "Apollo, Hermes"}, {"project": "Hermes"}, (Rule.SAME_PROJECT,)),
        ({"project": "Apollo; Hermes"}, {"project": "Zeus | Apollo"}, (Rule.SAME_PROJECT,)),
        ({"project": "Apollo Hermes"}, {"project": "Hermes"}, ()),
        ({"project": "S/4HANA"}, {"project": "S"}, ()),
        ({"project": ","}, {"project": ";"}, ()),
        ({"languages": ("Deutsch",)}, {"languages": ("English",)}, (Rule.LANGUAGE,)),
        ({"languages": ("Deutsch",)}, {"languages": ("English", "German")}, ()),
        ({"languages": ()}, {"languages": ("English",)}, ()),
        ({"languages": ("Deutsch und Englisch",)}, {"languages": ("EN",)}, ()),
        ({"languages": ("Deutsch/Französisch",)}, {"languages": ("Schweizerdeutsch", "Latein")}, ()),
        ({"languages": ("Deutsch und Englisch",)}, {"languages": ("frz.",)}, (Rule.LANGUAGE,)),
        ({"level": 5}, {"level": 5}, (Rule.LEVEL,)),
        ({"level": 6}, {"level": 5}, ()),
        ({"level": None}, {"level": 5}, ()),
    ],
)
def test_a_rule_is_broken(mentor: dict[str, Any], mentee: dict[str, Any], broken: tuple[Rule, ...]) -> None:
    assert check(mentor, mentee).blocked_by == broken


def test_the_level_rule_follows_the_kind() -> None:
    for kind, broken in (
        (ProgrammeKind.REVERSE, (Rule.LEVEL,)),
        (ProgrammeKind.CLASSIC, ()),
        (ProgrammeKind.MUTUAL, ()),
    ):
        assert check({"level": 2}, {"level": 5}, kind).blocked_by == broken


def test_a_line_of_supervisors_runs_through_people_who_do_not_take_part() -> None:
    low, top = someone(1, supervisor=PersonId(10)), someone(2, Role.MENTEE)
    line: dict[PersonId, PersonId | None] = {PersonId(10): PersonId(11), PersonId(11): PersonId(2)}
    assert examine(programme(), low, top, supervisors=line).blocked_by == (Rule.SUPERVISION,)
    assert examine(programme(), low, top, supervisors={}).blocked_by == ()


def test_a_cycle_of_supervisors_is_not_followed() -> None:
    low, other = someone(1, supervisor=PersonId(10)), someone(2, Role.MENTEE)
    line: dict[PersonId, PersonId | None] = {PersonId(10): PersonId(11), PersonId(11): PersonId(10)}
    assert examine(programme(), low, other, supervisors=line).blocked_by == ()
    own = {PersonId(1): PersonId(1)}
    assert examine(programme(), low, other, supervisors=own).blocked_by == ()


def test_a_warning_does_not_block_and_off_is_silent() -> None:
    one, other = someone(1, team="Nord"), someone(2, Role.MENTEE, team="Nord")
    found = examine(programme(), one, other, supervisors={})
    assert (found.blocked_by, found.warnings) == ((), (Rule.SAME_TEAM,))
    classic = examine(programme(ProgrammeKind.CLASSIC), one, other, supervisors={})
    assert classic.blocked_by == (Rule.SAME_TEAM,)
    off = examine(programme(rules={Rule.SAME_TEAM: Strictness.OFF}), one, other, supervisors={})
    assert (off.blocked_by, off.warnings) == ((), ())


def test_nobody_is_their_own_mentor_even_with_the_rule_off() -> None:
    one = someone(1, Role.BOTH)
    off = programme(rules={Rule.SAME_PERSON: Strictness.OFF})
    assert examine(off, one, one, supervisors={}).blocked_by == (Rule.SAME_PERSON,)


def test_more_languages_than_bits() -> None:
    mentors = [someone(n, languages=(f"Tongue {n}",)) for n in range(1, 151)]
    mentees = [someone(200, Role.MENTEE, languages=("Tongue 140", "Tongue 3"))]
    broken = broken_rules(programme(), mentors, mentees, {})
    assert [p.person.id for p, cell in zip(mentors, broken[:, 0], strict=True) if not cell] == [3, 140]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("kind", ProgrammeKind)
def test_the_matrix_says_what_the_rules_say_pair_by_pair(seed: int, kind: ProgrammeKind) -> None:
    people = left_out(told_more(crowd(60, seed), seed))
    line = line_of(*people)
    chosen = replace(
        programme(kind, rules=dict.fromkeys(Rule, Strictness.HARD)),
        numbers={Number.LEVEL_MIN: 2, Number.LEVEL_MAX: 3},
        musts=frozenset({Criterion.AVAILABILITY, Criterion.WAITING, Criterion.WISHES, Criterion.INTERESTS}),
    )
    broken = broken_rules(chosen, people, people, line)
    for i, one in enumerate(people):
        for j, other in enumerate(people):
            assert in_order(int(broken[i, j])) == tuple(slowly(kind, one, other, line))
    roll, everybody = Roll(people), np.arange(len(people))
    rows, columns = (index.reshape(-1) for index in np.indices(broken.shape))
    assert (Rules(chosen, roll, everybody, everybody, line).pairs(rows, columns) == broken.reshape(-1)).all()
    assert hard_bits(chosen) == 2 ** (len(Rule) + 1) - 1


def left_out(people: list[Participant]) -> list[Participant]:
    """The same people, some without a department, some with two projects."""
    told = []
    for p in people:
        less = replace(p.person, department="")
        more = replace(p.person, project=f"Project {p.id % 7}, {p.person.project}")
        told.append(replace(p, person=more if p.id % 5 else less))
    return told


def slowly(
    kind: ProgrammeKind, one: Participant, other: Participant, line: dict[PersonId, PersonId | None]
) -> list[Rule]:
    a, b = one.person, other.person
    tongues = [{key for name in p.languages for key in language_keys(name)} for p in (a, b)]
    mine, theirs = a.level or 0, b.level or 0
    both = bool(mine and theirs)
    apart = theirs - mine if kind is ProgrammeKind.CLASSIC else mine - theirs
    if kind is ProgrammeKind.MUTUAL:
        apart = abs(apart)
    near = near_boss(one, other) or (kind is ProgrammeKind.MUTUAL and near_boss(other, one))
    common = bool(a.availability & b.availability) and any(
        set(word_key(x).split()) <= set(word_key(y).split()) or set(word_key(x).split()) >= set(word_key(y).split())
        for x in a.interests
        for y in b.interests
    )
    wished = b.id in one.confidence.wished or a.id in other.confidence.wished
    projects = [{name.strip() for name in p.project.split(",") if name.strip()} for p in (a, b)]
    facts = {
        Rule.SAME_PERSON: a.id == b.id,
        Rule.SUPERVISION: a.id in above(b.id, line) or b.id in above(a.id, line),
        Rule.RIVALRY: a.id in other.confidence.rivals or b.id in one.confidence.rivals,
        Rule.VETO: a.id in other.confidence.vetoed or b.id in one.confidence.vetoed,
        Rule.SAME_TEAM: in_team(a, b),
        Rule.SAME_PROJECT: bool(projects[0] & projects[1]),
        Rule.LANGUAGE: bool(tongues[0] and tongues[1]) and not tongues[0] & tongues[1],
        Rule.LEVEL: both and apart <= 0 and kind is not ProgrammeKind.MUTUAL,
        Rule.LEVEL_NEAR: both and apart < 2,
        Rule.LEVEL_FAR: both and apart > 3,
        Rule.PREVIOUS_PAIR: a.id in other.earlier or b.id in one.earlier,
        Rule.NEAR_BOSS: near,
        Rule.SAME_ORGANISATION: a.organisation == b.organisation,
        Rule.OTHER_ORGANISATION: a.organisation != b.organisation,
        Rule.MUST: not (common and wished and (one.waited or other.waited)),
    }
    return [rule for rule in Rule if facts[rule]]


def in_team(a: Person, b: Person) -> bool:
    inside = not a.department or not b.department or a.department == b.department
    return bool(a.team) and inside and (a.team, a.organisation) == (b.team, b.organisation)


def near_boss(mentor: Participant, mentee: Participant) -> bool:
    boss = mentee.boss
    if boss is None or boss.id == mentor.person.id:
        return False
    peers = boss.supervisor is not None and boss.supervisor == mentor.person.supervisor
    return peers or in_team(mentor.person, boss)


def test_a_mentor_close_to_the_mentees_superior() -> None:
    hard = programme(rules={Rule.NEAR_BOSS: Strictness.HARD})
    boss = Person(id=PersonId(9), given_name="", family_name="B", team="Nord", supervisor=PersonId(8))
    mentee = someone(2, Role.MENTEE, supervisor=PersonId(9), boss=boss)
    for mentor, near in (
        (someone(1, team="Nord"), True),  # a colleague in the superior's team
        (someone(1, team="Süd", supervisor=PersonId(8)), True),  # both report to one person
        (someone(1, team="Süd", supervisor=PersonId(7)), False),
        (someone(9, team="Nord", supervisor=PersonId(8)), False),  # the superior themselves: another rule
    ):
        found = examine(hard, mentor, mentee, supervisors={})
        assert (Rule.NEAR_BOSS in found.blocked_by) is near


def test_a_must_forbids_pairs_without_a_point() -> None:
    chosen = replace(programme(), musts=frozenset({Criterion.SKILLS}))
    mentee = someone(2, Role.MENTEE, skills=(seeks(1, 4),))
    nothing = examine(chosen, someone(1), mentee, supervisors={})
    assert (nothing.blocked_by, nothing.unmet) == ((Rule.MUST,), (Criterion.SKILLS,))
    a_little = examine(chosen, someone(1, skills=(offers(1, 1),)), mentee, supervisors={})
    assert (a_little.blocked_by, a_little.unmet) == ((), ())
    free = replace(chosen, weights={Criterion.SKILLS: 0})  # a must may weigh nothing
    assert examine(free, someone(1), mentee, supervisors={}).blocked_by == (Rule.MUST,)
    warned = replace(chosen, rules={Rule.MUST: Strictness.WARNING})
    assert examine(warned, someone(1), mentee, supervisors={}).warnings == (Rule.MUST,)


KNOWN: dict[Criterion, tuple[dict[str, Any], dict[str, Any]]] = {
    Criterion.SKILLS: ({"skills": (offers(1, 2),)}, {"skills": (seeks(1, 4),)}),
    Criterion.INTERESTS: ({"interests": ("Schach",)}, {"interests": ("Schach",)}),
    Criterion.LEVEL: ({"level": 7}, {"level": 2}),
    Criterion.DIVERSITY: ({"department": "IT"}, {"department": "HR"}),
    Criterion.LOCATION: ({"location": "Ulm"}, {"location": "ulm"}),
    Criterion.AVAILABILITY: ({"availability": 3}, {"availability": 2}),
    Criterion.TENURE: ({"entry_date": date(1999, 1, 1)}, {"entry_date": date(2019, 1, 1)}),
}


@pytest.mark.parametrize("kind", ProgrammeKind)
@pytest.mark.parametrize("criterion", KNOWN)
def test_a_must_is_met_only_by_what_was_said(criterion: Criterion, kind: ProgrammeKind) -> None:
    chosen = replace(programme(kind, rules={Rule.LEVEL: Strictness.OFF}), musts=frozenset({criterion}))
    mentor, mentee = KNOWN[criterion]
    if criterion is Criterion.LEVEL and kind is ProgrammeKind.CLASSIC:
        mentor, mentee = mentee, mentor
    for ours, theirs, unmet in (
        (mentor, mentee, ()),
        ({}, mentee, (criterion,)),
        (mentor, {}, (criterion,)),
        ({}, {}, (criterion,)),
    ):
        people = [someone(1, **ours), someone(2, Role.MENTEE, **theirs)]
        assert examine(chosen, *people, supervisors={}).unmet == unmet
        whole = broken_rules(chosen, people[:1], people[1:], {})
        assert bool(whole[0, 0]) is bool(unmet)


def test_a_must_of_wishes_wants_a_wish_for_the_other() -> None:
    chosen = replace(programme(), musts=frozenset({Criterion.WISHES}))
    for ours, theirs, met in (((), (), False), ((5,), (), False), ((2,), (), True), ((5, 2), (9,), True)):
        people = [someone(1, wished=ours), someone(2, Role.MENTEE, wished=theirs)]
        assert examine(chosen, *people, supervisors={}).unmet == (() if met else (Criterion.WISHES,))


def test_a_must_of_skills_is_met_either_way_where_both_teach() -> None:
    chosen = replace(programme(ProgrammeKind.MUTUAL), musts=frozenset({Criterion.SKILLS}))
    here, there = someone(1, Role.BOTH, skills=(offers(1, 2),)), someone(2, Role.BOTH, skills=(seeks(1, 4),))
    assert examine(chosen, here, there, supervisors={}).unmet == ()
    assert examine(chosen, there, here, supervisors={}).unmet == ()
    unasked = someone(3, Role.BOTH)  # seeks nothing, which counts half as a wish
    assert examine(chosen, here, unasked, supervisors={}).unmet == (Criterion.SKILLS,)
    two_towns = replace(chosen, musts=frozenset({Criterion.LOCATION}), numbers={Number.VIDEO: 1})
    ulm, kiel = someone(1, Role.BOTH, location="Ulm"), someone(2, Role.BOTH, location="Kiel")
    assert examine(two_towns, ulm, kiel, supervisors={}).unmet == ()
    assert examine(two_towns, ulm, unasked, supervisors={}).unmet == (Criterion.LOCATION,)


def test_circles_of_supervisors_are_reported() -> None:
    def line(**bosses: int) -> dict[PersonId, PersonId | None]:
        return {PersonId(int(one[1:])): PersonId(boss) if boss else None for one, boss in bosses.items()}

    assert cycles(line(p1=0, p2=1, p3=2)) == ()
    assert cycles(line(p5=4, p4=3, p3=5, p9=3, p2=2, p1=0)) == ((2,), (3, 5, 4))
    assert cycles(line(p1=7)) == ()


def test_words_are_compared_whole_and_umlaut_safe() -> None:
    assert word_key("Führungs-Kräfte") == word_key("FUEHRUNGS KRAEFTE")


def test_circles_above_some_people_are_those_their_lines_lead_into() -> None:
    boss_of = {5: 4, 4: 3, 3: 5, 9: 3, 2: 2, 1: None, 8: 9}
    told = {PersonId(one): None if boss is None else PersonId(boss) for one, boss in boss_of.items()}
    assert cycles_above(told, [PersonId(8)]) == ((3, 5, 4),)
    assert cycles_above(told, [PersonId(1), PersonId(77)]) == ()
    assert cycles_above(told, [PersonId(2), PersonId(4), PersonId(5)]) == cycles(told)
