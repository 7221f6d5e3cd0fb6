"""After the lock everything stands where it stood: page, record, cursor, veil, and every word that was typed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import pytest
from PySide6.QtWidgets import QDialog, QInputDialog, QLineEdit, QVBoxLayout
from window_fixtures import Answers, OpenWindow, Stage, type_over, type_text

from app.domain.ids import NoteId
from app.domain.resumes import Resume, Unsaved
from app.errors import Fault
from app.services import goals as goal_verbs
from app.services import notes as verbs
from app.store import houses, meetings, notes, people, resumes, tandems
from app.store.vault import Vault
from ui.desk import Place
from ui.main import arguments
from ui.pages.notes import NotesPage
from ui.pages.people import PeoplePage
from ui.pages.settings import SettingsPage
from ui.pages.tandem import TandemPage
from ui.parts import half_typed, veil
from ui.parts.autosave import LongText
from ui.parts.code_field import CodeField
from ui.parts.editors import TextField
from ui.parts.passphrase import PassphraseField
from ui.parts.tokens import TokensField
from ui.shell.demo import DEMO_PASSPHRASE
from ui.shell.resuming import give_back, lost_text

HALF = "Zaunkönig sitzt in der Hecke"


@pytest.fixture(autouse=True)
def unveiled() -> Iterator[None]:
    yield
    veil.draw(False)


@pytest.fixture
def stage(open_demo: OpenWindow) -> Stage:
    return open_demo()


def lock_and_unlock(stage: Stage, open_window: OpenWindow) -> Stage:
    veil_before = veil.hidden()
    stage.key("Ctrl+L")
    veil.draw(False)  # as in a new process
    again = open_window(chosen=arguments(stage.restarts[0]).file)
    again.unlock(DEMO_PASSPHRASE)
    assert veil.hidden() == veil_before
    return again


@contextmanager
def no_room(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing can be written to the vault."""

    def full(*_: object, **__: object) -> NoReturn:
        raise Fault("vault.disk_full")

    with monkeypatch.context() as patch:
        patch.setattr(vault, "change", full)
        yield


def new_note(stage: Stage) -> tuple[NotesPage, NoteId]:
    page = stage.go("notes")
    assert isinstance(page, NotesPage)
    stage.click(page.new_button)
    note = page.list.current
    assert note is not None
    return page, note


def test_the_cursor_stands_where_it_stood(stage: Stage, open_window: OpenWindow) -> None:
    page, note = new_note(stage)
    page.editor.text.setFocus()
    type_text(page.editor.text, HALF)
    place = page.editor.text.textCursor()
    place.setPosition(9)
    page.editor.text.setTextCursor(place)
    again = lock_and_unlock(stage, open_window)
    assert isinstance(again.page, NotesPage)
    assert again.page.list.current == note
    assert again.page.editor.text.toPlainText() == HALF
    again.qtbot.waitUntil(again.page.editor.text.hasFocus)
    assert again.page.editor.text.textCursor().position() == 9


