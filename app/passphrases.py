"""Passphrases: drawing one from a word list, and judging one that was typed."""

from __future__ import annotations

import math
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import cache

from app.i18n import LANGUAGES
from app.resources import resource

WORDS = 6
SHORTEST = 10
JUDGED = 40  # characters


class Strength(IntEnum):
    """How long a passphrase stands against somebody who has the file."""

    NONE = 0
    WEAK = 1
    FAIR = 2
    GOOD = 3
    STRONG = 4


@dataclass(frozen=True, slots=True)
class Verdict:
    """``strength`` and whether it is good enough to protect a vault."""

    strength: Strength
    enough: bool


@cache
def words(language: str) -> tuple[str, ...]:
    """The bundled list (7,776 words) for "de" or "en"; its sources are in resources/words/SOURCES.md."""
    name = language if language in LANGUAGES else "en"
    return tuple(resource("words", f"{name}.txt").read_text(encoding="utf-8").split())


def draw(language: str, count: int = WORDS) -> str:
    """``count`` words (5 or 6 are meant), chosen by the system's random source, joined by hyphens."""
    return "-".join(secrets.choice(words(language)) for _ in range(count))


@cache
def _guessed_first() -> tuple[str, ...]:
    """What somebody would try first here, most usual first: zxcvbn itself knows English words alone."""
    usual = resource("words", "usual.txt").read_text(encoding="utf-8").splitlines()
    return tuple(dict.fromkeys((*usual, *words("de"))))


def judge(passphrase: str, near: Iterable[str] = ()) -> Verdict:
    """zxcvbn's guesses against Argon2id at half a second each; under ten characters is never enough.

    ``near``: names that lie near, such as that of the vault: as good as told.
    """
    if not passphrase:
        return Verdict(Strength.NONE, False)
    if _drawn(passphrase):
        return Verdict(Strength.STRONG, True)
    from zxcvbn import zxcvbn

    told = [word for name in near for word in (name, *name.split())]
    known = [*told, *_guessed_first()]
    # The judge's time grows with the square of the length; the first 40 characters decide anyway. Nobody who guesses
    # words is kept away by what stands between them.
    ways = {passphrase[:JUDGED], "".join(filter(str.isalnum, passphrase))[:JUDGED]} - {""}
    guesses = math.log10(max(1.0, min(float(zxcvbn(way, user_inputs=known)["guesses"]) for way in ways)))
    if guesses < 8 or len(passphrase) < SHORTEST:
        return Verdict(Strength.WEAK, False)
    if guesses < 10:
        return Verdict(Strength.FAIR, False)
    return Verdict(Strength.GOOD if guesses < 14 else Strength.STRONG, True)


def _drawn(passphrase: str) -> bool:
    """Whether it has the shape of five or more different words of a list: then its strength is known, not guessed."""
    parts = passphrase.split("-")
    return len(set(parts)) >= 5 and any(set(parts) <= set(words(language)) for language in LANGUAGES)
