"""What Python's search for garbage passes over while much is read is found all the same, when nobody is at work."""

from __future__ import annotations

import gc
import time
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from ui import calm
from ui.shell.idle import REST_S, Idle


class Circle:
    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def looked_through() -> Iterator[None]:
    calm.tidy()
    yield
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
