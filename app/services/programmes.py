"""Verbs on programmes and on who takes part in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from app.domain.ids import EnrolmentId, PersonId, ProgrammeId, new_id
from app.domain.presets import Preset, preset_of, usual
from app.domain.programmes import NUMBER_RANGE, Enrolment, EnrolmentState, Programme, ProgrammeKind, Role
from app.domain.tandems import OPEN_STATES, TandemSide
from app.errors import Fault
from app.services.records import edited, present, within
from app.services.tandems import end
from app.store import people, programmes, tandems
from app.store.vault import Change


def blank() -> Programme:
    """An empty programme with a fresh id, to be filled in and added."""
    return Programme(id=ProgrammeId(new_id()), title="")


def beginning(title: str, today: date) -> Programme:
    """A programme to begin with, not yet added: reverse mentoring from today, six meetings four weeks apart."""
    return replace(blank(), title=title, starts_on=today, planned_meetings=6, rhythm_days=28)


def _tidy(programme: Programme) -> Programme:
    programme = replace(
        programme, title=" ".join(programme.title.split()), topics=tuple(dict.fromkeys(programme.topics))
    )
    if not programme.title:
        raise Fault("programmes.untitled")
    if programme.starts_on and programme.ends_on and programme.ends_on < programme.starts_on:
        raise Fault("programmes.ends_before_start")
    within("programmes.meetings", programme.planned_meetings, 0, 99)
    within("programmes.rhythm", programme.rhythm_days, 1, 366)
    for weight in programme.weights.values():
        within("programmes.weight", weight, 0, 10)
    for number, value in programme.numbers.items():
        within("programmes.number", value, *NUMBER_RANGE[number])
    return programme


def add(change: Change, programme: Programme) -> ProgrammeId:
    """Where nothing is said of rules and weights, those of the kind's usual preset hold."""
    if not (programme.rules or programme.weights or programme.numbers or programme.musts):
        programme = usual(programme.kind).applied(programme)
    programmes.add_programme(change, _tidy(programme))
    return programme.id


def edit(change: Change, /, identity: ProgrammeId, **fields: Any) -> int:
    """Sets fields of Programme. Once it is mutual everybody in it is mentor and mentee at once.

    Gives how many of those who take part changed so; who has left does too, and is not counted.
    Another kind brings its usual rules and weights, unless others than the usual ones were set. Mentors who take as
    many partners as a preset suggests take those that the next one suggests. Fault "programmes.…" for what can't be.
    """
    before = present(programmes.programme(change, identity))
    kind = fields.get("kind", before.kind)
    usually = kind is not before.kind and preset_of(before) is usual(before.kind)
    after = _tidy(edited(usual(kind).applied(before) if usually else before, **fields))
    programmes.write_programme(change, before, after)
    _follow(change, identity, preset_of(before), preset_of(after))
    if after.kind is before.kind or after.kind is not ProgrammeKind.MUTUAL:
        return 0
    one_sided = [one for one in programmes.enrolments(change, identity) if one.role is not Role.BOTH]
    for one in one_sided:
        programmes.write_enrolment(change, one, replace(one, role=Role.BOTH))
    return sum(one.state is not EnrolmentState.WITHDRAWN for one in one_sided)


def _follow(change: Change, identity: ProgrammeId, before: Preset | None, after: Preset | None) -> None:
    """Mentors with the places that one preset suggests get those of the other."""
    if before is None or after is None or before.capacity == after.capacity:
        return
    for one in programmes.enrolments(change, identity):
        if one.teaches and one.capacity == before.capacity:
            programmes.write_enrolment(change, one, replace(one, capacity=after.capacity))


def weigh(change: Change, /, identity: ProgrammeId, **fields: Any) -> int:
    """As ``edit``, a step of its own name: how much each criterion counts."""
    return edit(change, identity, **fields)


def rule(change: Change, /, identity: ProgrammeId, **fields: Any) -> int:
    """As ``edit``, a step of its own name: what must not be."""
    return edit(change, identity, **fields)


