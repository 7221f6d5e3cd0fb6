"""The lock comes whatever stands in its way, and what crashes crashes once."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest
from PySide6.QtCore import Qt, QThreadPool, QTimer
from PySide6.QtGui import QClipboard
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot
from window_fixtures import OpenWindow

from app.errors import Bug, Fault
from ui import main, tasks
from ui.dialogs import ask
from ui.shell import safekeeping
from ui.system.absence import SCREEN


def test_the_vault_closes_even_where_saving_breaks(
    open_demo: OpenWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = open_demo()
    vault = stage.desk.vault

    def broken() -> None:
        raise Bug("a page broke")

    monkeypatch.setattr(stage.page, "flush", broken)
    with qtbot.captureExceptions() as caught:
        stage.window.idle.expired.emit()
    assert [kind for kind, *_ in caught] == [Bug]
    assert vault.closed
    assert len(stage.restarts) == 1


def test_a_vault_that_closed_by_itself_locks_all_the_same(open_demo: OpenWindow) -> None:
    stage = open_demo()
    stage.qtbot.waitUntil(lambda: not tasks.running())  # the quiet check reads the vault still
    stage.desk.vault.close()
    with pytest.raises(Bug):
        stage.window.lock_by_hand()
    assert stage.window.desk is None
    assert len(stage.restarts) == 1


def test_no_dialog_stays_readable_while_it_locks(open_demo: OpenWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    stage = open_demo()
    dialog = QDialog(stage.window)
    dialog.setModal(True)
    dialog.open()
    shown: list[bool] = []
    monkeypatch.setattr(stage.page, "flush", lambda: shown.append(dialog.isVisible()))
    stage.window.idle.expired.emit()
    assert shown == [False]
    assert len(stage.restarts) == 1


def test_ctrl_l_locks_over_a_dialog_too(open_demo: OpenWindow, qtbot: QtBot) -> None:
    stage = open_demo()
    dialog = QDialog(stage.window)
    dialog.setModal(True)
    dialog.open()
    qtbot.waitUntil(dialog.isVisible)
    qtbot.keyClick(dialog, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert len(stage.restarts) == 1


def test_what_was_copied_is_gone_after_the_lock(open_demo: OpenWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    stage = open_demo()
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _: True)  # offscreen nobody owns it
    QApplication.clipboard().setText("Özdemir, Aylin")
    stage.window.lock()
    assert QApplication.clipboard().text() == ""


def test_a_crash_in_the_crash_dialog_opens_no_other(
    open_demo: OpenWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stage = open_demo()
    opened: list[QDialog] = []

    def run(dialog: QDialog) -> bool:
        opened.append(dialog)
        dialog.setModal(True)
        dialog.open()
        qtbot.waitUntil(dialog.isVisible)
        main.crash_hook(ValueError, ValueError("a value"), None)
        return True

    monkeypatch.setattr(ask, "run", run)
    assert stage.window.isVisible()
    main.crash_hook(ValueError, ValueError("a value"), None)
    assert len(opened) == 1
    assert "a value" not in capsys.readouterr().err
    opened[0].close()


def test_a_crash_in_a_worker_thread_is_told_without_a_dialog(
    open_demo: OpenWindow, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert open_demo().window.isVisible()
    opened: list[QDialog] = []
    monkeypatch.setattr(ask, "run", opened.append)
    worker = threading.Thread(target=lambda: main.crash_hook(ValueError, ValueError("a value"), None))
    worker.start()
    worker.join()
    assert opened == []
    told = capsys.readouterr().err
    assert "ValueError" in told
    assert "a value" not in told


def test_what_ends_after_the_vault_is_closed_tells_nobody(
    open_demo: OpenWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = open_demo()
    monkeypatch.setattr(safekeeping, "back_up_before_closing", lambda *_: None)  # it would wait and hear it before
    begun, told = threading.Event(), list[object]()

    def until_cancelled(task: tasks.Task) -> str:
        begun.set()
        while not task.cancelled():
            threading.Event().wait(0.005)
        return "done"

    def refused(task: tasks.Task) -> str:
        until_cancelled(task)
        raise Fault("record.gone")

    timer = QTimer(stage.page, interval=0)
    timer.timeout.connect(lambda: told.append("timer"))
    tasks.run(until_cancelled, told.append, told.append)
    tasks.run(refused, told.append, told.append)
    qtbot.waitUntil(begun.is_set)
    timer.start()
    stage.window.close()
    QApplication.processEvents()
    qtbot.waitUntil(lambda: not tasks.running())
    assert told == []


def test_a_lock_that_comes_while_the_window_is_closing_is_made_up_for(
    open_demo: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = open_demo()
    window = stage.window

    def meanwhile(*_: object) -> Fault:
        window.absence.left.emit(SCREEN)
        window.idle.tick(time.time() + 9 * 3600)
        return Fault("backups.disk_full")

    monkeypatch.setattr(safekeeping, "back_up_before_closing", meanwhile)
    monkeypatch.setattr(safekeeping, "may_close_without", lambda *_: False)
    window.close()
    assert stage.restarts == []
    QTest.keyClicks(window, "x")  # somebody is there again, but it was left alone in between
    window.idle.tick()
    assert len(stage.restarts) == 1


def test_nothing_is_readable_while_the_lock_waits_for_work(open_demo: OpenWindow, qtbot: QtBot) -> None:
    stage = open_demo()
    seen: list[bool] = []
    begun, waits = threading.Event(), threading.Event()

    def slow(task: tasks.Task) -> None:
        begun.set()
        while not task.cancelled():
            waits.wait(0.005)
        covers = stage.window.findChildren(safekeeping.Cover)
        seen.extend(cover.isVisible() and cover.geometry() == stage.window.rect() for cover in covers)

    tasks.run(slow, lambda _: None, lambda _: None)
    qtbot.waitUntil(begun.is_set)
    stage.window.lock()
    assert seen == [True]
    assert len(stage.restarts) == 1


def test_work_that_is_over_at_once_is_waited_for_too(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    window, genuine = QWidget(), tasks.run
    qtbot.addWidget(window)

    def run(*words: Any) -> tasks.Task:
        task = genuine(*words)
        QThreadPool.globalInstance().waitForDone()
        return task

    def refused(_task: tasks.Task) -> None:
        raise Fault("backups.disk_full")

    monkeypatch.setattr(tasks, "run", run)
    fault = safekeeping._wait(window, "…", refused)
    assert fault is not None
    assert fault.code == "backups.disk_full"
