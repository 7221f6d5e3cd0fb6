from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QDir, QProcess, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from pytestqt.qtbot import QtBot
from window_fixtures import Answers, OpenWindow, button_of

from ui.pages.documents import DocumentsPage
from ui.system import folders, rights


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What would have been started, by a program whose umask was never changed."""
    made: list[Any] = []

    def start(program: str, arguments: list[str]) -> bool:
        made.append([program, *arguments])
        return True

    def open_url(url: QUrl) -> bool:
        made.append(url)
        return True

    def start_verbatim(program: str, words: str) -> bool:
        made.append((program, words))
        return True

    monkeypatch.setattr(QProcess, "startDetached", start)
    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    def start_heard(program: str, arguments: list[str], _failed: folders.Failed) -> bool:
        return start(program, arguments)

    monkeypatch.setattr(folders, "_start_verbatim", start_verbatim)
    monkeypatch.setattr(folders, "_start_heard", start_heard)
    monkeypatch.setattr(rights, "_former", [])
    monkeypatch.setattr(rights, "_former_core", [])
    return made


def nothing() -> None:
    raise AssertionError("nothing failed")


def test_each_system_is_asked_in_its_own_words(
    started: list[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a folder, of mine" / "Vereinbarung & Liste.pdf"
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert folders._open(file, nothing, "linux")
    (url,) = started
    assert url.isLocalFile()
    assert Path(url.toLocalFile()) == file.parent
    started.clear()
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    assert folders._open(file, nothing, "linux")
    assert folders._open(file, nothing, "darwin")
    assert folders._open(file, nothing, "win32")
    assert started[0] == ["/usr/bin/xdg-open", str(file.parent)]
    assert started[1] == ["/usr/bin/open", "-R", str(file)]
    assert started[2][0].endswith("explorer.exe")
    assert started[2][1] == folders.selecting(QDir.toNativeSeparators(str(file)))


def test_explorer_is_told_the_whole_path_where_it_has_a_comma() -> None:
    assert folders.selecting(r"C:\Listen,2026\Paare.pdf") == r'/select,"C:\Listen,2026\Paare.pdf"'


@pytest.mark.skipif(os.name != "posix", reason="no umask that a program would inherit")
def test_a_file_manager_is_started_with_the_rights_that_its_user_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rights, "_former", [])
    monkeypatch.setattr(rights, "_former_core", [])
    before = os.umask(0o027)
    try:
        rights.keep_private()
        rights.keep_private()
        program, arguments = rights.as_the_user_has_it("/bin/sh", ["-c", 'umask; echo "$1"', "sh", "a  b, c"])
        said = subprocess.run([program, *arguments], capture_output=True, text=True, check=True).stdout
        assert said.split("\n") == ["0027", "a  b, c", ""]
        assert os.umask(0o077) == 0o077  # ours stayed
        rights.give_back()
        assert os.umask(0o077) == 0o027
    finally:
        os.umask(before)


@pytest.mark.skipif(os.name != "posix", reason="it is Linux that has such a helper")
def test_a_helper_that_finds_no_file_manager_is_heard(tmp_path: Path, qtbot: QtBot) -> None:
    helper, told = tmp_path / "xdg-open", []
    for code in (3, 0):
        helper.write_text(f'#!/bin/sh\necho "$1" > "{tmp_path}/asked"\nexit {code}\n')
        helper.chmod(0o700)
        (tmp_path / "asked").unlink(missing_ok=True)
        assert folders._start_heard(str(helper), ["a  b, c"], lambda code=code: told.append(code))  # type: ignore[misc]
        qtbot.waitUntil(lambda: not folders._running)
        assert (tmp_path / "asked").read_text() == "a  b, c\n"
    assert told == [3]


@pytest.mark.skipif(os.name != "posix", reason="it is Linux that has such a helper")
def test_a_helper_that_is_not_there_is_heard(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rights, "_former", [])
    monkeypatch.setattr(rights, "_former_core", [])
    told: list[int] = []
    folders._start_heard(str(tmp_path / "none"), [], lambda: told.append(1))
    qtbot.waitUntil(lambda: told == [1])
    assert not folders._running


@pytest.mark.skipif(os.name != "posix", reason="no limit that a program would inherit")
def test_a_file_manager_may_leave_core_dumps_as_its_user_has_it() -> None:
    """In a process of its own: a limit that was lowered may stay so in this one."""
    script = """
import resource, subprocess
from ui.system import rights
hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
former = 51200 if hard < 0 else min(51200, hard)
resource.setrlimit(resource.RLIMIT_CORE, (former, hard))
rights.leave_no_core()
rights.leave_no_core()
assert resource.getrlimit(resource.RLIMIT_CORE) == (0, hard)
start = rights.as_the_user_has_it("/bin/sh", ["-c", 'ulimit -S -c; echo "$1"', "sh", "a  b, c"])
said = subprocess.run([start[0], *start[1]], capture_output=True, text=True, check=True).stdout
assert said.split("\\n") == [str(former // 512), "a  b, c", ""], said
assert resource.getrlimit(resource.RLIMIT_CORE) == (0, hard)
rights.give_back()
assert resource.getrlimit(resource.RLIMIT_CORE) == (former, hard)
"""
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr


def test_a_saved_document_is_shown_in_its_folder(
    open_demo: OpenWindow, answers: Answers, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []
    can = [True, False]

    def opener(file: Path, _failed: folders.Failed) -> bool:
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
    stage.click(button_of(stage.workplace._warning, "Copy the path"))
    assert QGuiApplication.clipboard().text() == str(asked[-1])
    stage.desk.say("Something else")
    assert toast.folder_button.isHidden()