def settle(change: Change, /, identity: ProgrammeId, **fields: Any) -> int:
    """As ``edit``, a step of its own name: weights and rules together, as by a preset."""
    return edit(change, identity, **fields)


def remove(change: Change, identity: ProgrammeId) -> None:
    """Removes a programme with its enrolments, its tandems and their meetings; people and notes stay."""
    present(programmes.programme(change, identity))
    tandems.remove_tandems(change, [tandem.id for tandem in tandems.of_programme(change, identity)])
    programmes.remove_programme(change, identity)


def enrol(
    change: Change, programme_id: ProgrammeId, person_ids: Iterable[PersonId], role: Role, capacity: int = 1
) -> tuple[EnrolmentId, ...]:
    """Enrols people; whoever takes part in the other role takes part in both from now on. In the order given.

    In a mutual programme everybody takes part in both.
    """
    role = role_in(present(programmes.programme(change, programme_id)), role)
    within("programmes.capacity", capacity, 1, 9)
    known = {enrolment.person: enrolment for enrolment in programmes.enrolments(change, programme_id)}
    result: list[EnrolmentId] = []
    new: list[Enrolment] = []
    for person_id in dict.fromkeys(person_ids):
        before = known.get(person_id)
        if before is None:
            present(people.person(change, person_id))
            one = Enrolment(
                id=EnrolmentId(new_id()), programme=programme_id, person=person_id, role=role, capacity=capacity
            )
            new.append(one)
        else:
            one = _joined(before, role, capacity)
            programmes.write_enrolment(change, before, one)
        result.append(one.id)
    programmes.add_enrolments(change, new)
    return tuple(result)


def role_in(programme: Programme, role: Role) -> Role:
    """The role that somebody gets in a programme who is wanted in this one: both in a mutual one."""
    return Role.BOTH if programme.kind is ProgrammeKind.MUTUAL else role


def _joined(before: Enrolment, role: Role, capacity: int) -> Enrolment:
    if before.state is EnrolmentState.WITHDRAWN:
        return replace(before, role=role, capacity=capacity, state=EnrolmentState.CONFIRMED)
    both = role if role in (before.role, Role.BOTH) else Role.BOTH
    teaches = role in (Role.MENTOR, Role.BOTH)
    return replace(before, role=both, capacity=capacity if teaches else before.capacity)


def edit_enrolment(change: Change, /, identity: EnrolmentId, **fields: Any) -> None:
    """Sets role, capacity, expectations or state; a role that a tandem rests on stays."""
    before = present(programmes.enrolment(change, identity))
    after = edited(before, **fields)
    within("programmes.capacity", after.capacity, 1, 9)
    if after.role is not before.role:
        for tandem in tandems.of_person(change, before.person):
            for member in tandem.members:
                if member.enrolment != identity or tandem.state not in OPEN_STATES:
                    continue
                if not (after.teaches if member.side is TandemSide.MENTOR else after.learns):
                    raise Fault("programmes.role_in_tandem")
    programmes.write_enrolment(change, before, after)


def withdraw(change: Change, ids: Iterable[EnrolmentId]) -> None:
    """People leave the programme, at any time and without a reason; their open tandems are dissolved."""
    for identity in dict.fromkeys(ids):
        before = present(programmes.enrolment(change, identity))
        held = [
            tandem.id
            for tandem in tandems.of_person(change, before.person)
            if tandem.state in OPEN_STATES and any(member.enrolment == identity for member in tandem.members)
        ]
        end(change, held)
        programmes.write_enrolment(change, before, replace(before, state=EnrolmentState.WITHDRAWN))


def rejoin(change: Change, ids: Iterable[EnrolmentId]) -> None:
    """People who left the programme take part in it again."""
    for identity in dict.fromkeys(ids):
        edit_enrolment(change, identity, state=EnrolmentState.CONFIRMED)


def leave(change: Change, ids: Iterable[EnrolmentId]) -> None:
    """Removes enrolments as if they had never been; not those of a tandem."""
    wanted = set(ids)
    held = wanted & tandems.enrolments_in_tandems(change)
    if held:
        raise Fault("programmes.in_tandem", count=len(held))
    programmes.remove_enrolments(change, sorted(wanted))
