"""What an import would bring into the lists, in words."""

from __future__ import annotations

from collections.abc import Sequence

from app.exchange.newcomers import Newcomers
from app.i18n import number_text, tr, trn

SAID = 4  # names of a kind; the others are counted


def newcomers_text(found: Newcomers) -> str:
    """"New in the lists: 2 departments (Einkuaf, Labor)"; "" where nothing is new."""
    parts = []
    for words, names in (
        (trn("{n} language", "{n} languages", len(found.languages)), found.languages),
        (trn("{n} topic", "{n} topics", len(found.topics)), found.topics),
        (trn("{n} department", "{n} departments", len(found.departments)), found.departments),
    ):
        if names:
            parts.append(f"{words.format(n=number_text(len(names)))} ({_first(names)})")
    return tr("New in the lists: {what}").format(what=" \u00b7 ".join(parts)) if parts else ""


def _first(names: Sequence[str]) -> str:
    said = ", ".join(names[:SAID])
    return f"{said}, …" if len(names) > SAID else said
