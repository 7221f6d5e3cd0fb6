"""What an ODS sheet shows and calamine does not tell: error values, and zeros that a number format puts in front."""

from __future__ import annotations

import re
import zipfile
from xml.parsers import expat

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "
_MAX_CONTENT = 200 * 1024 * 1024
_WORTH_IT = re.compile(rb"value-type=[\"']error[\"']|<(?:\w+:)?p(?:\s[^>]*)?>0\d")
_WIDEST, _LONGEST = 4_096, 1_000_000  # places beyond are no roster's, and a repeat is written out

Place = tuple[int, int]


def shown_in_ods(package: zipfile.ZipFile, sheet: str) -> dict[Place, str | int]:
    """By row and column, counted from 0: the text of an error value, or how many digits a number is shown with.

    Empty for a package that is no ODS. A damaged one raises ``expat.ExpatError``.
    """
    if "content.xml" not in package.namelist() or package.getinfo("content.xml").file_size > _MAX_CONTENT:
        return {}
    content = package.read("content.xml")
    if not _WORTH_IT.search(content):
        return {}
    walk = _Walk(sheet)
    walk.parser.Parse(content, True)
    return walk.found


class _Walk:
    """Goes through one sheet's cells, repeats included, and keeps what is shown otherwise than it is stored."""

    def __init__(self, sheet: str) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.found: dict[Place, str | int] = {}
        self._sheet = sheet
        self._inside = self._in_comment = False
        self._row = self._rows = self._column = self._columns = self._paragraphs = 0
        self._kind = ""
        self._said: list[str] = []
        self._of_row: list[tuple[int, str | int]] = []

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == f"{_TABLE}table":
            self._inside = attributes.get(f"{_TABLE}name") == self._sheet
            self._row = 0
        elif not self._inside:
            return
        elif name == f"{_TABLE}table-row":
            self._rows = int(attributes.get(f"{_TABLE}number-rows-repeated", "1"))
            self._column, self._of_row = 0, []
        elif name in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            self._columns = int(attributes.get(f"{_TABLE}number-columns-repeated", "1"))
            kinds = {value for key, value in attributes.items() if key.endswith(" value-type")}
            self._kind = "error" if "error" in kinds else "float" if "float" in kinds else ""
            self._said, self._paragraphs = [], 0
        elif name == f"{_OFFICE}annotation":
            self._in_comment = True
        elif name == f"{_TEXT}p" and not self._in_comment:
            self._paragraphs += 1

    def _text(self, text: str) -> None:
        if self._kind and self._paragraphs == 1 and not self._in_comment:
            self._said.append(text)

    def _end(self, name: str) -> None:
        if name == f"{_TABLE}table":
            self._inside = False
        elif name == f"{_OFFICE}annotation":
            self._in_comment = False
        elif not self._inside:
            return
        elif name in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            self._keep("".join(self._said).strip())
            self._column += self._columns
            self._kind = ""
        elif name == f"{_TABLE}table-row":
            for row in range(self._row, min(self._row + self._rows, _LONGEST) if self._of_row else self._row):
                self.found.update({(row, column): said for column, said in self._of_row})
            self._row += self._rows

    def _keep(self, said: str) -> None:
        shown: str | int | None = None
        if self._kind == "error":
            shown = said or "#N/A"
        elif self._kind == "float" and len(said) > 1 and said[0] == "0" and said.isascii() and said.isdigit():
            shown = len(said)
        if shown is not None:
            last = min(self._column + self._columns, _WIDEST)
            self._of_row += [(column, shown) for column in range(self._column, last)]
