"""One program per vault: a lock the operating system drops when its holder dies, in a file beside the vault."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import BinaryIO

from app.errors import Fault, VaultInUse

_held: set[str] = set()


class LockFile:
    """Holds ``<vault>.lock`` until ``release``; VaultInUse where another program, or this one, has it.

    Fault "vault.read_only" where the folder takes no file.
    """

    def __init__(self, vault: Path) -> None:
        self._path = vault.with_name(f"{vault.name}.lock")
        self._name = str(vault.resolve())
        if self._name in _held:
            raise VaultInUse()
        while not self._taken():
            pass
        _held.add(self._name)

    def _taken(self) -> bool:
        """Whether the file that was locked is still the one of that name; its last holder may just have removed it."""
        # Opened without truncation: the file of a living holder is left as it is.
        try:
            self._stream: BinaryIO = os.fdopen(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600), "r+b")
        except OSError:
            raise Fault("vault.read_only") from None
        try:
            _lock(self._stream)
        except OSError:
            self._stream.close()
            raise VaultInUse() from None
        with contextlib.suppress(OSError):
            if os.path.samestat(os.fstat(self._stream.fileno()), os.stat(self._path)):
                return True
        self._stream.close()
        return False

    def release(self) -> None:
        if self._name not in _held:
            return
        _held.discard(self._name)
        if sys.platform == "win32":
            self._stream.close()
        # Removed before the lock falls on POSIX, so that no one else's fresh file is removed.
        with contextlib.suppress(OSError):
            self._path.unlink()
        self._stream.close()


if sys.platform == "win32":
    import msvcrt

    def _lock(stream: BinaryIO) -> None:
        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(stream: BinaryIO) -> None:
        fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
