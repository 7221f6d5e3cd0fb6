"""The whole way once, by clicks and keys: from an empty home and a staff list to the printed tandems."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from window_fixtures import Answers, OpenWindow, Stage, click, type_over, type_text

from app.domain.ids import TandemId
from app.domain.programmes import Role
from app.domain.tandems import Tandem, TandemState
from app.store import meetings, notes, people, programmes, tandems
from ui import tasks
from ui.desk import Place
from ui.dialogs.import_roster import PREVIEW, ImportRoster
from ui.dialogs.new_vault import NewVault
from ui.dialogs.protect import Protect
from ui.main import arguments
from ui.pages.documents import DocumentsPage
from ui.pages.pairing import PairingPage
from ui.pages.people import PeoplePage
from ui.pages.programme import ProgrammePage
from ui.pages.tandem import TandemPage
from ui.pages.tandems import TandemsPage
from ui.parts.document_sheets import SHEETS
from ui.parts.pairing_board import PairingBoard

STAFF = Path(__file__).parents[1] / "samples" / "mitarbeitende.csv"
PASSPHRASE = "Zirbelkiefer-Wasserwaage-77"
CANARY = "Wendehalsruf"
SHARED = "Gemeinsam den Kalender eingerichtet"


def make_first_vault(stage: Stage, answers: Answers) -> None:
    def fill(dialog: NewVault) -> bool:
        type_over(dialog.name, "Mentoring Feinwerk")
        click(dialog.next)
        type_text(dialog.passphrase.line, PASSPHRASE)
        type_text(dialog.again.line, PASSPHRASE)
        click(dialog.make)
        stage.qtbot.waitUntil(lambda: dialog.steps is not None, timeout=60_000)
        prove_sheet(stage, dialog)
        return True

    answers.dialogs.append(fill)
    assert stage.window.unlock is not None
    click(stage.window.unlock.begin)
    stage.qtbot.waitUntil(lambda: stage.window.workplace is not None and stage.window.workplace.isVisible())


def through_the_import(qtbot: QtBot) -> Callable[[ImportRoster], bool]:
    """File, columns, preview, import."""

    def steps(dialog: ImportRoster) -> bool:
        qtbot.waitUntil(lambda: dialog._task is None and dialog.next.isEnabled())
        click(dialog.next)
        click(dialog.next)
        qtbot.waitUntil(lambda: dialog.stack.currentIndex() == PREVIEW and dialog._task is None)
        if dialog.first is not None:
            click(dialog.preview.enrolling.enrol)  # the programme is made by hand here
        with qtbot.waitSignal(dialog.accepted):
            click(dialog.next)
        return True

    return steps


def prove_sheet(stage: Stage, dialog: NewVault) -> None:
    """Types the code from the sheet's text, as from the paper."""
    steps = dialog.steps
    assert steps is not None
    stage.qtbot.waitUntil(steps.print.isEnabled, timeout=60_000)
    text = PdfReader(BytesIO(steps.pdf.pdf)).pages[0].extract_text()
    groups = re.findall(r"^[0-9A-Z]{4}$", text, re.MULTILINE)
    click(steps.go_on)
    for box, group in zip(steps.field.boxes, groups, strict=True):
        type_text(box, group)
    with stage.qtbot.waitSignal(dialog.accepted):
        click(steps.check)


def import_staff(stage: Stage, answers: Answers) -> None:
    page = stage.go("people")
    assert isinstance(page, PeoplePage)
    answers.files.append(STAFF)
    answers.dialogs.append(through_the_import(stage.qtbot))
    stage.click(page.import_button)
    at_rest(stage)


def at_rest(stage: Stage) -> None:
    stage.qtbot.waitUntil(lambda: not tasks.running(), timeout=20_000)
    QApplication.processEvents()


def make_programme(stage: Stage) -> None:
    page = stage.go("programme")
    assert isinstance(page, ProgrammePage)
    stage.click(page.empty.button)
    type_over(page.form.title.input, "Reverse Mentoring Süd")
    stage.key("Ctrl+1")
    assert stage.desk.programme is not None


def pair_all(stage: Stage) -> int:
    """Takes the whole plan, takes it back, and takes it again; gives the number of tandems."""
    page = stage.go("pairing")
    assert isinstance(page, PairingPage)
    stage.qtbot.waitUntil(lambda: page.outcome is not None and page.accept_button.isEnabled(), timeout=20_000)
    assert page.outcome is not None
    proposed = len(page.outcome.plan.pairs)
    assert isinstance(page.board, PairingBoard)
    stage.click(page.accept_button)
    assert len(pairs_of(stage)) == proposed > 10
    stage.key("Ctrl+Z")
    assert pairs_of(stage) == ()
    stage.key("Ctrl+Shift+Z")
    assert len(pairs_of(stage)) == proposed
    return proposed


def pairs_of(stage: Stage) -> tuple[Tandem, ...]:
    assert stage.desk.programme is not None
    return tandems.of_programme(stage.desk.vault, stage.desk.programme)


