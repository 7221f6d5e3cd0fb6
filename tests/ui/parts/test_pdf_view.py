"""The preview of a PDF: whole pages are whole, whatever their shape, and stay so for the next document."""

from __future__ import annotations

import io

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from app.i18n import tr
from ui.parts.buttons import Button
from ui.parts.pdf_view import PdfView


def paper(size: tuple[float, float], count: int = 1) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=size)
    for _ in range(count):
        canvas.rect(10, 10, size[0] - 20, size[1] - 20)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


@pytest.fixture
def view(qtbot: QtBot) -> PdfView:
    made = PdfView()
    qtbot.addWidget(made)
    made.resize(700, 600)
    made.show()
    return made


def scrolls(view: PdfView) -> tuple[int, int]:
    QApplication.processEvents()
    return view.view.horizontalScrollBar().maximum(), view.view.verticalScrollBar().maximum()


def press(view: PdfView, text: str) -> None:
    next(one for one in view.findChildren(Button) if one.text() == tr(text)).click()


def test_a_whole_page_is_whole_in_every_shape(view: PdfView) -> None:
    view.show_pdf(paper(A4))
    assert scrolls(view)[1] > 100
    press(view, "Whole page")
    assert scrolls(view) == (0, 0)
    view.show_pdf(paper(landscape(A4)))
    assert scrolls(view) == (0, 0)
    view.show_pdf(paper(A4))
    assert scrolls(view) == (0, 0)
    view.resize(420, 400)
    assert scrolls(view) == (0, 0)
    view.clear()
    view.show_pdf(paper(A4, 3))
    across, down = scrolls(view)
    assert across == 0
    assert down > 100
    press(view, "Page width")
    wide = scrolls(view)
    assert wide[0] == 0
    assert wide[1] > down
