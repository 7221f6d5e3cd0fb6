from __future__ import annotations

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from ui import theme
from ui.dialogs.ask import Choice, question

pytestmark = pytest.mark.usefixtures("english")


def test_cancel_is_what_return_takes_and_is_not_filled(qtbot: QtBot) -> None:
    box, keys = question(None, "Delete", "Delete <b>all</b>?", [Choice("yes", "Delete", danger=True)])
    qtbot.addWidget(box)
    assert [(key, button.text(), button.property("look")) for button, key in keys] == [("yes", "Delete", "danger")]
    default = box.defaultButton()
    assert default is box.escapeButton()
    assert default.text() == "Cancel"
    assert default.property("look") == "secondary"
    ground = theme.colour("surface")
    box.show()
    drawn = default.grab().toImage()
    assert drawn.pixelColor(drawn.width() // 2, 4 * round(drawn.devicePixelRatio())) == ground
    assert box.buttonRole(keys[0][0]) is QMessageBox.ButtonRole.DestructiveRole


def test_a_single_harmless_choice_is_the_filled_one(qtbot: QtBot) -> None:
    box, keys = question(None, "Move", "Move the vault?", [Choice("move", "Move")])
    qtbot.addWidget(box)
    assert keys[0][0].property("look") == "primary"


def test_a_notice_is_closed(qtbot: QtBot) -> None:
    box, keys = question(None, "Tandembuch", "The disk is full.", [])
    qtbot.addWidget(box)
    assert keys == []
    assert box.escapeButton().text() == "Close"
