"""Damaged files: refused in a sentence, or read as they were; and a damaged vault never pushes out a good backup."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from fault_damage import WAYS
from fault_figures import runs, show
from filled_vault import fill
from warm_child import result

from app import i18n
from app.i18n import tr
from ui.words import sentences

pytestmark = pytest.mark.usefixtures("quick_key")
CHUNK = 500
# What a user is told to do, in the two languages; a sentence on damage without one of these leaves its reader alone.
NEXT_STEPS = {
    "en": (
        "restore", "choose", "check", "open", "install", "look for", "make room", "try again",
        "make a", "type", "compare", "print", "close", "copy", "repeat", "lock it", "plug in",
    ),  # fmt: skip
    "de": ("stellen", "wählen", "prüfen", "öffnen", "installieren", "suchen", "schaffen sie", "versuchen"),
}


def names_a_next_step(code: str, language: str) -> bool:
    """Whether the sentence for a fault has words of what to do now."""
    with i18n.speaking(language):
        sentence = tr(sentences()[code]).lower()
    return any(step in sentence for step in NEXT_STEPS[language])


def test_every_sentence_on_the_vault_names_a_next_step() -> None:
    of_vaults = ("vault.", "backups.", "passphrase.", "recovery.", "salvage.", "checks.")
    silent = [code for code in sentences() if code.startswith(of_vaults) and not names_a_next_step(code, "en")]
    assert not silent


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """The folder of a closed vault of 40 notes."""
    fill(tmp_path / "vault.tandembuch")
    return tmp_path


@runs(60, 10_000)
def test_a_damaged_file_is_refused_or_reads_the_same(filled: Path, times: int) -> None:
    figures: Counter[str] = Counter()
    for first in range(0, times, CHUNK):
        (said,) = result("mutate", filled, first, min(first + CHUNK, times))
        figures += Counter(json.loads(said))
    show(f"{len(WAYS)} ways of damage to a file", figures)
    assert not [end for end in figures if "WRONG" in end or "uncaught" in end]
    assert sum(figures.values()) == times
    assert not [end for end in figures if "wrong_passphrase" in end]  # the backups tell damage from a slip
    codes = {word.strip(",") for end in figures for word in end.split() if "." in word}
    assert codes
    assert not [(code, lang) for code in codes for lang in NEXT_STEPS if not names_a_next_step(code, lang)]


@runs(12, 500)
def test_a_backup_of_a_damaged_vault_is_refused_and_the_good_one_stays(filled: Path, times: int) -> None:
    figures: Counter[str] = Counter()
    for first in range(0, times, CHUNK):
        (said,) = result("damage_source", filled, first, min(first + CHUNK, times))
        figures += Counter(json.loads(said))
    show("damaged source x backup", figures)
    assert not figures["bad"] + figures["lost"] + figures["left over"]
    assert not [end for end in figures if "uncaught" in end]
    assert sum(figures.values()) == times
    assert figures["backups.source_damaged"] > 0
