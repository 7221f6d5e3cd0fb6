"""The one connection of an open vault: its file is ours, its schema up to date, and it may do what a vault may."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from app.domain.ids import new_id
from app.errors import Bug, DamagedVault, Fault
from app.store import backups as shelf
from app.store import copies, migrate
from app.store import undo as undo_log
from app.store.connections import authorize, connect, damage_named, named

REWRITE = "rewrite"  # in the table meta: an erasure wants the file written anew


def opened_connection(path: Path, key: str, backups: Path | None = None) -> Any:
    """Opens the file with its raw key and migrates it where it is of an earlier version; the lock file is held.

    WrongPassphrase, DamagedVault, NewerVault, VaultInUse; Fault "vault.not_migrated" with the name of the copy that was
    made first, "vault.disk_full": the vault is as it was.
    """
    connection = connect(path, key)
    try:
        connection.execute("BEGIN EXCLUSIVE")
        found = migrate.version(connection)
        if found == 0:
            raise DamagedVault()
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        connection.execute("COMMIT")
        if found < migrate.newest():
            _migrate(connection, found, _copy_first(connection, key, path, backups, found))
        _finish_erasure(connection)
        undo_log.install(connection)
        connection.set_authorizer(authorize)
        return connection
    except sqlcipher.DatabaseError as error:
        connection.close()
        raise named(error, first=True) from None
    except BaseException:
        connection.close()
        raise


def write_new(part: Path, key: str, kind: str) -> None:
    """Fills an empty file that nobody opens yet with the schema and the vault's facts; it is on the disk then.

    A file that is cut off is made anew and no journal would save it: so all of it is synced once, with the facts.
    """
    connection = connect(part, key)
    try:
        with damage_named(writing=True):
            connection.execute("PRAGMA journal_mode = MEMORY").fetchall()
            connection.execute("PRAGMA synchronous = OFF")
            migrate.migrate(connection, 0)
            connection.execute("PRAGMA synchronous = EXTRA")
            _write_facts(connection, kind)
    finally:
        connection.close()


def _write_facts(connection: Any, kind: str) -> None:
    """What a new vault says of itself."""
    now = time.time_ns() // 1_000_000
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(
        "INSERT INTO meta (key, value) VALUES (?, ?)",
        [("vault_id", str(new_id())), ("kind", kind), ("created_at", str(now))],
    )
    connection.execute("COMMIT")


def _finish_erasure(connection: Any) -> None:
    """Writes the file anew where an erasure asked for it, with the same key and in memory until it is written.

    SQLite leaves rests of rows that it moved within a page, and ``secure_delete`` does not reach them.
    """
    if connection.execute("SELECT 1 FROM meta WHERE key = ?", (REWRITE,)).fetchone() is None:
        return
    try:
        with damage_named(writing=True):
            connection.execute("VACUUM")
            connection.execute("DELETE FROM meta WHERE key = ?", (REWRITE,))
    except Fault as fault:
        if fault.code != "vault.disk_full":  # it stays asked for, and is done when there is room
            raise


def _copy_first(connection: Any, key: str, path: Path, backups: Path | None, schema: int) -> Path:
    """No migration without a verified copy of what was there before it; gives where that is."""
    if backups is None:
        copy = path.with_name(f"{path.stem} schema {schema}{path.suffix}")
        part = copy.with_name(f"{copy.name}.part")
        copies.write_copy(connection, key, part)
        copies.move(part, copy)
    else:
        vault_id = connection.execute("SELECT value FROM meta WHERE key = 'vault_id'").fetchone()[0]
        copy = shelf.make(connection, key, int(vault_id), path, backups).path
    connection.set_authorizer(None)
    return copy


def _migrate(connection: Any, start: int, copy: Path) -> None:
    try:
        # All of it was just read for the copy: what the disk refuses now is the writing.
        with damage_named(writing=True):
            migrate.migrate(connection, start)
    except (Fault, Bug) as error:
        if isinstance(error, Fault) and error.code == "vault.disk_full":
            raise
        raise Fault("vault.not_migrated", copy=copy.name) from None
