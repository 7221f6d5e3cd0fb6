"""Expectations, agreement and goals come before the start: a tandem that begins without them says so first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from window_fixtures import TODAY, Answers, OpenWindow, Stage

from app.domain.ids import TandemId
from app.domain.programmes import ProgrammeKind
from app.domain.tandems import Tandem, TandemState
from app.i18n import speaking
from app.services import goals as goal_verbs
from app.services import programmes as programme_verbs
from app.services import tandems as verbs
from app.services.beforehand import Lack, lacks_in, lacks_of
from app.services.due import Due, DueKind, Heap, due
from app.store import goals, meetings, programmes, tandems
from ui.desk import Place
from ui.pages.programme import ProgrammePage
from ui.pages.tandem import TandemPage
from ui.pages.tandems import TandemsPage
from ui.parts.buttons import Button
from ui.parts.due_words import due_sentence, heap_sentence
from ui.parts.start_words import lacks_text

DAY = date(2026, 10, 1)


@pytest.fixture
def stage(open_demo: OpenWindow) -> Stage:
    return open_demo("en")


def bare(stage: Stage) -> Tandem:
    """An agreed tandem with every consent and nothing else."""
    assert stage.desk.programme is not None
    one = next(
        one for one in tandems.of_programme(stage.desk.vault, stage.desk.programme) if one.state is TandemState.AGREED
    )
    stage.desk.do(goal_verbs.remove, [goal.id for goal in goals.of_tandem(stage.desk.vault, one.id)])
    for member in one.members:
        stage.desk.do(verbs.consent, member.id, DAY)
        stage.desk.do(programme_verbs.edit_enrolment, member.enrolment, expectations="")
    return again(stage, one)


def again(stage: Stage, one: Tandem) -> Tandem:
    found = tandems.tandem(stage.desk.vault, one.id)
    assert found is not None
    return found


def shown(stage: Stage, one: Tandem) -> TandemPage:
    stage.desk.go(Place("tandem", one.id))
    page = stage.page
    assert isinstance(page, TandemPage)
    return page


def led_to_the_mentor(stage: Stage, one: Tandem) -> ProgrammePage:
    """Where the banner leads: the keyboard is in the mentor's expectations."""
    page = shown(stage, one)
    page.step_button.click()
    assert page.banner is not None
    page.banner.acted.emit()
    there = stage.page
    assert isinstance(there, ProgrammePage)
    assert [part.id for part in there.table.selected_records()] == [one.mentor.enrolment]
    assert there.panel.expectations.text.hasFocus()
    return there


def line_of(stage: Stage, one: Tandem) -> Due:
    return next(line for line in due(stage.desk.vault, one.programme, TODAY) if line.tandem == one.id)


def test_what_is_missing_is_told_and_goes_as_it_is_entered(stage: Stage) -> None:
    one = bare(stage)
    assert lacks_of(stage.desk.vault, one) == tuple(Lack)
    assert lacks_text(tuple(Lack)) == "the expectations of both, the signed agreement, a goal"
    line = line_of(stage, one)
    assert (line.kind, line.lacks) == (DueKind.NO_AGREEMENT, tuple(Lack))
    said = due_sentence(line, {one.id: "A / B"})
    assert said == "A / B: the start waits for: the expectations of both, the signed agreement, a goal"
    stage.desk.do(programme_verbs.edit_enrolment, one.mentor.enrolment, expectations="Learn")
    assert lacks_of(stage.desk.vault, one) == (Lack.MENTEE_EXPECTATIONS, Lack.AGREEMENT, Lack.GOALS)
    stage.desk.do(programme_verbs.edit_enrolment, one.mentee.enrolment, expectations="Teach")
    stage.desk.do(goal_verbs.add, one.id, target=3)
    assert line_of(stage, one).lacks == (Lack.AGREEMENT,)
    assert "not signed" in due_sentence(line_of(stage, one), {})
    stage.desk.do(verbs.edit_agreement, one.id, signed_on=DAY)
    assert lacks_in(stage.desk.vault, one.programme, [one.id]) == {}


def test_of_several_that_lack_something_none_is_said_to_begin() -> None:
    bare_ones = tuple(Due(kind=DueKind.READY, tandem=TandemId(k), lacks=(Lack.GOALS,)) for k in range(4))
    with speaking("en"):
        assert heap_sentence(Heap(DueKind.READY, bare_ones)).endswith("have every consent and a signed agreement")
        whole = tuple(replace(one, lacks=()) for one in bare_ones)
        assert heap_sentence(Heap(DueKind.READY, whole)) == "4 further tandems can begin"


