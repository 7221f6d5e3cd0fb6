"""The letters of paper: Inter, registered on first use, and what becomes of signs it does not have."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache
from html import escape
from threading import Lock
from typing import ParamSpec, TypeVar

from app.resources import resource

P = ParamSpec("P")
R = TypeVar("R")
TEXT, MEDIUM, STRONG = "Inter", "Inter-Medium", "Inter-SemiBold"
FALLBACK = "□"
FILES = {TEXT: "Inter-Regular.ttf", MEDIUM: "Inter-Medium.ttf", STRONG: "Inter-SemiBold.ttf"}

_SPACES = str.maketrans(dict.fromkeys("\t\v\f\u2028\u2029", " "))
_NEWLINES = re.compile(r"\r\n?|\u0085")


@cache
def fonts() -> frozenset[int]:
    """Registers Inter with ReportLab and makes it the base of canvas and graphics; the code points it can print."""
    from reportlab.pdfbase import pdfmetrics, ttfonts

    points: set[int] | None = None
    for name, file in FILES.items():
        font = ttfonts.TTFont(name, str(resource("fonts", file)))
        font.face.makeSubset = _one_at_a_time(font.face.makeSubset)
        pdfmetrics.registerFont(font)
        found = {point for point, glyph in font.face.charToGlyph.items() if glyph}
        points = found if points is None else points & found
    pdfmetrics.registerFontFamily(TEXT, normal=TEXT, bold=STRONG, italic=TEXT, boldItalic=STRONG, baseFontFor="both")
    return frozenset(points or ())


def _one_at_a_time(work: Callable[P, R]) -> Callable[P, R]:
    """ReportLab reads a font file from one place that all share: two documents at once would get wrong letters."""
    turn = Lock()

    def guarded(*arguments: P.args, **named: P.kwargs) -> R:
        with turn:
            return work(*arguments, **named)

    return guarded


def printable(text: str) -> str:
    """The text as Inter can print it: composed, without control signs, each missing sign (or cluster) as one box."""
    if text.isascii() and text.isprintable():
        return text
    out: list[str] = []
    for sign in _composed(text):
        if sign == "\n" or ord(sign) in fonts():
            out.append(sign)
        elif not _joins(sign) and not (out and out[-1] == FALLBACK and unicodedata.combining(sign)):
            out.append(FALLBACK)
    return "".join(out)


def missing_glyphs(text: str) -> tuple[str, ...]:
    """The signs of the text that paper shows as a box, each once, in their order; the window warns of them."""
    known = fonts()
    signs = (sign for sign in _composed(text) if sign != "\n" and ord(sign) not in known and not _joins(sign))
    return tuple(dict.fromkeys(signs))


def markup(text: str) -> str:
    """A person's text for a Paragraph: printable, escaped, line ends kept. The one place where text becomes markup."""
    return escape(printable(text), quote=False).replace("\n", "<br/>")


def line(text: str) -> str:
    """A person's text as one printable line."""
    return " ".join(printable(text).split())


def width(text: str, font: str, size: float) -> float:
    """The width in points of a printable line."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    fonts()
    return float(stringWidth(text, font, size))


def fitted(text: str, font: str, size: float, room: float, smallest: float | None = None) -> tuple[str, float]:
    """The line and its size so that it fits the room: smaller down to ``smallest``, then cut with an ellipsis."""
    text = line(text)
    full = width(text, font, size)
    if full <= room:
        return text, size
    low = size if smallest is None else min(size, smallest)
    shrunk = int(size * room / full * 4) / 4
    if shrunk >= low:
        return text, shrunk
    least, most = 0, len(text)
    while least < most:
        middle = (least + most + 1) // 2
        if width(_cut(text, middle), font, low) <= room:
            least = middle
        else:
            most = middle - 1
    return _cut(text, least), low


def largest(text: str, font: str, sizes: Sequence[float], room: float, most: int) -> tuple[list[str], float]:
    """The lines and the first of the sizes, largest first, in which at most so many hold it all; else cut at the last.

    One line at a smaller size is no better than two at a larger one: each size is tried with all the lines.
    """
    for size in sizes:
        lines = in_lines(text, font, size, room, most)
        if not any(one.endswith("…") for one in lines):
            break
    return lines, size


def in_lines(text: str, font: str, size: float, room: float, most: int) -> list[str]:
    """The text in at most so many lines of that width; what does not fit them is an ellipsis."""
    from reportlab.lib.utils import simpleSplit

    fonts()
    lines = list(simpleSplit(line(text), font, size, room))
    if len(lines) > most:
        lines = [*lines[: most - 1], " ".join(lines[most - 1 :])]
    return [fitted(one, font, size, room)[0] for one in lines]


def _cut(text: str, length: int) -> str:
    return text[:length].rstrip(" ,;·-–") + "…"


def _composed(text: str) -> str:
    normal = unicodedata.normalize("NFC", _NEWLINES.sub("\n", text)).translate(_SPACES)
    return "".join(sign for sign in normal if sign == "\n" or unicodedata.category(sign) != "Cc")


def _joins(sign: str) -> bool:
    """Signs that only shape their neighbours (joiners, variation selectors, soft hyphens, skin tones)."""
    return unicodedata.category(sign) == "Cf" or "\ufe00" <= sign <= "\ufe0f" or "\U0001f3fb" <= sign <= "\U0001f3ff"
