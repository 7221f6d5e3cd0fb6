"""Reading what a page shows: at once where there is little, else off the main thread, and only the last counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject

from app.errors import Fault
from ui import tasks
from ui.calm import undisturbed

T = TypeVar("T")
MUCH = 300  # so many people or tandems are read in a few hundredths of a second


class Reading(QObject):
    """Belongs to a page and goes with it. What is read while another reading begins is shown to nobody."""

    def __init__(self, page: QObject, failed: Callable[[Fault], None]) -> None:
        super().__init__(page)
        self._failed = failed
        self._task: tasks.Task | None = None

    @property
    def under_way(self) -> bool:
        return self._task is not None

    def read(self, read: Callable[[], T], show: Callable[[T], None], *, much: bool) -> None:
        """Shows what ``read`` gives, which may run in any thread: before this returns, unless it is ``much``."""
        self.give_up()
        if not much:
            show(read())
            return

        def job(_task: tasks.Task) -> T:
            with undisturbed():
                return read()

        def done(found: T) -> None:
            self._task = None
            show(found)

        def failed(fault: Fault) -> None:
            self._task = None
            self._failed(fault)

        self._task = tasks.run(job, done, failed, owner=self)

    def give_up(self) -> None:
        """What is being read is not wanted any more."""
        if self._task is not None:
            tasks.give_up(self._task)
            self._task = None
