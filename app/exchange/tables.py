"""Tables in: a CSV, XLSX, XLS or ODS file, or what was pasted from a spreadsheet, as rows of text."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from math import log2
from pathlib import Path

from app.errors import Fault
from app.exchange.guards import unguarded
from app.exchange.names import is_one_column
from app.exchange.quotes import WHOLE_LINE, records

MAX_BYTES = 100 * 1024 * 1024
MAX_ROWS = 200_000
MAX_COLUMNS = 500
SEPARATORS = (";", ",", "\t")  # WHOLE_LINE is the one of a text that has only one column
ENCODINGS = ("utf-8", "cp1252", "utf-16-le", "utf-16-be")
_TRIAL_ROWS = 200
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"PK\x05\x06")
_MARKUP = re.compile(rb"\s*<(\?xml|!doctype|html|head|body|table|meta)", re.IGNORECASE)
_SEP_LINE = re.compile(r"\A\"?sep=(.)\"?(\r\n|\r|\n|\Z)", re.IGNORECASE)


class SourceKind(StrEnum):
    CSV = "csv"
    WORKBOOK = "workbook"  # XLSX, XLS, ODS
    PASTED = "pasted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of text as the file has them: row ``n`` of the spreadsheet is ``rows[n - 1]``; rows may differ in length.

    ``encoding`` and ``separator`` are "" for a workbook; ``sheets`` are its visible sheets and ``sheet`` the one read.
    ``as_they_stand`` are the rows, counted from 0, in which a quotation mark is opened and not closed.
    """

    rows: tuple[tuple[str, ...], ...]
    kind: SourceKind
    encoding: str = ""
    separator: str = ""
    sheets: tuple[str, ...] = ()
    sheet: str = ""
    as_they_stand: frozenset[int] = frozenset()

    @property
    def width(self) -> int:
        return max(map(len, self.rows), default=0)


