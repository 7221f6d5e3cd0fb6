"""Somebody new: in the vault with the first name that is typed, and nowhere before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from people_scene import everybody, opened, reread, shown, text_field, write
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from window_fixtures import type_text

from app.domain.ids import PersonId
from app.places import places
from app.services import people as verbs
from app.settings import Settings
from app.store.vault import Vault, open_vault
from ui import tasks
from ui.desk import Desk, Saying
from ui.pages.people import PeoplePage
from ui.shell.demo import DEMO_PASSPHRASE

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def page(quick_key: None, home: Path, demo_vault: Callable[[str], Path], qtbot: QtBot) -> Iterator[PeoplePage]:  # noqa: ARG001
    """On the demo."""
    with open_vault(demo_vault("en"), DEMO_PASSPHRASE) as vault:
        made = opened(Desk(vault, places(home), Settings(language="en")), qtbot)
        qtbot.waitUntil(made.isActiveWindow)
        yield made
        tasks.wait_for_all()


@pytest.fixture
def desk(page: PeoplePage) -> Desk:
    return page.desk


@pytest.fixture
def said(desk: Desk) -> list[Saying]:
    found: list[Saying] = []
    desk.said.connect(found.append)
    return found


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    found: list[str] = []
    monkeypatch.setattr("ui.parts.new_person.announce", lambda _widget, text: found.append(text))
    return found


def begin(page: PeoplePage) -> None:
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)


def focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def ids(desk: Desk) -> set[PersonId]:
    return {person.id for person in everybody(desk)}


def test_ctrl_n_type_tab_and_the_person_is_there(
    page: PeoplePage, desk: Desk, said: list[Saying], heard: list[str]
) -> None:
    before = ids(desk)
    begin(page)
    assert focus() is text_field(page, "given_name")
    assert page.panel.accessibleName() == "New person"
    assert page.panel.name.text() == "New person"
    assert heard == ["New person"]
    assert page.list.chosen() == []
    assert ids(desk) == before, "nobody is there before a name is"
    type_text(focus(), "Ada")
    QTest.keyClick(focus(), Qt.Key.Key_Tab)
    assert focus() is text_field(page, "family_name")
    (new,) = ids(desk) - before
    assert [one.id for one in page.list.chosen()] == [new]
    assert said[-1].text == "Ada was added"
    assert said[-1].undo
    type_text(focus(), "Lovelace")
    QTest.keyClick(focus(), Qt.Key.Key_Tab)
    assert reread(desk, new).full_name == "Ada Lovelace"
    assert page.panel.accessibleName() == "Ada Lovelace"
    undone = [step.label for step in (desk.undo(), desk.undo()) if step is not None]
    assert undone == ["people.edit", "people.add"], "one step takes the addition back"
    assert ids(desk) == before
    assert not any("New person" in person.full_name for person in everybody(desk))


@pytest.mark.parametrize("way", ["another", "escape", "tab", "page", "lock", "again"])
def test_left_without_a_name_nothing_is_left_behind(
    page: PeoplePage, desk: Desk, said: list[Saying], way: str
) -> None:
    before, journal = ids(desk), desk.vault.rows("SELECT * FROM journal")
    begin(page)
    if way == "another":
        page.show_record(everybody(desk)[2].id)
        assert page.panel.person == everybody(desk)[2].id
    elif way == "escape":
        QTest.keyClick(focus(), Qt.Key.Key_Escape)
        assert focus() is page.table
        assert page.side.currentWidget() is page.selection
    elif way == "tab":
        for _ in range(5):
            QTest.keyClick(focus(), Qt.Key.Key_Tab)
    elif way == "page":
        page.flush()
        page.leave()
        assert page.side.currentWidget() is page.selection
    elif way == "lock":
        page.flush()
    else:
        begin(page)
        assert focus() is text_field(page, "given_name")
    assert ids(desk) == before
    assert desk.vault.rows("SELECT * FROM journal") == journal
    assert desk.undo() is None
    assert not said


@pytest.mark.parametrize("key", ["given_name", "family_name"])
@pytest.mark.parametrize("way", ["another", "page", "lock"])
def test_a_name_that_is_half_typed_is_kept(page: PeoplePage, desk: Desk, way: str, key: str) -> None:
    before, other = ids(desk), everybody(desk)[2].id
    begin(page)
    field = text_field(page, key)
    field.setFocus()
    type_text(field, "Ada")
    if way == "another":
        page.show_record(other)
        assert [one.id for one in page.list.chosen()] == [other], "the new one does not take the choice away"
        assert page.panel.person == other
    else:
        page.flush()
        if way == "page":
            page.leave()
    (new,) = ids(desk) - before
    assert getattr(reread(desk, new), key) == "Ada"
    assert new in shown(page)


def test_what_was_typed_before_the_name_waits_and_is_kept_with_it(page: PeoplePage, desk: Desk) -> None:
    before = ids(desk)
    begin(page)
    write(text_field(page, "department"), "Werkstatt")
    assert ids(desk) == before
    assert "needs a given name" in page.panel.fields.field("department").error()
    assert text_field(page, "department").text() == "Werkstatt"
    write(text_field(page, "family_name"), "Lovelace")
    (new,) = ids(desk) - before
    assert reread(desk, new).department == "Werkstatt"
    assert page.panel.fields.field("department").error() == ""


def test_what_belongs_to_somebody_waits_for_the_name(page: PeoplePage) -> None:
    begin(page)
    panel = page.panel
    parts = (panel.copy, panel.removal, panel.enrolment, panel.sought, panel.offered, panel.confidence)
    assert not any(part.isEnabled() for part in parts)
    write(text_field(page, "given_name"), "Ada")
    assert all(part.isEnabled() for part in parts)
    begin(page)
    assert text_field(page, "given_name").text() == ""
    assert not any(part.isEnabled() for part in parts)


def test_a_change_elsewhere_leaves_somebody_new_in_the_fields(page: PeoplePage, desk: Desk) -> None:
    begin(page)
    field = text_field(page, "given_name")
    type_text(field, "Ad")
    desk.do(verbs.edit, everybody(desk)[0].id, team="Red")
    assert focus() is field
    assert field.text() == "Ad"
    assert page.panel.name.text() == "New person"


def test_somebody_is_chosen_again_after_a_new_one_was_left(page: PeoplePage, desk: Desk) -> None:
    one = everybody(desk)[1]
    page.show_record(one.id)
    begin(page)
    page.show_record(one.id)
    assert page.panel.person == one.id
    assert text_field(page, "family_name").text() == one.family_name
    assert page.panel.confidence.isEnabled()


def test_the_search_gives_way_to_the_new_one(page: PeoplePage, desk: Desk) -> None:
    page.list.search.setText("zzzz")
    page.list.search.searched.emit("zzzz")
    before = ids(desk)
    page.add_person()
    write(text_field(page, "given_name"), "Ada")
    (new,) = ids(desk) - before
    assert new in shown(page)
    assert [one.id for one in page.list.chosen()] == [new]


def test_the_first_person_of_a_vault(vault: Vault, home: Path, qtbot: QtBot) -> None:
    desk = Desk(vault, places(home), Settings(language="en"))
    page = opened(desk, qtbot)
    assert page.stack.currentIndex() == 1
    page.add_person()
    assert page.stack.currentIndex() == 0
    assert page.focusWidget() is text_field(page, "given_name")
    QTest.keyClick(text_field(page, "given_name"), Qt.Key.Key_Escape)
    assert page.stack.currentIndex() == 1, "the empty page is back"
    page.add_person()
    write(text_field(page, "family_name"), "Erste")
    assert [person.family_name for person in everybody(desk)] == ["Erste"]
    assert page.stack.currentIndex() == 0
    desk.undo()
    assert page.stack.currentIndex() == 1
