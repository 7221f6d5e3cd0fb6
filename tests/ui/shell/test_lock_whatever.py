from __future__ import annotations

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot
from window_fixtures import OpenWindow

from app.errors import Bug


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
