"""The recovery sheet in the window: seen, printed and proved by typing it; printed again; proved again."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QStackedWidget, QWidget

from app import documents
from app.documents.inputs import RecoverySheet
from app.errors import Fault
from app.i18n import language, tr, trn
from app.store import sheets
from app.store.vault import Vault
from ui import tasks, theme
from ui.dialogs import ask
from ui.parts import buttons, card
from ui.parts.banner import announce
from ui.parts.code_field import CodeField
from ui.parts.pdf_view import PdfView
from ui.parts.print_run import PrintRun
from ui.words import sentence

SEE, PROVE = 0, 1
SEEN_FOR = 5 * 60 * 1000  # ms; nobody locks a window that is not unlocked yet, so the sheet goes out of sight by itself


class SheetSteps(QStackedWidget):
    """First the sheet to be printed, then its code to be typed from the paper: the sheet is out of sight then.

    ``proved`` when it was typed right, ``postponed`` when the user left that for later.
    """

    proved = Signal()
    postponed = Signal()

    def __init__(self, vault: Vault, code: str) -> None:
        super().__init__()
        self._vault, self._code = vault, code
        self._run: PrintRun | None = None
        self.addWidget(self._see())
        self.addWidget(self._prove())
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SEEN_FOR)
        self._soon.timeout.connect(self._to_proof)
        self._soon.start()
        facts = sheets.facts(vault)
        inputs = RecoverySheet(
            vault=vault.path.stem, vault_id=vault.id, code=code, valid_from=facts.changed_on or facts.made_on
        )
        spoken, on = language(), date.today()
        tasks.run(
            lambda _: documents.recovery_sheet(inputs, language=spoken, on=on), self._shown, self._failed, owner=self
        )

    def _see(self) -> QWidget:
        self.pdf = PdfView()
        self.pdf.setMinimumSize(min(theme.px(320), 280), min(theme.px(400), 400))  # large text takes the room beside it
        self.print = buttons.primary(tr("Print …"), "printer")
        self.print.clicked.connect(self._print)
        self.save = buttons.quiet(tr("Save as PDF …"), "download")
        self.save.clicked.connect(self._save)
        self.go_on = buttons.secondary(tr("I have it on paper"), "check")
        self.go_on.clicked.connect(self._to_proof)
        self.later = buttons.quiet(tr("Later"))
        self.later.clicked.connect(self.postponed)
        for button in (self.print, self.save):
            button.setEnabled(False)
        self.trouble = card.PlainLabel("", "danger", wrap=True)
        self.trouble.hide()
        words = (
            tr("With this sheet you open the vault when the passphrase is forgotten. Without both, nobody can."),
            tr("Print it, lock it away apart from the computer, and type the code once from the paper."),
            tr("It is on no disk and goes into no file unless you save it."),
        )
        column = card.column(spacing=12)
        column.addWidget(card.subheading(tr("Print the recovery sheet")))
        for text in words:
            column.addWidget(card.PlainLabel(text, wrap=True))
        column.addWidget(self.trouble)
        for button in (self.print, self.go_on, self.save, self.later):
            column.addWidget(button)
        column.addStretch(1)
        beside = QWidget()
        beside.setLayout(column)
        beside.setFixedWidth(theme.px(270))
        page = QWidget()
        line = card.row(self.pdf, beside, spacing=20)
        line.setStretch(0, 1)
        page.setLayout(line)
        return page

    def _prove(self) -> QWidget:
        self.field = CodeField()
        self.verdict = card.PlainLabel("", "danger", wrap=True)
        self.verdict.setMinimumHeight(theme.px(40))
        self.check = buttons.primary(tr("Check"), "check")
        self.check.setEnabled(False)
        self.check.clicked.connect(self._check)
        self.field.edited.connect(lambda: self.check.setEnabled(self.field.complete()))
        self.field.entered.connect(self._enter)
        back = buttons.quiet(tr("Back to the sheet"), "arrow-left")
        back.clicked.connect(self._to_sheet)
        self.back = back
        self.later_still = buttons.quiet(tr("Later"))
        self.later_still.clicked.connect(self.postponed)
        column = card.column(spacing=14)
        column.addStretch(1)  # the window is as high as the sheet wanted it: what there is stands in its middle
        column.addWidget(card.subheading(tr("Type the code from the paper")))
        column.addWidget(
            card.PlainLabel(tr("So you know that the sheet was printed well and that it opens this vault."), wrap=True)
        )
        column.addWidget(self.field)
        column.addWidget(self.verdict)
        column.addStretch(2)
        column.addLayout(card.row(back, 1, self.later_still, self.check, spacing=10))
        page = QWidget()
        page.setLayout(column)
        return page

    def _shown(self, pdf: bytes) -> None:
        self.pdf.show_pdf(pdf)
        self.print.setEnabled(True)
        self.save.setEnabled(True)
        if self.isVisible() and self.currentIndex() == SEE:
            self.print.setFocus()

    def _to_sheet(self) -> None:
        self.setCurrentIndex(SEE)
        self.print.setFocus()
        self._soon.start()

    def _to_proof(self) -> None:
        self._soon.stop()
        self.setCurrentIndex(PROVE)
        self.field.setFocus()
        announce(self, tr("Type the code from the paper"))

    def _enter(self) -> None:
        if self.check.isEnabled():
            self._check()

    def _check(self) -> None:
        right = self._code.split("-")
        typed = self.field.groups()
        wrong = [place + 1 for place in range(len(right)) if typed[place] != right[place]]
        if wrong:
            self.field.mark_wrong(wrong)
            self.say(differing_text(wrong))
            return
        try:
            sheets.prove(self._vault, self.field.text(), date.today())
        except Fault as fault:
            self.say(sentence(fault))
            return
        self.field.clear()
        self.proved.emit()

    def say(self, text: str) -> None:
        """What went wrong, where the eye is now."""
        label = self.verdict if self.currentIndex() == PROVE else self.trouble
        label.setText(text)
        label.show()
        announce(self, text)

    def _failed(self, fault: Fault) -> None:
        if fault.code != "cancelled":
            self.say(sentence(fault))

    # Out of the window

    def _print(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        printer.setDocName(tr("Recovery sheet"))
        dialog = QPrintDialog(printer, self)
        dialog.setMinMax(1, 1)
        if not ask.run(dialog) or (printer.outputFileName() and not self._sure_of_a_file()):
            return  # the system's dialog can print into a file as well
        self._run = PrintRun(self.pdf.pdf, printer)
        try:
            self._run.start(self._to_proof, self._failed)
        except Fault as fault:
            self._failed(fault)

    def _sure_of_a_file(self) -> bool:
        warning = tr(
            "Whoever finds this file opens your vault without the passphrase.\n\nSave it only to print it elsewhere, on"
            " a stick that you lock away, never beside the vault or in a cloud, and delete it afterwards."
        )
        return ask.yes_no(self, tr("Save the recovery sheet?"), warning, tr("Save all the same"), danger=True)

    def _save(self) -> None:
        if not self._sure_of_a_file():
            return
        suggestion = Path.home() / f"{tr('Recovery sheet')}.pdf"
        path = ask.save_file(self, tr("Save the recovery sheet"), suggestion, "PDF (*.pdf)")
        if path is not None:
            path = path if path.suffix.lower() == ".pdf" else path.with_name(f"{path.name}.pdf")
            try:
                write_secret(path, self.pdf.pdf)
            except Fault as fault:
                self._failed(fault)


def differing_text(groups: list[int]) -> str:
    """ "Groups 2 and 7 differ …"."""
    *these, last = [str(group) for group in groups]
    listed = tr("{these} and {last}").format(these=", ".join(these), last=last) if these else last
    text = trn(
        "Group {groups} differs from the sheet. Look at the paper and correct it.",
        "Groups {groups} differ from the sheet. Look at the paper and correct them.",
        len(groups),
    )
    return text.format(groups=listed)


def write_secret(path: Path, content: bytes) -> None:
    """Writes a file that only its owner may read, whole or not at all. Fault "file.unwritable"."""
    part = path.with_name(f"{path.name}.part")
    try:
        part.unlink(missing_ok=True)
        binary = getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY | binary, 0o600), "wb") as stream:
            stream.write(content)
        os.replace(part, path)
    except OSError:
        part.unlink(missing_ok=True)
        raise Fault("file.unwritable") from None
