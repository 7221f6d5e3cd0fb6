from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from app.settings import RECENT, Settings, load, save, with_recent


def test_what_is_saved_is_loaded(home: Path) -> None:
    path = home / "below" / "settings.json"
    kept = Settings(
        language="en", scheme="dark", text_size=125, density="compact", idle_minutes=15, remember_recent=False,
        recent=("/a.tandembuch",), folder="/home", window={"geometry": "AA"}, tables={"people": "{}"},
    )  # fmt: skip
    save(path, kept)
    assert load(path) == kept
    assert [file.name for file in path.parent.iterdir()] == ["settings.json"]


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '"text"', '{"language": 7, "recent": "x", "window": []}'])
def test_nonsense_takes_its_default(home: Path, text: str) -> None:
    path = home / "settings.json"
    path.write_text(text, encoding="utf-8")
    assert load(path) == load(home / "there is none")


@pytest.mark.parametrize(
    ("name", "value", "taken"),
    [
        ("text_size", 5, 80), ("text_size", 999, 200), ("idle_minutes", 0, 1), ("idle_minutes", 10_000, 120),
        ("scheme", "pink", "system"), ("density", "tiny", "comfortable"), ("language", "xx", "en"),
    ],
)  # fmt: skip
def test_values_out_of_range_are_brought_in(home: Path, name: str, value: object, taken: object) -> None:
    path = home / "settings.json"
    path.write_text(json.dumps({name: value, "unknown": 1}), encoding="utf-8")
    assert getattr(load(path), name) == taken


def test_a_folder_that_cant_be_written_stops_nothing(home: Path) -> None:
    (home / "file").touch()
    save(home / "file" / "settings.json", Settings())
    assert (home / "file").read_bytes() == b""


def test_recent_vaults_the_last_first_each_once(tmp_path: Path) -> None:
    settings = Settings()
    paths = [tmp_path / f"{number}.tandembuch" for number in range(RECENT + 3)]
    for path in [*paths, paths[-2]]:
        settings = with_recent(settings, path)
    assert settings.recent[:2] == (str(paths[-2].resolve()), str(paths[-1].resolve()))
    assert len(settings.recent) == len(set(settings.recent)) == RECENT
    assert with_recent(replace(settings, remember_recent=False), paths[0]).recent == ()
