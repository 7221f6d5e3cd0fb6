"""A plan that is finished while another decision is just being made: the plan shown is of the last one."""

from __future__ import annotations

from pathlib import Path

import pytest
from pairing_samples import fill
from pairing_scene import opened, settled
from PySide6.QtCore import QThreadPool
from pytestqt.qtbot import QtBot

from app.places import places
from app.services import drafts
from app.settings import Settings
from app.store.vault import Vault
from ui import tasks
from ui.desk import Desk
from ui.parts import pairing_work

pytestmark = pytest.mark.usefixtures("english")


def test_a_decision_overtakes_the_plan_that_is_just_finished(
    vault: Vault, home: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AT_ONCE", "READ_AT_ONCE"):
        monkeypatch.setattr(pairing_work, name, -1)  # as where there are many: solved off the main thread
    programme = fill(vault)
    desk = Desk(vault, places(home), Settings())
    page = opened(desk, qtbot)
    assert page.outcome is not None
    desk.do(drafts.ban, programme, [page.outcome.plan.pairs[0].ids])
    page.work._start()
    QThreadPool.globalInstance().waitForDone()  # the thread is through, and the main thread has not heard of it
    desk.do(drafts.allow_all, programme)
    settled(qtbot, page)
    assert not page.outcome.basis.draft.banned
    qtbot.waitUntil(lambda: not tasks.running())  # it reads the vault
