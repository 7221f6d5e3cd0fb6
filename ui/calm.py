"""Keeps Python's search for garbage out of the way while very many records are read, and while somebody works."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_turn = threading.Lock()
_readers = 0
_frozen = False  # something was read since the last look at everything


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
                gc.enable()


def tidy() -> bool:
    """Looks through everything, and so stops all threads for tenths of a second: for when nobody is at work.

    True where it was done: not while records are read, nor where nothing was read since.
    """
    global _frozen
    with _turn:
        if _readers or not _frozen:
            return False
        _frozen = False
        gc.unfreeze()
        gc.collect()
        gc.freeze()
        return True
