"""Taking turns at the one connection of a vault; long work that can wait steps back for whoever comes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_AGAIN = 0.01  # seconds until somebody who waits asks again


class Turn:
    """A lock that its holder may take again. Work inside ``stepping_back`` is stopped when another thread waits."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._guard = threading.Lock()
        self._stop: Callable[[], None] | None = None
        self._asked = threading.Event()
        self._waiting = 0

    def __enter__(self) -> Turn:
        if not self._lock.acquire(blocking=False):
            self._wait()
        return self

    def __exit__(self, *_: object) -> None:
        self._lock.release()

    def _wait(self) -> None:
        with self._guard:
            self._waiting += 1
        try:
            self._ask()
            while not self._lock.acquire(timeout=_AGAIN):
                self._ask()  # the first time may have come a moment before the work began
        finally:
            with self._guard:
                self._waiting -= 1

    def _ask(self) -> None:
        with self._guard:
            if self._stop is not None:
                self._asked.set()
                self._stop()

    def wanted(self) -> bool:
        """Whether another thread waits for its turn."""
        return self._waiting > 0

    @contextmanager
    def stepping_back(self, stop: Callable[[], None]) -> Iterator[threading.Event]:
        """Held by the thread whose turn it is: ``stop`` is called from whichever thread waits, and never later.

        Gives what is set once that happened."""
        with self._guard:
            self._stop, self._asked = stop, threading.Event()
        try:
            yield self._asked
        finally:
            with self._guard:
                self._stop = None
