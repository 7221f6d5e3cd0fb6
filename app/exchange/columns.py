"""Which row holds the headers and what each column means: a guess that the dialog shows and the officer corrects."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from app.domain.programmes import Role
from app.domain.text import words
from app.exchange import cells
from app.exchange.fields import NAMES, REPEATABLE, Field, LeftOut
from app.exchange.headers import EXACT, recognise, telltale
from app.exchange.names import are_names

HEADER_ROWS = 20
_MOST_GRADES, _LONGEST_GRADE = 16, 30  # different words, and signs of each, that can be names of career levels
_SAMPLE_ROWS = 200
_SHOWN_SAMPLES = 3
_MOST_CELLS = 120

Rows = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of the file. ``field`` None is left out, and ``left_out`` says why if it was left out on purpose."""

    index: int
    header: str
    field: Field | None = None
    left_out: LeftOut | None = None
    samples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """What each column means. ``header_row`` counts rows from 0; None is a file without headers."""

    header_row: int | None
    columns: tuple[Column, ...]

    def with_field(self, index: int, field: Field | None) -> Mapping:
        """The mapping with one column meaning ``field``; another column of that meaning gives it up."""
        changed = []
        for column in self.columns:
            if column.index == index:
                column = replace(column, field=field)
            elif field is not None and column.field is field and field not in REPEATABLE:
                column = replace(column, field=None)
            changed.append(column)
        return replace(self, columns=tuple(changed))

    def of(self, field: Field) -> tuple[int, ...]:
        """The indices of the columns that mean ``field``."""
        return tuple(column.index for column in self.columns if column.field is field)

    @property
    def fields(self) -> frozenset[Field]:
        return frozenset(column.field for column in self.columns if column.field is not None)

    @property
    def names_somebody(self) -> bool:
        """Whether a name is mapped, without which no row can be imported."""
        return bool(self.fields & NAMES)

    @property
    def first_row(self) -> int:
        """Where the people begin, counted from 0."""
        return 0 if self.header_row is None else self.header_row + 1


def find_header(rows: Rows) -> int | None:
    """The row among the first 20 whose cells are headers, counted from 0; None if no row looks like it."""
    best, best_score = None, 0.0
    for index, row in enumerate(rows[:HEADER_ROWS]):
        filled = [cell for cell in row[:_MOST_CELLS] if cell.strip()]
        if not filled:
            continue
        known = [(recognise(cell.strip()), telltale(cell)) for cell in filled if len(cell) <= 120]
        score = sum(1.0 if found and found[0][1] >= EXACT else 0.5 for found, reason in known if found or reason)
        # A title such as "Mitarbeitende" is a single known word; a row of headers has several, or is one column wide.
        enough = score >= 2 or (score >= 1 and len(filled) == 1 and _one_column(rows[index:]))
        if enough and score > best_score:
            best, best_score = index, score
    return best


def _one_column(rows: Rows) -> bool:
    return all(not any(cell.strip() for cell in row[1:]) for row in rows[:_SAMPLE_ROWS])


def guess_mapping(rows: Rows, header_row: int | None = -1) -> Mapping:
    """What the columns mean, by headers and a look at the cells. ``header_row`` -1: it is looked for.

    A column that looks like a special category of personal data is left out with its reason; so is one whose header
    fits and whose cells don't. No field is given twice but those in REPEATABLE.
    """
    if header_row == -1:
        header_row = find_header(rows)
    headers = [cells.clean(cell) for cell in rows[header_row]] if header_row is not None else []
    start = 0 if header_row is None else header_row + 1
    below = rows[start : start + _SAMPLE_ROWS]
    width = max([len(headers), *(len(row) for row in below)], default=0)
    headers += [""] * (width - len(headers))
    samples = [
        tuple(text for row in below if index < len(row) and (text := cells.clean(row[index]))) for index in range(width)
    ]
    columns = _assigned(headers, samples)
    return Mapping(header_row=header_row, columns=tuple(_named(columns)))


