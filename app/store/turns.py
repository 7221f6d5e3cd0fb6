"""Taking turns at the one connection of a vault, and knowing whether somebody waits for it."""

from __future__ import annotations

import threading


class Turn:
    """A lock that its holder may take again. Work that can wait asks ``wanted`` and steps back."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._counting = threading.Lock()
        self._waiting = 0

    def __enter__(self) -> Turn:
        if not self._lock.acquire(blocking=False):
            self._count(1)
            try:
                self._lock.acquire()
            finally:
                self._count(-1)
        return self

    def __exit__(self, *_: object) -> None:
        self._lock.release()

    def wanted(self) -> bool:
        """Whether another thread waits for its turn."""
        return self._waiting > 0

    def _count(self, by: int) -> None:
        with self._counting:
            self._waiting += by
