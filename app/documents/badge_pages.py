"""Name badges: a sheet of labels, or plain paper with marks where it is cut, drawn straight on the canvas."""

from __future__ import annotations

import io

from reportlab.lib.colors import Color
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from app.documents.badge_inputs import LABEL_SHEETS, LabelSheet, NameSheet, NameSheets
from app.documents.big_names import SPREAD, below_lines, big_name, draw_big_name, set_lines
from app.documents.editions import Edition
from app.documents.lettering import MEDIUM, TEXT, fonts, largest, line, width
from app.documents.logos import picture_of, size_within
from app.documents.style import INK, LANGUAGE_TAGS, MUTED, RULE, Imprint, accent, describe
from app.i18n import speaking, tr

WIDTH, HEIGHT = A4
LARGEST = 44.0
EDGE = 4 * mm  # nothing is printed nearer to a label's edge: sheets slip by a millimetre or two
BAR = 1.6 * mm
CUT_MARK = 4 * mm
RULER = 50 * mm
BELOW = 0.58  # of the room above the foot: the rest is the name's
FONTS = (MEDIUM, TEXT)  # of the lines below a name


def badges(inputs: NameSheets, edition: Edition) -> bytes:
    """A badge for each name, from the place on the sheet that was chosen; guests and blank ones at the end."""
    fonts()
    with speaking(edition.language):
        sheet = LABEL_SHEETS[inputs.wishes.measure]
        every = inputs.every()
        buffer = io.BytesIO()
        canvas = Canvas(buffer, pagesize=A4, initialFontName=TEXT, lang=LANGUAGE_TAGS[edition.language])
        describe(canvas, Imprint(edition, tr("Name badges"), inputs.programme.title))
        badge = _Badge(canvas, sheet, inputs, edition)
        first = min(max(inputs.wishes.start, 1), sheet.places) - 1
        for at, person in enumerate(every):
            edition.stop_if_cancelled()
            place = (first + at) % sheet.places
            if at and not place:
                canvas.showPage()
            if not at or not place:
                _margin(canvas, sheet)
            left, top = sheet.corner(place)
            badge.draw(person, left * mm, HEIGHT - top * mm)
            edition.tell(at + 1, len(every))
        if not every:
            _margin(canvas, sheet)
            canvas.setFont(TEXT, 12)
            canvas.drawCentredString(WIDTH / 2, HEIGHT / 2, tr("There is nobody whose name could be printed yet."))
        canvas.showPage()
        canvas.save()
        return buffer.getvalue()


