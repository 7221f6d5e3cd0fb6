"""Security: what protects whom against what, in plain sentences, and the state of this vault."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from app.domain.kinds import Kind
from app.i18n import date_text, mark, number_text, tr
from app.store import sheets
from app.store.key import CURRENT_PROFILE, PROFILES
from ui import theme
from ui.dialogs import ask
from ui.dialogs.backups import Backups
from ui.dialogs.move_here import may_move
from ui.dialogs.sheet_reminder import change_passphrase, print_sheet, prove_sheet, sheet_state
from ui.parts import buttons, card
from ui.parts.backup_state import check_text, last_text, state_text
from ui.parts.page import Page
from ui.parts.pills import Pill
from ui.parts.protection_words import protection
from ui.parts.scroll import MarginScroll, Sheet
from ui.parts.whereabouts import PlaceWarning


class SecurityPage(Page):
    key = "security"
    title = mark("Security")
    icon = "shield-check"
    listens: ClassVar[frozenset[Kind]] = frozenset({Kind.HOUSE})

    def build(self) -> None:
        _, _, actions = self.head(subtitle=tr("What is protected against whom, and what is not."))
        lock = buttons.primary(tr("Lock now"), "lock")
        lock.clicked.connect(self.desk.lock_wanted)
        actions.addWidget(lock)
        inner, area = Sheet(), MarginScroll()
        column = card.column(spacing=16)
        inner.setLayout(column)
        area.setWidget(inner)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setAccessibleName(tr("What is protected against whom"))
        self.add_scrolled(area)
        column.addWidget(self._state())
        column.addWidget(protection())
        column.addStretch(1)

    def _state(self) -> QWidget:
        made = card.Card()
        made.body.addWidget(card.subheading(tr("This vault")))
        self.place = PlaceWarning(offer=True)
        self.place.local_wanted.connect(self._keep_here)
        self.place.show_for(None if self.desk.throwaway else self.desk.vault.path)
        made.body.addWidget(self.place)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.px(24))
        self._grid.setVerticalSpacing(theme.px(10))
        self._grid.setColumnStretch(1, 1)
        kind = tr("Coordination office") if self.desk.vault.kind == "programme" else tr("Notebook")
        self._line(tr("File"), card.PlainLabel(str(self.desk.vault.path), wrap=True, selectable=True))
        self._line(tr("Kind"), card.PlainLabel(kind))
        self.format_state, self.format = Pill(), card.muted("", wrap=True)
        self._line(tr("Format"), self.format_state, self.format)
        self._keys()
        self.backup_state, self.backup_made = Pill(), card.muted("")
        self.backups = buttons.secondary(tr("Backups …"), "archive")
        self.backups.clicked.connect(self._show_backups)
        self._line(tr("Last backup"), self.backup_state, self.backup_made, 1, self.backups)
        self.checked = card.muted("", wrap=True)
        self._line(tr("Full check"), self.checked)
        self.idle = card.PlainLabel("")
        self._line(tr("Locks when idle"), self.idle)
        self._show_idle()
        self.desk.settings_changed.connect(self._show_idle)
        made.body.addLayout(self._grid)
        return made

    def _show_idle(self) -> None:
        self.idle.setText(tr("after {n} min").format(n=self.desk.settings.idle_minutes))

    def _keys(self) -> None:
        """The lines of passphrase and sheet."""
        self.passphrase_state, self.passphrase_set = Pill(), card.muted("")
        self.change = buttons.secondary(tr("Change the passphrase …"), "key-round")
        self.change.clicked.connect(lambda: change_passphrase(self.desk, self))
        self._line(tr("Passphrase"), self.passphrase_state, self.passphrase_set, 1, self.change)
        self.sheet_state, self.sheet_typed = Pill(), card.muted("")
        self.prove = buttons.secondary(tr("Prove the sheet …"), "check")
        self.prove.clicked.connect(lambda: prove_sheet(self.desk, self))
        self.print = buttons.secondary(tr("Print the sheet …"), "printer")
        self.print.clicked.connect(lambda: print_sheet(self.desk, self))
        self._line(tr("Recovery sheet"), self.sheet_state, self.sheet_typed, 1, self.prove, self.print)
        for button in (self.change, self.prove, self.print):
            button.setEnabled(not self.desk.throwaway)

    def _line(self, name: str, *things: QWidget | int) -> None:
        row = self._grid.rowCount()
        first = things
        if theme.crowded() and 1 in things:  # the buttons below what they belong to
            first = (*things[: things.index(1)], 1)
            below = card.row(*things[things.index(1) + 1 :], 1, spacing=10)
            self._grid.addLayout(below, row + 1, 1)
        line = card.row(*first, spacing=10)
        if len(things) <= 2:
            line.setStretch(len(things) - 1, 1)
        self._grid.addWidget(card.muted(name), row, 0)
        self._grid.addLayout(line, row, 1)

    def refresh(self) -> None:
        """Reads again what the vault and its backups say of themselves."""
        self._show_format()
        facts = sheets.facts(self.desk.vault)
        if self.desk.vault.by_sheet:
            self.passphrase_state.set(tr("Opened with the sheet"), "warn")
        else:
            self.passphrase_state.set(tr("In force"), "ok")
        words = tr("changed on {date}") if facts.changed_on else tr("set on {date}")
        self.passphrase_set.setText(words.format(date=date_text(facts.changed_on or facts.made_on)))
        state, tone, typed = sheet_state(self.desk)
        self.sheet_state.set(state, tone)
        self.sheet_typed.setText(typed)
        self.backup_state.set(*state_text(self.desk))
        self.backup_made.setText(last_text(self.desk))
        self.checked.setText(check_text(self.desk))

    def _show_format(self) -> None:
        number = self.desk.vault.header[3]
        profile = PROFILES[number]
        (schema,) = self.desk.vault.row("PRAGMA user_version") or (0,)
        current = number == CURRENT_PROFILE
        self.format_state.set(tr("Current") if current else tr("Older"), "ok" if current else "warn")
        memory = number_text(profile.memory_kib // 1024)
        plain = tr(
            "Encrypted with AES-256. Each guess of the passphrase takes {mebibytes} MB of memory, so guessing is slow."
        )
        self.format.setText(plain.format(mebibytes=memory))
        exact = tr(
            "Format {number}, schema {schema}: SQLCipher 4 (AES-256); each guess of the passphrase costs {mebibytes} MB"
            " and {passes} passes (Argon2id)."
        )
        facts = {"mebibytes": memory, "passes": profile.time_cost}
        self.format.setToolTip(exact.format(number=number, schema=schema, **facts))  # for who asks, the house's IT

    def _keep_here(self) -> None:
        if may_move(self, self.desk.places.vaults):
            self.desk.move_wanted.emit()

    def _show_backups(self) -> None:
        ask.run(Backups(self.desk, self))
        if not self.desk.vault.closed:
            self.refresh()
