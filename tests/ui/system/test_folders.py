from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QProcess, QUrl
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot
from window_fixtures import Answers, OpenWindow, button_of

from ui.pages.documents import DocumentsPage
from ui.system import folders


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What would have been started."""
    made: list[Any] = []

    def start(program: str, arguments: list[str]) -> bool:
        made.append([program, *arguments])
        return True

    def open_url(url: QUrl) -> bool:
        made.append(url)
        return True

    monkeypatch.setattr(QProcess, "startDetached", start)
    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    return made


def test_each_system_is_asked_in_its_own_words(started: list[Any], tmp_path: Path) -> None:
    file = tmp_path / "a folder, of mine" / "Vereinbarung & Liste.pdf"
    assert folders._open(file, "linux")
    (url,) = started
    assert url.isLocalFile()
    assert Path(url.toLocalFile()) == file.parent
    started.clear()
    assert folders._open(file, "darwin")
    assert folders._open(file, "win32")
    assert started[0] == ["/usr/bin/open", "-R", str(file)]
    assert started[1][0].endswith("explorer.exe")
    assert started[1][1:2] == ["/select,"]
    assert Path(started[1][2]) == file


def test_a_saved_document_is_shown_in_its_folder(
    open_demo: OpenWindow, answers: Answers, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []
    can = [True, False]

    def opener(file: Path) -> bool:
        asked.append(file)
        return can.pop(0)

    monkeypatch.setattr(folders, "opener", opener)
    stage = open_demo("en")
    page = stage.go("documents")
    assert isinstance(page, DocumentsPage)
    qtbot.waitUntil(lambda: bool(page.pdf.pdf))
    toast = stage.workplace.toast
    for turn in (1, 2):
        target = tmp_path / f"list {turn}"
        answers.files.append(target)
        answers.dialogs.append(lambda _: True)
        page._save()
        qtbot.waitUntil(toast.isVisible)
        assert not toast.undo_button.isVisible()
        stage.click(button_of(toast, "Show in folder"))
        assert asked[-1].exists()
        assert asked[-1] == target.with_name(f"{target.name}.pdf")
        assert toast.isHidden()
    assert stage.workplace._warning is not None  # the second time nothing opened it
    assert str(asked[-1]) in stage.workplace._warning.text
    stage.desk.say("Something else")
    assert toast.folder_button.isHidden()
