"""The full check of an open vault: every page, every table, every reference, and the index of words.

A page is proved by reading it: SQLCipher refuses one whose seal is broken. Pages that hold nothing any more may be
broken without harm, so what ``cipher_integrity_check`` finds counts only where a check of what is in use fails too.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from app.errors import Cancelled, DamagedVault, Fault
from app.store import backups as shelf
from app.store.connections import ROOM
from app.store.copies import Step, no_step, write_small
from app.store.vault import Source, Vault

_CHECKED = "checked_on"
_MARK = "damage.json"
_LARGE_ROOM = "PRAGMA cache_size = -262144"  # 256 MiB, filled only as far as the vault is large
_PAUSE = 0.2  # seconds between two attempts at a check that had to step back


@dataclass(frozen=True, slots=True)
class Health:
    """What a check found. ``damaged``: the tables it could not read whole; ``rebuilt``: the index of words was out of
    step and was built anew; ``idle_pages``: broken pages that hold nothing."""

    damaged: tuple[str, ...] = ()
    rebuilt: bool = False
    idle_pages: int = 0

    @property
    def sound(self) -> bool:
        return not self.damaged


def full_check(vault: Vault, step: Step = no_step) -> Health:
    """Checks everything at once; others wait for the vault meanwhile. Cancelled by ``step``."""
    step(0.0)
    flagged = len(vault.rows("PRAGMA cipher_integrity_check"))
    step(0.3)

    def whole(statement: str) -> list[Any]:
        return vault.rows(statement)

    with _room_for_all(vault):
        return _checked(vault, whole, lambda share: step(0.3 + 0.7 * share), flagged)


@contextmanager
def _room_for_all(vault: Vault) -> Iterator[None]:
    """Each page is read anew, but only once: what the tables have in memory by then, the index of words need not read
    again."""
    vault.rows("PRAGMA shrink_memory")  # what is kept in memory would not be read again
    vault.rows(_LARGE_ROOM)
    try:
        yield
    finally:
        if not vault.closed:
            vault.rows(ROOM)
            vault.rows("PRAGMA shrink_memory")


def quiet_check(vault: Vault, cancelled: Callable[[], bool]) -> Health:
    """The same in small pieces that give way to whoever wants the vault. Cancelled as soon as it is asked to stop."""
    pause = threading.Event()
    vault.rows("PRAGMA shrink_memory")

    def patient(statement: str) -> list[Any]:
        while not cancelled():
            found = vault.aside(statement)
            if found is not None:
                return found
            pause.wait(_PAUSE)
        raise Cancelled()

    return _checked(vault, patient, no_step, 0)


def _checked(vault: Vault, run: Callable[[str], list[Any]], step: Step, flagged: int) -> Health:
    # The index of words is a table that SQLite can't see into: its own check comes last, and costs as much as all else.
    tables = "SELECT name FROM main.sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
    names = [row[0] for row in vault.rows(tables)]
    damaged = []
    for at, name in enumerate(names):
        step(at / (len(names) + 1))
        if not _is_sound(vault, run, name):
            damaged.append(name)
    if flagged and not damaged:
        # Which of the broken pages matter? One of the list of free pages would stop the next change.
        try:
            damaged += [] if run("PRAGMA main.integrity_check(1)") == [("ok",)] else ["sqlite_master"]
        except DamagedVault:
            vault.reopen()
            damaged.append("sqlite_master")
    rebuilt = False if damaged else _words_mended(run)
    step(1.0)
    return Health(tuple(damaged), rebuilt, 0 if damaged else flagged)


def _is_sound(vault: Vault, run: Callable[[str], list[Any]], table: str) -> bool:
    try:
        return run(f'PRAGMA main.integrity_check("{table}")') == [("ok",)] and not run(
            f'PRAGMA main.foreign_key_check("{table}")'
        )
    except DamagedVault:
        vault.reopen()  # nothing more is read through a connection that met a bad page
        return False


def _words_mended(run: Callable[[str], list[Any]]) -> bool:
    """Compares the index of words with the notes and builds it anew where it differs; True if it did."""
    try:
        run("INSERT INTO note_fts (note_fts, rank) VALUES ('integrity-check', 1)")
    except DamagedVault:
        run("INSERT INTO note_fts (note_fts) VALUES ('rebuild')")
        return True
    return False


# When, and what was found


def last_check(source: Source) -> date | None:
    """The day of the last full check that found no damage."""
    row = source.row("SELECT value FROM meta WHERE key = ?", (_CHECKED,))
    with suppress(ValueError):
        return date.fromisoformat(row[0]) if row else None
    return None


def is_due(source: Source, today: date) -> bool:
    """Once a day; a clock that went back counts as another day."""
    return last_check(source) != today


def note(vault: Vault, backups: Path, health: Health, today: date) -> None:
    """Keeps what a check found: its day in the vault, or a mark beside the backups that the unlock page sees."""
    mark = shelf.folder_of(backups, vault.id) / _MARK
    if health.sound:
        with vault.change("checks.note", undoable=False) as change:
            change.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (_CHECKED, today.isoformat()))
        with suppress(OSError):
            mark.unlink(missing_ok=True)
        return
    with suppress(OSError, Fault):
        mark.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_small(mark, "{}")
        shelf.remember(mark.parent, vault.path)


def is_noted_as_damaged(backups: Path, vault: Path) -> bool:
    """Whether the last check of a closed vault found damage."""
    if not any(backups.glob(f"*/{_MARK}")):
        return False
    folder = shelf.folder_of_closed_vault(backups, vault)
    return folder is not None and (folder / _MARK).exists()


def forget_damage(backups: Path, vault: Path) -> None:
    """After a restore or a salvage the vault is another file."""
    folder = shelf.folder_of_closed_vault(backups, vault)
    if folder is not None:
        with suppress(OSError):
            (folder / _MARK).unlink(missing_ok=True)
