"""The demo programme in a vault of its own that goes when the window closes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.i18n import speaking

if TYPE_CHECKING:
    from app.store.vault import Vault
    from ui.tasks import Task

DEMO_PASSPHRASE = "demo"
FOLDER = "tandembuch-demo-"
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
    import shutil
    import tempfile
    from datetime import date

    from app.services import demo
    from app.store.vault import SUFFIX, create_vault

    folder = Path(tempfile.mkdtemp(prefix=FOLDER))
    try:
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
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return vault


def is_demo(path: Path) -> bool:
    """Whether a vault is a demo that ``make_demo`` made: told by its own folder in the system's temporary one."""
    folder = path.resolve().parent
    if not folder.name.startswith(FOLDER):
        return False
    import tempfile

    return folder.parent == Path(tempfile.gettempdir()).resolve()


def remove_demo(path: Path) -> None:
    """Removes a demo with its folder; anything else is left alone."""
    if is_demo(path):
        import shutil

        shutil.rmtree(path.resolve().parent, ignore_errors=True)
