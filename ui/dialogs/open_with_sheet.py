"""Opening a vault with the code of its recovery sheet, and the offer of a new passphrase."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QStackedWidget, QWidget

from app.errors import DamagedVault, Fault
from app.i18n import tr
from app.store import checks
from app.store.unlocking import Code
from app.store.vault import SUFFIX, Vault, open_vault, restore_newest
from ui import tasks, theme
from ui.dialogs import ask
from ui.dialogs.restore_newest import may_restore
from ui.dialogs.salvage import SalvageDialog
from ui.parts import buttons, card
from ui.parts.backup_state import restore_text
from ui.parts.banner import announce
from ui.parts.code_field import CodeField
from ui.parts.dialog import Dialog
from ui.parts.growing import fit_height
from ui.parts.thin_bar import ThinBar
from ui.words import sentence


class OpenWithSheet(Dialog):
    """Ends accepted with ``vault`` open; ``new_wanted`` where a new passphrase shall be set now."""

    def __init__(self, path: Path, backups: Path, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.vault: Vault | None = None
        self.new_wanted = False
        self._path, self._backups = path, backups
        self._task: tasks.Task | None = None
        self.setWindowTitle(tr("Open with the recovery sheet"))
        self.setMinimumWidth(theme.px(520))
        self._stack = QStackedWidget()
        self._entry = self._build_entry()
        self._stack.addWidget(self._entry)
        self._stack.addWidget(self._build_offer())
        column = card.column(card.heading(tr("Open with the recovery sheet")), self._stack, spacing=12)
        column.setContentsMargins(*[theme.px(24)] * 4)
        self.setLayout(column)
        self.field.setFocus()

    def _build_entry(self) -> QWidget:
        explained = tr("Type the nine groups of the sheet of the vault “{name}”.")
        self.field = CodeField()
        self.field.edited.connect(self._edited)
        self.field.entered.connect(self._enter)
        self.trouble = card.PlainLabel("", "danger", wrap=True)
        self.trouble.hide()
        self.busy = ThinBar(tr("The vault is being opened"))
        self.busy.hide()
        self.bring_back = buttons.secondary(tr("Restore the newest backup …"), "undo-2")
        self.bring_back.clicked.connect(self._bring_back)
        self.rescue = buttons.secondary(tr("Rescue what can be read …"), "shield-check")
        self.rescue.clicked.connect(self._rescue)
        self._offer_repair(False)
        self.unlock = buttons.primary(tr("Unlock"), "lock-open")
        self.unlock.setEnabled(False)
        self.unlock.clicked.connect(self._open)
        self.leave = buttons.secondary(tr("Cancel"))
        self.leave.clicked.connect(self.reject)
        words = card.PlainLabel(explained.format(name=self._path.name.removesuffix(SUFFIX)), wrap=True)
        column = card.column(words, self.field, self.trouble, self.bring_back, self.rescue, self.busy, spacing=12)
        column.addStretch(1)
        column.addLayout(card.row(1, self.leave, self.unlock, spacing=10))
        page = QWidget()
        page.setLayout(column)
        return page

    def _build_offer(self) -> QWidget:
        self.change = buttons.primary(tr("Set a new passphrase …"), "key-round")
        self.change.clicked.connect(self._wish)
        self.later = buttons.secondary(tr("Later"))
        self.later.clicked.connect(self.accept)
        words = tr(
            "The vault is open. Set a new passphrase now if the old one is forgotten: otherwise you need the sheet each"
            " time. You get a new sheet then."
        )
        column = card.column(card.PlainLabel(words, wrap=True), 1, spacing=12)
        column.addLayout(card.row(1, self.later, self.change, spacing=10))
        page = QWidget()
        page.setLayout(column)
        return page

    def _edited(self) -> None:
        self.unlock.setEnabled(self.field.complete() and self._task is None)

    def _enter(self) -> None:
        if self.unlock.isEnabled():
            self._open()

    def _open(self) -> None:
        path, backups, typed = self._path, self._backups, self.field.text()
        self._set_busy(True)
        self._task = tasks.run(lambda _: open_vault(path, Code(typed), backups=backups), self._opened, self._failed)

    def _opened(self, vault: Vault) -> None:
        self._task = None
        self.vault = vault
        self.field.clear()
        self._stack.removeWidget(self._entry)  # what is over would keep the dialog as high as it was
        self._entry.hide()
        fit_height(self)
        self.change.setFocus()

    def _failed(self, fault: Fault) -> None:
        self._task = None
        self._set_busy(False)
        noted = checks.is_noted_as_damaged(self._backups, self._path)
        self._offer_repair(isinstance(fault, DamagedVault) or noted)
        self._say(sentence(fault))
        group = fault.facts.get("group")
        self.field.mark_wrong([group] if isinstance(group, int) else [])

    def _set_busy(self, busy: bool) -> None:
        self.busy.setVisible(busy)
        for piece in (self.field, self.leave, self.bring_back, self.rescue):
            piece.setEnabled(not busy)
        self.unlock.setEnabled(not busy and self.field.complete())
        if busy:
            self.trouble.setText("")
            self.trouble.hide()

    def _say(self, wrong: str) -> None:
        self.trouble.setText(wrong)
        self.trouble.show()
        fit_height(self)
        announce(self, wrong)

    def _bring_back(self) -> None:
        """The newest backup in the place of a damaged vault; the sheet has to open it too."""
        path, backups, typed = self._path, self._backups, self.field.text()
        try:
            wanted = may_restore(self, backups, path)
        except Fault as fault:
            self._say(sentence(fault))
            return
        if wanted:
            self._set_busy(True)
            job = tasks.run(lambda _: restore_newest(path, Code(typed), backups), lambda _: self._open(), self._failed)
            self._task = job

    def _rescue(self) -> None:
        """What can be read of a damaged vault; the sheet has to open it."""
        if ask.run(SalvageDialog(self._path, Code(self.field.text()), self._backups, self)):
            self._offer_repair(False)
            self._open()

    def _offer_repair(self, offered: bool) -> None:
        self.bring_back.set_text(restore_text(self._backups, self._path))
        self.bring_back.setVisible(offered)
        self.rescue.setVisible(offered)

    def _wish(self) -> None:
        self.new_wanted = True
        self.accept()

    def reject(self) -> None:
        if self.vault is not None:
            self.accept()
        elif self._task is None:
            super().reject()
