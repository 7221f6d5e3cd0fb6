"""What can go wrong: a Fault is expected and becomes a sentence in the window, a Bug should never happen.

Neither ever carries the name of a person or a line of a note: facts are counts, dates and words of the program.
"""

from __future__ import annotations


class Fault(Exception):
    """Something expected went wrong and nothing was changed. ``code`` names the sentence, ``facts`` fill it."""

    code = "fault"

    def __init__(self, code: str | None = None, **facts: object) -> None:
        if code is not None:
            self.code = code
        self.facts = facts
        super().__init__(self.code)


class Bug(Exception):
    """The program contradicts itself; the crash dialog shows it."""


class Cancelled(Fault):
    """The user cancelled; nothing was changed."""

    code = "cancelled"


class VaultFault(Fault):
    """The vault could not be opened; the file is as it was."""


class WrongPassphrase(VaultFault):
    code = "vault.wrong_passphrase"


class EarlierPassphrase(WrongPassphrase):
    """It opened the vault once, before the passphrase was changed."""

    code = "vault.earlier_passphrase"


class DamagedVault(VaultFault):
    code = "vault.damaged"


class NotAVault(VaultFault):
    code = "vault.not_a_vault"


class EmptyFile(NotAVault):
    code = "vault.empty"


class NewerVault(VaultFault):
    code = "vault.newer"


class VaultInUse(VaultFault):
    code = "vault.in_use"
