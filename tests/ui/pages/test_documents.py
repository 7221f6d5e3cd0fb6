"""The documents page: live preview from memory, what is chosen is what is shown, saved and printed."""

from __future__ import annotations

import io
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_fixtures import Answers, OpenWindow, Stage, button_of

from app import i18n
from app.domain.ids import PublishingId
from app.domain.tandems import OPEN_STATES
from app.errors import Cancelled, Fault
from app.services import drafts, houses, plans, programmes
from app.services import tandems as tandem_verbs
from app.store import publishings, tandems
from app.store.vault import Vault
from ui import tasks
from ui.desk import Place
from ui.pages import documents
from ui.pages.documents import DocumentsPage
from ui.parts.document_choices import ALL, DRAFT
from ui.parts.document_sheets import SHEETS, Options, Printed, Sheet, reader
from ui.parts.pdf_file import write_pdf
from ui.parts.print_run import PrintRun
from ui.tasks import Task

KEYS = [sheet.key for sheet in SHEETS]


@pytest.fixture
def stage(open_demo: OpenWindow) -> Stage:
    return open_demo("en")


@pytest.fixture
def page(stage: Stage, qtbot: QtBot) -> DocumentsPage:
    found = stage.go("documents")
    assert isinstance(found, DocumentsPage)
    qtbot.waitUntil(found.save.isEnabled, timeout=30_000)
    return found


def choose(qtbot: QtBot, page: DocumentsPage, key: str) -> PdfReader:
    page.gallery.setCurrentRow(KEYS.index(key))
    return ready(qtbot, page)


def ready(qtbot: QtBot, page: DocumentsPage) -> PdfReader:
    qtbot.waitUntil(page.save.isEnabled, timeout=30_000)
    return PdfReader(io.BytesIO(page.pdf.pdf))


def pick(page: DocumentsPage, box_name: str, value: object) -> None:
    box = getattr(page, box_name)
    row = box.findData(value)
    assert row >= 0
    box.setCurrentIndex(row)
    box.activated.emit(row)