def test_unsaved_words_go_back_into_their_note_among_very_many(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    page, note = new_note(stage)
    page.editor.text.setFocus()
    type_text(page.editor.text, HALF)
    spot, cursor = half_typed.focus(page, page.editor.text)
    assert spot is not None
    page.flush()
    before = len(notes.all_notes(stage.desk.vault))
    stage.desk.go(Place("settings"))
    page.list.choose(None)
    monkeypatch.setattr("ui.pages.notes.MUCH", 0)
    page.stale = True
    left = Unsaved(spot=spot, text=f"{HALF}!")
    resume = Resume(page="notes", record=note, focus=spot, cursor=cursor, unsaved=(left,))
    give_back(stage.desk, stage.workplace, resume)
    page.flush()
    found = notes.note(stage.desk.vault, note)
    assert found is not None
    assert found.body == f"{HALF}!"
    assert len(notes.all_notes(stage.desk.vault)) == before, "it became no note of its own"


def test_a_day_that_is_none_stands_behind_its_own_pencil_again(stage: Stage, open_window: OpenWindow) -> None:
    """The fields of a goal are made when somebody opens them; after a lock nobody has opened any."""
    assert stage.desk.programme is not None
    tandem = tandems.of_programme(stage.desk.vault, stage.desk.programme)[0].id
    first, second = (stage.desk.do(goal_verbs.add, tandem, title=title) for title in ("Listen", "Speak"))
    stage.desk.go(Place("tandem", tandem))
    page = stage.page
    assert isinstance(page, TandemPage)
    item = page.goals.items[second]
    item.more_button.click()
    type_over(item.review_on.input, "31.02.2019")
    again = lock_and_unlock(stage, open_window)
    assert isinstance(again.page, TandemPage)
    items = again.page.goals.items
    assert items[second].review_on.input.text() == "31.02.2019"
    assert items[second].review_on.error()
    assert items[first].review_on.input.text() == ""


def test_what_was_hidden_is_hidden_after_unlocking(stage: Stage, open_window: OpenWindow) -> None:
    stage.go("notes")
    veil.draw(True)
    assert lock_and_unlock(stage, open_window).page.key == "notes"
    assert veil.hidden()


def test_a_name_that_was_refused_stands_in_its_field_again(stage: Stage, open_window: OpenWindow) -> None:
    """A date that is none can't be saved; it is not dropped either."""
    person = people.all_people(stage.desk.vault)[3]
    stage.desk.go(Place("people", person.id))
    page = stage.page
    assert isinstance(page, PeoplePage)
    line = page.panel.fields.entry_date.input
    type_over(line, "31.02.2019")
    again = lock_and_unlock(stage, open_window)
    assert isinstance(again.page, PeoplePage)
    field = again.page.panel.fields.entry_date
    assert field.input.text() == "31.02.2019"
    assert field.error()
    assert people.person(again.desk.vault, person.id) == person


def test_a_topic_half_typed_in_the_settings(stage: Stage, open_window: OpenWindow) -> None:
    page = stage.go("settings")
    assert isinstance(page, SettingsPage)
    type_over(page.topics.german, "Zaunkönigkunde")
    again = lock_and_unlock(stage, open_window)
    assert isinstance(again.page, SettingsPage)
    assert again.page.topics.german.text() == "Zaunkönigkunde"


def test_a_text_without_its_field_becomes_a_private_note(stage: Stage, open_window: OpenWindow) -> None:
    """The form of a meeting is closed after unlocking: what stood in it is not valid, and not lost."""
    vault = stage.desk.vault
    assert stage.desk.programme is not None
    tandem = next(one for one in tandems.of_programme(vault, stage.desk.programme) if meetings.of_tandem(vault, one.id))
    stage.desk.go(Place("tandem", tandem.id))
    page = stage.page
    assert isinstance(page, TandemPage)
    item = next(iter(page.meetings.items.values()))
    stage.click(item.open_button)
    assert item.form is not None
    type_over(item.form.minutes.input, "eine Stunde")
    again = lock_and_unlock(stage, open_window)
    assert isinstance(again.page, TandemPage)
    assert again.page.record == tandem.id
    kept = [note for note in notes.all_notes(again.desk.vault) if note.body == "eine Stunde"]
    assert [note.title for note in kept] == ["Not saved before the lock: Minutes"]


def test_a_text_that_was_refused_is_tried_again(
    stage: Stage, open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, note = new_note(stage)
    genuine = stage.desk.keep

    def refuse(verb: object, *words: object, **fields: object) -> bool:
        return "body" not in fields and genuine(verb, *words, **fields)  # type: ignore[arg-type]

    monkeypatch.setattr(stage.desk, "keep", refuse)
    page.editor.text.setFocus()
    type_text(page.editor.text, HALF)
    stage.key("Ctrl+L")
    again = open_window(chosen=arguments(stage.restarts[0]).file)
    again.unlock(DEMO_PASSPHRASE)
    assert isinstance(again.page, NotesPage)
    assert again.page.editor.text.toPlainText() == HALF
    again.page.flush()
    found = notes.note(again.desk.vault, note)
    assert found is not None
    assert found.body == HALF


def test_a_line_that_found_no_room_stays_and_outlives_the_lock(
    stage: Stage, open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = stage.go("settings")
    assert isinstance(page, SettingsPage)
    with no_room(stage.desk.vault, monkeypatch):
        for key in ("name", "place"):
            type_over(page.house.lines[key], HALF)
            page.house.lines[key].editingFinished.emit()
        page.house.refresh()
        assert [page.house.lines[key].text() for key in ("name", "place")] == [HALF, HALF]
        assert {one.text for one in half_typed.unsaved(page)} == {HALF}
    again = lock_and_unlock(stage, open_window)
    assert houses.house(again.desk.vault)["name"] == HALF


def test_what_was_typed_in_dialogs_becomes_private_notes(stage: Stage, open_window: OpenWindow) -> None:
    """Their fields are gone after the lock, and a line of a dialog must not end in a field of a page."""
    dialog = QDialog(stage.window)
    line, untouched, tokens, text = TextField(), TextField(), TokensField("Tags"), LongText("T")
    secret, code = PassphraseField("P"), CodeField()
    column = QVBoxLayout(dialog)
    for one in (line, untouched, secret, tokens, text, code):
        column.addWidget(one)
    line.setAccessibleName("Department")
    untouched.show_value("as it was")
    dialog.show()
    type_over(line, "Zaunabteilung")
    type_over(secret.line, "Geheimnis")
    secret.line.setEchoMode(QLineEdit.EchoMode.Normal)
    type_over(tokens.input, "Hecke")
    text.setFocus()
    type_text(text, HALF)
    type_text(code.boxes[0], "7K2M")
    question = QInputDialog(stage.window)
    question.setLabelText("New title")
    question.show()
    asked = question.findChild(QLineEdit)
    assert asked is not None
    type_over(asked, "Zaunfrage")
    before = {note.id for note in notes.all_notes(stage.desk.vault)}
    stage.window.idle.expired.emit()
    dialog.deleteLater()
    question.deleteLater()
    again = open_window(chosen=arguments(stage.restarts[0]).file)
    again.unlock(DEMO_PASSPHRASE)
    came = {(note.title, note.body) for note in notes.all_notes(again.desk.vault) if note.id not in before}
    head = "Not saved before the lock: "
    assert came == {
        (f"{head}Department", "Zaunabteilung"), (f"{head}Tags", "Hecke"), (f"{head}T", HALF),
        (f"{head}New title", "Zaunfrage"),
    }  # fmt: skip


def test_it_is_in_the_vault_from_the_lock_to_the_unlocking_alone(stage: Stage, open_window: OpenWindow) -> None:
    page = stage.go("settings")
    assert isinstance(page, SettingsPage)
    type_over(page.topics.german, "Zaunkönigkunde")
    needed = stage.desk.vault.needs_backup(stage.places.backups)
    assert resumes.kept(stage.desk.vault) is None
    again = lock_and_unlock(stage, open_window)
    assert resumes.kept(again.desk.vault) is None
    assert not again.desk.vault.needs_backup(again.places.backups) or needed
    assert not again.desk.undo()


def test_after_a_close_it_begins_at_the_overview(stage: Stage, open_window: OpenWindow) -> None:
    stage.go("notes")
    path = stage.desk.vault.path
    stage.key("Ctrl+Q")
    again = open_window(chosen=path)
    again.unlock(DEMO_PASSPHRASE)
    assert again.page.key == "overview"


def test_locking_by_hand_asks_before_a_text_is_lost(
    stage: Stage, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, _ = new_note(stage)
    page.editor.text.setFocus()
    type_text(page.editor.text, HALF)
    vault = stage.desk.vault
    with no_room(vault, monkeypatch):
        answers.choices += [None, "yes"]
        stage.key("Ctrl+L")
        assert stage.desk.vault is vault
        assert stage.restarts == []
        assert page.editor.text.toPlainText() == HALF
        stage.key("Ctrl+L")
    assert len(answers.asked) == 2
    assert stage.restarts == [[str(vault.path), "--lost"]]


def test_an_idle_lock_asks_nobody_and_the_next_life_says_so(
    stage: Stage, answers: Answers, open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, _ = new_note(stage)
    page.editor.text.setFocus()
    type_text(page.editor.text, HALF)
    vault = stage.desk.vault
    with no_room(vault, monkeypatch):
        stage.window.idle.expired.emit()
    assert answers.asked == []
    assert vault.closed
    options = arguments(stage.restarts[0])
    again = open_window(chosen=options.file, lost=options.lost)
    assert again.window.unlock is not None
    assert again.window.unlock.trouble.text() == lost_text()


def test_without_room_and_without_a_text_it_locks_and_asks_nothing(
    stage: Stage, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = stage.desk.vault
    with no_room(vault, monkeypatch):
        stage.key("Ctrl+L")
    assert answers.asked == []
    assert stage.restarts == [[str(vault.path)]]


def test_no_passphrase_and_no_search_is_kept(stage: Stage) -> None:
    page = stage.go("notes")
    assert isinstance(page, NotesPage)
    secret = QLineEdit("geheim", page)
    secret.setEchoMode(QLineEdit.EchoMode.Password)
    secret.setModified(True)
    type_over(page.search, "Zaunkönig")
    written: list[object] = []
    stage.window._restart = written.append
    genuine = stage.desk.vault.change

    @contextmanager
    def watched(*words: object, **more: object) -> Iterator[object]:
        with genuine(*words, **more) as change:  # type: ignore[arg-type]
            yield change
            written.append(resumes.kept(change))

    stage.desk.vault.change = watched  # type: ignore[method-assign, assignment]
    stage.window.lock()
    resume = next(one for one in written if one is not None)
    assert "geheim" not in repr(resume)
    assert resume.unsaved == ()  # type: ignore[attr-defined]


def test_its_repr_says_no_word(stage: Stage) -> None:
    """What ends up in a traceback's locals is harmless."""
    from app.domain.resumes import Resume, Spot, Unsaved

    spot = Spot(page="notes", record=1, kind="LongText", name="Aylin", number=0)
    assert "Aylin" not in repr(Resume(page="notes", unsaved=(Unsaved(spot=spot, text=HALF),)))
    assert HALF not in repr(Unsaved(spot=spot, text=HALF))
    assert stage.desk.do(verbs.add) is not None


def test_closing_keeps_what_could_not_be_saved_too(stage: Stage, open_window: OpenWindow) -> None:
    page = stage.go("settings")
    assert isinstance(page, SettingsPage)
    type_over(page.topics.german, "Zaunkönigkunde")
    path = stage.desk.vault.path
    stage.key("Ctrl+Q")
    again = open_window(chosen=path)
    again.unlock(DEMO_PASSPHRASE)
    assert isinstance(again.page, SettingsPage)
    assert again.page.topics.german.text() == "Zaunkönigkunde"


def test_closing_asks_before_a_text_is_lost(stage: Stage, answers: Answers, monkeypatch: pytest.MonkeyPatch) -> None:
    page, _ = new_note(stage)
    page.editor.text.setFocus()
    type_text(page.editor.text, HALF)
    with no_room(stage.desk.vault, monkeypatch):
        answers.choices += [None, "yes"]
        stage.window.close()
        assert stage.window.isVisible()
        stage.window.close()
    assert not stage.window.isVisible()
