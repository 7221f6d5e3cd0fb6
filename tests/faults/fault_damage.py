"""Deeds of the child: damage of every sort, one seed after the other, and how each ended."""

from __future__ import annotations

import json
import random
from collections import Counter
from pathlib import Path

from quick_vaults import PASSPHRASE

from app.errors import Fault
from app.store import backups as shelf_of
from app.store import copies
from app.store.connections import damage_named
from app.store.vault import Vault, open_vault

PAGE = 4096
WAYS = ("bit", "bits", "swap", "cut", "cut to a page", "longer", "zeroed", "noise", "old page", "head")


def mutate(folder: str, first: str, last: str) -> None:
    """Damages the vault in the folder in one way after the other, opens and reads it, and says how each ended.

    The folder holds ``vault.tandembuch``; a copy of it is damaged, never the vault itself.
    """
    pristine = (Path(folder) / "vault.tandembuch").read_bytes()
    victim, shelf = Path(folder) / f"victim {first}.tandembuch", Path(folder) / f"backups {first}"
    victim.write_bytes(pristine)
    with open_vault(victim, PASSPHRASE) as vault:
        expected = copies.fingerprint(vault.connection)
        vault.back_up(shelf)
    ends: Counter[str] = Counter()
    for seed in range(int(first), int(last)):
        way, content = damaged(pristine, random.Random(seed))
        victim.write_bytes(content)
        end = _opened_and_read(victim, shelf, Path(folder) / f"copies {first}", expected)
        ends[end] += 1
        if end.startswith(("uncaught", "WRONG")):
            ends[f"{end}: seed {seed}, {way}"] += 1
        if "opening" in end and victim.read_bytes() != content:
            ends["WRONG: a refused file was changed"] += 1
    print(json.dumps(ends))


def damaged(pristine: bytes, chance: random.Random) -> tuple[str, bytes]:
    """The way, and the content that is left."""
    content = bytearray(pristine)
    pages = len(content) // PAGE
    way = chance.choice(WAYS)
    at = chance.randrange(len(content))
    one, other = (chance.randrange(pages) * PAGE for _ in range(2))
    if way in ("bit", "bits"):
        for _ in range(1 if way == "bit" else 40):
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    elif way in ("swap", "old page"):
        first, second = content[one : one + PAGE], content[other : other + PAGE]
        content[other : other + PAGE] = first
        if way == "swap":
            content[one : one + PAGE] = second
    elif way in ("cut", "cut to a page"):
        del content[at if way == "cut" else one :]
    elif way == "longer":
        content += chance.randbytes(chance.choice((1, 100, PAGE, 3 * PAGE)))
    elif way == "head":
        content[chance.randrange(16)] ^= 1 << chance.randrange(8)
    else:
        length = min(chance.choice((1, 16, 512, PAGE, 10 * PAGE)), len(content) - at)
        content[at : at + length] = bytes(length) if way == "zeroed" else chance.randbytes(length)
    return way, bytes(content)


def _opened_and_read(victim: Path, shelf: Path, target: Path, expected: str) -> str:
    try:
        vault = open_vault(victim, PASSPHRASE, backups=shelf)
    except Fault as fault:
        return f"{fault.code} on opening"
    except Exception as error:
        return f"uncaught {type(error).__name__} on opening"
    with vault:
        try:
            made = vault.back_up(target)
        except Fault as fault:
            kept = f"{fault.code} on backup"
        except Exception as error:
            return f"uncaught {type(error).__name__} on backup"
        else:
            kept = "backed up"
            with open_vault(made.path, PASSPHRASE) as copy:
                if copies.fingerprint(copy.connection) != expected:
                    return "WRONG: a bad copy was accepted"
        return f"{kept}, {_read(vault, expected)}"


def _read(vault: Vault, expected: str) -> str:
    try:
        with damage_named():
            found = copies.fingerprint(vault.connection)
    except Fault as fault:
        return f"{fault.code} on reading"
    except Exception as error:
        return f"uncaught {type(error).__name__} on reading"
    return "identical" if found == expected else "WRONG: other content was read"


def damage_source(folder: str, first: str, last: str) -> None:
    """Backs up a vault that is damaged before it is opened or while it is open, and proves what lies on the shelf.

    The folder holds ``vault.tandembuch``; every second damage happens to the open file.
    """
    pristine = (Path(folder) / "vault.tandembuch").read_bytes()
    victim, shelf = Path(folder) / f"source {first}.tandembuch", Path(folder) / f"kept {first}"
    victim.write_bytes(pristine)
    with open_vault(victim, PASSPHRASE) as vault:
        expected = copies.fingerprint(vault.connection)
        good = vault.back_up(shelf)
    kept = good.path.read_bytes()
    ends: Counter[str] = Counter()
    for seed in range(int(first), int(last)):
        chance = random.Random(seed)
        ends[_backed_up(victim, pristine, shelf, chance, before=seed % 2 == 0)] += 1
        found = shelf_of.listed(good.path.parent, hashed=True)
        ends["lost"] += good.path not in [one.path for one in found] or good.path.read_bytes() != kept
        for one in found:
            with open_vault(one.path, PASSPHRASE) as copy:
                ends["bad"] += not one.verified or copies.fingerprint(copy.connection) != expected
            if one.path != good.path:
                one.path.unlink()
        ends["left over"] += any(entry.name.endswith(".part") for entry in good.path.parent.iterdir())
    print(json.dumps(ends))


def _backed_up(victim: Path, pristine: bytes, shelf: Path, chance: random.Random, *, before: bool) -> str:
    content = damaged(pristine, chance)[1]
    victim.write_bytes(content if before else pristine)
    try:
        with open_vault(victim, PASSPHRASE) as vault:
            if not before:
                victim.write_bytes(content)
            vault.back_up(shelf)
    except Fault as fault:
        return fault.code
    except Exception as error:
        return f"uncaught {type(error).__name__}"
    return "backed up"
