"""The vault: one encrypted file, one connection, one transaction per change.

Format 1 is described in app/store/key.py; the file is a SQLCipher 4 database.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from sqlcipher3 import dbapi2 as sqlcipher

from app.domain.ids import new_id
from app.domain.kinds import Kind
from app.errors import Bug, DamagedVault, Fault, NotAVault, WrongPassphrase
from app.store import backups as shelf
from app.store import copies, migrate, restore
from app.store import undo as undo_log
from app.store.connections import authorize, connect, damage_named, named, sync_folder
from app.store.key import derive_master, new_header, raw_key, read_header
from app.store.lockfile import LockFile

SUFFIX = ".tandembuch"
KINDS = ("programme", "notebook")

Row = tuple[Any, ...]


class Source(Protocol):
    """What reading functions take: a vault, or a change that is still open."""

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[Row]: ...

    def row(self, sql: str, parameters: Sequence[object] = ()) -> Row | None: ...


class Change:
    """An open transaction; the only way to write. Gone when its ``with`` block ends."""

    def __init__(self, vault: Vault, now: int) -> None:
        self._vault: Vault | None = vault
        self.now = now  # UTC in milliseconds, the changed_at of everything written here

    def _connection(self) -> Any:
        if self._vault is None:
            raise Bug("a change was used after its end")
        return self._vault.connection

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
        return self._connection().execute(sql, parameters).fetchall()  # type: ignore[no-any-return]

    def row(self, sql: str, parameters: Sequence[object] = ()) -> Row | None:
        return self._connection().execute(sql, parameters).fetchone()  # type: ignore[no-any-return]

    def execute(self, sql: str, parameters: Sequence[object] = ()) -> int:
        """Writes; gives the number of rows touched."""
        return int(self._connection().execute(sql, parameters).rowcount)

    def executemany(self, sql: str, parameters: Iterable[Sequence[object]]) -> None:
        self._connection().executemany(sql, parameters)

    def end(self) -> None:
        self._vault = None


class Vault:
    """An open vault. Threads take turns; ``close`` ends it, and it is a context manager."""

    def __init__(self, path: Path, connection: Any, key: str, lock: LockFile | None) -> None:
        self.path = path
        self.connection = connection
        self._key = key  # SQLCipher keeps it anyway while the vault is open; a backup is proved with it
        self._lock_file = lock
        self._turn = threading.RLock()
        self._changing = False
        self._starved = False  # the last change found no room; until one does, the file may refuse to be read too
        self.steps = undo_log.Steps(connection)
        self.last_kinds: frozenset[Kind] = frozenset()
        self.changed_since_open = False
        self.saved_at: float | None = None
        meta: dict[str, str] = dict(self.rows("SELECT key, value FROM meta"))
        self.id = int(meta["vault_id"])
        self.kind: str = meta["kind"]
        self.created_at = int(meta["created_at"])

    def __enter__(self) -> Vault:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def closed(self) -> bool:
        return self.connection is None

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
        """Everything a query finds. DamagedVault where the file can't be read."""
        with self._turn, damage_named(writing=self._starved):
            return self._open_connection().execute(sql, parameters).fetchall()  # type: ignore[no-any-return]

    def row(self, sql: str, parameters: Sequence[object] = ()) -> Row | None:
        with self._turn, damage_named(writing=self._starved):
            return self._open_connection().execute(sql, parameters).fetchone()  # type: ignore[no-any-return]

    def _open_connection(self) -> Any:
        if self.connection is None:
            raise Bug("the vault is closed")
        return self.connection

    @contextmanager
    def change(self, verb: str, label: str = "", *, undoable: bool = True) -> Iterator[Change]:
        """One transaction: committed at the end, rolled back whole if anything is raised."""
        with self._turn:
            connection = self._open_connection()
            if self._changing:
                raise Bug("a change inside a change")
            mark = self.steps.mark()
            change = Change(self, time.time_ns() // 1_000_000)
            with self._transaction(connection):
                yield change
                kinds, rows = self.steps.kinds_since(mark)
                self._journal(change, verb, kinds, rows)
                change.end()
            self._settled(kinds)
            if rows and undoable:
                self.steps.keep(mark, label, kinds)
            elif rows:
                self.steps.forget_since(mark)

    @contextmanager
    def _transaction(self, connection: Any) -> Iterator[None]:
        self._changing = True
        try:
            with self._hunger_noted(), damage_named(writing=True):
                connection.execute("BEGIN IMMEDIATE")
                try:
                    yield
                    connection.execute("COMMIT")
                except BaseException:
                    if connection.in_transaction:
                        connection.execute("ROLLBACK")
                    raise
        finally:
            self._changing = False

    @contextmanager
    def _hunger_noted(self) -> Iterator[None]:
        try:
            yield
            self._starved = False
        except Fault as fault:
            self._starved = self._starved or fault.code == "vault.disk_full"
            raise

    def _journal(self, change: Change, verb: str, kinds: frozenset[Kind], rows: int) -> None:
        if rows:
            change.execute(
                "INSERT INTO journal (id, at, verb, kinds, rows) VALUES (?, ?, ?, ?, ?)",
                (new_id(), change.now, verb, " ".join(sorted(kinds)), rows),
            )

    def _settled(self, kinds: frozenset[Kind]) -> None:
        self.last_kinds = kinds
        if kinds:
            self.changed_since_open = True
            self.saved_at = time.time()

    def undo(self) -> undo_log.Step | None:
        """Takes back the last step; None where there is none."""
        return self._turn_step(undone=True)

    def redo(self) -> undo_log.Step | None:
        return self._turn_step(undone=False)

    def _turn_step(self, *, undone: bool) -> undo_log.Step | None:
        with self._turn:
            stack = self.steps.done if undone else self.steps.undone
            if not stack:
                return None
            step = stack[-1]
            mark = self.steps.mark()
            change = Change(self, time.time_ns() // 1_000_000)
            with self._transaction(self._open_connection()):
                self.steps.replay(step)
                kinds, rows = self.steps.kinds_since(mark)
                self._journal(change, "undo" if undone else "redo", kinds, rows)
                change.end()
            self.steps.turn(step, mark, undone=undone)
            self._settled(step.kinds)
            return step

    def forget_steps(self) -> None:
        """After an erasure nothing can be brought back."""
        with self._turn:
            self.steps.clear()

    def back_up(self, backups: Path, step: copies.Step = copies.no_step) -> shelf.Backup:
        """Makes a verified backup below the folder of all backups. Faults as of ``copies.write_copy``.

        Everybody who reads or writes waits meanwhile, so this runs behind the progress overlay.
        """
        with self._turn:
            connection = self._open_connection()
            if self._changing:
                raise Bug("a backup inside a change")
            try:
                return shelf.make(connection, self._key, self.id, self.path, backups, step)
            except Fault as fault:
                if self._starved and fault.code == "backups.source_damaged":
                    raise Fault("backups.disk_full") from None
                raise

    def backups(self, backups: Path, *, hashed: bool = False) -> tuple[shelf.Backup, ...]:
        """This vault's backups, newest first."""
        return shelf.listed(shelf.folder_of(backups, self.id), hashed=hashed)

    def needs_backup(self, backups: Path) -> bool:
        """Whether the vault holds a change that no verified backup has."""
        with self._turn:
            reached = shelf.changes(self._open_connection())
        return shelf.is_needed(reached, self.backups(backups))

    def contents_of(self, backup: shelf.Backup) -> shelf.Contents:
        """What a backup of this vault holds. WrongPassphrase where it was made under an earlier passphrase."""
        return shelf.contents(backup, self._key)

    def restorer(self, backup: shelf.Backup) -> Callable[[], Path]:
        """What to call after ``close`` to put the backup in this vault's place; gives where the old one is then.

        The backup is proved and laid beside the vault here already: nothing is closed for one that can't be
        restored. From now on the restore is decided; if ``close`` never comes, the next opening finishes it.
        """
        path, staged = self.path, restore.stage(self.path, backup, self._key)
        return lambda: restore.settle(path, staged)

    def close(self) -> None:
        """Ends the connection and drops the locks; a second call does nothing."""
        with self._turn:
            if self.connection is not None:
                self.connection.close()
                self.connection = None
                self._key = ""
            if self._lock_file is not None:
                self._lock_file.release()
                self._lock_file = None


def create_vault(path: Path | str, passphrase: str, *, kind: str = "programme") -> Vault:
    """Makes a new vault and opens it. Fault "vault.exists" where the path is taken; nothing is left on failure."""
    path = Path(path)
    if kind not in KINDS:
        raise Bug("no such kind of vault")
    if path.exists():
        raise Fault("vault.exists")
    header = new_header()
    key = raw_key(derive_master(passphrase, header), header)
    lock = LockFile(path)
    part = path.with_name(f"{path.name}.part")
    try:
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        connection = connect(part, key)
        try:
            migrate.migrate(connection, 0)
            _write_meta(connection, kind)
        finally:
            connection.close()
        if path.exists():
            raise Fault("vault.exists")
        os.replace(part, path)
        sync_folder(path.parent)
        return _opened(path, key, lock)
    except BaseException:
        part.unlink(missing_ok=True)
        lock.release()
        raise


def open_vault(path: Path | str, passphrase: str, *, backups: Path | None = None) -> Vault:
    """Opens a vault, or raises WrongPassphrase, DamagedVault, NotAVault, NewerVault, VaultInUse and changes nothing.

    ``backups`` is the folder of all backups: with it a damaged vault is told from a wrong passphrase, and the copy
    before a migration goes there (else beside the vault). A restore that was cut off is finished first.
    """
    path = Path(path)
    if not path.is_file() and not restore.is_pending(path):
        raise Fault("vault.missing")
    lock = LockFile(path)
    keys: dict[bytes, str] = {}
    try:
        restore.finish(path)
        try:
            return _opened(path, _key(passphrase, read_header(path), keys), lock, backups)
        except (WrongPassphrase, NotAVault):
            if backups is not None and _opens_a_backup(path, passphrase, backups, keys):
                raise DamagedVault() from None
            raise
    except BaseException:
        lock.release()
        raise


def restore_newest(path: Path | str, passphrase: str, backups: Path) -> Path:
    """Puts the newest verified backup in the place of a vault that can't be opened; gives where that is now.

    WrongPassphrase where the passphrase does not open it; Faults "backups.none", those of ``restore.restore``.
    """
    path = Path(path)
    backup = shelf.newest(shelf.of_closed_vault(backups, path))
    if backup is None:
        raise Fault("backups.none")
    return restore.restore(path, backup, _key(passphrase, backup.header, {}))


def _key(passphrase: str, header: bytes, known: dict[bytes, str]) -> str:
    """Derived once for a header: it costs half a second."""
    if header not in known:
        known[header] = raw_key(derive_master(passphrase, header), header)
    return known[header]


def _opens_a_backup(path: Path, passphrase: str, backups: Path, keys: dict[bytes, str]) -> bool:
    backup = shelf.newest(shelf.of_closed_vault(backups, path))
    return backup is not None and shelf.opens(backup, _key(passphrase, backup.header, keys))


def _opened(path: Path, key: str, lock: LockFile, backups: Path | None = None) -> Vault:
    connection = connect(path, key)
    try:
        connection.execute("BEGIN EXCLUSIVE")
        found = migrate.version(connection)
        if found == 0:
            raise DamagedVault()
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        connection.execute("COMMIT")
        if found < migrate.newest():
            _copy_first(connection, key, path, backups, found)
            migrate.migrate(connection, found)
        undo_log.install(connection)
        connection.set_authorizer(authorize)
        return Vault(path, connection, key, lock)
    except sqlcipher.DatabaseError as error:
        connection.close()
        raise named(error, first=True) from None
    except BaseException:
        connection.close()
        raise


def _copy_first(connection: Any, key: str, path: Path, backups: Path | None, schema: int) -> None:
    """No migration without a verified copy of what was there before it."""
    if backups is None:
        copy = path.with_name(f"{path.stem} schema {schema}{SUFFIX}")
        part = copy.with_name(f"{copy.name}.part")
        copies.write_copy(connection, key, part)
        copies.move(part, copy)
    else:
        vault_id = connection.execute("SELECT value FROM meta WHERE key = 'vault_id'").fetchone()[0]
        shelf.make(connection, key, int(vault_id), path, backups)
    connection.set_authorizer(None)


def _write_meta(connection: Any, kind: str) -> None:
    now = time.time_ns() // 1_000_000
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(
        "INSERT INTO meta (key, value) VALUES (?, ?)",
        [("vault_id", str(new_id())), ("kind", kind), ("created_at", str(now))],
    )
    connection.execute("COMMIT")
