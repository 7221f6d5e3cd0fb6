"""Overview: where the programme stands, what is due now, and four figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QVBoxLayout, QWidget

from app.domain.ids import ProgrammeId
from app.domain.kinds import Kind
from app.domain.meetings import working_day
from app.domain.people import short_names
from app.domain.programmes import Programme, ProgrammeKind
from app.domain.tandems import TandemState
from app.evaluation.figures import ProgrammeFigures, programme_figures
from app.i18n import date_text, hours_text, mark, number_text, tr, trn
from app.services.due import Due, DueKind, due
from app.services.next_step import NextStep, before_programme, next_step
from app.store import goals, meetings, people, programmes, tandems
from app.store.vault import Source
from ui import theme
from ui.desk import Place
from ui.dialogs.sheet_reminder import SheetReminder
from ui.parts import buttons, card
from ui.parts.due_card import FIRST, DueCard
from ui.parts.empty import EmptyState
from ui.parts.meters import Bar, HeldChart
from ui.parts.next_step_words import WORDS, place_of
from ui.parts.page import Page
from ui.parts.programme_choice import ProgrammeChoice
from ui.parts.reading import MUCH, Reading
from ui.parts.scroll import MarginScroll, Sheet
from ui.parts.track import Station, Track

SELECTION, KICK_OFF, MEETINGS, EVALUATION = 0, 2, 3, 6  # places among the stations


@dataclass(frozen=True, slots=True)
class Standing:
    """All that the page shows, read once."""

    programme: Programme
    figures: ProgrammeFigures
    due: tuple[Due, ...]
    names: dict[int, str]
    step: NextStep
    last_meeting: date | None = None  # of those that are planned


class OverviewPage(Page):
    key = "overview"
    title = mark("Overview")
    icon = "layout-dashboard"
    kinds_of_vault = ("programme",)
    listens: ClassVar[frozenset[Kind]] = frozenset(
        {Kind.PERSON, Kind.PROGRAMME, Kind.ENROLMENT, Kind.DRAFT, Kind.TANDEM, Kind.MEETING, Kind.GOAL, Kind.HOUSE}
    )

    def build(self) -> None:
        self.heading, self.subtitle, actions = self.head()
        self.report = buttons.secondary(tr("Evaluation report"), "chart-column")
        self.report.clicked.connect(lambda: self.desk.go(Place("documents", part="evaluation")))
        self._next = Place("pairing")
        self.next_button = buttons.primary(tr("Pair people"), "shuffle")
        self.next_button.clicked.connect(lambda: self.desk.go(self._next))
        self.choice = ProgrammeChoice(self.desk)
        actions.addWidget(self.choice)
        actions.addWidget(self.report)
        actions.addWidget(self.next_button)
        self.sheet = SheetReminder(self.desk)
        self.body.addLayout(card.row(self.sheet))
        self._area = MarginScroll()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.add_scrolled(self._area)
        self._first: EmptyState | None = None
        self._shown: ProgrammeId | None = None  # whose figures these are
        self._due_wanted, self._due_unfolded = FIRST, frozenset[DueKind]()
        self.reading = Reading(self, self.desk.say_fault)

    def refresh(self) -> None:
        self.sheet.refresh()
        self.choice.refresh()
        vault, chosen = self.desk.vault, self.desk.programme
        much = programmes.enrolled_count(vault, chosen) > MUCH
        if much and chosen != self._shown:  # not the figures of another programme
            self._area.setWidget(QWidget())
            self.next_button.hide()
            self.subtitle.setText(tr("Reading the programme …"))
        self.reading.read(lambda: standing_of(vault, chosen), self._show, much=much)

    def _show(self, standing: Standing | None) -> None:
        self._shown = None if standing is None else standing.programme.id
        self.report.setVisible(standing is not None)
        self.next_button.setVisible(standing is not None)
        if standing is None:
            self.subtitle.setText("")
            self._area.setWidget(self._first_steps())
            return
        self._first = None
        words, icon = WORDS[standing.step]
        self.next_button.set_text(tr(words))
        self.next_button.set_icon(icon)
        self._next = place_of(standing.step, standing.due)
        self.subtitle.setText(standing.programme.title)
        self._area.setWidget(self._contents(standing))

    def start_at(self) -> QWidget | None:
        return None if self._first is None else self._first.button

    def _first_steps(self) -> QWidget:
        first = before_programme(self.desk.vault)
        second = NextStep.IMPORT if first is NextStep.PROGRAMME else NextStep.PROGRAMME
        state = EmptyState(
            "flag",
            tr("Three steps to the first tandems"),
            tr("Import your staff list, make a programme, and let the program propose who fits whom."),
            tr(WORDS[first][0]),
            tr(WORDS[second][0]),
        )
        self._first = state
        state.acted.connect(lambda: self.desk.go(place_of(first, ())))
        state.acted_too.connect(lambda: self.desk.go(place_of(second, ())))
        return state

    def _contents(self, standing: Standing) -> QWidget:
        inner = Sheet()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(16))
        column.addWidget(self._track(standing))
        column.addLayout(self._figures(standing.figures))
        row = QBoxLayout(QBoxLayout.Direction.TopToBottom if theme.crowded() else QBoxLayout.Direction.LeftToRight)
        row.setSpacing(theme.px(16))
        row.addWidget(self._due(standing), 3)
        row.addWidget(self._chart(standing.figures), 2, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        column.addStretch(1)
        return inner

    def _track(self, standing: Standing) -> QWidget:
        made = card.Card(margin=16)
        furthest = reached(standing.figures)
        made.body.addWidget(Track(stations(standing.programme, date.today(), standing.last_meeting, furthest)))
        return made

    def _figures(self, figures: ProgrammeFigures) -> QGridLayout:
        running = {state.value: count for state, count in figures.states}
        grid = QGridLayout()
        grid.setSpacing(theme.px(16))
        across = 2 if theme.crowded() else 4
        tiles = (
            (
                number_text(figures.participants),
                trn("people in {n} tandem", "people in {n} tandems", figures.tandems).format(
                    n=number_text(figures.tandems)
                ),
            ),
            (
                number_text(running.get("active", 0)),
                tr("of {n} tandems are active").format(n=number_text(figures.tandems)),
            ),
            (
                number_text(figures.held),
                of_planned(figures),
            ),
            (hours_text(figures.minutes), tr("spent together")),
        )
        for place, (number, words) in enumerate(tiles):
            tile = card.Card(margin=16, spacing=2)
            tile.body.addWidget(card.figure(number))
            tile.body.addWidget(card.muted(words, wrap=True))
            tile.body.addStretch(1)  # words of one line stand where those of two begin
            grid.addWidget(tile, place // across, place % across)
        for place in range(across):
            grid.setColumnStretch(place, 1)
        return grid

    def _due(self, standing: Standing) -> QWidget:
        mutual = standing.programme.kind is ProgrammeKind.MUTUAL
        made = DueCard(standing.due, standing.names, self.desk.go, self._due_wanted, mutual=mutual,
                       unfolded=self._due_unfolded)  # fmt: skip
        made.grew.connect(self._want_due)
        return made

    def _want_due(self, lines: int, unfolded: frozenset[DueKind]) -> None:
        self._due_wanted, self._due_unfolded = lines, unfolded

    def _chart(self, figures: ProgrammeFigures) -> QWidget:
        made = card.Card()
        made.body.addWidget(card.heading(tr("Held against planned")))
        bars = [
            Bar(label=one.month.strftime("%m/%y"), held=one.held, planned=one.planned) for one in figures.months[-8:]
        ]
        if not bars:
            made.body.addWidget(card.muted(tr("No meeting is planned yet."), wrap=True))
        else:
            made.body.addWidget(HeldChart(bars))
            made.body.addWidget(card.muted(tr("Above each month: held / planned.")))
        return made


def standing_of(source: Source, chosen: ProgrammeId | None) -> Standing | None:
    """What the page shows of a programme; None where there is none. It may run in any thread."""
    programme = programmes.programme(source, chosen) if chosen is not None else None
    if programme is None:
        return None
    today = date.today()
    everyone = people.enrolled(source, programme.id)
    pairs = tandems.of_programme(source, programme.id)
    held = [meeting for group in meetings.of_programme(source, programme.id).values() for meeting in group]
    aims = [goal for group in goals.of_programme(source, programme.id).values() for goal in group]
    called = short_names(everyone)
    names: dict[int, str] = {int(key): name for key, name in called.items()}
    for tandem in pairs:
        names[tandem.id] = " / ".join(called.get(member.person, "") for member in tandem.members)
    waiting = due(source, programme.id, today)
    return Standing(
        programme,
        programme_figures(pairs, held, aims, everyone, today),
        waiting,
        names,
        next_step(source, programme, pairs, waiting, today),
        max((one.planned_on for one in held if one.planned_on), default=None),
    )


def of_planned(figures: ProgrammeFigures) -> str:
    words = tr("of {n} meetings were held").format(n=number_text(figures.planned + figures.unplanned))
    if figures.dropped:  # else six meetings in each tandem are more than those told
        dropped = trn("{n} fell away with its tandem", "{n} fell away with their tandems", figures.dropped)
        words += ", " + dropped.format(n=number_text(figures.dropped))
    return words


def reached(figures: ProgrammeFigures) -> int:
    """The furthest station there can be, whatever the calendar says: no meetings without tandems that have begun."""
    if not figures.tandems:
        return SELECTION
    if all(state in (TandemState.PROPOSED, TandemState.AGREED) for state, count in figures.states if count):
        return KICK_OFF
    return EVALUATION if figures.held else MEETINGS


def stations(
    programme: Programme, today: date, last_meeting: date | None = None, furthest: int = EVALUATION
) -> Sequence[Station]:
    """The seven stations of a programme; dates where the period tells them. None beyond the ``furthest`` is begun.

    Without a stated end the closing event is not before the last planned meeting.
    """
    start, end = programme.starts_on, programme.ends_on
    span = timedelta(days=max(0, programme.planned_meetings - 1) * programme.rhythm_days)
    expected = _later(start, span)  # the period is as it was entered; days told from it are working days
    last = end or (max(expected, last_meeting) if expected and last_meeting else expected)
    middle = start + (last - start) / 2 if start and last else None
    week = timedelta(days=7)
    days: tuple[tuple[str, date | None], ...] = (
        (tr("Selection"), _later(start, -6 * week)),
        (tr("Training"), _later(start, -2 * week)),
        (tr("Kick-off"), start),
        (tr("Meetings"), _later(start, week)),
        (tr("Interim talks"), working_day(middle) if middle else None),
        (tr("Closing event"), last),
        (tr("Evaluation"), _later(last, 2 * week)),
    )
    passed = [place for place, (_, day) in enumerate(days) if day is not None and day <= today]
    current = min(passed[-1] if passed else SELECTION, furthest)
    return [
        Station(
            name=name,
            note=date_text(day),
            state="done" if place < current else "current" if place == current else "ahead",
        )
        for place, (name, day) in enumerate(days)
    ]


def _later(day: date | None, by: timedelta) -> date | None:
    """A working day; None also past the end of the calendar: 31.12.9999 is how some write "open end"."""
    try:
        return working_day(day + by) if day else None
    except OverflowError:
        return None
