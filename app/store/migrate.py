"""Brings a vault's schema to this program's: one numbered script a step, each in a transaction of its own."""

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
    """Runs every step after ``start`` up to ``end``, else to the newest; one that fails leaves the schema before it."""
    for number, script in scripts().items():
        if number <= start or (end is not None and number > end):
            continue
        try:
            # executescript commits whatever is open, so the transaction is part of the script.
            connection.executescript(
                f"BEGIN IMMEDIATE;\n{script}\nPRAGMA application_id = {APPLICATION_ID};\n"
                f"PRAGMA user_version = {number};\nCOMMIT;"
            )
        except Exception:
            if connection.in_transaction:
                connection.rollback()
            raise
    if connection.execute("PRAGMA foreign_key_check").fetchone() or (
        start and connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok"
    ):
        raise DamagedVault()
