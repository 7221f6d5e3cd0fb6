"""Who takes part in a programme, as rows of a table."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.ids import EnrolmentId, ProgrammeId
from app.domain.people import Person, person_haystack, told_apart, with_more
from app.domain.programmes import Enrolment, EnrolmentState, ProgrammeKind, Role
from app.domain.tandems import OPEN_STATES, Tandem
from app.domain.text import haystack
from app.i18n import tr
from app.store import people, programmes, tandems
from app.store.vault import Source
from ui.parts.labels import role_text, role_tone, role_word
from ui.parts.programme_words import part_text, part_tone
from ui.parts.table import Column


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A person's part in the programme with their open tandems."""

    enrolment: Enrolment
    person: Person
    tandems: tuple[Tandem, ...] = ()
    kind: ProgrammeKind = ProgrammeKind.REVERSE  # of the programme
    apart: str = ""  # what tells them from a namesake in the programme

    @property
    def id(self) -> EnrolmentId:
        return self.enrolment.id


def parts_of(source: Source, programme: ProgrammeId) -> list[Part]:
    """Everybody's part in the programme, in the order of a phone book."""
    this = programmes.programme(source, programme)
    enrolments = () if this is None else programmes.enrolments(source, programme)
    known = people.by_id(source, {one.person for one in enrolments})
    held: dict[EnrolmentId, list[Tandem]] = {}
    for tandem in tandems.of_programme(source, programme):
        if tandem.state in OPEN_STATES:
            for member in tandem.members:
                held.setdefault(member.enrolment, []).append(tandem)
    apart = told_apart(known.values())
    return [
        Part(enrolment=one, person=known[one.person], tandems=tuple(held.get(one.id, ())), kind=this.kind,
             apart=apart.get(one.person, ""))
        for one in enrolments
        if this is not None and one.person in known
    ]  # fmt: skip


def tandem_text(part: Part) -> str:
    """The numbers of the tandems somebody is in."""
    return ", ".join(tr("No. {number}").format(number=tandem.number) for tandem in part.tandems)


def capacity_text(part: Part) -> str:
    """How many partners, for those who teach; in a mutual programme everybody has one."""
    if part.kind is ProgrammeKind.MUTUAL:
        return "1"
    return str(part.enrolment.capacity) if part.enrolment.teaches else "\u2013"


def expectations_text(part: Part) -> str:
    return tr("Filled in") if part.enrolment.expectations.strip() else tr("Missing")


def _place(role: Role) -> int:
    return tuple(Role).index(role)


def participant_columns() -> list[Column[Part]]:
    return [
        Column(
            key="name", title=tr("Name"), kind="person", width=185,
            text=lambda part: with_more(part.person.list_name, part.apart),
            avatar=lambda part: part.person.id, sort_key=lambda part: part.person.order,
        ),
        Column(
            key="role", title=tr("Role"), text=lambda part: role_word(part.enrolment.role, part.kind), kind="pill",
            width=100, tone=lambda part: role_tone(part.enrolment.role),
            sort_key=lambda part: _place(part.enrolment.role),
        ),
        Column(
            key="department", title=tr("Department"), text=lambda part: part.person.department, muted=True, width=115
        ),
        Column(
            key="capacity", title=tr("Places"), text=capacity_text, width=82, muted=True,
            sort_key=lambda part: part.enrolment.capacity if part.enrolment.teaches else 0,
        ),
        Column(
            key="expectations", title=tr("Expectations"), text=expectations_text, kind="pill", width=118,
            tone=lambda part: "ok" if part.enrolment.expectations.strip() else "warn",
        ),
        Column(key="tandem", title=tr("Tandem"), text=tandem_text, width=78, muted=True),
        Column(
            key="state", title=tr("State"), text=lambda part: part_text(part.enrolment.state), kind="pill", width=102,
            tone=lambda part: part_tone(part.enrolment.state),
        ),
    ]  # fmt: skip


def part_haystack(part: Part) -> str:
    """The person, and what the columns say of their part."""
    return person_haystack(part.person) + " " + haystack(
        role_text(part.enrolment.role, part.kind), role_word(part.enrolment.role, part.kind), capacity_text(part),
        expectations_text(part), part_text(part.enrolment.state), tandem_text(part),
    )  # fmt: skip


def role_counts(parts: list[Part]) -> tuple[int, int, int]:
    """Mentors, mentees and tandems' people among those who take part; who does both counts on both sides."""
    active = [part for part in parts if part.enrolment.state is not EnrolmentState.WITHDRAWN]
    return (
        sum(part.enrolment.teaches for part in active),
        sum(part.enrolment.learns for part in active),
        sum(bool(part.tandems) for part in active),
    )