class _Badge:
    """Draws one badge after the other; the house's part is the same on all."""

    def __init__(self, canvas: Canvas, sheet: LabelSheet, inputs: NameSheets, edition: Edition) -> None:
        self.canvas, self.inputs, self.house = canvas, inputs, edition.house
        self.wide, self.high = sheet.wide * mm, sheet.high * mm
        self.colour = accent(edition.house)
        self.logo: ImageReader | None = picture_of(edition.house.logo)
        self.room = self.wide - 2 * EDGE - BAR - 2.6 * mm

    def draw(self, person: NameSheet, left: float, top: float) -> None:
        """``left`` and ``top``: the label's upper left corner in points, on the canvas."""
        canvas, bottom = self.canvas, top - self.high + EDGE
        canvas.setFillColor(self.colour)
        canvas.rect(left + EDGE, bottom, BAR, self.high - 2 * EDGE, stroke=0, fill=1)
        left += EDGE + BAR + 2.6 * mm
        bottom = self._house(left, bottom)
        bottom = self._below(person, left, top, bottom)
        top -= EDGE
        if not person.name:
            canvas.setStrokeColor(RULE)
            canvas.setLineWidth(0.8)
            canvas.line(left, bottom + 3 * mm, left + self.room, bottom + 3 * mm)
            return
        name = big_name(person.name, self.room, top - bottom, LARGEST)
        air = max(top - bottom - name.height, 0)
        draw_big_name(canvas, name, left, top - min(air / 2, 5 * mm), INK)

    def _house(self, left: float, bottom: float) -> float:
        """The house above the programme at the foot, the logo at the right; how far up they reach."""
        canvas, room = self.canvas, self.room
        if self.logo is not None:
            wide, high = size_within(self.logo, 24 * mm, 8 * mm)
            canvas.drawImage(self.logo, left + self.room - wide, bottom, wide, high, mask="auto")
            room -= wide + 2 * mm
        foot = [(self.inputs.programme.title, TEXT, MUTED), (self.house.name, MEDIUM, self.colour)]
        base = bottom + 1
        for text, font, colour in foot:
            lines, size = largest(text, font, (8, 7.5, 7, 6.5), room, 1)
            if any(one.endswith("…") for one in lines):
                lines, size = largest(text, font, (6.5, 6, 5.5), room, 2)
            canvas.setFillColor(colour)
            canvas.setFont(font, size)
            for one in reversed(lines):
                canvas.drawString(left, base, one)
                base += size * (1.31 if one is lines[0] else 1.15)
        return float(max(base, bottom + 8 * mm))

    def _below(self, person: NameSheet, left: float, top: float, bottom: float) -> float:
        """Role, organisation and partner; from the last line up. Gives where the name's room ends."""
        bottom += 1.6 * mm
        wanted = below_lines(person, self.inputs.wishes.below)
        high = (top - EDGE - bottom) * BELOW
        for at, (lines, size) in reversed(list(enumerate(set_lines(wanted, FONTS, (11, 6), self.room, high)))):
            self.canvas.setFillColor(INK)
            self.canvas.setFont(FONTS[at], size)
            for one in reversed(lines):
                self.canvas.drawString(left, bottom, one)
                bottom += size * SPREAD
        return float(bottom + 0.8 * mm)


def _margin(canvas: Canvas, sheet: LabelSheet) -> None:
    """What is not part of a badge: how it is printed, a ruler to prove it by, and the marks for cutting."""
    words = tr("Name badges: print at 100 %, not fitted to the page. This line is 50 mm long:")
    size, base = 6.5, 6 * mm
    wide = width(line(words), TEXT, size)
    left = (WIDTH - wide - 3 * mm - RULER) / 2
    canvas.setFillColor(MUTED)
    canvas.setFont(TEXT, size)
    canvas.drawString(left, base, line(words))
    left += wide + 3 * mm
    canvas.setStrokeColor(MUTED)
    canvas.setLineWidth(0.5)
    canvas.line(left, base + 2, left + RULER, base + 2)
    for end in (left, left + RULER):
        canvas.line(end, base, end, base + 4)
    if sheet.cut:
        _cut_marks(canvas, sheet)


def _cut_marks(canvas: Canvas, sheet: LabelSheet) -> None:
    """Outside of the grid at each of its lines, and a small cross wherever four badges meet."""
    across = [(sheet.left + column * sheet.wide) * mm for column in range(sheet.columns + 1)]
    down = [HEIGHT - (sheet.top + row * sheet.high) * mm for row in range(sheet.rows + 1)]
    canvas.setStrokeColor(Color(0.45, 0.45, 0.45))
    canvas.setLineWidth(0.4)
    away = 1 * mm
    for x in across:
        canvas.line(x, down[0] + away, x, down[0] + away + CUT_MARK)
        canvas.line(x, down[-1] - away, x, down[-1] - away - CUT_MARK)
    for y in down:
        canvas.line(across[0] - away, y, across[0] - away - CUT_MARK, y)
        canvas.line(across[-1] + away, y, across[-1] + away + CUT_MARK, y)
    for x in across[1:-1]:
        for y in down[1:-1]:
            canvas.line(x - away, y, x + away, y)
            canvas.line(x, y - away, x, y + away)
