"""How words are compared: one folding for search, one key for the order of a German phone book."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SPECIAL = str.maketrans(
    {"ß": "ss", "ẞ": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
_PHONE_BOOK = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_UMLAUT_PAIRS = (("ae", "a"), ("oe", "o"), ("ue", "u"))
# What stands close to letters in names of techniques is part of the word: .NET, C++, C#; "A+B" and "Nummer#" are not.
_WORD = re.compile(
    r"(?:(?<![\w.])\.(?=[^\W\d_]))?\b\w+"
    r"(?:\+{2,}|\+(?!\w)|(?:(?<=\b[^\W\d_])|(?<=\b[^\W\d_]{2}))#(?!\w))?"
)


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower case without accents: "Çelik Ü" -> "celik u", "Großmann" -> "grossmann"; control characters are spaces."""
    if text.isascii() and text.isprintable():
        return text.lower()
    lowered = unicodedata.normalize("NFC", text).casefold().translate(_SPECIAL)
    plain = "".join(c for c in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(c))
    return "".join(c if c.isprintable() else " " for c in plain)


def haystack(*texts: str) -> str:
    """What a search looks in: the folded texts, and again with ä spelt ae: "mueller" and "muller" find Müller."""
    both = [_both_spellings(text) for text in texts if text]
    return " ".join([*(folded for folded, _ in both), *(spelt for _, spelt in both if spelt)])


@lru_cache(maxsize=65536)
def _both_spellings(text: str) -> tuple[str, str]:
    """Folded, and with ä spelt ae where that differs. Text by text, since most stand in many records."""
    folded = fold(text)
    spelt = folded if text.isascii() else sort_key(text)[0]
    return folded, "" if spelt == folded else spelt


def needles(query: str) -> tuple[str, ...]:
    """The words of a query, folded; each must occur in the haystack."""
    return tuple(fold(query).split())


@lru_cache(maxsize=65536)
def sort_key(text: str) -> tuple[str, str]:
    """Order of DIN 5007-2: ä as ae, ö as oe, ü as ue, ß as ss; other accents ignored; the text itself breaks ties."""
    normal = unicodedata.normalize("NFC", text).casefold()
    return fold(normal.translate(_PHONE_BOOK)), normal


def sort_text(text: str) -> str:
    """The same order as one string, for the database: it compares by code point, and quotes no NUL."""
    return "\x01".join(sort_key(text))


def words(text: str) -> tuple[str, ...]:
    """Whole words, folded: "KI-Werkzeuge, C++" -> ("ki", "werkzeuge", "c++")."""
    return tuple(_WORD.findall(fold(text)))


def same_words(one: str, other: str) -> bool:
    """True if both say the same but for case, accents, umlaut spelling and punctuation; "C++" is not "C"."""
    return comparable(one) == comparable(other)


def comparable(text: str) -> str:
    """The words alone, to compare and to look up by: "E-Mail", "Müller" -> "e mail", "muller"."""
    spelt = unicodedata.normalize("NFC", text).casefold().translate(_PHONE_BOOK)
    joined = " ".join(words(spelt))
    for long, short in _UMLAUT_PAIRS:
        joined = joined.replace(long, short)
    return joined
