"""The program itself in a process of its own, driven to write a note, and what can be read of it from outside."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 90.0  # seconds
CHUNK = 32 << 20

# The program as ``python -m ui`` runs it; what a person would type is typed by a timer. What it types comes through
# the standard input, so that no word of it is an argument or in the environment.
DRIVE = """
import json, sys
orders = json.loads(sys.stdin.readline())
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from ui import main, tasks
from ui.desk import Place
from ui.shell import window as shell
made = []
genuine = shell.Window.__init__
def init(self, *words, **more):
    genuine(self, *words, **more)
    made.append(self)
    QTimer.singleShot(0, begin)
shell.Window.__init__ = init
def soon(act):
    QTimer.singleShot(20, act)
def begin():
    line = made[0].unlock.passphrase.line
    QTest.keyClicks(line, orders["passphrase"])
    QTest.keyClick(line, Qt.Key.Key_Return)
    soon(write)
def write():
    if made[0].workplace is None or tasks.running():
        return soon(write)
    made[0].desk.go(Place("notes"))
    page = made[0].workplace.page
    page.new()
    QTest.keyClicks(page.editor.title, orders["title"])
    page.editor.text.setFocus()
    QTest.keyClicks(page.editor.text, orders["note"])
    page.flush()
    QTest.keyClicks(page.editor.text, " " + orders["half"])
    import ctypes
    dumpable = ctypes.CDLL(None).prctl(3, 0, 0, 0, 0) if sys.platform == "linux" else 0
    told = {"titles": [one.windowTitle() for one in QApplication.topLevelWidgets()], "dumpable": dumpable}
    print(json.dumps(told), flush=True)
    end()
def end():
    if orders["then"] == "close":
        made[0].close()
    elif orders["then"] == "fall":
        raise ValueError(made[0].workplace.page.editor.text.toPlainText())
import os
os._exit(main.main(sys.argv[1:]))
"""


@dataclass
class Life:
    """A running program. ``told`` is what it said of itself when the note was written."""

    process: subprocess.Popen[str]
    told: Mapping[str, object]
    folder: Path

    def words(self) -> bytes:
        """Its arguments and environment, as every program of the same user can read them."""
        place = Path(f"/proc/{self.process.pid}")
        return place.joinpath("cmdline").read_bytes() + b"\n" + place.joinpath("environ").read_bytes()

    def is_reborn(self) -> bool:
        """Whether this is the program that the lock has begun."""
        return b"-m\0ui\0" in Path(f"/proc/{self.process.pid}/cmdline").read_bytes()

    def open_files(self) -> list[str]:
        found = []
        for entry in Path(f"/proc/{self.process.pid}/fd").iterdir():
            with suppress(OSError):
                found.append(os.readlink(entry))
        return found

    def hits(self, patterns: Mapping[str, Sequence[bytes]]) -> dict[str, int]:
        """How often each of these stands in the memory of the process."""
        found = dict.fromkeys(patterns, 0)
        longest = max(len(pattern) for some in patterns.values() for pattern in some)
        for block in _memory(self.process.pid, longest):
            for name, some in patterns.items():
                found[name] += sum(block.count(pattern) for pattern in some)
        return found


def _memory(pid: int, overlap: int) -> Iterator[bytes]:
    with Path(f"/proc/{pid}/maps").open(encoding="utf-8") as stream:
        regions = [line.split() for line in stream]
    with open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:  # noqa: PTH123
        for region in regions:
            if "r" not in region[1] or region[-1] in ("[vvar]", "[vsyscall]", "[vvar_vclock]"):
                continue
            start, end = (int(place, 16) for place in region[0].split("-"))
            for at in range(start, end, CHUNK):
                with suppress(OSError, ValueError, OverflowError):
                    memory.seek(at)
                    yield memory.read(min(CHUNK + overlap, end - at))


def in_memory(word: str) -> list[bytes]:
    """A text as Python and Qt hold it."""
    return [word.encode(), word.encode("utf-16-le"), word.encode("utf-32-le")]


def wait_for(seen: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    """Looks until it is so; fails when the program ends before or does not get there."""
    until = time.monotonic() + PATIENCE
    while not seen():
        assert process.poll() is None, "the program ended"
        assert time.monotonic() < until, "the program did not get there"
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.1)


def may_read_memory() -> bool:
    """Whether this user may read a process that hides its memory from its own user's other programs."""
    return sys.platform == "linux" and os.geteuid() == 0


@contextmanager
def life(folder: Path, vault: Path, orders: Mapping[str, str], **environment: str) -> Iterator[Life]:
    """The program on a vault, a note written into it as ``orders`` say; all of its own files lie in ``folder``."""
    temporary = folder / "temporary"
    temporary.mkdir(exist_ok=True)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DBUS", "XDG", "DISPLAY"))}
    kept |= {"QT_QPA_PLATFORM": "offscreen", "TMPDIR": str(temporary), **environment}
    with (folder / "errors.txt").open("w", encoding="utf-8") as errors:
        process = subprocess.Popen(
            [sys.executable, "-c", DRIVE, "--home", str(folder / "home"), str(vault)],
            cwd=ROOT, env=kept, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True,
        )  # fmt: skip
        try:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(json.dumps(dict(orders)) + "\n")
            process.stdin.flush()
            line = process.stdout.readline()
            assert line, (folder / "errors.txt").read_text(encoding="utf-8")
            yield Life(process, json.loads(line), folder)
        finally:
            process.kill()
            process.communicate()


def linux_only() -> None:
    if sys.platform != "linux":
        pytest.skip("reads /proc")
