"""The program in a process of its own, through all its pages: no socket but the file system's, no QtNetwork."""

from __future__ import annotations

import os
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
REACH = WATCH + "socket.socket().connect(('127.0.0.1', 9))"
RUN = WATCH + """
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


@pytest.mark.timeout(110)
def test_all_pages_of_the_demo_open_no_connection(tmp_path: Path) -> None:
    seen = process(RUN, str(tmp_path))
    assert (seen.returncode, seen.stderr) == (0, "")
    assert seen.stdout.strip() == ""
