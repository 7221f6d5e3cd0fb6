"""The vault: one encrypted file, one connection, one transaction per change.

Format 1 is described in app/store/key.py; the file is a SQLCipher 4 database.
"""

from __future__ import annotations

import hmac
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Protocol

from sqlcipher3 import dbapi2 as sqlcipher

from app.domain.ids import new_id
from app.domain.kinds import Kind
from app.errors import Bug, Fault, NotAVault, WrongPassphrase
from app.store import backups as shelf
from app.store import copies, erased, rekeying, restore, wreck
from app.store import undo as undo_log
from app.store.connections import damage_named, sync_folder
from app.store.key import HEADER_BYTES, new_header, read_header
from app.store.lockfile import LockFile
from app.store.opening import opened_connection, write_new
from app.store.turns import Turn
from app.store.unlocking import Code, Secret, refusal, secret_of

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
        self.kinds: frozenset[Kind] = frozenset()  # what was written, known at the end
        self.between: Callable[[], None] = lambda: None  # before each statement; where it raises, nothing is kept

    def _connection(self) -> Any:
        if self._vault is None:
            raise Bug("a change was used after its end")
        self.between()
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

    def end(self, kinds: frozenset[Kind]) -> None:
        self._vault, self.kinds = None, kinds


class Vault:
    """An open vault. Threads take turns; ``close`` ends it, and it is a context manager."""

    def __init__(self, path: Path, connection: Any, key: str, lock: LockFile | None) -> None:
        self.path = path
        self.connection = connection
        self._key = key  # SQLCipher keeps it anyway while the vault is open; a backup is proved with it
        self._lock_file = lock
        self.lost: Callable[[], None] | None = None  # told, on any thread, when it can't be opened again and closed
        self.by_sheet = False  # opened with the code of its recovery sheet
        self._turn = Turn()
        self._changing = False
        self._starved = False  # the last change found no room; until one does, the file may refuse to be read too
        self.steps = undo_log.Steps(connection)
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

    @property
    def header(self) -> bytes:
        """The file's first 16 bytes: another one after each change of the passphrase."""
        return bytes.fromhex(self._key[-1 - 2 * HEADER_BYTES : -1])

    def is_opened_by(self, secret: str | Secret) -> bool:
        """Whether this is the vault's passphrase, or the code of its sheet. Half a second for a passphrase."""
        return hmac.compare_digest(secret_of(secret).key(self.header), self._key)

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
        """Everything a query finds. DamagedVault where the file can't be read."""
        with self._turn, damage_named(writing=self._starved):
            return self._open_connection().execute(sql, parameters).fetchall()  # type: ignore[no-any-return]

    def row(self, sql: str, parameters: Sequence[object] = ()) -> Row | None:
        with self._turn, damage_named(writing=self._starved):
            return self._open_connection().execute(sql, parameters).fetchone()  # type: ignore[no-any-return]

    def aside(self, sql: str) -> list[Row] | None:
        """As ``rows``, but None where another thread wanted the vault before all were there."""
        with self._turn, damage_named(writing=self._starved):
            connection = self._open_connection()
            # No progress handler: one in Python would wait for a thread that waits for this connection.
            with self._turn.stepping_back(connection.interrupt) as asked:
                try:
                    return connection.execute(sql).fetchall()  # type: ignore[no-any-return]
                except sqlcipher.DatabaseError:
                    if asked.is_set():  # an index of words that is stopped while it loads names other reasons, too
                        return None
                    raise

    def reopen(self) -> None:
        """A fresh connection, for one that met a bad page gives nothing more; what was undoable is forgotten."""
        with self._turn:
            self._open_connection().close()
            self._connect()

    def _connect(self) -> None:
        """The connection again. Fault "vault.not_reopened": the vault is closed, and ``lost`` was told."""
        try:
            self.connection = opened_connection(self.path, self._key)
        except (Fault, Bug, OSError):
            self.close()
            if self.lost is not None:
                self.lost()
            raise Fault("vault.not_reopened") from None
        self.steps = undo_log.Steps(self.connection)

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
                change.end(kinds)
            self._settled(kinds)
            if rows and undoable:
                self.steps.keep(mark, label or verb, kinds)
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
        if kinds:
            self.changed_since_open = True
            self.saved_at = time.time()

    def undo(self, step: copies.Step = copies.no_step) -> undo_log.Step | None:
        """Takes back the last step; None where there is none. ``step`` is told how far it is; where it raises, nothing
        is taken back."""
        return self._turn_step(step, undone=True)

    def redo(self, step: copies.Step = copies.no_step) -> undo_log.Step | None:
        return self._turn_step(step, undone=False)

    def _turn_step(self, told: copies.Step, *, undone: bool) -> undo_log.Step | None:
        with self._turn:
            stack = self.steps.done if undone else self.steps.undone
            if not stack:
                return None
            step = stack[-1]
            mark = self.steps.mark()
            change = Change(self, time.time_ns() // 1_000_000)
            with self._transaction(self._open_connection()):
                field = self.steps.replay(step, told)
                kinds, rows = self.steps.kinds_since(mark)
                self._journal(change, "undo" if undone else "redo", kinds, rows)
                change.end(kinds)
            self._settled(step.kinds)
            return self.steps.turn(step, mark, field, undone=undone)

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
        return shelf.is_needed(reached, (one for one in self.backups(backups) if one.header == self.header))

    def reading(self, backup: shelf.Backup, secret: Secret | None = None) -> AbstractContextManager[Source]:
        """A backup of this vault, opened for reading, by an earlier ``secret`` or today's. WrongPassphrase."""
        return copies.reading(backup.path, self._key if secret is None else secret.key(backup.header))

    def restorer(self, backup: shelf.Backup) -> Callable[[], Path]:
        """What to call after ``close`` to put the backup in this vault's place; gives where the old one is then.

        The backup is proved and laid beside the vault here already: nothing is closed for one that can't be
        restored. Who was erased since is left out. From now on the restore is decided; if ``close`` never comes, the
        next opening finishes it.
        """
        path, staged = self.path, restore.stage(self.path, backup, self._key, erased.ids(self))
        return lambda: restore.settle(path, staged)

    def rekey(self, key: str, facts: Mapping[str, str], step: copies.Step = copies.no_step) -> None:
        """Goes on as a file encrypted with another key; what was undoable is forgotten. Faults of ``rekeying``; Fault
        "vault.not_reopened" where it is closed now.

        Everybody who reads or writes waits meanwhile. The lock file is held all the time.
        """
        with self._turn:
            connection = self._open_connection()
            if self._changing:
                raise Bug("a new key inside a change")
            rekeying.stage(connection, self._key, key, self.path, facts, step)
            self.connection = None
            connection.close()
            try:
                rekeying.settle(self.path)
                self._key = key
            finally:
                self._connect()

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


def create_vault(
    path: Path | str, passphrase: str | Secret, *, kind: str = "programme", header: bytes | None = None
) -> Vault:
    """Makes a new vault and opens it. Fault "vault.exists" where the path is taken; nothing is left on failure.

    ``header`` is the salt, a fresh one unless somebody knows better (the demo, whose passphrase is no secret).
    """
    path = Path(path)
    if kind not in KINDS:
        raise Bug("no such kind of vault")
    if path.exists():
        raise Fault("vault.exists")
    key = secret_of(passphrase).key(header or new_header())
    lock = LockFile(path)
    part = path.with_name(f"{path.name}.part")
    try:
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        write_new(part, key, kind)
        if path.exists():
            raise Fault("vault.exists")
        os.replace(part, path)
        sync_folder(path.parent)
        return _opened(path, key, lock)
    except BaseException:
        part.unlink(missing_ok=True)
        lock.release()
        raise


def open_vault(path: Path | str, passphrase: str | Secret, *, backups: Path | None = None) -> Vault:
    """Opens a vault, or raises WrongPassphrase, DamagedVault, NotAVault, NewerVault, VaultInUse and changes nothing.

    In place of the passphrase the ``Code`` of the recovery sheet opens it too (Faults "recovery.other",
    "recovery.earlier"). ``backups`` is the folder of all backups: with it an EarlierPassphrase is told from a wrong
    one, and the copy before a migration goes there (else beside the vault). What was cut off is finished first.
    """
    path, secret = Path(path), secret_of(passphrase)
    if not path.is_file() and not restore.is_pending(path):
        raise Fault("vault.missing")
    lock = LockFile(path)
    try:
        restore.finish(path)
        rekeying.clear(path)
        wreck.clear(path)
        try:
            vault = _opened(path, secret.key(read_header(path)), lock, backups)
        except (WrongPassphrase, NotAVault) as fault:
            raise refusal(path, secret, backups, fault) from None
        vault.by_sheet = isinstance(secret, Code)
        return vault
    except BaseException:
        lock.release()
        raise


def restore_newest(path: Path | str, passphrase: str | Secret, backups: Path) -> Path:
    """Puts the newest verified backup in the place of a vault that can't be opened; gives where that is now.

    WrongPassphrase where the passphrase does not open it; Faults "backups.none", those of ``restore.restore``.
    """
    path = Path(path)
    backup = shelf.newest(shelf.of_closed_vault(backups, path))
    if backup is None:
        raise Fault("backups.none")
    return restore.restore(path, backup, secret_of(passphrase).key(backup.header))


def _opened(path: Path, key: str, lock: LockFile, backups: Path | None = None) -> Vault:
    connection = opened_connection(path, key, backups)
    try:
        return Vault(path, connection, key, lock)
    except BaseException:
        connection.close()
        raise
