from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_fixtures import Answers, type_over

from app import i18n
from app.domain.tandems import Tandem, TandemState
from app.errors import Fault
from app.places import places
from app.services import demo
from app.services import goals as goal_verbs
from app.services import meetings as meeting_verbs
from app.services import tandems as verbs
from app.settings import Settings
from app.store import goals, meetings, notes, tandems
from app.store.vault import Vault
from ui import theme
from ui.desk import Desk, Place
from ui.pages.tandem import TandemPage
from ui.parts import veil
from ui.words import sentence

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def desk(vault: Vault, home: Path, qapp: QApplication) -> Desk:
    i18n.set_language("en")
    theme.apply(qapp, "light")
    made = Desk(vault, places(home), Settings(language="en"))
    made.do(demo.fill, date.today())
    return made


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> Iterator[TandemPage]:
    made = TandemPage(desk)
    qtbot.addWidget(made)
    made.resize(1068, 780)
    desk.changed.connect(lambda _: made.refresh())
    desk.flushing.connect(made.flush)
    desk.went.connect(lambda place: made.show_record(place.record) if place.page == "tandem" else None)
    made.ensure_fresh()
    made.show()
    veil.draw(False)
    yield made
    veil.draw(False)


def first(desk: Desk, state: TandemState) -> Tandem:
    assert desk.programme is not None
    return next(one for one in tandems.of_programme(desk.vault, desk.programme) if one.state is state)


def again(desk: Desk, one: Tandem) -> Tandem:
    found = tandems.tandem(desk.vault, one.id)
    assert found is not None
    return found


def banner_of(page: TandemPage) -> str:
    return "" if page.banner is None else page.banner.text


def test_nothing_chosen_shows_a_hint(page: TandemPage) -> None:
    assert page.hint.isVisible()
    assert not page.step_button.isVisible()


def test_activating_without_consent_is_refused_with_the_next_step(page: TandemPage, desk: Desk) -> None:
    one = first(desk, TandemState.AGREED)
    for member in one.members:
        desk.do(verbs.consent, member.id, None)
    page.show_record(one.id)
    QTest.mouseClick(page.step_button, LEFT)
    assert again(desk, one).state is TandemState.AGREED
    assert "consent" in banner_of(page)
    for block in page.head_card.blocks:
        QTest.mouseClick(block.give_button, LEFT)
    assert not banner_of(page)
    assert {member.consent_on for member in again(desk, one).members} == {date.today()}
    QTest.mouseClick(page.step_button, LEFT)
    assert again(desk, one).state is TandemState.AGREED, "nothing is agreed in advance: it asks first"
    assert page.banner is not None
    page.banner.acted_too.emit()
    assert again(desk, one).state is TandemState.ACTIVE


def test_with_meetings_to_come_it_is_asked_before_a_tandem_is_completed(
    page: TandemPage, desk: Desk, answers: Answers
) -> None:
    one = first(desk, TandemState.ACTIVE)
    page.show_record(one.id)
    awaited = page.meetings.awaited()
    assert awaited > 1
    answers.choices = [None, "yes"]
    QTest.mouseClick(page.step_button, LEFT)
    assert f"{awaited} meetings are not held yet" in answers.asked[-1]
    assert again(desk, one).state is TandemState.ACTIVE
    QTest.mouseClick(page.step_button, LEFT)
    assert again(desk, one).state is TandemState.COMPLETED
    desk.undo()
    for meeting in meetings.of_tandem(desk.vault, one.id):
        if meeting.held_on is None:
            desk.do(meeting_verbs.hold, meeting.id, date.today())
    QTest.mouseClick(page.step_button, LEFT)  # nothing is left to ask
    assert again(desk, one).state is TandemState.COMPLETED


