"""Table cards: an A4 sheet for each name, folded in its middle to a tent, the name on both faces."""

from __future__ import annotations

import io

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from app.documents.badge_inputs import NameSheet, NameSheets, Tent
from app.documents.big_names import SPREAD, below_lines, big_name, draw_big_name, set_lines
from app.documents.editions import Edition
from app.documents.lettering import MEDIUM, TEXT, fitted, fonts, line
from app.documents.logos import picture_of, size_within
from app.documents.style import INK, LANGUAGE_TAGS, MUTED, RULE, Imprint, accent, describe
from app.i18n import speaking, tr

EDGE = 14 * mm
LARGEST = 120.0
BELOW = 0.5  # of a face above its foot: the rest is the name's
FONTS = (MEDIUM, TEXT)  # of the lines below a name
SIZES = {Tent.WIDE: landscape(A4), Tent.HIGH: A4}


def table_cards(inputs: NameSheets, edition: Edition) -> bytes:
    """A page for each name; guests and blank ones at the end."""
    fonts()
    with speaking(edition.language):
        every = inputs.every()
        size = SIZES[inputs.wishes.tent]
        buffer = io.BytesIO()
        canvas = Canvas(buffer, pagesize=size, initialFontName=TEXT, lang=LANGUAGE_TAGS[edition.language])
        describe(canvas, Imprint(edition, tr("Table cards"), inputs.programme.title))
        card = _Card(canvas, size, inputs, edition)
        for done, person in enumerate(every, start=1):
            edition.stop_if_cancelled()
            if person.name:
                canvas.bookmarkPage(f"card{done}")
                canvas.addOutlineEntry(line(person.name), f"card{done}", level=0)
            card.draw(person)
            canvas.showPage()
            edition.tell(done, len(every))
        if not every:
            canvas.setFont(TEXT, 12)
            canvas.drawCentredString(size[0] / 2, size[1] / 2, tr("There is nobody whose name could be printed yet."))
            canvas.showPage()
        canvas.save()
        return buffer.getvalue()


class _Card:
    """Draws one card after the other: the same face below the fold, and upside down above it."""

    def __init__(self, canvas: Canvas, size: tuple[float, float], inputs: NameSheets, edition: Edition) -> None:
        self.canvas, self.inputs, self.house = canvas, inputs, edition.house
        self.wide, self.high = size[0], size[1] / 2
        self.colour = accent(edition.house)
        self.logo: ImageReader | None = picture_of(edition.house.logo)

    def draw(self, person: NameSheet) -> None:
        self._face(person)
        self.canvas.saveState()
        self.canvas.translate(self.wide, 2 * self.high)
        self.canvas.rotate(180)
        self._face(person)
        self.canvas.restoreState()
        self._fold()

    def _face(self, person: NameSheet) -> None:
        """One face, its lower left corner at the origin."""
        canvas, middle, room = self.canvas, self.wide / 2, self.wide - 2 * EDGE
        top = self.high - EDGE
        bottom = self._house() + 5 * mm
        wanted = below_lines(person, self.inputs.wishes.below)
        set_below = set_lines(wanted, FONTS, (20, 11), room, (top - bottom) * BELOW)
        for at, (lines, size) in reversed(list(enumerate(set_below))):
            canvas.setFillColor(INK)
            canvas.setFont(FONTS[at], size)
            for one in reversed(lines):
                canvas.drawCentredString(middle, bottom, one)
                bottom += size * SPREAD
        bottom += 2 * mm
        if not person.name:
            canvas.setStrokeColor(RULE)
            canvas.setLineWidth(1)
            canvas.line(EDGE * 2, bottom + 6 * mm, self.wide - EDGE * 2, bottom + 6 * mm)
            return
        name = big_name(person.name, room, top - bottom, LARGEST)
        draw_big_name(canvas, name, EDGE, top - max(top - bottom - name.height, 0) / 2, INK, middle)

    def _house(self) -> float:
        """A rule in the house's colour, below it house and programme, the logo at the right; their upper edge."""
        canvas, base, rule = self.canvas, 9 * mm, 20 * mm
        canvas.setFillColor(self.colour)
        canvas.rect(EDGE, rule, self.wide - 2 * EDGE, 1.2 * mm, stroke=0, fill=1)
        right = self.wide - EDGE
        if self.logo is not None:
            wide, high = size_within(self.logo, 40 * mm, 9.5 * mm)
            canvas.drawImage(self.logo, right - wide, rule - 1.5 * mm - high, wide, high, mask="auto")
            right -= wide + 6 * mm
        room = right - EDGE
        house, size = fitted(self.house.name, MEDIUM, 12, room, 8)
        canvas.setFillColor(self.colour)
        canvas.setFont(MEDIUM, size)
        canvas.drawString(EDGE, base + 5.4 * mm, house)
        programme, size = fitted(self.inputs.programme.title, TEXT, 11, room, 8)
        canvas.setFillColor(MUTED)
        canvas.setFont(TEXT, size)
        canvas.drawString(EDGE, base, programme)
        return float(rule + 1.2 * mm)

    def _fold(self) -> None:
        canvas = self.canvas
        canvas.saveState()
        canvas.setStrokeColor(RULE)
        canvas.setLineWidth(0.6)
        canvas.setDash(4, 4)
        canvas.line(6 * mm, self.high, self.wide - 6 * mm, self.high)
        canvas.setFillColor(MUTED)
        canvas.setFont(TEXT, 6.5)
        canvas.drawString(7 * mm, self.high + 1.2 * mm, tr("Table card: fold here"))
        canvas.restoreState()
