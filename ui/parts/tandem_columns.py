"""The columns of the list of tandems, and what its search looks in."""

from __future__ import annotations

from datetime import date

from app.domain.people import person_haystack
from app.domain.tandems import TandemState
from app.domain.text import haystack
from app.i18n import percent_text, tr
from ui import theme
from ui.parts.labels import state_text, state_tone
from ui.parts.records import Column
from ui.parts.share_cells import ShareColumn, ToneColumn
from ui.parts.tandem_rows import TandemRow, names
from ui.parts.tandem_words import next_text

LARGE = 130  # per cent of the normal text size
_ORDER = {state: place for place, state in enumerate(TandemState)}


def tandem_columns(today: date) -> tuple[Column[TandemRow], ...]:
    """Made anew with the page, since the titles speak the window's language; large text leaves out what can be."""
    large = theme.text_size() >= LARGE
    return (
        Column(key="number", title=tr("No."), text=lambda one: str(one.tandem.number), muted=True,
               width=56 if large else 46, sort_key=lambda one: one.tandem.number),
        Column(key="mentor", title=tr("Mentor"), kind="person", width=178,
               text=lambda one: names(one.mentors, one.apart),
               avatar=lambda one: one.mentors[0].id if one.mentors else 0,
               sort_key=lambda one: [person.order for person in one.mentors]),
        Column(key="mentee", title=tr("Mentee"), kind="person", width=178,
               text=lambda one: names(one.mentees, one.apart),
               avatar=lambda one: one.mentees[0].id if one.mentees else 0,
               sort_key=lambda one: [person.order for person in one.mentees]),
        Column(key="departments", title=tr("Departments"), text=lambda one: " \u00b7 ".join(one.departments), width=118,
               muted=True, hidden=True),  # two names of departments have no room on a small screen
        Column(key="state", title=tr("State"), text=lambda one: state_text(one.tandem.state), kind="pill",
               width=140 if large else 128, tone=lambda one: state_tone(one.tandem.state),
               sort_key=lambda one: _ORDER[one.tandem.state]),
        ShareColumn(key="meetings", title=tr("Meetings"), text=_held, width=86, hidden=large, share=_held_share,
                    sort_key=lambda one: (_held_share(one), one.planned)),
        ToneColumn(key="next", title=tr("Next meeting"), width=172 if large else 190,
                   text=lambda one: _next(one, today, brief=large),
                   tone=lambda one: "warn" if one.late else "text",
                   sort_key=lambda one: one.next_on or date.max),
        ShareColumn(key="goals", title=tr("Goals"), text=_attained, width=100, hidden=large,
                    share=lambda one: one.attainment,
                    tone=lambda _: "ok", sort_key=lambda one: -1.0 if one.attainment is None else one.attainment),
    )  # fmt: skip


def _next(one: TandemRow, today: date, *, brief: bool = False) -> str:
    return next_text(one.next_on, today if one.late else one.next_on or today, brief=brief)


def _held(one: TandemRow) -> str:
    return f"{one.held}/{one.planned}"


def _held_share(one: TandemRow) -> float:
    return one.held / one.planned if one.planned else 0.0


def _attained(one: TandemRow) -> str:
    return "\u2013" if one.attainment is None else percent_text(one.attainment)


def haystack_of(one: TandemRow, today: date) -> str:
    """The people, and what the columns say of their tandem."""
    said = haystack(f"{one.tandem.number}", state_text(one.tandem.state), _held(one), _next(one, today),
                    _attained(one))  # fmt: skip
    return " ".join([said, *map(person_haystack, (*one.mentors, *one.mentees))])
