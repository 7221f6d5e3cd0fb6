"""Linux: systemd's logind on the system bus, the desktop's screen saver on the session bus.

A bus is a socket of this machine's file system; an address of any other kind is not used. What is heard can do no
more than lock, so it does not matter that another program of the same user could say it too.
"""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import SLOT, QObject, Slot
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusObjectPath,
    QDBusPendingCallWatcher,
    QDBusUnixFileDescriptor,
)

from app.i18n import tr
from ui.system.absence import SCREEN, SLEEP, Absence

LOGIN = "org.freedesktop.login1"
LOGIN_PATH = "/org/freedesktop/login1"
MANAGER, SESSION = f"{LOGIN}.Manager", f"{LOGIN}.Session"
SAVERS = ("freedesktop", "gnome", "cinnamon", "mate", "xfce")
SYSTEM_SOCKET = Path("/run/dbus/system_bus_socket")


def system_address() -> str:
    """Where the system bus is, "" for nowhere."""
    default = f"unix:path={SYSTEM_SOCKET}" if SYSTEM_SOCKET.exists() else ""
    return os.environ.get("DBUS_SYSTEM_BUS_ADDRESS", default)


def session_address() -> str:
    """Where the session's bus is, "" for nowhere."""
    place = Path(os.environ.get("XDG_RUNTIME_DIR", "/nonexistent")) / "bus"
    return os.environ.get("DBUS_SESSION_BUS_ADDRESS", f"unix:path={place}" if place.exists() else "")


class BusAbsence(Absence):
    """Holds sleep up until the vault is locked: the system waits for its inhibitor, five seconds as a rule."""

    def __init__(self, system: str | None = None, session: str | None = None) -> None:
        """``system`` and ``session`` are addresses of buses, for tests."""
        super().__init__()
        self._addresses = (system, session)
        self._buses: dict[str, QDBusConnection] = {}
        self._session_path = ""  # of our own session; while it is unknown every Lock counts
        self._brake: int | None = None  # the inhibitor: sleep waits while it is open

    def start(self) -> None:
        if self._buses:
            return
        system, session = self._addresses
        self._connect("system", system_address() if system is None else system)
        self._connect("session", session_address() if session is None else session)
        if "system" in self._buses:
            self._hear("system", LOGIN, MANAGER, "PrepareForSleep")
            self._hear("system", LOGIN, SESSION, "Lock")
            self._ask("GetSession", ["auto"])
            self._hold_sleep()
        if "session" in self._buses:
            for saver in SAVERS:
                self._hear("session", "", f"org.{saver}.ScreenSaver", "ActiveChanged")

    def stop(self) -> None:
        for name in self._buses:
            QDBusConnection.disconnectFromBus(self._name(name))
        self._buses.clear()
        self._let_sleep()

    def hears(self) -> frozenset[str]:
        found = set()
        if self._buses:
            found.add(SCREEN)
        if "system" in self._buses:
            found.add(SLEEP)
        return frozenset(found)

    def _name(self, bus: str) -> str:
        return f"tandembuch {bus} {id(self)}"

    def _connect(self, bus: str, address: str) -> None:
        if not address.startswith("unix:"):
            return
        made = QDBusConnection.connectToBus(address, self._name(bus))
        if made.isConnected():
            self._buses[bus] = made
        else:
            QDBusConnection.disconnectFromBus(self._name(bus))

    def _hear(self, bus: str, service: str, interface: str, signal: str) -> None:
        slot = SLOT("heard(QDBusMessage)")
        self._buses[bus].connect(service, "", interface, signal, self, slot)  # type: ignore[call-overload]

    def _ask(self, method: str, words: list[str]) -> None:
        call = QDBusMessage.createMethodCall(LOGIN, LOGIN_PATH, MANAGER, method)
        call.setArguments(words)
        watcher = QDBusPendingCallWatcher(self._buses["system"].asyncCall(call), self)
        watcher.finished.connect(self._answered)

    def _hold_sleep(self) -> None:
        self._ask("Inhibit", ["sleep", "Tandembuch", tr("The vault is being locked"), "delay"])

    def _let_sleep(self) -> None:
        if self._brake is not None:
            os.close(self._brake)
            self._brake = None

    def _answered(self, watcher: QObject) -> None:
        """Logind's answers: our session's path, or the inhibitor. An error leaves things as they are."""
        if not isinstance(watcher, QDBusPendingCallWatcher):
            return
        for word in watcher.reply().arguments() if self._buses else ():
            if isinstance(word, QDBusObjectPath):
                self._session_path = word.path()
            elif isinstance(word, QDBusUnixFileDescriptor):
                self._let_sleep()
                self._brake = os.dup(word.fileDescriptor())
        watcher.deleteLater()  # with it goes the answer, which holds the inhibitor too

    @Slot(QDBusMessage)
    def heard(self, message: QDBusMessage) -> None:
        """A signal of one of the buses."""
        begins = message.arguments()[:1] == [True]
        locked = message.member() == "Lock" and self._session_path in ("", message.path())
        if locked or (message.member() == "ActiveChanged" and begins):
            self.left.emit(SCREEN)
        elif message.member() == "PrepareForSleep" and begins:
            self.left.emit(SLEEP)
            self._let_sleep()  # whoever heard it has locked by now
        elif message.member() == "PrepareForSleep":
            self._hold_sleep()
