"""The code of pages is loaded in small steps, and what has Qt in it by the main thread alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ui.shell import loading, pages
from ui.shell.warming import FIRST

ROOT = Path(loading.__file__).parents[2]

# In a fresh interpreter: the window's code, then what is loaded while it rests; who imports what is listened to.
WARMED = """
import sys, threading
from pathlib import Path
told = []
main = threading.main_thread()
def hear(event, arguments):
    if event == "import" and threading.current_thread() is not main:
        told.append(str(arguments[0]))
from PySide6.QtCore import QElapsedTimer, QTimer
from PySide6.QtWidgets import QApplication
from app.places import places
from app.settings import Settings
from ui import tasks
from ui.shell import loading, pages, warming
from ui.shell.window import Window
load, here, elsewhere = loading.load, [], []
def noted(name):
    (here if threading.current_thread() is main else elsewhere).append(name)
    load(name)
loading.load = noted
application = QApplication([])
window = Window(places(Path(sys.argv[1])), Settings())
window.show()
watched = []
warming._watch = watched.append
sys.addaudithook(hear)
warming.load_soon(window)
clock = QElapsedTimer()
clock.start()
while not watched and clock.elapsed() < 60000:
    application.processEvents()
known = set(sys.modules)
for page in pages.PAGES:
    page.load()
left = sorted(name for name in set(sys.modules) - known if name.startswith(("ui.", "app.", "PySide6.")))
wrong = sorted({name for name in told + elsewhere if name.split(".")[0] in ("PySide6", "shiboken6", "ui")})
print(repr((bool(watched), len(elsewhere) > 20, len(here) > 100, left, wrong)))
window.close()
"""


def test_another_thread_loads_nothing_of_qt_and_nothing_is_left_to_load(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WARMED, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == repr((True, True, True, [], [])), done.stderr


def test_each_module_comes_after_what_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith(("ui.", "app."))]:
        monkeypatch.delitem(sys.modules, name)
    order = loading.in_order((*FIRST, *pages.modules()))
    assert len(order) > 200
    place = {name: at for at, name in enumerate(order)}
    for name in order:
        for needed in loading._needed(name):
            assert place.get(needed, -1) < place[name], (needed, name)
    assert place["ui.parts.page"] < place["ui.pages.people"]
    assert not any("numpy" in name for name in order)
    assert loading.in_order(["ui.pages.people"], lambda: False) == []


def test_what_has_no_source_is_loaded_as_it_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(loading, "ROOTS", {"app": tmp_path, "ui": tmp_path})
    monkeypatch.delitem(sys.modules, "ui.pages.people", raising=False)
    assert loading.in_order(["ui.pages.people"]) == ["ui.pages.people"]
