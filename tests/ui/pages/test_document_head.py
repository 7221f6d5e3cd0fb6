"""The head of the documents page: which programme it is about, and what leaves the window under which name."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from window_fixtures import Answers, OpenWindow, Stage

from app.services import programmes
from app.store import tandems
from ui.pages.documents import DocumentsPage
from ui.parts.document_sheets import SHEETS


@pytest.fixture
def stage(open_demo: OpenWindow, today: object) -> Stage:  # noqa: ARG001
    return open_demo("en")


@pytest.fixture
def page(stage: Stage, qtbot: QtBot) -> DocumentsPage:
    found = stage.go("documents")
    assert isinstance(found, DocumentsPage)
    qtbot.waitUntil(found.save.isEnabled, timeout=30_000)
    return found


def show(qtbot: QtBot, page: DocumentsPage, key: str, language: str, tandem: int) -> None:
    page.gallery.setCurrentRow([sheet.key for sheet in SHEETS].index(key))
    for box, value in ((page.language, language), (page.tandem, tandem)):
        box.setCurrentIndex(box.findData(value))
        box.activated.emit(box.currentIndex())
    qtbot.waitUntil(page.save.isEnabled, timeout=30_000)


def test_the_proposed_name_speaks_as_the_document_does(
    stage: Stage, page: DocumentsPage, qtbot: QtBot, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposed: list[str] = []

    def save_file(_parent: object, _title: str, suggestion: Path, _kinds: str) -> None:
        proposed.append(suggestion.name)

    monkeypatch.setattr(answers, "save_file", save_file)
    assert stage.desk.programme is not None
    one = tandems.of_programme(stage.desk.vault, stage.desk.programme)[4]
    for key, language, tandem in (("agreement", "de", 0), ("agreement", "de", one.id), ("certificates", "en", 0)):
        show(qtbot, page, key, language, tandem)
        stage.click(page.save)
    assert proposed == [
        "Mentoring-Vereinbarungen Reverse mentoring 2026 2026-11-22.pdf",
        f"Mentoring-Vereinbarungen Tandem {one.number} Reverse mentoring 2026 2026-11-22.pdf",
        "Certificates of participation Reverse mentoring 2026 2026-11-22.pdf",
    ]


def test_another_programme_is_chosen_in_the_head(stage: Stage, page: DocumentsPage, qtbot: QtBot) -> None:
    assert page.choice.isVisible()
    assert page.choice.input.currentText() == "Reverse mentoring 2026"
    second = programmes.beginning("Classic 2027", date(2026, 11, 22))
    stage.desk.do(programmes.add, second)
    qtbot.waitUntil(page.save.isEnabled, timeout=30_000)
    page.choice.input.setCurrentIndex(page.choice.input.findText("Classic 2027"))
    page.choice.input.activated.emit(page.choice.input.currentIndex())
    assert stage.desk.programme == second.id
    assert not page.save.isEnabled()  # the other one's list, which is shown still, can't be saved any more
    qtbot.waitUntil(page.save.isEnabled, timeout=30_000)
    assert page.pdf.page_count == 1
    assert "There are no tandems yet" in page.missing.text()
