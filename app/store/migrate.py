"""Brings a vault's schema to this program's: one numbered script a step, all that are due in one transaction."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import Any

from app.errors import DamagedVault, NewerVault

APPLICATION_ID = 0x54425543  # "TBUC"
_SCRIPT = re.compile(r"^(\d{4})_\w+\.sql$")


def scripts() -> dict[int, str]:
    """The steps by their schema number, ascending."""
    found = {}
    for entry in files("app.store.migrations").iterdir():
        match = _SCRIPT.match(entry.name)
        if match:
            found[int(match[1])] = entry.read_text(encoding="utf-8")
    return dict(sorted(found.items()))


def newest() -> int:
    return max(scripts())


def version(connection: Any) -> int:
    """The vault's schema number; NewerVault where this program is too old, DamagedVault where it is not ours."""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    found = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if found > newest():
        raise NewerVault()
    if found and application != APPLICATION_ID:
        raise DamagedVault()
    return found


def migrate(connection: Any, start: int, end: int | None = None) -> None:
    """Runs every step after ``start`` up to ``end``, else to the newest; if one fails, none was taken.

    DamagedVault where a reference or a rule is broken afterwards; else what SQLCipher says of a step.
    """
    last = newest() if end is None else end
    due = {number: script for number, script in scripts().items() if start < number <= last}
    steps = [f"{script}\nPRAGMA user_version = {number};" for number, script in due.items()]
    if not steps:
        return
    try:
        # executescript commits whatever is open, so the transaction begins inside the script.
        connection.executescript("\n".join(["BEGIN IMMEDIATE;", *steps, f"PRAGMA application_id = {APPLICATION_ID};"]))
        if connection.execute("PRAGMA foreign_key_check").fetchone() or (
            start and connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok"
        ):
            raise DamagedVault()
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
