"""The way from a passphrase to the key, format 1. Costs come from the profile number, never from the file.

header (16 bytes) = b"TBV" + profile + 12 random bytes, the file's first 16 bytes and the salt of everything
master (20 bytes) = Argon2id(NFKC(passphrase), salt=header, t=3, m=256 MiB, p=1)
key    (32 bytes) = HKDF-SHA256(master, salt=header, info=b"tandembuch 1 raw key")
"""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from app.errors import DamagedVault, EmptyFile, Fault, NewerVault, NotAVault

MAGIC = b"TBV"
HEADER_BYTES = 16
MASTER_BYTES = 20
PAGE_BYTES = 4096
JOURNAL_MAGIC = bytes.fromhex("d9d505f920a163d7")  # a journal of SQLite that has to be played back begins like this
INFO = b"tandembuch 1 raw key"


@dataclass(frozen=True, slots=True)
class Profile:
    """Argon2id's costs: passes, KiB of memory, lanes."""

    time_cost: int
    memory_kib: int
    parallelism: int


PROFILES: dict[int, Profile] = {1: Profile(3, 256 * 1024, 1)}
CURRENT_PROFILE = 1


def new_header() -> bytes:
    return MAGIC + bytes([CURRENT_PROFILE]) + secrets.token_bytes(HEADER_BYTES - 4)


def read_header(path: Path) -> bytes:
    """The header of the vault at ``path``, read before SQLCipher touches it.

    EmptyFile, NotAVault for anything else (short, foreign), DamagedVault for a cut-off vault, NewerVault for a later
    profile, FileNotFoundError where there is no file.
    """
    size = path.stat().st_size
    with path.open("rb") as stream:
        header = stream.read(HEADER_BYTES)
    if not size:
        raise EmptyFile()
    if len(header) < HEADER_BYTES or not header.startswith(MAGIC):
        raise NotAVault()
    if header[3] not in PROFILES:
        raise NewerVault()
    if size < PAGE_BYTES or (size % PAGE_BYTES and not _has_journal(path)):
        raise DamagedVault()
    return header


def _has_journal(path: Path) -> bool:
    """Whether a change was cut off: what it left, be it half a page, is taken back when the vault is opened."""
    try:
        with path.with_name(f"{path.name}-journal").open("rb") as stream:
            return stream.read(len(JOURNAL_MAGIC)) == JOURNAL_MAGIC
    except OSError:
        return False


def derive_master(passphrase: str, header: bytes) -> bytes:
    """20 bytes; slow on purpose (about half a second and 256 MiB).

    Faults "vault.memory" where memory runs out, "passphrase.sign" for half of a sign, which no keyboard types.
    """
    try:
        typed = unicodedata.normalize("NFKC", passphrase).encode()
    except UnicodeEncodeError:
        raise Fault("passphrase.sign") from None
    from argon2.exceptions import HashingError
    from argon2.low_level import Type, hash_secret_raw

    profile = PROFILES[header[3]]
    try:
        return hash_secret_raw(
            typed,
            header,
            profile.time_cost,
            profile.memory_kib,
            profile.parallelism,
            MASTER_BYTES,
            Type.ID,
        )
    except (HashingError, MemoryError):
        raise Fault("vault.memory", mebibytes=profile.memory_kib // 1024) from None


def raw_key(master: bytes, header: bytes) -> str:
    """What ``PRAGMA key`` takes: the key and the salt as one hex blob literal."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    key = HKDF(SHA256(), 32, header, INFO).derive(master)
    return f"x'{key.hex()}{header.hex()}'"
