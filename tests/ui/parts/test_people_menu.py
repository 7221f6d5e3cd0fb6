from __future__ import annotations

from unittest.mock import MagicMock

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app import i18n
from ui.parts.people_menu import PeopleMenu


@pytest.mark.parametrize(("language", "shown"), [("de", "Bearbeiten\tEingabe"), ("en", "Edit")])
def test_the_key_for_editing_is_named_in_the_language_spoken(qtbot: QtBot, language: str, shown: str) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    with i18n.speaking(language):
        menu = PeopleMenu(parent, [MagicMock(tandem=None)], MagicMock(), enrolling=False)
    edit = menu.actions()[0]
    assert edit.text() == shown
    assert (edit.shortcut() == QKeySequence("Return")) is (language == "en")
