"""One verified copy of an open vault, and one exact copy of a closed file: whole under its name, or not there."""

from __future__ import annotations

import errno
import hashlib
import marshal
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from app.errors import DamagedVault, Fault
from app.store.connections import connect, damage_named, may_copy_to, named, sync_folder
from app.store.key import read_header

CHUNK = 1 << 20
ROWS = 500
_CACHE = "PRAGMA cache_size = -65536"  # 64 MB: each page is decrypted once for all the checks together
Step = Callable[[float], None]


def no_step(_share: float) -> None:
    """For whoever does not watch the progress."""


def write_copy(connection: Any, key: str, part: Path, step: Step = no_step) -> str:
    """Writes the open vault to ``part``, synced to the disk and proved equal; on failure ``part`` is gone.

    Gives the fingerprint of both. The copy has the vault's header, so the same passphrase opens it. The vault must
    not change meanwhile.
    Faults "backups.source_damaged", "backups.unverified", "backups.disk_full", "backups.unwritable".
    """
    try:
        with faults_of_copying():
            part.unlink(missing_ok=True)
            os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with source_read():
            if connection.execute("PRAGMA main.integrity_check(1)").fetchone() != ("ok",):
                raise DamagedVault()
            step(0.25)
            expected = fingerprint(connection)
            step(0.4)
        # All of the vault was just read: what fails now is the writing.
        with source_read(writing=True), may_copy_to(connection, part):
            connection.execute("VACUUM main INTO ?", (str(part),))
        step(0.6)
        sync_file(part)
        if not is_whole(part, key, expected):
            raise Fault("backups.unverified")
        step(0.95)
        return expected
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise


def fingerprint(connection: Any) -> str:
    """A hash over the schema and every row of every table, the index of words included."""
    entries = connection.execute(
        "SELECT type, name, sql FROM main.sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name"
    ).fetchall()
    found = hashlib.sha256(repr(entries).encode())
    for kind, name, sql in entries:
        if kind != "table" or str(sql).upper().startswith("CREATE VIRTUAL"):
            continue
        columns = connection.execute(f'PRAGMA main.table_info("{name}")').fetchall()
        keys = [f'"{column[1]}"' for column in sorted(columns, key=lambda one: int(one[5])) if column[5]]
        found.update(name.encode())
        rows = connection.execute(f'SELECT * FROM main."{name}" ORDER BY {", ".join(keys) or "rowid"}')
        while some := rows.fetchmany(ROWS):
            found.update(marshal.dumps(some, 2))  # version 2: the same bytes for the same values, always
    return found.hexdigest()


@contextmanager
def opened_copy(path: Path, key: str) -> Iterator[Any]:
    """A closed vault, opened for reading alone. WrongPassphrase, DamagedVault."""
    with closing(connect(path, key, mode="ro")) as connection:
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlcipher.DatabaseError as error:
            raise named(error, first=True) from None
        with damage_named():
            yield connection


class Reading:
    """What a closed vault holds, for reading functions."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        return self._connection.execute(sql, parameters).fetchall()  # type: ignore[no-any-return]

    def row(self, sql: str, parameters: Sequence[object] = ()) -> tuple[Any, ...] | None:
        return self._connection.execute(sql, parameters).fetchone()  # type: ignore[no-any-return]


@contextmanager
def reading(path: Path, key: str) -> Iterator[Reading]:
    """As ``opened_copy``, for the reading functions of the store."""
    with opened_copy(path, key) as connection:
        yield Reading(connection)


def is_whole(path: Path, key: str, expected: str | None = None) -> bool:
    """Whether a closed vault passes every check: its pages, its structure, its references, and what it should hold."""
    try:
        read_header(path)
        with closing(connect(path, key, mode="ro")) as connection:
            connection.execute(_CACHE)
            return (
                connection.execute("PRAGMA cipher_integrity_check").fetchall() == []
                and connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
                and connection.execute("PRAGMA foreign_key_check").fetchone() is None
                and (expected is None or fingerprint(connection) == expected)
            )
    except (Fault, OSError, sqlcipher.DatabaseError):
        return False


@contextmanager
def source_read(*, writing: bool = False) -> Iterator[None]:
    """What goes wrong with the open vault while it is copied, in the words of backups."""
    try:
        yield
    except DamagedVault:
        raise Fault("backups.source_damaged") from None
    except sqlcipher.DatabaseError as error:
        fault = named(error, first=True, writing=writing)
        code = fault.code if isinstance(fault, Fault) else ""
        raise Fault(_CODES.get(code, "backups.source_damaged")) from None


# What goes wrong while a copy is written is said of the copy: the vault itself has no fault then.
_CODES = {
    "vault.disk_full": "backups.disk_full",
    "vault.read_only": "backups.unwritable",
}
_NO_ROOM = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})


@contextmanager
def faults_of_copying() -> Iterator[None]:
    """What the system says while a file is written, in the words of backups."""
    try:
        yield
    except OSError as error:
        raise Fault("backups.disk_full" if error.errno in _NO_ROOM else "backups.unwritable") from None


def copy_file(source: Path, target: Path, sha256: str = "", step: Step = no_step) -> str:
    """Copies a closed file: part, sync, read again, rename. Gives its hash; where one is given it has to match.
    Cancelled by ``step``.

    Faults "backups.copy_damaged" (the source is not what it was), "backups.unverified", "backups.disk_full",
    "backups.unwritable"; nothing is left under ``target`` then that was not there before.
    """
    part = target.with_name(f"{target.name}.part")
    try:
        with faults_of_copying():
            written = _copied(source, part, step)
            if sha256 and written != sha256:
                raise Fault("backups.copy_damaged")
            if file_hash(part) != written:
                raise Fault("backups.unverified")
            os.replace(part, target)
            sync_folder(target.parent)
        return written
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise


def _copied(source: Path, part: Path, step: Step) -> str:
    digest, size, done = hashlib.sha256(), source.stat().st_size, 0
    part.unlink(missing_ok=True)
    descriptor = os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
    with source.open("rb") as reading, os.fdopen(descriptor, "wb") as writing:
        while block := reading.read(CHUNK):
            digest.update(block)
            writing.write(block)
            done += len(block)
            step(done / max(size, done))
        writing.flush()
        os.fsync(writing.fileno())
    return digest.hexdigest()


def write_small(target: Path, text: str) -> None:
    """A small file, whole or not at all, and there before whatever comes after it. Faults as of ``copy_file``."""
    part = target.with_name(f"{target.name}.part")
    with faults_of_copying():
        with part.open("w", encoding="utf-8") as writing:
            writing.write(text)
            writing.flush()
            os.fsync(writing.fileno())
        os.replace(part, target)
        sync_folder(target.parent)


def move(source: Path, target: Path) -> None:
    """Renames and makes it last. Fault "backups.unwritable"."""
    with faults_of_copying():
        os.replace(source, target)
        sync_folder(target.parent)


def file_hash(path: Path) -> str:
    """SHA-256 of a closed file, in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def sync_file(path: Path) -> None:
    """Makes what was written to a closed file outlast a loss of power. Faults as of ``copy_file``."""
    with faults_of_copying(), path.open("rb+") as stream:
        os.fsync(stream.fileno())
