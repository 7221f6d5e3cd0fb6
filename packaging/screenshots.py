"""Draws every page with the demo programme, in both languages and themes, and the two pictures of the README.

    python packaging/screenshots.py [FOLDER]     default: build/screenshots
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication  # noqa: E402

from app.i18n import LANGUAGES  # noqa: E402
from app.places import places  # noqa: E402
from app.settings import Settings  # noqa: E402
from app.store import people, tandems  # noqa: E402
from ui import tasks  # noqa: E402
from ui.desk import Place  # noqa: E402
from ui.shell.window import Window  # noqa: E402

PICTURES = ROOT / "packaging" / "pictures"
README = {("en", "light", "people"): "people-light.png", ("en", "dark", "overview"): "overview-dark.png"}
SIZE = (1280, 800)
QUIET_S = 0.7


def settle(app: QApplication, window: Window) -> None:
    """Until nothing has worked in the background for a moment: a preview begins when its page has come to rest."""
    quiet_since = time.monotonic()
    while time.monotonic() - quiet_since < QUIET_S:
        app.processEvents()
        if tasks.running():
            quiet_since = time.monotonic()
    if window.workplace is not None:
        window.workplace.toast.hide()


def place_of(window: Window, key: str) -> Place:
    """The page, with a person or a tandem chosen where that shows more."""
    assert window.desk is not None
    vault, programme = window.desk.vault, window.desk.programme
    if key == "tandem" and programme is not None:
        return Place(key, tandems.of_programme(vault, programme)[0].id)
    if key == "people":
        return Place(key, people.all_people(vault)[6].id)
    return Place(key)


def draw(app: QApplication, language: str, scheme: str, folder: Path) -> None:
    with tempfile.TemporaryDirectory() as home:
        window = Window(places(Path(home)), Settings(language=language, scheme=scheme, idle_minutes=60))
        window.resize(*SIZE)
        window.show()
        settle(app, window)
        window.grab().save(str(folder / f"unlock-{language}-{scheme}.png"))
        window.open_demo()
        settle(app, window)
        assert window.workplace is not None
        assert window.desk is not None
        for page in window.workplace.pages:
            window.desk.go(place_of(window, page.key))
            settle(app, window)
            path = folder / f"{page.key}-{language}-{scheme}.png"
            window.grab().save(str(path))
            if (language, scheme, page.key) in README:
                shutil.copy(path, PICTURES / README[language, scheme, page.key])
        window.close()
        window.deleteLater()


def main(arguments: list[str]) -> int:
    folder = Path(arguments[0]) if arguments else ROOT / "build" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    PICTURES.mkdir(exist_ok=True)
    app = QApplication([])
    for language in LANGUAGES:
        for scheme in ("light", "dark"):
            draw(app, language, scheme, folder)
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
