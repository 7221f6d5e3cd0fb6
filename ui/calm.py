"""Keeps Python's search for garbage out of the way while very many records are read."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_turn = threading.Lock()
_readers = 0


@contextmanager
def undisturbed() -> Iterator[None]:
    """Whatever is made inside is not looked through again and again, nor later: that would stop all threads at once.

    Records go when nothing holds them any more, as everything does; only circles among them would stay.
    """
    global _readers
    with _turn:
        _readers += 1
        gc.disable()
    try:
        yield
    finally:
        with _turn:
            _readers -= 1
            if not _readers:
                gc.freeze()
                gc.enable()
