"""The blocks documents are built of. Every text goes through ``markup`` or ``line``; none can break a page."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any, TypeAlias

from reportlab.lib.colors import Color
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, KeepTogether, Paragraph, Spacer, Table

from app.documents.inputs import House, ProgrammeSheet
from app.documents.lettering import MEDIUM, STRONG, TEXT, fitted, largest, line, markup, printable, width
from app.documents.style import INK, MUTED, PALE, RULE, TEXT_WIDTH, accent, styles
from app.i18n import date_text, tr

LONGEST = 1200  # signs of one paragraph: setting a longer one takes quadratic time
SHRINKING = (1, 0.92, 0.84, 0.76, 0.68)  # the steps of type that is made smaller before anything is cut
Cell: TypeAlias = Paragraph | str | list[Flowable]


def paragraph(text: str, style: str = "text") -> Paragraph:
    """One short paragraph; for texts of any length see ``paragraphs``."""
    return Paragraph(markup(text), styles()[style])


def paragraphs(text: str, style: str = "text") -> list[Flowable]:
    """A text of any length: a paragraph for each line, long ones cut where a sentence or a word ends."""
    found: list[Flowable] = []
    for written in printable(text).split("\n"):
        found += [paragraph(piece, style) for piece in _pieces(" ".join(written.split()))]
    return found


def _pieces(text: str) -> Iterable[str]:
    while len(text) > LONGEST:
        end = max(text.rfind(mark, LONGEST // 2, LONGEST) for mark in (". ", "! ", "? "))
        end = end + 1 if end > 0 else text.rfind(" ", LONGEST // 2, LONGEST)
        end = end if end > 0 else LONGEST
        yield text[:end]
        text = text[end:].lstrip()
    if text:
        yield text


def clipped(text: str, room: float, lines: int, style: str = "cell") -> Paragraph:
    """At most so many lines in a column of that width; the rest is an ellipsis. For cells, which must not split."""
    text = line(text)[: 200 * lines]
    chosen = paragraph(text, style)
    least, most = 0, len(text)
    while _lines(chosen, room) > lines:
        middle = (least + most) // 2
        if _lines(paragraph(text[:middle].rstrip() + "…", style), room) <= lines:
            least = middle
        else:
            most = middle
        if most - least <= 1:
            return paragraph(text[:least].rstrip(" ,;") + "…", style)
    return chosen


def whole(text: str, room: float, lines: int, style: str = "cell") -> Paragraph:
    """The text in at most so many lines, in type of down to two thirds of the style's; only then longer, never cut.

    No word is parted that would stand whole in smaller type.
    """
    usual = styles()[style]
    text = line(text)[:LONGEST]
    for share in SHRINKING:
        words = max((width(word, usual.fontName, usual.fontSize * share) for word in text.split()), default=0)
        shown = _smaller(text, style, share)
        if words <= room - 1 and _lines(shown, room) <= lines:
            return shown
    return shown if _lines(shown, room) <= 3 * lines else clipped(text, room, 2 * lines, style)


def _smaller(text: str, style: str, share: float) -> Paragraph:
    usual = styles()[style]
    if share == 1:
        return paragraph(text, style)
    sized = ParagraphStyle(
        f"{style} {share}", usual, fontSize=usual.fontSize * share, leading=usual.leading * share
    )
    return Paragraph(markup(text), sized)


def small_enough(text: str, room: float, style: str) -> Paragraph:
    """The text in one line of that width, in type of down to two thirds of the style's; an address breaks at its @."""
    usual = styles()[style]
    shown, size = fitted(text, usual.fontName, usual.fontSize, room - 1, usual.fontSize * 2 / 3)
    if shown != line(text):
        before, at, after = line(text).partition("@")
        lines = [before, at + after] if at else [line(text)]
        size = min(fitted(one, usual.fontName, usual.fontSize, room - 1, 4)[1] for one in lines)
        shown = "\n".join(fitted(one, usual.fontName, size, room - 1)[0] for one in lines)
    return Paragraph(markup(shown), ParagraphStyle(f"{style} {size}", usual, fontSize=size))


