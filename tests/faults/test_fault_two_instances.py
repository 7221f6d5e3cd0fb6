"""Two programs and one vault: the second one is refused, in words, and never writes a byte."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from fault_figures import runs, show, whole
from filled_vault import fill
from quick_vaults import PASSPHRASE
from warm_child import CHILD, WarmChild, warm

from app.errors import VaultInUse
from app.store.vault import open_vault, restore_newest

__all__ = ["warm"]
pytestmark = [
    pytest.mark.usefixtures("quick_key"),
    pytest.mark.skipif(os.name == "nt", reason="fork is of POSIX"),
]


@runs(5, 100)
def test_a_second_one_never_writes(tmp_path: Path, warm: WarmChild, times: int) -> None:
    """Also where the lock file was removed: the database's own lock keeps it out."""
    path, shelf, twin = (tmp_path / name for name in ("vault.tandembuch", "shelf", "twin.tandembuch"))
    fill(path)
    shutil.copy(path, twin)
    with open_vault(twin, PASSPHRASE) as vault:
        vault.back_up(shelf)
    figures: Counter[str] = Counter(attempts=0, refused=0, written=0)
    warm.start("hold", path)
    warm.expect("open")

    def attempt(act: Callable[[], object]) -> None:
        before, beside = path.read_bytes(), sorted(entry.name for entry in tmp_path.iterdir())
        figures["attempts"] += 1
        with pytest.raises(VaultInUse):
            act()
        figures["refused"] += 1
        figures["written"] += path.read_bytes() != before
        figures["written"] += sorted(entry.name for entry in tmp_path.iterdir()) != beside

    for _ in range(times):
        attempt(lambda: open_vault(path, PASSPHRASE))
        attempt(lambda: restore_newest(path, PASSPHRASE, shelf))
    path.with_name(f"{path.name}.lock").unlink()
    for _ in range(times // 5):  # each waits a second for the other one
        attempt(lambda: open_vault(path, PASSPHRASE))
    warm.kill()
    show("a second instance", figures)
    assert figures["refused"] == figures["attempts"] == 2 * times + times // 5
    assert not figures["written"]
    with open_vault(path, PASSPHRASE) as vault:
        assert whole(vault)


@runs(300, 20_000)
def test_those_that_come_and_go_never_both_hold_the_lock(tmp_path: Path, times: int) -> None:
    words = [sys.executable, str(CHILD), "take_turns", str(tmp_path / "vault.tandembuch"), str(times)]
    crowd = [subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    for process in crowd:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in crowd:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    said = [process.communicate()[0].split() for process in crowd]
    assert [process.returncode for process in crowd] == [0, 0, 0]
    figures: Counter[str] = Counter(held=sum(int(held) for held, _ in said), shared=sum(int(bad) for _, bad in said))
    show("three that take turns at the lock", figures)
    assert figures["held"] == 3 * times
    assert not figures["shared"]
