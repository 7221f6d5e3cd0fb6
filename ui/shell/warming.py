"""Loads code and makes pages while nothing else is to be done, so that no first visit of a page has to wait."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from ui import tasks
from ui.calm import look_here

if TYPE_CHECKING:
    from ui.shell.window import Window
    from ui.shell.workplace import Workplace

REST_MS, AGAIN_MS = 300, 500
REST_S = 2  # nobody has touched anything for so long: a page is made ahead


def load_soon(window: Window) -> None:
    """Begins in a thread as soon as the window rests; a second call finds everything loaded."""
    QTimer.singleShot(REST_MS, window, lambda: load_soon(window) if tasks.running() else _begin(window))


def _begin(window: Window) -> None:
    from ui.shell.sharpness import Sharpness

    Sharpness(window)
    look_here(window)  # what the window is made of is no garbage: only what comes later is looked through
    tasks.run(_load, lambda _: _watch(window), lambda _: None)


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


def _load(task: tasks.Task) -> None:
    import ui.shell.palette
    import ui.shell.safekeeping
    import ui.shell.workplace  # noqa: F401
    from ui.shell import demo, pages

    demo.remove_leftovers()
    pages.load_all(lambda: not task.cancelled())
