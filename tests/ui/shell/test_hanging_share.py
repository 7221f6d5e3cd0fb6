"""A second place that hangs: it holds up neither the lock nor the close, it can be given up, and it is said."""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from quick_vaults import PASSPHRASE
from window_fixtures import OpenWindow, Stage, click, type_over

from app.errors import Cancelled
from app.places import places
from app.services.houses import set_house
from app.settings import Settings
from app.store import backups, copies
from app.store.vault import create_vault
from ui import tasks
from ui.dialogs.backups import Backups
from ui.parts.backup_state import SECOND_PLACE
from ui.shell import safekeeping
from ui.shell.unlock import Unlock

LONG = 60_000  # ms: the machine may be busy


class Share:
    """Stands for what copies to a share: it hangs until it is let go."""

    def __init__(self) -> None:
        self.reached, self.released = threading.Event(), threading.Event()
        self.steps: list[copies.Step] = []

    def hang(self, *_: object, **__: object) -> bool:
        self.reached.set()
        self.released.wait()
        return True


@pytest.fixture
def share(monkeypatch: pytest.MonkeyPatch) -> Iterator[Share]:
    made = Share()
    monkeypatch.setattr(backups, "catch_up", made.hang)
    yield made
    made.released.set()
    tasks.wait_for_far(60)


@pytest.fixture
def stage(open_window: OpenWindow, tmp_path: Path) -> Stage:
    """A window on a vault with a second place, and with a change that no backup has."""
    path = tmp_path / "Werk.tandembuch"
    create_vault(path, PASSPHRASE).close()
    made = open_window(chosen=path)
    made.unlock(PASSPHRASE)
    (tmp_path / "share").mkdir()
    made.desk.do(set_house, **{SECOND_PLACE: str(tmp_path / "share")})
    return made


def test_the_lock_comes_and_leaves_the_copy_to_the_next_life(stage: Stage, share: Share, tmp_path: Path) -> None:
    vault = stage.desk.vault
    stage.window.lock_by_hand()
    assert vault.closed
    assert stage.restarts == [[str(vault.path), "--second-place", str(tmp_path / "share")]]
    assert not share.reached.is_set()
    assert len(vault.backups(stage.places.backups)) == 1


def test_the_window_closes_while_the_copy_hangs(stage: Stage, share: Share) -> None:
    vault = stage.desk.vault
    assert stage.window.close()
    assert vault.closed
    stage.qtbot.waitUntil(share.reached.is_set, timeout=LONG)
    assert not tasks.running()  # of that which a lock or an end waits for


def test_what_hangs_since_the_unlocking_holds_up_no_lock(
    share: Share, stage: Stage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(safekeeping, "PATIENCE", 0)
    with qtbot.waitSignal(stage.desk.said, timeout=LONG) as told:
        safekeeping._catch_up(stage.desk)
    assert "does not answer" in told.args[0].text
    stage.qtbot.waitUntil(share.reached.is_set, timeout=LONG)
    stage.window.lock_by_hand()
    assert stage.restarts


def test_the_next_life_copies_without_the_key(stage: Stage, tmp_path: Path, home: Path) -> None:
    vault = stage.desk.vault
    stage.window.lock_by_hand()
    safekeeping.copy_without_vault(places(home).backups, vault.path, tmp_path / "share")
    tasks.wait_for_far(60)
    (made,) = vault.backups(places(home).backups)
    (there,) = backups.listed(backups.folder_at(tmp_path / "share", vault.id), hashed=True)
    assert (there.path.name, there.verified) == (made.path.name, True)


def test_a_copy_that_hangs_can_be_given_up(stage: Stage, share: Share) -> None:
    dialog = Backups(stage.desk, stage.window)
    dialog.show()
    click(dialog.now)
    stage.qtbot.waitUntil(share.reached.is_set, timeout=LONG)
    stage.qtbot.waitUntil(lambda: dialog.close_button.text() == "Cancel", timeout=LONG)
    click(dialog.close_button)
    assert dialog.isVisible()
    assert dialog._banner is not None
    assert "given up" in dialog._banner.text
    assert dialog.now.isEnabled()
    click(dialog.close_button)
    assert not dialog.isVisible()


def test_a_copy_stops_where_it_is_told_to_and_leaves_nothing(stage: Stage, tmp_path: Path) -> None:
    made = stage.desk.vault.back_up(stage.places.backups)

    def stop(_: float) -> None:
        raise Cancelled()

    with pytest.raises(Cancelled):
        backups.copy_to(made, tmp_path / "share", stage.desk.vault.id, stop)
    assert not [one for one in (tmp_path / "share").rglob("*") if one.is_file()]


@pytest.fixture
def dead(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Share]:
    """A share with a vault: whoever asks for anything below it waits until it is let go."""
    made = Share()
    genuine = {"stat": os.stat, "lstat": os.lstat}

    def asked(name: str, path: Any, *args: Any, **kwargs: Any) -> os.stat_result:
        if not isinstance(path, int) and str(path).startswith(str(tmp_path / "dead")):
            assert threading.current_thread() is not threading.main_thread(), "the window waits for a share"
            made.hang()
            raise FileNotFoundError(errno.ENOENT, "gone", str(path))
        return genuine[name](path, *args, **kwargs)

    for name in genuine:
        monkeypatch.setattr(os, name, partial(asked, name))
    yield made
    made.released.set()
    tasks.wait_for_far(60)


@pytest.mark.parametrize("chosen", [False, True])
def test_the_first_page_is_there_while_a_recent_vault_lies_on_a_dead_share(
    open_window: OpenWindow, dead: Share, tmp_path: Path, qtbot: QtBot, *, chosen: bool
) -> None:
    here, gone, away = tmp_path / "Hier.tandembuch", tmp_path / "Weg.tandembuch", tmp_path / "dead" / "Fern.tandembuch"
    create_vault(here, PASSPHRASE).close()
    recent = tuple(str(path) for path in (away, gone, here))
    stage = open_window(
        settings=Settings(language="en", scheme="light", recent=recent), chosen=away if chosen else None
    )
    page = stage.window.unlock
    assert page is not None
    qtbot.waitUntil(dead.reached.is_set, timeout=LONG)
    qtbot.waitUntil(lambda: page.unanswered == {away}, timeout=LONG)
    assert names(page) == ["Fern", "Hier"]  # the local one that is gone was told at once
    assert page.passphrase.line.hasFocus()
    assert not tasks.running()
    dead.released.set()
    qtbot.waitUntil(lambda: not page.unanswered, timeout=LONG)
    assert names(page) == (["Fern", "Hier"] if chosen else ["Hier"])  # what somebody chose stays
    page.choose(here)
    stage.unlock(PASSPHRASE)


def test_an_answer_that_comes_late_takes_no_passphrase_away(
    open_window: OpenWindow, dead: Share, tmp_path: Path, qtbot: QtBot
) -> None:
    away = tmp_path / "dead" / "Fern.tandembuch"
    stage = open_window(settings=Settings(language="en", scheme="light", recent=(str(away),)))
    page = stage.window.unlock
    assert page is not None
    qtbot.waitUntil(dead.reached.is_set, timeout=LONG)
    type_over(page.passphrase.line, "half a pass")
    dead.released.set()
    qtbot.waitUntil(lambda: not page.unanswered, timeout=LONG)
    assert names(page) == ["Fern"]
    assert page.passphrase.text() == "half a pass"


def names(page: Unlock) -> list[str]:
    return [page.vaults.itemText(place) for place in range(page.vaults.count())]
