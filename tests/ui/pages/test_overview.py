from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from window_fixtures import OpenWindow

from app import i18n
from app.domain.ids import MeetingId, ProgrammeId, TandemId
from app.domain.meetings import Meeting, meeting_dates
from app.domain.programmes import Programme, Role
from app.domain.tandems import Tandem, TandemState
from app.evaluation.figures import programme_figures
from app.services import drafts, programmes
from app.services import tandems as verbs
from app.services.due import NOT_BEGUN
from app.store import people, tandems
from ui import tasks
from ui.desk import Place
from ui.pages.overview import OverviewPage, of_planned, reached, stations
from ui.pages.tandem import TandemPage
from ui.parts.card import PlainLabel


@pytest.mark.parametrize("start", [date(2026, 3, 2), None])
def test_an_end_at_the_end_of_the_calendar_is_no_obstacle(start: date | None) -> None:
    i18n.set_language("de")
    programme = Programme(id=ProgrammeId(1), title="Runde", starts_on=start, ends_on=date.max)
    shown = stations(programme, date(2026, 5, 4))
    assert [one.note for one in shown][-2:] == ["31.12.9999", ""]


def test_the_days_around_a_programme() -> None:
    i18n.set_language("de")
    programme = Programme(
        id=ProgrammeId(1), title="Runde", starts_on=date(2026, 3, 2), planned_meetings=3, rhythm_days=28
    )
    shown = stations(programme, date(2026, 3, 10))
    assert [one.note for one in shown] == [
        "19.01.2026", "16.02.2026", "02.03.2026", "09.03.2026", "30.03.2026", "27.04.2026", "11.05.2026",
    ]  # fmt: skip
    assert [one.state for one in shown].index("current") == 3


def test_days_told_from_the_period_are_working_days() -> None:
    i18n.set_language("de")
    start = date(2026, 8, 23)  # a Sunday
    programme = Programme(id=ProgrammeId(1), title="Runde", starts_on=start, planned_meetings=6, rhythm_days=28)
    shown = [one.note for one in stations(programme, date(2026, 9, 1))]
    assert shown[2] == "23.08.2026"  # as it was entered
    days = [date(int(note[6:]), int(note[3:5]), int(note[:2])) for place, note in enumerate(shown) if place != 2]
    assert all(day.weekday() < 5 for day in days)
    assert meeting_dates(start, 6, 28)[-1] == days[4]  # the last meeting and the closing event


def test_without_a_stated_end_no_meeting_lies_after_the_closing_event() -> None:
    i18n.set_language("de")
    programme = Programme(
        id=ProgrammeId(1), title="Runde", starts_on=date(2026, 11, 20), planned_meetings=6, rhythm_days=28
    )
    planned = meeting_dates(date(2026, 11, 24), 6, 28)  # a tandem that begins a few days after the kick-off
    assert stations(programme, date(2026, 11, 24), planned[-1])[5].note == i18n.date_text(planned[-1])


def test_the_last_meeting_is_at_a_stated_end_and_those_far_behind_it_keep_their_rhythm() -> None:
    start, end = date(2026, 11, 24), date(2027, 4, 9)
    planned = meeting_dates(start, 6, 28, end)
    assert planned[-1] == end
    assert planned[:-1] == meeting_dates(start, 6, 28)[:-1]
    assert meeting_dates(start, 3, 28, date(2026, 11, 30)) == meeting_dates(start, 3, 28)


TODAY = date(2026, 11, 24)
HELD = Meeting(id=MeetingId(1), tandem=TandemId(1), number=1, held_on=TODAY)


@pytest.mark.parametrize(
    ("states", "held", "name"),
    [
        ((), (), "Selection"),
        ((TandemState.PROPOSED, TandemState.AGREED), (), "Kick-off"),
        ((TandemState.PROPOSED, TandemState.ACTIVE), (), "Meetings"),
        ((TandemState.ACTIVE,), (HELD,), "Evaluation"),
    ],
)
def test_no_station_is_ticked_that_cannot_have_been(
    states: tuple[TandemState, ...], held: tuple[Meeting, ...], name: str
) -> None:
    i18n.set_language("en")
    programme = Programme(
        id=ProgrammeId(1), title="Round", starts_on=date(2025, 3, 3), planned_meetings=3, rhythm_days=28
    )
    pairs = [
        Tandem(id=TandemId(place), programme=programme.id, number=place, state=state, members=())
        for place, state in enumerate(states, 1)
    ]
    figures = programme_figures(pairs, held, (), (), TODAY)
    shown = stations(programme, TODAY, None, reached(figures))
    (current,) = (place for place, one in enumerate(shown) if one.state == "current")
    assert shown[current].name.replace("\u00ad", "") == name
    assert {one.state for one in shown[:current]} <= {"done"}
    assert {one.state for one in shown[current + 1 :]} <= {"ahead"}