def _assigned(headers: list[str], samples: list[tuple[str, ...]]) -> list[Column]:
    reasons: dict[int, LeftOut] = {}
    offers: list[tuple[int, int, Field]] = []
    for index, header in enumerate(headers):
        found = recognise(header) if header else ()
        reason = None if found and found[0][1] >= EXACT else telltale(header)
        if reason is not None:
            reasons[index] = reason
            continue
        offers += [(-score, index, field) for field, score in found]
        if not header and _mostly(samples[index], lambda text: cells.email_of(text) is not None):
            offers.append((0, index, Field.EMAIL))
        elif not any(headers) and len(headers) == 1 and are_names(samples[index]):
            offers.append((0, index, Field.FULL_NAME))
    given: dict[int, Field] = {}
    for _, index, field in sorted(offers):
        if index in given:
            continue
        if field in given.values() and field not in REPEATABLE:
            reasons.setdefault(index, LeftOut.TWICE)
            continue
        fitting = _fitting(field, samples[index])
        if fitting is None:
            reasons[index] = LeftOut.UNLIKE
        elif fitting is field or fitting not in given.values():
            given[index] = fitting
            reasons.pop(index, None)
        else:
            reasons.setdefault(index, LeftOut.TWICE)
    return [
        Column(
            index=index,
            header=header,
            field=given.get(index),
            left_out=None if index in given else reasons.get(index),
            samples=_shown(samples[index]) if reasons.get(index) in (None, LeftOut.UNLIKE, LeftOut.TWICE) else (),
        )
        for index, header in enumerate(headers)
    ]


def _shown(samples: tuple[str, ...]) -> tuple[str, ...]:
    """A few different cells to show beside the header; those of a special category are not even shown."""
    return tuple(dict.fromkeys(samples))[:_SHOWN_SAMPLES]


def _fitting(field: Field, samples: tuple[str, ...]) -> Field | None:
    """The field that the cells bear out, since "Title" can be three things; None if they contradict the header."""
    if not samples:
        return field
    if field is Field.TITLE and not _mostly(samples, cells.is_title):
        if _mostly(samples, lambda text: cells.salutation_of(text)[0] is not None):
            return Field.SALUTATION
        return Field.POSITION
    if field is Field.LEVEL and not _mostly(samples, lambda text: cells.level_of(text) is not None):
        return field if _are_grades(samples) else None
    if field is Field.ROLE and not _mostly(samples, lambda text: cells.role_of(text) is not None):
        return None
    return field


def _mostly(samples: tuple[str, ...], fits: Callable[[str], bool]) -> bool:
    filled = [text for text in samples if not cells.says_nothing(text)]
    return bool(filled) and sum(map(fits, filled)) * 2 > len(filled)


def _are_grades(samples: tuple[str, ...]) -> bool:
    """A few short words that come again and again: "HEO", "Senior", "Grade 7"."""
    filled = [text for text in samples if not cells.says_nothing(text)]
    different = set(filled)
    few = max(2, min(_MOST_GRADES, len(filled) // 2))
    return 0 < len(different) <= few and max(map(len, different)) <= _LONGEST_GRADE


def _named(columns: list[Column]) -> list[Column]:
    """ "Name" beside "Vorname" is the family name; a title beside "Position" stays out."""
    fields = {column.field for column in columns}
    if Field.FULL_NAME not in fields:
        return columns
    meant: Field | None = Field.FULL_NAME
    if Field.GIVEN_NAME in fields and Field.FAMILY_NAME not in fields:
        meant = Field.FAMILY_NAME
    elif Field.FAMILY_NAME in fields:
        meant = None
    left_out = LeftOut.TWICE if meant is None else None
    return [
        replace(column, field=meant, left_out=left_out) if column.field is Field.FULL_NAME else column
        for column in columns
    ]


def guess_role(name: str) -> Role | None:
    """Everybody's role in a file or sheet called "mentors.csv" or "Mentees"; None where it says neither or both."""
    parts = words((name.rpartition(".")[0] or name).replace("_", " "))
    mentors = any(part.startswith("mentor") and not part.startswith("mentoring") for part in parts)
    mentees = any(part.startswith("mentee") for part in parts)
    if mentors == mentees:
        return None
    return Role.MENTOR if mentors else Role.MENTEE
