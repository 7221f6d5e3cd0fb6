"""The recovery sheet of an open vault: printed again after the passphrase, and proved again without being shown."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QDialog, QStackedWidget, QWidget

from app.errors import Fault, WrongPassphrase
from app.i18n import tr
from app.store import sheets
from app.store.vault import Vault
from ui import tasks, theme
from ui.dialogs.recovery_sheet import SheetSteps
from ui.parts import buttons, card
from ui.parts.banner import announce
from ui.parts.code_field import CodeField
from ui.parts.dialog import Dialog
from ui.parts.growing import fit_height
from ui.parts.passphrase import PassphraseField
from ui.parts.thin_bar import ThinBar
from ui.words import sentence


class PrintSheet(Dialog):
    """Asks for the passphrase, then shows the sheet to be printed and proved. Accepted once it is proved."""

    def __init__(self, vault: Vault, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._vault = vault
        self._task: tasks.Task | None = None
        self.steps: SheetSteps | None = None
        self.setWindowTitle(tr("Recovery sheet"))
        self.setMinimumWidth(theme.px(460))
        self._stack = QStackedWidget()
        self._stack.addWidget(self._entry())
        column = card.column(card.heading(tr("Recovery sheet")), self._stack, spacing=14)
        column.setContentsMargins(*[theme.px(24)] * 4)
        self.setLayout(column)
        self.passphrase.setFocus()

    def _entry(self) -> QWidget:
        self.passphrase = PassphraseField(tr("Passphrase"))
        self.passphrase.line.returnPressed.connect(self._ask)
        self.passphrase.line.textChanged.connect(self._typed)
        self.trouble = card.PlainLabel("", "danger", wrap=True)
        self.trouble.hide()
        self.busy = ThinBar(tr("The passphrase is being checked"))
        self.busy.hide()
        self.show_sheet = buttons.primary(tr("Show the sheet"), "key-round")
        self.show_sheet.setEnabled(False)
        self.show_sheet.clicked.connect(self._ask)
        cancel = buttons.secondary(tr("Cancel"))
        cancel.clicked.connect(self.reject)
        explained = tr("The sheet opens the vault without the passphrase, so the passphrase is asked for first.")
        words = card.PlainLabel(explained, wrap=True)
        column = card.column(words, self.passphrase, self.trouble, self.busy, spacing=12)
        column.addStretch(1)
        column.addLayout(card.row(1, cancel, self.show_sheet, spacing=10))
        page = QWidget()
        page.setLayout(column)
        return page

    def _typed(self, text: str) -> None:
        self.show_sheet.setEnabled(bool(text))

    def _ask(self) -> None:
        if self._task is not None or not self.passphrase.text():
            return
        vault, passphrase = self._vault, self.passphrase.text()
        self._set_busy(True)
        self._task = tasks.run(lambda _: sheets.code_of(vault, passphrase), self._known, self._failed, owner=self)

    def _known(self, code: str) -> None:
        self._task = None
        self._set_busy(False)
        self.passphrase.line.clear()
        self.steps = SheetSteps(self._vault, code)
        self.steps.proved.connect(self.accept)
        self.steps.postponed.connect(self.reject)
        self._stack.addWidget(self.steps)
        self._stack.setCurrentWidget(self.steps)
        self.resize(theme.px(820), theme.px(620))

    def _failed(self, fault: Fault) -> None:
        self._task = None
        self._set_busy(False)
        wrong = isinstance(fault, WrongPassphrase)
        self.trouble.setText(sentence(Fault("passphrase.wrong") if wrong else fault))
        self.trouble.show()
        announce(self, self.trouble.text())
        self.passphrase.setFocus()
        self.passphrase.line.selectAll()

    def _set_busy(self, busy: bool) -> None:
        self.busy.setVisible(busy)
        self.trouble.hide()
        self.passphrase.setEnabled(not busy)
        self.show_sheet.setEnabled(not busy)


class ProveSheet(Dialog):
    """The code typed from the paper; says whether it is right and never shows what it should be."""

    def __init__(self, vault: Vault, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._vault = vault
        self.setWindowTitle(tr("Prove the recovery sheet"))
        self.setMinimumWidth(theme.px(520))
        self.field = CodeField()
        self.verdict = card.PlainLabel("", "danger", wrap=True)
        self.verdict.hide()
        self.check = buttons.primary(tr("Check"), "check")
        self.check.setEnabled(False)
        self.check.clicked.connect(self._check)
        self.field.edited.connect(lambda: self.check.setEnabled(self.field.complete()))
        self.field.entered.connect(self._enter)
        self.leave = buttons.secondary(tr("Cancel"))
        self.leave.clicked.connect(self._end)
        column = card.column(card.heading(tr("Prove the recovery sheet")), spacing=14)
        explained = tr("Fetch the sheet and type its nine groups. Then you know that it is there and still right.")
        column.addWidget(card.PlainLabel(explained, wrap=True))
        column.addWidget(self.field)
        column.addWidget(self.verdict)
        column.addLayout(card.row(1, self.leave, self.check, spacing=10))
        column.setContentsMargins(*[theme.px(24)] * 4)
        self.setLayout(column)
        self._proved = False
        self.field.setFocus()

    def _enter(self) -> None:
        if self.check.isEnabled():
            self._check()

    def _check(self) -> None:
        try:
            sheets.prove(self._vault, self.field.text(), date.today())
        except Fault as fault:
            group = fault.facts.get("group")
            self.field.mark_wrong([group] if isinstance(group, int) else [])
            self._say(sentence(fault), "danger")
            return
        self._proved = True
        self.field.clear()
        self.field.setEnabled(False)
        self.check.hide()
        self.leave.set_text(tr("Close"))
        self.leave.setFocus()
        self._say(tr("Right: this sheet opens the vault. Lock it away again."), "ok")

    def _say(self, text: str, token: str) -> None:
        self.verdict.set_token(token)
        self.verdict.setText(text)
        self.verdict.show()
        fit_height(self)
        announce(self, text)

    def _end(self) -> None:
        self.done(QDialog.DialogCode.Accepted if self._proved else QDialog.DialogCode.Rejected)

    def reject(self) -> None:
        self._end()