def test_meetings_that_fell_away_are_told_with_those_planned(open_demo: OpenWindow) -> None:
    page = open_demo("en").go("overview")
    assert isinstance(page, OverviewPage)
    said = [label.text() for label in page.findChildren(PlainLabel) if "meetings were held" in label.text()]
    assert said == ["of 200 meetings were held, 4 fell away with their tandems"]  # 34 times six in all


def test_what_was_held_without_a_date_is_among_those_there_were() -> None:
    i18n.set_language("en")
    pair = Tandem(id=TandemId(1), programme=ProgrammeId(1), number=1, state=TandemState.ACTIVE, members=())
    held = [
        Meeting(id=MeetingId(k), tandem=pair.id, number=k, planned_on=TODAY if k == 1 else None, held_on=TODAY)
        for k in (1, 2, 3)
    ]
    assert of_planned(programme_figures([pair], held, (), (), TODAY)) == "of 3 meetings were held"


@pytest.mark.parametrize(("language", "words"), [("en", "Start the tandems"), ("de", "Tandems starten")])
def test_the_main_button_is_the_next_step_and_leads_there(open_demo: OpenWindow, language: str, words: str) -> None:
    stage = open_demo(language)
    page = stage.go("overview")
    assert isinstance(page, OverviewPage)
    assert page.next_button.text() == words
    page.next_button.setFocus()
    QTest.keyClick(page.next_button, Qt.Key.Key_Space)
    shown = stage.page
    assert isinstance(shown, TandemPage)
    assert shown.shown is not None
    assert shown.shown.tandem.state in NOT_BEGUN
    assert stage.desk.programme is not None
    open_ones = [one for one in tandems.of_programme(stage.desk.vault, stage.desk.programme) if one.state in NOT_BEGUN]
    stage.desk.do(verbs.dissolve, [one.id for one in open_ones])
    again = stage.go("overview")
    assert again is page
    assert page.next_button.text() != words
    stage.desk.undo()
    assert page.next_button.text() == words


def test_a_pair_that_is_kept_is_the_next_step_at_once(open_demo: OpenWindow) -> None:
    stage = open_demo("en")
    everyone = people.all_people(stage.desk.vault)
    stage.desk.go(Place("programme", part="new"))
    made = stage.desk.programme
    assert made is not None
    (mentor,) = stage.desk.do(programmes.enrol, made, [everyone[0].id], Role.MENTOR)
    (mentee,) = stage.desk.do(programmes.enrol, made, [everyone[1].id], Role.MENTEE)
    page = stage.go("overview")
    assert isinstance(page, OverviewPage)
    assert page.next_button.text() == "Pair people"
    stage.desk.do(drafts.lock, made, [(mentor, mentee)])
    assert page.next_button.text() == "Accept the pairs"
    stage.desk.undo()
    assert page.next_button.text() == "Pair people"


def test_while_another_programme_is_read_nothing_leads_into_the_one_before(
    open_demo: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.pages.overview.MUCH", 0)  # as of a large programme: read off the main thread
    stage = open_demo("en")
    page = stage.go("overview")
    assert isinstance(page, OverviewPage)
    stage.qtbot.waitUntil(lambda: not tasks.running())
    assert page.next_button.isVisible()
    before = stage.desk.programme
    assert before is not None
    another = replace(programmes.blank(), title="Another")
    stage.desk.do(programmes.add, another)
    (one,) = people.all_people(stage.desk.vault)[:1]
    stage.desk.do(programmes.enrol, another.id, [one.id], Role.MENTOR)
    stage.qtbot.waitUntil(lambda: not tasks.running())
    stage.desk.choose_programme(another.id)
    assert not page.next_button.isVisible()
    stage.qtbot.waitUntil(page.next_button.isVisible)
    assert page.next_button.text() == "Pair people"