def _lines(block: Paragraph, room: float) -> int:
    block.wrap(room, 10_000)
    return len(block.blPara.lines)


def heading(text: str) -> Paragraph:
    return paragraph(text, "heading")


def columns(cells: Sequence[Sequence[Flowable]], space: float = 18) -> Table:
    """Blocks side by side, each at the top of a column of the same width. They must fit one page."""
    room = (TEXT_WIDTH - space * (len(cells) - 1)) / len(cells)
    rules = [
        ("FONTNAME", (0, 0), (-1, -1), TEXT),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), space),
        ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 0),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
    ]
    widths = [room + space] * (len(cells) - 1) + [room]
    return Table([[list(cell) for cell in cells]], colWidths=widths, style=rules, hAlign="LEFT")


def gap(height: float) -> Spacer:
    return Spacer(1, height)


class Masthead(Flowable):  # type: ignore[misc]
    """An accent bar, the house's name at the right, the document's title, a line about the programme."""

    tall = 74.0

    def __init__(self, title: str, about: str, house: House, tall: float = tall) -> None:
        super().__init__()
        self.tall = tall
        self.title, self.about, self.house = title, about, house

    def wrap(self, available: float, _height: float) -> tuple[float, float]:
        self.available = available
        return available, self.tall

    def draw(self) -> None:
        canvas = self.canv
        canvas.setFillColor(accent(self.house))
        canvas.rect(0, self.tall - 8, 34, 3, stroke=0, fill=1)
        canvas.setFillColor(MUTED)
        lines, size = largest(self.house.name, MEDIUM, (9, 8, 7), self.available - 60, 2)
        canvas.setFont(MEDIUM, size)
        for place, name in enumerate(lines):
            canvas.drawRightString(self.available, self.tall - 9 - place * size * 1.2, name)
        canvas.setFillColor(INK)
        title, size = fitted(self.title, STRONG, 21, self.available, 14)
        canvas.setFont(STRONG, size)
        canvas.drawString(0, self.tall - 38, title)
        canvas.setFillColor(MUTED)
        about, size = largest(self.about, TEXT, (10, 9, 8, 7), self.available, 1)
        if any(one.endswith("…") for one in about):
            about, size = largest(self.about, TEXT, (9, 8, 7), self.available, 2)
        canvas.setFont(TEXT, size)
        for place, one in enumerate(about):
            canvas.drawString(0, self.tall - 55 - place * size * 1.25, one)


def period(programme: ProgrammeSheet, until: date | None = None) -> str:
    """ "2 Feb 2026 to 31 Jul 2026", "from 2 Feb 2026", or nothing where no date is set; no end after ``until``."""
    last = programme.ends_on
    start, end = date_text(programme.starts_on), date_text(None if last and until and last > until else last)
    if start and end:
        return tr("{start} to {end}").format(start=start, end=end)
    if start:
        return tr("from {start}").format(start=start)
    return tr("until {end}").format(end=end) if end else ""


def masthead(title: str, programme: ProgrammeSheet, house: House, tall: float = Masthead.tall) -> Masthead:
    about = "  ·  ".join(part for part in (line(programme.title), period(programme)) if part)
    return Masthead(title, about, house, tall)


