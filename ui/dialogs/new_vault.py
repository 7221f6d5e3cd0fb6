"""Making a new vault in three steps: name, place and whose it is; its passphrase; its recovery sheet."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QLineEdit, QRadioButton, QStackedWidget, QWidget

from app.errors import Fault
from app.i18n import tr
from app.store import sheets
from app.store.vault import SUFFIX, Vault, create_vault
from ui import tasks, theme
from ui.dialogs import ask
from ui.dialogs.recovery_sheet import SheetSteps
from ui.parts import buttons, card
from ui.parts.dialog import Dialog
from ui.parts.growing import grow
from ui.parts.new_passphrase import NewPassphrase
from ui.parts.spoken import SpokenLabel
from ui.parts.thin_bar import ThinBar
from ui.parts.whereabouts import PlaceWarning
from ui.words import sentence

PLACE, SECRET, SHEET = 0, 1, 2
LONGEST = 80  # characters of a name; a file's may have 255 bytes
RESERVED = {"CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(1, 10))}  # Windows


class NewVault(Dialog):
    """Ends accepted with ``vault`` open; from the third step on it is there, whatever becomes of the sheet."""

    def __init__(self, parent: QWidget | None, folder: Path) -> None:
        super().__init__(parent)
        self.vault: Vault | None = None
        self.steps: SheetSteps | None = None
        self._folder = folder
        self._task: tasks.Task | None = None
        self.setWindowTitle(tr("New vault"))
        self.setMinimumWidth(theme.px(520))
        self.step = SpokenLabel("muted")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._build_place())
        self._stack.addWidget(self._build_secret())
        self._build_end()
        column = card.column(card.heading(tr("New vault")), self.step, spacing=12)
        column.setContentsMargins(*[theme.px(24)] * 4)
        column.addWidget(self._stack, 1)
        column.addWidget(self._end)
        self.setLayout(column)
        self._show(PLACE)

    def _build_place(self) -> QWidget:
        self.name = QLineEdit(tr("Mentoring"))
        self.name.setAccessibleName(tr("Name of the vault"))
        self.name.setMaxLength(LONGEST)
        self.name.textChanged.connect(self._judge)
        self.where = card.ElidedLabel("", "muted")
        elsewhere = buttons.quiet(tr("Another folder …"), "folder-open")
        elsewhere.clicked.connect(self._choose_folder)
        label = card.PlainLabel(tr("Name of the vault"), weight=theme.MEDIUM)
        label.setBuddy(self.name)
        self.programme = QRadioButton(tr("For the coordination office: people, programmes, tandems"))
        self.notebook = QRadioButton(tr("A notebook of my own: as mentor or mentee"))
        self.programme.setChecked(True)
        explained = tr("One encrypted file holds everything. Without its passphrase nobody can read it, not even you.")
        column = card.column(card.muted(explained, wrap=True), spacing=6)
        column.addSpacing(theme.px(8))
        column.addWidget(label)
        column.addWidget(self.name)
        line = card.row(self.where, elsewhere)
        line.setStretch(0, 1)
        column.addLayout(line)
        self.warning = PlaceWarning(width=472)  # the dialog without its margins
        column.addWidget(self.warning)
        column.addSpacing(theme.px(10))
        column.addWidget(self.programme)
        column.addWidget(self.notebook)
        column.addStretch(1)
        page = QWidget()
        page.setLayout(column)
        label.raise_()  # in the accessible tree the field comes first: both bear the same name
        return page

    def _build_secret(self) -> QWidget:
        self.secret = NewPassphrase(tr("Passphrase"), tr("Passphrase once more"))
        self.passphrase, self.again = self.secret.passphrase, self.secret.again
        self.verdict, self.suggestion = self.secret.verdict, self.secret.suggestion
        self.secret.edited.connect(self._judge)
        explained = tr("It opens the vault. In the next step you print a recovery sheet for the day you forget it.")
        column = card.column(card.muted(explained, wrap=True), self.secret, 1, spacing=12)
        page = QWidget()
        page.setLayout(column)
        return page

    def _build_end(self) -> None:
        self.trouble = SpokenLabel("danger", wrap=True)
        self.trouble.hide()
        self.busy = ThinBar(tr("The vault is being made"))
        self.busy.hide()
        self.next = buttons.primary(tr("Next"), "chevron-right")
        self.next.clicked.connect(lambda: self._show(SECRET))
        self.make = buttons.primary(tr("Make the vault"), "lock")
        self.make.clicked.connect(self._create)
        self.back = buttons.secondary(tr("Back"), "arrow-left")
        self.back.clicked.connect(lambda: self._show(PLACE))
        self.leave = buttons.secondary(tr("Cancel"))
        self.leave.clicked.connect(self.reject)
        self._end = QWidget()
        column = card.column(self.trouble, self.busy, spacing=8)
        column.addLayout(card.row(self.back, 1, self.leave, self.next, self.make, spacing=10))
        self._end.setLayout(column)

    def _show(self, step: int) -> None:
        titles = (tr("name and place"), tr("passphrase"), tr("recovery sheet"))
        self.step.setText(tr("Step {n} of {of}: {title}").format(n=step + 1, of=len(titles), title=titles[step]))
        self._stack.setCurrentIndex(step)
        self.next.setVisible(step == PLACE)
        self.back.setVisible(step == SECRET)
        self.make.setVisible(step == SECRET)
        self._end.setVisible(step != SHEET)
        self.next.setDefault(step == PLACE)
        self.make.setDefault(step == SECRET)
        if step == SECRET:
            self.secret.judge_near(self.name.text())
        if step != SHEET:
            (self.name if step == PLACE else self.passphrase).setFocus()
        self._judge()

    def path(self) -> Path:
        """The file to be made; characters that some file system refuses become spaces."""
        name = re.sub(r'[\x00-\x1f<>:"/\\|?*]+', " ", self.name.text()).strip(" .") or "Tandembuch"
        if name.split(".")[0].upper() in RESERVED:
            name = f"Tandembuch {name}"
        return self._folder / f"{name.removesuffix(SUFFIX)}{SUFFIX}"

    def _choose_folder(self) -> None:
        chosen = ask.folder(self, tr("Folder of the vault"), self._folder)
        if chosen is not None:
            self._folder = chosen
            self._judge()

    def _judge(self) -> None:
        self.where.setText(str(self.path()))
        self.warning.show_for(self.path())
        if self.secret.differs():
            self._say(tr("The two passphrases differ."))
        elif self._task is None:
            self.trouble.hide()
        named = bool(self.name.text().strip())
        self.next.setEnabled(named)
        self.make.setEnabled(named and self.secret.ready())

    def _say(self, text: str) -> None:
        self.trouble.setText(text)
        self.trouble.show()

    def _create(self) -> None:
        path, passphrase = self.path(), self.passphrase.text()
        kind = "notebook" if self.notebook.isChecked() else "programme"

        def job(_task: tasks.Task) -> tuple[Vault, str]:
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                vault = create_vault(path, passphrase, kind=kind)
            except OSError:
                raise Fault("file.unwritable") from None
            return vault, sheets.code_of(vault, passphrase)

        self._set_busy(True)
        self._task = tasks.run(job, self._made, self._failed)

    def _made(self, made: tuple[Vault, str]) -> None:
        self._task = None
        self._set_busy(False)
        self.vault, code = made
        self.secret.clear()
        self.steps = SheetSteps(self.vault, code)
        self.steps.proved.connect(self.accept)
        self.steps.postponed.connect(self.accept)
        self._stack.addWidget(self.steps)
        self._show(SHEET)
        grow(self, QSize(theme.px(820), theme.px(640)))

    def _failed(self, fault: Fault) -> None:
        self._task = None
        self._set_busy(False)
        self._say(sentence(fault))

    def _set_busy(self, busy: bool) -> None:
        self.busy.setVisible(busy)
        self.trouble.hide()
        for piece in (self._stack, self.back, self.make, self.leave):
            piece.setEnabled(not busy)
        if busy:
            self.setCursor(Qt.CursorShape.BusyCursor)
        else:
            self.unsetCursor()

    def reject(self) -> None:
        """Escape or the window's cross: in the third step the vault is made already, and the sheet is for later."""
        if self.vault is not None:
            self.accept()
        elif self._task is None:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._task is not None:
            event.ignore()
            return
        super().closeEvent(event)
