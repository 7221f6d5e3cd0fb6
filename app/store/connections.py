"""The encrypted connection: how it is keyed and set, what it may do, and what its errors are called."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from app.errors import Bug, DamagedVault, Fault, VaultInUse, WrongPassphrase

_ATTACH, _DETACH, _PRAGMA, _FUNCTION = 24, 25, 19, 31
_PRAGMAS_WITH_VALUE = frozenset(
    {"defer_foreign_keys", "integrity_check", "quick_check", "foreign_key_check", "foreign_key_list"}
    | {"table_info", "optimize", "cache_size"}
)
# The driver forgets what was rarely used: in a full cache new statements push each other out, and each row of a long
# change would be compiled again.
STATEMENTS = 1000
ROOM = "PRAGMA cache_size = -65536"  # 64 MiB: ids are random, so a large import touches every page again and again
_SETTINGS = (
    "PRAGMA locking_mode = EXCLUSIVE",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA mmap_size = 0",
    ROOM,
    "PRAGMA fullfsync = ON",
    "PRAGMA checkpoint_fullfsync = ON",
    "PRAGMA synchronous = EXTRA",
    "PRAGMA journal_mode = DELETE",
)
_IO, _FULL = 10, 13
_DAMAGE = (_IO, 11, 26)  # and CORRUPT, NOTADB: of the pages as of the index of words


def connect(path: Path, key: str, *, mode: str = "rw") -> Any:
    """Opens the file with its raw key; ``mode`` is rw or ro. WrongPassphrase where the first page does not open."""
    connection = sqlcipher.connect(
        f"{path.resolve().as_uri()}?mode={mode}",
        timeout=1,  # who holds a vault holds it until it is closed: waiting longer only looks like hanging
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=STATEMENTS,
    )
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f'PRAGMA key = "{key}"')
        for setting in _SETTINGS if mode == "rw" else _SETTINGS[:-1]:
            connection.execute(setting).fetchall()
    except sqlcipher.DatabaseError as error:
        connection.close()
        raise named(error, first=True) from None
    return connection


def authorize(action: int, first: str | None, second: str | None, *_: object) -> int:
    """SQLCipher asks this before every statement: no other file, no change of settings, no export."""
    if action in (_ATTACH, _DETACH):
        return 1
    if action == _PRAGMA and second is not None and first not in _PRAGMAS_WITH_VALUE:
        return 1
    if action == _FUNCTION and second in ("sqlcipher_export", "load_extension"):
        return 1
    return 0


@contextmanager
def may_copy_to(connection: Any, target: Path) -> Iterator[None]:
    """Lets the connection write one copy: VACUUM INTO attaches its target, and nothing else may be."""

    def authorize_copy(action: int, first: str | None, second: str | None, *rest: object) -> int:
        if action == _ATTACH and first == str(target):
            return 0
        return authorize(action, first, second, *rest)

    connection.set_authorizer(authorize_copy)
    try:
        yield
    finally:
        connection.set_authorizer(authorize)


@contextmanager
def damage_named(*, writing: bool = False) -> Iterator[None]:
    """SQLCipher's errors come out as Faults; ``writing`` where an I/O error speaks of the disk, not of damage."""
    try:
        yield
    except sqlcipher.DatabaseError as error:
        raise named(error, first=False, writing=writing) from None


def named(error: Exception, *, first: bool, writing: bool = False) -> Exception:
    """The Fault for what SQLCipher says. Its own text is not kept: it could quote a value."""
    if isinstance(error, sqlcipher.IntegrityError):
        return Bug("a rule of the database was broken")
    text = str(error).lower()
    if "not a database" in text:
        return WrongPassphrase() if first else DamagedVault()
    if "locked" in text:
        return VaultInUse()
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == _FULL or (code == _IO and writing):
        return Fault("vault.disk_full")
    if "readonly" in text:
        return Fault("vault.read_only")
    if code in _DAMAGE or "malformed" in text:
        return DamagedVault()
    return DamagedVault() if first else Bug(f"the database refused a statement ({type(error).__name__})")


def sync_folder(folder: Path) -> None:
    """Makes a rename inside the folder outlast a loss of power, where the system can."""
    if os.name == "nt":
        return
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def make_folder(folder: Path) -> None:
    """Makes a folder, and those above it that are missing, so that they outlast a loss of power. OSError."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(exist_ok=True, mode=0o700)
        sync_folder(folder.parent)
