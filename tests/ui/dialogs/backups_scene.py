"""What tests of the backups answer, press and read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from ui.desk import Desk
from ui.dialogs import ask
from ui.dialogs.backups import Backups

PASSPHRASE = "Krähe-Würfel-7-Lampe"  # opens the fixture `vault`


class StandingAnswers:
    """Answers what is asked, each time the same: a folder, a choice, and how a dialog ends."""

    def __init__(self) -> None:
        self.chosen: str | None = None
        self.place: Path | None = None
        self.ends: Callable[[QDialog], bool] = lambda _: False
        self.asked: list[str] = []

    def choose(self, _parent: object, _title: str, text: str, _choices: Sequence[ask.Choice]) -> str | None:
        self.asked.append(text)
        return self.chosen

    def folder(self, *_: object) -> Path | None:
        return self.place

    def run(self, dialog: QDialog) -> bool:
        return self.ends(dialog)

    def text(self, *_: object) -> str | None:
        raise AssertionError

    save_file = open_file = folder


def shown(qtbot: QtBot, desk: Desk) -> Backups:
    dialog = Backups(desk)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def press(qtbot: QtBot, button: QWidget) -> None:
    qtbot.waitUntil(button.isEnabled)  # what was begun before may still run
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def said(dialog: Backups) -> str:
    return "" if dialog._banner is None else dialog._banner.text


def states(dialog: Backups) -> list[str]:
    return cells(dialog, 2)


def cells(dialog: Backups, column: int) -> list[str]:
    model = dialog.table.records
    return [model.columns[column].text(model.record(row)) for row in range(model.rowCount())]
