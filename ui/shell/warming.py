"""Loads code and makes pages while nothing else is to be done, so that no first visit of a page has to wait."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from ui import tasks
from ui.calm import look_here

if TYPE_CHECKING:
    from ui.shell.window import Window
    from ui.shell.workplace import Workplace

REST_MS, AGAIN_MS = 300, 500
STEP_S, PAUSE_MS = 0.005, 15  # modules are loaded for so long at a time, and so long the window has for itself between
FIRST = ("ui.shell.palette", "ui.shell.safekeeping", "ui.shell.workplace")
REST_S = 2  # nobody has touched anything for so long: a page is made ahead


def load_soon(window: Window) -> None:
    """Begins as soon as the window rests; a second call finds everything loaded."""
    QTimer.singleShot(REST_MS, window, lambda: load_soon(window) if tasks.running() else _begin(window))


def _begin(window: Window) -> None:
    from ui.shell import demo, loading, pages  # here, and not in the thread
    from ui.shell.sharpness import Sharpness

    def prepare(task: tasks.Task) -> list[str]:
        """Loads what has no Qt, and gives the modules that are left, in their order."""
        demo.remove_leftovers()
        order = loading.in_order((*FIRST, *pages.modules()), lambda: not task.cancelled())
        for name in filter(loading.has_no_qt, order):
            task.heed()
            loading.load(name)
        return [name for name in order if not loading.has_no_qt(name)]

    Sharpness(window)
    look_here(window)  # what the window is made of is no garbage: only what comes later is looked through
    tasks.run(prepare, lambda left: _load(window, left), lambda _: None)


def _watch(window: Window) -> None:
    window.idle.left.connect(partial(make_a_page, window))  # each second


def make_a_page(window: Window, left: int) -> None:
    """Makes two pieces of a page that nobody has visited yet, where the window rests: one now, one half a second later.

    ``left``: seconds until it locks.
    """
    workplace, rested = window.workplace, window.idle.minutes * 60 - left
    if workplace is not None and rested >= REST_S and _make_a_piece(workplace):
        QTimer.singleShot(AGAIN_MS, workplace, partial(_make_a_piece, workplace))


def _make_a_piece(workplace: Workplace) -> bool:
    """Whether there was one to be made, and no work goes on."""
    return not tasks.running() and not workplace.at_work and workplace.make_ahead()


def _load(window: Window, left: list[str]) -> None:
    """A few modules now, the others after a pause."""
    from ui.shell import loading

    began = time.perf_counter()
    while left and time.perf_counter() - began < STEP_S:
        loading.load(left.pop(0))
    if left:
        QTimer.singleShot(PAUSE_MS, window, partial(_load, window, left))
    else:
        _watch(window)
