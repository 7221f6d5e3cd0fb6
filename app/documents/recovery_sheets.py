"""The recovery sheet: one page with the code that opens a vault without its passphrase, and how to use it."""

from __future__ import annotations

import io
from datetime import date

from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from app.documents.editions import Edition
from app.documents.inputs import HOUSE_COLOUR, House, RecoverySheet
from app.documents.lettering import MEDIUM, STRONG, TEXT, fitted, fonts, in_lines
from app.documents.style import INK, LANGUAGE_TAGS, MARGIN, MUTED, PALE, RULE, Imprint, accent, describe, draw_foot
from app.i18n import date_text, mark, speaking, tr

WIDTH, HEIGHT = A4
ROOM = WIDTH - 2 * MARGIN
FRAME_TOP, FRAME_HEIGHT = HEIGHT - 82 * mm, 56 * mm
QR_SIZE = 44 * mm
QR_LEFT, QR_BOTTOM = WIDTH - MARGIN - QR_SIZE - 6 * mm, FRAME_TOP - FRAME_HEIGHT + 6 * mm
COLUMNS = 3

STEPS = (
    mark("Start Tandembuch, choose the vault, and click “Open with the recovery sheet”."),
    mark("Type the nine groups. Capital or small letters, hyphens and blanks make no difference; the code has no"
         " letters I, L, O or U. A handheld scanner can read the square instead of typing."),
    mark("Set a new passphrase as soon as the vault is open, and print the new sheet. This one is void then."),
)  # fmt: skip
RULES = (
    mark("Whoever holds this sheet and the file of the vault reads everything. Lock it away, apart from the computer."),
    mark("Take no photo of it, do not scan it into a file, and send it to nobody."),
    mark("If it is lost or was seen, change the passphrase in Tandembuch, on the page “Security”."),
    mark("Without passphrase and sheet nobody can open the vault, not even its makers: there is no back door."),
)


def recovery_sheet(inputs: RecoverySheet, *, language: str, on: date) -> bytes:
    """The sheet as a PDF of one page. The code is on the page alone, never in the file's properties."""
    fonts()
    with speaking(language):
        edition = Edition(language=language, house=House(), on=on)
        imprint = Imprint(edition, tr("Recovery sheet"), inputs.vault, confidential=True)
        buffer = io.BytesIO()
        canvas = Canvas(buffer, pagesize=A4, initialFontName=TEXT, lang=LANGUAGE_TAGS[language])
        describe(canvas, imprint)
        _Page(canvas).draw(inputs, on)
        draw_foot(canvas, imprint, 1, 1)
        canvas.showPage()
        canvas.save()
        return buffer.getvalue()