def read_table(
    source: Path | bytes | str,
    *,
    encoding: str | None = None,
    separator: str | None = None,
    sheet: str | None = None,
) -> Table:
    """The table in a file (a ``Path``), in a file's ``bytes`` or in pasted text (a ``str``).

    What is not given is found out. Raises Fault with a code ``exchange.…``; no Fault carries anything from a cell.
    """
    if isinstance(source, str):
        if len(source) > MAX_BYTES:
            raise Fault("exchange.too_large", limit=MAX_BYTES // 1024**2)
        return _text_table(source, SourceKind.PASTED, "", separator)
    content = _content(source) if isinstance(source, Path) else source
    if len(content) > MAX_BYTES:
        raise Fault("exchange.too_large", limit=MAX_BYTES // 1024**2)
    if content.startswith((_ZIP, _OLE)):
        from app.exchange.workbooks import read_workbook  # calamine is slow to load and seldom needed

        rows, sheets, chosen = read_workbook(content, sheet, max_rows=MAX_ROWS, max_columns=MAX_COLUMNS)
        return _checked(Table(rows=rows, kind=SourceKind.WORKBOOK, sheets=sheets, sheet=chosen))
    if content.startswith(_FOREIGN):
        raise Fault("exchange.not_a_table")
    text, found = decode(content, encoding)
    if _MARKUP.match(text[:200].encode("utf-8", "ignore")):
        raise Fault("exchange.web_page")
    return _text_table(text, SourceKind.CSV, found, separator)


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise Fault("exchange.too_large", limit=MAX_BYTES // 1024**2)
        return path.read_bytes()
    except OSError:
        raise Fault("exchange.unreadable") from None


def decode(content: bytes, encoding: str | None = None) -> tuple[str, str]:
    """The text of a file and its encoding: the one given, or BOM, UTF-16 by its zeros, strict UTF-8, Windows-1252."""
    if encoding is not None:
        try:
            return content.decode(encoding, errors="replace").removeprefix("\ufeff"), encoding
        except LookupError:
            raise Fault("exchange.unknown_encoding") from None
    for bom, name in _BOMS:
        if content.startswith(bom):
            return content[len(bom) :].decode(name, errors="replace"), name
    if name := _wide(content[:4096]):
        return content.decode(name, errors="replace"), name
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        lenient = content.decode("utf-8", errors="replace")
    # A UTF-8 file cut off in the middle of a letter, or with one foreign byte, is still UTF-8.
    broken = lenient.count("\ufffd")
    if broken * 10 <= sum(1 for letter in lenient if letter > "\x7f") - broken:
        return lenient, "utf-8"
    return content.decode("cp1252", errors="replace"), "cp1252"


def _wide(start: bytes) -> str:
    """UTF-16 without a BOM: every other byte of mostly Latin text is zero."""
    half = len(start) // 2
    if half < 2:
        return ""
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if odd > half * 0.4 and even < half * 0.1:
        return "utf-16-le"
    if even > half * 0.4 and odd < half * 0.1:
        return "utf-16-be"
    return ""


def _text_table(text: str, kind: SourceKind, encoding: str, separator: str | None) -> Table:
    text = text.removeprefix("\ufeff").replace("\x00", "")
    _refuse_binary(text)
    if line := _SEP_LINE.match(text):
        text = text[line.end() :]
        separator = separator or line.group(1)
    if separator is None:
        separator = "\t" if kind is SourceKind.PASTED and "\t" in text else find_separator(text)
        if separator not in text or (separator == "," and is_one_column(_some_lines(text).splitlines())):
            separator = WHOLE_LINE
    rows, literal = _rows(text, separator)
    return _checked(Table(rows=rows, kind=kind, encoding=encoding, separator=separator, as_they_stand=literal))


def _refuse_binary(text: str) -> None:
    start = text[:20_000]
    strange = sum(1 for letter in start if (letter < " " and letter not in "\t\n\r\x0b\x0c\x1f") or letter == "\ufffd")
    if strange > max(8, len(start) // 20):
        raise Fault("exchange.not_a_table")


def find_separator(text: str) -> str:
    """The one of ; , and tab that cuts most rows into equally many cells, wide rows counting more; ";" for one column.

    ``csv.Sniffer`` is no choice: it fails on a roster with commas inside cells and on a single column.
    """
    best, best_score = SEPARATORS[0], 0.0
    trial = _some_lines(text)
    for separator in SEPARATORS:
        widths = Counter(len(row) for row in records(trial, separator, _TRIAL_ROWS)[0] if any(row))
        wide = {width: count for width, count in widths.items() if width > 1}
        if not wide:
            continue
        width, count = max(wide.items(), key=lambda item: (item[1] * log2(item[0]), item[0]))
        score = count / widths.total() * log2(width)
        if score > best_score:
            best, best_score = separator, score
    return best


def _some_lines(text: str) -> str:
    """The first part of a long text, cut at a line's end."""
    if len(text) <= 400_000:
        return text
    return text[: text.rfind("\n", 0, 400_000) + 1] or text[:400_000]


def _rows(text: str, separator: str) -> tuple[tuple[tuple[str, ...], ...], frozenset[int]]:
    rows = []
    found, literal = records(text, separator, MAX_ROWS + 1)
    for record in found:
        if len(record) > MAX_COLUMNS:
            while record and not record[-1]:
                record.pop()
            if len(record) > MAX_COLUMNS:
                raise Fault("exchange.too_many_columns", limit=MAX_COLUMNS)
        rows.append(tuple(unguarded(cell) for cell in record))
    while rows and not any(rows[-1]):
        rows.pop()
    if len(rows) > MAX_ROWS:
        raise Fault("exchange.too_many_rows", limit=MAX_ROWS)
    return tuple(rows), frozenset(literal)


def _checked(table: Table) -> Table:
    if not any(any(cell.strip() for cell in row) for row in table.rows):
        raise Fault("exchange.empty")
    return table
