"""Making a new vault: where it lies, whose it is, and its passphrase."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QProgressBar, QRadioButton, QWidget

from app.errors import Fault
from app.i18n import language, tr
from app.passphrases import Strength, draw, judge
from app.store.vault import SUFFIX, Vault, create_vault
from ui import tasks, theme
from ui.dialogs import ask
from ui.parts import buttons, card
from ui.parts.passphrase import PassphraseField
from ui.words import sentence


class NewVault(QDialog):
    """Ends accepted with ``vault`` open. Slow work runs off the main thread."""

    def __init__(self, parent: QWidget | None, folder: Path) -> None:
        super().__init__(parent)
        self.vault: Vault | None = None
        self._folder = folder
        self._task: tasks.Task | None = None
        self.setWindowTitle(tr("New vault"))
        self.setMinimumWidth(theme.px(520))
        self._build_place()
        self._build_passphrase()
        self._build_end()
        column = card.column(spacing=14)
        column.setContentsMargins(*[theme.px(24)] * 4)
        column.addWidget(card.heading(tr("New vault")))
        column.addWidget(
            card.muted(
                tr("One encrypted file holds everything. Without its passphrase nobody can read it, not even you."),
                wrap=True,
            )
        )
        for piece in (self._place, self._whose, self._secret, self._end):
            column.addWidget(piece)
        self.setLayout(column)
        self._judge()
        self.name.setFocus()

    def _build_place(self) -> None:
        self.name = QLineEdit(tr("Mentoring"))
        self.name.setAccessibleName(tr("Name of the vault"))
        self.name.textChanged.connect(self._judge)
        self.where = card.ElidedLabel("", "muted")
        elsewhere = buttons.quiet(tr("Another folder …"), "folder-open")
        elsewhere.clicked.connect(self._choose_folder)
        label = card.PlainLabel(tr("Name of the vault"), weight=theme.MEDIUM)
        label.setBuddy(self.name)
        self._place = QWidget()
        column = card.column(label, self.name, spacing=6)
        line = card.row(self.where, elsewhere)
        line.setStretch(0, 1)
        column.addLayout(line)
        self._place.setLayout(column)
        label.raise_()  # in the accessible tree the field comes first: both bear the same name

    def _build_passphrase(self) -> None:
        self.programme = QRadioButton(tr("For the coordination office: people, programmes, tandems"))
        self.notebook = QRadioButton(tr("A notebook of my own: as mentor or mentee"))
        self.programme.setChecked(True)
        self._whose = QWidget()
        self._whose.setLayout(card.column(self.programme, self.notebook, spacing=6))
        self.passphrase = PassphraseField(tr("Passphrase"))
        self.again = PassphraseField(tr("Passphrase once more"))
        for field in (self.passphrase, self.again):
            field.line.textChanged.connect(self._judge)
        self.meter = QProgressBar()
        self.meter.setRange(0, int(Strength.STRONG))
        self.meter.setTextVisible(False)
        self.meter.setFixedHeight(theme.px(6))
        self.meter.setAccessibleName(tr("Strength of the passphrase"))
        self.verdict = card.PlainLabel("", "muted", wrap=True)
        suggest = buttons.quiet(tr("Suggest six words"), "sparkles")
        suggest.clicked.connect(self._suggest)
        self.suggestion = card.PlainLabel("", weight=theme.SEMIBOLD, wrap=True, selectable=True)
        self.suggestion.setAccessibleName(tr("Suggested passphrase"))
        self.suggestion.hide()
        self._secret = QWidget()
        column = card.column(self.passphrase, self.meter, spacing=8)
        line = card.row(self.verdict, suggest)
        line.setStretch(0, 1)
        column.addLayout(line)
        column.addWidget(self.suggestion)
        column.addWidget(self.again)
        self._secret.setLayout(column)

    def _build_end(self) -> None:
        self.trouble = card.PlainLabel("", "danger", wrap=True)
        self.trouble.hide()
        self.busy = QProgressBar()
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.busy.setFixedHeight(theme.px(4))
        self.busy.setAccessibleName(tr("The vault is being made"))
        self.busy.hide()
        self.make = buttons.primary(tr("Make the vault"), "lock")
        self.make.setDefault(True)
        self.make.clicked.connect(self._create)
        self.leave = buttons.secondary(tr("Cancel"))
        self.leave.clicked.connect(self.reject)
        self._end = QWidget()
        column = card.column(self.trouble, self.busy, spacing=8)
        column.addLayout(card.row(1, self.leave, self.make, spacing=10))
        self._end.setLayout(column)

    def path(self) -> Path:
        """The file to be made; characters that some file system refuses become spaces."""
        name = re.sub(r'[\x00-\x1f<>:"/\\|?*]+', " ", self.name.text()).strip(" .") or "Tandembuch"
        return self._folder / f"{name.removesuffix(SUFFIX)}{SUFFIX}"

    def _choose_folder(self) -> None:
        chosen = ask.folder(self, tr("Folder of the vault"), self._folder)
        if chosen is not None:
            self._folder = chosen
            self._judge()

    def _suggest(self) -> None:
        words = draw(language())
        self.suggestion.setText(words)
        self.suggestion.show()
        self.passphrase.line.setText(words)
        self.again.line.clear()
        self.again.setFocus()

    def _judge(self) -> None:
        self.where.setText(str(self.path()))
        typed = self.passphrase.text()
        verdict = judge(typed)
        words = {
            Strength.NONE: tr("At least ten characters; several words are easy to keep in mind."),
            Strength.WEAK: tr("Too weak: make it longer or take several words."),
            Strength.FAIR: tr("Not strong enough yet: add a word."),
            Strength.GOOD: tr("Good."),
            Strength.STRONG: tr("Strong."),
        }
        self.meter.setValue(int(verdict.strength))
        self.verdict.setText(words[verdict.strength])
        differs = bool(self.again.text()) and self.again.text() != typed
        if differs:
            self._say(tr("The two passphrases differ."))
        elif self._task is None:
            self.trouble.hide()
        self.make.setEnabled(verdict.enough and self.again.text() == typed and bool(self.name.text().strip()))

    def _say(self, text: str) -> None:
        self.trouble.setText(text)
        self.trouble.show()

    def _create(self) -> None:
        path, passphrase = self.path(), self.passphrase.text()
        kind = "notebook" if self.notebook.isChecked() else "programme"

        def job(_task: tasks.Task) -> Vault:
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                return create_vault(path, passphrase, kind=kind)
            except OSError:
                raise Fault("file.unwritable") from None

        self._set_busy(True)
        self._task = tasks.run(job, self._made, self._failed)

    def _made(self, vault: Vault) -> None:
        self._task = None
        self.vault = vault
        self.accept()

    def _failed(self, fault: Fault) -> None:
        self._task = None
        self._set_busy(False)
        self._say(sentence(fault))

    def _set_busy(self, busy: bool) -> None:
        self.busy.setVisible(busy)
        self.trouble.hide()
        for piece in (self._place, self._whose, self._secret, self.make, self.leave):
            piece.setEnabled(not busy)
        if busy:
            self.setCursor(Qt.CursorShape.BusyCursor)
        else:
            self.unsetCursor()

    def reject(self) -> None:
        if self._task is None:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._task is not None:
            event.ignore()
            return
        super().closeEvent(event)
