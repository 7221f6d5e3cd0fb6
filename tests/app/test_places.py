from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.places import places


def test_a_home_holds_everything(home: Path) -> None:
    found = places(home)
    for path in (found.settings, found.backups, found.vaults):
        assert path.is_relative_to(home.resolve())
    assert len({found.settings, found.backups, found.vaults}) == 3
    assert list(home.iterdir()) == []


def test_a_relative_home_is_meant_from_here(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home)
    assert places(Path("mine")).settings == home.resolve() / "mine" / "settings.json"


@pytest.mark.skipif(os.name != "posix", reason="the variables are those of XDG")
def test_without_a_home_the_users_own_folders(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(home))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_DOCUMENTS_DIR"):
        monkeypatch.delenv(name, raising=False)
    found = places()
    for path in (found.settings, found.backups, found.vaults):
        assert path.is_relative_to(home)
        assert "Tandembuch" in str(path)
