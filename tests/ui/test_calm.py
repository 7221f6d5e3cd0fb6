"""What Python's search for garbage passes over while much is read is found all the same, when nobody is at work."""

from __future__ import annotations

import gc
import threading
import time
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_fixtures import OpenWindow

from ui import calm, tasks
from ui.shell import warming
from ui.shell.idle import REST_S, Idle


class Circle:
    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def looked_through() -> Iterator[None]:
    """Python looks as often as it does by itself, which the other tests keep it from."""
    calm.tidy()
    rarely = gc.get_threshold()
    gc.set_threshold(700, 10, 10)
    yield
    gc.set_threshold(*rarely)
    gc.unfreeze()


def circle_read_over() -> weakref.ref[Circle]:
    """One that was there when much was read, and that nothing holds any more."""
    circle = Circle()
    with calm.undisturbed():
        pass
    return weakref.ref(circle)


def test_a_circle_that_stood_while_much_was_read_goes_with_the_next_tidying() -> None:
    left = circle_read_over()
    gc.collect()
    assert left() is not None, "frozen: else this test says nothing"
    assert calm.tidy()
    assert left() is None
    assert not calm.tidy(), "nothing was read since"


def test_nothing_is_tidied_while_much_is_read() -> None:
    circle_read_over()
    with calm.undisturbed():
        assert not calm.tidy()
    assert gc.isenabled()
    assert calm.tidy()


def test_it_is_tidied_once_nobody_has_touched_anything_for_a_while(qapp: QApplication) -> None:
    idle = Idle(qapp, 5)
    left = circle_read_over()
    idle.tick(time.time() + REST_S - 2)
    assert left() is not None
    idle.tick(time.time() + REST_S + 1)
    assert left() is None
    assert gc.isenabled()


class Circular(QObject):
    """A piece of the window that nothing holds but itself; ``gone`` hears the thread that deletes it."""

    def __init__(self, gone: list[threading.Thread]) -> None:
        super().__init__()
        self.itself = self
        self.destroyed.connect(lambda: gone.append(threading.current_thread()), Qt.ConnectionType.DirectConnection)


def litter() -> None:
    """Work that makes so many circles that Python would look for garbage many times."""
    for _ in range(20_000):
        Circle()


def at_work() -> None:
    thread = threading.Thread(target=litter)
    thread.start()
    thread.join()


@pytest.fixture
def program(qapp: QApplication) -> Iterator[None]:
    owner = QObject()
    calm.look_here(owner)
    yield
    owner.deleteLater()
    qapp.sendPostedEvents(owner, QEvent.Type.DeferredDelete.value)
    assert gc.isenabled()


@pytest.mark.usefixtures("program")
def test_what_belongs_to_the_window_is_deleted_by_its_thread_whoever_works_beside_it(qtbot: QtBot) -> None:
    gone: list[threading.Thread] = []
    Circular(gone)
    at_work()
    assert gone == [], "deleted by the thread that worked"
    qtbot.waitUntil(lambda: gone != [])
    assert gone == [threading.main_thread()]


@pytest.mark.usefixtures("program")
def test_no_other_thread_looks_after_much_was_read() -> None:
    gone: list[threading.Thread] = []
    with calm.undisturbed():
        Circular(gone)
    Circular(gone)
    at_work()
    assert gone == []
    assert calm.tidy()
    assert gone == [threading.main_thread()] * 2


@pytest.mark.usefixtures("program")
def test_the_old_is_looked_through_at_rest_once_much_was_made() -> None:
    gc.collect()
    for _ in range(gc.get_threshold()[2] + 1):
        gc.collect(1)
    assert calm.tidy()
    assert not calm.tidy(), "nothing was made since"


@pytest.mark.usefixtures("program")
def test_where_little_was_made_nothing_is_looked_through() -> None:
    gone: list[threading.Thread] = []
    gc.collect()
    Circular(gone)
    calm.look()
    assert gone == []


def test_a_window_that_rested_once_has_it_so(open_window: OpenWindow, qtbot: QtBot) -> None:
    gone: list[threading.Thread] = []
    warming.load_soon(open_window().window)
    qtbot.waitUntil(lambda: not gc.isenabled() and not tasks.running())
    Circular(gone)
    at_work()
    assert gone == []
    qtbot.waitUntil(lambda: gone == [threading.main_thread()])
