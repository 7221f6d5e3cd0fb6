from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app import i18n
from app.domain.ids import NoteId
from app.domain.programmes import ProgrammeKind, Role
from app.places import places
from app.services import notes as verbs
from app.services import people as people_verbs
from app.services import programmes as programme_verbs
from app.services import tandems as tandem_verbs
from app.services import topics as topic_verbs
from app.settings import Settings
from app.store import notes
from app.store.vault import Vault
from ui import theme
from ui.desk import Desk
from ui.pages.notes import NotesPage
from ui.parts import veil
from ui.parts.gaps_panel import GapsPanel
from ui.parts.note_list import without_marks

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def desk(vault: Vault, home: Path, qapp: QApplication) -> Desk:
    i18n.set_language("en")
    theme.apply(qapp, "light")
    return Desk(vault, places(home), Settings(language="en"))


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> Iterator[NotesPage]:
    made = NotesPage(desk)
    qtbot.addWidget(made)
    made.resize(1068, 780)
    desk.changed.connect(lambda _: made.refresh())
    desk.flushing.connect(made.flush)
    made.ensure_fresh()
    made.show()
    veil.draw(False)
    yield made
    veil.draw(False)


@pytest.fixture
def three(desk: Desk) -> dict[str, NoteId]:
    return {
        "cafe": desk.do(verbs.add, title="Café", body="Met Jürgen over coffee", tags=("idea",)),
        "tools": desk.do(verbs.add, title="Tools", body="Shows spreadsheets gladly", tags=("skill",)),
        "pinned": desk.do(verbs.add, title="Pinned", body="Room is too small", pinned=True),
    }


def listed(page: NotesPage) -> list[str]:
    return [one.note.title for one in page.list.notes.rows]


def test_an_empty_page_offers_the_first_note(page: NotesPage, desk: Desk) -> None:
    assert page.empty.isVisible()
    QTest.mouseClick(page.empty.button, LEFT)
    assert len(notes.all_notes(desk.vault)) == 1
    assert page.editor.isVisible()
    assert not page.empty.isVisible()


def test_writing_saves_itself_and_says_when(page: NotesPage, desk: Desk, qtbot: QtBot) -> None:
    page.new()
    QTest.keyClicks(page.editor.title, "A talk ")
    QTest.keyClicks(page.editor.text, "went well")
    assert "Not saved" in page.editor.saved.text()
    qtbot.waitUntil(lambda: notes.all_notes(desk.vault)[0].body == "went well", timeout=3000)
    qtbot.waitUntil(lambda: notes.all_notes(desk.vault)[0].title == "A talk", timeout=3000)
    assert page.editor.saved.text().startswith("Saved ")


def test_tab_goes_from_the_title_to_the_text(page: NotesPage) -> None:
    page.new()
    editor = page.editor
    after = editor.title.nextInFocusChain()
    while after is not None and not after.focusPolicy() & Qt.FocusPolicy.TabFocus:
        after = after.nextInFocusChain()
    assert after is editor.text


def test_pinned_notes_come_first(page: NotesPage, three: dict[str, NoteId]) -> None:
    assert listed(page)[0] == "Pinned"
    assert set(listed(page)) == {"Café", "Tools", "Pinned"}
    assert len(three) == 3


def test_search_finds_as_you_type_and_marks_the_hit(page: NotesPage, three: dict[str, NoteId]) -> None:
    page.start_search()
    QTest.keyClicks(page.search, "jurg")
    assert listed(page) == ["Café"]
    text, hits = without_marks(page.list.notes.rows[0].excerpt)
    assert [text[start : start + length] for start, length in hits] == ["Jürgen"]
    assert page.editor.note == three["cafe"]
    assert page.search.text() == "jurg"
    QTest.keyClicks(page.search, "xyz")
    assert listed(page) == []
    assert page.nothing.isVisible()


def test_a_hit_in_the_title_is_marked_there(page: NotesPage, three: dict[str, NoteId]) -> None:
    QTest.keyClicks(page.search, "cafe")
    row = page.list.notes.rows[0]
    assert row.note.id == three["cafe"]
    assert row.title_hits == ((0, 4),)
    assert "coffee" in row.excerpt


def test_tags_filter_the_list(page: NotesPage, three: dict[str, NoteId]) -> None:
    page.tags.setCurrentIndex(page.tags.findData("skill"))
    assert listed(page) == ["Tools"]
    assert page.editor.note == three["tools"]


def test_another_note_saves_what_was_half_typed(page: NotesPage, desk: Desk, three: dict[str, NoteId]) -> None:
    page.list.choose(three["cafe"])
    page.editor.text.clear()
    QTest.keyClicks(page.editor.text, "Rewritten")
    page.list.choose(three["tools"])
    assert notes.note(desk.vault, three["cafe"]).body == "Rewritten"  # type: ignore[union-attr]
    assert notes.note(desk.vault, three["tools"]).body == "Shows spreadsheets gladly"  # type: ignore[union-attr]
    assert page.editor.text.toPlainText() == "Shows spreadsheets gladly"