def table(
    head: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    widths: Sequence[float],
    right: Iterable[int] = (),
    pad: float = 5,
) -> Table:
    """A table without vertical lines, its head repeated on each page; ``right`` are the columns of numbers.

    ``pad`` is the room above and below each row.
    """
    numbers = set(right)
    top = [paragraph(text, "head_right" if at in numbers else "head") for at, text in enumerate(head)]
    rules: list[tuple[Any, ...]] = [
        ("FONTNAME", (0, 0), (-1, -1), TEXT),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
        ("LEFTPADDING", (0, 0), (0, -1), 0),
        ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
        ("LEFTPADDING", (1, 0), (-1, -1), 5),
        ("RIGHTPADDING", (0, 0), (-2, -1), 5),
        ("TOPPADDING", (0, 0), (-1, -1), pad),
        ("BOTTOMPADDING", (0, 0), (-1, -1), pad),
        ("LINEBELOW", (0, 0), (-1, 0), 0.8, INK),
        ("LINEBELOW", (0, 1), (-1, -1), 0.4, RULE),
    ]
    return Table([top, *rows], colWidths=list(widths), repeatRows=1, style=rules, hAlign="LEFT", spaceAfter=6)


def pairs(
    rows: Sequence[tuple[str, str]],
    label_width: float = 105,
    width: float = TEXT_WIDTH,
    styles_of: tuple[str, str] = ("muted", "text"),
    pad: float = 1.5,
    one_line: Collection[str] = (),
) -> Table:
    """Labels in muted type with their values beside them; values of up to eight lines.

    Those of the labels in ``one_line`` stand in one, in smaller type where they must.
    """
    room = width - label_width
    label_style, value_style = styles_of
    cells = [
        [
            small_enough(label, label_width - 6, label_style) if " " not in label else paragraph(label, label_style),
            small_enough(value, room, value_style) if label in one_line else whole(value, room, 8, value_style),
        ]
        for label, value in rows
    ]
    rules = [
        ("FONTNAME", (0, 0), (-1, -1), TEXT),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (0, -1), 6),
        ("RIGHTPADDING", (1, 0), (1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), pad),
        ("BOTTOMPADDING", (0, 0), (-1, -1), pad),
    ]
    return Table(cells, colWidths=[label_width, room], style=rules, hAlign="LEFT", spaceAfter=4)


def tiles(figures: Sequence[tuple[str, str, str]], colour: Color) -> Table:
    """Figures side by side: the number, what it counts, what it is of."""
    space = 8.0
    room = (TEXT_WIDTH - space * (len(figures) - 1)) / len(figures)
    row: list[Any] = []
    widths: list[float] = []
    rules: list[tuple[Any, ...]] = [
        ("FONTNAME", (0, 0), (-1, -1), TEXT),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 8),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 8),
    ]
    for number, label, note in figures:
        if row:
            row.append("")
            widths.append(space)
        at = len(row)
        row.append([paragraph(number, "figure"), clipped(label, room - 20, 2, "cell_strong"), paragraph(note, "small")])
        widths.append(room)
        rules += [("BACKGROUND", (at, 0), (at, 0), PALE), ("LINEABOVE", (at, 0), (at, 0), 2, colour)]
        rules += [("LEFTPADDING", (at, 0), (at, 0), 10), ("RIGHTPADDING", (at, 0), (at, 0), 6)]
    return Table([row], colWidths=widths, style=rules, hAlign="LEFT", spaceBefore=4, spaceAfter=8)


def together(*blocks: Flowable | Sequence[Flowable]) -> KeepTogether:
    """Blocks that stay on one page where they fit one."""
    flat: list[Flowable] = []
    for block in blocks:
        flat += block if isinstance(block, list | tuple) else [block]
    return KeepTogether(flat)


class Lines(Flowable):  # type: ignore[misc]
    """Empty lines to write on by hand."""

    def __init__(self, count: int, spacing: float = 22) -> None:
        super().__init__()
        self.count, self.spacing = count, spacing

    def wrap(self, available: float, _height: float) -> tuple[float, float]:
        self.available = available
        return available, self.count * self.spacing + 4

    def draw(self) -> None:
        self.canv.setStrokeColor(RULE)
        self.canv.setLineWidth(0.6)
        for number in range(self.count):
            self.canv.line(0, 4 + number * self.spacing, self.available, 4 + number * self.spacing)
