"""From the start of the process to a painted window, against a bare PySide6 window, turn by turn in one run.

python -m pytest tests/bench/bench_start.py -m bench -s

All processes find their compiled code, as anybody does from the second start on.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).resolve().parents[2]
RUNS = 9
BARE = """
import os, sys
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication(sys.argv[:1])
window = QMainWindow()
window.resize(1280, 800)
window.show()
app.processEvents()
window.grab()
os._exit(0)
"""
PAINTED = """
import os, sys
from ui import main
main.make_ready()  # as in main, before the window is loaded
from ui.shell.window import Window
shown = Window.show
def show(self):
    shown(self)
    self.centralWidget().painted.connect(lambda: os._exit(0))
Window.show = show
main.main(["--demo", "--home", sys.argv[1]])
"""
# Until the overview is painted with the demo's tandems, due things and figures.
WITH_DATA = """
import os, sys
from ui import main
main.make_ready()  # as in main, before the window is loaded
from ui.shell.window import Window
opened = Window.open
def open_and_end(self, vault):
    opened(self, vault)
    self.grab()
    assert self.workplace.page.key == "overview"
    os.write(1, self.desk.vault.path.parent.as_posix().encode())
    os._exit(0)
Window.open = open_and_end
main.main(["--demo", "--home", sys.argv[1]])
"""
UNLOCK = """
import os, sys
from PySide6.QtCore import QTimer
from ui import main
main.make_ready()  # as in main, before the window is loaded
from ui.shell.window import Window
shown = Window.show
def show(self):
    shown(self)
    QTimer.singleShot(0, lambda: (self.grab(), os._exit(0)))
Window.show = show
main.main(["--home", sys.argv[1]])
"""
KINDS = {
    "bare window": BARE,
    "demo: the window painted": PAINTED,
    "demo: the overview painted with its data": WITH_DATA,
    "first page painted": UNLOCK,
}


@dataclass
class Times:
    """Of each run: seconds by the clock, seconds of processor time."""

    wall: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    def run(self, code: str, folder: Path, home: Path) -> None:
        environment = {
            **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONPYCACHEPREFIX": str(folder / "compiled"),
            "TMPDIR": str(folder),
            "LANG": "de_DE.UTF-8",
        }
        used, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        command = [sys.executable, "-c", code, str(home)]
        subprocess.run(command, cwd=ROOT, env=environment, check=True, timeout=60, stdout=subprocess.DEVNULL)
        self.wall.append(time.perf_counter() - begun)
        now = resource.getrusage(resource.RUSAGE_CHILDREN)
        self.processor.append(now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime)


@pytest.mark.bench
@pytest.mark.timeout(600)
def test_start_against_a_bare_window(home: Path) -> None:
    times = {name: Times() for name in KINDS}
    with tempfile.TemporaryDirectory() as folder:
        for code in KINDS.values():
            Times().run(code, Path(folder), home)
        for _ in range(RUNS):
            for name, code in KINDS.items():
                times[name].run(code, Path(folder), home)
    bare = times["bare window"]
    print()
    for name, ours in times.items():
        by_processor = median(a / b for a, b in zip(ours.processor, bare.processor, strict=True))
        by_clock = median(a / b for a, b in zip(ours.wall, bare.wall, strict=True))
        print(
            f"{name}: {median(ours.processor):.3f} s of processor time, {by_processor:.2f} x the bare window;"
            f" {median(ours.wall):.3f} s by the clock, {by_clock:.2f} x"
        )
