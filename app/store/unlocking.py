"""What opens a vault, a passphrase or the code of its recovery sheet, and why one does not."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from sqlcipher3 import dbapi2 as sqlcipher

from app.errors import DamagedVault, EarlierPassphrase, Fault, NotAVault, WrongPassphrase
from app.store import backups as shelf
from app.store import first_page
from app.store.connections import connect, make_folder
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
    has a damaged header. Where no backup tells, the pages behind the first do.
    """
    header = _header(path)
    folder = None if backups is None else shelf.folder_of_closed_vault(backups, path)
    found = () if folder is None else shelf.listed(folder)
    kept = () if folder is None else kept_headers(folder)
    known = frozenset([*(backup.header for backup in found if backup.verified), *kept])
    for backup in _one_of_each_header(found):
        key = secret.key(backup.header)
        if shelf.opens(backup, key):
            if backup.header == header or header not in known or _is_opened_by(path, key):
                return DamagedVault()
            return Fault("recovery.earlier") if isinstance(secret, Code) else EarlierPassphrase()
    headers = dict.fromkeys([header, *(backup.header for backup in _one_of_each_header(found)), *kept])
    fitting = [one for one in headers if _is_usable(one)][: _TRIED + 1]
    if any(first_page.is_sealed_with(path, secret.key(one)) for one in fitting):
        return DamagedVault()
    if known and isinstance(fault, NotAVault):  # it was one once, and this does not open what is left of it
        fault = WrongPassphrase()
    if isinstance(secret, Code) and isinstance(fault, WrongPassphrase):
        return Fault("recovery.other")
    return fault


def remember_header(folder: Path, header: bytes) -> None:
    """Keeps the header of a vault beside its backups, before the vault takes it. Faults as of ``copies.copy_file``."""
    kept = kept_headers(folder)
    if header not in kept:
        write_small(folder / _HEADERS, json.dumps([one.hex() for one in (header, *kept)]))


def remember(folder: Path, vault: Path, header: bytes) -> None:
    """Keeps what leads to the key of a vault whose first bytes are destroyed, although it has no backup yet.

    The header is the salt and no secret. Nothing is said where it can't be kept: each backup has it too.
    """
    with suppress(Fault, OSError):
        make_folder(folder)
        shelf.remember(folder, vault)
        remember_header(folder, header)


def kept_headers(folder: Path) -> tuple[bytes, ...]:
    """The headers that vaults with backups in this folder had, the newest first."""
    try:
        return tuple(bytes.fromhex(one) for one in json.loads((folder / _HEADERS).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return ()


def _one_of_each_header(found: tuple[shelf.Backup, ...]) -> list[shelf.Backup]:
    """The newest verified backup of each of the last headers that this program can derive a key for."""
    of: dict[bytes, shelf.Backup] = {}
    for backup in found:
        header = backup.header
        if backup.verified and _is_usable(header):
            of.setdefault(header, backup)
    return list(of.values())[:_TRIED]


def _is_usable(header: bytes) -> bool:
    return len(header) == HEADER_BYTES and header.startswith(MAGIC) and header[3] in PROFILES


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
