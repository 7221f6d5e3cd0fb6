"""What the fault suites share: the short and the full run of a test, its figures, and what a vault must be."""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path

import pytest

from app.store.vault import Vault

FIGURES = "TANDEMBUCH_FIGURES"  # names the file that collects the figures; packaging/dev.py prints it as a table


def runs(short: int, full: int) -> pytest.MarkDecorator:
    """The same test twice: a short run, and a long one behind its marker."""
    return pytest.mark.parametrize(
        "times",
        [
            pytest.param(short, id="short"),
            pytest.param(full, id="full", marks=[pytest.mark.faults_full, pytest.mark.timeout(0)]),
        ],
    )


def show(name: str, figures: Counter[str]) -> None:
    """Prints the figures of a suite, and adds them to the table of the whole run."""
    text = ", ".join(f"{key} {count}" for key, count in sorted(figures.items()))
    print(f"\n{name}: {text}")
    if table := os.environ.get(FIGURES):
        with Path(table).open("a", encoding="utf-8") as stream:
            stream.write(json.dumps([name, text]) + "\n")


def counter(vault: Vault) -> tuple[int, int]:
    """The number of notes, and what the house says it is."""
    (notes,) = vault.row("SELECT count(*) FROM note") or (0,)
    said = vault.row("SELECT value FROM house WHERE key = 'counter'")
    return int(notes), int(said[0]) if said else 0


def whole(vault: Vault) -> bool:
    """Whether its pages, its structure and its references are right.

    A page that holds nothing may be broken: SQLite keeps no way back for it, and does not read it before it is written.
    So the broken ones may not be more than the free ones.
    """
    free = vault.row("PRAGMA freelist_count") or (0,)
    return (
        vault.rows("PRAGMA integrity_check") == [("ok",)]
        and not vault.rows("PRAGMA foreign_key_check")
        and len(vault.rows("PRAGMA cipher_integrity_check")) <= free[0]
    )