def test_undo_brings_back_the_old_words_while_the_cursor_is_in_them(
    page: NotesPage, desk: Desk, three: dict[str, NoteId]
) -> None:
    page.list.choose(three["tools"])
    page.editor.text.setFocus()
    page.editor.text.selectAll()
    QTest.keyClicks(page.editor.text, "Changed")
    desk.undo()
    assert page.editor.text.toPlainText() == "Shows spreadsheets gladly"


def test_removing_takes_two_clicks_and_undo_brings_it_back(
    page: NotesPage, desk: Desk, three: dict[str, NoteId]
) -> None:
    page.list.choose(three["tools"])
    QTest.mouseClick(page.editor.remove_button, LEFT)
    assert len(listed(page)) == 3
    QTest.mouseClick(page.editor.remove_button, LEFT)
    assert "Tools" not in listed(page)
    desk.undo()
    assert "Tools" in listed(page)


def test_a_note_is_about_a_person_whose_gaps_stand_beside_it(
    page: NotesPage, desk: Desk, three: dict[str, NoteId]
) -> None:
    person = desk.do(people_verbs.add, replace(people_verbs.blank(), given_name="Aylin", family_name="Özdemir"))
    topic = desk.do(topic_verbs.add, "Tabellen", "Spreadsheets")
    desk.do(verbs.add_gap, person, topic, seen=1, wanted=3)
    page.list.choose(three["tools"])
    assert not page.context.gaps.isVisible()
    QTest.keyClicks(page.context.person, "ozd")
    page.context.person.pick(0)
    assert notes.note(desk.vault, three["tools"]).person == person  # type: ignore[union-attr]
    assert page.context.gaps.isVisible()
    assert list(page.context.gaps.items) == [topic]
    assert page.list.notes.rows[page.list.notes.place_of(three["tools"])].about == "Özdemir"


def test_beside_a_note_on_a_mutual_tandem_stand_the_gaps_of_both(
    page: NotesPage, desk: Desk, three: dict[str, NoteId]
) -> None:
    blank = replace(programme_verbs.blank(), title="Tausch", kind=ProgrammeKind.MUTUAL)
    programme = desk.do(programme_verbs.add, blank)
    made = [desk.do(people_verbs.add, replace(people_verbs.blank(), family_name=name)) for name in ("Anders", "Brandt")]
    one, other = desk.do(programme_verbs.enrol, programme, made, Role.BOTH)
    tandem = desk.do(tandem_verbs.pair, programme, one, other)
    topic = desk.do(topic_verbs.add, "Tabellen", "Spreadsheets")
    desk.do(verbs.add_gap, made[0], topic, seen=1, wanted=3)
    page.list.choose(three["tools"])
    desk.do(verbs.edit, three["tools"], person=None, tandem=tandem, meeting=None)

    def gaps() -> list[tuple[str, int]]:
        panels = [one for one in page.context.findChildren(GapsPanel) if one.isVisible()]
        return [(one.title.text(), len(one.items)) for one in panels]

    assert gaps() == [("Skill gaps of Brandt", 0), ("Skill gaps of Anders", 1)]
    desk.do(programme_verbs.edit, programme, kind=ProgrammeKind.REVERSE)
    assert gaps() == [("Skill gaps of Brandt", 0)]
    desk.do(verbs.edit, three["tools"], person=made[0], tandem=None, meeting=None)
    assert gaps() == [("Skill gaps of Anders", 1)]


def test_the_veil_hides_list_text_and_context_at_once(page: NotesPage, three: dict[str, NoteId]) -> None:
    page.list.choose(three["cafe"])
    QTest.keyClick(page, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert not any(part.isVisible() for part in (page.list, page.editor.text, page.context, page.search))
    for words in ("Café", "Jürgen"):
        assert words not in page.windowTitle() + page.subtitle.text()
    QTest.mouseClick(page.veil_button, LEFT)
    assert page.list.isVisible()


def test_a_new_note_comes_out_from_under_the_veil(page: NotesPage, three: dict[str, NoteId]) -> None:
    veil.draw(True)
    QTest.keyClick(page, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert page.editor.title.isVisible()
    assert len(listed(page)) == len(three) + 1


def test_a_half_typed_tag_is_saved_with_the_rest(page: NotesPage, desk: Desk, three: dict[str, NoteId]) -> None:
    page.show_record(three["cafe"])
    page.editor.tags.input.setFocus()
    QTest.keyClicks(page.editor.tags.input, "coffee")
    page.flush()
    saved = notes.note(desk.vault, three["cafe"])
    assert saved is not None
    assert saved.tags == ("idea", "coffee")
    QTest.keyClicks(page.editor.tags.input, "chat")
    page.show_record(three["tools"])
    kept = {name: notes.note(desk.vault, identity) for name, identity in three.items()}
    assert kept["cafe"] is not None
    assert kept["cafe"].tags == ("idea", "coffee", "chat")
    assert kept["tools"] is not None
    assert kept["tools"].tags == page.editor.tags.value() == ("skill",)
    assert page.editor.tags.input.text() == ""
