"""Certificates of participation: a page for each person, drawn straight on the canvas."""

from __future__ import annotations

import io
from datetime import timedelta

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from app.documents.blocks import period
from app.documents.editions import Edition
from app.documents.inputs import CertificateSheet, CertificateSheets, Design
from app.documents.lettering import MEDIUM, STRONG, TEXT, fitted, fonts, in_lines, largest, line, width
from app.documents.logos import picture_of, size_within
from app.documents.style import INK, LANGUAGE_TAGS, MUTED, RULE, Imprint, accent, describe, tint
from app.documents.words import KINDS, hours_and_minutes, joined
from app.domain.people import Salutation
from app.i18n import date_text, speaking, tr, trc, trn

WIDTH, HEIGHT = A4
MIDDLE = WIDTH / 2
ROOM = WIDTH - 56 * mm
PREPARED = 31  # days before the end of a programme from which its certificates tell of it


def certificates(inputs: CertificateSheets, edition: Edition) -> bytes:
    """All certificates as one PDF, in the order given."""
    fonts()
    with speaking(edition.language):
        imprint = Imprint(edition, tr("Certificates of participation"), inputs.programme.title)
        buffer = io.BytesIO()
        canvas = Canvas(buffer, pagesize=A4, initialFontName=TEXT, lang=LANGUAGE_TAGS[edition.language])
        describe(canvas, imprint)
        for done, person in enumerate(inputs.people, start=1):
            edition.stop_if_cancelled()
            canvas.bookmarkPage(f"person{done}")
            canvas.addOutlineEntry(line(person.name), f"person{done}", level=0)
            _Page(canvas, inputs, edition).draw(person)
            canvas.showPage()
            edition.tell(done, len(inputs.people))
        if not inputs.people:
            canvas.setFont(TEXT, 12)
            canvas.drawCentredString(MIDDLE, HEIGHT / 2, tr("Nobody has taken part in a tandem yet."))
            canvas.showPage()
        canvas.save()
        return buffer.getvalue()


