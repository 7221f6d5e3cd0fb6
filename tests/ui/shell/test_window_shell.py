from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit
from pytestqt.qtbot import QtBot
from window_fixtures import OpenWindow, Stage, button_of, press, type_over, type_text

from app.domain.kinds import Kind
from app.services import houses as house_verbs
from app.services import people as person_verbs
from app.store import houses, people, tandems
from ui import theme
from ui.desk import Place
from ui.pages.settings import SettingsPage
from ui.shell.demo import DEMO_PASSPHRASE
from ui.shell.help import SHORTCUTS, Shortcuts, help_text, key_text
from ui.shell.pages import PAGES
from ui.shell.palette import MOST, Palette

RAIL = [page.key for page in PAGES if page.in_rail]


def put_house(stage: Stage, **values: str) -> None:
    stage.desk.do(house_verbs.set_house, **values)


def house_of(stage: Stage, name: str) -> str:
    return houses.house(stage.desk.vault).get(name, "")


def choose(stage: Stage, setting: str, value: object) -> None:
    """Chooses by keys, as a user does. Each key changes the look, and the page is made anew with the focus kept."""

    def box() -> QComboBox:
        QApplication.processEvents()
        found = getattr(settings_of(stage), setting)
        assert isinstance(found, QComboBox)
        return found

    box().setFocus()
    steps = box().findData(value) - box().currentIndex()
    for _ in range(abs(steps)):
        QTest.keyClick(box(), Qt.Key.Key_Down if steps > 0 else Qt.Key.Key_Up)
    assert box().currentData() == value
    assert box().hasFocus()


# The rail


def test_each_button_of_the_rail_shows_its_page(open_demo: OpenWindow) -> None:
    stage = open_demo()
    for key in RAIL:
        page = stage.go(key)
        assert page.isVisible()
        assert stage.window.windowTitle().endswith("– Tandembuch")
        current = [name for name, button in stage.workplace.rail.buttons.items() if button.property("current")]
        assert current == [key]
        assert stage.workplace.rail.buttons[key].accessibleDescription() == "This page is shown."
        bold = [name for name, button in stage.workplace.rail.buttons.items() if button.font().weight() > 500]
        assert bold == [key]


def test_ctrl_and_a_digit_go_down_the_rail(open_demo: OpenWindow) -> None:
    stage = open_demo()
    for number, key in enumerate(RAIL, 1):
        stage.key(f"Ctrl+{number}")
        assert stage.page.key == key


def test_the_focus_is_where_it_was_after_long_work(open_demo: OpenWindow, qtbot: QtBot) -> None:
    stage = open_demo()
    page = stage.go("people")
    left = page.findChild(QLineEdit)
    assert left is not None
    left.setFocus()
    done: list[object] = []

    def told(result: object) -> None:
        done.append(result)
        stage.desk.say("Added", undo=True)  # Return would take back at once what was done

    seen = threading.Event()

    @wraps(person_verbs.add)
    def add(*args: Any) -> object:
        seen.wait(60)
        return person_verbs.add(*args)

    stage.desk.do_slowly("Adding", told, add, replace(person_verbs.blank(), family_name="Neu"))
    stage.workplace.progress.cancel_button.setFocus()  # as Tab does, or the window when a dialog before it has closed
    seen.set()
    qtbot.waitUntil(lambda: bool(done) and stage.workplace.rail.isEnabled())
    assert stage.workplace.toast.undo_button.isVisible()
    assert stage.workplace.focusWidget() is left


def test_while_long_work_goes_on_the_pages_take_no_keys(open_demo: OpenWindow, qtbot: QtBot) -> None:
    stage = open_demo()
    stage.go("people")
    stage.desk.do(person_verbs.add, replace(person_verbs.blank(), family_name="Zuvor"))
    stage.desk.say("Added", undo=True)
    gate = threading.Event()

    @wraps(person_verbs.add)
    def add(*args: Any) -> object:
        gate.wait(60)
        return person_verbs.add(*args)

    done: list[object] = []
    stage.desk.do_slowly("Adding", done.append, add, replace(person_verbs.blank(), family_name="Danach"))
    assert not stage.workplace.toast.isVisible()
    stage.key("Ctrl+Z")  # would wait for the work, and then take back what it did
    stage.key("Ctrl+5")
    stage.key("Ctrl+K")
    assert stage.page.key == "people"
    assert QApplication.activeModalWidget() is None
    gate.set()
    qtbot.waitUntil(lambda: bool(done) and not stage.workplace.at_work)
    assert {"Zuvor", "Danach"} <= {one.family_name for one in people.all_people(stage.desk.vault)}
    stage.key("Ctrl+5")
    assert stage.page.key == "tandems"


