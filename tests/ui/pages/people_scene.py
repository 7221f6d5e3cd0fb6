"""The people's page on a vault, and what tests do with it and read of it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from window_fixtures import type_text

from app.domain.ids import PersonId
from app.domain.people import Person
from app.store import people
from ui.desk import Desk
from ui.pages.people import PeoplePage
from ui.parts.editors import TextField

TODAY = date(2026, 11, 22)


def opened(desk: Desk, qtbot: QtBot) -> PeoplePage:
    made = PeoplePage(desk)
    qtbot.addWidget(made)
    made.resize(1068, 780)
    desk.changed.connect(lambda kinds: made.refresh() if kinds & made.listens else None)
    made.ensure_fresh()
    made.show()
    qtbot.waitExposed(made)
    return made


def everybody(desk: Desk) -> tuple[Person, ...]:
    return people.all_people(desk.vault)


def reread(desk: Desk, identity: PersonId) -> Person:
    found = people.person(desk.vault, identity)
    assert found is not None
    return found


def shown(page: PeoplePage) -> list[PersonId]:
    return [entry.id for entry in page.list.model.records()]


def text_field(page: PeoplePage, key: str) -> TextField:
    editor = page.panel.fields.fields[key].editor
    assert isinstance(editor, TextField)
    return editor


def write(field: TextField, text: str) -> None:
    field.setFocus()
    field.selectAll()
    type_text(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)
