from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from window_fixtures import Answers

from app import i18n
from app.domain.people import Side
from app.domain.programmes import Programme, ProgrammeKind, Role
from app.exchange.fields import Field, LeftOut
from app.exchange.roster import Status, problem_text
from app.places import places
from app.services import programmes as verbs
from app.services.roster import import_roster, remembered_levels
from app.settings import Settings
from app.store import people, programmes, topics
from app.store.vault import Vault
from ui import tasks, theme
from ui.desk import Desk, Saying
from ui.dialogs.import_roster import COLUMNS, FILE, PREVIEW, ImportRoster, start_import
from ui.parts.import_reading import Material

SAMPLES = Path(__file__).parents[2] / "samples"
STAFF = SAMPLES / "mitarbeitende.csv"

OpenDialog = Callable[[Path | str], ImportRoster]


@pytest.fixture
def desk(vault: Vault, home: Path, qapp: QApplication) -> Iterator[Desk]:
    i18n.set_language("en")
    theme.apply(qapp, "light")
    yield Desk(vault, places(home), Settings(language="en"))
    tasks.wait_for_all()


@pytest.fixture
def opened(desk: Desk, qtbot: QtBot) -> OpenDialog:
    def make(source: Path | str) -> ImportRoster:
        dialog = ImportRoster(desk, Material(source))
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitUntil(lambda: dialog._task is None)
        return dialog

    return make


def to_preview(dialog: ImportRoster, qtbot: QtBot) -> None:
    if dialog.stack.currentIndex() == FILE:
        QTest.mouseClick(dialog.next, Qt.MouseButton.LeftButton)
    QTest.mouseClick(dialog.next, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.stack.currentIndex() == PREVIEW)


def to_preview_again(dialog: ImportRoster, qtbot: QtBot) -> None:
    QTest.mouseClick(dialog.next, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.stack.currentIndex() == PREVIEW)


def add_programme(desk: Desk) -> Any:
    return desk.do(verbs.add, Programme(id=verbs.blank().id, title="Reverse 2026"))


def test_finds_out_how_the_file_is_written(opened: OpenDialog) -> None:
    dialog = opened(STAFF)
    assert dialog.facts.encoding.value() == "cp1252"
    assert dialog.facts.separator.value() == ";"
    assert dialog.facts.header_row() == 0
    assert "17 columns" in dialog.facts.said.text()
    assert dialog.next.isEnabled()


def test_while_the_file_is_read_nothing_is_asked_about_it(desk: Desk, qtbot: QtBot) -> None:
    dialog = ImportRoster(desk, Material(STAFF))
    qtbot.addWidget(dialog)
    dialog.show()
    fields = dialog.facts._fields
    assert dialog._task is not None
    assert all(field.isHidden() for field in fields.values())
    qtbot.waitUntil(lambda: dialog._task is None)
    assert {name for name, field in fields.items() if field.isVisible()} == {"encoding", "separator", "header"}


def test_a_corrected_separator_reads_the_file_anew(opened: OpenDialog, qtbot: QtBot) -> None:
    dialog = opened("Name,Team,Ort\nWeiß Anna,Nord,Jena\n")
    assert dialog.columns.mapping.fields >= {Field.FULL_NAME}
    dialog.facts.separator.setCurrentIndex(2)
    dialog.facts.separator.commit()
    qtbot.waitUntil(lambda: dialog._task is None)
    assert "1 column" in dialog.facts.said.text()
    assert not dialog.columns.mapping.names_somebody
    QTest.mouseClick(dialog.next, Qt.MouseButton.LeftButton)
    assert dialog.stack.currentIndex() == COLUMNS
    assert not dialog.next.isEnabled()
    assert dialog._banner is not None
    assert "name" in dialog._banner.text


