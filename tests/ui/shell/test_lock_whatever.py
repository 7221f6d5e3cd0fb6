from __future__ import annotations

import pytest
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
