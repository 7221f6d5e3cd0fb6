"""The first page at every text size: nothing lies over anything else, and what has no room is scrolled to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from window_fixtures import OpenWindow

from app.settings import Settings


def lying_over(whole: QWidget) -> list[tuple[str, str]]:
    """Widgets side by side in one layout that share a pixel, and buttons that are cut."""
    found = []
    for around in [whole, *whole.findChildren(QWidget)]:
        inside = [one for one in around.children() if isinstance(one, QWidget) and one.isVisible() and around.layout()]
        for at, one in enumerate(inside):
            found += [
                (one.accessibleName(), other.accessibleName())
                for other in inside[at + 1 :]
                if not one.isWindow() and not other.isWindow() and one.geometry().intersects(other.geometry())
            ]
            if isinstance(one, QPushButton) and one.text() and one.height() < one.sizeHint().height() - 4:
                found.append((one.text(), "cut"))
    return found


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("size", [100, 150, 200])
@pytest.mark.parametrize("recent", [True, False])
def test_nothing_lies_over_anything_else(
    open_window: OpenWindow, demo_vault: Callable[[str], Path], language: str, size: int, recent: bool
) -> None:
    known = (str(demo_vault(language)),) if recent else ()
    stage = open_window(settings=Settings(language=language, scheme="light", text_size=size, recent=known))
    page = stage.window.unlock
    assert page is not None
    if recent:
        page.say("The passphrase does not open the vault. " * 3)
    QApplication.processEvents()
    assert lying_over(page._card) == []
    last = page.demo
    last.setFocus()
    QApplication.processEvents()
    assert not last.visibleRegion().isEmpty() or size == 200
