"""Work off the main thread."""

from __future__ import annotations

import threading

from PySide6.QtCore import QThreadPool
from pytestqt.qtbot import QtBot

from ui import tasks


def test_work_that_waits_holds_up_no_other_even_on_one_core(qtbot: QtBot) -> None:
    QThreadPool.globalInstance().setMaxThreadCount(1)  # as Qt does where there is one core
    begun = threading.Event()
    ends: list[object] = []
    tasks.run(lambda _: begun.wait(60), ends.append, ends.append)
    tasks.run(lambda _: begun.set(), ends.append, ends.append)
    qtbot.waitUntil(lambda: len(ends) == 2)
    assert sorted(ends, key=str) == [None, True]
