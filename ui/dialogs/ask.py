"""The one seam for every question to the user: tests replace ``answer`` and never see a real dialog."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from app.i18n import tr
from ui.parts import buttons
from ui.parts.centred import keep_centred
from ui.parts.growing import keep_on_screen

if TYPE_CHECKING:  # Qt's own dialogs are loaded when the first is shown: every page can ask, and a start asks nothing
    from PySide6.QtWidgets import QMessageBox


@dataclass(frozen=True, slots=True)
class Choice:
    """A button of a question: its key and its words; ``danger`` for what takes something away."""

    key: str
    text: str
    danger: bool = False


class Answerer(Protocol):
    """What answers: the real dialogs, or a test."""

    def choose(self, parent: QWidget | None, title: str, text: str, choices: Sequence[Choice]) -> str | None: ...
    def text(self, parent: QWidget | None, title: str, label: str, value: str) -> str | None: ...
    def save_file(self, parent: QWidget | None, title: str, suggestion: Path, kinds: str) -> Path | None: ...
    def open_file(self, parent: QWidget | None, title: str, folder: Path, kinds: str) -> Path | None: ...
    def folder(self, parent: QWidget | None, title: str, folder: Path) -> Path | None: ...
    def run(self, dialog: QDialog) -> bool: ...


class Dialogs:
    """The real dialogs."""

    def choose(self, parent: QWidget | None, title: str, text: str, choices: Sequence[Choice]) -> str | None:
        box, keys = question(parent, title, text, choices)
        box.exec()
        clicked = box.clickedButton()
        return next((key for button, key in keys if button is clicked), None)

    def text(self, parent: QWidget | None, title: str, label: str, value: str) -> str | None:
        from PySide6.QtWidgets import QInputDialog

        text, accepted = QInputDialog.getText(parent, title, label, QLineEdit.EchoMode.Normal, value)
        return text if accepted else None

    def save_file(self, parent: QWidget | None, title: str, suggestion: Path, kinds: str) -> Path | None:
        from PySide6.QtWidgets import QFileDialog

        name, _ = QFileDialog.getSaveFileName(parent, title, str(suggestion), kinds)
        return Path(name) if name else None

    def open_file(self, parent: QWidget | None, title: str, folder: Path, kinds: str) -> Path | None:
        from PySide6.QtWidgets import QFileDialog

        name, _ = QFileDialog.getOpenFileName(parent, title, str(folder), kinds)
        return Path(name) if name else None

    def folder(self, parent: QWidget | None, title: str, folder: Path) -> Path | None:
        from PySide6.QtWidgets import QFileDialog

        name = QFileDialog.getExistingDirectory(parent, title, str(folder))
        return Path(name) if name else None

    def run(self, dialog: QDialog) -> bool:
        keep_on_screen(dialog)
        keep_centred(dialog)
        return dialog.exec() == QDialog.DialogCode.Accepted


def question(
    parent: QWidget | None, title: str, text: str, choices: Sequence[Choice]
) -> tuple[QMessageBox, list[tuple[buttons.Button, str]]]:
    """The box with a button for each choice, and these buttons. Return and Escape take Cancel, which is not filled."""
    from PySide6.QtWidgets import QMessageBox

    box = QMessageBox(parent)
    box.setWindowTitle(title)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(text)
    keys = []
    for choice in choices:
        role = QMessageBox.ButtonRole.DestructiveRole if choice.danger else QMessageBox.ButtonRole.AcceptRole
        look = buttons.danger if choice.danger else buttons.primary if len(choices) == 1 else buttons.secondary
        button = look(choice.text)
        button.setParent(box)  # the box takes a button over without Python knowing, which would delete it with its name
        box.addButton(button, role)
        keys.append((button, choice.key))
    cancel = buttons.secondary(tr("Cancel") if choices else tr("Close"))
    cancel.setParent(box)
    box.addButton(cancel, QMessageBox.ButtonRole.RejectRole)
    box.setEscapeButton(cancel)
    box.setDefaultButton(cancel)
    return box, keys


answer: Answerer = Dialogs()


def yes_no(parent: QWidget | None, title: str, text: str, yes: str, *, danger: bool = False) -> bool:
    """True if the user chose ``yes`` (the words of the button, a verb)."""
    return answer.choose(parent, title, text, [Choice("yes", yes, danger)]) == "yes"


def choose(parent: QWidget | None, title: str, text: str, choices: Sequence[Choice]) -> str | None:
    """The key of the choice taken; None for Cancel."""
    return answer.choose(parent, title, text, choices)


def text(parent: QWidget | None, title: str, label: str, value: str = "") -> str | None:
    return answer.text(parent, title, label, value)


def save_file(parent: QWidget | None, title: str, suggestion: Path, kinds: str) -> Path | None:
    """Where to save; ``kinds`` in Qt's form, "PDF (*.pdf)"."""
    return answer.save_file(parent, title, suggestion, kinds)


def open_file(parent: QWidget | None, title: str, folder: Path, kinds: str) -> Path | None:
    return answer.open_file(parent, title, folder, kinds)


def folder(parent: QWidget | None, title: str, start: Path) -> Path | None:
    return answer.folder(parent, title, start)


def run(dialog: QDialog) -> bool:
    """Shows a dialog of ours until it ends; True if it was accepted."""
    return answer.run(dialog)
