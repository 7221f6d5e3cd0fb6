"""What is killed, starved and fed with damage: a process of its own, ``python fault_child.py DEED ARGUMENT…``.

It says on its standard output what it has done, a line each; what it has said must outlast whatever comes next.
``serve`` forks a child for each deed that it is asked for (warm_child.py asks).
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import traceback
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from fault_damage import damage_source, mutate
from fault_hunger import starve, starve_whole
from fault_passphrase import change, rescue, starve_change
from filled_vault import count_up
from next_schema import with_next_schema
from quick_vaults import PASSPHRASE, QUICK

from app.errors import VaultInUse
from app.exchange.roster import ImportPlan
from app.services import notes, people
from app.services.erase import erase_person
from app.services.roster import import_roster
from app.store import copies, key
from app.store.lockfile import LockFile
from app.store.vault import Vault, create_vault, open_vault, restore_newest

key.PROFILES = QUICK
IMPORTED = 200


def say(*words: object) -> None:
    # One write for a line: it is said whole or not at all, and a recording shows it in one call.
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


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
        os.kill(os.getpid(), signal.SIGKILL)


def hold(path: str) -> None:
    """Keeps the vault open until the kill."""
    with open_vault(path, PASSPHRASE):
        say("open")
        signal.pause()


def look(path: str) -> None:
    """Opens and closes, which takes back what a crash left half done."""
    open_vault(path, PASSPHRASE).close()
    say("done")


def take_turns(path: str, times: str) -> None:
    """Takes the lock so many times, and says how often it was not alone with it."""
    mark, held, shared = Path(f"{path}.held"), 0, 0
    say("ready")
    sys.stdin.readline()
    while held < int(times):
        try:
            lock = LockFile(Path(path))
        except VaultInUse:
            continue
        held += 1
        try:
            os.close(os.open(mark, os.O_CREAT | os.O_EXCL))
            mark.unlink()
        except OSError:
            shared += 1
        lock.release()
    say(held, shared)


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
    say("done")


def bring_in(path: str, _backups: str) -> None:
    crowd = tuple(replace(people.blank(), given_name="A", family_name=f"B{number}") for number in range(IMPORTED))
    plan = ImportPlan(people_to_insert=crowd)
    with open_vault(path, PASSPHRASE) as vault:
        say("open")
        with vault.change("roster.import_roster") as change:
            import_roster(change, plan)
        say("done")


def migrate(path: str, backups: str) -> None:
    """Opens the vault with a program whose schema is one step further."""
    with with_next_schema():
        say("open")
        with open_vault(path, PASSPHRASE, backups=Path(backups)):
            say("done")


def session(path: str, backups: str) -> None:
    """A working session of all kinds of writing; says the fingerprint of each state that was committed."""
    with open_vault(path, PASSPHRASE) as vault:
        say("state", copies.fingerprint(vault.connection))
        for size in (400, 40, 40_000, 400, 9_000):
            count_up(vault, size)
            say("state", copies.fingerprint(vault.connection))
        vault.back_up(Path(backups))
        say("backed up")
        _rewrite(vault, 40_000)
        _rewrite(vault, 10)
        with vault.change("faults.remove") as change:
            notes.remove(change, [row[0] for row in change.rows("SELECT id FROM note ORDER BY id LIMIT 10")])
        say("state", copies.fingerprint(vault.connection))
        for turn in (vault.undo, vault.redo):
            turn()
            say("state", copies.fingerprint(vault.connection))
        vault.back_up(Path(backups))
        say("backed up")
        with vault.change("faults.person") as change:
            person = people.add(change, replace(people.blank(), given_name="A", family_name="B"))
        say("state", copies.fingerprint(vault.connection))
        erase_person(vault, person)
        say("state", copies.fingerprint(vault.connection))
    with open_vault(path, PASSPHRASE) as vault:
        _rewrite(vault, 400)
    say("closed")


def _rewrite(vault: Vault, size: int) -> None:
    with vault.change("faults.rewrite") as change:
        (identity,) = change.row("SELECT id FROM note ORDER BY id DESC LIMIT 1") or (0,)
        notes.edit(change, identity, body="Satz " * (size // 5))
    say("state", copies.fingerprint(vault.connection))


def create(path: str) -> None:
    with create_vault(path, PASSPHRASE):
        say("created")


def serve(says: str) -> None:
    """Forks a child for each list of words on the input and tells its number; at "reap" waits for it to end."""
    child = 0
    for line in sys.stdin:
        if line.strip() == "reap":
            answer = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        elif not (child := os.fork()):
            os.dup2(int(says), 1)
            _do(json.loads(line))
        else:
            answer = child
        sys.stdout.write(f"{answer}\n")
        sys.stdout.flush()


def _do(words: list[str]) -> None:
    """A child's whole life: nothing of its parent's ending is run."""
    try:
        DEEDS[words[0]](*words[1:])
        say("end")
        os._exit(0)
    except BaseException:
        os.write(2, traceback.format_exc().encode())
        say("failed")
        os._exit(1)


DEEDS: dict[str, Callable[..., Any]] = {
    deed.__name__: deed
    for deed in (
        edit, spill, hold, look, take_turns, back_up, restore, bring_in, migrate, session, create,
        change, starve_change, rescue, starve, starve_whole, mutate, damage_source, serve,
    )
}  # fmt: skip

if __name__ == "__main__":
    DEEDS[sys.argv[1]](*sys.argv[2:])
