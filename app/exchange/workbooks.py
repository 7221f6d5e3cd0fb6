"""XLSX, XLS and ODS as rows of text, through calamine; the file is measured first, since calamine trusts it.

calamine lays a sheet out as one dense block from its first to its last cell, so that two cells in opposite corners of
an XLSX, or one repeated cell of an ODS, would take all memory. Hence the sizes are read before it is let near the file.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any
from xml.parsers import expat

from app.errors import Fault
from app.exchange.shown import Place, shown_cells
from app.exchange.shown_ods import shown_in_ods

MAX_UNPACKED = 600 * 1024 * 1024
MAX_DENSE_CELLS = 20_000_000
_CHUNK = 4 * 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_OLE = "EncryptedPackage".encode("utf-16-le")
_CELL = re.compile(rb"""\br=["']([A-Za-z]{0,4})(\d{1,8})["']""")
_REPEAT = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"

Rows = tuple[tuple[str, ...], ...]


def read_workbook(
    content: bytes, sheet: str | None, *, max_rows: int, max_columns: int
) -> tuple[Rows, tuple[str, ...], str]:
    """The rows of one sheet, the names of all visible sheets, the name of the one read.

    ``sheet`` None is the first visible one that holds something. Whole numbers come as "4", dates as "2022-02-03", a
    cell merged over several rows says its text in each of them. In XLSX and ODS an error cell says its error, and
    a number comes with the zeros that its format puts in front.
    """
    if content.startswith(_OLE):
        if _ENCRYPTED_OLE in content:
            raise Fault("exchange.encrypted")
    else:
        _measure(content)
    return _read(content, sheet, max_rows, max_columns)


def _measure(content: bytes) -> None:
    """Refuses a zip that is no workbook, is encrypted, or would unpack or spread out to too much."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            members = package.infolist()
            if any(member.flag_bits & 0x1 for member in members):
                raise Fault("exchange.encrypted")
            if sum(member.file_size for member in members) > MAX_UNPACKED:
                raise Fault("exchange.unpacks_too_large")
            names = {member.filename for member in members}
            if "xl/workbook.xml" in names:
                _measure_sheets(package)
            elif "content.xml" in names:
                _measure_ods(package, names)
            else:
                raise Fault("exchange.not_a_table")
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError):
        raise Fault("exchange.damaged") from None


def _chunks(package: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    with package.open(name) as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def _measure_sheets(package: zipfile.ZipFile) -> None:
    for name in package.namelist():
        if not name.startswith("xl/worksheets/") or not name.endswith(".xml"):
            continue
        last_row, letters, tail = 0, {b""}, b""
        for chunk in _chunks(package, name):
            found = _CELL.findall(tail + chunk)
            letters.update({column for column, _ in found})
            last_row = max(last_row, max((int(row) for _, row in found), default=0))
            tail = chunk[-64:]
        if last_row * max(map(_column_number, letters)) > MAX_DENSE_CELLS:
            raise Fault("exchange.unpacks_too_large")


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _measure_ods(package: zipfile.ZipFile, names: set[str]) -> None:
    if "META-INF/manifest.xml" in names and b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise Fault("exchange.encrypted")
    measure = _Spread()
    try:
        for chunk in _chunks(package, "content.xml"):
            measure.parser.Parse(chunk, False)
        measure.parser.Parse(b"", True)
    except expat.ExpatError:
        raise Fault("exchange.damaged") from None


class _Spread:
    """Counts the cells an ODS sheet spreads out to, repeats included; repeated empty cells at the ends don't count."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.height = self.width = 0
        self.pending_rows = self.row_repeat = 0
        self.row_width = self.row_filled = 0

    def _refuse(self, *_: object) -> None:
        raise Fault("exchange.damaged")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        kind = name.removeprefix(f"{_REPEAT} ")
        if kind == "table":
            self.height = self.width = self.pending_rows = 0
        elif kind == "table-row":
            self.row_repeat = int(attributes.get(f"{_REPEAT} number-rows-repeated", "1"))
            self.row_width = self.row_filled = 0
        elif kind in ("table-cell", "covered-table-cell"):
            self.row_width += int(attributes.get(f"{_REPEAT} number-columns-repeated", "1"))
            if any("value" in key for key in attributes):
                self.row_filled = self.row_width
        elif name.endswith(" p"):
            self.row_filled = self.row_width

    def _end(self, name: str) -> None:
        if name != f"{_REPEAT} table-row":
            return
        self.pending_rows += self.row_repeat
        if self.row_filled:
            self.height += self.pending_rows
            self.pending_rows = 0
            self.width = max(self.width, self.row_filled)
        if self.height * self.width > MAX_DENSE_CELLS:
            raise Fault("exchange.unpacks_too_large")


def _read(content: bytes, sheet: str | None, max_rows: int, max_columns: int) -> tuple[Rows, tuple[str, ...], str]:
    import python_calamine as calamine

    try:
        with calamine.load_workbook(io.BytesIO(content)) as book:
            visible = [
                meta.name
                for meta in book.sheets_metadata
                if meta.visible == calamine.SheetVisibleEnum.Visible and meta.typ == calamine.SheetTypeEnum.WorkSheet
            ]
            chosen = sheet if sheet is not None else _first_filled(book, visible)
            if chosen not in visible:
                raise Fault("exchange.no_sheet")
            found = book.get_sheet_by_name(chosen)
            _measure_rows(found, max_rows, max_columns)
            return _sheet_rows(found, _shown(content, chosen)), tuple(visible), chosen
    except Fault:
        raise
    except calamine.PasswordError:
        raise Fault("exchange.encrypted") from None
    except MemoryError:
        raise Fault("exchange.unpacks_too_large") from None
    except Exception:
        raise Fault("exchange.damaged") from None
    except BaseException as error:  # a panic of the Rust library is no Exception
        if type(error).__name__ == "PanicException":
            raise Fault("exchange.damaged") from None
        raise


def _first_filled(book: Any, names: list[str]) -> str:
    if not names:
        raise Fault("exchange.no_sheet")
    for name in names:
        if book.get_sheet_by_name(name).start is not None:
            return name
    return names[0]


def _shown(content: bytes, sheet: str) -> dict[Place, str | int]:
    if content.startswith(_OLE):
        return {}
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return shown_cells(package, sheet) or shown_in_ods(package, sheet)


def _measure_rows(sheet: Any, max_rows: int, max_columns: int) -> None:
    """Refuses a sheet with too many before each of its cells is looked at."""
    last_row, last_column = sheet.end or (0, 0)
    if last_row >= max_rows:
        raise Fault("exchange.too_many_rows", limit=max_rows)
    if last_column >= max_columns:
        raise Fault("exchange.too_many_columns", limit=max_columns)


def _sheet_rows(sheet: Any, shown: dict[Place, str | int]) -> Rows:
    if sheet.end is None:
        return ()
    # calamine leaves out leading empty rows by itself; the rows must keep their numbers.
    rows = [[cell_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    for (row, column), said in shown.items():
        if row < len(rows) and column < len(rows[row]):
            text = rows[row][column]
            rows[row][column] = said if isinstance(said, str) else text.zfill(said) if text.isdigit() else text
    _fill_merged(rows, sheet.merged_cell_ranges or [])
    while rows and not any(rows[-1]):
        rows.pop()
    return tuple(map(tuple, rows))


def _fill_merged(rows: list[list[str]], ranges: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """A department merged over ten rows is the department of all ten; a title merged over columns stays one cell."""
    for (top, left), (bottom, right) in ranges:
        if left != right or top >= len(rows) or left >= len(rows[top]):
            continue
        for row in rows[top + 1 : bottom + 1]:
            if left < len(row) and not row[left]:
                row[left] = rows[top][left]


def cell_text(cell: object) -> str:
    """What a spreadsheet's cell says: 4.0 is "4", midnight of a day is the ISO day."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else str(cell)