class _Page:
    """From top to bottom; ``top`` is where the next line goes."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self.colour = accent(House(colour=HOUSE_COLOUR))
        self.top = HEIGHT - 27 * mm

    def draw(self, inputs: RecoverySheet, on: date) -> None:
        self._line(tr("Recovery sheet"), STRONG, 26, 9 * mm, self.colour)
        self._line(tr("Opens the vault when its passphrase is forgotten."), TEXT, 11.5, 12 * mm, MUTED)
        self._facts(inputs, on)
        self._code(inputs.code)
        self.top = FRAME_TOP - FRAME_HEIGHT - 12 * mm
        self._list(tr("How to use it"), STEPS, numbered=True)
        self._list(tr("How to keep it"), RULES, numbered=False)
        self._blanks((tr("Kept at"), tr("Tried by typing on")))

    def _line(self, text: str, font: str, size: float, below: float, colour: object = INK) -> None:
        shown, size = fitted(text, font, size, ROOM, size * 0.7)
        self.canvas.setFillColor(colour)
        self.canvas.setFont(font, size)
        self.canvas.drawString(MARGIN, self.top, shown)
        self.top -= below

    def _facts(self, inputs: RecoverySheet, on: date) -> None:
        number = f"{inputs.vault_id:016X}"
        facts = (
            (tr("Vault"), inputs.vault, STRONG),
            (tr("Number of the vault"), " ".join(number[at : at + 4] for at in range(0, 16, 4)), TEXT),
            (tr("For the passphrase of"), date_text(inputs.valid_from), TEXT),
            (tr("Printed on"), date_text(on), TEXT),
        )
        for name, value, font in facts:
            self.canvas.setFillColor(MUTED)
            self.canvas.setFont(TEXT, 10)
            self.canvas.drawString(MARGIN, self.top, name)
            shown, size = fitted(value, font, 10.5, ROOM - 48 * mm, 8)
            self.canvas.setFillColor(INK)
            self.canvas.setFont(font, size)
            self.canvas.drawString(MARGIN + 48 * mm, self.top, shown)
            self.top -= 5.6 * mm

    def _code(self, code: str) -> None:
        canvas = self.canvas
        canvas.setFillColor(PALE)
        canvas.setStrokeColor(RULE)
        canvas.setLineWidth(0.8)
        canvas.roundRect(MARGIN, FRAME_TOP - FRAME_HEIGHT, ROOM, FRAME_HEIGHT, 3 * mm, stroke=1, fill=1)
        across, down = (QR_LEFT - MARGIN - 6 * mm) / COLUMNS, FRAME_HEIGHT / COLUMNS
        for place, group in enumerate(code.split("-")):
            left = MARGIN + 7 * mm + place % COLUMNS * across
            base = FRAME_TOP - (place // COLUMNS + 1) * down + 5.2 * mm
            canvas.setFillColor(MUTED)
            canvas.setFont(MEDIUM, 8)
            canvas.drawString(left, base + 8.6 * mm, str(place + 1))
            canvas.setFillColor(INK)
            canvas.setFont(STRONG, 25)
            canvas.drawString(left, base, group, charSpace=1.6)
        self._square(code)

    def _square(self, code: str) -> None:
        """The code as a scanner reads it, on white: pale grounds and bad printers cost contrast."""
        self.canvas.setFillColor("white")
        self.canvas.rect(QR_LEFT, QR_BOTTOM, QR_SIZE, QR_SIZE, stroke=0, fill=1)
        drawing = Drawing(QR_SIZE, QR_SIZE)
        drawing.add(QrCodeWidget(code, barLevel="M", barWidth=QR_SIZE, barHeight=QR_SIZE))
        renderPDF.draw(drawing, self.canvas, QR_LEFT, QR_BOTTOM)

    def _list(self, title: str, texts: tuple[str, ...], *, numbered: bool) -> None:
        self._line(title, STRONG, 12.5, 7 * mm)
        for number, text in enumerate(texts, start=1):
            self.canvas.setFillColor(self.colour)
            self.canvas.setFont(STRONG, 10)
            self.canvas.drawString(MARGIN, self.top, f"{number}." if numbered else "–")
            self.canvas.setFillColor(INK)
            self.canvas.setFont(TEXT, 10)
            for one in in_lines(tr(text), TEXT, 10, ROOM - 7 * mm, 4):
                self.canvas.drawString(MARGIN + 7 * mm, self.top, one)
                self.top -= 4.9 * mm
            self.top -= 1.3 * mm
        self.top -= 5 * mm

    def _blanks(self, names: tuple[str, ...]) -> None:
        """Lines to fill in by hand."""
        self.top -= 6 * mm
        across = ROOM / len(names)
        for place, name in enumerate(names):
            left = MARGIN + place * across
            self.canvas.setStrokeColor(RULE)
            self.canvas.setLineWidth(0.6)
            self.canvas.line(left, self.top, left + across - 8 * mm, self.top)
            self.canvas.setFillColor(MUTED)
            self.canvas.setFont(TEXT, 8.5)
            self.canvas.drawString(left, self.top - 4 * mm, name)
