"""The recovery code: the vault's master as nine groups of four letters and digits, to be printed and typed.

Crockford's base32 (no I, L, O, U) of the 20 bytes of the master and 2 bytes that check them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from app.errors import Bug, Fault
from app.store.key import MASTER_BYTES

GROUPS, LETTERS = 9, 4
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_BETWEEN = frozenset("- \t\r\n\u00a0\u2010\u2011\u2012\u2013\u2014")
_CHECK_BYTES = 2
_SPARE_BITS = GROUPS * LETTERS * 5 - (MASTER_BYTES + _CHECK_BYTES) * 8


def recovery_code(master: bytes) -> str:
    """ "7K2M-…": nine groups of four, joined by hyphens."""
    if len(master) != MASTER_BYTES:
        raise Bug("a master has 20 bytes")
    number = int.from_bytes(master + _check(master), "big") << _SPARE_BITS
    signs = "".join(_ALPHABET[(number >> shift) & 31] for shift in range(GROUPS * LETTERS * 5 - 5, -1, -5))
    return "-".join(signs[start : start + LETTERS] for start in range(0, len(signs), LETTERS))


def master_of(code: str) -> bytes:
    """The master of a typed code; case, blanks, hyphens and the look-alikes O, I, L don't matter.

    Faults: "recovery.length" with the number of groups, "recovery.sign" with the group (1 to 9) of a sign that no code
    holds, "recovery.group" with the group that is probably mistyped, "recovery.typo" where no single one is.
    """
    signs = _signs(code)
    for place, sign in enumerate(signs):
        if sign not in _ALPHABET:
            raise Fault("recovery.sign", group=place // LETTERS + 1)
    if len(signs) != GROUPS * LETTERS:
        raise Fault("recovery.length", typed=len(signs), wanted=GROUPS * LETTERS)
    master = _checked(_number(signs))
    if master is not None:
        return master
    suspects = {place // LETTERS + 1 for place, nearby in _one_off(signs) if _checked(nearby) is not None}
    if len(suspects) == 1:
        raise Fault("recovery.group", group=suspects.pop())
    raise Fault("recovery.typo")


def differing_groups(typed: str, right: str) -> tuple[int, ...]:
    """Which groups (1 to 9) differ: for the proof right after printing, where the right code is known."""
    one, other = _signs(typed), _signs(right)
    return tuple(
        group + 1
        for group in range(GROUPS)
        if one[group * LETTERS : (group + 1) * LETTERS] != other[group * LETTERS : (group + 1) * LETTERS]
    )


def _signs(code: str) -> str:
    return "".join(sign for sign in code.upper() if sign not in _BETWEEN).translate(_READ_AS)


def _check(master: bytes) -> bytes:
    return hashlib.sha256(b"tandembuch 1 recovery check" + master).digest()[:_CHECK_BYTES]


def _number(signs: str) -> int:
    number = 0
    for sign in signs:
        number = number << 5 | _ALPHABET.index(sign)
    return number


def _checked(number: int) -> bytes | None:
    if number & ((1 << _SPARE_BITS) - 1):
        return None
    whole = (number >> _SPARE_BITS).to_bytes(MASTER_BYTES + _CHECK_BYTES, "big")
    master, check = whole[:MASTER_BYTES], whole[MASTER_BYTES:]
    return master if check == _check(master) else None


def _one_off(signs: str) -> Iterator[tuple[int, int]]:
    """Every code with one sign changed, or with two neighbours swapped, as a number, and where."""
    number, values = _number(signs), [_ALPHABET.index(sign) for sign in signs]
    for place, value in enumerate(values):
        shift = 5 * (len(values) - 1 - place)
        for other in range(len(_ALPHABET)):
            if other != value:
                yield place, number ^ (value ^ other) << shift
        if (place + 1) % LETTERS and values[place + 1] != value:
            yield place, number ^ (value ^ values[place + 1]) * 33 << shift - 5  # both signs at once
