"""What this vault's recovery sheet needs, said in a banner and in a pill; each with the dialog that does it."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.kinds import Kind
from app.i18n import date_text, tr
from app.store import sheets
from app.store.sheets import Due
from ui.desk import Desk
from ui.dialogs import ask
from ui.parts.banner import Banner


def sheet_state(desk: Desk) -> tuple[str, str, str]:
    """Of the sheet: the pill's words, its tone, and when it was typed last."""
    if desk.throwaway:
        return tr("The demo has none"), "muted", ""
    facts = sheets.facts(desk.vault)
    due = facts.due(date.today())
    if due is Due.NEVER_PROVED:
        return tr("Not proved yet"), "warn", ""
    typed = tr("typed on {date}").format(date=date_text(facts.proved_on))
    return (tr("Proved"), "ok", typed) if due is Due.NOT_DUE else (tr("Prove it again"), "warn", typed)


def print_sheet(desk: Desk, parent: QWidget) -> None:
    """Shows the sheet after the passphrase, to be printed and proved."""
    from ui.dialogs.sheet_again import PrintSheet  # the dialogs bring the documents, and the overview can't wait

    ask.run(PrintSheet(desk.vault, parent))
    _tell(desk)


def prove_sheet(desk: Desk, parent: QWidget) -> None:
    """Lets the sheet be typed."""
    from ui.dialogs.sheet_again import ProveSheet

    if ask.run(ProveSheet(desk.vault, parent)):
        desk.say(tr("The recovery sheet is proved."))
    _tell(desk)


def change_passphrase(desk: Desk, parent: QWidget) -> None:
    """Half-typed texts are saved first: the vault is closed to everybody else while it is encrypted anew."""
    from ui.dialogs.change_passphrase import ChangePassphrase

    desk.flushing.emit()
    ask.run(ChangePassphrase(desk.vault, desk.places.backups, parent))
    if desk.vault.closed:  # encrypted anew, and then the file could not be opened again
        desk.lock_wanted.emit()
    _tell(desk)


def _tell(desk: Desk) -> None:
    if not desk.vault.closed:
        desk.changed.emit(frozenset({Kind.HOUSE}))


class SheetReminder(QWidget):
    """A banner while the sheet is due; closed by the user it stays away until the next unlock."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.banner: Banner | None = None
        self._closed = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def refresh(self) -> None:
        """Looks at the facts again."""
        if self.banner is not None:
            self.banner.deleteLater()
            self.banner = None
        facts = sheets.facts(self.desk.vault)
        due = Due.NOT_DUE if self.desk.throwaway or self._closed else facts.due(date.today())
        self.setVisible(due is not Due.NOT_DUE)
        if due is Due.NOT_DUE:
            return
        if due is Due.NEVER_PROVED:
            text = tr(
                "The recovery sheet is not proved yet. Without it nobody opens this vault if the passphrase is"
                " forgotten."
            )
            self.banner = Banner("warn", text, tr("Print the sheet …"))
            self.banner.acted.connect(lambda: print_sheet(self.desk, self))
        else:
            text = tr("You typed the recovery sheet last on {date}. Is it still there and right?")
            self.banner = Banner("warn", text.format(date=date_text(facts.proved_on)), tr("Prove the sheet …"))
            self.banner.acted.connect(lambda: prove_sheet(self.desk, self))
        self.banner.closed.connect(self._close)
        self._column.addWidget(self.banner)

    def _close(self) -> None:
        self._closed = True
        self.hide()
