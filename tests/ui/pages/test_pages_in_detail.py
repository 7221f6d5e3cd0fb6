"""Small things that were noticed on the pages: signs, room, and which button is the filled one."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot
from quick_vaults import PASSPHRASE
from window_fixtures import OpenWindow, button_of, click, type_text

from app.domain.ids import PersonId
from app.services import drafts, notes, people
from app.store.vault import create_vault
from ui import theme
from ui.pages.documents import DocumentsPage
from ui.pages.notes import NotesPage
from ui.pages.pairing import PairingPage
from ui.pages.settings import SettingsPage
from ui.parts import buttons
from ui.parts.buttons import Button
from ui.parts.card import row
from ui.parts.inside import InsideButton
from ui.parts.pairing_compare import WISHES, CompareView
from ui.parts.people_picker import PeoplePicker


def filled(page: QWidget) -> list[str]:
    QApplication.processEvents()
    return [one.text() for one in page.findChildren(Button) if one.isVisible() and one.property("look") == "primary"]


def test_an_empty_person_field_has_no_sign_to_empty_it(qtbot: QtBot) -> None:
    picker = PeoplePicker(lambda _: [(PersonId(1), "Özdemir, Aylin")], "Nobody yet")
    qtbot.addWidget(picker)
    picker.show()

    (nobody,) = picker.findChildren(InsideButton)

    def sign() -> bool:
        return nobody.isVisible()

    assert not sign()
    picker.show_value("Özdemir, Aylin", other=True)
    qtbot.waitUntil(sign)
    picker.setFocus()
    picker.selectAll()
    click(nobody)
    qtbot.waitUntil(lambda: not sign())
    assert picker.text() == ""


def test_an_empty_page_has_one_filled_button_and_so_has_a_full_one(open_window: OpenWindow, tmp_path: Path) -> None:
    path = tmp_path / "Leer.tandembuch"
    create_vault(path, PASSPHRASE).close()
    stage = open_window(chosen=path)
    stage.unlock(PASSPHRASE)
    assert filled(stage.go("people")) == ["Import a staff list"]
    assert filled(stage.go("tandems")) == ["Go to pairing"]
    assert filled(stage.go("notes")) == ["Write the first note"]
    stage.desk.do(notes.add)
    assert filled(stage.page) == ["New note"]
    stage.go("people")
    stage.desk.do(people.add, replace(people.blank(), family_name="Adler"))
    assert "Add person" in filled(stage.page)
    assert "Import a staff list" not in filled(stage.page)


def test_a_kept_pair_says_so_where_others_say_what_they_would_get(open_demo: OpenWindow) -> None:
    stage = open_demo("en")
    page = stage.go("pairing")
    assert isinstance(page, PairingPage)
    rows = page.board.proposals._model
    stage.qtbot.waitUntil(lambda: bool(rows.rows) and all(one.third for one in rows.rows))
    pair = rows.rows[0].pair
    assert stage.desk.programme is not None
    stage.desk.do(drafts.lock, stage.desk.programme, [pair])
    stage.qtbot.waitUntil(lambda: any(one.pair == pair and one.locked for one in rows.rows))

    def said() -> bool:
        kept = next(one for one in rows.rows if one.pair == pair)
        return kept.third is not None and kept.third[2] == "stays together in every plan"

    stage.qtbot.waitUntil(said)


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize(("size", "weights"), [(100, True), (150, False)])
def test_the_comparison_shows_its_last_column_whole(
    open_demo: OpenWindow, language: str, size: int, *, weights: bool
) -> None:
    stage = open_demo(language, text_size=size)
    page = stage.go("pairing")
    assert isinstance(page, PairingPage)
    click(button_of(page, "Vergleich" if language == "de" else "Compare"))
    if weights:
        click(page.weights_button)
    (view,) = page.findChildren(CompareView)
    table = view.table
    view.only.setChecked(False)  # both plans may be one
    stage.qtbot.waitUntil(lambda: table.isVisible() and view._found is not None)

    def whole() -> bool:
        header = table.horizontalHeader()
        last = max(place for place in range(header.count()) if not header.isSectionHidden(place))
        title = str(table.records.columns[last].title)
        end = header.sectionViewportPosition(last) + header.fontMetrics().horizontalAdvance(title) + theme.px(12)
        return table.horizontalScrollBar().maximum() == 0 and end <= table.viewport().width()

    stage.qtbot.waitUntil(whole)
    for place in range(len(table.records.columns)):  # as when the plans come after the room was shared
        table.setColumnHidden(place, table.isColumnHidden(place) or table.records.columns[place].key in WISHES)
    table.fit()
    found = view._found
    assert found is not None
    assert found.comparison.wishing, "else no column joins"
    view.show_compared(found)
    assert whole()


def test_a_button_with_other_words_is_as_wide_as_one_made_with_them(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    changed, made = buttons.primary("Weiter"), buttons.primary("76 Personen importieren")
    line = row(changed, made, 1)
    host.setLayout(line)
    host.resize(900, 60)
    host.show()
    changed.set_text("76 Personen importieren")
    qtbot.waitUntil(lambda: changed.width() == made.width())
    changed.set_look("secondary")
    QApplication.processEvents()
    assert changed.width() >= changed.sizeHint().width()


@pytest.mark.parametrize("size", [100, 150, 200])
def test_the_settings_fit_the_window_and_names_have_room(open_demo: OpenWindow, size: int) -> None:
    stage = open_demo("de", text_size=size)
    page = stage.go("settings")
    assert isinstance(page, SettingsPage)
    area = page.findChild(QScrollArea)
    assert isinstance(area, QScrollArea)
    inner = area.widget()
    assert inner is not None
    stage.qtbot.waitUntil(lambda: inner.width() <= area.viewport().width())
    name = page.house.lines["name"]
    assert name.width() > theme.px(240) * (1.5 if size == 100 else 1)


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_buttons_of_the_preview_are_whole_at_200_percent(open_demo: OpenWindow, language: str) -> None:
    stage = open_demo(language, text_size=200)
    page = stage.go("documents")
    assert isinstance(page, DocumentsPage)

    def whole(button: Button) -> bool:
        return button.width() >= button.sizeHint().width()

    for one in page.pdf.findChildren(Button):
        stage.qtbot.waitUntil(partial(whole, one))


def test_what_a_note_is_about_is_seen_below_its_text_at_150_percent(open_demo: OpenWindow) -> None:
    stage = open_demo("de", text_size=150)
    page = stage.go("notes")
    assert isinstance(page, NotesPage)

    def seen() -> bool:
        top = page.context_card.mapTo(page, QPoint(0, 0)).y()
        return page.height() - top >= theme.px(70)

    stage.qtbot.waitUntil(seen)
    assert page.editor.text.height() >= page.editor.text.fontMetrics().lineSpacing() * 4
    type_text(page.editor.text, "x")  # and it can be written in
