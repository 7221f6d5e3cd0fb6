"""The pages of a closed vault without SQLCipher: what is really in them, free pages and slack included."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CBC
from quick_vaults import PASSPHRASE

from app.store.key import derive_master, raw_key, read_header

PAGE, SALT, VECTOR, MAC = 4096, 16, 16, 64
_MASK = 0x3A


def decrypted(path: Path, key: str) -> Iterator[bytes]:
    """Every page of a closed vault, each proved by its MAC; ``key`` as ``PRAGMA key`` takes it: key and salt in hex."""
    content, secret = path.read_bytes(), bytes.fromhex(key[2:-1])[:32]
    salt = content[:SALT]
    mac_key = hashlib.pbkdf2_hmac("sha512", secret, bytes(byte ^ _MASK for byte in salt), 2, 32)
    assert len(content) % PAGE == 0
    for number in range(len(content) // PAGE):
        page = content[number * PAGE : (number + 1) * PAGE]
        end = PAGE - VECTOR - MAC
        body, vector, mac = page[0 if number else SALT : end], page[end : end + VECTOR], page[end + VECTOR :]
        proof = hmac.new(mac_key, body + vector + (number + 1).to_bytes(4, "little"), hashlib.sha512)
        assert hmac.compare_digest(proof.digest(), mac), f"page {number + 1} is not what SQLCipher wrote"
        opened = Cipher(AES256(secret), CBC(vector)).decryptor()
        yield opened.update(body) + opened.finalize()


def damage_a_note(path: Path) -> bytes:
    """Breaks two pages with the texts of notes in a closed vault; what the file holds then."""
    header = read_header(path)
    pages = enumerate(decrypted(path, raw_key(derive_master(PASSPHRASE, header), header)))
    bodies = [number for number, page in pages if b"Wort Wort" in page]
    broken = bytearray(path.read_bytes())
    for number in (bodies[0], bodies[-1]):
        broken[number * PAGE + 100] ^= 1
    path.write_bytes(broken)
    return bytes(broken)
