"""Slow work off the main thread: a job runs in a thread, its progress and its end come back to the main thread."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QThreadPool, Signal
from shiboken6 import isValid

from app.errors import Cancelled, Fault


class Task(QObject):
    """One running job. ``progress`` 0.0 to 1.0; exactly one of ``done``, ``failed`` (a Fault), ``broke`` comes last."""

    progress = Signal(float)
    done = Signal(object)
    failed = Signal(object)
    broke = Signal(object)
    over = Signal()

    def __init__(self, job: Callable[[Task], Any], *, far: bool = False) -> None:
        super().__init__()
        self.far = far  # reaches for a place that may hang; nobody waits for it
        self._job = job
        self._cancelled = threading.Event()
        self._ended = threading.Event()
        self.heard = True  # whether its result and its progress are still told

    def cancel(self) -> None:
        """Asks the job to stop at its next step."""
        self._cancelled.set()

    def ended(self) -> bool:
        """Whether ``over`` was told, or is about to be: whoever connects to it late has to ask."""
        return self._ended.is_set()

    def cancelled(self) -> bool:
        return self._cancelled.is_set()

    def step(self, share: float) -> None:
        """Called by the job: tells its progress, raises Cancelled where it was asked to stop."""
        self.heed()
        self.progress.emit(share)

    def heed(self) -> None:
        """As ``step`` where nobody knows how far it is."""
        if self._cancelled.is_set():
            raise Cancelled()

    def work(self) -> None:
        try:
            self._work()
        except RuntimeError:
            if isValid(self):
                raise
            # the program has ended meanwhile, and nobody is left to be told

    def _work(self) -> None:
        try:
            result = self._job(self)
        except Fault as fault:
            self.failed.emit(fault)
        except BaseException as error:  # a thread must not swallow a bug: the crash dialog gets it
            self.broke.emit(error)
        else:
            self.done.emit(result)
        self._ended.set()
        self.over.emit()


_running: set[Task] = set()
_far: list[threading.Thread] = []
_AT_ONCE = 4  # on a computer with one core, too: a check that waits for its turn must not hold up what is wanted


def run(
    job: Callable[[Task], Any],
    done: Callable[[Any], None],
    failed: Callable[[Fault], None],
    progress: Callable[[float], None] | None = None,
    owner: QObject | None = None,
    *,
    far: bool = False,
) -> Task:
    """Starts ``job(task)`` in a worker thread; the other callables run on the main thread.

    Nothing more is told once ``owner`` is gone: a page, say, that went before the work ended. Without one, the object
    whose method ``done`` is.

    ``far``: the job looks at a stick or a share, which may not answer for minutes. It gets a thread of its own that
    neither the lock nor a close waits for, so it may hold nothing of the vault.
    """
    if owner is None and isinstance(bound := getattr(done, "__self__", None), QObject):
        owner = bound
    task = Task(job, far=far)
    receiver = _Receiver(task, done, failed, progress, owner)
    task.done.connect(receiver.done)
    task.failed.connect(receiver.failed)
    task.broke.connect(receiver.broke)
    task.progress.connect(receiver.progress)
    task.over.connect(receiver.over)
    _running.add(task)
    if far:
        _far[:] = [*(one for one in _far if one.is_alive()), thread := threading.Thread(target=task.work, daemon=True)]
        thread.start()
    else:
        pool = QThreadPool.globalInstance()
        pool.setMaxThreadCount(max(_AT_ONCE, pool.maxThreadCount()))
        pool.start(task.work)
    return task


def share_fairly() -> None:
    """Work in Python lets the window on after half a millisecond.

    After Python's own five, each of the many small steps of a painting would wait that long for its turn.
    """
    sys.setswitchinterval(0.0005)


def running() -> bool:
    """Whether any work goes on that a lock has to wait for."""
    return any(not task.far for task in _running)


def give_up(task: Task) -> None:
    """Asks a job to stop, and hears nothing of it any more: it may hang."""
    task.heard = False
    task.cancel()


def wait_for_far(seconds: float) -> None:
    """Gives what reaches for another place so long to end, and then gives it up."""
    until = time.monotonic() + seconds
    for thread in _far:
        thread.join(max(0.0, until - time.monotonic()))


def wait_for_all() -> None:
    """Cancels what runs and waits for its end: before lock and close. What hangs far away is not waited for."""
    for task in tuple(_running):
        task.cancel()
    QThreadPool.globalInstance().waitForDone()


def hush() -> None:
    """What runs, or has ended and was not told yet, tells no result any more: what would hear it is closed."""
    for task in _running:
        task.heard = False


class _Receiver(QObject):
    """Lives on the main thread, so that Qt queues the signals of the worker to it."""

    def __init__(
        self,
        task: Task,
        done: Callable[[Any], None],
        failed: Callable[[Fault], None],
        progress: Callable[[float], None] | None,
        owner: QObject | None,
    ) -> None:
        super().__init__(task)
        self._task, self._done, self._failed, self._progress, self._owner = task, done, failed, progress, owner

    def _awaited(self) -> bool:
        return self._task.heard and (self._owner is None or isValid(self._owner))

    def done(self, result: object) -> None:
        if self._awaited():
            self._done(result)

    def failed(self, fault: object) -> None:
        assert isinstance(fault, Fault)
        if self._awaited():
            self._failed(fault)

    def broke(self, error: object) -> None:
        _running.discard(self._task)
        assert isinstance(error, BaseException)
        raise error

    def progress(self, share: float) -> None:
        if self._progress is not None and self._awaited():
            self._progress(share)

    def over(self) -> None:
        _running.discard(self._task)
