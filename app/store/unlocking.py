"""What opens a vault, a passphrase or the code of its recovery sheet, and why one does not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Protocol

from sqlcipher3 import dbapi2 as sqlcipher

from app.errors import DamagedVault, EarlierPassphrase, Fault, WrongPassphrase
from app.store import backups as shelf
from app.store.connections import connect
from app.store.copies import write_small
from app.store.key import HEADER_BYTES, MAGIC, PROFILES, derive_master, raw_key
from app.store.recovery import master_of

_HEADERS = "headers.json"
_TRIED = 4  # headers of backups: each costs half a second with a passphrase


class Secret(Protocol):
    """Gives the key of a vault from its header, its first 16 bytes."""

    def key(self, header: bytes) -> str: ...


class Passphrase:
    """A typed passphrase. Its key is derived once for each header: that costs half a second."""

    def __init__(self, typed: str) -> None:
        self._typed = typed
        self._known: dict[bytes, str] = {}

    def key(self, header: bytes) -> str:
        """Fault "vault.memory" where memory runs out."""
        if header not in self._known:
            self._known[header] = raw_key(derive_master(self._typed, header), header)
        return self._known[header]


class Code:
    """The typed code of a recovery sheet. Faults "recovery.…" of ``master_of`` for a typo."""

    def __init__(self, typed: str) -> None:
        self._master = master_of(typed)

    def key(self, header: bytes) -> str:
        return raw_key(self._master, header)


def secret_of(typed: str | Secret) -> Secret:
    """A text is a passphrase."""
    return Passphrase(typed) if isinstance(typed, str) else typed


def refusal(path: Path, secret: Secret, backups: Path | None, fault: Fault) -> Fault:
    """Why a vault did not open with this secret: damage, a secret of before a change, or simply another one's.

    The backups tell: what opens one of them is right, so a vault with that same header is damaged. A vault with
    another header that is known to be its own has got a new passphrase since; one with a header that nobody knows
    has a damaged header.
    """
    if backups is not None:
        header = _header(path)
        found = shelf.of_closed_vault(backups, path)
        known = _known_headers(found)
        for backup in _one_of_each_header(found):
            key = secret.key(backup.header)
            if shelf.opens(backup, key):
                if backup.header == header or header not in known or _is_opened_by(path, key):
                    return DamagedVault()
                return Fault("recovery.earlier") if isinstance(secret, Code) else EarlierPassphrase()
    if isinstance(secret, Code) and isinstance(fault, WrongPassphrase):
        return Fault("recovery.other")
    return fault


def remember_header(folder: Path, header: bytes) -> None:
    """Keeps the header of a vault beside its backups, before the vault takes it. Faults as of ``copies.copy_file``."""
    kept = _kept_headers(folder)
    if header not in kept:
        write_small(folder / _HEADERS, json.dumps([one.hex() for one in (header, *kept)]))


def _kept_headers(folder: Path) -> tuple[bytes, ...]:
    try:
        return tuple(bytes.fromhex(one) for one in json.loads((folder / _HEADERS).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return ()


def _known_headers(found: tuple[shelf.Backup, ...]) -> frozenset[bytes]:
    folders = {backup.path.parent for backup in found}
    kept = [header for folder in folders for header in _kept_headers(folder)]
    return frozenset([backup.header for backup in found if backup.verified] + kept)


def _one_of_each_header(found: tuple[shelf.Backup, ...]) -> list[shelf.Backup]:
    """The newest verified backup of each of the last headers that this program can derive a key for."""
    of: dict[bytes, shelf.Backup] = {}
    for backup in found:
        header = backup.header
        if backup.verified and len(header) == HEADER_BYTES and header.startswith(MAGIC) and header[3] in PROFILES:
            of.setdefault(header, backup)
    return list(of.values())[:_TRIED]


def _header(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(HEADER_BYTES)
    except OSError:
        return b""


def _is_opened_by(path: Path, key: str) -> bool:
    """Whether a vault's pages open with a key that its header does not lead to: then only the header is damaged."""
    try:
        connection = connect(path, key, mode="ro")
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            return True
        finally:
            connection.close()
    except (Fault, OSError, sqlcipher.DatabaseError):
        return False
