"""Alt+Left and Alt+Right, the mouse's own buttons: back and forward among the places visited."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from window_fixtures import OpenWindow, Stage, press

from app.domain.ids import PersonId, TandemId
from app.services import people as people_verbs
from app.services import tandems as tandem_verbs
from app.store import notes, people, tandems
from ui.pages.notes import NotesPage
from ui.pages.tandem import TandemPage
from ui.place import Place
from ui.trail import MOST, Trail

OVERVIEW, PEOPLE, PAIRING = Place("overview"), Place("people"), Place("pairing")


def always(_: Place) -> bool:
    return True


def test_back_and_forward_and_a_new_way() -> None:
    trail = Trail()
    assert trail.step(-1, always) is None
    for place in (OVERVIEW, PEOPLE, PEOPLE, PAIRING):
        trail.visit(place)
    assert trail.places == (OVERVIEW, PEOPLE, PAIRING)
    assert trail.step(1, always) is None
    assert trail.step(-1, always) == PEOPLE
    assert trail.step(-1, always) == OVERVIEW
    assert trail.step(-1, always) is None
    assert trail.step(1, always) == PEOPLE
    trail.visit(Place("tandem", 7, "meeting"))
    assert trail.places == (OVERVIEW, PEOPLE, Place("tandem", 7)), "what lay ahead is forgotten, and the part"


def test_what_is_gone_and_what_is_shown_is_stepped_over() -> None:
    trail = Trail()
    for place in (PEOPLE, Place("tandem", 1), PEOPLE):
        trail.visit(place)
    assert trail.step(-1, lambda place: place.record is None) is None
    assert trail.step(-1, always) == Place("tandem", 1)


def test_only_the_last_hundred_are_kept() -> None:
    trail = Trail()
    for record in range(MOST + 5):
        trail.visit(Place("tandem", record))
    assert len(trail.places) == MOST
    assert trail.places[0] == Place("tandem", 5)
    assert trail.step(-1, always) == Place("tandem", MOST + 3)


@pytest.fixture
def stage(open_demo: OpenWindow) -> Stage:
    return open_demo("en")


def some_tandems(stage: Stage) -> tuple[TandemId, ...]:
    assert stage.desk.programme is not None
    return tandems.ids_of_programme(stage.desk.vault, stage.desk.programme)


def shows(stage: Stage, identity: TandemId) -> bool:
    return isinstance(stage.page, TandemPage) and stage.page.record == identity


def test_by_keys_past_a_removed_tandem(stage: Stage) -> None:
    first, gone, last = some_tandems(stage)[:3]
    for identity in (first, gone, last):
        stage.desk.go(Place("tandem", identity))
    stage.desk.do(tandem_verbs.remove, (gone,))
    stage.key("Alt+Left")
    assert shows(stage, first)
    stage.key("Alt+Left")
    assert stage.page.key == "overview"
    stage.key("Alt+Left")
    assert stage.page.key == "overview"
    stage.key("Alt+Right")
    stage.key("Alt+Right")
    assert shows(stage, last)
    stage.key("Alt+Left")
    stage.desk.undo()
    stage.key("Alt+Right")
    assert shows(stage, gone), "back again with Undo"


def test_from_a_text_field_and_past_a_removed_person(stage: Stage) -> None:
    somebody = replace(people_verbs.blank(), family_name="Neu")
    identity = stage.desk.do(people_verbs.add, somebody)
    stage.desk.go(Place("people", identity))
    stage.go("pairing")
    stage.desk.do(people_verbs.remove, [PersonId(identity)])
    assert people.person(stage.desk.vault, identity) is None
    stage.go("people")
    stage.key("Ctrl+F")
    focused = stage.window.focusWidget()
    assert focused is not None
    press(focused, "Alt+Left")
    assert stage.page.key == "pairing"
    stage.key("Alt+Left")
    assert stage.page.key == "overview"


def test_the_buttons_of_the_mouse_over_any_widget(stage: Stage) -> None:
    stage.go("people")
    stage.go("tandems")
    over = stage.page
    QTest.mouseClick(over, Qt.MouseButton.BackButton)
    assert stage.page.key == "people"
    QTest.mouseClick(stage.page, Qt.MouseButton.ForwardButton)
    assert stage.page.key == "tandems"


def test_another_look_keeps_the_way_and_a_lock_forgets_it(stage: Stage) -> None:
    stage.go("people")
    stage.desk.change_settings(scheme="dark")
    stage.window.look_anew()
    stage.key("Alt+Left")
    assert stage.page.key == "overview"
    stage.window.lock()
    assert stage.window.desk is None
    assert stage.restarts


def test_another_look_where_a_note_is_shown_keeps_the_way_on(stage: Stage) -> None:
    page = stage.go("notes")
    assert isinstance(page, NotesPage)
    page.list.choose(notes.all_notes(stage.desk.vault)[0].id)
    assert page.record_shown() is not None
    stage.go("tandems")
    stage.key("Alt+Left")
    stage.window.look_anew()
    assert isinstance(stage.page, NotesPage)
    stage.key("Alt+Right")
    assert stage.page.key == "tandems"
    stage.key("Alt+Left")
    stage.window.look_anew()
    stage.key("Alt+Left")
    assert stage.page.key == "overview"