def test_what_many_lack_is_found_without_reading_everybody(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """After thousands were removed nothing is asked of the others, for the window waits."""
    one, vault = bare(stage), stage.desk.vault
    known = tandems.of_programme(vault, one.programme)
    lacking = {each.id: lacks for each in known if (lacks := lacks_of(vault, each))}

    def never(*_: object) -> None:
        raise AssertionError("the whole programme is read")

    monkeypatch.setattr(programmes, "enrolments", never)
    monkeypatch.setattr(tandems, "of_programme", never)
    assert lacks_in(vault, one.programme, [each.id for each in known]) == lacking
    assert list(lacks_in(vault, one.programme, reversed(lacking))) == list(lacking)
    assert lacks_in(vault, one.programme, lacking, one.state).keys() == {
        each.id for each in known if each.id in lacking and each.state is one.state
    }
    monkeypatch.setattr(programmes, "enrolments_among", never)
    assert lacks_in(vault, one.programme, [TandemId(1)]) == {}


@pytest.mark.parametrize("language", ["en", "de"])
def test_starting_names_it_and_starts_all_the_same_in_one_step(open_demo: OpenWindow, language: str) -> None:
    stage = open_demo(language)
    one = bare(stage)
    page = shown(stage, one)
    page.step_button.click()
    assert again(stage, one).state is TandemState.AGREED
    assert page.banner is not None
    assert lacks_text(tuple(Lack)) in page.banner.text
    there, anyway = page.banner.findChildren(Button)
    QApplication.processEvents()  # the banner has its place then
    assert there.hasFocus()
    QTest.keyClick(there, Qt.Key.Key_Tab)
    assert anyway.hasFocus()
    QTest.keyClick(anyway, Qt.Key.Key_Space)
    assert again(stage, one).state is TandemState.ACTIVE
    assert shown(stage, one).banner is None
    stage.desk.undo()
    assert again(stage, one).state is TandemState.AGREED


def test_the_way_there_leads_to_what_is_missing_first(stage: Stage) -> None:
    one = bare(stage)
    there = led_to_the_mentor(stage, one)
    QTest.keyClicks(there.panel.expectations.text, "Wants to learn")
    stage.desk.flushing.emit()
    kept = programmes.enrolment(stage.desk.vault, one.mentor.enrolment)
    assert kept is not None
    assert kept.expectations == "Wants to learn"
    stage.desk.do(programme_verbs.edit_enrolment, one.mentee.enrolment, expectations="Teach")
    page = shown(stage, one)
    page.step_button.click()
    assert page.banner is not None
    page.banner.acted.emit()
    assert page.agreement.signed_on.input.hasFocus()


@pytest.mark.parametrize("hidden", ["another programme", "a search"])
def test_the_way_there_leads_past_another_programme_and_a_search(stage: Stage, hidden: str) -> None:
    one = bare(stage)
    if hidden == "another programme":
        stage.desk.go(Place("programme", part="new"))
        assert stage.desk.programme != one.programme
    else:
        stage.desk.go(Place("programme", part="participants"))
        assert isinstance(stage.page, ProgrammePage)
        stage.page.search.setText("nobody is called so")
    led_to_the_mentor(stage, one)


def test_the_last_paper_that_starts_it_says_what_it_starts_without(stage: Stage) -> None:
    one = bare(stage)
    page = shown(stage, one)
    said: list[str] = []
    stage.desk.said.connect(lambda saying: said.append(saying.text))
    page.head_card.sign_button.click()
    assert again(stage, one).state is TandemState.ACTIVE
    assert "still missing: the expectations of both, a goal" in said[-1]


def test_several_are_asked_about_before_they_begin(stage: Stage, answers: Answers) -> None:
    one = bare(stage)
    stage.desk.go(Place("tandems", one.id))
    page = stage.page
    assert isinstance(page, TandemsPage)
    assert page.table.choose(one.id)
    answers.choices.append(None)
    page.set_state(TandemState.ACTIVE)
    assert again(stage, one).state is TandemState.AGREED
    assert f"Tandem {one.number}: the expectations of both" in answers.asked[-1]
    answers.choices.append("yes")
    said: list[str] = []
    stage.desk.said.connect(lambda saying: said.append(saying.text))
    page.set_state(TandemState.ACTIVE)
    assert again(stage, one).state is TandemState.ACTIVE
    assert "began without" in said[-1]


def test_in_a_mutual_programme_the_question_knows_no_mentee(stage: Stage, answers: Answers) -> None:
    one = bare(stage)
    stage.desk.do(programme_verbs.edit, one.programme, kind=ProgrammeKind.MUTUAL)
    stage.desk.do(programme_verbs.edit_enrolment, one.mentor.enrolment, expectations="Learn")
    stage.desk.go(Place("tandems", one.id))
    page = stage.page
    assert isinstance(page, TandemsPage)
    assert page.table.choose(one.id)
    answers.choices.append(None)
    page.set_state(TandemState.ACTIVE)
    assert "the expectations of one of the two" in answers.asked[-1]


def test_several_with_meetings_to_come_are_asked_about_before_they_are_completed(
    stage: Stage, answers: Answers
) -> None:
    page = stage.go("tandems")
    assert isinstance(page, TandemsPage)
    rows = [at for at, row in enumerate(page.model.records()) if row.tandem.state is TandemState.ACTIVE][:2]
    found = [page.model.record(at).tandem for at in rows]
    coming = [one for each in found for one in meetings.of_tandem(stage.desk.vault, each.id) if one.held_on is None]
    assert len(coming) > 1
    whole = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for at in rows:
        page.table.selectionModel().select(page.model.index(at, 0), whole)
    answers.choices = [None, "yes"]
    page.set_state(TandemState.COMPLETED)
    assert {again(stage, one).state for one in found} == {TandemState.ACTIVE}
    assert f"{len(coming)} meetings are not held yet" in answers.asked[-1]
    page.set_state(TandemState.COMPLETED)
    assert {again(stage, one).state for one in found} == {TandemState.COMPLETED}
