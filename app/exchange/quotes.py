"""Records of a text with separators, also where a quotation mark is opened and never closed.

Such a mark would swallow all lines up to the next one without a word. Hence a line whose marks do not come out even is
read as it stands, and told.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from app.errors import Fault

MAX_CELL = 1_000_000  # characters; a spreadsheet's own limit is 32,767
WHOLE_LINE = "\n"  # the separator of a text that has only one column
_UNUSED = "\x1f"  # what a text of one column is cut at: nothing
_MOST_LINES = 1_000  # of one cell
_MOST_TRIES = 500  # lines with a mark too many; beyond, nobody looks for the end of their cells any more

Record = list[str]


def records(text: str, separator: str, most: int) -> tuple[list[Record], list[int]]:
    """The first ``most`` records, and which of them (counted from 0) were read as they stand.

    Raises Fault for a cell that no spreadsheet has, and for an impossible separator.
    """
    separator = _UNUSED if separator == WHOLE_LINE else separator
    if len(separator) != 1 or separator in '"\r\n':
        raise Fault("exchange.unknown_separator")
    csv.field_size_limit(MAX_CELL)
    found = _by_the_rules(text, separator, most)
    return (found, []) if found is not None else _line_by_line(text, separator, most)


def _by_the_rules(text: str, separator: str, most: int) -> list[Record] | None:
    """None where the text breaks the rules, or where a cell of several lines looks like several rows."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    found: list[Record] = []
    before, long = 0, False
    try:
        for record in reader:
            found.append(record)
            long |= reader.line_num - before > 1
            before = reader.line_num
            if len(found) >= most:
                break
    except csv.Error:
        return None
    return None if long else found


def _line_by_line(text: str, separator: str, most: int) -> tuple[list[Record], list[int]]:
    lines = list(io.StringIO(text, newline=""))
    found: list[Record] = []
    literal: list[int] = []
    place = tries = 0
    while place < len(lines) and len(found) < most:
        record = _strict(lines[place : place + 1], separator)
        taken = 1
        if record is None and tries < _MOST_TRIES:
            record, taken = _several(lines[place : place + _MOST_LINES], separator)
        if record is None:
            tries += 1
            record = _lenient(lines[place], separator)
        if record is None:
            record = _as_it_stands(lines[place], separator)
            literal.append(len(found))
        found.append(record)
        place += taken
    if literal:  # the line that closed the open mark has one too many as well
        literal += [n for n, record in enumerate(found) if n not in literal and any(c.count('"') % 2 for c in record)]
    return found, sorted(literal)


def _strict(lines: Sequence[str], separator: str) -> Record | None:
    try:
        return next(csv.reader(lines, delimiter=separator, strict=True), [])
    except csv.Error:
        return None


def _several(lines: Sequence[str], separator: str) -> tuple[Record | None, int]:
    """A record that goes on over several lines; None where each of them is a row in its own right."""
    reader = csv.reader(lines, delimiter=separator, strict=True)
    try:
        record = next(reader)
    except (csv.Error, StopIteration):
        return None, 1
    taken = reader.line_num
    rows = [_as_it_stands(line, separator) for line in lines[:taken]]
    if len(record) > 1 and all(len(row) == len(record) for row in rows):
        return None, 1
    return record, taken


def _lenient(line: str, separator: str) -> Record | None:
    """A line with marks inside a quoted cell ("Maier "Evi" Eva"), if the last cell ends with the line."""
    try:
        probe = [line.rstrip("\r\n") + "\n", f"\x1e{separator}"]
        found = list(csv.reader(probe, delimiter=separator))
    except csv.Error:
        return None
    return found[0] if len(found) == 2 else None


def _as_it_stands(line: str, separator: str) -> Record:
    """The cells between the separators, without the mark that opens one and is never closed."""
    try:
        record = next(csv.reader([line], delimiter=separator, quoting=csv.QUOTE_NONE), [])
    except csv.Error:
        raise Fault("exchange.cell_too_long", limit=MAX_CELL) from None
    return [_bare(cell) for cell in record]


def _bare(cell: str) -> str:
    if len(cell) > 1 and cell[0] == cell[-1] == '"':
        return cell[1:-1].replace('""', '"')
    return cell[1:] if cell.startswith('"') and cell.count('"') == 1 else cell
