"""What an XLSX sheet shows and calamine does not tell: error values, and zeros that a number format puts in front."""

from __future__ import annotations

import html
import posixpath
import re
import zipfile

_MAX_SHEET = 200 * 1024 * 1024
_SHEET = re.compile(r"<(?:\w+:)?sheet\s([^>]*)>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s([^>]*)>")
_FORMAT = re.compile(r"<(?:\w+:)?numFmt\s([^>]*)>")
_FORMATS_OF_CELLS = re.compile(r"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.S)
_CELL_FORMAT = re.compile(r"<(?:\w+:)?xf\s([^>]*)>")
_ATTRIBUTE = re.compile(r"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.S)
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]*)</(?:\w+:)?v>")
_PLACE = re.compile(rb"\br=[\"']([A-Za-z]{1,3})(\d{1,7})[\"']")
_STYLE = re.compile(rb"\bs=[\"'](\d{1,6})[\"']")
_ERROR = re.compile(rb"\bt=[\"']e[\"']")
_ZEROS = re.compile(r"(0{2,})(?:;.*)?\Z")

Place = tuple[int, int]


def shown_cells(package: zipfile.ZipFile, sheet: str) -> dict[Place, str | int]:
    """By row and column, counted from 0: the text of an error value, or how many digits a number is shown with.

    Empty for a workbook that is none of XLSX's, or is put together in a way that no spreadsheet does.
    """
    names = set(package.namelist())
    path = _path(package, names, sheet)
    if path is None or package.getinfo(path).file_size > _MAX_SHEET:
        return {}
    padded = _padded(package, names)
    content = package.read(path)
    if not padded and not _ERROR.search(content):
        return {}
    found: dict[Place, str | int] = {}
    for match in _CELL.finditer(content):
        attributes, inside = match[1], match[2] or b""
        style = _STYLE.search(attributes)
        digits = padded.get(int(style[1])) if style else None
        is_error = _ERROR.search(attributes) is not None
        place = _PLACE.search(attributes) if is_error or digits else None
        if place is None:
            continue
        at = (int(place[2]) - 1, _column(place[1]))
        if is_error:
            value = _VALUE.search(inside)
            found[at] = html.unescape(value[1].decode("utf-8", "replace")) if value else "#N/A"
        elif digits:
            found[at] = digits
    return found


def _text(package: zipfile.ZipFile, names: set[str], name: str) -> str:
    return package.read(name).decode("utf-8", "replace") if name in names else ""


def _attributes(text: str) -> dict[str, str]:
    return {name.rpartition(":")[2]: html.unescape(one or other) for name, one, other in _ATTRIBUTE.findall(text)}


def _path(package: zipfile.ZipFile, names: set[str], sheet: str) -> str | None:
    sheets = map(_attributes, _SHEET.findall(_text(package, names, "xl/workbook.xml")))
    relation = next((one.get("id") for one in sheets if one.get("name") == sheet), None)
    relations = map(_attributes, _RELATION.findall(_text(package, names, "xl/_rels/workbook.xml.rels")))
    target = next((one.get("Target", "") for one in relations if relation and one.get("Id") == relation), "")
    path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
    return path if target and path in names else None


def _padded(package: zipfile.ZipFile, names: set[str]) -> dict[int, int]:
    """The styles that show a number with at least so many digits."""
    styles = _text(package, names, "xl/styles.xml")
    formats: dict[str, int] = {}
    for one in map(_attributes, _FORMAT.findall(styles)):
        if zeros := _ZEROS.match(one.get("formatCode", "")):
            formats[one.get("numFmtId", "")] = len(zeros[1])
    cells = _FORMATS_OF_CELLS.search(styles)
    used = [_attributes(one).get("numFmtId", "") for one in _CELL_FORMAT.findall(cells[0])] if cells else []
    return {number: formats[one] for number, one in enumerate(used) if one in formats}


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number - 1
