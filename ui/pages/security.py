"""Security: what protects whom against what, in plain sentences, and the state of this vault."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from app.domain.kinds import Kind
from app.i18n import mark, tr
from app.store.key import CURRENT_PROFILE, PROFILES
from ui import theme
from ui.dialogs import ask
from ui.dialogs.backups import Backups, last_text, state_text
from ui.parts import buttons, card
from ui.parts.page import Page
from ui.parts.pills import Pill
from ui.parts.scroll import Scroll

# Against whom; whether the vault protects; in plain words.
THREATS: tuple[tuple[str, str, str], ...] = (
    (
        mark("Somebody steals the computer or the file"),
        "ok",
        mark("The file is encrypted. Without the passphrase it is noise, and each guess costs time and memory."),
    ),
    (
        mark("The file lies in a cloud or on a share"),
        "ok",
        mark("Only the encrypted file is there. Names, notes and everything about your programme are inside it."),
    ),
    (
        mark("Somebody at your desk"),
        "ok",
        mark("The vault locks when you are idle, and with Ctrl+L at once. Ctrl+Shift+H hides private text."),
    ),
    (
        mark("The coordination office and a mentor's notebook"),
        "ok",
        mark("A notebook is a vault of its own with a passphrase of its own. Nobody else can open it."),
    ),
    (
        mark("The network"),
        "ok",
        mark("The program opens no connection: no server, no cloud, no statistics, no update check."),
    ),
    (
        mark("A shared screen or a screenshot"),
        "warn",
        mark("What is on the screen can be seen. Hide private text with Ctrl+Shift+H before you share it."),
    ),
    (
        mark("Another program of the same user while the vault is open"),
        "warn",
        mark("A harmful program that runs as you can read what you can read. Keep the computer clean."),
    ),
    (
        mark("A request for disclosure"),
        "warn",
        mark("The right of access (GDPR Art. 15) reaches internal notes too. Write only what you could show."),
    ),
    (
        mark("You forget the passphrase"),
        "danger",
        mark("There is no back door. Keep the passphrase written down in a safe place, such as a locked cabinet."),
    ),
)


class SecurityPage(Page):
    key = "security"
    title = mark("Security")
    icon = "shield-check"
    listens: ClassVar[frozenset[Kind]] = frozenset()

    def build(self) -> None:
        _, _, actions = self.head(subtitle=tr("What is protected against whom, and what is not."))
        lock = buttons.primary(tr("Lock now"), "lock")
        lock.clicked.connect(self.desk.lock_wanted)
        actions.addWidget(lock)
        inner = QWidget()
        column = card.column(self._state(), self._threats(), 1, spacing=16)
        inner.setLayout(column)
        area = Scroll()
        area.setWidget(inner)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setAccessibleName(tr("What is protected against whom"))
        self.body.addWidget(area, 1)

    def _state(self) -> QWidget:
        made = card.Card()
        made.body.addWidget(card.subheading(tr("This vault")))
        profile = PROFILES[CURRENT_PROFILE]
        kind = tr("Coordination office") if self.desk.vault.kind == "programme" else tr("Notebook")
        lines = (
            (tr("File"), str(self.desk.vault.path)),
            (tr("Kind"), kind),
            (
                tr("Format"),
                tr("1: SQLCipher 4 (AES-256), Argon2id with {mebibytes} MB and {passes} passes").format(
                    mebibytes=profile.memory_kib // 1024, passes=profile.time_cost
                ),
            ),
            (tr("Locks when idle"), tr("after {n} min").format(n=self.desk.settings.idle_minutes)),
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(24))
        grid.setVerticalSpacing(theme.px(8))
        grid.setColumnStretch(1, 1)
        for row, (name, words) in enumerate(lines):
            grid.addWidget(card.muted(name), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(card.PlainLabel(words, wrap=True, selectable=True), row, 1)
        self.backup_state, self.backup_made = Pill(), card.muted("")
        self.backups = buttons.secondary(tr("Backups …"), "archive")
        self.backups.clicked.connect(self._show_backups)
        grid.addWidget(card.muted(tr("Last backup")), len(lines), 0)
        grid.addLayout(
            card.row(self.backup_state, self.backup_made, 1, self.backups, spacing=10), len(lines), 1
        )
        made.body.addLayout(grid)
        return made

    def refresh(self) -> None:
        """Looks at the backups again."""
        self.backup_state.set(*state_text(self.desk))
        self.backup_made.setText(last_text(self.desk))

    def _show_backups(self) -> None:
        ask.run(Backups(self.desk, self))
        if not self.desk.vault.closed:
            self.refresh()

    def _threats(self) -> QWidget:
        made = card.Card()
        states = {
            "ok": tr("Protected"),
            "warn": tr("Only in part"),
            "danger": tr("Not protected"),
        }
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(16))
        grid.setVerticalSpacing(theme.px(12))
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        for place, (whom, tone, words) in enumerate(THREATS):
            if place:
                grid.addWidget(card.Separator(), 2 * place - 1, 0, 1, 3)
            grid.addWidget(card.PlainLabel(tr(whom), weight=theme.MEDIUM, wrap=True), 2 * place, 0)
            grid.addWidget(card.muted(tr(words), wrap=True), 2 * place, 1)
            grid.addWidget(Pill(states[tone], tone), 2 * place, 2, Qt.AlignmentFlag.AlignRight)
        made.body.addLayout(grid)
        return made

