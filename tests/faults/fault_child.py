"""What is killed, starved and fed with damage: a process of its own, ``python fault_child.py DEED ARGUMENT…``.

It says on its standard output what it has done, a line each; what it has said must outlast whatever comes next.
"""

from __future__ import annotations

import json
import os
import random
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from app.errors import Fault
from app.exchange.roster import ImportPlan
from app.services import houses, notes, people
from app.services.roster import import_roster
from app.store import copies, key
from app.store.connections import damage_named
from app.store.vault import Vault, create_vault, open_vault, restore_newest

key.PROFILES = {1: key.Profile(1, 8, 1)}
PASSPHRASE = "Krähe-Würfel-7-Lampe"
IMPORTED = 200
PAGE = 4096
WAYS = ("bit", "bits", "swap", "cut", "cut to a page", "longer", "zeroed", "noise", "old page", "head")


def say(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def count_up(vault: Vault, size: int = 400) -> int:
    """One change: a note more, and the counter in the house settings."""
    with vault.change("faults.count_up") as change:
        (number,) = change.row("SELECT count(*) FROM note") or (0,)
        notes.add(change, title=f"Notiz {number + 1}", body="Wort " * (size // 5))
        houses.set_house(change, counter=str(number + 1))
    return int(number) + 1


def fill(path: str, count: str) -> None:
    """A vault with so many notes."""
    with create_vault(path, PASSPHRASE) as vault:
        for _ in range(int(count)):
            count_up(vault)


def edit(path: str) -> None:
    """Edits without end, and says the counter after each commit."""
    chance = random.Random(os.getpid())
    with open_vault(path, PASSPHRASE) as vault:
        say("open")
        while True:
            say(count_up(vault, chance.choice((40, 400, 40_000))))


def spill(path: str) -> None:
    """Dies inside a change so large that it is half in the file: leaves a journal that has to be played back."""
    vault = open_vault(path, PASSPHRASE)
    vault.connection.set_authorizer(None)
    vault.connection.execute("PRAGMA cache_size = 20")
    with vault.change("faults.spill") as change:
        change.execute("UPDATE note SET body = body || body")
        for number in range(100):
            notes.add(change, title=f"verloren {number}", body="Wort " * 1000)
        say("spilt")
        os.kill(os.getpid(), 9)


def hold(path: str) -> None:
    """Keeps the vault open until its input ends."""
    with open_vault(path, PASSPHRASE):
        say("open")
        sys.stdin.read()


def back_up(path: str, backups: str) -> None:
    with open_vault(path, PASSPHRASE) as vault:
        say("open")
        while True:
            count_up(vault)
            vault.back_up(Path(backups))
            say("backed up")


def restore(path: str, backups: str) -> None:
    say("open")
    restore_newest(path, PASSPHRASE, Path(backups))
    say("restored")


def bring_in(path: str) -> None:
    from dataclasses import replace

    crowd = tuple(replace(people.blank(), given_name="A", family_name=f"B{number}") for number in range(IMPORTED))
    plan = ImportPlan(people_to_insert=crowd)
    with open_vault(path, PASSPHRASE) as vault:
        say("open")
        with vault.change("roster.import_roster") as change:
            import_roster(change, plan)
        say("imported")


def starve(path: str, backups: str, steps: str) -> None:
    """Writes under a limit on the size of files that rises step by step; says what each attempt came to."""
    import resource

    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    ends: Counter[str] = Counter()
    with open_vault(path, PASSPHRASE) as vault:
        done = int((vault.row("SELECT count(*) FROM note") or (0,))[0])
        for step in range(int(steps)):
            size = Path(path).stat().st_size
            limit = random.Random(step).choice((512, 4096, 60_000, size - 5000, size, size + 4096, size + 60_000))
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
            ends[_end_of(lambda: count_up(vault, 60_000))] += 1
            ends["backup " + _end_of(lambda: vault.back_up(Path(backups)))] += 1
            resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
            now = int((vault.row("SELECT count(*) FROM note") or (0,))[0])
            ends["lost"] += now < done
            done = count_up(vault, 40)
            ends["unusable"] += done != now + 1
        vault.back_up(Path(backups))
    say(json.dumps(ends))


def _end_of(act: Callable[[], object]) -> str:
    try:
        act()
    except Fault as fault:
        return fault.code
    except Exception as error:
        return f"uncaught {type(error).__name__}"
    return "done"


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
        way, content = _damaged(pristine, random.Random(seed))
        victim.write_bytes(content)
        end = _opened_and_read(victim, shelf, Path(folder) / f"copies {first}", expected)
        ends[end] += 1
        if end.startswith(("uncaught", "WRONG")):
            ends[f"{end}: seed {seed}, {way}"] += 1
        if "opening" in end and victim.read_bytes() != content:
            ends["WRONG: a refused file was changed"] += 1
    say(json.dumps(ends))


def _damaged(pristine: bytes, chance: random.Random) -> tuple[str, bytes]:
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


DEEDS: dict[str, Callable[..., Any]] = {
    deed.__name__: deed for deed in (fill, edit, spill, hold, back_up, restore, bring_in, starve, mutate)
}

if __name__ == "__main__":
    DEEDS[sys.argv[1]](*sys.argv[2:])
