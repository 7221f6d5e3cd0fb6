"""Brings an import into the vault: all of it in one step, or nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.domain.ids import EnrolmentId, PersonId, ProgrammeId, new_id
from app.domain.people import LOWEST_LEVEL, TOP_LEVEL
from app.domain.programmes import Enrolment, Programme, Role
from app.domain.tandems import OPEN_STATES, TandemSide
from app.exchange.grades import grade_key
from app.exchange.roster import ImportPlan
from app.services.people import tidy
from app.services.programmes import add, role_in
from app.services.records import present
from app.store import houses, people, programmes, tandems, topics
from app.store.vault import Change, Source

_LEVELS = "level_words"  # in the settings of the house, as JSON


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """How many people were added and changed, and how many enrolments were made or changed."""

    added: int = 0
    changed: int = 0
    enrolled: int = 0


def import_roster(
    change: Change,
    plan: ImportPlan,
    programme_id: ProgrammeId | None = None,
    *,
    first: Programme | None = None,
    levels: Mapping[str, int | None] | None = None,
) -> Imported:
    """Writes what the plan says; enrols those with a role where a programme is given.

    ``first`` is a programme to make for them, where there is none yet; ``levels``: the career levels that names were
    given, for the next import to start from, None for a name that stands for none any more. All of it is one step.
    Fault "record.gone" where a person or the programme was removed since the plan was made.
    """
    for topic in plan.new_topics:
        topics.add_topic(change, topic)
    for organisation in plan.new_organisations:
        people.add_organisation(change, organisation)
    people.add_people(change, [tidy(person) for person in plan.people_to_insert])
    known = {one.id: one for one in people.all_people(change)} if plan.people_to_update else {}
    changed = sum([people.write_person(change, present(known.get(one.id)), tidy(one)) for one in plan.people_to_update])
    if levels:
        _remember_levels(change, levels)
    if first is not None:
        programme_id = add(change, first)
    enrolled = _enrol(change, plan, programme_id) if programme_id is not None else 0
    return Imported(added=len(plan.people_to_insert), changed=changed, enrolled=enrolled)


def remembered_levels(source: Source) -> dict[str, int]:
    """The career level that each name was given in imports before, by its ``grade_key``."""
    try:
        found = json.loads(houses.house(source).get(_LEVELS, "{}"))
    except ValueError:
        return {}
    levels = found.items() if isinstance(found, dict) else ()
    return {word: level for word, level in levels if isinstance(level, int) and TOP_LEVEL <= level <= LOWEST_LEVEL}


def _remember_levels(change: Change, levels: Mapping[str, int | None]) -> None:
    known = remembered_levels(change)
    told = known | {grade_key(name): level for name, level in levels.items()}
    now = {key: level for key, level in told.items() if level is not None}
    if now != known:
        houses.write_setting(change, _LEVELS, json.dumps(now, ensure_ascii=False, sort_keys=True))


def _enrol(change: Change, plan: ImportPlan, programme_id: ProgrammeId) -> int:
    """The file's role replaces the one before, but keeps the side that an open tandem needs; who left stays away."""
    programme = present(programmes.programme(change, programme_id))
    known = {one.person: one for one in programmes.enrolments(change, programme_id)}
    needed = _needed(change, programme_id)
    new: list[Enrolment] = []
    count = 0
    for person, (told, capacity) in plan.roles.items():
        role = role_in(programme, told)
        before = known.get(person)
        if before is None:
            identity = EnrolmentId(new_id())
            new.append(
                Enrolment(
                    id=identity, programme=programme_id, person=person, role=role, capacity=_bounded(capacity or 1)
                )
            )
            continue
        kept = needed.get(person, frozenset())
        wanted = replace(before, role=role, capacity=_bounded(capacity or before.capacity))
        if (TandemSide.MENTOR in kept and not wanted.teaches) or (TandemSide.MENTEE in kept and not wanted.learns):
            wanted = replace(wanted, role=Role.BOTH)
        if wanted != before:
            programmes.write_enrolment(change, before, wanted)
            count += 1
    programmes.add_enrolments(change, new)
    return count + len(new)


def _needed(change: Change, programme_id: ProgrammeId) -> dict[PersonId, frozenset[TandemSide]]:
    sides: dict[PersonId, frozenset[TandemSide]] = {}
    for tandem in tandems.of_programme(change, programme_id):
        if tandem.state in OPEN_STATES:
            for member in tandem.members:
                sides[member.person] = sides.get(member.person, frozenset()) | {member.side}
    return sides


def _bounded(capacity: int) -> int:
    return min(9, max(1, capacity))
