"""Dates that people write without a day: "2020", "02/2020", "März 2020", "seit 2019"."""

from __future__ import annotations

import re
from datetime import date

from app.exchange import cells

_SINCE = re.compile(r"(?:seit|since|ab|from|ca\.?|circa|etwa|approx\.?|about|vom|am)\s+", re.I)
_YEAR = re.compile(r"((?:19|20)\d\d)\Z")
_MONTH_YEAR = re.compile(r"(0?[1-9]|1[0-2])\s*[./-]\s*((?:19|20)\d\d)\Z")
_YEAR_MONTH = re.compile(r"((?:19|20)\d\d)\s*[./-]\s*(0?[1-9]|1[0-2])\Z")
_NAMED = re.compile(r"([A-Za-zÄÖÜäöü]{3,9})\.?[\s/'-]\s*((?:19|20)?\d\d)\Z")
_QUARTER = re.compile(r"(?:q\s*([1-4])|([1-4])\.?\s*(?:quartal|quarter|q))\s*[/-]?\s*((?:19|20)\d\d)\Z", re.I)


def without_since(text: str) -> str:
    """The date in "seit 01.02.2020"."""
    return _SINCE.sub("", text, count=1) if _SINCE.match(text) else text


def first_day_of(text: str, *, today: date) -> date | None:
    """The first day of the year, quarter or month that a cell names; None where it names none."""
    text = without_since(text)
    if match := _YEAR.match(text):
        return _checked(f"1.1.{match[1]}", today)
    if match := _MONTH_YEAR.match(text):
        return _checked(f"1.{match[1]}.{match[2]}", today)
    if match := _YEAR_MONTH.match(text):
        return _checked(f"1.{match[2]}.{match[1]}", today)
    if match := _QUARTER.match(text):
        return _checked(f"1.{int(match[1] or match[2]) * 3 - 2}.{match[3]}", today)
    if match := _NAMED.match(text):
        return _checked(f"1. {match[1]} {match[2]}", today)
    return None


def _checked(text: str, today: date) -> date | None:
    return cells.day_of(text, today=today)
