"""The two lists beside the proposals: the tandems there are, and who is left over."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.ids import EnrolmentId, TandemId
from app.domain.people import Person
from app.domain.tandems import OPEN_STATES, Tandem, TandemSide
from app.i18n import number_text, tr
from app.services.plans import Basis
from ui.parts.labels import state_text, state_tone
from ui.parts.pairing_names import Called
from ui.parts.table import Column


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTandem:
    """A tandem that takes up places, with the first person of each side."""

    tandem: Tandem
    mentor: Person
    mentee: Person
    names: tuple[str, str]  # as in lists, with what tells namesakes apart

    @property
    def id(self) -> TandemId:
        return self.tandem.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Remaining:
    """Somebody without a partner, with the reason in words."""

    id: EnrolmentId
    person: Person
    name: str  # as in lists, with what tells namesakes apart
    side: TandemSide
    role: str  # what the side is called
    cause: str
    way_out: str


def open_tandems(basis: Basis, called: Called) -> list[OpenTandem]:
    return [
        OpenTandem(
            tandem=one,
            mentor=basis.person(one.mentor.enrolment),
            mentee=basis.person(one.mentee.enrolment),
            names=(called.listed(one.mentor.enrolment), called.listed(one.mentee.enrolment)),
        )
        for one in basis.tandems
        if one.state in OPEN_STATES
        and one.mentor.enrolment in basis.participants
        and one.mentee.enrolment in basis.participants
    ]


def tandem_columns() -> list[Column[OpenTandem]]:
    return [
        Column(
            key="number", title=tr("No."), text=lambda row: str(row.tandem.number), width=44, muted=True,
            sort_key=lambda row: row.tandem.number,
        ),
        Column(
            key="mentor", title=tr("Mentor"), text=lambda row: row.names[0], kind="person", width=170,
            avatar=lambda row: row.mentor.id, sort_key=lambda row: row.mentor.order,
        ),
        Column(
            key="mentee", title=tr("Mentee"), text=lambda row: row.names[1], kind="person", width=170,
            avatar=lambda row: row.mentee.id, sort_key=lambda row: row.mentee.order,
        ),
        Column(
            key="score", title=tr("Points"), text=lambda row: number_text(row.tandem.score), width=66,
            sort_key=lambda row: row.tandem.score, muted=True,
        ),
        Column(
            key="state", title=tr("State"), text=lambda row: state_text(row.tandem.state), kind="pill", width=100,
            tone=lambda row: state_tone(row.tandem.state),
        ),
    ]  # fmt: skip


def remaining_columns() -> list[Column[Remaining]]:
    return [
        Column(
            key="name", title=tr("Name"), text=lambda row: row.name, kind="person", width=180,
            avatar=lambda row: row.person.id, sort_key=lambda row: row.person.order,
        ),
        Column(
            key="side", title=tr("Role"), text=lambda row: row.role, kind="pill", width=90,
            tone=lambda row: "violet" if row.side is TandemSide.MENTOR else "accent",
        ),
        Column(key="cause", title=tr("Why"), text=lambda row: row.cause, width=280, muted=True),
    ]  # fmt: skip