def test_the_filled_button_is_what_comes_next(page: TandemPage, desk: Desk) -> None:
    def filled() -> list[str]:
        buttons = [page.step_button, *(item.enter_button for item in page.meetings.items.values())]
        return [one.text() for one in buttons if not one.isHidden() and one.property("look") == "primary"]

    desk.do(meeting_verbs.add, first(desk, TandemState.ACTIVE).id, planned_on=date.today())
    one = again(desk, first(desk, TandemState.ACTIVE))
    page.show_record(one.id)
    assert filled() == ["Record meeting"]
    for meeting in meetings.of_tandem(desk.vault, one.id):
        if meeting.held_on is None:
            desk.do(meeting_verbs.hold, meeting.id, date.today())
    assert filled() == ["Complete"]
    desk.undo()
    page.show_record(first(desk, TandemState.PAUSED).id)
    assert filled() == ["Resume"]


def test_each_step_says_what_the_tandem_is_now(page: TandemPage, desk: Desk) -> None:
    told: list[str] = []
    desk.said.connect(lambda said: told.append(said.text))
    page.show_record(first(desk, TandemState.ACTIVE).id)
    page.head_card.step_buttons[TandemState.PAUSED].click()
    QTest.mouseClick(page.step_button, LEFT)
    assert told == ["The tandem is now paused", "The tandem is now active"]


def test_consents_and_the_signed_day_make_it_active_and_each_is_one_step(
    page: TandemPage, desk: Desk, qtbot: QtBot
) -> None:
    one = first(desk, TandemState.ACTIVE)
    desk.do(verbs.remove, (one.id,))
    assert desk.programme is not None
    made = desk.do(verbs.pair, desk.programme, one.mentor.enrolment, one.mentee.enrolment)
    page.show_record(made)
    assert "consents" in page.head_card.hint.text()
    assert not page.head_card.sign_button.isVisible()
    QTest.mouseClick(page.head_card.blocks[0].give_button, LEFT)
    with qtbot.waitSignal(desk.said) as said:
        QTest.mouseClick(page.head_card.blocks[1].give_button, LEFT)
    assert said.args is not None
    assert "now agreed" in said.args[0].text
    assert said.args[0].undo
    assert "signed agreement" in page.head_card.hint.text()
    with qtbot.waitSignal(desk.said) as said:
        QTest.mouseClick(page.head_card.sign_button, LEFT)
    assert said.args is not None
    assert "now active" in said.args[0].text
    assert "6 meetings were planned" in said.args[0].text
    assert not page.head_card.hint.isVisible()
    assert page.agreement.signed_on.value() == date.today()
    assert len(page.meetings.items) == 6
    desk.undo()
    assert page.shown is not None
    assert (page.shown.tandem.state, page.shown.tandem.agreement.signed_on) == (TandemState.AGREED, None)
    type_day = page.agreement.signed_on.input
    QTest.keyClicks(type_day, date.today().strftime("%d.%m.%Y"))
    with qtbot.waitSignal(desk.said):
        QTest.keyClick(type_day, Qt.Key.Key_Return)
    assert page.shown.tandem.state is TandemState.ACTIVE


def test_the_ends_of_the_row_of_tandems_say_so(page: TandemPage, desk: Desk) -> None:
    assert desk.programme is not None
    siblings = tandems.of_programme(desk.vault, desk.programme)
    page.show_record(siblings[0].id)
    assert not page.previous_button.isEnabled()
    assert page.previous_button.toolTip() == page.previous_button.accessibleDescription() == "This is the first tandem"
    page.show_record(siblings[-1].id)
    assert page.next_button.accessibleDescription() == "This is the last tandem"
    assert (page.previous_button.toolTip(), page.previous_button.accessibleDescription()) == ("Previous tandem", "")


def test_withdrawing_a_consent_pauses_an_active_tandem(page: TandemPage, desk: Desk) -> None:
    one = first(desk, TandemState.ACTIVE)
    page.show_record(one.id)
    QTest.mouseClick(page.head_card.blocks[0].withdraw_button, LEFT)
    assert again(desk, one).state is TandemState.PAUSED
    assert page.head_card.track.stations[2].note == "paused"


def test_dissolving_takes_two_clicks_and_offers_a_new_pairing(page: TandemPage, desk: Desk, qtbot: QtBot) -> None:
    one = first(desk, TandemState.ACTIVE)
    page.show_record(one.id)
    QTest.mouseClick(page.dissolve_button, LEFT)
    QTest.keyClick(page.dissolve_button, Qt.Key.Key_Escape)
    QTest.mouseClick(page.dissolve_button, LEFT)
    assert again(desk, one).state is TandemState.ACTIVE
    QTest.mouseClick(page.dissolve_button, LEFT)
    assert again(desk, one).state is TandemState.ENDED
    assert page.banner is not None
    with qtbot.waitSignal(desk.went) as went:
        page.banner.acted.emit()
    assert went.args == [Place("pairing")]


