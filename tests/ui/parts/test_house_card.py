"""The house's card: what stands on documents saves itself, colour and logo too, and can be undone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QColorDialog
from pytestqt.qtbot import QtBot
from window_fixtures import Answers

from app.places import places
from app.services import reports
from app.settings import Settings
from app.store import houses
from app.store.vault import Vault
from ui.desk import Desk
from ui.pages.settings import SettingsPage
from ui.parts.house_card import LOGO_PIXELS, OTHER, HouseCard, logo_of


@pytest.fixture
def card(qtbot: QtBot, vault: Vault, home: Path) -> HouseCard:
    desk = Desk(vault, places(home), Settings())
    page = SettingsPage(desk)
    desk.changed.connect(lambda _: page.refresh())
    qtbot.addWidget(page)
    page.show()
    page.ensure_fresh()
    return page.house


def picture(path: Path, width: int, height: int) -> Path:
    image = QImage(width, height, QImage.Format.Format_ARGB32)
    image.fill(QColor("#b3401f"))
    assert image.save(str(path))
    return path


def pick(card: HouseCard, value: str) -> None:
    row = card.colour.findData(value)
    assert row >= 0
    card.colour.setCurrentIndex(row)
    card.colour.activated.emit(row)


def test_a_logo_is_kept_small_and_stands_on_documents(
    card: HouseCard, vault: Vault, answers: Answers, tmp_path: Path
) -> None:
    answers.files.append(picture(tmp_path / "logo.png", 4000, 1000))
    card.choose_logo.click()
    kept = houses.logo(vault)
    assert kept is not None
    assert QImage.fromData(kept).width() == LOGO_PIXELS.width()
    assert reports.house(vault).logo == kept
    assert "logo" not in houses.house(vault)  # what is read at every turn does not carry the picture
    assert not card.picture.isHidden()
    card.remove_logo.click()
    assert houses.logo(vault) is None
    assert card.picture.isHidden()
    vault.undo()
    assert houses.logo(vault) == kept


def test_what_is_no_picture_is_said_and_changes_nothing(
    qtbot: QtBot, card: HouseCard, vault: Vault, answers: Answers, tmp_path: Path
) -> None:
    (tmp_path / "logo.png").write_bytes(b"no picture at all")
    answers.files.append(tmp_path / "logo.png")
    with qtbot.waitSignal(card._desk.said) as told:
        card.choose_logo.click()
    assert "PNG" in told.args[0].text
    assert houses.logo(vault) is None


def test_drawings_and_pictures_of_any_size_are_read(tmp_path: Path) -> None:
    small = picture(tmp_path / "small.png", 60, 40)
    assert QImage.fromData(logo_of(small) or b"").size().width() == 60
    drawing = tmp_path / "logo.svg"
    drawing.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><rect width="20" height="10"/></svg>'
    )
    assert QImage.fromData(logo_of(drawing) or b"").width() == 960  # as large as its room
    assert logo_of(tmp_path / "missing.png") is None


def test_a_colour_is_chosen_from_the_list_or_freely(card: HouseCard, vault: Vault, answers: Answers) -> None:
    pick(card, "#0b6e6e")
    assert houses.house(vault)["colour"] == "#0b6e6e"

    def another(dialog: QColorDialog) -> bool:
        dialog.setCurrentColor(QColor("#123456"))
        return True

    answers.dialogs.append(another)
    pick(card, OTHER)
    assert houses.house(vault)["colour"] == "#123456"
    assert card.colour.currentData() == "#123456"
    answers.dialogs.append(lambda _: False)
    pick(card, OTHER)
    assert card.colour.currentData() == "#123456"
    vault.undo()
    card.refresh()
    assert card.colour.currentData() == "#0b6e6e"


def test_lines_save_themselves(qtbot: QtBot, card: HouseCard, vault: Vault) -> None:
    qtbot.keyClicks(card.lines["name"], "Feinwerk")
    qtbot.keyClick(card.lines["name"], Qt.Key.Key_Return)
    assert houses.house(vault)["name"] == "Feinwerk"
    qtbot.keyClicks(card.lines["place"], "Ulm")
    card.flush()
    assert houses.house(vault)["place"] == "Ulm"
