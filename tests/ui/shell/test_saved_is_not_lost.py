"""What was typed into a field and saved is no lost text after a lock."""

from __future__ import annotations

from window_fixtures import OpenWindow, type_over

from app.services import goals as goal_verbs
from app.store import meetings, notes, tandems
from ui.desk import Place
from ui.main import arguments
from ui.pages.tandem import TandemPage
from ui.parts import half_typed
from ui.shell.demo import DEMO_PASSPHRASE

WORDS = "Zaunkönig sitzt in der Hecke"


def test_no_note_says_that_it_was_not_saved(open_demo: OpenWindow, open_window: OpenWindow) -> None:
    """Its fields are closed after unlocking, and its page is not the one shown."""
    stage = open_demo()
    vault = stage.desk.vault
    assert stage.desk.programme is not None
    tandem = next(one for one in tandems.of_programme(vault, stage.desk.programme) if meetings.of_tandem(vault, one.id))
    goal = stage.desk.do(goal_verbs.add, tandem.id, title="Listen")
    stage.desk.go(Place("tandem", tandem.id))
    page = stage.page
    assert isinstance(page, TandemPage)
    identity, item = next(iter(page.meetings.items.items()))
    stage.click(item.open_button)
    assert item.form is not None
    type_over(item.form.minutes.input, "47")
    item.form.minutes.input.editingFinished.emit()
    described = page.goals.items[goal]
    described.more_button.click()
    type_over(described.title.input, WORDS)
    described.title.input.editingFinished.emit()
    assert half_typed.unsaved(page) == ()
    stage.go("security")
    stage.key("Ctrl+L")
    again = open_window(chosen=arguments(stage.restarts[0]).file)
    again.unlock(DEMO_PASSPHRASE)
    vault = again.desk.vault
    assert [one.minutes for one in meetings.of_tandem(vault, tandem.id) if one.id == identity] == [47]
    assert not [note.title for note in notes.all_notes(vault) if WORDS in note.body or note.body == "47"]