def test_a_pasted_column_of_names_is_one_column(opened: OpenDialog, qtbot: QtBot) -> None:
    dialog = opened("Name\nMüller, Jörg\nMaier, Eva")
    assert dialog.facts.separator.currentText() == "none (one column)"
    to_preview(dialog, qtbot)
    assert [one.list_name for one in dialog.plan.people_to_insert] == ["Müller, Jörg", "Maier, Eva"]


def test_a_header_under_title_rows_can_be_moved(opened: OpenDialog) -> None:
    dialog = opened("Staff list\tmade in May\n\t\nNachname\tVorname\nWeiß\tAnna\n")
    assert dialog.facts.header_row() == 2
    dialog.facts.header.setCurrentIndex(0)
    dialog.facts.header.commit()
    assert dialog.columns.mapping.header_row is None


def test_columns_are_guessed_shown_with_samples_and_corrected(opened: OpenDialog) -> None:
    dialog = opened(STAFF)
    QTest.mouseClick(dialog.next, Qt.MouseButton.LeftButton)
    by_header = {column.header: column for column in dialog.columns.mapping.columns}
    assert by_header["Möchte lernen (Zielstufe)"].field is Field.SOUGHT
    choice = dialog.columns.choice(by_header["Team"].index)
    choice.setCurrentIndex(choice.findText("Project"))
    choice.commit()
    assert dialog.columns.mapping.of(Field.PROJECT) == (by_header["Team"].index,)
    assert not dialog.columns.mapping.of(Field.TEAM)


def test_special_categories_are_left_out_with_the_reason(opened: OpenDialog) -> None:
    dialog = opened("Name\tReligion\tTeam\nWeiß, Anna\tev.\tNord\n")
    column = dialog.columns.mapping.columns[1]
    assert (column.field, column.left_out) == (None, LeftOut.RELIGION)
    assert "religion" in dialog.columns.choice(1).accessibleDescription().lower()
    assert dialog.columns.choice(1).currentText() == "left out"


def test_the_role_comes_from_the_name_of_the_file(opened: OpenDialog) -> None:
    assert opened(SAMPLES / "mentors.csv").columns.role.value() is Role.MENTOR
    assert opened(STAFF).columns.role.value() is None


def test_words_for_levels_are_asked_for(opened: OpenDialog, qtbot: QtBot) -> None:
    dialog = opened("Name\tEbene\nWeiß, Anna\tSenior\nMüller, Jo\t3\nKurz, Li\t4\n")
    assert tuple(dialog.columns.grades.choices) == ("Senior",)
    dialog.columns.grades.choices["Senior"].setCurrentIndex(2)
    dialog.columns.grades.choices["Senior"].commit()
    to_preview(dialog, qtbot)
    assert [person.level for person in dialog.plan.people_to_insert] == [2, 3, 4]


def test_words_for_levels_are_remembered_and_counted(opened: OpenDialog, qtbot: QtBot) -> None:
    rows = "Name\tEbene\nWeiß, Anna\tSenior\nMüller, Jo\tJunior\nKurz, Li\tSenior\nLang, Bo\tSenior\n"
    dialog = opened(rows)
    assert tuple(dialog.columns.grades.choices) == ("Senior", "Junior")
    labels = [one.text() for one in dialog.columns.findChildren(QLabel)]
    assert {"Senior (3)", "Junior (1)"} <= set(labels)
    desk = dialog._desk
    dialog.columns.grades.choices["Senior"].setCurrentIndex(3)
    dialog.columns.grades.choices["Senior"].commit()
    to_preview(dialog, qtbot)
    desk.do(import_roster, dialog.plan, levels=dialog.columns.grades.told())
    assert remembered_levels(desk.vault) == {"senior": 3}
    again = opened(rows.replace("Senior", "SENIOR"))
    assert again.columns.grades.levels() == {"SENIOR": 3}
    assert "as in the import before" in again.columns.grades.choices["SENIOR"].accessibleDescription()
    desk.undo()
    assert remembered_levels(desk.vault) == {}


