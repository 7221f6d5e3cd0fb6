"""What is seen of a closed vault from outside, asked where nobody waits: a share may not answer for minutes."""

from __future__ import annotations

from collections.abc import Callable
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


def look(path: Path, backups: Path) -> Seen:
    """Runs in any thread, and may hang in one of its own. A place that gives an error may come back: it is there."""
    try:
        there = path.exists() or restore.is_pending(path)
    except OSError:
        there = True
    return Seen(there, whereabouts(path), checks.is_noted_as_damaged(backups, path))


def ask(path: Path, backups: Path, told: Callable[[Path, Seen], None], owner: QObject) -> None:
    """Looks without anybody waiting; ``told`` is called on the main thread while ``owner`` is there, or never."""
    tasks.run(
        lambda _task: look(path, backups), lambda seen: told(path, seen), lambda _: None, owner=owner, far=True
    )