def test_window_title_names_nobody(open_demo: OpenWindow) -> None:
    stage = open_demo()
    tandem = tandems.of_programme(stage.desk.vault, stage.desk.programme or 0)[0]  # type: ignore[arg-type]
    person = people.all_people(stage.desk.vault)[0]
    for place in (Place("tandem", tandem.id), Place("people", person.id)):
        stage.desk.go(place)
        title = stage.window.windowTitle()
        assert not any(one.family_name in title for one in people.all_people(stage.desk.vault) if one.family_name)


# Ctrl+K


def palette_of(stage: Stage) -> Palette:
    stage.key("Ctrl+K")
    found = QApplication.activeModalWidget()
    assert isinstance(found, Palette)
    return found


def test_the_palette_goes_to_a_person(open_demo: OpenWindow, qtbot: QtBot) -> None:
    stage = open_demo()
    person = people.all_people(stage.desk.vault)[5]
    palette = palette_of(stage)
    qtbot.waitUntil(palette.line.hasFocus)
    assert palette.found.count() == MOST
    went: list[Place] = []
    stage.desk.went.connect(went.append)
    type_text(palette.line, f"{person.family_name[:4]} {person.given_name}".lower())
    shown = [palette.found.item(row).text() for row in range(palette.found.count())]
    assert any(text.startswith(person.list_name) for text in shown)
    while not palette.found.currentItem().text().startswith(person.list_name):
        QTest.keyClick(palette.line, Qt.Key.Key_Down)
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert went == [Place("people", person.id)]
    assert stage.page.key == "people"
    assert QApplication.activeModalWidget() is None


def test_the_palette_goes_to_a_tandem_and_to_a_page(open_demo: OpenWindow) -> None:
    stage = open_demo()
    palette = palette_of(stage)
    type_text(palette.line, "tandem 17:")
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert stage.page.key == "tandem"
    record = stage.workplace.place.record
    assert record is not None
    found = tandems.tandem(stage.desk.vault, record)  # type: ignore[arg-type]
    assert found is not None
    assert found.number == 17
    palette = palette_of(stage)
    type_text(palette.line, "securi")
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert stage.page.key == "security"


def test_escape_closes_the_palette_and_goes_nowhere(open_demo: OpenWindow) -> None:
    stage = open_demo()
    palette = palette_of(stage)
    type_text(palette.line, "no such thing at all")
    assert palette.found.count() == 0
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    QTest.keyClick(palette.line, Qt.Key.Key_Escape)
    assert QApplication.activeModalWidget() is None
    assert stage.page.key == "overview"


# Undo


def test_undo_and_redo_by_keys(open_demo: OpenWindow) -> None:
    stage = open_demo()
    before = house_of(stage, "name")
    put_house(stage, name="Feinwerk")
    stage.key("Ctrl+Z")
    assert house_of(stage, "name") == before
    stage.key("Ctrl+Shift+Z")
    assert house_of(stage, "name") == "Feinwerk"
    stage.key("Ctrl+Z")
    stage.key("Ctrl+Y")
    assert house_of(stage, "name") == "Feinwerk"
    stage.key("Ctrl+Y")
    assert stage.workplace.toast.label.text() == "There is nothing to redo."


def test_the_toasts_undo_takes_the_step_back(open_demo: OpenWindow) -> None:
    stage = open_demo()
    before = house_of(stage, "name")
    put_house(stage, name="Feinwerk")
    stage.desk.say("Removed", undo=True)
    assert stage.workplace.toast.isVisible()
    stage.click(button_of(stage.workplace.toast, "Undo"))
    assert house_of(stage, "name") == before
    stage.desk.say("No way back")
    assert not stage.workplace.toast.undo_button.isVisible()


def test_shortcuts_of_the_page_rest_behind_a_dialog(open_demo: OpenWindow) -> None:
    stage = open_demo()
    put_house(stage, name="Feinwerk")
    palette = palette_of(stage)
    press(palette, "Ctrl+Z")
    assert house_of(stage, "name") == "Feinwerk"
    palette.reject()


def test_a_fault_stays_above_the_page_until_another_is_shown(open_demo: OpenWindow) -> None:
    from app.errors import Fault

    stage = open_demo()
    stage.desk.say_fault(Fault("file.unwritable"))
    QApplication.processEvents()
    assert any("could not be written" in label.text() for label in stage.workplace.findChildren(QLabel))
    stage.go("people")
    QApplication.sendPostedEvents(None, 52)  # deferred deletes
    QApplication.processEvents()
    assert not any("could not be written" in label.text() for label in stage.workplace.findChildren(QLabel))


# Settings


def settings_of(stage: Stage) -> SettingsPage:
    page = stage.page
    assert isinstance(page, SettingsPage)
    return page


def kept(home: Path) -> dict[str, object]:
    found = json.loads((home / "settings.json").read_text("utf-8"))
    assert isinstance(found, dict)
    return found


