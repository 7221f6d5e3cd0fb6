"""No room on the disk, at each place where something is written: it is said, nothing is lost, and it goes on after."""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path

import pytest
from fault_figures import counter, runs, show, whole
from filled_vault import NOTES, fill
from quick_vaults import PASSPHRASE
from warm_child import result

from app.store.vault import open_vault

pytestmark = [
    pytest.mark.usefixtures("quick_key"),
    pytest.mark.skipif(os.name == "nt", reason="limits of POSIX"),
]
SAID = ("vault.disk_full", "backups.disk_full")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A closed vault of 40 notes."""
    fill(tmp_path / "vault.tandembuch")
    return tmp_path / "vault.tandembuch"


def _said_or_done(figures: Counter[str]) -> bool:
    return all(end.split()[-1] in ("done", *SAID) for end in figures if figures[end] and " " in end)


@runs(12, 300)
def test_an_open_vault_without_room_says_so_and_loses_nothing(path: Path, tmp_path: Path, times: int) -> None:
    (said,) = result("starve", path, tmp_path / "backups", times)
    figures: Counter[str] = Counter(json.loads(said))
    show("disk full, edits and backups", figures)
    assert figures["lost"] == figures["unusable"] == 0
    assert _said_or_done(figures)
    for verb in ("edit", "backup"):
        assert sum(count for end, count in figures.items() if end.startswith(verb)) == times
        assert figures[f"{verb} done"] < times
    with open_vault(path, PASSPHRASE) as vault:
        assert whole(vault)
        assert counter(vault)[1] == NOTES
        assert not vault.needs_backup(tmp_path / "backups")
        assert all(backup.verified for backup in vault.backups(tmp_path / "backups", hashed=True))


@runs(4, 150)
def test_whole_acts_without_room_leave_the_old_or_the_new_state(path: Path, times: int) -> None:
    (said,) = result("starve_whole", path.parent, times)
    figures: Counter[str] = Counter(json.loads(said))
    show("disk full, whole acts", figures)
    assert figures["lost"] == 0
    assert _said_or_done(figures)
    for verb in ("create", "restore", "import", "migrate"):
        assert sum(count for end, count in figures.items() if end.startswith(verb)) == times
        assert figures[f"{verb} done"] < times
