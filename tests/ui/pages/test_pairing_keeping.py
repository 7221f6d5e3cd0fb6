"""What is kept in the draft against places and rules, and what is said of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pairing_samples import fill
from pairing_scene import opened, settled
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from window_fixtures import Answers

from app.domain.programmes import Criterion
from app.places import places
from app.services import people as person_verbs
from app.services import programmes
from app.settings import Settings
from app.store.people import all_people
from app.store.tandems import of_programme
from app.store.vault import Vault
from ui import tasks
from ui.desk import Desk, Saying
from ui.pages.pairing import PairingPage

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def page(qtbot: QtBot, vault: Vault, home: Path) -> Iterator[PairingPage]:
    fill(vault)
    yield opened(Desk(vault, places(home), Settings()), qtbot)
    qtbot.waitUntil(lambda: not tasks.running())  # it reads the vault


def test_a_second_pair_of_a_full_mentor_lets_the_first_go_and_says_so(
    qtbot: QtBot, page: PairingPage
) -> None:
    said: list[Saying] = []
    page.desk.said.connect(said.append)
    first = page.board.proposals.rows()[0].pair
    other = next(row.pair[1] for row in page.board.proposals.rows() if row.pair != first)
    page.keep_pair(first)
    settled(qtbot, page)
    assert said == []
    page.keep_pair((first[0], other))
    assert "1 pair is no longer kept" in said[-1].text
    assert said[-1].undo
    settled(qtbot, page)


@pytest.mark.parametrize(("answer", "made"), [("others", {"Berg"}), ("all", {"Adler", "Berg"}), (None, set())])
def test_a_kept_pair_against_a_rule_that_came_later_is_asked_about(
    qtbot: QtBot, page: PairingPage, answers: Answers, answer: str | None, made: set[str]
) -> None:
    pair = next(row.pair for row in page.board.proposals.rows() if row.mentor.family_name == "Adler")
    page.keep_pair(pair)
    settled(qtbot, page)
    assert page.outcome is not None
    mentor, mentee = (page.outcome.basis.person(one) for one in pair)
    page.desk.do(person_verbs.set_vetoes, mentee.id, [mentor.id])
    settled(qtbot, page)
    assert pair in {row.pair for row in page.board.proposals.rows()}
    answers.choices.append(answer)
    QTest.mouseClick(page.accept_button, Qt.MouseButton.LeftButton)
    settled(qtbot, page)
    assert mentor.full_name in answers.asked[-1]
    assert "a confidential reason" in answers.asked[-1]
    desk = page.desk
    assert desk.programme is not None
    families = {one.id: one.family_name for one in all_people(desk.vault)}
    assert {families[one.mentor.person] for one in of_programme(desk.vault, desk.programme)} == made


def test_a_pair_that_was_kept_against_the_points_is_not_called_just_as_good(qtbot: QtBot, page: PairingPage) -> None:
    first, second = (row.pair for row in page.board.proposals.rows())
    page.keep_pair((first[0], second[1]))  # crossed
    settled(qtbot, page)
    crossed = next(row.pair for row in page.board.proposals.rows() if row.pair == (first[0], second[1]))
    page.toggle_ban(crossed)
    settled(qtbot, page)
    assert re.search(r"plan is better: what was kept had cost \d+ points", page.notice.text())


def test_pairs_without_a_point_are_not_praised(qtbot: QtBot, page: PairingPage) -> None:
    assert page.desk.programme is not None
    assert "proved the best plan" in page.subtitle.text()
    page.desk.do(programmes.edit, page.desk.programme, weights=dict.fromkeys(Criterion, 0))
    settled(qtbot, page)
    assert "no points: nothing that has a weight speaks for any of them" in page.subtitle.text()


def test_a_ban_that_is_undone_leaves_no_word_of_it(qtbot: QtBot, page: PairingPage) -> None:
    for row in page.board.proposals.rows():
        page.toggle_ban(row.pair)
        settled(qtbot, page)
    assert "2 pairs are ruled out." in page.notice.text()
    page.desk.undo()
    settled(qtbot, page)
    assert page.notice.text() == "1 pair is ruled out.", "what the ban undone had cost is of no interest"
    page.desk.undo()
    settled(qtbot, page)
    assert page.notice.text() == ""
    assert page.allow_button.isHidden()
