"""All backups of a vault, wherever they lie: on this computer and at the second place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.store import backups as shelf
from app.store.backups import Backup
from app.store.vault import Vault


@dataclass(frozen=True, slots=True)
class Kept:
    """One backup: ``here`` on this computer, ``away`` at the second place; ``present``: today's passphrase opens it."""

    backup: Backup
    here: bool
    away: bool
    present: bool


def everywhere(vault: Vault, backups: Path, place: Path | None, *, hashed: bool = False) -> tuple[Kept, ...]:
    """Newest first, each once. Reads the second place, which may take long on a share; ``hashed`` each file whole."""
    here = {one.path.name: one for one in vault.backups(backups, hashed=hashed)}
    folder = None if place is None else shelf.folder_at(place, vault.id)
    away = {} if folder is None else {one.path.name: one for one in shelf.listed(folder, hashed=hashed)}
    found = []
    for name in here.keys() | away.keys():
        one = here.get(name)
        other = away.get(name)
        # The copy that is still good stands for both.
        best = one if one is not None and (one.verified or other is None or not other.verified) else other
        assert best is not None
        found.append(Kept(best, one is not None, other is not None, best.header == vault.header))
    return tuple(sorted(found, key=lambda kept: (kept.backup.at, kept.backup.path.name), reverse=True))
