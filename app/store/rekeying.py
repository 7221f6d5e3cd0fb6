"""The vault's file encrypted anew with another key: a new file, proved equal, takes the old one's place at once.

The new file lies beside the vault as ``….rekeying`` until one rename makes it the vault. Whatever stops the work before
that leaves the old vault, whatever stops it after that the new one, each complete; the next opening removes what was
left of a new file.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from app.errors import Fault
from app.store.connections import connect
from app.store.copies import Step, is_whole, move, no_step, source_read, sync_file, write_copy
from app.store.key import read_header

_TRIES, _PAUSE = 10, 0.2  # seconds; elsewhere than on POSIX a scanner may hold a file that was just written
_CODES = {
    "backups.source_damaged": "passphrase.source_damaged",
    "backups.unverified": "passphrase.unverified",
    "backups.disk_full": "passphrase.disk_full",
    "backups.unwritable": "passphrase.unwritable",
}


def stage(connection: Any, key: str, new: str, vault: Path, facts: Mapping[str, str], step: Step = no_step) -> None:
    """Writes the open vault beside itself, encrypted with the key ``new`` and with these facts in its meta table.

    An empty fact is left out of it. The vault must not change meanwhile. Faults "passphrase.source_damaged",
    "passphrase.unverified", "passphrase.disk_full", "passphrase.unwritable"; nothing is left beside the vault then.
    """
    part = _part(vault)
    try:
        clear(vault)
        expected = write_copy(connection, key, part, lambda share: step(0.6 * share))
        with suppress(OSError):
            shutil.copymode(vault, part)
        with source_read(writing=True):
            _encrypt(part, key, new)
            if not is_whole(part, new, expected):
                raise Fault("backups.unverified")
            step(0.85)
            _write_facts(part, new, facts)
        sync_file(part)
        if not is_whole(part, new) or read_header(part).hex() != new[-33:-1]:
            raise Fault("backups.unverified")
        step(1.0)
    except Fault as fault:
        clear(vault)
        if fault.code in _CODES:
            raise Fault(_CODES[fault.code]) from None
        raise
    except BaseException:
        clear(vault)
        raise


def settle(vault: Path) -> None:
    """Makes the staged file the vault; the vault's connection is closed and its lock held. Fault
    "passphrase.unwritable": the vault is as it was, and what was staged is gone.
    """
    place = vault.resolve()
    try:
        if place.with_name(f"{place.name}-journal").exists():  # it would be played into the new file
            raise Fault("passphrase.unwritable")
        _move(_part(vault), place)
    except Fault:
        clear(vault)
        raise Fault("passphrase.unwritable") from None


def clear(vault: Path) -> None:
    """Removes what a change that was cut off has left; the caller holds the vault's lock."""
    part = _part(vault)
    for leftover in (part, part.with_name(f"{part.name}-journal")):
        with suppress(OSError):
            leftover.unlink(missing_ok=True)


def _part(vault: Path) -> Path:
    """Beside the file itself, where the path is a link to it: a rename must not replace the link."""
    place = vault.resolve()
    return place.with_name(f"{place.name}.rekeying")


def _encrypt(part: Path, key: str, new: str) -> None:
    with closing(connect(part, key)) as connection:
        # A file that nobody has yet needs no way back: if this fails it is thrown away.
        connection.execute("PRAGMA journal_mode = OFF").fetchall()
        connection.execute("PRAGMA synchronous = OFF").fetchall()
        connection.execute(f'PRAGMA rekey = "{new}"').fetchall()


def _write_facts(part: Path, key: str, facts: Mapping[str, str]) -> None:
    with closing(connect(part, key)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        for name, value in facts.items():
            connection.execute("DELETE FROM meta WHERE key = ?", (name,))
            if value:
                connection.execute("INSERT INTO meta (key, value) VALUES (?, ?)", (name, value))
        connection.execute("COMMIT")


def _move(source: Path, target: Path) -> None:
    for _ in range(_TRIES - 1 if os.name == "nt" else 0):
        with suppress(Fault):
            return move(source, target)
        time.sleep(_PAUSE)
    return move(source, target)
