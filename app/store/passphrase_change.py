"""A new passphrase: a new salt, a new key, a vault encrypted anew, and what becomes of the backups before it."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.errors import Cancelled, Fault
from app.store import backups as shelf
from app.store import sheets
from app.store.copies import Step, no_step
from app.store.key import derive_master, new_header, raw_key
from app.store.recovery import recovery_code
from app.store.unlocking import remember_header
from app.store.vault import Vault

_BACKED_UP, _DERIVED, _SWITCHED = 0.3, 0.4, 0.8  # of the whole work


@dataclass(frozen=True, slots=True)
class Changed:
    """``code``: of the new sheet. ``fault``: why there is no backup under the new passphrase yet, or None."""

    code: str
    fault: Fault | None


def change_passphrase(
    vault: Vault, passphrase: str, backups: Path, today: date, step: Step = no_step, *, kept: bool = True
) -> Changed:
    """Encrypts the vault anew; from then on only the new passphrase and the new sheet open it.

    A verified backup comes first (unless ``kept`` is False), one under the new passphrase last. ``step`` may raise
    Cancelled until the new file takes the old one's place. Faults of ``Vault.back_up`` and ``Vault.rekey``,
    "vault.memory", "passphrase.same": vault, passphrase and sheet are the old ones then.
    """
    if vault.is_opened_by(passphrase):
        raise Fault("passphrase.same")
    if kept:
        vault.back_up(backups, lambda share: step(_BACKED_UP * share))
    header = new_header()
    master = derive_master(passphrase, header)
    step(_DERIVED)
    if kept:
        folder = shelf.folder_of(backups, vault.id)
        remember_header(folder, vault.header)
        remember_header(folder, header)
    facts = {sheets.CHANGED_ON: today.isoformat(), sheets.PROVED_ON: ""}
    vault.rekey(raw_key(master, header), facts, lambda share: step(_DERIVED + (_SWITCHED - _DERIVED) * share))
    fault = _backed_up_after(vault, backups, step) if kept else None
    return Changed(recovery_code(master), fault)


def _backed_up_after(vault: Vault, backups: Path, step: Step) -> Fault | None:
    """The passphrase is changed by now: nothing that happens here takes that back."""

    def told(share: float) -> None:
        with suppress(Cancelled):
            step(_SWITCHED + (1 - _SWITCHED) * share)

    try:
        vault.back_up(backups, told)
    except Fault as fault:
        return fault
    return None


def of_earlier(vault: Vault, found: Iterable[shelf.Backup]) -> tuple[shelf.Backup, ...]:
    """The backups that open with an earlier passphrase of this vault."""
    return tuple(backup for backup in found if backup.header != vault.header)


def forget_earlier(vault: Vault, folders: Iterable[Path]) -> int:
    """Deletes the backups under earlier passphrases in these folders; gives how many.

    Only where a verified one under the passphrase of today lies in the first of them: its file is read whole. Fault
    "passphrase.no_backup", and nothing is deleted.
    """
    places = tuple(folders)
    today = shelf.listed(places[0], hashed=True)
    if not any(backup.verified and backup.header == vault.header for backup in today):
        raise Fault("passphrase.no_backup")
    count = 0
    for place in places:
        for backup in of_earlier(vault, shelf.listed(place)):
            shelf.remove(backup)
            count += not backup.path.exists()
    return count
