"""Reservation cards for the kick-off: four on a sheet to be cut, filled in without a name and collected in a box."""

from __future__ import annotations

import io
import math

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from app.documents.editions import Edition
from app.documents.handout_inputs import Handout
from app.documents.lettering import MEDIUM, STRONG, TEXT, fitted, fonts, largest
from app.documents.style import (
    INK,
    LANGUAGE_TAGS,
    MUTED,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    RULE,
    Imprint,
    accent,
    describe,
)
from app.i18n import mark, speaking, tr

ABREAST, ROWS = 2, 2
EACH = ABREAST * ROWS
EDGE = 9 * mm
WIDE, HIGH = PAGE_WIDTH / ABREAST, PAGE_HEIGHT / ROWS
QUESTIONS = (
    mark("What I look forward to"),
    mark("What I have doubts about"),
    mark("What would help me"),
)
SPACING = 8 * mm  # between the lines to write on


def reservation_cards(inputs: Handout, edition: Edition) -> bytes:
    """As many cards as people take part, rounded up to whole sheets; one sheet at least."""
    fonts()
    with speaking(edition.language):
        count = max(1, math.ceil(inputs.participants / EACH))
        buffer = io.BytesIO()
        canvas = Canvas(
            buffer, pagesize=(PAGE_WIDTH, PAGE_HEIGHT), initialFontName=TEXT, lang=LANGUAGE_TAGS[edition.language]
        )
        describe(canvas, Imprint(edition, tr("Reservation cards"), inputs.programme.title))
        for done in range(1, count + 1):
            edition.stop_if_cancelled()
            for place in range(EACH):
                row, column = divmod(place, ABREAST)
                canvas.saveState()
                canvas.translate(column * WIDE, PAGE_HEIGHT - (row + 1) * HIGH)
                _card(canvas, inputs, edition)
                canvas.restoreState()
            _cuts(canvas)
            canvas.showPage()
            edition.tell(done, count)
        canvas.save()
        return buffer.getvalue()


def _card(canvas: Canvas, inputs: Handout, edition: Edition) -> None:
    """One card, its lower left corner at the origin."""
    room, top = WIDE - 2 * EDGE, HIGH - EDGE
    canvas.setFillColor(accent(edition.house))
    canvas.rect(EDGE, top - 3, 24, 3, stroke=0, fill=1)
    canvas.setFillColor(INK)
    title, size = fitted(tr("Said openly, without a name"), STRONG, 13, room, 9)
    canvas.setFont(STRONG, size)
    canvas.drawString(EDGE, top - 22, title)
    canvas.setFillColor(MUTED)
    programme, size = fitted(inputs.programme.title, TEXT, 8.5, room, 6)
    canvas.setFont(TEXT, size)
    canvas.drawString(EDGE, top - 35, programme)
    foot = EDGE + 20
    each = (top - 42 - foot) / len(QUESTIONS)
    for place, text in enumerate(QUESTIONS):
        _question(canvas, tr(text), top - 42 - place * each, each, room)
    canvas.setFillColor(MUTED)
    said = tr("Please don't sign. The cards are mixed, read out and answered together.")
    lines, size = largest(said, TEXT, (7.5, 7, 6.5), room, 2)
    canvas.setFont(TEXT, size)
    for place, one in enumerate(lines):
        canvas.drawString(EDGE, EDGE + 9 - place * size * 1.25, one)


def _question(canvas: Canvas, text: str, top: float, tall: float, room: float) -> None:
    canvas.setFillColor(INK)
    shown, size = fitted(text, MEDIUM, 10, room, 7)
    canvas.setFont(MEDIUM, size)
    canvas.drawString(EDGE, top - 12, shown)
    canvas.setStrokeColor(RULE)
    canvas.setLineWidth(0.6)
    base = top - 12 - SPACING
    while base > top - tall + 2:
        canvas.line(EDGE, base, EDGE + room, base)
        base -= SPACING


def _cuts(canvas: Canvas) -> None:
    """Dashed lines along which the sheet is cut."""
    canvas.saveState()
    canvas.setStrokeColor(RULE)
    canvas.setLineWidth(0.5)
    canvas.setDash(3, 3)
    for column in range(1, ABREAST):
        canvas.line(column * WIDE, 5 * mm, column * WIDE, PAGE_HEIGHT - 5 * mm)
    for row in range(1, ROWS):
        canvas.line(5 * mm, row * HIGH, PAGE_WIDTH - 5 * mm, row * HIGH)
    canvas.restoreState()
