"""Deeds of the child: writing with no room, a limit on the size of files that is swept over all that is written."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path

from next_schema import with_next_schema
from quick_vaults import PASSPHRASE

from app.errors import Fault
from app.exchange.roster import ImportPlan
from app.services import notes, people
from app.services.roster import import_roster
from app.store import copies
from app.store.vault import Vault, create_vault, open_vault, restore_newest


@contextmanager
def no_file_beyond(size: int) -> Iterator[None]:
    """Inside, no file can be written beyond its first ``size`` bytes."""
    assert sys.platform != "win32"
    import resource

    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))


def sweep(steps: int, most: int) -> list[int]:
    """So many limits up to ``most``, in the middle of pages and on their edges."""
    return [step * most // steps // 4096 * 4096 if step % 3 == 0 else step * most // steps for step in range(steps)]


def starve(path: str, backups: str, steps: str) -> None:
    """Edits and backs up an open vault under each limit, and after each once more with room."""
    ends: Counter[str] = Counter()
    with open_vault(path, PASSPHRASE) as vault:
        done = _count(vault)
        for limit in sweep(int(steps), Path(path).stat().st_size + 300_000):
            with no_file_beyond(limit):
                ends["edit " + _end_of(lambda: _write(vault, 60_000))] += 1
                ends["backup " + _end_of(lambda: vault.back_up(Path(backups)))] += 1
            now = _count(vault)
            ends["lost"] += now < done
            _write(vault, 40)
            done = _count(vault)
            ends["unusable"] += done != now + 1
            _trim(vault)
        vault.back_up(Path(backups))
    print(json.dumps(ends))


def _count(vault: Vault) -> int:
    return int((vault.row("SELECT max(CAST(substr(title, 7) AS INTEGER)) FROM note") or (0,))[0] or 0)


def _write(vault: Vault, size: int) -> None:
    number = _count(vault) + 1
    with vault.change("faults.write") as change:
        notes.add(change, title=f"Notiz {number}", body="Wort " * (size // 5))


def _trim(vault: Vault) -> None:
    """Takes out long notes, so that the vault stays at a size."""
    with vault.change("faults.trim") as change:
        found = change.rows("SELECT id FROM note WHERE length(body) > 1000 ORDER BY id LIMIT 3")
        if len(found) == 3:
            notes.remove(change, [row[0] for row in found])


def _end_of(act: Callable[[], object]) -> str:
    try:
        act()
    except Fault as fault:
        return fault.code
    except Exception as error:
        return f"uncaught {type(error).__name__}"
    return "done"


def starve_whole(folder: str, steps: str) -> None:
    """Creates, restores, imports and migrates under each limit: the old or the new state, and usable after."""
    pristine = (Path(folder) / "vault.tandembuch").read_bytes()
    shelf = Path(folder) / "shelf"
    twin = Path(folder) / "twin.tandembuch"
    twin.write_bytes(pristine)
    with open_vault(twin, PASSPHRASE) as vault:
        vault.back_up(shelf)
        old = copies.fingerprint(vault.connection)
    ends: Counter[str] = Counter()
    for limit in sweep(int(steps), len(pristine) * 2):
        for verb, act in _VERBS.items():
            place = Path(folder) / f"{verb} {limit}"
            place.mkdir(exist_ok=True)
            victim = place / "vault.tandembuch"
            if verb != "create":
                victim.write_bytes(pristine)
            with no_file_beyond(limit):
                end = _end_of(lambda: act(victim, shelf))  # noqa: B023
            ends[f"{verb} {end}"] += 1
            ends["lost"] += not _usable(verb, victim, old, done=end == "done")
            _clear(place)
    print(json.dumps(ends))


def _usable(verb: str, victim: Path, old: str, *, done: bool) -> bool:
    """Whether the vault opens, is whole, takes a change, and holds what it held where the act did not come to its end.

    A vault that could not be made leaves nothing, and can be made then.
    """
    if verb == "create" and not done:
        if any(victim.parent.iterdir()):
            return False
        create_vault(victim, PASSPHRASE).close()
    with with_next_schema() if verb == "migrate" and done else nullcontext(), open_vault(victim, PASSPHRASE) as vault:
        right = vault.rows("PRAGMA integrity_check") == [("ok",)]
        if not done and verb != "create":
            right = right and copies.fingerprint(vault.connection) == old
        _write(vault, 400)
    return right


def _clear(place: Path) -> None:
    for entry in place.iterdir():
        entry.unlink()
    place.rmdir()


def _import(victim: Path, _shelf: Path) -> None:
    crowd = tuple(replace(people.blank(), given_name="A", family_name=f"B{number}") for number in range(200))
    with open_vault(victim, PASSPHRASE) as vault, vault.change("roster.import_roster") as change:
        import_roster(change, ImportPlan(people_to_insert=crowd))


def _migrate(victim: Path, _shelf: Path) -> None:
    with with_next_schema():
        open_vault(victim, PASSPHRASE).close()


_VERBS: dict[str, Callable[[Path, Path], object]] = {
    "create": lambda victim, _: create_vault(victim, PASSPHRASE).close(),
    "restore": lambda victim, shelf: restore_newest(victim, PASSPHRASE, shelf),
    "import": _import,
    "migrate": _migrate,
}
