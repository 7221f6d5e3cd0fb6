"""The program on a screen of its own, driven from another process as a screen reader drives it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from app import i18n
from ui.shell.demo import DEMO_PASSPHRASE
from ui.shell.pages import PAGES

ROOT = Path(__file__).resolve().parents[2]
DRIVER = Path(__file__).with_name("at_spi.py")
BUS_LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
SYSTEM_PYTHON = "/usr/bin/python3"


def lacking() -> str:
    """What this machine has not, or nothing."""
    if sys.platform != "linux":
        return "AT-SPI is Linux's"
    tools = [tool for tool in ("Xvfb", "openbox", "dbus-daemon") if shutil.which(tool) is None]
    if not any(Path(launcher).exists() for launcher in BUS_LAUNCHERS):
        tools.append("at-spi2-core")
    look = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"
    if not Path(SYSTEM_PYTHON).exists() or subprocess.run([SYSTEM_PYTHON, "-c", look], capture_output=True).returncode:
        tools.append("python3-gi with gir1.2-atspi-2.0")
    return f"not installed: {', '.join(tools)}" if tools else ""


class Screen:
    """A virtual screen with a session bus, the accessibility bus and a window manager; all of it ends with it."""

    def __init__(self, stack: ExitStack, folder: Path) -> None:
        self._stack = stack
        self.errors = stack.enter_context((folder / "errors").open("a+", encoding="utf-8"))
        self.environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("QT_", "DISPLAY", "DBUS", "XDG_"))
        }
        runtime = folder / "runtime"
        runtime.mkdir(mode=0o700)
        self.environment |= {
            "XDG_RUNTIME_DIR": str(runtime),
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "QT_ACCESSIBILITY": "1",
            "LANG": "C.UTF-8",
            "PYTHONFAULTHANDLER": "1",
        }
        reading, writing = os.pipe()
        self.start(
            "Xvfb", "-displayfd", str(writing), "-screen", "0", "1440x900x24", "-nolisten", "tcp", pass_fds=(writing,)
        )
        self.environment["DISPLAY"] = f":{_line(reading, writing)}"
        reading, writing = os.pipe()
        self.start("dbus-daemon", "--session", "--nofork", f"--print-address={writing}", pass_fds=(writing,))
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = _line(reading, writing)
        self.start(next(one for one in BUS_LAUNCHERS if Path(one).exists()), "--launch-immediately")
        self.start("openbox")

    def start(self, *command: str, pass_fds: tuple[int, ...] = ()) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            command, cwd=ROOT, env=self.environment, pass_fds=pass_fds,
            stdout=subprocess.DEVNULL, stderr=self.errors if command[0] == sys.executable else subprocess.DEVNULL,
        )  # fmt: skip
        self._stack.callback(_end, process)
        return process


def _line(reading: int, writing: int) -> str:
    """The one line that a server writes when it is ready."""
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as stream:
        return stream.readline().strip()


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    if reason := lacking():
        pytest.skip(reason)
    with ExitStack() as stack:
        yield Screen(stack, tmp_path)


@dataclass(frozen=True, slots=True)
class Seen:
    """The demo on the screen, in English; ``pages`` are the names of the rail's buttons."""

    screen: Screen
    program: subprocess.Popen[bytes]
    pages: list[str]

    def drive(self, act: str, *words: str) -> str:
        """What the driver told; fails with what it and the program said, the stacks of one that died last."""
        command = [SYSTEM_PYTHON, str(DRIVER), act, *words, *self.pages]
        with subprocess.Popen(
            command, env=self.screen.environment,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
        ) as driver:  # fmt: skip
            try:
                told, _ = driver.communicate(timeout=160)
            except subprocess.TimeoutExpired:
                driver.kill()
                told, _ = driver.communicate()
        ended = self.program.poll()
        assert (driver.returncode, ended) == (0, None), f"{told}program: {ended}\n{self.last_words()}"
        return told

    def last_words(self) -> str:
        """What the program said, without what Qt says of each question about a widget that has gone."""
        self.screen.errors.seek(0)
        return "".join(line for line in self.screen.errors if not line.startswith("qt.accessibility."))


@pytest.fixture
def demo(screen: Screen, tmp_path: Path) -> Seen:
    home = tmp_path / "home"
    home.mkdir()
    (home / "settings.json").write_text(json.dumps({"language": "en"}), encoding="utf-8")
    with i18n.speaking("en"):
        pages = [i18n.tr(page.title) for page in PAGES if page.in_rail]
    return Seen(screen, screen.start(sys.executable, "-m", "ui", "--demo", "--home", str(home)), pages)


@pytest.mark.timeout(180)
def test_a_blind_user_gets_round_locks_and_unlocks(demo: Seen) -> None:
    told = demo.drive("journey", DEMO_PASSPHRASE)
    assert told.splitlines()[-2:] == ["locked", "unlocked"]
    assert demo.program.poll() is None  # the lock took the process's place and did not end it


@pytest.mark.timeout(180)
def test_pages_change_while_a_screen_reader_asks_for_everything(demo: Seen) -> None:
    """Without the shield of ``ui.parts.scroll`` the program ends within the first ten of these changes."""
    assert demo.drive("storm", "60").splitlines()[-1] == "60 pages"


@pytest.mark.timeout(180)
def test_a_program_that_dies_tells_where_each_of_its_threads_was(demo: Seen) -> None:
    demo.drive("storm", "0")
    demo.program.send_signal(signal.SIGSEGV)
    assert demo.program.wait(30) == -signal.SIGSEGV
    said = demo.last_words()
    assert "Fatal Python error: Segmentation fault" in said
    assert "ui/main.py" in said
