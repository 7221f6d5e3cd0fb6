"""Career levels a file gives by name ("SEO", "Grade 7"): which there are, and what each may mean here."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from app.domain.people import LOWEST_LEVEL, TOP_LEVEL
from app.domain.text import comparable, words
from app.exchange import cells
from app.exchange.columns import Mapping, Rows
from app.exchange.fields import Field

_NUMBER = re.compile(r"\d+")


class GradeSign(StrEnum):
    """What tells the level of a name."""

    KNOWN = "known"  # it was given this level in an import before
    ALIKE = "alike"  # a name given a level before stands in it
    NUMBER = "number"  # there is one number in it


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """The level that a name may stand for. ``like`` is the known name that stands in it."""

    level: int
    sign: GradeSign
    like: str = ""


@lru_cache(maxsize=1024)
def grade_key(name: str) -> str:
    """The same for "Senior", "SENIOR" and " senior"."""
    return comparable(name) or name.strip()


def grades_of(rows: Rows, mapping: Mapping) -> dict[str, int]:
    """The names in the level column that are no number, and how many people have each, those of most people first.

    One name in several spellings is one, in the spelling that is there most often.
    """
    raw: Counter[str] = Counter()  # tens of thousands of rows share a few of these
    for index in mapping.of(Field.LEVEL):
        raw.update(row[index] for row in rows[mapping.first_row :] if index < len(row))
    spelt: dict[str, Counter[str]] = {}
    for cell, count in raw.items():
        text = cells.clean(cell)
        if not cells.says_nothing(text) and not cells.is_error(text) and cells.level_of(text) is None:
            spelt.setdefault(grade_key(text), Counter())[text] += count
    found = {spellings.most_common(1)[0][0]: spellings.total() for spellings in spelt.values()}
    return dict(sorted(found.items(), key=lambda one: -one[1]))


def guesses(names: Iterable[str], known: AnyMapping[str, int]) -> dict[str, Guess]:
    """What each of the names may stand for, as far as anything tells; ``known`` are levels by ``grade_key``."""
    return {name: guess for name in names if (guess := _guess(name, known)) is not None}


def _guess(name: str, known: AnyMapping[str, int]) -> Guess | None:
    key = grade_key(name)
    if key in known:
        return Guess(level=known[key], sign=GradeSign.KNOWN)
    inside = set(words(key))
    alike = [one for one in known if set(words(one)) and set(words(one)) <= inside]
    longest = max((len(words(one)) for one in alike), default=0)
    alike = [one for one in alike if len(words(one)) == longest]
    if alike and len({known[one] for one in alike}) == 1:
        return Guess(level=known[alike[0]], sign=GradeSign.ALIKE, like=alike[0])
    numbers = _NUMBER.findall(name)
    if len(numbers) == 1 and TOP_LEVEL <= int(numbers[0]) <= LOWEST_LEVEL:
        return Guess(level=int(numbers[0]), sign=GradeSign.NUMBER)
    return None
