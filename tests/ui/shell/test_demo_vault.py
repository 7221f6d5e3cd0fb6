"""The demo: its key is the one its passphrase gives, and what is seen while it is made."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from window_fixtures import OpenWindow

from app.errors import Cancelled
from app.places import places
from app.settings import Settings
from app.store.key import derive_master, raw_key
from app.store.vault import open_vault
from ui.shell import pages
from ui.shell.demo import (
    DEMO_KEY,
    DEMO_PASSPHRASE,
    DEMO_SALT,
    FOLDER,
    hand_over,
    hold_demo,
    make_demo,
    remove_demo,
    remove_leftovers,
)
from ui.shell.opening import Opening
from ui.shell.window import Window
from ui.tasks import Task


def test_the_known_key_is_the_one_of_the_passphrase() -> None:
    assert raw_key(derive_master(DEMO_PASSPHRASE, DEMO_SALT), DEMO_SALT) == DEMO_KEY


def test_the_demo_opens_with_its_passphrase(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with make_demo(Task(lambda _: None), "en") as made:
        path = made.path
    with open_vault(path, DEMO_PASSPHRASE) as again:
        assert again.row("SELECT count(*) FROM tandem") == (34,)


def test_a_cancelled_demo_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    task = Task(lambda _: None)
    task.cancel()
    with pytest.raises(Cancelled):
        make_demo(task, "en")
    assert list(tmp_path.iterdir()) == []


def test_the_window_is_painted_before_the_demo_is_there(
    home: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    window = Window(places(home), Settings(language="en", scheme="light"), demo=True)
    opening = window.centralWidget()
    assert isinstance(opening, Opening)
    assert [key for key in opening.rail.buttons if key != "lock"] == [page.key for page in pages.PAGES if page.in_rail]
    with qtbot.waitSignal(opening.painted):
        window.show()
    assert window.desk is None
    opening.rail.buttons["tandems"].click()  # a page chosen meanwhile is the first one shown
    qtbot.waitUntil(lambda: window.workplace is not None)
    assert window.workplace is not None
    assert window.workplace.page.key == "tandems"
    window.close()
    assert list(tmp_path.glob("tandembuch-demo-*")) == []
    window.deleteLater()


def test_the_demo_can_be_tried_from_the_first_page(
    open_window: OpenWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    stage = open_window()
    assert stage.window.unlock is not None
    stage.click(stage.window.unlock.demo)
    qtbot.waitUntil(lambda: stage.window.workplace is not None)
    assert stage.page.key == "overview"


@pytest.mark.parametrize("facts", pages.PAGES, ids=lambda facts: facts.key)
def test_the_rail_says_of_each_page_what_the_page_says(facts: pages.PageFacts) -> None:
    page = facts.load()
    assert (page.key, page.title, page.icon) == (facts.key, facts.title, facts.icon)
    assert (page.kinds_of_vault, page.in_rail) == (facts.kinds_of_vault, facts.in_rail)


KILLED = """
import sys, tempfile
tempfile.tempdir = sys.argv[1]
from ui.shell.demo import make_demo
from ui.tasks import Task
print(make_demo(Task(lambda _: None), "en").path, flush=True)
sys.stdin.read()
"""


def test_the_demo_of_a_killed_program_goes_at_the_next_start_and_a_living_ones_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (tmp_path / f"{FOLDER}file").write_text("is no folder", encoding="utf-8")
    mine = make_demo(Task(lambda _: None), "en")
    root = Path(__file__).resolve().parents[3]
    other = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(tmp_path)],
        cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip
    assert other.stdout is not None
    path = Path(other.stdout.readline().strip())
    try:
        remove_leftovers()
        assert path.exists()
        assert mine.path.exists()
    finally:
        other.kill()
        other.communicate()
    remove_leftovers()
    assert not path.parent.exists()
    assert mine.path.exists()
    mine.close()
    remove_leftovers()  # its vault is locked, its program lives
    assert mine.path.exists()
    remove_demo(mine.path)
    assert [left.name for left in tmp_path.iterdir()] == [f"{FOLDER}file"]


def test_a_demo_stays_while_its_program_begins_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    folder = tmp_path / f"{FOLDER}abc"
    folder.mkdir()
    path = folder / "Demo.tandembuch"
    path.touch()
    (folder / "alive.lock").touch()
    hand_over(path)
    remove_leftovers()
    assert path.exists()
    hold_demo(path)
    assert {one.name for one in folder.iterdir()} == {path.name, "alive.lock"}
    remove_leftovers()
    assert path.exists()
    remove_demo(path)
    assert not folder.exists()


def test_a_handing_over_that_nobody_took_is_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    folder = tmp_path / f"{FOLDER}abc"
    folder.mkdir()
    remove_leftovers()
    assert folder.exists()  # just made, nobody could hold it yet
    (folder / "alive.lock").touch()
    (folder / "handed-over").touch()
    os.utime(folder / "handed-over", (0, 0))
    remove_leftovers()
    assert not folder.exists()
