"""In which thread a function is called."""

from __future__ import annotations

import threading
from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest


class Threads:
    """Notes the thread of every call of a function of a module."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
        self.seen: list[threading.Thread] = []
        module, _, name = place.rpartition(".")
        genuine: Callable[..., Any] = getattr(import_module(module), name)

        def noted(*args: Any, **kwargs: Any) -> Any:
            self.seen.append(threading.current_thread())
            return genuine(*args, **kwargs)

        monkeypatch.setattr(place, noted)

    @property
    def beside(self) -> bool:
        """Called, and never on the main thread."""
        return bool(self.seen) and threading.main_thread() not in self.seen