def test_entering_a_meeting_is_one_click_and_its_words_save_themselves(
    page: TandemPage, desk: Desk, qtbot: QtBot
) -> None:
    one = first(desk, TandemState.ACTIVE)
    page.show_record(one.id)
    coming = next(m for m in meetings.of_tandem(desk.vault, one.id) if m.held_on is None)
    page.meetings.enter(coming.id)
    form = page.meetings.items[coming.id].form
    assert form is not None
    qtbot.waitUntil(form.isVisible)
    assert meetings.meeting(desk.vault, coming.id).held_on == date.today()  # type: ignore[union-attr]
    form.summary.setFocus()
    QTest.keyClicks(form.summary, "Tried three tools")
    with qtbot.waitSignal(desk.changed, timeout=3000):
        pass  # 800 ms after the last key
    held = meetings.meeting(desk.vault, coming.id)
    assert held is not None
    assert held.summary == "Tried three tools"
    QTest.mouseClick(form.unheld_button, LEFT)
    assert meetings.meeting(desk.vault, coming.id).held_on is None  # type: ignore[union-attr]


def test_half_typed_words_are_saved_on_leaving_the_tandem(page: TandemPage, desk: Desk) -> None:
    one = first(desk, TandemState.ACTIVE)
    page.show_record(one.id)
    meeting = meetings.of_tandem(desk.vault, one.id)[0]
    page.meetings.open(meeting.id)
    form = page.meetings.items[meeting.id].form
    assert form is not None
    form.next_steps.clear()
    QTest.keyClicks(form.next_steps, "Bring two examples")
    QTest.mouseClick(page.next_button, LEFT)
    saved = meetings.meeting(desk.vault, meeting.id)
    assert saved is not None
    assert saved.next_steps == "Bring two examples"
    assert page.record != one.id


def test_another_change_does_not_take_away_what_is_being_typed(page: TandemPage, desk: Desk) -> None:
    one = first(desk, TandemState.ACTIVE)
    page.show_record(one.id)
    place = page.agreement.place.input
    place.setFocus()
    place.selectAll()
    QTest.keyClicks(place, "Canteen")
    desk.do(verbs.set_locked, one.id, not one.locked)
    assert place.text() == "Canteen"
    page.flush()
    assert again(desk, one).agreement.place == "Canteen"


def test_meetings_are_added_removed_and_brought_back(page: TandemPage, desk: Desk) -> None:
    one = first(desk, TandemState.ACTIVE)
    page.show_record(one.id)
    before = len(meetings.of_tandem(desk.vault, one.id))
    QTest.mouseClick(page.meetings.add_button, LEFT)
    assert len(page.meetings.items) == before + 1
    last = meetings.of_tandem(desk.vault, one.id)[-1]
    form = page.meetings.items[last.id].form
    assert form is not None
    QTest.mouseClick(form.remove_button, LEFT)
    assert len(page.meetings.items) == before
    desk.undo()
    assert last.id in page.meetings.items


def test_a_new_goal_begins_with_its_words_and_typing_picks_no_topic(
    page: TandemPage, desk: Desk, qtbot: QtBot
) -> None:
    one = first(desk, TandemState.ACTIVE)
    page.show_record(one.id)
    qtbot.waitUntil(page.isActiveWindow)
    before = {goal.id for goal in goals.of_tandem(desk.vault, one.id)}
    QTest.mouseClick(page.goals.add_button, LEFT)
    made = next(goal for goal in goals.of_tandem(desk.vault, one.id) if goal.id not in before)
    writing = page.focusWidget()
    assert writing is page.goals.items[made.id].title.focusProxy()
    QTest.keyClicks(writing, "Agree on prices")
    page.flush()
    kept = goals.goal(desk.vault, made.id)
    assert kept is not None
    assert (kept.topic, kept.title) == (made.topic, "Agree on prices")