def text_of(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_each_document_is_shown_from_memory(
    page: DocumentsPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    titles = {"tandem_list": "List of tandems", "agreement": "Mentoring agreement", "evaluation": "Evaluation report",
              "certificates": "Certificate of participation",
              "pairing_protocol": "Protocol of the pairing", "letters": "Your tandem with",
              "badges": "Name badges", "table_cards": "Table card", "start_check": "Check before the start",
              "about_mentoring": "What mentoring is", "self_check": "Am I the right mentor?",
              "expectations": "Expectation sheet", "ground_rules": "Ground rules",
              "reservations": "Said openly, without a name", "interim": "Interim talk"}  # fmt: skip
    one_page = {"start_check", "about_mentoring", "ground_rules"}
    for key in (*KEYS[1:], KEYS[0]):
        shown = choose(qtbot, page, key)
        assert page.pdf.page_count == len(shown.pages)
        assert (len(shown.pages) == 1) is (key in one_page), key
        assert page.pdf.pages.text() == ("1 page" if key in one_page else f"{len(shown.pages)} pages")
        assert titles[key] in shown.pages[0].extract_text()
    assert list(scratch.iterdir()) == []


def test_the_documents_language_is_chosen_apart_from_the_windows(page: DocumentsPage, qtbot: QtBot) -> None:
    choose(qtbot, page, "evaluation")
    pick(page, "language", "de")
    assert not page.save.isEnabled()  # the English one that is still shown can't be saved as the German one
    found = text_of(ready(qtbot, page))
    assert "Auswertungsbericht" in found
    assert "Evaluation" not in found
    assert i18n.language() == "en"


def test_one_tandems_agreement(stage: Stage, page: DocumentsPage, qtbot: QtBot) -> None:
    assert stage.desk.programme is not None
    one = tandems.of_programme(stage.desk.vault, stage.desk.programme)[4]
    assert len(choose(qtbot, page, "agreement").outline) == 34
    assert page.tandem.isVisible()
    pick(page, "tandem", one.id)
    reader = ready(qtbot, page)
    assert len(reader.outline) == 1
    (entry,) = reader.outline
    assert not isinstance(entry, list)
    assert str(entry.title).startswith(f"Tandem {one.number}:")
    choose(qtbot, page, "evaluation")
    assert not page.tandem.isVisible()


def save(page: DocumentsPage, stage: Stage, answers: Answers, path: Path, end: Callable[..., bool]) -> None:
    answers.files.append(path)
    answers.dialogs.append(end)
    stage.click(page.save)


def test_saving_writes_the_shown_file(stage: Stage, page: DocumentsPage, qtbot: QtBot, answers: Answers,
                                      tmp_path: Path) -> None:  # fmt: skip
    path = tmp_path / "out" / "List"
    path.parent.mkdir()
    shown = page.pdf.pdf
    save(page, stage, answers, path, lambda _: True)
    written = path.with_name("List.pdf")
    qtbot.waitUntil(written.exists)
    assert written.read_bytes() == shown
    assert list(path.parent.iterdir()) == [written]
    qtbot.waitUntil(lambda: stage.desk.settings.folder == str(path.parent))


def test_saving_with_a_password(stage: Stage, page: DocumentsPage, qtbot: QtBot, answers: Answers,
                                tmp_path: Path) -> None:  # fmt: skip
    path = tmp_path / "List.pdf"

    def protect(dialog: object) -> bool:
        dialog.with_password.setChecked(True)  # type: ignore[attr-defined]
        dialog.field.line.setText("Lampe 7")  # type: ignore[attr-defined]
        return True

    save(page, stage, answers, path, protect)
    qtbot.waitUntil(path.exists)
    reader = PdfReader(path)
    assert reader.is_encrypted
    assert not reader.decrypt("")
    assert reader.decrypt("Lampe 7")
    assert len(reader.pages) == page.pdf.page_count


def test_a_cancelled_question_writes_nothing(stage: Stage, page: DocumentsPage, answers: Answers,
                                             tmp_path: Path) -> None:  # fmt: skip
    save(page, stage, answers, tmp_path / "List.pdf", lambda _: False)
    assert not (tmp_path / "List.pdf").exists()


def test_what_cannot_be_written_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    target = tmp_path / "taken.pdf"
    target.mkdir()  # a folder of that name: the last step fails
    with pytest.raises(Fault, match="file.unwritable"):
        write_pdf(target, b"%PDF", "")
    assert list(tmp_path.iterdir()) == [target]
    with pytest.raises(Fault, match="file.unwritable"):
        write_pdf(tmp_path / "missing" / "a.pdf", b"%PDF", "")


def test_printing_gives_as_many_pages(page: DocumentsPage, qtbot: QtBot, tmp_path: Path) -> None:
    choose(qtbot, page, "evaluation")
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    run = PrintRun(page.pdf.pdf, printer)
    with qtbot.waitSignal(run.start(lambda: None, lambda fault: pytest.fail(fault.code)).over):
        pass
    qtbot.waitUntil(lambda: not run.printing)
    assert len(PdfReader(tmp_path / "printed.pdf").pages) == page.pdf.page_count


def test_without_a_programme_the_page_says_what_to_do(stage: Stage, page: DocumentsPage) -> None:
    assert stage.desk.programme is not None
    assert not page.empty.isVisible()
    stage.desk.do(programmes.remove, stage.desk.programme)
    assert page.empty.isVisible()
    assert not page.save.isEnabled()
    assert button_of(page, "Make a programme")


@pytest.mark.parametrize("key", ["letters", "interim"])
def test_letters_and_interim_sheets_say_who_is_left_out_of_all(
    stage: Stage, page: DocumentsPage, qtbot: QtBot, key: str
) -> None:
    shown = choose(qtbot, page, key)
    assert stage.desk.programme is not None
    every = tandems.of_programme(stage.desk.vault, stage.desk.programme)
    over = sum(one.state not in OPEN_STATES for one in every)
    assert over > 1
    assert f"{over} tandems that are over are left out of “All”" in page.missing.text()
    assert len(shown.pages) == 2 * (len(every) - over)


def test_a_missing_name_of_the_house_is_said(stage: Stage, page: DocumentsPage, qtbot: QtBot) -> None:
    stage.desk.do(houses.set_house, name="", signatory_1="")
    choose(qtbot, page, "certificates")
    assert page.missing.isVisible()
    assert "name of your organisation is missing" in page.missing.text()
    assert "No signatory" in page.missing.text()
    stage.desk.do(houses.set_house, name="Werk 山")
    ready(qtbot, page)
    assert "organisation" not in page.missing.text()
    assert page.missing.text().endswith("show as a box: 山")


def test_a_change_renders_again_only_where_it_is_seen(
    stage: Stage, page: DocumentsPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    qtbot.waitUntil(lambda: len(page._thumbnails) == len(SHEETS), timeout=30_000)
    made: list[str] = []

    def counted(sheet: Sheet, vault: Vault, options: Options) -> Callable[[Task], Printed]:
        made.append(sheet.key)
        return reader(sheet, vault, options)

    monkeypatch.setattr(documents, "reader", counted)
    stage.go("overview")
    stage.desk.do(houses.set_house, name="Anders")
    assert page.stale
    assert made == []
    stage.go("documents")
    assert "Anders" in text_of(ready(qtbot, page))
    assert made[0] == "tandem_list"
    qtbot.waitUntil(lambda: len(page._thumbnails) == len(SHEETS), timeout=30_000)
    assert sorted(made) == sorted(KEYS)  # the gallery's other pages are made anew too, one of each


def slow_reader(calls: list[bool], begun: threading.Event, vault: Vault) -> Callable[..., Callable[[Task], Printed]]:
    """Reads as the real one and makes the page only when the task was cancelled; ``calls``: was the vault closed."""

    def read(sheet: Sheet, source: Vault, options: Options) -> Callable[[Task], Printed]:
        calls.append(vault.closed)
        job = reader(sheet, source, options)

        def made(task: Task) -> Printed:
            begun.set()
            while not task.cancelled():
                threading.Event().wait(0.005)
            return job(Task(lambda _: None))

        return made

    return read


@pytest.mark.parametrize("what", ["thumbnail", "preview"])
def test_a_picture_made_while_the_window_closes_begins_no_other(
    stage: Stage, page: DocumentsPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    qtbot.waitUntil(lambda: len(page._thumbnails) == len(SHEETS), timeout=30_000)
    calls: list[bool] = []
    begun = threading.Event()
    monkeypatch.setattr(documents, "reader", slow_reader(calls, begun, stage.desk.vault))
    page._thumbnails.clear()
    if what == "thumbnail":
        page._next_thumbnail()
    else:
        page._render()
    qtbot.waitUntil(begun.is_set)
    with qtbot.captureExceptions() as caught:
        stage.window.close()
        QApplication.processEvents()
        page._soon.timeout.emit()  # as if it had run out a moment before
        page._next_thumbnail()
    assert caught == []
    assert calls == [False]


def test_pictures_wait_while_another_page_is_looked_at(
    stage: Stage, page: DocumentsPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    qtbot.waitUntil(lambda: len(page._thumbnails) == len(SHEETS), timeout=30_000)
    stage.go("overview")
    made: list[str] = []

    def counted(sheet: Sheet, vault: Vault, options: Options) -> Callable[[Task], Printed]:
        made.append(sheet.key)
        return reader(sheet, vault, options)

    monkeypatch.setattr(documents, "reader", counted)
    del page._thumbnails["agreement"]
    page._next_thumbnail()
    assert made == []
    stage.go("documents")
    qtbot.waitUntil(lambda: "agreement" in page._thumbnails, timeout=30_000)
    assert made == ["agreement"]


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_printing_can_be_stopped_and_a_printer_that_refuses_is_said(
    page: DocumentsPage, qtbot: QtBot, tmp_path: Path
) -> None:
    choose(qtbot, page, "certificates")
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    faults: list[Fault] = []
    run = PrintRun(page.pdf.pdf, printer)
    run.start(lambda: None, faults.append).cancel()
    qtbot.waitUntil(lambda: bool(faults))
    assert faults[0].code == "cancelled"
    assert not run.printing
    silent = PrintRun(page.pdf.pdf, printer)
    task = silent.start(lambda: None, faults.append)
    task.cancel()
    tasks.hush()  # as where the window closes meanwhile
    qtbot.waitUntil(lambda: not silent.printing)
    assert len(faults) == 1
    refusing = QPrinter(QPrinter.PrinterMode.HighResolution)
    refusing.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    refusing.setOutputFileName(str(tmp_path / "missing" / "printed.pdf"))
    with pytest.raises(Fault, match=r"documents\.printer"):
        PrintRun(page.pdf.pdf, refusing).start(lambda: None, lambda _: None)


def test_a_document_that_takes_long_says_so_and_can_be_stopped(
    page: DocumentsPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(sheet: Sheet, vault: Vault, options: Options) -> Callable[[Task], Printed]:
        if options.first_only:
            return reader(sheet, vault, options)  # a small picture, which nobody stops

        def job(task: Task) -> Printed:
            task.step(0.25)
            while not task.cancelled():
                threading.Event().wait(0.01)
            raise Cancelled

        return job

    monkeypatch.setattr(documents, "reader", endless)
    page.gallery.setCurrentRow(KEYS.index("agreement"))
    qtbot.waitUntil(page.making.isVisible)
    qtbot.waitUntil(lambda: page.making.bar.value() == 250)
    page.making.cancel.click()
    qtbot.waitUntil(page.making.isHidden)
    assert "Choose it again" in page.missing.text()
    monkeypatch.setattr(documents, "reader", reader)
    page._choose(KEYS.index("agreement"))
    ready(qtbot, page)
    assert "Choose it again" not in page.missing.text()


def publish_anew(stage: Stage) -> PublishingId:
    """The demo's pairs are made once more, all of them from one plan."""
    programme = stage.desk.programme
    assert programme is not None
    stage.desk.do(tandem_verbs.remove, [one.id for one in tandems.of_programme(stage.desk.vault, programme)])
    made = stage.desk.do(drafts.publish, programme, plans.solve(plans.read_basis(stage.desk.vault, programme)).pairs)
    found = publishings.of_tandem(stage.desk.vault, made[0])
    assert found is not None
    return found


def test_letters_of_exactly_those_published(stage: Stage, page: DocumentsPage, qtbot: QtBot) -> None:
    published = publish_anew(stage)
    every = publishings.tandems_of(stage.desk.vault, published)
    stage.desk.do(tandem_verbs.remove, every[:1])
    stage.desk.go(Place("documents", published, "letters"))
    shown = ready(qtbot, page)
    assert page.tandem.currentData() == published
    assert page.tandem.currentText().startswith("Published ")
    assert len(shown.pages) == 2 * (len(every) - 1)
    pick(page, "tandem", every[5])
    assert len(ready(qtbot, page).pages) == 2
    stage.desk.go(Place("documents", part="letters"))
    assert page.tandem.currentData() == ALL


def test_a_published_plan_is_printed_when_nobody_is_left_to_be_paired(
    stage: Stage, page: DocumentsPage, qtbot: QtBot
) -> None:
    published = publish_anew(stage)
    choose(qtbot, page, "pairing_protocol")
    assert page.plan.isVisible()
    assert page.plan.currentData() == published  # every mentee has a tandem: there is no plan at hand
    assert not page.missing.isVisible()
    shown = text_of(ready(qtbot, page))
    assert "Published on" in shown
    assert "Checksum of the input" in shown
    pick(page, "plan", DRAFT)
    assert "Draft: the plan is not published yet." in text_of(ready(qtbot, page))
    assert page.missing.isVisible()
    pick(page, "plan", published)
    stage.desk.undo()
    assert "Published on" not in text_of(ready(qtbot, page))
    assert not page.plan.isVisible()
