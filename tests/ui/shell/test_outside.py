"""What is seen of a closed vault where the places around it give errors."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from window_fixtures import OpenWindow

from app.settings import Settings
from app.store import checks, key
from app.store.whereabouts import Risk, Whereabouts
from ui.shell import outside


def test_a_shelf_that_gives_an_error_hides_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> bool:
        raise PermissionError(errno.EACCES, "closed")

    monkeypatch.setattr(checks, "is_noted_as_damaged", broken)
    path = tmp_path / "Dropbox" / "Werk.tandembuch"
    cloud = Whereabouts(Risk.CLOUD, "Dropbox")
    assert outside.look(path, tmp_path / "shelf") == outside.Seen(False, cloud, False, "vault.missing")
    path.parent.mkdir()
    path.touch()
    assert outside.look(path, tmp_path / "shelf") == outside.Seen(True, cloud, False, "vault.empty")


def test_a_vault_that_can_not_be_read_is_still_known_as_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_path: Path) -> bytes:
        raise OSError(errno.EIO, "read error")

    monkeypatch.setattr(key, "read_header", broken)
    monkeypatch.setattr(checks, "is_noted_as_damaged", lambda *_: True)
    path = tmp_path / "Werk.tandembuch"
    path.touch()
    seen = outside.look(path, tmp_path / "shelf")
    assert (seen.there, seen.damaged, seen.fault) == (True, True, "")


@pytest.mark.parametrize(("said", "there"), [(53, True), (64, True), (67, True), (121, True), (2, False), (3, False)])
def test_a_share_that_windows_does_not_find_now_may_come_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: int, *, there: bool
) -> None:
    genuine, path = os.stat, tmp_path / "Werk.tandembuch"

    def stat(asked: Any, *args: Any, **kwargs: Any) -> os.stat_result:
        if asked == path:
            error = FileNotFoundError(errno.ENOENT, "not found", str(path))
            setattr(error, "winerror", said)  # noqa: B010 -- only Windows gives it by itself
            raise error
        return genuine(asked, *args, **kwargs)

    monkeypatch.setattr(os, "stat", stat)
    assert outside.look(path, tmp_path / "shelf").there is there


def test_what_no_passphrase_opens_is_said_before_anybody_types(
    tmp_path: Path, open_window: OpenWindow, qtbot: QtBot
) -> None:
    shelf, path = tmp_path / "shelf", tmp_path / "Werk.tandembuch"
    assert outside.look(path, shelf).fault == "vault.missing"
    assert outside.look(tmp_path, shelf).fault == "vault.missing"  # a folder
    path.write_bytes(b"PK\x03\x04" * 500)
    assert outside.look(path, shelf).fault == "vault.not_a_vault"
    path.write_bytes(key.MAGIC + b"\xff" * 2000)
    assert outside.look(path, shelf).fault == "vault.newer"
    path.write_bytes(key.new_header())
    assert outside.look(path, shelf).fault == "", "damage may be mended, which takes the passphrase"
    path.unlink()
    page = open_window(chosen=path, settings=Settings(language="en")).window.unlock
    assert page is not None
    qtbot.waitUntil(page.trouble.isVisible)
    assert page.trouble.text() == "The vault is not at this place. Look for the file, or choose another one."