@pytest.mark.parametrize("held_on", [date(2031, 2, 1), date(2031, 2, 2)])  # a Saturday, a Sunday
def test_no_meeting_is_suggested_on_a_weekend(page: TandemPage, desk: Desk, held_on: date) -> None:
    one = first(desk, TandemState.ACTIVE)
    for meeting in meetings.of_tandem(desk.vault, one.id):
        desk.do(meeting_verbs.edit, meeting.id, planned_on=held_on)
    page.show_record(one.id)
    before = {meeting.id for meeting in meetings.of_tandem(desk.vault, one.id)}
    QTest.mouseClick(page.meetings.add_button, LEFT)
    made = next(meeting for meeting in meetings.of_tandem(desk.vault, one.id) if meeting.id not in before)
    assert made.planned_on is not None
    assert made.planned_on > held_on
    assert made.planned_on.weekday() == 0


def test_a_goals_level_is_one_click(page: TandemPage, desk: Desk) -> None:
    one = first(desk, TandemState.ACTIVE)
    page.show_record(one.id)
    goal = goals.of_tandem(desk.vault, one.id)[0]
    level = 3 if goal.now != 3 else 2
    QTest.mouseClick(page.goals.items[goal.id].now.buttons()[level], LEFT)
    assert goals.goal(desk.vault, goal.id).now == level  # type: ignore[union-attr]
    assert page.goals.items[goal.id].bar.now == level


def test_what_showed_one_tandem_changes_the_next_one_alone(page: TandemPage, desk: Desk) -> None:
    """Items of goals, meetings and gaps are used again: what is done in them belongs to whom they show now."""
    assert desk.programme is not None
    found = tandems.of_programme(desk.vault, desk.programme)
    one, other = [made for made in found if made.state is TandemState.ACTIVE][:2]
    for tandem in (one, other):
        desk.do(goal_verbs.add, tandem.id, title="Listen", now=1)
    page.show_record(one.id)
    used = set(page.goals.items.values()), set(page.meetings.items.values())
    before = goals.of_tandem(desk.vault, one.id), meetings.of_tandem(desk.vault, one.id)
    page.show_record(other.id)
    assert used[0] & set(page.goals.items.values())
    assert used[1] & set(page.meetings.items.values())
    assert list(page.goals.items) == [goal.id for goal in goals.of_tandem(desk.vault, other.id)]
    assert list(page.meetings.items) == [meeting.id for meeting in meetings.of_tandem(desk.vault, other.id)]
    for goal in goals.of_tandem(desk.vault, other.id):
        QTest.mouseClick(page.goals.items[goal.id].now.buttons()[4], LEFT)
        page.goals.items[goal.id].more_button.click()
        type_over(page.goals.items[goal.id].title.input, "Speak")
    coming = next(one for one in meetings.of_tandem(desk.vault, other.id) if one.held_on is None)
    page.meetings.items[coming.id].entered.emit()
    assert {(goal.now, goal.title) for goal in goals.of_tandem(desk.vault, other.id)} == {(4, "Speak")}
    assert meetings.meeting(desk.vault, coming.id).held_on == date.today()  # type: ignore[union-attr]
    assert (goals.of_tandem(desk.vault, one.id), meetings.of_tandem(desk.vault, one.id)) == before


