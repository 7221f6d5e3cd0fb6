"""Ctrl+Shift+H: wherever the keyboard is, nothing private can be seen or heard a moment later."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from window_fixtures import OpenWindow, Stage, press, type_over

from app.domain.ids import TandemId
from app.services import notes as verbs
from app.services import people as people_verbs
from app.store import people, tandems, topics
from ui.desk import Place
from ui.pages.notes import NotesPage
from ui.pages.people import PeoplePage
from ui.parts import veil

CANARY = "Wendehalsruf"
KEYS = "Ctrl+Shift+H"


@pytest.fixture(autouse=True)
def unveiled() -> Iterator[None]:
    veil.draw(False)
    yield
    veil.draw(False)


@pytest.fixture
def stage(open_demo: OpenWindow) -> Stage:
    return open_demo()


@pytest.fixture
def tandem(stage: Stage) -> TandemId:
    """A tandem with a note and a skill gap that hold the word."""
    vault = stage.desk.vault
    assert stage.desk.programme is not None
    found = tandems.of_programme(vault, stage.desk.programme)[0]
    mentee = found.members[-1].person
    stage.desk.do(
        verbs.add, tandem=found.id, title=f"{CANARY} title", body=f"{CANARY} body", tags=(f"{CANARY}tag",), pinned=True
    )
    stage.desk.do(verbs.add_gap, mentee, topics.all_topics(vault)[0].id, evidence=f"{CANARY} evidence")
    return found.id


def told(widget: QWidget) -> str:
    """All that a screen reader can say of what is shown: names, values, descriptions, cells and lines."""
    QApplication.processEvents()
    said: list[str] = []

    def visit(one: QAccessibleInterface | None) -> None:
        if one is None or not one.isValid() or bool(one.state().invisible):
            return
        kinds = (QAccessible.Text.Name, QAccessible.Text.Value, QAccessible.Text.Description, QAccessible.Text.Help)
        said.extend(one.text(kind) for kind in kinds)
        for number in range(one.childCount()):
            visit(one.child(number))

    visit(QAccessible.queryAccessibleInterface(widget))
    return "\n".join(said)


def test_notes_their_search_and_the_gaps_beside_them(stage: Stage, tandem: TandemId) -> None:
    assert tandem
    page = stage.go("notes")
    assert isinstance(page, NotesPage)
    type_over(page.search, CANARY)
    stage.qtbot.waitUntil(lambda: len(page.list.notes.rows) == 1)
    assert told(stage.window).count(CANARY) >= 3
    stage.key(KEYS)
    assert CANARY not in told(stage.window)
    stage.key(KEYS)
    assert CANARY in told(stage.window)


def test_the_private_panel_of_a_tandem(stage: Stage, tandem: TandemId) -> None:
    stage.desk.go(Place("tandem", tandem))
    assert told(stage.window).count(CANARY) >= 2
    stage.key(KEYS)
    assert CANARY not in told(stage.window)


def test_what_is_confidential_about_a_person(stage: Stage) -> None:
    everyone = people.all_people(stage.desk.vault)
    stage.desk.do(people_verbs.set_vetoes, everyone[0].id, (everyone[1].id,))
    stage.desk.go(Place("people", everyone[0].id))
    page = stage.page
    assert isinstance(page, PeoplePage)
    card = page.panel.confidence
    assert everyone[1].family_name in told(card)
    stage.key(KEYS)
    assert everyone[1].family_name not in told(card)
    assert not card.vetoes.isVisible()


def test_from_every_page_and_from_the_rail(stage: Stage, tandem: TandemId) -> None:
    """Hidden on one page, it is hidden on all."""
    for page in [page.key for page in stage.workplace.pages if page.in_rail]:
        veil.draw(False)
        stage.go(page)
        stage.workplace.rail.buttons[page].setFocus(Qt.FocusReason.OtherFocusReason)
        press(stage.workplace.rail.buttons[page], KEYS)
        assert veil.hidden(), page
        assert CANARY not in told(stage.window), page
    for place in (Place("notes"), Place("tandem", tandem)):
        stage.desk.go(place)
        assert CANARY not in told(stage.window)


def test_over_a_dialog_too(stage: Stage) -> None:
    dialog = QDialog(stage.window)
    dialog.setModal(True)
    dialog.open()
    stage.qtbot.waitUntil(dialog.isVisible)
    QTest.keyClick(dialog, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert veil.hidden()
