"""A private word is planted wherever private words live; it must be found nowhere else."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader
from window_fixtures import OpenWindow, Stage, type_over

from app.domain.ids import ProgrammeId, TandemId
from app.services import notes as verbs
from app.store import notes, tandems, topics
from ui.dialogs.crash import report
from ui.pages.notes import NotesPage
from ui.parts.document_sheets import SHEETS, Options, reader
from ui.shell.pages import PAGES
from ui.tasks import Task

CANARY = "Wendehalsruf"


def plant(stage: Stage) -> TandemId:
    """A note, its tags, and a skill gap's evidence hold the word, about the first tandem and its mentee."""
    vault = stage.desk.vault
    assert stage.desk.programme is not None
    tandem = tandems.of_programme(vault, stage.desk.programme)[0]
    person = tandem.members[-1].person
    stage.desk.do(
        verbs.add,
        tandem=tandem.id, person=person, title=f"{CANARY} eins", body=f"Text {CANARY}", tags=(f"{CANARY}tag",),
    )  # fmt: skip
    topic = topics.all_topics(vault)[0].id
    stage.desk.do(verbs.add_gap, person=person, topic=topic, evidence=f"{CANARY} gesehen")
    return tandem.id


@pytest.fixture
def stage(open_demo: OpenWindow) -> Stage:
    opened = open_demo("de")
    plant(opened)
    return opened


def holds(data: bytes) -> bool:
    folded = data.lower()
    word = CANARY.lower()
    return any(word.encode(code) in folded for code in ("utf-8", "utf-16-le", "utf-16-be"))


def test_the_search_for_the_word_finds_it_where_it_belongs(stage: Stage) -> None:
    found = notes.search(stage.desk.vault, CANARY)
    assert len(found) == 1
    assert holds(CANARY.upper().encode("utf-16-le"))


def test_no_document_holds_it(stage: Stage) -> None:
    assert stage.desk.programme is not None
    for sheet in SHEETS:
        for language in ("de", "en"):
            options = Options(
                programme=ProgrammeId(stage.desk.programme), language=language, tandems=None, design="framed",
                on=date(2026, 11, 22),
            )  # fmt: skip
            job = reader(sheet, stage.desk.vault, options)
            pdf = job(Task(lambda _: None)).pdf
            path = stage.home / "document.pdf"
            path.write_bytes(pdf)
            document = PdfReader(path)
            text = "\n".join(page.extract_text() for page in document.pages) + str(document.metadata)
            assert len(text) > 200, sheet.key
            assert not holds(text.encode()), sheet.key
            assert not holds(pdf), sheet.key


def test_no_file_holds_it_while_open_or_closed(stage: Stage, tmp_path: Path) -> None:
    page = stage.go("notes")
    assert isinstance(page, NotesPage)
    type_over(page.editor.text, f"{CANARY} wird gerade getippt")
    for key in (page.key for page in PAGES if page.in_rail):
        stage.go(key)
        assert not holds(stage.window.windowTitle().encode())
    places = [tmp_path, Path(tempfile.gettempdir()) / "tandembuch"]

    def look() -> list[str]:
        files = [file for place in places if place.exists() for file in place.rglob("*") if file.is_file()]
        assert any(file.suffix == ".tandembuch" for file in files)
        return [str(file) for file in files if holds(str(file).encode()) or holds(file.read_bytes())]

    assert look() == []
    path = stage.desk.vault.path
    stage.key("Ctrl+L")
    assert look() == []
    assert not holds(path.read_bytes())
    assert not any(CANARY.casefold() in word.casefold() for words in stage.restarts for word in words)


def test_the_journal_says_what_was_done_and_no_word_of_it(stage: Stage) -> None:
    rows = stage.desk.vault.rows("SELECT verb, kinds, rows FROM journal")
    assert {"notes.add", "notes.add_gap"} <= {verb for verb, _, _ in rows}
    assert not holds(repr(stage.desk.vault.rows("SELECT * FROM journal")).encode())
    assert not holds(repr(stage.desk.vault.rows("SELECT * FROM meta")).encode())


def test_neither_crash_report_nor_output_holds_it(
    stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    def fall(note: str) -> None:
        raise ValueError(note)

    for note in notes.all_notes(stage.desk.vault):
        with pytest.raises(ValueError) as caught:
            fall(note.body)
        assert not holds(report(caught.type, caught.tb).encode())
    written = capsys.readouterr()
    assert not holds((written.out + written.err).encode())

