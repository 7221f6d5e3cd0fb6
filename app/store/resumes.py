"""The one Resume of a vault, from its lock to its next opening. It is no record: no backup and no undo is due to it."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from app.domain.resumes import Resume, Spot, Unsaved
from app.store.vault import Change, Source

_KEY = "resume"


def kept(source: Source) -> Resume | None:
    """What the last lock left; None after a close, or where it can't be read."""
    row = source.row("SELECT value FROM meta WHERE key = ?", (_KEY,))
    if row is None:
        return None
    try:
        return _read(json.loads(row[0]))
    except (ValueError, TypeError, KeyError):
        return None


def _read(found: dict[str, Any]) -> Resume:
    focus = Spot(**found.pop("focus")) if found["focus"] else found.pop("focus")
    unsaved = tuple(Unsaved(spot=Spot(**one["spot"]), text=str(one["text"])) for one in found.pop("unsaved"))
    return Resume(focus=focus, unsaved=unsaved, **found)


def write(change: Change, resume: Resume) -> None:
    forget(change)
    change.execute("INSERT INTO meta (key, value) VALUES (?, ?)", (_KEY, json.dumps(asdict(resume))))


def forget(change: Change) -> None:
    change.execute("DELETE FROM meta WHERE key = ?", (_KEY,))
