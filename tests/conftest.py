"""What every test stands on: a fresh vault that opens quickly, a home of its own, and no network."""

from __future__ import annotations

import gc
import os
import socket
from collections.abc import Generator, Iterator
from itertools import count
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import HealthCheck, settings
from quick_vaults import PASSPHRASE, QUICK

from app.store import key
from app.store.vault import Vault, create_vault

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
pytest_plugins = ("window_fixtures", "bring_back_scene")

# On a machine with much else to do an example may take long, which says nothing of the program.
settings.register_profile("any_machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any_machine")

MUCH = 20_000  # objects made since garbage was looked for
RARELY = 100  # tests from one look at everything to the next
_tests = count(1)


def pytest_configure() -> None:
    """Garbage goes between tests, on the main thread, as in the program (`ui.calm`).

    Left alone, Python looks for it in whichever thread makes the next object, and walks through widgets that the main
    thread is just deleting: now and then a whole run crashed.
    """
    gc.set_threshold(10**9)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown() -> Generator[None]:
    yield
    if next(_tests) % RARELY == 0:
        gc.collect()
    elif gc.get_count()[0] > MUCH:
        gc.collect(1)


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails a test that looks up a name or opens a socket to anything but this machine's own file system."""

    def refuse(*_: object, **__: object) -> NoReturn:
        pytest.fail("a test reached for the network")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    for name in ("connect", "connect_ex", "bind"):
        genuine = getattr(socket.socket, name)

        def guarded(self: socket.socket, *arguments: Any, _genuine: Any = genuine) -> Any:
            if self.family != getattr(socket, "AF_UNIX", None):
                refuse()
            return _genuine(self, *arguments)

        monkeypatch.setattr(socket.socket, name, guarded)


@pytest.fixture
def quick_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """Derives keys in a millisecond instead of half a second."""
    monkeypatch.setattr(key, "PROFILES", QUICK)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty folder for all files of the program."""
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def vault(tmp_path: Path, quick_key: None) -> Iterator[Vault]:  # noqa: ARG001
    """A new, empty vault; PASSPHRASE opens it."""
    with create_vault(tmp_path / "fresh.tandembuch", PASSPHRASE) as fresh:
        yield fresh
