"""Name badges and table cards on the documents page: what is chosen, guests, what is kept and what is not."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from window_fixtures import OpenWindow, Stage, type_text

from app.documents.badge_inputs import Below, Measure, Tent, Who
from app.services import programmes
from app.store import people, tandems
from ui.pages.documents import DocumentsPage
from ui.parts.document_sheets import SHEETS
from ui.parts.editors import ChoiceField
from ui.parts.name_choices import BADGES, CARDS
from ui.parts.print_run import PrintRun

KEYS = [sheet.key for sheet in SHEETS]
GUEST = "Zacharias Zufallsgast"


@pytest.fixture
def stage(open_demo: OpenWindow) -> Stage:
    return open_demo("en")


@pytest.fixture
def page(stage: Stage, qtbot: QtBot) -> DocumentsPage:
    found = stage.go("documents")
    assert isinstance(found, DocumentsPage)
    qtbot.waitUntil(found.save.isEnabled, timeout=30_000)
    found.gallery.setCurrentRow(KEYS.index(BADGES))
    shown(qtbot, found)
    return found


def shown(qtbot: QtBot, page: DocumentsPage) -> PdfReader:
    qtbot.waitUntil(page.save.isEnabled, timeout=30_000)
    return PdfReader(io.BytesIO(page.pdf.pdf))


def text_of(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def pick(box: ChoiceField, value: object) -> None:
    box.setCurrentIndex(next(at for at in range(box.count()) if box._values[at] == value))
    box.activated.emit(box.currentIndex())


def test_only_badges_and_cards_have_these_choices(page: DocumentsPage, qtbot: QtBot) -> None:
    choices = page.names
    assert (choices.isVisible(), choices.measure.isVisible(), choices.tent.isVisible()) == (True, True, False)
    page.gallery.setCurrentRow(KEYS.index(CARDS))
    assert (choices.isVisible(), choices.measure.isVisible(), choices.tent.isVisible()) == (True, False, True)
    assert choices.more.start.isHidden()
    shown(qtbot, page)
    page.gallery.setCurrentRow(KEYS.index("evaluation"))
    assert not choices.isVisible()
    shown(qtbot, page)


def test_everybody_or_only_who_is_in_a_tandem(stage: Stage, page: DocumentsPage, qtbot: QtBot) -> None:
    desk = stage.desk
    assert desk.programme is not None
    paired = {member.person for one in tandems.of_programme(desk.vault, desk.programme) for member in one.members}
    alone = next(one for one in people.enrolled(desk.vault, desk.programme) if one.id not in paired)
    assert alone.family_name in text_of(shown(qtbot, page))
    pick(page.names.who, Who.OPEN)
    assert not page.save.isEnabled()
    assert alone.family_name not in text_of(shown(qtbot, page))


def test_guests_blank_ones_and_a_half_used_sheet(stage: Stage, page: DocumentsPage, qtbot: QtBot) -> None:
    choices = page.names
    pick(choices.measure, Measure.LARGE)
    before = len(shown(qtbot, page).pages)
    stage.click(choices.button)
    assert choices.more.isVisible()
    choices.more.guests.text.setFocus()
    choices.more.guests.text.setPlainText(f"{GUEST}\n\n  Ada   Adler \n")
    qtbot.waitUntil(lambda: not page.save.isEnabled(), timeout=10_000)
    type_text(choices.more.blanks.input, "9")
    QTest.keyClick(choices.more.blanks.input, Qt.Key.Key_Return)
    choices.more.start.input.selectAll()
    type_text(choices.more.start.input, "10")
    QTest.keyClick(choices.more.start.input, Qt.Key.Key_Return)
    choices.more.below[Below.ROLE].click()
    wishes = choices.wishes()
    assert (wishes.guests, wishes.start) == ((GUEST, "Ada Adler"), 10)
    assert wishes.below == {Below.AFFILIATION, Below.PARTNER}
    reader = shown(qtbot, page)
    found = text_of(reader)
    assert GUEST in found
    assert "Mentee" not in found
    assert len(reader.pages) > before
    choices.more.close()


def test_guests_are_kept_nowhere_and_the_sheet_is(stage: Stage, page: DocumentsPage, qtbot: QtBot) -> None:
    page.names.more.guests.text.setPlainText(GUEST)
    qtbot.waitUntil(lambda: GUEST in text_of(shown(qtbot, page)), timeout=30_000)
    pick(page.names.measure, Measure.SMALL)
    shown(qtbot, page)
    page.names.more.below[Below.PARTNER].click()
    shown(qtbot, page)
    words = GUEST.encode()
    files = [file for file in stage.home.rglob("*") if file.is_file()]
    assert files
    assert not any(words in file.read_bytes() for file in files)
    assert stage.desk.vault.row("SELECT count(*) FROM person WHERE family_name LIKE '%Zufallsgast%'") == (0,)
    other = DocumentsPage(stage.desk)
    qtbot.addWidget(other)
    other.ensure_fresh()
    wishes = other.names.wishes()
    assert (wishes.measure, wishes.guests) == (Measure.SMALL, ())
    assert wishes.below == {Below.AFFILIATION, Below.ROLE}
    other.names.restore({"who": 7, "measure": "A9", "below": "x"})
    assert other.names.wishes().measure is Measure.SMALL


def test_a_smaller_sheet_takes_no_place_that_it_has_not(page: DocumentsPage, qtbot: QtBot) -> None:
    pick(page.names.measure, Measure.SMALL)
    page.names.more.start.set_value(12)
    pick(page.names.measure, Measure.LARGE)
    assert page.names.wishes().start == 10
    assert page.names.more.start.value() == 10
    shown(qtbot, page)


def test_only_sheets_of_labels_have_a_first_free_place(page: DocumentsPage, qtbot: QtBot) -> None:
    more = page.names.more
    pick(page.names.measure, Measure.SMALL)
    assert not more.start.isHidden()
    more.start.set_value(7)
    pick(page.names.measure, Measure.CUT)
    assert more.start.isHidden()
    assert page.names.wishes().start == 1
    pick(page.names.measure, Measure.SMALL)
    assert (more.start.isHidden(), page.names.wishes().start) == (False, 7)
    shown(qtbot, page)


def test_nobody_to_print_is_said_and_a_guest_helps(stage: Stage, page: DocumentsPage, qtbot: QtBot) -> None:
    empty = stage.desk.do(programmes.add, programmes.beginning("Empty", date.today()))
    stage.desk.choose_programme(empty)
    qtbot.waitUntil(lambda: "nobody to print a name for" in page.missing.text(), timeout=10_000)
    assert not page.save.isEnabled()
    page.names.more.guests.text.setPlainText(GUEST)
    qtbot.waitUntil(page.save.isEnabled, timeout=30_000)
    assert GUEST in text_of(shown(qtbot, page))
    assert "nobody" not in page.missing.text()


@pytest.mark.parametrize("tent", Tent)
def test_a_card_is_printed_over_the_whole_sheet_however_it_lies(
    page: DocumentsPage, qtbot: QtBot, tmp_path: Path, tent: Tent
) -> None:
    pick(page.names.who, Who.OPEN)
    page.gallery.setCurrentRow(KEYS.index(CARDS))
    page.names.tent.show_value(Tent.HIGH if tent is Tent.WIDE else Tent.WIDE)
    pick(page.names.tent, tent)
    shown(qtbot, page)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFromTo(1, 1)
    run = PrintRun(page.pdf.pdf, printer)
    with qtbot.waitSignal(run.start(lambda: None, lambda fault: pytest.fail(fault.code)).over):
        pass
    qtbot.waitUntil(lambda: not run.printing)
    (picture,) = PdfReader(tmp_path / "printed.pdf").pages[0].images
    assert picture.image is not None
    assert picture.image.size == pytest.approx((2480, 3508), abs=8), "A4 upright at 300 dots per inch"
