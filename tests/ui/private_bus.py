"""A D-Bus of a test's own, with a login manager on it that says and asks what systemd's does."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import ClassInfo, QObject, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusObjectPath, QDBusUnixFileDescriptor

from ui.system.absence_linux import LOGIN, LOGIN_PATH, MANAGER, SESSION

OURS, OTHERS = f"{LOGIN_PATH}/session/_31", f"{LOGIN_PATH}/session/_37"


@contextmanager
def private_bus() -> Iterator[str]:
    """The address of a bus that ends with the block; skips where there is no dbus-daemon."""
    daemon = shutil.which("dbus-daemon")
    if daemon is None:
        pytest.skip("dbus-daemon is not installed")
    command = (daemon, "--session", "--nofork", "--print-address=1")
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.kill()


@ClassInfo({"D-Bus Interface": MANAGER})  # type: ignore[call-arg]  # the stubs don't know how it is used
class LoginManager(QObject):  # type: ignore[operator]
    """Answers GetSession and Inhibit; ``brake_is_held`` tells whether the inhibitor is still open."""

    def __init__(self, bus: QDBusConnection) -> None:
        super().__init__()
        self._bus = bus
        self.asked: list[tuple[str, ...]] = []
        self._reading = -1
        assert bus.registerService(LOGIN)
        assert bus.registerObject(LOGIN_PATH, self, QDBusConnection.RegisterOption.ExportAllSlots)

    @Slot(str, result=QDBusObjectPath)
    def GetSession(self, session: str) -> QDBusObjectPath:
        self.asked.append(("GetSession", session))
        return QDBusObjectPath(OURS)

    @Slot(str, str, str, str, result=QDBusUnixFileDescriptor)
    def Inhibit(self, what: str, who: str, why: str, mode: str) -> QDBusUnixFileDescriptor:
        assert who
        assert why
        self.asked.append(("Inhibit", what, mode))
        self._reading, writing = os.pipe2(os.O_NONBLOCK)
        given = QDBusUnixFileDescriptor(writing)
        os.close(writing)
        return given

    def brake_is_held(self) -> bool:
        try:
            return os.read(self._reading, 1) != b""
        except BlockingIOError:
            return True

    def lock(self, session: str) -> None:
        self._bus.send(QDBusMessage.createSignal(session, SESSION, "Lock"))

    def sleep(self, begins: bool) -> None:
        said = QDBusMessage.createSignal(LOGIN_PATH, MANAGER, "PrepareForSleep")
        said.setArguments([begins])
        self._bus.send(said)


def screen_saver(bus: QDBusConnection, desktop: str, active: bool) -> None:
    said = QDBusMessage.createSignal(f"/org/{desktop}/ScreenSaver", f"org.{desktop}.ScreenSaver", "ActiveChanged")
    said.setArguments([active])
    bus.send(said)