def test_settings_take_effect_at_once_and_are_remembered(open_demo: OpenWindow, home: Path) -> None:
    stage = open_demo()
    stage.go("settings")
    choose(stage, "language", "de")
    assert stage.page.key == "settings"
    assert stage.workplace.rail.buttons["people"].text() == "Personen"
    assert stage.window.windowTitle() == "Einstellungen – Tandembuch"
    choose(stage, "scheme", "dark")
    assert theme.scheme_name() == "dark"
    before = stage.workplace.rail.width()
    choose(stage, "text_size", 125)
    assert theme.text_size() == 125
    assert stage.workplace.rail.width() > before
    choose(stage, "text_size", 110)
    choose(stage, "density", "compact")
    assert theme.row_height() == theme.px(32)
    choose(stage, "idle", 15)
    assert stage.window.idle.minutes == 15
    stage.window.idle.tick()
    assert any("15 Min" in label.text() for label in stage.window.statusBar().findChildren(QLabel))
    settings = kept(home)
    assert (settings["language"], settings["scheme"], settings["text_size"]) == ("de", "dark", 110)
    assert (settings["density"], settings["idle_minutes"]) == ("compact", 15)


def test_recent_vaults_can_be_switched_off(open_demo: OpenWindow, home: Path) -> None:
    stage = open_demo()
    assert kept(home)["recent"]
    stage.go("settings")
    stage.click(settings_of(stage).recent)
    assert kept(home)["recent"] == []
    assert kept(home)["remember_recent"] is False


def test_the_houses_name_saves_itself(open_demo: OpenWindow) -> None:
    stage = open_demo()
    stage.go("settings")
    line, before = settings_of(stage).house.lines["name"], house_of(stage, "name")
    type_over(line, "Feinwerk & Söhne")
    stage.key("Ctrl+1")
    assert house_of(stage, "name") == "Feinwerk & Söhne"
    stage.key("Ctrl+Z")
    assert house_of(stage, "name") == before


def test_hidden_pages_are_read_again_only_when_shown(open_demo: OpenWindow) -> None:
    stage = open_demo()
    stage.go("people")
    stage.go("security")
    page = stage.workplace.page_of("people")
    stage.desk.changed.emit(frozenset({Kind.PERSON}))
    assert page.stale
    stage.go("people")
    assert not page.stale


# Help


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_page_has_its_own_help(open_demo: OpenWindow, language: str) -> None:
    stage = open_demo(language)
    stage.key("F1")
    assert stage.workplace.help.isVisible()
    texts = set()
    for page in PAGES:
        stage.desk.go(Place(page.key))
        shown = stage.workplace.help.text.toPlainText()
        assert len(shown) > 100, page.key
        texts.add(shown)
        assert help_text(page.key) != help_text("program"), page.key
    assert len(texts) == len(PAGES)
    stage.key("F1")
    assert not stage.workplace.help.isVisible()


def test_the_sheet_of_shortcuts(open_demo: OpenWindow) -> None:
    stage = open_demo("de")
    stage.key("Ctrl+/")
    sheet = QApplication.activeModalWidget()
    assert isinstance(sheet, Shortcuts)
    texts = [label.text() for label in sheet.findChildren(QLabel)]
    assert [key_text(keys) for keys, _ in SHORTCUTS] == texts[::2]
    assert "Strg+Umschalt+Z" in texts
    stage.click(button_of(sheet, "Schließen"))
    assert QApplication.activeModalWidget() is None


# Geometry and size


def test_size_and_place_of_the_window_are_remembered(
    open_window: OpenWindow, demo_vault: Callable[[str], Path], home: Path
) -> None:
    from app.settings import load

    stage = open_window(size=None)
    stage.window.setGeometry(QRect(30, 40, 930, 640))
    stage.window.close()
    again = open_window(settings=load(home / "settings.json"), chosen=demo_vault("en"), size=None)
    assert again.window.height() == 640  # the width is as wide as the screen, which is narrow here
    broken = load(home / "settings.json")
    broken.window["geometry"] = "no geometry, é"
    assert open_window(settings=broken, size=None).window.width() == 1280


@pytest.mark.parametrize(("size", "text_size"), [((1280, 800), 150), ((1366, 768), 150), ((1280, 800), 100)])
def test_the_window_fits_small_screens(open_demo: OpenWindow, size: tuple[int, int], text_size: int) -> None:
    stage = open_demo("de", text_size=text_size, size=size)
    for key in RAIL:
        stage.go(key)
        QApplication.processEvents()
        assert (stage.window.width(), stage.window.height()) == size, key


def test_a_notebook_has_no_programme_pages(open_window: OpenWindow, tmp_path: Path) -> None:
    from app.store.vault import create_vault

    path = tmp_path / "mine.tandembuch"
    create_vault(path, DEMO_PASSPHRASE, kind="notebook").close()
    stage = open_window(chosen=path)
    stage.unlock(DEMO_PASSPHRASE)
    assert stage.page.key == "notes"
    assert [key for key in stage.workplace.rail.buttons if key != "lock"] == ["notes", "security", "settings"]
    for key in ("notes", "security", "settings"):
        stage.go(key)
    palette_of(stage).reject()