class _Page:
    """One certificate, from top to bottom; ``top`` is where the next line goes."""

    def __init__(self, canvas: Canvas, inputs: CertificateSheets, edition: Edition) -> None:
        self.canvas, self.inputs, self.house, self.on = canvas, inputs, edition.house, edition.on
        self.colour = accent(edition.house)
        self.top = HEIGHT - 70 * mm

    def draw(self, person: CertificateSheet) -> None:
        programme = self.inputs.programme
        self._ground()
        self._house()
        self._line(tr("Certificate of participation"), STRONG, 27, self.colour, 26 * mm, smallest=18)
        self._long(person.name, (32, 20), range(26, 10, -1), 2, 13 * mm)
        self._line(_role(person), TEXT, 13, INK, 11 * mm)
        self._long(programme.title, (17, 12), range(13, 8, -1), 3, 9 * mm)
        # It tells of what was; but those for a closing event are often printed some weeks before.
        done = period(programme, until=self.on + timedelta(days=PREPARED))
        kind = " · ".join(part for part in (tr(KINDS[programme.kind]), done) if part)
        self._line(kind, TEXT, 11, MUTED, 20 * mm)
        self._paragraph(self._done(person), 11.5)
        if person.topics:
            self.top -= 3 * mm
            topics = tr("Topics: {topics}").format(topics=joined([line(topic) for topic in person.topics]))
            self._paragraph(topics, 11.5)
        self._signatures()

    def _ground(self) -> None:
        canvas = self.canvas
        if self.inputs.design is Design.PLAIN:
            canvas.setFillColor(self.colour)
            canvas.rect(0, HEIGHT - 8 * mm, WIDTH, 8 * mm, stroke=0, fill=1)
            return
        if self.inputs.design is Design.LOGO and self.house.logo is not None and self._logo(self.house.logo):
            canvas.setFillColor(self.colour)
            canvas.rect(0, 0, WIDTH, 4 * mm, stroke=0, fill=1)
            return
        canvas.setStrokeColor(self.colour)
        canvas.setLineWidth(2.2)
        canvas.rect(12 * mm, 12 * mm, WIDTH - 24 * mm, HEIGHT - 24 * mm)
        canvas.setStrokeColor(tint(self.colour, 0.45))
        canvas.setLineWidth(0.6)
        canvas.rect(14.5 * mm, 14.5 * mm, WIDTH - 29 * mm, HEIGHT - 29 * mm)

    def _logo(self, logo: bytes) -> bool:
        picture = picture_of(logo)
        if picture is None:
            return False
        wide, high = size_within(picture, 70 * mm, 24 * mm)
        self.canvas.drawImage(picture, MIDDLE - wide / 2, HEIGHT - 50 * mm, wide, high, mask="auto")
        return True

    def _line(
        self, text: str, font: str, size: float, colour: object, below: float, smallest: float | None = None
    ) -> None:
        shown, size = fitted(text, font, size, ROOM, smallest or size * 0.7)
        self.canvas.setFillColor(colour)
        self.canvas.setFont(font, size)
        self.canvas.drawCentredString(MIDDLE, self.top, shown)
        self.top -= below

    def _house(self) -> None:
        lines, size = largest(self.house.name, MEDIUM, (11, 10, 9, 8), ROOM, 2)
        for one in lines[:-1]:
            self._line(one, MEDIUM, size, MUTED, size * 1.3)
        self._line(lines[-1] if lines else "", MEDIUM, size, MUTED, 18 * mm)

    def _long(self, text: str, sizes: tuple[int, int], smaller: range, most: int, below: float) -> None:
        """In one line of the first size down to the second; else, in the smaller ones, in as many as ``most``."""
        if width(line(text), STRONG, sizes[1]) <= ROOM:
            self._line(text, STRONG, sizes[0], INK, below, smallest=sizes[1])
            return
        lines, size = largest(text, STRONG, smaller, ROOM, most)
        for one in lines[:-1]:
            self._line(one, STRONG, size, INK, size * 1.25)
        self._line(lines[-1], STRONG, size, INK, below)

    def _paragraph(self, text: str, size: float, most: int = 4) -> None:
        self.canvas.setFillColor(INK)
        self.canvas.setFont(TEXT, size)
        for one in in_lines(text, TEXT, size, ROOM, most):
            self.canvas.drawCentredString(MIDDLE, self.top, one)
            self.top -= size * 1.5

    def _done(self, person: CertificateSheet) -> str:
        if not person.meetings:
            return ""
        words = trn("{n} meeting", "{n} meetings", person.meetings).format(n=person.meetings)
        if person.minutes:
            return tr("{meetings} with {hours} of working together").format(
                meetings=words, hours=hours_and_minutes(person.minutes)
            )
        return words

    def _signatures(self) -> None:
        canvas, base, wide = self.canvas, 42 * mm, 62 * mm
        canvas.setFillColor(INK)
        canvas.setFont(TEXT, 10.5)
        when = ", ".join(part for part in (line(self.house.place), date_text(self.on)) if part)
        canvas.drawCentredString(MIDDLE, base + 26 * mm, when)
        known = [line(name) for name in self.house.signatories[:2]]
        names = [*known, *[""] * (2 - len(known))]  # always room for two
        for name, left in zip(names, (30 * mm, WIDTH - 30 * mm - wide), strict=True):
            canvas.setStrokeColor(RULE)
            canvas.setLineWidth(0.8)
            canvas.line(left, base, left + wide, base)
            lines, size = largest(name, TEXT, (10, 9.5, 9, 8.5, 8, 7.5, 7), wide + 4 * mm, 3)
            canvas.setFillColor(MUTED)
            canvas.setFont(TEXT, size)
            for at, one in enumerate(lines):
                canvas.drawCentredString(left + wide / 2, base - 5 * mm - at * size * 1.25, one)


def _role(person: CertificateSheet) -> str:
    """In German by the form of address that the person chose; nobody's is guessed. Partners have no role."""
    if not (person.mentor or person.mentee):
        return tr("took part in")
    if person.mentor and person.mentee:
        words = {
            Salutation.NONE: tr("took part as mentor and as mentee in"),
            Salutation.MS: trc("of a woman", "took part as mentor and as mentee in"),
            Salutation.MR: trc("of a man", "took part as mentor and as mentee in"),
        }
        return words[person.salutation]
    if not person.mentor:
        return tr("took part as mentee in")
    words = {
        Salutation.NONE: tr("took part as mentor in"),
        Salutation.MS: trc("of a woman", "took part as mentor in"),
        Salutation.MR: trc("of a man", "took part as mentor in"),
    }
    return words[person.salutation]
