"""The demo programme in a vault of its own that goes when the window closes."""

from __future__ import annotations

import shutil
import tempfile
from datetime import date
from pathlib import Path

from app.i18n import speaking
from app.store.vault import SUFFIX, Vault, create_vault
from ui.tasks import Task

DEMO_PASSPHRASE = "demo"
FOLDER = "tandembuch-demo-"


def make_demo(task: Task, language: str) -> Vault:
    """A vault with the demo programme; called in a worker thread."""
    from app.services import demo

    folder = Path(tempfile.mkdtemp(prefix=FOLDER))
    vault = create_vault(folder / f"Demo{SUFFIX}", DEMO_PASSPHRASE)
    task.step(0.6)
    with speaking(language), vault.change("demo.fill", undoable=False) as change:
        demo.fill(change, date.today())
    return vault


def is_demo(path: Path) -> bool:
    """Whether a vault is a demo that ``make_demo`` made: told by its own folder in the system's temporary one."""
    folder = path.resolve().parent
    return folder.name.startswith(FOLDER) and folder.parent == Path(tempfile.gettempdir()).resolve()


def remove_demo(path: Path) -> None:
    """Removes a demo with its folder; anything else is left alone."""
    if is_demo(path):
        shutil.rmtree(path.resolve().parent, ignore_errors=True)
