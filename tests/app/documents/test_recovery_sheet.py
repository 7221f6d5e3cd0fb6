"""The recovery sheet on paper: all groups, the square a scanner reads, both languages, nothing in the properties."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pdf_reading import opened, pages, text_of, tool
from reportlab.graphics.barcode.qr import QrCodeWidget

from app import documents, i18n
from app.documents import recovery_sheets
from app.documents.inputs import RecoverySheet

CODE = "7K2M-9QX4-0BHT-ZZ8W-5S6B-1JN3-VDRA-4EYC-PG20"
ON = date(2026, 11, 22)
ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


def made(language: str = "en", **more: Any) -> bytes:
    facts = {"vault": "Mentoring Feinwerk", "vault_id": 0x3F2A9B1C00D4E5F6, "code": CODE, "valid_from": ON, **more}
    return documents.recovery_sheet(RecoverySheet(**facts), language=language, on=ON)


@pytest.mark.parametrize(
    ("language", "words", "day"),
    [("en", ("Recovery sheet", "How to use it", "no back door"), "22 Nov 2026"),
     ("de", ("Wiederherstellungsblatt", "So benutzen Sie es", "keine Hintertür"), "22.11.2026")],
)  # fmt: skip
def test_it_says_whose_it_is_and_how_to_use_it(language: str, words: tuple[str, ...], day: str) -> None:
    i18n.set_language("de" if language == "en" else "en")
    text = " ".join(text_of(made(language)).split())
    for expected in (*words, "Mentoring Feinwerk", "3F2A 9B1C 00D4 E5F6", day):
        assert expected in text


def test_the_groups_are_read_back_in_their_order(tmp_path: Path) -> None:
    read = tool("pdftotext", made(), tmp_path, "-layout")
    between = read.partition("Printed on")[2].partition("How to")[0]
    _year, *groups = re.findall(r"(?<!\S)[0-9A-Z]{4}(?!\S)", between)
    assert "-".join(groups) == CODE
    assert pages(made()) == 1


def test_the_code_is_in_no_property_of_the_file() -> None:
    reader = opened(made("de"))
    told = str(reader.metadata) + str(reader.xmp_metadata) + str(reader.outline)
    assert "Wiederherstellungsblatt" in told
    assert not any(group in told for group in CODE.split("-"))
    assert CODE.encode() not in made()


def test_only_inter_is_embedded(tmp_path: Path) -> None:
    rows = tool("pdffonts", made(), tmp_path).splitlines()[2:]
    assert rows
    for row in rows:
        assert "+Inter" in row
        assert row.split()[-5:-3] == ["yes", "yes"], row


@pytest.mark.parametrize("name", ["", "A<b>&", "Ein sehr langer Name " * 12])
def test_any_name_fits(name: str) -> None:
    assert pages(made(vault=name)) == 1


def test_the_square_holds_the_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reads the squares that were drawn, as a scanner does: mask, zigzag, letters."""
    drawn: list[QrCodeWidget] = []

    class Watched(QrCodeWidget):  # type: ignore[misc]
        def draw(self) -> Any:
            drawn.append(self)
            return super().draw()

    monkeypatch.setattr(recovery_sheets, "QrCodeWidget", Watched)
    made()
    modules = [[bool(one) for one in row] for row in drawn[0].qr.modules]
    assert read_square(modules) == CODE


def read_square(modules: list[list[bool]]) -> str:
    """Decodes a QR code of version 3, level M: one block of 44 bytes of data, alphanumeric."""
    size = len(modules)
    assert size == 29
    masked = 0
    for column in (2, 3, 4):  # of the five bits of level and mask, the mask's three
        masked = masked << 1 | modules[8][column]
    mask = masked ^ 0b101
    rules = (
        lambda y, x: (y + x) % 2, lambda y, _: y % 2, lambda _, x: x % 3, lambda y, x: (y + x) % 3,
        lambda y, x: (y // 2 + x // 3) % 2, lambda y, x: y * x % 2 + y * x % 3,
        lambda y, x: (y * x % 2 + y * x % 3) % 2, lambda y, x: ((y + x) % 2 + y * x % 3) % 2,
    )  # fmt: skip

    def is_pattern(y: int, x: int) -> bool:
        corner = (y < 9 and (x < 9 or x >= size - 8)) or (y >= size - 8 and x < 9)
        return corner or y == 6 or x == 6 or (20 <= y <= 24 and 20 <= x <= 24)

    bits: list[int] = []
    right, up = size - 1, True
    while right > 0:
        right -= right == 6
        for y in range(size - 1, -1, -1) if up else range(size):
            for x in (right, right - 1):
                if not is_pattern(y, x):
                    bits.append(modules[y][x] ^ (rules[mask](y, x) == 0))
        right, up = right - 2, not up

    def number(start: int, count: int) -> int:
        return int("".join(str(int(bit)) for bit in bits[start : start + count]), 2)

    assert number(0, 4) == 2  # alphanumeric
    length = number(4, 9)
    signs = ""
    for pair in range(length // 2):
        first, second = divmod(number(13 + 11 * pair, 11), 45)
        signs += ALPHANUMERIC[first] + ALPHANUMERIC[second]
    if length % 2:
        signs += ALPHANUMERIC[number(13 + 11 * (length // 2), 6)]
    return signs
