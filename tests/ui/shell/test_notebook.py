"""A notebook of one's own: notes about nobody it knows, and pages to go to that don't lie on each other."""

from __future__ import annotations

from pathlib import Path

import pytest
from window_fixtures import OpenWindow, Stage

from app.store.vault import create_vault
from ui.pages.notes import NotesPage
from ui.shell.demo import DEMO_PASSPHRASE
from ui.shell.palette import Palette


@pytest.fixture
def notebook(open_window: OpenWindow, tmp_path: Path) -> Stage:
    path = tmp_path / "mine.tandembuch"
    create_vault(path, DEMO_PASSPHRASE, kind="notebook").close()
    stage = open_window(chosen=path)
    stage.unlock(DEMO_PASSPHRASE)
    return stage


def test_a_note_is_not_asked_whom_it_is_about(notebook: Stage) -> None:
    page = notebook.page
    assert isinstance(page, NotesPage)
    page.new()
    assert page.editor.isVisible()
    assert not page.context_card.isVisible()


def test_of_a_programme_it_is(open_demo: OpenWindow) -> None:
    page = open_demo().go("notes")
    assert isinstance(page, NotesPage)
    page.new()
    assert page.context_card.isVisible()


def test_the_pages_stand_below_each_other(notebook: Stage) -> None:
    palette = Palette(notebook.window, notebook.desk, notebook.workplace.pages)
    try:
        found = palette.found
        found.visualItemRect(found.item(0))  # a screen reader asks for it before the window is seen
        palette.show()
        palette.grab()
        places = [found.visualItemRect(found.item(row)) for row in range(found.count())]
        assert len(places) == 3
        wanted = found.sizeHintForRow(0)
        assert all(later.top() - former.top() >= wanted for former, later in zip(places, places[1:], strict=False))
        assert "person" not in palette.line.placeholderText()
    finally:
        palette.reject()
