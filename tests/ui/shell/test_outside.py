"""What is seen of a closed vault where the places around it give errors."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from app.store import checks
from app.store.whereabouts import Risk, Whereabouts
from ui.shell import outside


def test_a_shelf_that_gives_an_error_hides_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> bool:
        raise PermissionError(errno.EACCES, "closed")

    monkeypatch.setattr(checks, "is_noted_as_damaged", broken)
    path = tmp_path / "Dropbox" / "Werk.tandembuch"
    cloud = Whereabouts(Risk.CLOUD, "Dropbox")
    assert outside.look(path, tmp_path / "shelf") == outside.Seen(there=False, place=cloud, damaged=False)
    path.parent.mkdir()
    path.touch()
    assert outside.look(path, tmp_path / "shelf") == outside.Seen(there=True, place=cloud, damaged=False)


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
