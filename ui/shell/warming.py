"""Loads what the window will need soon while nothing else runs, so that no first visit of a page has to wait."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

from ui import tasks

REST_MS = 300


def load_soon(owner: QObject) -> None:
    """Begins in a thread as soon as the window rests; a second call finds everything loaded."""
    QTimer.singleShot(REST_MS, owner, lambda: load_soon(owner) if tasks.running() else _begin())


def _begin() -> None:
    gc.freeze()  # what the window is made of is no garbage: from now on only what comes later is looked through
    gc.enable()
    tasks.run(_load, lambda _: None, lambda _: None)


def _load(task: tasks.Task) -> None:
    import ui.shell.palette
    import ui.shell.safekeeping
    import ui.shell.workplace  # noqa: F401
    from ui.shell import demo, pages

    demo.remove_leftovers()
    pages.load_all(lambda: not task.cancelled())
