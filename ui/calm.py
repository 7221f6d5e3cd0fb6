"""Keeps Python's search for garbage on the main thread, and out of the way while very many records are read.

Left alone it runs in whichever thread makes the next object, and deletes there what held itself: dialogs, models and
their like, which only the main thread may delete, and which a screen reader may be asking for at that moment.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, QTimer

LOOK_MS = 250
_turn = threading.Lock()
_readers = 0
_frozen = False  # something was read since the last look at everything
_here = False  # nothing looks by itself: ``look`` does, on the main thread


def look_here(owner: QObject) -> None:
    """From now on garbage goes on the main thread alone, as long as ``owner`` is there. What is there by now stays."""
    global _here
    with _turn:
        _here = True
        gc.disable()
        gc.freeze()
    timer = QTimer(owner, interval=LOOK_MS)
    timer.timeout.connect(look)
    timer.start()
    owner.destroyed.connect(_look_anywhere)


def _look_anywhere() -> None:
    global _here
    with _turn:
        _here = False
        if not _readers:
            gc.enable()


def look() -> None:
    """Looks through what is young, where enough was made since. What is old waits for ``tidy``."""
    if _readers:
        return
    for generation in (1, 0):
        if _due(generation):
            gc.collect(generation)
            return


def _due(generation: int) -> bool:
    return gc.get_count()[generation] > gc.get_threshold()[generation]


@contextmanager
def undisturbed() -> Iterator[None]:
    """Whatever is made inside is not looked through again and again: that would stop all threads at once.

    Records go when nothing holds them any more, as everything does; circles, of records and of whatever else there is
    by then, stay until ``tidy``.
    """
    global _readers, _frozen
    with _turn:
        _readers += 1
        gc.disable()
    try:
        yield
    finally:
        with _turn:
            _readers -= 1
            _frozen = True
            if not _readers:
                gc.freeze()
                if not _here:
                    gc.enable()


def tidy() -> bool:
    """Looks through everything, and so stops all threads for tenths of a second: for when nobody is at work.

    True where it was done: not while records are read, nor where little was read or made since.
    """
    global _frozen
    with _turn:
        if _readers or not (_frozen or (_here and _due(2))):
            return False
        _frozen = False
        gc.unfreeze()
        gc.collect()
        gc.freeze()
        return True
