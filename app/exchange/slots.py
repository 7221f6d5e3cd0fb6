"""Availability as people write it: "Mo vormittags, Di", "Mo-Fr", "Di+Do nachm.", "montags 9-12 Uhr", "flexibel"."""

from __future__ import annotations

import re

from app.domain.text import fold
from app.exchange.cells import items_of

_NAMES = {
    "montag": 0, "dienstag": 1, "mittwoch": 2, "donnerstag": 3, "freitag": 4,
    "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4,
    "mon": 0, "tues": 1, "tue": 1, "wed": 2, "thurs": 3, "thur": 3, "thu": 3, "fri": 4,
    "mo": 0, "di": 1, "mi": 2, "do": 3, "fr": 4, "tu": 1, "we": 2, "th": 3,
}  # fmt: skip
_DAY = r"(?:" + "|".join(_NAMES) + r")s?\b"
_TO = r"\s*(?:-|–|bis|to|through)\s*"
_DAYS = re.compile(rf"(?P<first>{_DAY})(?:{_TO}(?P<last>{_DAY}))?(?:\s*(?:\+|&|und|and)\s*(?=(?:{_DAY})))?")
_CLOCK = r"(\d{1,2})(?:[:.](\d\d))?\s*(?:uhr|h)?"
_HOURS = re.compile(rf"(?:von|from)?\s*{_CLOCK}{_TO}{_CLOCK}\Z")
_FROM = re.compile(rf"(?:ab|from|after|nach)\s*{_CLOCK}\Z")
_UNTIL = re.compile(rf"(?:bis|until|before|vor)\s*{_CLOCK}\Z")
_MORNING = ("vorm", "vm", "morn", "morgen", "fruh")
_NOT = frozenset({"nicht", "kein", "keine", "keinen", "ausser", "außer", "ohne", "not", "no", "except", "without"})
_AFTERNOON = ("nachm", "nm", "pm", "after")
_WHOLE_DAY = frozenset({"ganztags", "ganzer", "all", "whole"})
_ANY = frozenset({"flexibel", "flexible", "jederzeit", "immer", "anytime", "always", "any time", "taglich", "daily",
                  "ganze woche", "alle tage", "whole week"})  # fmt: skip
_ALL_DAYS = frozenset(range(5))
_NOON = 12


def slots_of(text: str) -> int | None:
    """Bits of SLOTS; None where a part of the text names no day, no half of it and no hours."""
    bits = 0
    days: frozenset[int] = frozenset()
    whole = False  # the item before named days alone
    for item in items_of(text, ",/|"):
        words = " ".join(re.sub(r"(?<=[a-z])\.", " ", fold(item)).split())
        if _NOT.intersection(words.split()):
            return None
        if words in _ANY:
            bits |= _bits(_ALL_DAYS, (True, True))
            continue
        found, rest = _days(words)
        days = found or days or _ALL_DAYS  # "Di 9-12 Uhr, 14-16 Uhr"; "vormittags"
        halves = _halves(rest) if found or rest else None
        if halves is None:
            return None
        if whole and not found:  # "Mo-Do, vormittags"
            bits &= ~_bits(days, (True, True))
        whole = bool(found) and not rest
        bits |= _bits(days, halves)
    return bits


def names_every_day(text: str) -> bool:
    """Whether no day is said, so that all are meant: "flexibel", "vormittags"."""
    return not any(_DAYS.match(" ".join(fold(item).split())) for item in items_of(text, ",/|"))


def _days(words: str) -> tuple[frozenset[int], str]:
    """The days a part begins with, and the rest of it."""
    days: set[int] = set()
    while match := _DAYS.match(words):
        first = _number(match["first"])
        last = _number(match["last"]) if match["last"] else first
        days |= set(range(first, last + 1)) if first <= last else {*range(first, 5), *range(last + 1)}
        words = words[match.end() :].strip()
    return frozenset(days), words


def _number(day: str) -> int:
    return _NAMES[day] if day in _NAMES else _NAMES[day.removesuffix("s")]


def _halves(rest: str) -> tuple[bool, bool] | None:
    """Whether the morning and the afternoon are meant."""
    parts = rest.split()
    if not parts or parts[0] in _WHOLE_DAY:
        return True, True
    if match := _HOURS.match(rest):
        return _between(int(match[1]), int(match[3]))
    if match := _FROM.match(rest):
        return _between(int(match[1]), 24)
    if match := _UNTIL.match(rest):
        return _between(0, int(match[1]))
    morning = parts[-1] == "am" or any(part.startswith(_MORNING) for part in parts)  # "Mon am", not "am Nachmittag"
    afternoon = any(part.startswith(_AFTERNOON) for part in parts)
    return (morning, afternoon) if morning or afternoon else None


def _between(start: int, end: int) -> tuple[bool, bool] | None:
    return (start < _NOON, end > _NOON + 1 or start >= _NOON) if start < end <= 24 else None


def _bits(days: frozenset[int], halves: tuple[bool, bool]) -> int:
    return sum(1 << 2 * day + half for day in days for half in (0, 1) if halves[half])
