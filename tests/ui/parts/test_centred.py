from __future__ import annotations

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from ui.dialogs import ask
from ui.parts.centred import Centred


def test_a_dialog_grows_around_its_middle_and_stays_on_the_screen(qtbot: QtBot) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    Centred(dialog)
    dialog.resize(300, 200)
    dialog.move(250, 200)
    dialog.show()
    qtbot.waitExposed(dialog)
    middle = dialog.geometry().center()
    dialog.resize(360, 260)
    assert (dialog.geometry().center() - middle).manhattanLength() <= 2
    room = dialog.screen().availableGeometry()
    dialog.move(room.right() - 370, room.bottom() - 270)
    dialog.resize(500, 400)
    assert room.contains(dialog.frameGeometry())
    dialog.move(room.left(), room.top())
    dialog.resize(560, 460)
    assert dialog.frameGeometry().topLeft() == room.topLeft()


def test_a_dialog_that_is_shown_again_is_watched_once(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QDialog, "exec", lambda _: QDialog.DialogCode.Accepted)
    dialog = QDialog()
    qtbot.addWidget(dialog)
    for _ in range(3):
        assert ask.Dialogs().run(dialog)
    assert len(dialog.findChildren(Centred)) == 1
