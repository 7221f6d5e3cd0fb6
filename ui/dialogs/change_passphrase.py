"""A new passphrase for the open vault: typed, the vault encrypted anew, the new sheet, the backups of before."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QStackedWidget, QWidget

from app.errors import Fault
from app.i18n import number_text, tr, trn
from app.store import backups as shelf
from app.store import houses
from app.store.passphrase_change import Changed, change_passphrase, forget_earlier, of_earlier
from app.store.vault import Vault
from ui import tasks, theme
from ui.dialogs.recovery_sheet import SheetSteps
from ui.parts import buttons, card
from ui.parts.backup_state import SECOND_PLACE
from ui.parts.banner import announce
from ui.parts.dialog import Dialog
from ui.parts.new_passphrase import NewPassphrase
from ui.parts.passphrase import PassphraseField
from ui.parts.thin_bar import ThinBar
from ui.words import sentence

NO_WAY_BACK = 0.8  # of the whole work: from here on the new file has taken its place


class ChangePassphrase(Dialog):
    """Accepted once the passphrase is changed. After an opening by sheet the earlier one is not asked for."""

    def __init__(self, vault: Vault, backups: Path, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._vault, self._backups = vault, backups
        self._task: tasks.Task | None = None
        self._changed: Changed | None = None
        self._busy_share = 0.0
        self.steps: SheetSteps | None = None
        self.setWindowTitle(tr("Change the passphrase"))
        self.setMinimumWidth(theme.px(520))
        self.step = card.muted("")
        self._stack = QStackedWidget()
        self._entry = self._build_entry()
        self._stack.addWidget(self._entry)
        column = card.column(card.heading(tr("Change the passphrase")), self.step, self._stack, spacing=12)
        column.setContentsMargins(*[theme.px(24)] * 4)
        self.setLayout(column)
        self._say_step(1, tr("passphrase"))
        (self.current or self.secret).setFocus()

    def _say_step(self, number: int, title: str) -> None:
        self.step.setText(tr("Step {n} of {of}: {title}").format(n=number, of=3, title=title))

    # The passphrase

    def _build_entry(self) -> QWidget:
        self.current = None if self._vault.by_sheet else PassphraseField(tr("Current passphrase"))
        self.secret = NewPassphrase(tr("New passphrase"), tr("New passphrase once more"))
        self.secret.judge_near(self._vault.path.stem)
        self.secret.edited.connect(self._judge)
        self.trouble = card.PlainLabel("", "danger", wrap=True)
        self.trouble.hide()
        self.bar = ThinBar(tr("The vault is being encrypted anew"), 1000)
        self.doing = card.muted("", wrap=True)
        self.start = buttons.primary(tr("Change the passphrase"), "key-round")
        self.start.setDefault(True)
        self.start.clicked.connect(self._start)
        self.leave = buttons.secondary(tr("Cancel"))
        self.leave.clicked.connect(self.reject)
        words = tr(
            "The vault is backed up first and then encrypted anew. After that only the new passphrase and a new"
            " recovery sheet open it; the old sheet is void. Undo ends here."
        )
        column = card.column(card.PlainLabel(words, wrap=True), spacing=14)
        if self.current is not None:
            self.current.line.textChanged.connect(self._judge)
            column.addWidget(self.current)
        for piece in (self.secret, self.trouble, self.doing, self.bar):
            column.addWidget(piece)
        column.addStretch(1)
        column.addLayout(card.row(1, self.leave, self.start, spacing=10))
        page = QWidget()
        page.setLayout(column)
        self._set_busy(False)
        return page

    def _judge(self) -> None:
        if self.secret.differs():
            self._say(tr("The two passphrases differ."))
        elif self._task is None:
            self.trouble.hide()
        typed = self.current is None or bool(self.current.text())
        self.start.setEnabled(self._task is None and typed and self.secret.ready())

    def _say(self, text: str) -> None:
        self.trouble.setText(text)
        self.trouble.show()
        announce(self, text)

    # The work

    def _start(self) -> None:
        vault, backups, new, today = self._vault, self._backups, self.secret.text(), date.today()
        current = self.current.text() if self.current is not None else None

        def job(task: tasks.Task) -> Changed:
            if current is not None and not vault.is_opened_by(current):
                raise Fault("passphrase.wrong")
            return change_passphrase(vault, new, backups, today, task.step)

        self._task = tasks.run(job, self._done, self._failed, self._far, owner=self)
        self._set_busy(True)

    def _set_busy(self, busy: bool) -> None:
        self._busy_share = 0.0
        self.bar.setValue(0)
        self.bar.setVisible(busy)
        self.doing.setText(tr("Checking, backing up, encrypting anew. Until the last step you can still cancel."))
        self.doing.setVisible(busy)
        self.trouble.hide()
        for piece in (self.current, self.secret):
            if piece is not None:
                piece.setEnabled(not busy)
        self.leave.setEnabled(True)
        self._judge()

    def _far(self, share: float) -> None:
        self._busy_share = share
        self.bar.setValue(round(share * 1000))
        if share >= NO_WAY_BACK:
            self.leave.setEnabled(False)
            self.doing.setText(tr("The new passphrase holds. A backup under it is being made."))

    def _failed(self, fault: Fault) -> None:
        self._task = None
        self._set_busy(False)
        self._say(sentence(fault))
        if fault.code == "passphrase.wrong" and self.current is not None:
            self.current.setFocus()
            self.current.line.selectAll()

    def _done(self, changed: Changed) -> None:
        self._task = None
        if self._vault.closed:  # locked meanwhile; the new passphrase holds
            return
        self._vault.by_sheet = False
        self._changed = changed
        self.secret.clear()
        if self.current is not None:
            self.current.line.clear()
        self.steps = SheetSteps(self._vault, changed.code)
        self.steps.proved.connect(self._to_backups)
        self.steps.postponed.connect(self._to_backups)
        self._stack.addWidget(self.steps)
        self._stack.removeWidget(self._entry)  # what is hidden in a stack still takes its room
        self._entry.hide()
        self._say_step(2, tr("new recovery sheet"))
        self.resize(theme.px(820), theme.px(640))

    # The backups of before

    def _to_backups(self) -> None:
        if self.steps is not None:  # the new code is needed no more
            self._stack.removeWidget(self.steps)
            self.steps.deleteLater()
            self.steps = None
        self._stack.addWidget(self._build_backups())
        self._say_step(3, tr("backups of before"))
        self.adjustSize()
        self.end.setFocus()

    def _build_backups(self) -> QWidget:
        assert self._changed is not None
        earlier = self._earlier()
        self.finding = card.PlainLabel(self._finding(earlier), wrap=True)
        self.forget = buttons.danger(tr("Delete them"), "trash-2")
        self.forget.clicked.connect(self._forget)
        self.forget.setVisible(earlier > 0 and self._changed.fault is None)
        self.end = buttons.primary(tr("Done"), "check")
        self.end.clicked.connect(self.accept)
        self.remark = card.PlainLabel("", "danger", wrap=True)
        self.remark.hide()
        if self._changed.fault is not None:
            self._remark(sentence(self._changed.fault))
        column = card.column(card.subheading(tr("The passphrase is changed.")), self.finding, self.remark, spacing=12)
        column.addStretch(1)
        column.addLayout(card.row(self.forget, 1, self.end, spacing=10))
        page = QWidget()
        page.setLayout(column)
        return page

    def _earlier(self) -> int:
        return len(of_earlier(self._vault, self._vault.backups(self._backups)))

    def _finding(self, earlier: int) -> str:
        if not earlier:
            return tr("No backup opens with the earlier passphrase. Destroy the old recovery sheet.")
        text = trn(
            "{n} backup still opens with the earlier passphrase and the old sheet. If somebody may know them, delete"
            " it: a new backup under the new passphrase was made and compared. Destroy the old sheet after that.",
            "{n} backups still open with the earlier passphrase and the old sheet. If somebody may know them, delete"
            " them: a new backup under the new passphrase was made and compared. Destroy the old sheet after that.",
            earlier,
        )
        if self._changed is not None and self._changed.fault is not None:
            text = trn(
                "{n} backup still opens with the earlier passphrase; keep the old sheet for it until there is a new"
                " one.",
                "{n} backups still open with the earlier passphrase; keep the old sheet for them until there is a new"
                " one.",
                earlier,
            )
        return text.format(n=number_text(earlier))

    def _forget(self) -> None:
        vault, backups = self._vault, self._backups
        kept = houses.house(vault).get(SECOND_PLACE, "")

        def job(_: tasks.Task) -> int:
            folders = [shelf.folder_of(backups, vault.id)]
            if kept and Path(kept).is_dir():
                folders.append(shelf.folder_at(Path(kept), vault.id))
            return forget_earlier(vault, folders)

        self.forget.setEnabled(False)
        self._task = tasks.run(job, self._forgotten, self._not_forgotten, owner=self, far=True)

    def _forgotten(self, count: int) -> None:
        self._task = None
        self.forget.hide()
        text = trn("{n} backup was deleted.", "{n} backups were deleted.", count).format(n=number_text(count))
        self.finding.setText(f"{text} {self._finding(self._earlier())}")
        announce(self, text)

    def _not_forgotten(self, fault: Fault) -> None:
        self._task = None
        self.forget.setEnabled(True)
        self._remark(sentence(fault))

    def _remark(self, text: str) -> None:
        self.remark.setText(text)
        self.remark.show()
        announce(self, text)

    def reject(self) -> None:
        """Escape: cancels the work while that can be done; once it is done there is nothing left to reject."""
        if self._task is not None and self._task.far:
            self.accept()
        elif self._task is not None:
            self._task.cancel()
        elif self.steps is not None:
            self._to_backups()
        elif self._changed is not None:
            self.accept()
        else:
            super().reject()
