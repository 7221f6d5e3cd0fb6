"""Puts a backup in the place of a vault, so that whatever stops it halfway, the old or the new one opens.

The proved copy is first laid beside the vault under a name of its own (``….restoring``); from then on the restore is
decided, and opening the vault finishes what a crash left. Where people were erased since, they are erased from the copy
before that (``….preparing``). The vault before it, and its journal (which would be
played into the new file), are moved aside, never removed.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from app.domain.ids import PersonId
from app.errors import Fault
from app.store import erased
from app.store.backups import Backup, check
from app.store.copies import copy_file, move, reading
from app.store.lockfile import LockFile

_MOMENT = "%Y-%m-%d %H-%M-%S"
_PREPARING = re.compile(r"\.\d{4}-\d\d-\d\d \d\d-\d\d-\d\d\.preparing(?:-journal|\.part)?")
_MARK = re.compile(r"\.(\d{4}-\d\d-\d\d \d\d-\d\d-\d\d)\.restoring$")


def restore(vault: Path, backup: Backup, key: str) -> Path:
    """Puts the backup in the vault's place and gives where the vault lies that was there before.

    Who was erased from the vault since stays so, as far as it can still be read. The vault has to be closed
    (VaultInUse). Faults "backups.gone", "backups.copy_damaged", WrongPassphrase,
    "backups.disk_full", "backups.unwritable": the vault is as it was then.
    """
    lock = LockFile(vault)
    try:
        finish(vault)
        return _taken(vault, stage(vault, backup, key, erased.ids_of_closed(vault, key)))
    finally:
        lock.release()


def stage(vault: Path, backup: Backup, key: str, people: frozenset[PersonId]) -> Path:
    """Lays a proved copy beside the vault, without the people who were erased since: the restore is decided.

    The caller holds the vault's lock. Faults "backups.gone", "backups.copy_damaged", WrongPassphrase, NewerVault,
    "backups.unverified", "backups.disk_full", "backups.unwritable": nothing is decided.
    """
    check(backup, key)
    moment = datetime.now(UTC).strftime(_MOMENT)
    staged = vault.with_name(f"{vault.name}.{moment}.restoring")
    if not people or _knows(backup, key, people):
        copy_file(backup.path, staged, backup.sha256)
        return staged
    preparing = vault.with_name(f"{vault.name}.{moment}.preparing")
    try:
        copy_file(backup.path, preparing, backup.sha256)
        erased.leave_out(preparing, key, people)
        move(preparing, staged)
    except BaseException:
        _remove(preparing)
        raise
    return staged


def _knows(backup: Backup, key: str, people: frozenset[PersonId]) -> bool:
    """Whether a backup is of after their erasure."""
    with reading(backup.path, key) as source:
        return people <= erased.ids(source)


def _remove(preparing: Path) -> None:
    """A copy that was not decided on, as far as it had come."""
    for ending in ("", "-journal", ".part"):
        with suppress(OSError):
            preparing.with_name(f"{preparing.name}{ending}").unlink(missing_ok=True)


def settle(vault: Path, staged: Path) -> Path:
    """Lets a staged copy take its place, once the vault is closed (VaultInUse before). Fault "backups.unwritable"."""
    lock = LockFile(vault)
    try:
        return _taken(vault, staged)
    finally:
        lock.release()


def _taken(vault: Path, staged: Path) -> Path:
    try:
        return take_place(vault, staged)
    except Fault:
        if vault.exists():
            staged.unlink(missing_ok=True)
        raise


def is_pending(vault: Path) -> bool:
    """Whether a restore of this vault was decided and cut off; opening the vault finishes it."""
    return bool(_staged(vault))


def finish(vault: Path) -> None:
    """Finishes a restore that was cut off, and clears away one that was not decided; the caller holds the vault's lock.
    Fault "backups.unwritable"."""
    for preparing in _beside(vault, _PREPARING):
        _remove(preparing)
    for staged in _staged(vault):
        take_place(vault, staged)


def _staged(vault: Path) -> list[Path]:
    return _beside(vault, _MARK)


def _beside(vault: Path, mark: re.Pattern[str]) -> list[Path]:
    try:
        beside = [entry for entry in vault.parent.iterdir() if entry.name.startswith(f"{vault.name}.")]
    except OSError:
        return []
    return sorted(entry for entry in beside if mark.fullmatch(entry.name[len(vault.name) :]))


def take_place(vault: Path, staged: Path) -> Path:
    """Old vault aside, its journal aside, new one in place: each step can be the last one before a crash.

    Gives where the old vault is then; the caller holds the lock. Fault "backups.unwritable": where the vault is gone
    by then, the next opening goes on.
    """
    match = _MARK.search(staged.name)
    assert match is not None
    aside = vault.with_name(f"{vault.stem} before {match[1]}{vault.suffix}")
    if vault.exists():
        number = 2
        while aside.exists():
            aside = vault.with_name(f"{vault.stem} before {match[1]} {number}{vault.suffix}")
            number += 1
        move(vault, aside)
    journal = vault.with_name(f"{vault.name}-journal")
    if journal.exists():
        move(journal, aside.with_name(f"{aside.name}-journal"))
    move(staged, vault)
    return aside
