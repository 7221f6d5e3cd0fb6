"""The program as a process: what it answers and what it does not load at its start."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app import VERSION
from ui import main
from ui.shell.demo import DEMO_PASSPHRASE

ROOT = Path(__file__).resolve().parents[3]
LATER = ("numpy", "reportlab", "lap", "pypdf", "python_calamine", "xlsxwriter", "zxcvbn")
LOOK = f"""
import sys
from app.store import key
key.PROFILES[1] = key.Profile(1, 8, 1)
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from ui import main
from ui.shell.window import Window

shown, opened = Window.show, Window.open
def show(self):
    shown(self)
    self.unlock.passphrase.line.setText({DEMO_PASSPHRASE!r})
    self.unlock.unlock.click()
def open_then_close(self, vault):
    opened(self, vault)
    QTimer.singleShot(0, self.close)
Window.show, Window.open = show, open_then_close
assert main.main([sys.argv[1], "--home", sys.argv[2]]) == 0
print(*[name for name in {LATER!r} + ("PySide6.QtNetwork", "socket", "ssl", "http.client") if name in sys.modules])
print(sys.getswitchinterval())
"""


def program(*words: str, code: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONIOENCODING": "utf-8"}
    start = ["-c", code] if code else ["-m", "ui"]
    return subprocess.run(
        [sys.executable, *start, *words],
        cwd=ROOT, env=environment, text=True, encoding="utf-8", capture_output=True, timeout=60, check=False,
    )  # fmt: skip


def test_help_answers_without_a_window() -> None:
    answer = program("--help")
    assert answer.returncode == 0
    for word in ("--demo", "--home DIR", "FILE", "Seite zum Entsperren"):
        assert word in answer.stdout
    assert "--at" not in answer.stdout


def test_version_answers() -> None:
    answer = program("--version")
    assert (answer.returncode, answer.stdout.strip()) == (0, f"Tandembuch {VERSION}")


def test_an_unknown_option_is_refused() -> None:
    answer = program("--no-such-option")
    assert answer.returncode == 2
    assert "--no-such-option" in answer.stderr


@pytest.mark.timeout(90)
def test_nothing_heavy_is_loaded_before_the_vault_is_seen_and_work_gives_way(
    demo_vault: Callable[[str], Path], tmp_path: Path
) -> None:
    answer = program(str(demo_vault("en")), str(tmp_path / "home"), code=LOOK)
    assert answer.stderr == ""
    assert answer.returncode == 0
    loaded, interval = answer.stdout.splitlines()
    assert loaded == ""
    assert float(interval) == pytest.approx(0.0005), "a worker in Python would hold up each step of a painting"


@pytest.mark.parametrize(
    "words",
    [
        "", "--demo", "--home d --demo", "a.tandembuch", "--home d a.tandembuch --lost", "--told vault.not_reopened x",
        "x --second-place s --moved-from m", "--home=d", "--dem", "-- x", "-- --demo",
    ],
)  # fmt: skip
def test_words_mean_the_same_whether_read_plainly_or_parsed(words: str) -> None:
    assert vars(main.arguments(words.split())) == vars(main._parsed(words.split()))


def test_plain_words_need_no_parser() -> None:
    assert main._plainly_read(["--demo", "--home", "d"]) is not None
    for unusual in (["--help"], ["--home"], ["--home", "--demo"], ["a", "b"], ["-x"], [""], ["--home=d"]):
        assert main._plainly_read(unusual) is None


def test_words_that_do_not_go_together_are_refused_with_the_way_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.tandembuch"
    file.touch()
    for words, said in (
        (["--demo", str(file)], "leave out FILE."),
        (["--home", str(file)], "Name a folder in which you may write."),
        (["--home", str(file / "below")], "Name a folder in which you may write."),
    ):
        with pytest.raises(SystemExit) as ended:
            main.arguments(words)
        assert ended.value.code == 2
        assert said in capsys.readouterr().err
    assert main.arguments(["--home", str(tmp_path / "new" / "one")]).home == tmp_path / "new" / "one"


@pytest.mark.parametrize("trouble", [PermissionError(13, "no"), False], ids=["may not look there", "no such drive"])
def test_a_home_that_can_not_be_looked_at_is_refused_with_the_same_words(
    trouble: Exception | bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def exists(_path: Path) -> bool:
        if isinstance(trouble, Exception):
            raise trouble
        return trouble

    monkeypatch.setattr(Path, "exists", exists)
    with pytest.raises(SystemExit):
        main.arguments(["--home", "/hidden/one"])
    assert "Name a folder in which you may write." in capsys.readouterr().err


def test_a_home_of_somebody_who_is_not_there_is_refused_too(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main.arguments(["--home", "~nobody-of-that-name/one"])
    assert "Name a folder in which you may write." in capsys.readouterr().err
