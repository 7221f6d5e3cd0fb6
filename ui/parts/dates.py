"""Reads a date as people type it: 3.2.26, 03.02.2026, 2026-02-03, 3 Feb 2026, February 3, 2026."""

from __future__ import annotations

import re
from datetime import date

MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "mär": 3, "mrz": 3, "mae": 3, "apr": 4, "may": 5, "mai": 5, "jun": 6, "jul": 7,
    "aug": 8, "sep": 9, "oct": 10, "okt": 10, "nov": 11, "dec": 12, "dez": 12,
}  # fmt: skip
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
DAY_FIRST = re.compile(r"(\d{1,2})\s*[./]\s*(\d{1,2})\s*[./]\s*(\d{4}|\d{2})?")
NAMED = re.compile(r"(\d{1,2})\.?\s+([^\W\d]{3,})\.?,?\s+(\d{4}|\d{2})")
NAMED_FIRST = re.compile(r"([^\W\d]{3,})\.?\s+(\d{1,2}),?\s+(\d{4}|\d{2})")


def read_date(text: str, today: date | None = None) -> date | None:
    """The date, or None for an empty text; ValueError for anything else.

    Days come before months, as in Germany and Britain. A year of two digits lies between 1970 and 2069;
    without a year it is that of ``today``.
    """
    words = " ".join(text.split()).casefold()
    if not words:
        return None
    if words in ("heute", "today"):
        return today or date.today()
    if found := ISO.fullmatch(words):
        return date(*map(int, found.groups()))
    if found := DAY_FIRST.fullmatch(words):
        day, month, year = found.groups()
        return date(_year(year) if year else (today or date.today()).year, int(month), int(day))
    if found := NAMED.fullmatch(words):
        day, name, year = found.groups()
        return date(_year(year), _month(name), int(day))
    if found := NAMED_FIRST.fullmatch(words):
        name, day, year = found.groups()
        return date(_year(year), _month(name), int(day))
    raise ValueError("not a date")


def _year(digits: str) -> int:
    year = int(digits)
    return year if len(digits) == 4 else 2000 + year if year < 70 else 1900 + year


def _month(name: str) -> int:
    try:
        return MONTHS[name[:3]]
    except KeyError:
        raise ValueError("not a month") from None
