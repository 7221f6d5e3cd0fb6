"""The panel of one person: each field saves when it is left, and what was refused stays with its person."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from people_scene import everybody, opened, reread, text_field, write
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid
from window_fixtures import delete_now, type_text

from app.domain.programmes import Role
from app.places import places
from app.services import people as verbs
from app.settings import Settings
from app.store import people, programmes
from app.store.vault import open_vault
from ui import tasks
from ui.desk import Desk
from ui.pages.people import PeoplePage
from ui.parts.level_picker import LevelPicker
from ui.parts.people_picker import PeoplePicker
from ui.shell.demo import DEMO_PASSPHRASE

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def desk(quick_key: None, home: Path, demo_vault: Callable[[str], Path]) -> Iterator[Desk]:  # noqa: ARG001
    with open_vault(demo_vault("en"), DEMO_PASSPHRASE) as vault:
        yield Desk(vault, places(home), Settings(language="en"))
        tasks.wait_for_all()


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> PeoplePage:
    return opened(desk, qtbot)


def test_a_field_saves_when_it_is_left_and_undo_takes_it_back(page: PeoplePage, desk: Desk) -> None:
    person = everybody(desk)[3]
    page.show_record(person.id)
    write(text_field(page, "department"), "Rechenzentrum")
    assert reread(desk, person.id).department == "Rechenzentrum"
    assert page.list.chosen()[0].person.department == "Rechenzentrum"
    assert desk.undo()
    assert reread(desk, person.id).department == person.department
    assert text_field(page, "department").text() == person.department


def test_half_typed_text_is_kept_for_the_person_it_was_typed_for(page: PeoplePage, desk: Desk) -> None:
    first, second = everybody(desk)[:2]
    page.show_record(first.id)
    remarks = page.panel.fields.remarks
    remarks.setFocus()
    type_text(remarks, "rings twice")
    page.show_record(second.id)
    assert reread(desk, first.id).remarks.endswith("rings twice")
    assert reread(desk, second.id).remarks == second.remarks


def test_a_refresh_leaves_what_is_being_typed(page: PeoplePage, desk: Desk) -> None:
    person = everybody(desk)[0]
    page.show_record(person.id)
    field = text_field(page, "team")
    field.setFocus()
    field.selectAll()
    type_text(field, "Blue")
    desk.do(verbs.edit, person.id, team="Red")
    assert field.text() == "Blue"
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == person.team, "Escape takes half-typed text back"


def test_an_error_stands_in_the_field(page: PeoplePage, desk: Desk) -> None:
    boss = next(one for one in everybody(desk) if any(other.supervisor == one.id for other in everybody(desk)))
    report = next(one for one in everybody(desk) if one.supervisor == boss.id)
    page.show_record(boss.id)
    picker = page.panel.fields.fields["supervisor"].editor
    picker.setFocus()
    picker.clear()  # type: ignore[attr-defined]
    type_text(picker, report.list_name.replace(",", ""))
    QTest.keyClick(picker, Qt.Key.Key_Return)
    assert page.panel.fields.field("supervisor").error()
    assert reread(desk, boss.id).supervisor == boss.supervisor


def test_organisation_is_made_by_its_name_in_one_step(page: PeoplePage, desk: Desk) -> None:
    person = next(one for one in everybody(desk) if one.organisation is None)
    page.show_record(person.id)
    write(text_field(page, "organisation"), "Nordwerk")
    made = next(one for one in people.organisations(desk.vault) if one.name == "Nordwerk")
    assert reread(desk, person.id).organisation == made.id
    desk.undo()
    assert "Nordwerk" not in [one.name for one in people.organisations(desk.vault)]


def test_skills_languages_and_days_are_edited_in_place(page: PeoplePage, desk: Desk) -> None:
    person = next(one for one in everybody(desk) if one.sought())
    page.show_record(person.id)
    sought = page.panel.sought
    level = sought.findChildren(LevelPicker)[0]
    level.setValue(1 if person.sought()[0].level != 1 else 2)
    assert reread(desk, person.id).sought()[0].level == level.value()
    offered = page.panel.offered.adder
    offered.setCurrentIndex(0)
    added = offered.value()
    offered.commit()
    assert added in {skill.topic for skill in reread(desk, person.id).offered()}
    assert reread(desk, person.id).sought()[0].level == level.value(), "the other side stays"
    languages = page.panel.fields.tokens["languages"]
    languages.input.setFocus()
    type_text(languages.input, "Suomi")
    QTest.keyClick(languages.input, Qt.Key.Key_Return)
    assert reread(desk, person.id).languages[-1] == "Suomi"
    days = page.panel.fields.fields["availability"].editor
    before = reread(desk, person.id).availability
    QTest.mouseClick(days.toggles[9], Qt.MouseButton.LeftButton)  # type: ignore[attr-defined]
    assert reread(desk, person.id).availability == before ^ (1 << 9)


def test_confidential_people_are_picked_ranked_and_taken_away(page: PeoplePage, desk: Desk) -> None:
    person, one, other = everybody(desk)[10:13]
    page.show_record(person.id)
    wishes = page.panel.confidence.wishes
    for wished in (one, other):
        type_text(wishes.picker, wished.list_name.replace(",", ""))
        QTest.keyClick(wishes.picker, Qt.Key.Key_Return)
    assert people.confidence(desk.vault, person.id).wished[-2:] == (one.id, other.id)
    wishes._raise(len(people.confidence(desk.vault, person.id).wished) - 1)
    assert people.confidence(desk.vault, person.id).wished[-2:] == (other.id, one.id)
    assert "never printed" in page.panel.confidence.accessibleName()


def test_enrols_from_the_panel(page: PeoplePage, desk: Desk) -> None:
    outside = next(entry for entry in page.roster.entries if entry.role is None)
    page.show_record(outside.id)
    role = page.panel.enrolment.role
    role.setCurrentIndex(role.findText("Mentor"))
    role.commit()
    page.panel.enrolment.capacity.setCurrentIndex(2)
    page.panel.enrolment.capacity.commit()
    found = next(one for one in programmes.enrolments_of(desk.vault, outside.id) if one.programme == desk.programme)
    assert (found.role, found.capacity) == (Role.MENTOR, 3)
    assert page.list.chosen()[0].role is Role.MENTOR
    role.setCurrentIndex(0)
    role.commit()
    assert page.list.chosen()[0].role is None


def test_what_was_refused_or_cannot_be_read_stays_with_its_person(page: PeoplePage, desk: Desk) -> None:
    one, other = everybody(desk)[:2]
    page.show_record(one.id)
    for key in ("given_name", "family_name"):
        text_field(page, key).clear()
        text_field(page, key).commit()
    family = text_field(page, "family_name")
    assert page.panel.fields.field("family_name").error()
    desk.do(verbs.edit, one.id, team="Another")
    assert family.text() == ""
    page.panel.fields.entry_date.input.setText("31.2.2026")
    page.show_record(other.id)
    assert family.text() == other.family_name
    assert page.panel.fields.entry_date.value() == other.entry_date
    assert not page.panel.fields.field("family_name").error()
    assert not page.panel.fields.entry_date.error()
    page.panel.flush()
    assert reread(desk, other.id) == other
    assert reread(desk, one.id).family_name == one.family_name
    assert reread(desk, one.id).entry_date == one.entry_date


def test_a_page_goes_quietly_while_a_name_is_half_typed(desk: Desk, qtbot: QtBot) -> None:
    page = PeoplePage(desk)
    page.ensure_fresh()
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.show_record(everybody(desk)[0].id)
    picker = page.panel.fields.fields["supervisor"].editor
    assert isinstance(picker, PeoplePicker)
    picker.setFocus()
    type_text(picker, everybody(desk)[1].family_name[:3])
    assert QApplication.focusWidget() is picker
    page.deleteLater()
    delete_now()  # what the field then raised would end the process
    assert not isValid(page)
    assert not isValid(picker)


def test_an_address_nobody_can_have_is_kept_with_a_word_beside_it(page: PeoplePage, desk: Desk) -> None:
    first, second = everybody(desk)[:2]
    page.show_record(first.id)
    field = page.panel.fields.fields["email"]
    assert not field._below.isVisibleTo(field)
    write(text_field(page, "email"), "ada@firm..example")
    assert reread(desk, first.id).email == "ada@firm..example"
    assert "can't be" in field._below.text()
    assert field._below.isVisibleTo(field)
    assert not field.error()
    page.show_record(second.id)
    assert not field._below.isVisibleTo(field)
    page.show_record(first.id)
    assert field._below.isVisibleTo(field)
    write(text_field(page, "email"), "ada@firm.example")
    assert not field._below.isVisibleTo(field)
