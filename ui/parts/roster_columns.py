"""The columns of the people table: seven shown, the others in the chooser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.domain.ids import PersonId
from app.domain.programmes import ProgrammeKind, Role
from app.domain.tandems import TandemState
from app.domain.text import sort_text
from app.i18n import date_text, tr
from ui.parts.labels import (
    availability_text,
    pairing_text,
    role_tone,
    role_word,
    salutation_text,
    state_text,
    state_tone,
)
from ui.parts.records import Column
from ui.parts.roster import Entry

_ROLE_ORDER = {Role.MENTOR: 0, Role.MENTEE: 1, Role.BOTH: 2, None: 3}


def roster_columns(
    name_of: Callable[[PersonId | None], str], why_found: Callable[[Entry], str] | None = None
) -> tuple[Column[Entry], ...]:
    """``name_of`` gives the list name of a person, for supervisors; ``why_found`` what a search found somebody by."""
    roles = {(role, kind): role_word(role, kind) for role in Role for kind in (None, *ProgrammeKind)}
    states: dict[TandemState | None, str] = {state: state_text(state) for state in TandemState}
    alone = pairing_text(None, enrolled=True)

    def state(entry: Entry) -> str:
        return states[entry.state] if entry.state is not None else alone if entry.enrolment is not None else ""

    return (
        Column(key="name", title=tr("Name"), text=lambda e: e.person.list_name, kind="person", width=192,
               avatar=lambda e: e.person.id, sort_key=lambda e: e.order, beneath=why_found),
        Column(key="role", title=tr("Role"), text=lambda e: roles[e.role, e.kind] if e.role else "", kind="pill",
               width=98, tone=lambda e: role_tone(e.role) if e.role else "muted",
               sort_key=lambda e: _ROLE_ORDER[e.role]),
        _plain("department", tr("Department"), lambda e: e.person.department, 102, hidden=False),
        Column(key="goal", title=tr("Learning goal"), text=lambda e: e.goal, width=132, sort_key=_by(lambda e: e.goal)),
        Column(key="level_sought", title=tr("Target"), text=lambda e: "" if e.goal_level else "–", kind="meter",
               level=lambda e: e.goal_level, highest=4, width=70),
        Column(key="state", title=tr("Tandem"), text=state, kind="pill", width=134,
               tone=lambda e: state_tone(e.state) if e.state else "warn",
               sort_key=lambda e: list(states).index(e.state) if e.state else 9 if e.enrolment else 10),
        *_more_columns(name_of),
    )  # fmt: skip


def _more_columns(name_of: Callable[[PersonId | None], str]) -> tuple[Column[Entry], ...]:
    return (
        _plain("personnel_number", tr("Personnel number"), lambda e: e.person.personnel_number, 110),
        _plain("title", tr("Title"), lambda e: e.person.title, 80),
        _plain("salutation", tr("Form of address"), lambda e: salutation_text(e.person.salutation), 110),
        _plain("email", tr("E-mail"), lambda e: e.person.email, 180),
        _plain("phone", tr("Phone"), lambda e: e.person.phone, 120),
        _plain("organisation", tr("Organisation"), lambda e: e.organisation, 130),
        _plain("team", tr("Team"), lambda e: e.person.team, 110),
        _plain("project", tr("Project"), lambda e: e.person.project, 110),
        _plain("position", tr("Position"), lambda e: e.person.position, 140),
        Column(key="level", title=tr("Career level"), text=lambda e: str(e.person.level or ""), width=96, hidden=True,
               muted=True, sort_key=lambda e: e.person.level or 99),
        _plain("supervisor", tr("Supervisor"), lambda e: name_of(e.person.supervisor), 140),
        _plain("location", tr("Location"), lambda e: e.person.location, 100),
        Column(key="entry_date", title=tr("Entry date"), text=lambda e: date_text(e.person.entry_date), width=100,
               hidden=True, muted=True,
               sort_key=lambda e: e.person.entry_date.isoformat() if e.person.entry_date else "9"),
        _plain("languages", tr("Languages"), lambda e: ", ".join(e.person.languages), 130),
        _plain("interests", tr("Interests"), lambda e: ", ".join(e.person.interests), 140),
        _plain("offered", tr("Skills offered"), lambda e: e.offered, 160),
        _plain("sought", tr("Skills sought"), lambda e: e.sought, 160),
        _plain("availability", tr("Availability"), lambda e: availability_text(e.person.availability), 150),
    )  # fmt: skip


def _plain(
    key: str, title: str, text: Callable[[Entry], str], width: int, *, hidden: bool = True
) -> Column[Entry]:
    return Column(key=key, title=title, text=text, width=width, hidden=hidden, muted=True, sort_key=_by(text))


def _by(text: Callable[[Entry], str]) -> Callable[[Entry], Any]:
    """Phone-book order, with empty cells last."""

    def key(entry: Entry) -> tuple[bool, str]:
        shown = text(entry)
        return not shown, sort_text(shown)

    return key
