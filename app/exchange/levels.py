"""Which end of a file's career levels is the top: here it is 1, in many a roster the highest number is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.people import TOP_LEVEL
from app.domain.text import comparable, words
from app.exchange import cells
from app.exchange.columns import Mapping, Rows
from app.exchange.fields import Field

_LOOKED_AT = 5_000  # rows; the way a column is counted shows long before
_LEADING = ("geschaftsfuhr", "vorstand", "prasident", "president", "direktor", "director", "chief", "leitung", "leiter",
            "head", "ceo", "cfo", "cto", "coo", "partner", "inhaber", "owner")  # fmt: skip
_LEARNING = ("azubi", "auszubild", "trainee", "praktikant", "werkstudent", "volontar", "apprentice", "intern", "junior",
             "student", "lehrling", "aushilfe")  # fmt: skip


class Sign(StrEnum):
    """What tells which end is the top."""

    SUPERVISORS = "supervisors"
    POSITIONS = "positions"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """The levels of a file as it counts them. ``top`` is the number taken for its top; ``lowest`` to ``highest``."""

    lowest: int
    highest: int
    top: int
    sign: Sign


def turned(level: int, top: int) -> int | None:
    """The level as it is counted here, from 1 at the top; None for a number beyond the top of its own scale."""
    if top == TOP_LEVEL:
        return level
    return top + 1 - level if level <= top else None


def scale_of(rows: Rows, mapping: Mapping) -> Scale | None:
    """How the level column counts; None where there is none with at least two different numbers."""
    people = _people(rows, mapping)
    levels = [one.level for one in people]
    if not levels or min(levels) == max(levels):
        return None
    lowest, highest = min(levels), max(levels)
    for sign, upwards in ((Sign.SUPERVISORS, _by_supervisors(people)), (Sign.POSITIONS, _by_positions(people))):
        if upwards:
            return Scale(lowest=lowest, highest=highest, top=highest if upwards > 0 else TOP_LEVEL, sign=sign)
    return Scale(lowest=lowest, highest=highest, top=TOP_LEVEL, sign=Sign.NONE)


@dataclass(frozen=True, slots=True)
class _Levelled:
    level: int
    keys: tuple[str, ...]
    boss: str
    position: str


def _people(rows: Rows, mapping: Mapping) -> list[_Levelled]:
    def cell(row: Sequence[str], field: Field) -> str:
        index = next(iter(mapping.of(field)), len(row))
        return cells.clean(row[index]) if index < len(row) else ""

    found = []
    for row in rows[mapping.first_row : mapping.first_row + _LOOKED_AT] if mapping.of(Field.LEVEL) else ():
        level = cells.level_of(cell(row, Field.LEVEL))
        if level is not None:
            given, family = cell(row, Field.GIVEN_NAME), cell(row, Field.FAMILY_NAME)
            if full := cell(row, Field.FULL_NAME):
                _, own_given, own_family = cells.name_parts(full)
                given, family = given or own_given, family or own_family
            named = (f"{family}, {given}",) if given or family else ()
            said = (cell(row, Field.PERSONNEL_NUMBER), cell(row, Field.EMAIL), *named)
            keys = tuple(_key(key) for key in said if key)
            found.append(_Levelled(level, keys, cell(row, Field.SUPERVISOR), cell(row, Field.POSITION)))
    return found


def _key(text: str) -> str:
    """The same for "007" and "7", for "Kurz, Ida" and "Ida Kurz"."""
    if text.isdigit():
        return text.lstrip("0")
    if "@" in text:
        return text.casefold()
    _, given, family = cells.name_parts(text)
    return comparable(f"{given} {family}")


def _by_supervisors(people: Iterable[_Levelled]) -> int:
    """1 where supervisors mostly have the higher numbers, -1 where they have the lower, 0 where neither shows."""
    people = list(people)
    known = {key: one.level for one in people for key in one.keys}
    higher = lower = 0
    for one in people:
        boss = known.get(_key(one.boss)) if one.boss else None
        if boss is not None:
            higher += boss > one.level
            lower += boss < one.level
    return _clear(higher, lower)


def _by_positions(people: Iterable[_Levelled]) -> int:
    """The same by positions: each who leads against each who learns or is neither."""
    ranks: dict[int, list[int]] = {1: [], 0: [], -1: []}
    for one in people:
        if one.position:
            ranks[_rank(one.position)].append(one.level)
    higher = lower = 0
    for above, below in ((1, 0), (1, -1), (0, -1)):
        if ranks[above] and ranks[below]:
            upper = sum(ranks[above]) / len(ranks[above])
            under = sum(ranks[below]) / len(ranks[below])
            higher += upper > under
            lower += upper < under
    return _clear(higher, lower)


def _rank(position: str) -> int:
    parts = words(comparable(position))
    leads = any(part.startswith(_LEADING) or part.endswith(("leitung", "leiter", "leiterin")) for part in parts)
    learns = any(part.startswith(_LEARNING) for part in parts)
    return int(leads) - int(learns)


def _clear(higher: int, lower: int) -> int:
    if higher >= 2 * lower and higher:
        return 1
    return -1 if lower >= 2 * higher and lower else 0