def test_a_proposed_level_says_so_and_a_name_without_one_changes_nothing(
    opened: OpenDialog, desk: Desk, qtbot: QtBot
) -> None:
    dialog = opened("Name\tEbene\nWeiß, Anna\t2\nMüller, Jo\t3\n")
    to_preview(dialog, qtbot)
    desk.do(import_roster, dialog.plan)
    dialog = opened("Name\tEbene\nWeiß, Anna\tGrade 7\nMüller, Jo\tHEO\n")
    choice = dialog.columns.grades.choices["Grade 7"]
    assert "proposed: the number in the name" in choice.accessibleDescription()
    to_preview(dialog, qtbot)
    said = dialog.preview.levels.text()
    assert "Proposed career levels, please check: Grade 7 → 7." in said
    assert "Without a career level: HEO; the level of 1 person stays as it is." in said
    (problem,) = dialog.plan.rows[1].problems
    assert "“HEO” was given no career level" in problem_text(problem)
    assert dialog.plan.rows[1].changed == ()
    dialog._show_step(COLUMNS)
    choice.activated.emit(choice.currentIndex())
    assert "proposed" not in choice.accessibleDescription()
    to_preview_again(dialog, qtbot)
    assert "Career levels by name: Grade 7 → 7." in dialog.preview.levels.text()
    desk.do(import_roster, dialog.plan, levels=dialog.columns.grades.told())
    assert {one.family_name: one.level for one in people.all_people(desk.vault)} == {"Weiß": 7, "Müller": 3}
    desk.do(import_roster, dialog.plan, levels={"GRADE 7": None})
    assert remembered_levels(desk.vault) == {}


def test_more_words_than_can_be_asked_for_are_told(opened: OpenDialog) -> None:
    rows = "Name\tEbene\n" + "".join(f"Weiß, A{n}\tgrad {chr(97 + n % 27)}{n % 27}\n" for n in range(60))
    dialog = opened(rows)
    choice = dialog.columns.choice(1)
    choice.setCurrentIndex(choice.findText("Career level"))
    choice.commit()
    assert len(dialog.columns.grades.choices) == 24
    assert any("3 rarer names are not asked for." in one.text() for one in dialog.columns.findChildren(QLabel))


def test_a_footer_can_be_taken_as_somebody(opened: OpenDialog, qtbot: QtBot) -> None:
    dialog = opened("Name\tTeam\nKurz, Li\tA\nTotal\t\n")
    to_preview(dialog, qtbot)
    assert [row.status for row in dialog.plan.rows] == [Status.NEW, Status.WRONG]
    assert dialog.preview.take.isHidden()
    assert dialog.preview.table.choose(3)
    assert "line of the report" in dialog.preview.full.text()
    QTest.mouseClick(dialog.preview.take, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(dialog.plan.people_to_insert) == 2)
    assert dialog.stack.currentIndex() == PREVIEW
    assert dialog.preview.take.isHidden()


def test_levels_counted_upwards_are_turned_and_the_preview_says_so(opened: OpenDialog, qtbot: QtBot) -> None:
    dialog = opened(
        "Name\tPosition\tKarrierestufe\nKurz, Li\tAzubi\t1\nWeiß, Anna\tGeschäftsführerin\t9\nMay, Jo\tExperte\t4\n"
    )
    direction = dialog.columns.direction
    assert direction.value() == 9
    assert "positions" in direction.said.text()
    to_preview(dialog, qtbot)
    assert [person.level for person in dialog.plan.people_to_insert] == [9, 1, 6]
    (said, _) = dialog.preview.levels.text().splitlines()
    assert said == "Career levels are turned round: 9 in the file becomes 1, 1 becomes 9."
    dialog._show_step(COLUMNS)
    direction.top.setCurrentIndex(0)
    direction.top.commit()
    to_preview_again(dialog, qtbot)
    assert [person.level for person in dialog.plan.people_to_insert] == [1, 9, 4]
    (said, _) = dialog.preview.levels.text().splitlines()
    assert said == "Career levels: 1 is the highest in the file, 9 the lowest."


