"""The list of people: found, filtered, changed together, read in and written out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from people_scene import everybody, opened, shown, text_field, write
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QPlainTextEdit, QSlider
from pytestqt.qtbot import QtBot
from quick_vaults import PASSPHRASE
from window_fixtures import Answers, type_text

from app.domain.people import Person, Side
from app.domain.programmes import Role
from app.domain.tandems import OPEN_STATES
from app.exchange.tables import read_table
from app.places import places
from app.services import demo
from app.services import organisations as organisation_verbs
from app.services import people as verbs
from app.services import topics as topic_verbs
from app.settings import Settings
from app.store import topics
from app.store.vault import create_vault, open_vault
from ui import tasks
from ui.desk import Desk, Saying
from ui.dialogs.bulk_edit import BulkEdit
from ui.dialogs.export_roster import ExportRoster, fields_of
from ui.pages import people as people_page
from ui.pages.people import PeoplePage
from ui.parts.editors import TextField
from ui.parts.roster import Entry
from ui.parts.roster_filter import EXTERNAL, INTERNAL, NOT_ENROLLED, RosterFilter
from ui.shell.demo import DEMO_PASSPHRASE

TODAY = date(2026, 11, 22)


pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def desk(
    request: pytest.FixtureRequest, quick_key: None, home: Path, tmp_path: Path  # noqa: ARG001
) -> Iterator[Desk]:
    """On the demo for a test that takes ``page``, else on an empty vault."""
    if "page" in request.fixturenames:
        vault = open_vault(request.getfixturevalue("demo_vault")("en"), DEMO_PASSPHRASE)
    else:
        vault = create_vault(tmp_path / "empty.tandembuch", PASSPHRASE)
    with vault:
        yield Desk(vault, places(home), Settings(language="en"))
        tasks.wait_for_all()


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> PeoplePage:
    return opened(desk, qtbot)


@pytest.fixture
def said(desk: Desk) -> list[Saying]:
    heard: list[Saying] = []
    desk.said.connect(heard.append)
    return heard


def tell(heard: list[str], text: str) -> bool:
    """Cancels a dialog, after noting what it was opened with."""
    heard.append(text)
    return False


def test_everybody_stands_in_phone_book_order_under_the_counts(page: PeoplePage, desk: Desk) -> None:
    assert shown(page) == [one.id for one in everybody(desk)]
    assert len(shown(page)) > 60
    assert page.subtitle.text().startswith(f"{len(shown(page))} people · ")
    assert "in tandems" in page.subtitle.text()


@pytest.mark.parametrize("query", ["muller", "MÜLLER", "mueller"])
def test_finds_folded_as_you_type_over_all_columns(desk: Desk, qtbot: QtBot, query: str) -> None:
    for family, given, department in (("Müller", "Jürgen", "Einkauf"), ("Çelik", "Fatma", "Vertrieb")):
        person = Person(id=verbs.blank().id, family_name=family, given_name=given, department=department)
        desk.do(verbs.add, person)
    page = opened(desk, qtbot)
    page.start_search()
    type_text(page.list.search, f"{query} eink")
    assert [entry.person.family_name for entry in page.list.model.records()] == ["Müller"]
    QTest.keyClick(page.list.search, Qt.Key.Key_Escape)
    type_text(page.list.search, "celik")
    assert [entry.person.family_name for entry in page.list.model.records()] == ["Çelik"]
    assert page.subtitle.text() == "1 of 2 people"
    type_text(page.list.search, "xyz")
    assert page.list.stack.currentWidget() is page.list.nothing
    page.list.nothing.button.click()
    assert len(shown(page)) == 2


def test_finds_by_topic_in_both_languages(page: PeoplePage, desk: Desk) -> None:
    topic = next(one for one in topics.all_topics(desk.vault) if one.name_en == "AI tools")
    having = {one.id for one in everybody(desk) if any(skill.topic == topic.id for skill in one.skills)}
    assert having
    page.list.search.setText("KI-Werkzeuge")
    assert having == set(shown(page))
    page.list.search.setText("ai tools")
    assert having <= set(shown(page))


def test_filters_show_as_chips_and_leave_by_a_click(page: PeoplePage, desk: Desk) -> None:
    page.list.set_filter(RosterFilter(role=Role.MENTOR, paired=False))
    entries = page.list.model.records()
    assert entries
    assert all(entry.role is Role.MENTOR and entry.state not in OPEN_STATES for entry in entries)
    said = [chip.text() for chip in page.list.chips.chips]
    assert said == ["Role in the programme: Mentor", "Tandem: Without a tandem"]
    QTest.mouseClick(page.list.chips.chips[1], Qt.MouseButton.LeftButton)
    assert page.list.filter == RosterFilter(role=Role.MENTOR)
    page.list.set_filter(RosterFilter(organisation=EXTERNAL))
    assert all(entry.person.organisation is not None for entry in page.list.model.records())
    page.list.set_filter(RosterFilter(organisation=INTERNAL, role=NOT_ENROLLED))
    assert all(entry.role is None for entry in page.list.model.records())
    topic = everybody(desk)[0].offered()[0].topic
    page.list.set_filter(RosterFilter(offers=topic))
    wanted = {one.id for one in everybody(desk) if any(skill.topic == topic for skill in one.offered())}
    assert set(shown(page)) == wanted


def test_the_filter_panel_filters_at_each_choice(page: PeoplePage) -> None:
    page.list.open_filter()
    field = page.list.panel.fields["role"]
    field.setCurrentIndex(field.findText("Mentee"))
    field.commit()
    page.list.panel.hide()
    assert {entry.role for entry in page.list.model.records()} == {Role.MENTEE}


def test_only_the_edited_person_is_read_again(page: PeoplePage, desk: Desk) -> None:
    before = {entry.id: entry for entry in page.roster.entries}
    person = everybody(desk)[5]
    page.show_record(person.id)
    write(text_field(page, "family_name"), "Aab")
    assert shown(page)[0] == person.id, "a new name stands in its new place"
    assert all(entry is before[entry.id] for entry in page.roster.entries if entry.id != person.id)


def test_who_comes_back_in_a_search_is_not_told_anew_unless_changed(
    page: PeoplePage, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = everybody(desk)[5]
    page.show_record(person.id)
    told: list[str] = []
    show = page.panel.show_person

    def tell_and_show(entry: Entry, *more: Any) -> None:
        told.append(entry.person.department)
        show(entry, *more)

    monkeypatch.setattr(page.panel, "show_person", tell_and_show)
    page.list.search.setText("qzqz")
    assert page.side.currentWidget() is page.selection
    page.list.search.clear()
    assert (page.side.currentWidget(), page.panel.person, told) == (page.panel, person.id, [])
    page.list.search.setText("qzqz")
    desk.do(verbs.edit, person.id, department="Neubau")
    page.list.search.clear()
    assert told == ["Neubau"]


def test_undo_and_redo_read_only_whom_they_changed(page: PeoplePage, desk: Desk) -> None:
    one = next(entry for entry in page.roster.entries if entry.enrolment is None or entry.tandem is None)
    roster, shown_before = page.roster, shown(page)
    page.remove([one.id])
    assert one.id not in shown(page)
    desk.undo()
    assert (page.roster is roster, page.roster.by_id[one.id], shown(page)) == (True, one, shown_before)
    desk.redo()
    assert (page.roster is roster, one.id in shown(page)) == (True, False)
    desk.undo()
    desk.do(organisation_verbs.employ, [one.id], "Neu & Co")
    roster = page.roster
    desk.undo()
    assert (page.roster is roster, page.roster.by_id[one.id].organisation) == (True, one.organisation)
    desk.do(verbs.set_vetoes, one.id, [shown_before[-1]])
    roster = page.roster
    desk.undo()
    assert page.roster is roster
    topic = next(iter(page.roster.around.topics.values()))
    desk.do(topic_verbs.rename, topic.id, "Anders", "Other")
    desk.undo()
    assert page.roster is not roster, "the topic's name stands in many rows"
    assert desk.touched is None


def test_at_large_text_the_list_has_the_room_until_somebody_is_opened(page: PeoplePage, qtbot: QtBot) -> None:
    beside = page.beside
    assert beside.card.isVisible()
    assert beside.button.isChecked()
    page.resize(620, 780)
    assert not beside.card.isVisible()
    qtbot.waitUntil(lambda: {"name", "state", "role"} <= set(page.list.visible_columns()))
    first = shown(page)[0]
    page.show_record(first)
    assert not beside.card.isVisible()
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert beside.card.isVisible()
    assert page.panel.person == first
    inner = page.panel.widget()
    assert inner is not None
    qtbot.waitUntil(lambda: page.panel.viewport().width() >= inner.minimumSizeHint().width())
    QTest.mouseClick(beside.button, Qt.MouseButton.LeftButton)
    assert not beside.card.isVisible()
    page.table.selectAll()
    assert beside.button.isChecked() is beside.card.isVisible()
    page.resize(1068, 780)
    assert beside.card.isVisible()
    page.resize(620, 780)
    assert beside.card.isVisible(), "several are chosen, and what can be done with them stands there"


def test_topics_are_offered_where_there_are_none(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot)
    assert page.empty.topics_button.isVisible()
    QTest.mouseClick(page.empty.topics_button, Qt.MouseButton.LeftButton)
    assert topics.all_topics(desk.vault)
    assert not page.empty.topics_button.isVisible()
    desk.undo()
    assert page.empty.topics_button.isVisible()


def test_new_duplicate_and_remove_with_undo(
    page: PeoplePage, desk: Desk, said: list[Saying]
) -> None:
    total = len(everybody(desk))
    page.add_button.click()
    assert QApplication.focusWidget() is text_field(page, "given_name")
    write(text_field(page, "given_name"), "Ada")
    new = page.list.chosen()[0]
    assert len(everybody(desk)) == total + 1
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert len(everybody(desk)) == total + 2
    page.list.choose(new.id)
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    assert new.id not in shown(page)
    assert said[-1].undo
    desk.undo()
    assert new.id in shown(page)


def test_who_is_in_a_tandem_stays(page: PeoplePage, said: list[Saying]) -> None:
    paired = next(entry for entry in page.roster.entries if entry.tandem is not None)
    page.remove([paired.id])
    assert paired.id in shown(page)
    assert said[-1].tone == "danger"


def test_many_are_changed_together_after_a_preview(
    page: PeoplePage, desk: Desk, answers: Answers, said: list[Saying]
) -> None:
    page.table.selectAll()
    assert page.side.currentWidget() is page.selection
    assert page.selection.count.text() == f"{len(shown(page))} people selected"
    before = everybody(desk)

    def fill(dialog: BulkEdit) -> bool:
        department = dialog._editors["department"]
        assert isinstance(department, TextField)
        department.setText("Vertrieb")
        dialog._ticks["department"].setChecked(True)
        assert dialog.model.rowCount() == sum(one.department != "Vertrieb" for one in before)
        return True

    answers.dialogs.append(fill)
    page.selection.edit.click()
    assert {one.department for one in everybody(desk)} == {"Vertrieb"}
    assert said[-1].undo
    desk.undo()
    assert everybody(desk) == before


def test_the_menu_and_enter(page: PeoplePage, desk: Desk) -> None:
    page.show_record(everybody(desk)[2].id)
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is text_field(page, "given_name")


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_exports_what_is_shown_and_nothing_confidential(
    page: PeoplePage, desk: Desk, qtbot: QtBot, answers: Answers, tmp_path: Path, said: list[Saying], suffix: str
) -> None:
    page.list.set_filter(RosterFilter(role=Role.MENTOR))
    expected = len(shown(page))

    def choose(dialog: ExportRoster) -> bool:
        (dialog.csv if suffix == "csv" else dialog.xlsx).setChecked(True)
        return True

    answers.dialogs.append(choose)
    answers.files.append(tmp_path / "out")
    page.export_button.click()
    qtbot.waitUntil(lambda: bool(said))
    table = read_table(tmp_path / f"out.{suffix}")
    assert len(table.rows) == expected + 1
    assert desk.settings.folder == str(tmp_path)
    assert not any("ival" in header or "eto" in header for header in table.rows[0])


def test_visible_columns_become_fields() -> None:
    assert [field.value for field in fields_of(["name", "goal", "level_sought", "state", "email"])] == [
        "family_name",
        "given_name",
        "sought",
        "email",
    ]


def test_the_empty_page_offers_an_import(desk: Desk, qtbot: QtBot, answers: Answers) -> None:
    page = opened(desk, qtbot)
    assert page.stack.currentIndex() == 1
    asked: list[str] = []
    answers.files.append(Path(__file__).parents[2] / "samples" / "mitarbeitende.csv")
    answers.dialogs.append(lambda dialog: tell(asked, dialog.material.name))
    page.import_button.click()
    assert asked == ["mitarbeitende.csv"]


def test_a_dropped_file_and_pasted_cells_are_imported(desk: Desk, qtbot: QtBot, answers: Answers) -> None:
    page = opened(desk, qtbot)
    sample = Path(__file__).parents[2] / "samples" / "mitarbeitende.csv"
    seen: list[str] = []
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(sample))])
    answers.dialogs.append(lambda dialog: tell(seen, dialog.material.name))
    actions, buttons, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    page.dropEvent(QDropEvent(QPointF(5, 5), actions, mime, buttons, keys))
    QGuiApplication.clipboard().setText("Name\tAbteilung\nWeiß, Anna\tEinkauf")
    answers.dialogs.append(lambda dialog: tell(seen, str(dialog.material.source)))
    page.paste()
    assert seen == ["mitarbeitende.csv", "Name\tAbteilung\nWeiß, Anna\tEinkauf"]


def test_a_large_roster_is_read_off_the_main_thread(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(people_page, "IN_THE_BACKGROUND", 1)
    desk.do(demo.fill, TODAY)
    page = opened(desk, qtbot)
    wanted = everybody(desk)[-1].id
    page.show_record(wanted)
    qtbot.waitUntil(lambda: page.list.model.total() == len(everybody(desk)))
    assert page.list.chosen()[0].id == wanted


def test_columns_are_kept_and_names_are_not(page: PeoplePage, desk: Desk) -> None:
    page.table.show_column(next(i for i, one in enumerate(page.list.model.columns) if one.key == "email"))
    state = desk.settings.tables["people"]
    assert '"email"' in state
    assert not any(one.family_name in state for one in everybody(desk) if len(one.family_name) > 5)


def test_a_narrow_window_needs_no_sideways_scrolling(page: PeoplePage, desk: Desk, qtbot: QtBot) -> None:
    page.resize(760, 700)
    qtbot.waitUntil(lambda: len(page.list.visible_columns()) < 6)
    qtbot.waitUntil(lambda: page.table.horizontalScrollBar().maximum() == 0)
    page.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    page.resize(1300, 700)
    qtbot.waitUntil(lambda: len(page.list.visible_columns()) == 6)
    assert '"hidden": true' not in desk.settings.tables.get("people", "").split('"personnel_number"')[0]


def test_every_control_has_a_name(page: PeoplePage, desk: Desk) -> None:
    person = next(one for one in everybody(desk) if one.sought() and one.offered())
    page.show_record(person.id)
    kinds = (QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QSlider)
    nameless = [
        widget
        for kind in kinds
        for widget in page.findChildren(kind)
        if widget.isVisible()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not (widget.accessibleName() or getattr(widget, "text", lambda: "")())
    ]
    assert nameless == []
    assert person.sought()[0].side is Side.SOUGHT