def follow_one(stage: Stage) -> TandemId:
    """Opens the first tandem of the list, activates it, enters its first meeting, writes a private note."""
    listed = stage.go("tandems")
    assert isinstance(listed, TandemsPage)
    at_rest(stage)
    at = listed.table.visualRect(listed.table.model().index(0, 0)).center()
    QTest.mouseClick(listed.table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    QTest.keyClick(listed.table, Qt.Key.Key_Return)
    page = stage.page
    assert isinstance(page, TandemPage)
    assert page.record is not None
    stage.click(page.step_button)  # agreed
    for block in page.head_card.blocks:
        stage.click(block.give_button)
    stage.click(page.step_button)  # active, though nothing was agreed in advance
    assert page.banner is not None
    stage.click(next(one for one in page.banner.findChildren(QPushButton) if one.text() == "Trotzdem starten"))
    enter_meeting(stage, page)
    stage.click(page.private.add_button)
    type_over(page.private.editor.title, f"{CANARY} im Titel")
    type_over(page.private.editor.text, f"Nur für mich: {CANARY}")
    return page.record


def enter_meeting(stage: Stage, page: TandemPage) -> None:
    first = next(iter(page.meetings.items.values()))
    stage.click(first.open_button)
    form = first.form
    assert form is not None
    QApplication.processEvents()
    type_over(form.held_on.input, "20.11.2026")
    QTest.keyClick(form.held_on.input, Qt.Key.Key_Return)
    type_over(form.minutes.input, "75")
    QTest.keyClick(form.minutes.input, Qt.Key.Key_Return)
    type_over(form.summary.input if hasattr(form.summary, "input") else form.summary, SHARED)


def save_documents(stage: Stage, answers: Answers, folder: Path) -> dict[str, str]:
    """Every document as a PDF by the page's button; their texts by the document's key."""
    page = stage.go("documents")
    assert isinstance(page, DocumentsPage)
    found = {}
    for row, sheet in enumerate(SHEETS):
        page.gallery.setFocus()
        QTest.keyClick(page.gallery, Qt.Key.Key_Home)
        for _ in range(row):
            QTest.keyClick(page.gallery, Qt.Key.Key_Down)
        assert page.gallery.currentRow() == row
        stage.qtbot.waitUntil(lambda: not page._soon.isActive() and page._task is None and page.save.isEnabled())
        at_rest(stage)
        path = folder / f"{sheet.key}.pdf"
        answers.files.append(path)

        def protect(dialog: Protect) -> bool:
            click(dialog.save)
            return True

        answers.dialogs.append(protect)
        stage.click(page.save)
        stage.qtbot.waitUntil(path.exists)
        at_rest(stage)
        reader = PdfReader(path)
        found[sheet.key] = "\n".join(sheet_page.extract_text() for sheet_page in reader.pages)
        found[sheet.key] += str(reader.metadata)
    return found


@pytest.mark.timeout(240)
def test_from_an_empty_home_to_the_printed_tandems(
    open_window: OpenWindow, answers: Answers, today: object, tmp_path: Path
) -> None:
    assert today
    stage = open_window(language="de")
    make_first_vault(stage, answers)
    import_staff(stage, answers)
    everyone = people.all_people(stage.desk.vault)
    assert len(everyone) > 70
    make_programme(stage)
    import_staff(stage, answers)  # again, now with a programme: nobody is doubled, those with a role are enrolled
    assert len(people.all_people(stage.desk.vault)) == len(everyone)
    assert stage.desk.programme is not None
    enrolled = programmes.enrolments(stage.desk.vault, stage.desk.programme)
    assert {Role.MENTOR, Role.MENTEE} <= {one.role for one in enrolled}
    count = pair_all(stage)
    tandem = follow_one(stage)
    texts = save_documents(stage, answers, tmp_path)
    look_at_documents(stage, texts, tandem)
    stage.key("Ctrl+L")
    options = arguments(stage.restarts[0])
    again = open_window(chosen=options.file, start=Place("tandem", tandem), language="de")
    again.unlock(PASSPHRASE)
    everything_is_there(again, tandem, len(everyone), count)


def look_at_documents(stage: Stage, texts: dict[str, str], tandem: TandemId) -> None:
    names = {person.id: person for person in people.all_people(stage.desk.vault)}
    for one in pairs_of(stage):
        for member in one.members:
            assert names[member.person].family_name in texts["tandem_list"]
    shown = tandems.tandem(stage.desk.vault, tandem)
    assert shown is not None
    for member in shown.members:
        for key in ("agreement", "certificates"):
            assert names[member.person].family_name in texts[key], key
    assert "Reverse Mentoring Süd" in texts["evaluation"]
    for key, text in texts.items():
        assert CANARY.casefold() not in text.casefold(), key


def everything_is_there(stage: Stage, tandem: TandemId, everyone: int, pairs: int) -> None:
    vault = stage.desk.vault
    assert len(people.all_people(vault)) == everyone
    assert len(pairs_of(stage)) == pairs
    found = tandems.tandem(vault, tandem)
    assert found is not None
    assert found.state is TandemState.ACTIVE
    assert all(member.consent_on for member in found.members)
    held = meetings.of_tandem(vault, tandem)[0]
    assert (str(held.held_on), held.minutes, held.summary) == ("2026-11-20", 75, SHARED)
    assert [(note.title, note.body) for note in notes.about_tandem(vault, tandem)] == [
        (f"{CANARY} im Titel", f"Nur für mich: {CANARY}")
    ]
    assert isinstance(stage.page, TandemPage)
    assert stage.page.record == tandem
