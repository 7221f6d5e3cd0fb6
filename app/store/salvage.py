"""Rescues what can still be read of a damaged vault into a new one, and says what could not.

The damaged file is never written to: a working copy of it, its journal included, is read row range by row range. The
new vault has the same key and id, so the passphrase, the sheet and the backups belong to it as before.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.errors import DamagedVault, Fault, NewerVault, NotAVault, WrongPassphrase
from app.store import backups as shelf
from app.store import copies, first_page, migrate, restore, wreck
from app.store.connections import connect
from app.store.key import HEADER_BYTES, MAGIC, PROFILES
from app.store.lockfile import LockFile
from app.store.rescue import Rescue, Rescued
from app.store.unlocking import Code, Secret, kept_headers
from app.store.wreck import Wreck

_MOMENT = "%Y-%m-%d %H-%M-%S"
_TRIED = 4  # headers: each costs half a second with a passphrase


@dataclass(frozen=True, slots=True)
class Salvage:
    """What was rescued; it lies beside the vault until it is ``put_in_place`` or ``thrown_away``.

    ``unlinked``: how many records lost one that they pointed to (a note, say, its person) and stand without it now.
    """

    vault: Path
    staged: Path
    tables: tuple[Rescued, ...]
    unlinked: int

    @property
    def complete(self) -> bool:
        return not self.unlinked and all(one.lost == 0 and not one.stand_ins for one in self.tables)


def salvage(vault: Path, secret: Secret, backups: Path, step: copies.Step = copies.no_step) -> Salvage:
    """Rescues a closed vault into a new one beside it.

    WrongPassphrase (for the code of a sheet Fault "recovery.other"), NotAVault, NewerVault, VaultInUse; Faults
    "salvage.head" where nothing is left of the list of tables, "salvage.nothing" where no record is left,
    "backups.disk_full", "backups.unwritable"; Cancelled by ``step``. Whatever comes, the vault is as it was.
    """
    lock = LockFile(vault)
    working, staged = wreck.working_beside(vault), wreck.staged_beside(vault)
    try:
        restore.finish(vault)
        wreck.copy_broken(vault, working)
        step(0.1)
        key = _key(vault, working, secret, backups, lambda share: step(0.1 + 0.2 * share))
        with Wreck(working, key) as found:
            folder = shelf.folder_of_closed_vault(backups, vault)
            rescue = _rescued(found, staged, key, None if folder is None else shelf.vault_id_of(folder), step)
        if not copies.is_whole(staged, key):
            raise Fault("backups.unverified")
        step(1.0)
        return Salvage(vault, staged, tuple(rescue.tables.values()), rescue.unlinked)
    except BaseException:
        wreck.remove(staged)
        raise
    finally:
        wreck.remove(working)
        lock.release()


def put_in_place(found: Salvage) -> Path:
    """Lets the rescued vault take the place of the damaged one; gives where the damaged one is kept.

    VaultInUse; Fault "backups.unwritable": the damaged vault is where it was then, and the rescued one too.
    """
    moment = datetime.now(UTC).strftime(_MOMENT)
    decided = found.vault.with_name(f"{found.vault.name}.{moment}.restoring")
    lock = LockFile(found.vault)  # before anything is decided: an opening would finish it
    try:
        copies.move(found.staged, decided)
        try:
            return restore.take_place(found.vault, decided)
        except Fault:
            if found.vault.exists():
                copies.move(decided, found.staged)
            raise
    finally:
        lock.release()


def throw_away(found: Salvage) -> None:
    """Removes the rescued vault; the damaged one stays as it is."""
    wreck.remove(found.staged)


def _key(vault: Path, working: Path, secret: Secret, backups: Path, step: copies.Step) -> str:
    """The key that opens the wreck; its first page is made anew where that is destroyed.

    Its own header leads to the key, or one that its backups have or are known to have had.
    """
    with working.open("rb") as stream:
        own = stream.read(HEADER_BYTES)
    folder = shelf.folder_of_closed_vault(backups, vault)
    newest = None if folder is None else shelf.newest(shelf.listed(folder))
    headers = dict.fromkeys([own, *([newest.header] if newest else []), *(kept_headers(folder) if folder else ())])
    fitting = [one for one in headers if len(one) == HEADER_BYTES and one.startswith(MAGIC) and one[3] in PROFILES]
    if not fitting:
        raise NewerVault() if own.startswith(MAGIC) and len(own) == HEADER_BYTES else NotAVault()
    keys = {header: secret.key(header) for header in fitting[:_TRIED]}
    for key in keys.values():
        with Wreck(working, key) as found:
            if all(found.read(sql)[1] for sql in ("PRAGMA main.user_version", "SELECT 1 FROM main.sqlite_master")):
                return key
    for at, key in enumerate(keys.values()):
        wreck.remove(wreck.journal_of(working))
        if first_page.make_anew(working, key, lambda share, at=at: step((at + share) / len(keys))):  # type: ignore[misc]
            return key
    if newest is not None and newest.header in keys and shelf.opens(newest, keys[newest.header]):
        raise Fault("salvage.head")
    raise Fault("recovery.other") if isinstance(secret, Code) else WrongPassphrase()


def _rescued(found: Wreck, staged: Path, key: str, vault_id: int | None, step: copies.Step) -> Rescue:
    version = _version(found)
    wreck.remove(staged)
    with copies.faults_of_copying():
        os.close(os.open(staged, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    connection = connect(staged, key)
    try:
        with copies.source_read(writing=True):
            migrate.migrate(connection, 0, version)
            rescue = Rescue(found, connection, vault_id)
            rescue.run(lambda share: step(0.3 + 0.5 * share))
            migrate.migrate(connection, version)
        if not any(one.saved for name, one in rescue.tables.items() if name not in ("meta", "journal", "erased")):
            raise Fault("salvage.nothing")
        return rescue
    finally:
        connection.close()


def _version(found: Wreck) -> int:
    """The wreck's schema; one that this program does not know can't be rescued."""
    rows, _ = found.read("PRAGMA main.user_version")
    version = int(rows[0][0]) if rows else 0
    if version > migrate.newest():
        raise NewerVault()
    if version < 1:
        raise DamagedVault()
    return version
