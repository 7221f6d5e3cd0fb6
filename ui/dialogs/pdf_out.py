"""The ways of a finished PDF out of the window: to a printer, into a file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from app.errors import Fault
from app.i18n import tr
from ui import tasks
from ui.desk import Desk
from ui.dialogs import ask
from ui.dialogs.protect import Protect
from ui.parts.pdf_file import write_pdf
from ui.parts.print_run import PrintRun


class PdfOut(QObject):
    """Asks, and does it off the main thread; says what came of it at the window's foot. ``name`` never names people."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window

    def print(self, pdf: bytes, pages: int, name: str) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        printer.setDocName(name)
        dialog = QPrintDialog(printer, self._window)
        dialog.setMinMax(1, pages)
        if not ask.run(dialog):
            return
        self._run = PrintRun(pdf, printer)
        try:
            task = self._run.start(lambda: self._desk.say(tr("Sent to the printer.")), self._stopped)
        except Fault as fault:
            self._desk.say_fault(fault)
            return
        self._desk.busy.emit(task, tr("Printing"))

    def _stopped(self, fault: Fault) -> None:
        if fault.code != "cancelled":
            self._desk.say_fault(fault)

    def save(self, pdf: bytes, name: str) -> None:
        """``name`` as ``proposed_name`` gives it."""
        folder = Path(self._desk.settings.folder or str(Path.home()))
        path = ask.save_file(self._window, tr("Save as PDF"), folder / name, "PDF (*.pdf)")
        if path is None:
            return
        if path.suffix.lower() != ".pdf":
            path = path.with_name(f"{path.name}.pdf")
        protect = Protect(self._window)
        if not ask.run(protect):
            return
        password = protect.password()
        task = tasks.run(
            lambda _: write_pdf(path, pdf, password), lambda _: self._saved(path), self._desk.say_fault, owner=self
        )
        self._desk.busy.emit(task, tr("The PDF is being written"))

    def _saved(self, path: Path) -> None:
        self._desk.change_settings(folder=str(path.parent))
        self._desk.say(tr("Saved: {file}").format(file=path.name), file=path)
