"""The demo programme in a vault of its own that goes when the window closes, or at the next start after a crash.

Each program holds its demo's folder by a lock that falls when it dies, also while its vault is locked.
"""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from app.i18n import speaking

if TYPE_CHECKING:
    from app.store.lockfile import LockFile
    from app.store.vault import Vault
    from ui.tasks import Task

DEMO_PASSPHRASE = "demo"
FOLDER = "tandembuch-demo-"
ALIVE = "alive"  # the lock of the living has this name and ".lock"
HANDED_OVER = "handed-over"  # lies there while one life of the program ends and the next begins
GRACE = 120.0  # seconds for that, and for a folder that was made a moment ago

_holds: dict[Path, LockFile] = {}
# Everybody may know the demo's passphrase, so its key need not be derived anew for each demo: here is what comes of
# the passphrase with this one salt. A test derives it the long way; the vault opens like any other.
DEMO_SALT = b"TBV\x01Tandembuch !"
DEMO_KEY = "x'ef3047eee6f2d1806d51abca4a3b9aca59087e6bceb2903a5ed3d8f25cee3bfe5442560154616e64656d627563682021'"


class PublicKey:
    """The secret of the demo, which is none."""

    def key(self, header: bytes) -> str:
        assert header == DEMO_SALT
        return DEMO_KEY


def make_demo(task: Task, language: str) -> Vault:
    """A vault with the demo programme; called in a worker thread. Nothing is left where it is cancelled."""
    import tempfile
    from datetime import date

    from app.services import demo
    from app.store.vault import SUFFIX, create_vault

    folder = Path(tempfile.mkdtemp(prefix=FOLDER))
    try:
        _hold(folder)
        vault = create_vault(folder / f"Demo{SUFFIX}", PublicKey(), header=DEMO_SALT)
        try:
            task.step(0.6)
            with speaking(language), vault.change("demo.fill", undoable=False) as change:
                demo.fill(change, date.today())
            task.step(1.0)
        except BaseException:
            vault.close()
            raise
    except BaseException:
        _remove(folder)
        raise
    return vault


def hold_demo(path: Path) -> None:
    """After a lock: this program answers for the demo now. Anything else than a demo is left alone."""
    if is_demo(path):
        folder = path.resolve().parent
        _hold(folder)
        with suppress(OSError):
            (folder / HANDED_OVER).unlink(missing_ok=True)


def hand_over(path: Path) -> None:
    """Before the program begins anew: nobody holds the demo for a moment, and it must stay."""
    if is_demo(path):
        with suppress(OSError):
            (path.resolve().parent / HANDED_OVER).touch()


def remove_leftovers() -> None:
    """Removes the demos of programs that were killed; one that a living program shows or has locked stays."""
    import tempfile

    for folder in Path(tempfile.gettempdir()).glob(f"{FOLDER}*"):
        if not folder.is_symlink() and folder.is_dir() and not _just_made(folder):
            _remove_if_dead(folder)


def _remove_if_dead(folder: Path) -> None:
    from app.errors import Fault
    from app.store.lockfile import LockFile
    from app.store.vault import SUFFIX

    with suppress(Fault):  # it is in use, or somebody else's
        held = [LockFile(folder / ALIVE)]
        try:
            held.extend(LockFile(vault) for vault in folder.glob(f"*{SUFFIX}"))
            _clear(folder)
        finally:
            for hold in held:
                hold.release()
        _clear(folder)  # Windows keeps a file that is open


def _just_made(folder: Path) -> bool:
    """Whether somebody is about to take it: one made or handed over a moment ago."""
    signs = [folder / HANDED_OVER]
    if not (folder / f"{ALIVE}.lock").exists():
        signs.append(folder)
    for sign in signs:
        with suppress(OSError):
            if abs(time.time() - sign.stat().st_mtime) < GRACE:
                return True
    return False


def _hold(folder: Path) -> None:
    from app.errors import Fault
    from app.store.lockfile import LockFile

    if folder.resolve() not in _holds:
        with suppress(Fault):  # held by another window on the same demo
            _holds[folder.resolve()] = LockFile(folder / ALIVE)


def _remove(folder: Path) -> None:
    hold = _holds.pop(folder.resolve(), None)
    _clear(folder)
    if hold is not None:
        hold.release()
        _clear(folder)


def _clear(folder: Path) -> None:
    import shutil

    shutil.rmtree(folder, ignore_errors=True)


def is_demo(path: Path) -> bool:
    """Whether a vault is a demo that ``make_demo`` made: told by its own folder in the system's temporary one."""
    if not path.parent.name.startswith(FOLDER):  # before anything is asked of a place that may not answer
        return False
    folder = path.resolve().parent
    if not folder.name.startswith(FOLDER):
        return False
    import tempfile

    return folder.parent == Path(tempfile.gettempdir()).resolve()


def remove_demo(path: Path) -> None:
    """Removes a demo with its folder; anything else is left alone."""
    if is_demo(path):
        _remove(path.resolve().parent)