def test_levels_that_nothing_explains_are_asked_about(opened: OpenDialog, qtbot: QtBot) -> None:
    dialog = opened("Name\tEbene\nKurz, Li\t2\nWeiß, Anna\t7\n")
    assert dialog.columns.direction.value() == 1
    to_preview(dialog, qtbot)
    assert "Please check" in dialog.preview.levels.text()
    with i18n.speaking("de"):
        assert "Bitte prüfen" in dialog.columns.direction.summary()
    assert dialog.columns.direction.isHidden() is False
    assert opened("Name\tTeam\nKurz, Li\tA\n").columns.direction.isHidden()


def test_the_preview_says_what_happens_to_each_row_and_writes_nothing(
    opened: OpenDialog, desk: Desk, qtbot: QtBot
) -> None:
    dialog = opened(STAFF)
    to_preview(dialog, qtbot)
    counts = dialog.plan.counts
    assert counts[Status.NEW] == 76
    assert counts[Status.DOUBLED] == 1
    assert dialog.next.text() == "Import 76 people"
    dialog.preview.filters["doubled"].click()
    rows = dialog.preview.model.records()
    assert [row.status for row in rows] == [Status.DOUBLED]
    assert dialog.preview.table.choose(rows[0].row)
    assert "row" in dialog.preview.full.text()
    assert people.count(desk.vault) == 0


def test_importing_is_one_step_that_enrols_too(
    desk: Desk, qtbot: QtBot, answers: Answers
) -> None:
    programme = add_programme(desk)
    said: list[Saying] = []
    desk.said.connect(said.append)

    def accept(dialog: ImportRoster) -> bool:
        qtbot.waitUntil(lambda: dialog._task is None)
        to_preview(dialog, qtbot)
        return True

    answers.dialogs.append(accept)
    start_import(desk, QWidget(), Material(STAFF))
    qtbot.waitUntil(lambda: bool(said))
    assert said[-1] == Saying("76 people imported · 64 people enrolled", undo=True)
    assert people.count(desk.vault) == 76
    assert len(programmes.enrolments(desk.vault, programme)) > 40
    everybody = people.all_people(desk.vault)
    assert any(skill.side is Side.SOUGHT for person in everybody for skill in person.skills)
    desk.undo()
    assert people.count(desk.vault) == 0
    assert topics.all_topics(desk.vault) == ()


def test_a_second_import_has_nothing_to_write(
    desk: Desk, opened: OpenDialog, qtbot: QtBot, answers: Answers
) -> None:
    def accept(dialog: ImportRoster) -> bool:
        qtbot.waitUntil(lambda: dialog._task is None)
        to_preview(dialog, qtbot)
        return True

    answers.dialogs.append(accept)
    start_import(desk, QWidget(), Material(STAFF))
    qtbot.waitUntil(lambda: people.count(desk.vault) == 76)
    dialog = opened(STAFF)
    to_preview(dialog, qtbot)
    assert dialog.plan.counts[Status.UNCHANGED] == 76
    assert not dialog.next.isEnabled()


def test_without_a_programme_one_is_made_for_the_roles_of_the_file(
    desk: Desk, qtbot: QtBot, answers: Answers
) -> None:
    said: list[Saying] = []
    desk.said.connect(said.append)

    def accept(dialog: ImportRoster) -> bool:
        qtbot.waitUntil(lambda: dialog._task is None)
        to_preview(dialog, qtbot)
        assert dialog.preview.enrolling.enrol.isVisibleTo(dialog)
        assert dialog.first is not None
        assert dialog.first.title in dialog.preview.enrolling.enrol.text()
        return True

    answers.dialogs.append(accept)
    start_import(desk, QWidget(), Material(STAFF))
    qtbot.waitUntil(lambda: bool(said))
    assert people.count(desk.vault) == 76
    (made,) = programmes.all_programmes(desk.vault)
    assert len(programmes.enrolments(desk.vault, made.id)) == 64
    undone = desk.undo()
    assert undone is not None
    assert undone.label == "roster.import_roster"
    assert programmes.all_programmes(desk.vault) == ()
    assert people.count(desk.vault) == 0


