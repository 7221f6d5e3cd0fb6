"""The rail and the window's title show where one is before a page asks for anything."""

from __future__ import annotations

import pytest
from window_fixtures import OpenWindow

from ui.desk import Place
from ui.pages.people import PeoplePage


def test_a_page_that_asks_for_a_file_is_shown_as_the_page(
    open_demo: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = open_demo(language="en")
    stage.go("overview")
    seen: list[tuple[str, bool]] = []
    buttons = stage.workplace.rail.buttons
    monkeypatch.setattr(
        PeoplePage,
        "import_file",
        lambda _: seen.append((stage.window.windowTitle(), bool(buttons["people"].property("current")))),
    )
    stage.desk.go(Place("people", part="import"))
    assert seen == [("People – Tandembuch", True)]
