"""The recovery code mistyped in every way: it never opens the vault, and it always comes back when typed right."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest
from fault_figures import runs, show
from quick_vaults import PASSPHRASE

from app.errors import Fault
from app.store import sheets
from app.store.recovery import LETTERS, master_of, recovery_code
from app.store.unlocking import Code
from app.store.vault import create_vault

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

pytestmark = pytest.mark.usefixtures("quick_key")


@runs(200, 100_000)
def test_no_typo_ever_opens_the_vault(tmp_path: Path, times: int) -> None:
    """One to four signs changed, swapped, left out or doubled, against the vault's own key."""
    chance = random.Random(times)
    figures: Counter[str] = Counter(typos=times, opened=0)
    with create_vault(tmp_path / "vault.tandembuch", PASSPHRASE) as vault:
        code = sheets.code_of(vault, PASSPHRASE)
        for _ in range(times):
            typed = mistyped(code.replace("-", ""), chance)
            try:
                opened = vault.is_opened_by(Code(typed))
            except Fault as fault:
                figures[fault.code] += 1
            else:
                figures["opened"] += opened
                figures["another master"] += not opened
    show("recovery code, typos", figures)
    assert figures["opened"] == 0
    assert figures["recovery.group"] > times / 10


def mistyped(signs: str, chance: random.Random) -> str:
    typed = list(signs)
    while "".join(typed) == signs:
        for _ in range(chance.choice((1, 1, 1, 2, 4))):
            place = chance.randrange(len(typed) - 1)
            way = chance.choice(("change", "change", "swap", "swap groups", "leave out", "double"))
            if way == "change":
                typed[place] = chance.choice(SIGNS)
            elif way == "swap":
                typed[place : place + 2] = reversed(typed[place : place + 2])
            elif way == "swap groups":
                at = chance.randrange(7) * LETTERS
                typed[at : at + 2 * LETTERS] = typed[at + LETTERS : at + 2 * LETTERS] + typed[at : at + LETTERS]
            elif way == "leave out":
                del typed[place]
            else:
                typed.insert(place, typed[place])
    return "".join(typed)


@runs(1000, 100_000)
def test_every_code_comes_back(times: int) -> None:
    chance = random.Random(times)
    for _ in range(times):
        master = chance.randbytes(20)
        code = recovery_code(master)
        assert master_of(code) == master
        assert master_of(code.lower().replace("-", " ")) == master
    show("recovery code, written and read", Counter(codes=times, wrong=0))
