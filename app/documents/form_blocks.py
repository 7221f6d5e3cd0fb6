"""The blocks of forms that are filled in by hand: boxes to tick, a scale to mark, a question with lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from reportlab.platypus import Flowable, Table

from app.documents.blocks import Lines, paragraph, paragraphs, whole
from app.documents.lettering import TEXT
from app.documents.style import MUTED, RULE, TEXT_HEIGHT, TEXT_WIDTH

BOX, BESIDE = 9.0, 18.0  # a box to tick, and the room it has at the left of its words
STEPS, STEP = 5, 24.0  # of a scale, and the width of each
MOST_LINES = 4  # of a text beside a box


class _Marks(Flowable):  # type: ignore[misc]
    """Empty boxes, or circles, side by side."""

    def __init__(self, count: int = 1, *, round_: bool = False) -> None:
        super().__init__()
        self.count, self.round = count, round_

    def wrap(self, available: float, _height: float) -> tuple[float, float]:
        self.each = available / self.count if self.count > 1 else BOX
        return available, BOX + 3

    def draw(self) -> None:
        self.canv.setStrokeColor(MUTED)
        self.canv.setLineWidth(0.8)
        for place in range(self.count):
            left = place * self.each + (self.each - BOX) / 2
            if self.round:
                self.canv.circle(left + BOX / 2, BOX / 2, BOX / 2, stroke=1, fill=0)
            else:
                self.canv.roundRect(left, 0, BOX, BOX, 1.5, stroke=1, fill=0)


def ticks(texts: Sequence[str], abreast: int = 1, style: str = "text", pad: float = 2) -> Table:
    """A box before each text, in that many columns, filled row by row."""
    room = TEXT_WIDTH / abreast
    rows: list[list[Any]] = []
    for start in range(0, len(texts), abreast):
        row: list[Any] = []
        for text in texts[start : start + abreast]:
            row += [_Marks(), whole(text, room - BESIDE - 8, MOST_LINES, style)]
        rows.append(row + [""] * (2 * abreast - len(row)))
    rules = [*_plain(pad), ("TOPPADDING", (0, 0), (-1, -1), pad), ("RIGHTPADDING", (1, 0), (-1, -1), 8)]
    return Table(rows, colWidths=[BESIDE, room - BESIDE] * abreast, style=rules, hAlign="LEFT", spaceAfter=4)


def scale(least: str, most: str, statements: Sequence[str]) -> Table:
    """Statements with a circle for each step from ``least`` to ``most``, which stand above the ends."""
    wide = STEPS * STEP + 40
    ends = Table(
        [[paragraph(least, "small"), paragraph(most, "small_right")]],
        colWidths=[wide / 2, wide / 2], style=[*_plain(0), ("VALIGN", (0, 0), (-1, -1), "BOTTOM")],
    )  # fmt: skip
    rows: list[list[Any]] = [["", ends]]
    rows += [[paragraph(text, "text"), _Marks(STEPS, round_=True)] for text in statements]
    rules = [
        *_plain(4),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("RIGHTPADDING", (0, 0), (0, -1), 12),
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, RULE),
    ]
    return Table(rows, colWidths=[TEXT_WIDTH - wide, wide], repeatRows=1, style=rules, hAlign="LEFT", spaceAfter=6)


def question(text: str, lines: int, known: str = "") -> list[Flowable]:
    """A question, what was said to it already, and lines for the rest."""
    said = paragraphs(known, "fact") if known.strip() else []
    return [paragraph(text, "section"), *said, Lines(max(1, lines - bool(said)))]


def on_one_page(sheet: Callable[[int], list[Flowable]], most: int = 2) -> list[Flowable]:
    """The sheet with as many further lines to each question, up to ``most``, as leave it on one page.

    Its blocks must know how high they are, which those kept together don't.
    """
    for further in range(most, 0, -1):
        story = sheet(further)
        if _height(story) <= TEXT_HEIGHT:
            return story
    return sheet(0)


def _height(story: Sequence[Flowable]) -> float:
    tall, below = 0.0, 0.0
    for place, block in enumerate(story):
        tall += block.wrapOn(None, TEXT_WIDTH, TEXT_HEIGHT)[1] + (max(below, block.getSpaceBefore()) if place else 0)
        below = block.getSpaceAfter()
    return tall


def _plain(pad: float) -> list[tuple[Any, ...]]:
    return [
        ("FONTNAME", (0, 0), (-1, -1), TEXT),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), pad),
        ("BOTTOMPADDING", (0, 0), (-1, -1), pad),
    ]
