"""Ctrl+Z in a text field: its own steps first; where it has none, the program's."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit
from window_fixtures import OpenWindow, Stage, press, type_text

from app.store import people
from ui.desk import Place
from ui.pages.people import PeoplePage


@pytest.fixture
def roster(open_demo: OpenWindow, answers: object) -> Stage:  # noqa: ARG001
    stage = open_demo()
    stage.desk.go(Place("people"))
    return stage


def page_of(stage: Stage) -> PeoplePage:
    assert stage.window.workplace is not None
    page = stage.window.workplace.page
    assert isinstance(page, PeoplePage)
    return page


def count(stage: Stage) -> int:
    return people.count(stage.desk.vault)


def focused_line() -> QLineEdit:
    QApplication.processEvents()
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    return field


def add_somebody(stage: Stage) -> QLineEdit:
    """Adds a person by keyboard; the cursor is in the field after the name then."""
    page_of(stage).add_person()
    field = focused_line()
    type_text(field, "Ada")
    press(field, "Tab")
    after = focused_line()
    assert after is not field
    return after


def test_an_addition_is_taken_back_from_the_field_it_put_the_cursor_into(roster: Stage) -> None:
    before = count(roster)
    after = add_somebody(roster)
    assert count(roster) == before + 1
    press(after, "Ctrl+Z")
    assert count(roster) == before
    page_of(roster).list.search.setFocus()
    press(focused_line(), "Ctrl+Shift+Z")
    assert count(roster) == before + 1


def test_what_is_being_typed_goes_first(roster: Stage) -> None:
    before = count(roster)
    field = add_somebody(roster)
    type_text(field, "Lovelace")
    press(field, "Ctrl+Z")
    assert field.text() != "Lovelace"
    assert count(roster) == before + 1
    press(field, "Ctrl+Shift+Z")
    assert field.text() == "Lovelace"
    assert count(roster) == before + 1


@pytest.mark.parametrize("make", [QLineEdit, QPlainTextEdit])
def test_any_empty_field_hands_the_keys_over(roster: Stage, make: type[QLineEdit] | type[QPlainTextEdit]) -> None:
    before = count(roster)
    add_somebody(roster)
    field = make()
    field.setParent(roster.window)
    field.show()
    field.setFocus()
    press(field, "Ctrl+Z")
    assert count(roster) == before
    press(field, "Ctrl+Y")
    assert count(roster) == before + 1
