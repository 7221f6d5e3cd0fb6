"""The program in a process of its own, through all its pages: no socket but the file system's, no QtNetwork.

Python's own calls are watched by an audit hook; on Linux the kernel itself ends the process at any other socket,
whichever library asks for it.
"""

from __future__ import annotations

import os
import platform
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WATCH = """
import socket, sys
def watch(event, arguments):
    if event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "urllib.Request"):
        sys.stderr.write(f"the program called {event}\\n")
        raise SystemExit(3)
    if event in ("socket.connect", "socket.bind", "socket.sendto") and arguments[0].family != socket.AF_UNIX:
        sys.stderr.write(f"the program called {event}\\n")
        raise SystemExit(3)
sys.addaudithook(watch)
"""
# A filter of the kernel's: socket(domain, ...) with another domain than AF_UNIX ends the process with SIGSYS.
FORBID = """
import ctypes, platform, sys
numbers = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
if sys.platform == "linux" and platform.machine() in numbers:
    machine, call = numbers[platform.machine()]
    load, equal, give, go, end = 0x20, 0x15, 0x06, 0x7FFF0000, 0x80000000
    steps = [
        (load, 0, 0, 4), (equal, 1, 0, machine), (give, 0, 0, go),
        (load, 0, 0, 0), (equal, 1, 0, call), (give, 0, 0, go),
        (load, 0, 0, 16), (equal, 1, 0, 1), (give, 0, 0, end), (give, 0, 0, go),
    ]
    class Step(ctypes.Structure):
        _fields_ = [("code", ctypes.c_uint16), ("yes", ctypes.c_uint8), ("no", ctypes.c_uint8), ("k", ctypes.c_uint32)]
    class Filter(ctypes.Structure):
        _fields_ = [("length", ctypes.c_uint16), ("steps", ctypes.POINTER(Step))]
    kept = (Step * len(steps))(*steps)
    libc = ctypes.CDLL(None, use_errno=True)
    assert libc.prctl(38, 1, 0, 0, 0) == 0
    assert libc.prctl(22, 2, ctypes.byref(Filter(len(steps), kept)), 0, 0) == 0, ctypes.get_errno()
"""
REACH_BELOW = FORBID + """
assert libc.socket(1, 1, 0) > 0
print("a socket of the file system is no network", flush=True)
libc.socket(2, 2, 0)
"""
REACH = WATCH + "socket.socket().connect(('127.0.0.1', 9))"
RUN = FORBID + WATCH + """
from app.store import key
key.PROFILES[1] = key.Profile(1, 8, 1)
from PySide6.QtCore import QTimer
from ui import main, tasks
from ui.desk import Place
from ui.shell.window import Window
opened = Window.open
def walk(window, keys):
    if tasks.running():
        QTimer.singleShot(20, lambda: walk(window, keys))
    elif keys:
        window.desk.go(Place(keys[0]))
        QTimer.singleShot(20, lambda: walk(window, keys[1:]))
    else:
        window.close()
def open_and_walk(self, vault):
    opened(self, vault)
    QTimer.singleShot(0, lambda: walk(self, [page.key for page in self.workplace.pages]))
Window.open = open_and_walk
assert main.main(["--demo", "--home", sys.argv[1]]) == 0
print(*[name for name in sys.modules if name in ("PySide6.QtNetwork", "ssl", "http.client", "urllib.request")])
"""


def process(code: str, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(
        [sys.executable, "-c", code, *words],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=100, check=False,
    )  # fmt: skip


def test_the_watch_sees_a_connection() -> None:
    seen = process(REACH)
    assert seen.returncode == 3
    assert "socket.connect" in seen.stderr


@pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() not in ("x86_64", "aarch64"), reason="a filter of Linux's kernel"
)
def test_the_kernel_sees_one_that_python_does_not() -> None:
    seen = process(REACH_BELOW)
    assert seen.stdout.startswith("a socket of the file system")
    assert seen.returncode == -signal.SIGSYS


@pytest.mark.timeout(110)
def test_all_pages_of_the_demo_open_no_connection(tmp_path: Path) -> None:
    seen = process(RUN, str(tmp_path))
    assert (seen.returncode, seen.stderr) == (0, "")
    assert seen.stdout.strip() == ""
