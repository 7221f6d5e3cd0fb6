"""A Fault in the user's language: what happened and what to do next."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

import ui
from app.errors import Fault
from app.i18n import mark, number_text, tr

_OWN: dict[str, str] = {
    "fault": mark("That did not work, and nothing was changed. Please try again."),
    "cancelled": mark("Cancelled. Nothing was changed."),
    "vault.wrong_passphrase": mark(
        "This passphrase does not open the vault. Check caps lock and the keyboard layout, then try again."
    ),
    "vault.damaged": mark(
        "This vault is damaged. The file was left as it is: restore its newest backup, or rescue what can still be"
        " read."
    ),
    "vault.not_a_vault": mark(
        "This file is not a Tandembuch vault, or its beginning is destroyed and nothing is known of it here. Choose"
        " another file, or a copy of the vault from a stick or a share."
    ),
    "vault.empty": mark(
        "This file is empty: a copy was broken off, or the file has not been fetched here yet. Fetch or copy it once"
        " more, or choose another file."
    ),
    "vault.newer": mark(
        "A newer Tandembuch made this vault. Install the newer version on this computer to open it."
    ),
    "vault.in_use": mark(
        "This vault is open in another window or on another computer. Close it there, then try again."
    ),
    "vault.exists": mark("There is already a file of that name. Choose another name for the new vault."),
    "vault.missing": mark("The vault is not at this place. Look for the file, or choose another one."),
    "vault.memory": mark(
        "Opening a vault needs {mebibytes} MB of free memory for a moment. Close other programs, then try again."
    ),
    "vault.disk_full": mark("The disk is full. Make room on it, then repeat the last step; nothing was lost."),
    "vault.read_only": mark(
        "The vault can't be written here. Copy it to a folder in which you may write, then open that copy."
    ),
    "file.unwritable": mark("The file could not be written. Choose another folder, or close the file elsewhere."),
    "file.unreadable": mark("The file could not be read. Check that it is still there and not open elsewhere."),
}
_gathered: dict[str, str] = {}


def sentences() -> dict[str, str]:
    """All sentences by code: these here and those of every ``ui/words_<area>.py``."""
    if not _gathered:
        _gathered.update(_OWN)
        for module in iter_modules(ui.__path__):
            if module.name.startswith("words_"):
                _gathered.update(import_module(f"ui.{module.name}").SENTENCES)
    return _gathered


def sentence(fault: Fault) -> str:
    """The sentence for a fault, with its facts filled in."""
    known = sentences()
    text = known.get(f"{fault.code}.{fault.facts.get('rule')}") or known.get(fault.code) or known["fault"]
    facts = {key: number_text(fact) if isinstance(fact, int) else str(fact) for key, fact in fault.facts.items()}
    return tr(text).format(**facts)
