"""What is seen of a closed vault from outside, asked where nobody waits: a share may not answer for minutes."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject

from app.errors import Fault, NewerVault, NotAVault, VaultFault
from app.i18n import tr
from app.store import backups as shelf
from app.store import checks, key, restore
from app.store.whereabouts import Whereabouts, whereabouts
from ui import tasks
from ui.words import sentence


@dataclass(frozen=True, slots=True)
class Seen:
    """``there``: the file, or a restore of it that was cut off. ``damaged``: the last check noted damage.

    ``fault``: what no passphrase changes, as the code of a Fault; "" where one is worth a try.
    """

    there: bool
    place: Whereabouts | None
    damaged: bool
    fault: str = ""

    def words(self) -> str:
        """What is said of it before anybody types; "" where nothing stands in the way."""
        if self.damaged:
            return tr("The last check found damage in this vault. Type its passphrase, then choose what to do.")
        return sentence(Fault(self.fault)) if self.fault else ""


# What Windows says of a place that does not answer now: no path or name in the network, not ready, connection lost.
_MAY_COME_BACK = frozenset({21, 51, 53, 54, 59, 64, 67, 121, 1231, 1232})


def look(path: Path, backups: Path) -> Seen:
    """Runs in any thread, and may hang in one of its own. A place that gives an error may come back: it is there."""
    there, place, damaged, fault = True, None, False, ""
    with suppress(OSError):
        place = whereabouts(path)
        there = _exists(path) or restore.is_pending(path)
        fault = _fault(path, backups) if there else "vault.missing"
    with suppress(OSError):  # a dying disk lets nobody read the file: then most of all
        damaged = checks.is_noted_as_damaged(backups, path)
    return Seen(there, place, damaged, fault)


def _fault(path: Path, backups: Path) -> str:
    """What the first bytes say. A vault whose beginning is destroyed is another matter where a backup knows it."""
    if restore.is_pending(path) or shelf.folder_of_closed_vault(backups, path) is not None:
        return ""
    if not path.is_file():
        return "vault.missing"
    try:
        key.read_header(path)
    except (NotAVault, NewerVault) as fault:
        return fault.code
    except VaultFault:
        pass  # damage: with the passphrase some of it may be brought back
    return ""


def _exists(path: Path) -> bool:
    """Unlike ``Path.exists`` it raises OSError where a share is only away, which Windows calls not found as well."""
    try:
        os.stat(path)
    except (OSError, ValueError) as error:
        if getattr(error, "winerror", None) in _MAY_COME_BACK:
            raise
        return path.exists()
    return True


def ask(path: Path, backups: Path, told: Callable[[Path, Seen], None], owner: QObject) -> None:
    """Looks without anybody waiting; ``told`` is called on the main thread while ``owner`` is there, or never."""
    tasks.run(lambda _task: look(path, backups), lambda seen: told(path, seen), lambda _: None, owner=owner, far=True)
