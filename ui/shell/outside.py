"""What is seen of a closed vault from outside, asked where nobody waits: a share may not answer for minutes."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject

from app.store import checks, restore
from app.store.whereabouts import Whereabouts, whereabouts
from ui import tasks


@dataclass(frozen=True, slots=True)
class Seen:
    """``there``: the file, or a restore of it that was cut off. ``damaged``: the last check noted damage."""

    there: bool
    place: Whereabouts | None
    damaged: bool


# What Windows says of a place that does not answer now: no path or name in the network, not ready, connection lost.
_MAY_COME_BACK = frozenset({21, 51, 53, 54, 59, 64, 67, 121, 1231, 1232})


def look(path: Path, backups: Path) -> Seen:
    """Runs in any thread, and may hang in one of its own. A place that gives an error may come back: it is there."""
    there, place, damaged = True, None, False
    with suppress(OSError):
        place = whereabouts(path)
        there = _exists(path) or restore.is_pending(path)
        damaged = checks.is_noted_as_damaged(backups, path)
    return Seen(there, place, damaged)


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