def test_a_private_note_is_written_and_the_veil_hides_it(page: TandemPage, desk: Desk) -> None:
    one = first(desk, TandemState.ACTIVE)
    page.show_record(one.id)
    known = {note.id for note in notes.about_tandem(desk.vault, one.id)}
    QTest.mouseClick(page.private.add_button, LEFT)
    QTest.keyClicks(page.private.editor.title, "Quiet lately")
    QTest.keyClicks(page.private.editor.text, "Ask next week")
    page.flush()
    new = [note for note in notes.about_tandem(desk.vault, one.id) if note.id not in known]
    assert [(note.title, note.body) for note in new] == [("Quiet lately", "Ask next week")]
    assert page.private.editor.isVisible()
    QTest.keyClick(page, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert veil.hidden()
    assert not page.private.editor.isVisible()
    assert not page.private.gaps.isVisible()
    QTest.mouseClick(page.private.veiled.show_button, LEFT)
    assert page.private.editor.isVisible()


def test_a_skill_gap_is_noted_again_and_shows_its_way(page: TandemPage, desk: Desk, qtbot: QtBot) -> None:
    one = first(desk, TandemState.ACTIVE)
    page.show_record(one.id)
    panel = page.private.gaps
    before = set(panel.items)
    panel.adder.input.setCurrentIndex(1)
    panel.adder.input.activated.emit(1)
    topic = next(iter(set(panel.items) - before))
    item = panel.items[topic]
    QTest.mouseClick(item.seen.buttons()[0], LEFT)
    QTest.mouseClick(item.again_button, LEFT)
    QTest.mouseClick(panel.items[topic].seen.buttons()[2], LEFT)
    seen = [gap.seen for gap in notes.gaps_of(desk.vault, one.mentee.person) if gap.topic == topic]
    assert sorted(seen) == [0, 2]
    qtbot.waitUntil(panel.items[topic].trend.isVisible)
    assert len(panel.items[topic].trend.gaps) == 2


def test_columns_stand_one_under_the_other_where_it_is_narrow(
    page: TandemPage, desk: Desk, qapp: QApplication, qtbot: QtBot
) -> None:
    page.show_record(first(desk, TandemState.ACTIVE).id)
    qapp.processEvents()
    assert page.goals.x() > page.meetings.x()
    page.resize(700, 780)
    qapp.processEvents()
    assert page.goals.x() == page.meetings.x()
    sheet = page.area.widget()
    assert sheet is not None
    qtbot.waitUntil(lambda: sheet.width() <= page.area.viewport().width())


def test_what_cannot_be_read_stays_with_its_tandem_alone(page: TandemPage, desk: Desk) -> None:
    one = first(desk, TandemState.ACTIVE)
    page.show_record(one.id)
    signed = page.agreement.signed_on
    signed.input.setFocus()
    signed.input.selectAll()
    QTest.keyClicks(signed.input, "31.2.2026")
    desk.do(verbs.set_locked, one.id, not one.locked)
    assert signed.input.text() == "31.2.2026"
    QTest.mouseClick(page.next_button, LEFT)
    assert page.record != one.id
    other = tandems.tandem(desk.vault, page.record)  # type: ignore[arg-type]
    assert other is not None
    assert signed.value() == other.agreement.signed_on
    assert (signed.input.text(), signed.error()) == (i18n.date_text(other.agreement.signed_on), "")
    signed.input.clearFocus()
    page.flush()
    assert again(desk, other) == other
    assert again(desk, one).agreement == one.agreement


def test_a_refused_line_stays_with_the_reason_and_is_tried_again(
    page: TandemPage, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = first(desk, TandemState.ACTIVE)
    page.show_record(one.id)
    genuine = verbs.edit_agreement

    def refused(*_: object, **__: object) -> None:
        raise Fault("record.gone")

    monkeypatch.setattr(verbs, "edit_agreement", refused)
    place = page.agreement.place
    place.input.setFocus()
    place.input.selectAll()
    QTest.keyClicks(place.input, "Canteen")
    QTest.keyClick(place.input, Qt.Key.Key_Return)
    page.refresh()
    assert (place.value(), place.error()) == ("Canteen", sentence(Fault("record.gone")))
    monkeypatch.setattr(verbs, "edit_agreement", genuine)
    page.flush()
    assert again(desk, one).agreement.place == "Canteen"
    assert place.error() == ""


def test_a_meeting_after_the_last_day_of_the_calendar_is_planned_for_that_day(page: TandemPage, desk: Desk) -> None:
    one = first(desk, TandemState.ACTIVE)
    page.show_record(one.id)
    desk.do(meeting_verbs.edit, meetings.of_tandem(desk.vault, one.id)[-1].id, planned_on=date.max)
    before = len(page.meetings.items)
    QTest.mouseClick(page.meetings.add_button, LEFT)
    assert len(page.meetings.items) == before + 1
    assert sum(meeting.planned_on == date.max for meeting in meetings.of_tandem(desk.vault, one.id)) == 2
