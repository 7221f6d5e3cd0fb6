"""The recovery sheet of an open vault: its code, the proof that the paper is right, and when that was given last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum

from app.errors import Fault, WrongPassphrase
from app.store.key import derive_master
from app.store.recovery import recovery_code
from app.store.unlocking import Code
from app.store.vault import Source, Vault

PROVED_ON, CHANGED_ON = "sheet_proved_on", "passphrase_changed_on"
DUE_AFTER = 183  # days: half a year


class Due(Enum):
    """Whether the sheet should be proved."""

    NEVER_PROVED = "never"
    LONG_AGO = "long ago"
    NOT_DUE = "not due"


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """When the sheet was proved by typing it, when the passphrase was changed; None for never."""

    proved_on: date | None
    changed_on: date | None
    made_on: date

    def due(self, today: date) -> Due:
        """A day in the future is a wrong clock's: the sheet is due then."""
        if self.proved_on is None:
            return Due.NEVER_PROVED
        return Due.NOT_DUE if 0 <= (today - self.proved_on).days <= DUE_AFTER else Due.LONG_AGO


def facts(source: Source) -> SheetFacts:
    """What the vault knows about its sheet."""
    kept: dict[str, str] = dict(source.rows("SELECT key, value FROM meta"))
    made_at = datetime.fromtimestamp(int(kept["created_at"]) / 1000, UTC).astimezone()
    return SheetFacts(_day(kept.get(PROVED_ON, "")), _day(kept.get(CHANGED_ON, "")), made_at.date())


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def code_of(vault: Vault, passphrase: str) -> str:
    """The code of the sheet. WrongPassphrase where the passphrase is not the vault's; slow, as opening it."""
    master = derive_master(passphrase, vault.header)
    code = recovery_code(master)
    if not vault.is_opened_by(Code(code)):
        raise WrongPassphrase()
    return code


def prove(vault: Vault, typed: str, today: date) -> None:
    """Keeps the day on which the code was typed from the paper.

    Faults of ``master_of``; "recovery.not_this" where the code is right but of another vault or an earlier passphrase.
    """
    if not vault.is_opened_by(Code(typed)):
        raise Fault("recovery.not_this")
    with vault.change("sheets.prove", undoable=False) as change:
        change.execute("DELETE FROM meta WHERE key = ?", (PROVED_ON,))
        change.execute("INSERT INTO meta (key, value) VALUES (?, ?)", (PROVED_ON, today.isoformat()))