def test_of_several_programmes_one_is_chosen_to_enrol_in(desk: Desk, qtbot: QtBot, answers: Answers) -> None:
    ours, other = (desk.do(verbs.add, replace(verbs.blank(), title=title)) for title in ("Zweites", "Erstes"))
    desk.choose_programme(ours)

    def accept(dialog: ImportRoster) -> bool:
        qtbot.waitUntil(lambda: dialog._task is None)
        to_preview(dialog, qtbot)
        where = dialog.preview.enrolling.where
        assert where.isVisibleTo(dialog)
        assert [where.itemText(at) for at in range(where.count())] == ["Erstes", "Zweites"]
        found = [dialog.programme]
        where.setCurrentIndex(0)
        where.commit()
        found.append(dialog.programme)
        dialog.preview.enrolling.enrol.setChecked(False)
        assert [*found, dialog.programme] == [ours, other, None]
        dialog.preview.enrolling.enrol.setChecked(True)
        return True

    said: list[Saying] = []
    desk.said.connect(said.append)
    answers.dialogs.append(accept)
    start_import(desk, QWidget(), Material(STAFF))
    qtbot.waitUntil(lambda: bool(said))
    assert len(programmes.enrolments(desk.vault, other)) == 64
    assert programmes.enrolments(desk.vault, ours) == ()


def test_the_preview_says_who_is_enrolled_as_what(desk: Desk, opened: OpenDialog, qtbot: QtBot) -> None:
    ours, other = (desk.do(verbs.add, replace(verbs.blank(), title=title)) for title in ("Zweites", "Erstes"))
    desk.choose_programme(ours)
    rows = "Name\tRolle\nWeiß, Anna\tMentor\nMüller, Jo\tMentee\nKurz, Li\tMentee\n"
    dialog = opened(rows)
    to_preview(dialog, qtbot)
    enrolling = dialog.preview.enrolling
    assert enrolling.said.text() == "1 as mentor · 2 as mentees"
    enrolling.where.setCurrentIndex(0)
    enrolling.where.commit()
    assert dialog.programme == other
    dialog._show_step(COLUMNS)
    dialog.columns.role.setCurrentIndex(1)
    dialog.columns.role.commit()
    to_preview_again(dialog, qtbot)
    assert dialog.programme == other  # what was chosen stays
    enrolling.enrol.click()
    assert enrolling.goal() is None
    assert enrolling.said.text() == "Nobody is enrolled in a programme."
    assert enrolling.enrol.accessibleDescription() == enrolling.said.text()
    desk.do(import_roster, dialog.plan, ours)
    dialog = opened(rows.replace("Mentee", "Mentor", 1))
    to_preview(dialog, qtbot)
    assert not dialog.preview.enrolling.enrol.isChecked()  # all are there already
    dialog.preview.enrolling.enrol.click()
    assert dialog.programme == ours
    said = dialog.preview.enrolling.said.text()
    assert said == "2 as mentors · 1 as mentee · 3 are there already · 1 of them gets another role"


def test_in_a_mutual_programme_all_become_partners(desk: Desk, opened: OpenDialog, qtbot: QtBot) -> None:
    desk.do(verbs.add, replace(verbs.blank(), title="Quer", kind=ProgrammeKind.MUTUAL))
    dialog = opened("Name\tRolle\nWeiß, Anna\tMentor\nMüller, Jo\tMentee\n")
    to_preview(dialog, qtbot)
    assert dialog.preview.enrolling.said.text() == "2 as tandem partners"


