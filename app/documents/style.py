"""How paper looks: A4, 20 mm margins, Inter 10/14, one accent; the foot of each page and the document's properties."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from app.documents.editions import Edition
from app.documents.inputs import HOUSE_COLOUR, House
from app.documents.lettering import MEDIUM, STRONG, TEXT, fitted, fonts, line, width
from app.i18n import date_text, tr

MARGIN = 20 * mm
PAGE_WIDTH, PAGE_HEIGHT = A4
TEXT_WIDTH = PAGE_WIDTH - 2 * MARGIN
TEXT_HEIGHT = PAGE_HEIGHT - 2 * MARGIN - 4 * mm
INK, MUTED, RULE, PALE = HexColor("#1b1f27"), HexColor("#5c6675"), HexColor("#c9d0da"), HexColor("#f2f4f8")
LANGUAGE_TAGS = {"de": "de-DE", "en": "en-GB"}
CREATOR = "Tandembuch"


@cache
def styles() -> dict[str, ParagraphStyle]:
    """The paragraph styles by name."""
    fonts()

    def style(name: str, font: str, size: float, leading: float, **more: Any) -> ParagraphStyle:
        settings = {"textColor": INK, "splitLongWords": 1, **more}
        return ParagraphStyle(name, fontName=font, fontSize=size, leading=leading, **settings)

    kinds = (
        style("text", TEXT, 10, 14, spaceAfter=4),
        style("muted", TEXT, 10, 14, textColor=MUTED, spaceAfter=4),
        style("address", TEXT, 10, 14),
        style("about", TEXT, 10, 14, textColor=MUTED),
        style("title", STRONG, 21, 26, spaceAfter=2),
        style("heading", STRONG, 12.5, 17, spaceBefore=14, spaceAfter=5, keepWithNext=1),
        style("subheading", STRONG, 10, 14, spaceBefore=6, spaceAfter=2, keepWithNext=1),
        style("section", STRONG, 11, 14, spaceBefore=8, spaceAfter=3, keepWithNext=1),
        style("subsection", STRONG, 9.5, 13, spaceBefore=4, spaceAfter=1, keepWithNext=1),
        style("fact", TEXT, 9.5, 12.5, spaceAfter=2),
        style("fact_label", TEXT, 9.5, 12.5, textColor=MUTED),
        style("clause", TEXT, 9, 12, spaceAfter=2),
        style("clause_right", TEXT, 9, 12, alignment=TA_RIGHT),
        style("clause_label", TEXT, 9, 12, textColor=MUTED),
        style("strong", STRONG, 10, 14),
        style("name", STRONG, 12, 16),
        style("cell", TEXT, 9.5, 13),
        style("cell_strong", MEDIUM, 9.5, 13),
        style("cell_right", TEXT, 9.5, 13, alignment=TA_RIGHT),
        style("small", TEXT, 8.5, 12, textColor=MUTED),
        style("small_right", TEXT, 8.5, 12, textColor=MUTED, alignment=TA_RIGHT),
        style("head", MEDIUM, 8.5, 12, textColor=MUTED),
        style("head_right", MEDIUM, 8.5, 12, textColor=MUTED, alignment=TA_RIGHT),
        style("figure", STRONG, 20, 24),
        style("centred", TEXT, 10, 14, alignment=TA_CENTER),
    )
    return {kind.name: kind for kind in kinds}


def accent(house: House) -> Color:
    """The house's colour, darkened until it can be read on white (4.5 : 1); the program's own if it is no colour."""
    try:
        colour = HexColor(house.colour)
    except ValueError:
        colour = HexColor(HOUSE_COLOUR)
    while _contrast_on_white(colour) < 4.5:
        colour = Color(colour.red * 0.92, colour.green * 0.92, colour.blue * 0.92)
    return colour


def tint(colour: Color, share: float) -> Color:
    """The colour mixed with white: ``share`` 1 is the colour, 0 is white."""
    return Color(*(1 - share * (1 - part) for part in (colour.red, colour.green, colour.blue)))


def _contrast_on_white(colour: Color) -> float:
    parts = (colour.red, colour.green, colour.blue)
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return float(1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05))


@dataclass(frozen=True, slots=True)
class Imprint:
    """What the foot of each page and the file's properties say."""

    edition: Edition
    title: str
    programme: str
    confidential: bool = False

    @property
    def subject(self) -> str:
        return line(self.programme)


