"""Rescues what can still be read of a damaged vault into a new one, and says what could not.

The damaged file is never written to: a working copy of it, its journal included, is read row range by row range. The
new vault has the same key and id, so the passphrase, the sheet and the backups belong to it as before.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from app.errors import DamagedVault, Fault, NewerVault, NotAVault, WrongPassphrase
from app.store import backups as shelf
from app.store import copies, migrate, restore, wreck
from app.store.connections import connect
from app.store.key import HEADER_BYTES, MAGIC, PROFILES
from app.store.lockfile import LockFile
from app.store.rescue import Rescue, Rescued
from app.store.wreck import Wreck

_MOMENT = "%Y-%m-%d %H-%M-%S"


class Secret(Protocol):
    """A passphrase, or the code of a sheet: gives the key of a vault from its header, its first 16 bytes."""

    def key(self, header: bytes) -> str: ...


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

    WrongPassphrase, NotAVault, NewerVault, VaultInUse; Faults "salvage.head" where the list of tables is destroyed,
    "salvage.nothing" where no record is left, "backups.disk_full", "backups.unwritable"; Cancelled by ``step``.
    Whatever comes, the vault is as it was.
    """
    lock = LockFile(vault)
    working = vault.with_name(f"{vault.name}.working")
    staged = vault.with_name(f"{vault.name}.salvaged")
    try:
        restore.finish(vault)
        wreck.copy_broken(vault, working)
        step(0.1)
        key = _key(vault, working, secret, backups)
        with Wreck(working, key) as found:
            rescue = _rescued(found, staged, key, step)
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


def _key(vault: Path, working: Path, secret: Secret, backups: Path) -> str:
    """The key that opens the wreck's first page, by its own header or by the one its backups have."""
    with working.open("rb") as stream:
        own = stream.read(HEADER_BYTES)
    newest = shelf.newest(shelf.of_closed_vault(backups, vault))
    headers = dict.fromkeys([own, *([newest.header] if newest else [])])
    fitting = [one for one in headers if len(one) == HEADER_BYTES and one.startswith(MAGIC) and one[3] in PROFILES]
    if not fitting:
        raise NewerVault() if own.startswith(MAGIC) and len(own) == HEADER_BYTES else NotAVault()
    keys = {header: secret.key(header) for header in fitting}
    for key in keys.values():
        with Wreck(working, key) as found:
            if found.read("PRAGMA main.user_version")[1]:
                if not found.read("SELECT count(*) FROM main.sqlite_master")[1]:
                    raise Fault("salvage.head")
                return key
    if newest is not None and newest.header in keys and shelf.opens(newest, keys[newest.header]):
        raise Fault("salvage.head")
    raise WrongPassphrase()


def _rescued(found: Wreck, staged: Path, key: str, step: copies.Step) -> Rescue:
    version = _version(found)
    wreck.remove(staged)
    with copies.faults_of_copying():
        os.close(os.open(staged, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    connection = connect(staged, key)
    try:
        with copies.source_read(writing=True):
            migrate.migrate(connection, 0, version)
            rescue = Rescue(found, connection)
            rescue.run(lambda share: step(0.1 + 0.7 * share))
            migrate.migrate(connection, version)
        if not any(one.saved for name, one in rescue.tables.items() if name not in ("meta", "journal")):
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
