"""Charts for paper: bars with their numbers beside them, readable in grey, without a legend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.documents.lettering import MEDIUM, TEXT, fitted, fonts, width

fonts()  # the base font of reportlab.graphics is set before it is loaded

from reportlab.graphics.shapes import Drawing, Line, Rect, String  # noqa: E402
from reportlab.lib.colors import Color  # noqa: E402

from app.documents.style import INK, MUTED, PALE, RULE, TEXT_WIDTH, tint  # noqa: E402


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: its name, its value, and what stands beside it."""

    label: str
    value: float
    note: str


def rows(bars: Sequence[Bar], colour: Color, most: float | None = None, label_width: float = 150) -> Drawing:
    """Lying bars, one below the other, longest value (or ``most``) over the whole width."""
    high, tall = 16.0, 10.0
    room = TEXT_WIDTH - label_width - 12 - max((width(bar.note, MEDIUM, 9) for bar in bars), default=0)
    highest = most or max((bar.value for bar in bars), default=0) or 1
    drawing = Drawing(TEXT_WIDTH, high * len(bars) + 4)
    for place, bar in enumerate(bars):
        base = drawing.height - high * (place + 1)
        shown, size = fitted(bar.label, TEXT, 9.5, label_width - 8, 8)
        drawing.add(String(0, base + 4, shown, fontName=TEXT, fontSize=size, fillColor=INK))
        drawing.add(Rect(label_width, base + 1, room, tall, fillColor=PALE, strokeColor=None))
        drawing.add(Rect(label_width, base + 1, room * bar.value / highest, tall, fillColor=colour, strokeColor=None))
        drawing.add(String(label_width + room + 8, base + 4, bar.note, fontName=MEDIUM, fontSize=9, fillColor=INK))
    return drawing


@dataclass(frozen=True, slots=True)
class Month:
    label: str
    held: int
    planned: int


def months(figures: Sequence[Month], colour: Color) -> Drawing:
    """Columns: planned as an outline, held filled in front of it, "held / planned" on top."""
    tall, foot, top = 88.0, 18.0, 16.0
    drawing = Drawing(TEXT_WIDTH, tall + foot + top)
    highest = max((max(one.held, one.planned) for one in figures), default=0) or 1
    slot = TEXT_WIDTH / max(len(figures), 6)
    wide = min(slot * 0.56, 44)
    size = 8.5 if slot > 34 else 6.5
    for place, one in enumerate(figures):
        middle = slot * (place + 0.5)
        left = middle - wide / 2
        planned, held = tall * one.planned / highest, tall * one.held / highest
        drawing.add(Rect(left, foot, wide, planned, fillColor=tint(colour, 0.12), strokeColor=colour, strokeWidth=0.6))
        drawing.add(Rect(left, foot, wide, held, fillColor=colour, strokeColor=None))
        drawing.add(
            String(
                middle, foot + max(planned, held) + 4, f"{one.held} / {one.planned}",
                fontName=MEDIUM, fontSize=size, fillColor=INK, textAnchor="middle",
            )
        )  # fmt: skip
        drawing.add(String(middle, 5, one.label, fontName=TEXT, fontSize=size, fillColor=MUTED, textAnchor="middle"))
    drawing.add(Line(0, foot, TEXT_WIDTH, foot, strokeColor=RULE, strokeWidth=0.6))
    return drawing