class PagedCanvas(Canvas):  # type: ignore[misc]
    """Keeps each page until the end, when it is known how many there are, and then draws its foot.

    Pages count within their part of the file: each agreement of many has its own "page 1 of 2".
    """

    def __init__(self, *arguments: Any, imprint: Imprint, **settings: Any) -> None:
        self.imprint = imprint
        self.part = 0
        self.marks: list[tuple[int, str]] = []
        self.kept: list[tuple[int, dict[str, Any]]] = []
        super().__init__(*arguments, **settings)

    def showPage(self) -> None:
        self.kept.append((self.part, dict(self.__dict__)))
        self._startPage()

    def save(self) -> None:
        kept, marks = self.kept, dict(self.marks)
        of_part = Counter(part for part, _ in kept)
        within: Counter[int] = Counter()
        for number, (part, state) in enumerate(kept):
            self.__dict__.update(state)
            within[part] += 1
            if number in marks:
                self.bookmarkPage(f"page{number}")
                self.addOutlineEntry(marks[number], f"page{number}", level=0)
            draw_foot(self, self.imprint, within[part], of_part[part])
            super().showPage()
        super().save()

    def begin_part(self, title: str) -> None:
        """From the page now drawn on, pages count anew; ``title`` stands in the reader's table of contents."""
        self.part += 1
        self.marks.append((len(self.kept), line(title)))


def draw_foot(canvas: Canvas, imprint: Imprint, page: int, pages: int) -> None:
    """A rule; document and programme at the left; confidential, date and page at the right."""
    size, base = 8, 12 * mm
    page_width = float(canvas._pagesize[0])
    right = tr("Page {page} of {pages}").format(page=page, pages=pages)
    said = [tr("Confidential")] if imprint.confidential else []
    right = "  ·  ".join([*said, date_text(imprint.edition.on), right])
    room = page_width - 2 * MARGIN - width(right, TEXT, size) - 8 * mm
    left = "  ·  ".join(part for part in (line(imprint.title), line(imprint.programme)) if part)
    left, _ = fitted(left, TEXT, size, room)
    canvas.saveState()
    canvas.setStrokeColor(RULE)
    canvas.setLineWidth(0.5)
    canvas.line(MARGIN, base + 4.5 * mm, page_width - MARGIN, base + 4.5 * mm)
    canvas.setFillColor(MUTED)
    canvas.setFont(TEXT, size)
    canvas.drawString(MARGIN, base, left)
    canvas.drawRightString(page_width - MARGIN, base, right)
    canvas.restoreState()


def describe(canvas: Canvas, imprint: Imprint) -> None:
    """The file's properties: title, author, subject, and that readers show the title."""
    canvas.setTitle(line(imprint.title))
    canvas.setAuthor(line(imprint.edition.house.name) or CREATOR)
    canvas.setSubject(imprint.subject)
    canvas.setCreator(CREATOR)
    canvas.setViewerPreference("DisplayDocTitle", "true")


class Step(Flowable):  # type: ignore[misc]
    """Takes no room; calls ``reached`` with the canvas when the layout gets to it."""

    def __init__(self, reached: Callable[[PagedCanvas], None]) -> None:
        super().__init__()
        self.reached = reached

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return 0, 0

    def draw(self) -> None:
        self.reached(self.canv)


def part_begun(title: str, place: int, count: int, edition: Edition) -> Step:
    """Where a part of many begins: ``title`` for the reader's table of contents, and so many of ``count`` are done."""

    def reached(canvas: PagedCanvas) -> None:
        canvas.begin_part(title)
        edition.tell(place, count)

    return Step(reached)


def press(story: list[Flowable], imprint: Imprint) -> bytes:
    """Lays the story out on A4 pages. Uses up the story; asks at each page whether it is still wanted."""
    fonts()
    buffer = io.BytesIO()
    frame = Frame(
        MARGIN, MARGIN + 4 * mm, TEXT_WIDTH, TEXT_HEIGHT,
        leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
    )  # fmt: skip

    def on_page(canvas: Canvas, _document: BaseDocTemplate) -> None:
        imprint.edition.stop_if_cancelled()
        if canvas.getPageNumber() == 1:
            describe(canvas, imprint)

    document = BaseDocTemplate(buffer, pagesize=A4, pageTemplates=[PageTemplate(frames=[frame], onPage=on_page)])

    def canvas_for(*arguments: Any, **settings: Any) -> PagedCanvas:
        settings.update(initialFontName=TEXT, lang=LANGUAGE_TAGS[imprint.edition.language], imprint=imprint)
        return PagedCanvas(*arguments, **settings)

    document.build(story, canvasmaker=canvas_for)
    return buffer.getvalue()
