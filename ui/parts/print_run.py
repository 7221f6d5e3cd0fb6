"""Printing off the main thread: a worker draws the pages as pictures, the main thread lays them on the printer."""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QTransform
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter

from app.errors import Fault
from ui import tasks

RESOLUTION = 300  # dots per inch: a page at a printer's 1200 would take half a gigabyte
LOOKS_UP = 0.1  # seconds after which a worker that waits for the printer asks whether it is still wanted


class PrintRun(QObject):
    """The chosen pages of a PDF on a printer, each as large as its sheet allows."""

    _page = Signal(int, QImage)

    def __init__(self, pdf: bytes, printer: QPrinter) -> None:
        super().__init__()
        self._pdf, self._printer = pdf, printer
        self._painter = QPainter()
        self._laid = threading.Semaphore(0)
        self._page.connect(self._lay)

    @property
    def printing(self) -> bool:
        """Whether pages are still laid on the printer."""
        return self._painter.isActive()

    def start(self, done: Callable[[], None], failed: Callable[[Fault], None]) -> tasks.Task:
        """Begins; raises Fault "documents.printer" where the printer refuses. A cancelled run prints no more pages."""
        self._printer.setResolution(min(self._printer.resolution(), RESOLUTION))
        self._printer.setFullPage(True)
        self._printer.setPageMargins(QMarginsF())
        self._room = self._printer.paperRect(QPrinter.Unit.DevicePixel).toRect().size()
        if not self._painter.begin(self._printer):
            raise Fault("documents.printer")

        def over(_: object) -> None:
            self._painter.end()
            done()

        def stopped(fault: Fault) -> None:
            self._printer.abort()
            self._painter.end()
            failed(fault)

        task = tasks.run(self._work, over, stopped)
        task.over.connect(self._let_go)
        return task

    def _let_go(self) -> None:
        """Where nobody was told of the end, because the vault has closed: no half document leaves the printer."""
        if self.printing:
            self._printer.abort()
            self._painter.end()

    def _work(self, task: tasks.Task) -> None:
        document = QPdfDocument()
        buffer = QBuffer()
        buffer.setData(QByteArray(self._pdf))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        document.load(buffer)
        first = max(self._printer.fromPage(), 1) - 1
        last = min(self._printer.toPage() or document.pageCount(), document.pageCount())
        for place, page in enumerate(range(first, last)):
            task.step(place / (last - first))
            self._page.emit(place, self._drawn(document, page))
            while not self._laid.acquire(timeout=LOOKS_UP):  # one page at a time: each takes tens of megabytes
                task.step(place / (last - first))
        document.close()

    def _drawn(self, document: QPdfDocument, page: int) -> QImage:
        """Turned where the page lies across the printer's sheet: a card that is printed smaller does not fold."""
        points = document.pagePointSize(page).toSize()
        across = (points.width() > points.height()) != (self._room.width() > self._room.height())
        room = self._room.transposed() if across else self._room
        picture = document.render(page, points.scaled(room, Qt.AspectRatioMode.KeepAspectRatio))
        return picture.transformed(QTransform().rotate(90)) if across else picture

    def _lay(self, place: int, picture: QImage) -> None:
        if self._painter.isActive():
            if place:
                self._printer.newPage()
            rest: QSize = self._room - picture.size()
            self._painter.drawImage(rest.width() // 2, rest.height() // 2, picture)
        self._laid.release()
