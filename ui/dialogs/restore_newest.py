"""The question before the newest backup takes the place of a damaged vault that is closed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.errors import Fault
from app.i18n import tr
from app.store import backups as shelf
from ui.dialogs import ask
from ui.parts.backup_state import moment_text


def may_restore(parent: QWidget, backups: Path, vault: Path) -> bool:
    """Whether the newest backup may take the vault's place. Fault "backups.none"."""
    newest = shelf.newest(shelf.of_closed_vault(backups, vault))
    if newest is None:
        raise Fault("backups.none")
    text = tr(
        "The newest backup is of {moment}. It takes the place of the damaged vault; the damaged file stays in the"
        " same folder under its name with “before” and the date. Whoever was deleted for good since then stays deleted"
        " if that can still be read in the damaged file; otherwise delete them again."
    ).format(moment=moment_text(newest))
    return ask.yes_no(parent, tr("Restore the newest backup"), text, tr("Restore"))
