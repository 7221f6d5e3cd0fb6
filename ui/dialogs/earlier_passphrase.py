"""The passphrase of before, for a backup that was made before the passphrase was changed."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.errors import Fault
from app.i18n import tr
from app.store import backups as shelf
from app.store.backups import Backup
from app.store.unlocking import Code, Passphrase, Secret
from ui import tasks, theme
from ui.parts import buttons, card
from ui.parts.backup_state import moment_text
from ui.parts.banner import announce
from ui.parts.dialog import Dialog
from ui.parts.passphrase import PassphraseField
from ui.parts.thin_bar import ThinBar
from ui.words import sentence


class EarlierPassphraseDialog(Dialog):
    """Accepted with ``secret`` set to what opens the backup: the passphrase of then, or the code of its sheet."""

    def __init__(self, backup: Backup, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._backup = backup
        self._task: tasks.Task | None = None
        self.secret: Secret | None = None
        self.setWindowTitle(tr("Earlier passphrase"))
        self.setMinimumWidth(theme.px(460))
        said = tr(
            "The backup of {moment} was made before the passphrase was changed. Type the passphrase of then, or the"
            " code of the sheet of then."
        ).format(moment=moment_text(backup))
        self.passphrase = PassphraseField(tr("Earlier passphrase"))
        self.passphrase.line.returnPressed.connect(self._open)
        self.trouble = card.PlainLabel("", "danger", wrap=True)
        self.trouble.hide()
        self.busy = ThinBar(tr("The backup is being opened"))
        self.busy.hide()
        self.go = buttons.primary(tr("Open"), "lock-open")
        self.go.clicked.connect(self._open)
        self.leave = buttons.secondary(tr("Cancel"))
        self.leave.clicked.connect(self.reject)
        heading = card.heading(tr("Earlier passphrase"))
        column = card.column(heading, card.muted(said, wrap=True), self.passphrase, self.trouble, self.busy, spacing=12)
        column.setContentsMargins(*[theme.px(24)] * 4)
        column.addLayout(card.row(1, self.leave, self.go, spacing=10))
        self.setLayout(column)
        self.passphrase.setFocus()

    def _open(self) -> None:
        typed, backup = self.passphrase.text(), self._backup
        if not typed or self._task is not None:
            return

        def job(_: tasks.Task) -> Secret | None:
            secret = _secret_of(typed)
            return secret if shelf.opens(backup, secret.key(backup.header)) else None

        self._set_busy(True)
        self._task = tasks.run(job, self._tried, self._failed, owner=self)

    def _tried(self, secret: Secret | None) -> None:
        self._task = None
        self._set_busy(False)
        if secret is None:
            self._say(tr("This does not open the backup. Check caps lock, or try a passphrase of still earlier."))
            return
        self.secret = secret
        self.passphrase.line.clear()
        self.accept()

    def _failed(self, fault: Fault) -> None:
        self._task = None
        self._set_busy(False)
        self._say(sentence(fault))

    def _say(self, text: str) -> None:
        self.trouble.setText(text)
        self.trouble.show()
        announce(self, text)
        self.passphrase.line.setFocus()
        self.passphrase.line.selectAll()

    def _set_busy(self, busy: bool) -> None:
        self.busy.setVisible(busy)
        if busy:
            self.trouble.hide()
        for piece in (self.passphrase, self.go):
            piece.setEnabled(not busy)


def _secret_of(typed: str) -> Secret:
    """A text that is the code of a sheet, check signs and all, is one; everything else is a passphrase."""
    try:
        return Code(typed)
    except Fault:
        return Passphrase(typed)
