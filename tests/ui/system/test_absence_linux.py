"""The locked screen and the sleeping computer, said on a real bus to a real window."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import count

import pytest

if sys.platform != "linux":
    pytest.skip("D-Bus is Linux's", allow_module_level=True)

from private_bus import OTHERS, OURS, LoginManager, private_bus, screen_saver
from PySide6.QtCore import QObject
from PySide6.QtDBus import QDBusConnection
from pytestqt.qtbot import QtBot
from window_fixtures import OpenWindow, Stage

from ui.system.absence import SCREEN, SLEEP
from ui.system.absence_linux import SAVERS, BusAbsence

_names = count()


@pytest.fixture
def address() -> Iterator[str]:
    with private_bus() as address:
        yield address


@pytest.fixture
def bus(address: str, qapp: QObject) -> Iterator[QDBusConnection]:
    assert qapp
    name = f"test {next(_names)}"
    made = QDBusConnection.connectToBus(address, name)
    assert made.isConnected()
    yield made
    QDBusConnection.disconnectFromBus(name)


@pytest.fixture
def login(bus: QDBusConnection) -> LoginManager:
    return LoginManager(bus)


@pytest.fixture
def stage(
    address: str, login: LoginManager, open_demo: OpenWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Stage:
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", address)
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    opened = open_demo()
    qtbot.waitUntil(lambda: len(login.asked) == 2)
    return opened


def test_it_asks_whose_session_this_is_and_holds_sleep_up(stage: Stage, login: LoginManager) -> None:
    assert login.asked == [("GetSession", "auto"), ("Inhibit", "sleep", "delay")]
    assert login.brake_is_held()
    assert stage.window.absence.hears() == {SCREEN, SLEEP}


def test_the_locked_session_locks_the_vault(stage: Stage, login: LoginManager, qtbot: QtBot) -> None:
    vault = stage.desk.vault
    login.lock(OURS)
    qtbot.waitUntil(lambda: len(stage.restarts) == 1)
    assert vault.closed


def test_somebody_else_s_session_does_not(stage: Stage, login: LoginManager, qtbot: QtBot) -> None:
    absence = stage.window.absence
    assert isinstance(absence, BusAbsence)
    qtbot.waitUntil(lambda: absence._session_path == OURS)
    login.lock(OTHERS)
    with qtbot.waitSignal(absence.left) as heard:  # signals come in the order in which they were sent
        login.sleep(True)
    assert heard.args == [SLEEP]
    assert len(stage.restarts) == 1


@pytest.mark.parametrize("desktop", SAVERS)
def test_the_desktop_s_screen_saver_locks_the_vault(
    stage: Stage, bus: QDBusConnection, qtbot: QtBot, desktop: str
) -> None:
    screen_saver(bus, desktop, False)
    screen_saver(bus, desktop, True)
    with qtbot.waitSignal(stage.window.absence.left) as heard:
        pass
    assert heard.args == [SCREEN]
    assert len(stage.restarts) == 1


def test_sleep_waits_until_the_vault_is_locked(stage: Stage, login: LoginManager, qtbot: QtBot) -> None:
    vault, held = stage.desk.vault, []
    stage.window._restart = lambda _: held.append((vault.closed, login.brake_is_held()))
    absence = stage.window.absence
    assert isinstance(absence, BusAbsence)
    qtbot.waitUntil(lambda: absence._brake is not None)
    login.sleep(True)
    qtbot.waitUntil(lambda: held == [(True, False)])


def test_waking_up_takes_the_brake_again(address: str, login: LoginManager, qtbot: QtBot) -> None:
    absence = BusAbsence(address, "")
    absence.start()
    absence.start()
    qtbot.waitUntil(lambda: absence._brake is not None)
    with qtbot.waitSignal(absence.left):
        login.sleep(True)
    qtbot.waitUntil(lambda: not login.brake_is_held())
    login.sleep(False)
    qtbot.waitUntil(lambda: absence._brake is not None)
    assert login.brake_is_held()
    absence.stop()
    qtbot.waitUntil(lambda: not login.brake_is_held())


def test_nobody_else_on_the_bus_is_no_reason_to_complain(address: str, qtbot: QtBot) -> None:
    """No login manager: the screen saver is heard all the same."""
    absence = BusAbsence(address, address)
    absence.start()
    name = f"test {next(_names)}"
    bus = QDBusConnection.connectToBus(address, name)
    with qtbot.waitSignal(absence.left) as heard:
        screen_saver(bus, "gnome", True)
    assert heard.args == [SCREEN]
    absence.stop()
    QDBusConnection.disconnectFromBus(name)


@pytest.mark.parametrize(
    "nowhere", ["", "unix:path=/nonexistent/bus", "tcp:host=127.0.0.1,port=9", "autolaunch:", "nonsense"]
)
def test_without_a_bus_it_hears_nothing_and_says_so(nowhere: str, qapp: QObject) -> None:
    assert qapp
    absence = BusAbsence(nowhere, nowhere)
    absence.start()
    assert absence.hears() == frozenset()
    absence.stop()
