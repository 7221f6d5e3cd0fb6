"""The system's word that nobody sits here any more: its screen is locked, or it goes to sleep."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

SCREEN, SLEEP = "screen", "sleep"


class Absence(QObject):
    """``left`` gives SCREEN or SLEEP. This one hears of neither, as on a system that says nothing."""

    left = Signal(str)

    def start(self) -> None:
        """Begins to listen; a second call does nothing."""

    def stop(self) -> None:
        """Listens no longer."""

    def hears(self) -> frozenset[str]:
        """Of which of SCREEN and SLEEP this system tells us, as far as can be known."""
        return frozenset()


def of_this_system(window: QWidget) -> Absence:
    """What listens here. ``window`` is one that the system can send its messages to."""
    system: str = sys.platform  # a name of its own, or the checker would look at one branch alone
    if system == "linux":
        from ui.system.absence_linux import BusAbsence

        return BusAbsence()
    if system == "win32":
        from ui.system.absence_windows import MessageAbsence

        return MessageAbsence(window)
    if system == "darwin":
        from ui.system.absence_mac import NotifiedAbsence

        return NotifiedAbsence()
    return Absence()
