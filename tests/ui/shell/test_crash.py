from __future__ import annotations

import sys
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from window_fixtures import Answers, button_of, click, clipboard

from app import i18n
from app.errors import Fault
from ui import main
from ui.dialogs.crash import Crash, report

CANARY = "Zaunkönigin Wendehals"


class Broken(Exception):
    def __str__(self) -> str:
        return CANARY


def fall(words: str) -> None:
    try:
        dict[str, str]()[words]
    except KeyError as error:
        raise Broken(words) from error


def broken() -> tuple[type[BaseException], BaseException, Any]:
    try:
        fall(CANARY)
    except Broken as error:
        return type(error), error, error.__traceback__
    raise AssertionError


def test_the_report_names_places_of_the_program_and_no_value() -> None:
    kind, _, trace = broken()
    text = report(kind, trace)
    assert CANARY not in text
    assert text.splitlines()[-1] == "Broken"
    assert "test_crash.py" in text
    assert " fall" in text


def test_the_crash_dialog_shows_the_report_and_copies_it(answers: Answers, capsys: pytest.CaptureFixture[str]) -> None:
    i18n.set_language("en")
    seen: list[str] = []

    def look(dialog: Crash) -> bool:
        seen.append(dialog.details.toPlainText())
        click(button_of(dialog, "Copy"))
        seen.append(clipboard().text())
        return True

    answers.dialogs = [look]
    main.crash_hook(*broken())
    assert seen[0] == seen[1] != ""
    written = capsys.readouterr().err
    assert "Broken" in written
    for text in (*seen, written):
        assert CANARY not in text


def test_a_fault_that_nobody_caught_is_a_sentence(answers: Answers) -> None:
    i18n.set_language("en")
    answers.choices = [None]
    main.crash_hook(Fault, Fault("vault.disk_full"), None)
    assert answers.asked == ["The disk is full. Make room on it, then repeat the last step; nothing was lost."]


def test_an_error_in_a_worker_reaches_the_crash_dialog(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, answers: Answers
) -> None:
    from ui import tasks

    caught: list[str] = []

    def look(dialog: Crash) -> bool:
        caught.append(dialog.details.toPlainText())
        return True

    answers.dialogs = [look]
    monkeypatch.setattr(sys, "excepthook", main.crash_hook)
    with qtbot.captureExceptions() as exceptions:
        monkeypatch.setattr(sys, "excepthook", main.crash_hook)
        tasks.run(lambda _: fall(CANARY), lambda _: None, lambda _: None)
        qtbot.waitUntil(lambda: bool(caught))
    assert exceptions == []
    assert CANARY not in caught[0]