def test_a_file_without_roles_says_that_nobody_is_enrolled(desk: Desk, opened: OpenDialog, qtbot: QtBot) -> None:
    add_programme(desk)
    dialog = opened("Name\tTeam\nWeiß, Anna\tNord\n")
    to_preview(dialog, qtbot)
    assert "Nobody is enrolled: the file says no role." in dialog.preview.levels.text()
    assert not dialog.preview.enrolling.enrol.isVisibleTo(dialog)
    assert dialog.programme is None


def test_no_programme_is_made_when_nobody_is_to_be_enrolled(opened: OpenDialog, qtbot: QtBot) -> None:
    dialog = opened(STAFF)
    to_preview(dialog, qtbot)
    dialog.preview.enrolling.enrol.setChecked(False)
    assert dialog.first is None
    assert dialog.next.isEnabled()


def test_a_workbook_with_a_cover_opens_at_the_sheet_with_people(
    opened: OpenDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "staff.xlsx"))
    book.add_worksheet("Cover").write_row(0, 0, ["Staff of November"])
    sheet = book.add_worksheet("List")
    sheet.write_row(0, 0, ["Nachname", "Vorname", "Abteilung"])
    sheet.write_row(1, 0, ["Weiß", "Anna", "Einkauf"])
    book.close()
    dialog = opened(tmp_path / "staff.xlsx")
    assert dialog.facts.sheet.value() == "List"
    assert dialog.columns.mapping.names_somebody
    dialog.facts.sheet.setCurrentIndex(0)
    dialog.facts.sheet.commit()
    qtbot.waitUntil(lambda: dialog._task is None)
    assert dialog.facts.sheet.value() == "Cover"  # what is chosen by hand is read as chosen


def test_a_cover_that_names_somebody_is_not_the_list(opened: OpenDialog, tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "staff.xlsx"))
    cover = book.add_worksheet("Deckblatt")
    cover.write_column(0, 0, ["Mitarbeitende", "Export aus SAP", "Anna Weiß"])
    book.add_worksheet("Leer")
    book.add_worksheet("Liste").write_row(2, 0, ["Nachname", "Vorname", "Abteilung", "Eintritt"])
    book.close()
    assert opened(tmp_path / "staff.xlsx").facts.sheet.value() == "Liste"


def test_enrolling_can_be_left_out(desk: Desk, opened: OpenDialog, qtbot: QtBot) -> None:
    programme = add_programme(desk)
    dialog = opened(STAFF)
    to_preview(dialog, qtbot)
    assert dialog.programme == programme
    dialog.preview.enrolling.enrol.setChecked(False)
    assert dialog.programme is None


def test_a_file_that_is_no_table_is_named_in_a_banner(opened: OpenDialog, tmp_path: Path) -> None:
    picture = tmp_path / "picture.csv"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(400))
    dialog = opened(picture)
    assert dialog._banner is not None
    assert "not a table" in dialog._banner.text
    assert not dialog.next.isEnabled()


def test_cells_are_pasted_by_key(opened: OpenDialog, qtbot: QtBot) -> None:
    dialog = opened(STAFF)
    QGuiApplication.clipboard().setText("Nachname\tVorname\nWeiß\tAnna\n")
    QTest.keyClick(dialog, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: dialog._task is None)
    assert dialog.name.text() == "cells from the clipboard"
    assert "2 rows" in dialog.facts.said.text()
    QGuiApplication.clipboard().setText("one word")
    dialog.paste()
    assert dialog._banner is not None


def test_everything_in_the_dialog_has_a_name(opened: OpenDialog, qtbot: QtBot) -> None:
    dialog = opened(STAFF)
    to_preview(dialog, qtbot)
    for step in (FILE, COLUMNS, PREVIEW):
        dialog.stack.setCurrentIndex(step)
        nameless: list[QObject] = [
            widget
            for widget in dialog.findChildren(QWidget)
            if widget.isVisible()
            and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and not (widget.accessibleName() or getattr(widget, "text", lambda: "")())
        ]
        assert nameless == []
