from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui import theme
from ui.parts.note_editor import NoteText


def bold(text: NoteText) -> list[str]:
    """What is drawn bold, line by line."""
    block, found = text.document().firstBlock(), []
    while block.isValid():
        layout = block.layout()
        assert layout is not None
        for one in layout.formats():
            if one.format.fontWeight() == theme.SEMIBOLD:
                found.append(block.text()[one.start : one.start + one.length])
        block = block.next()
    return found


@pytest.fixture
def text(qapp: QApplication, qtbot: QtBot) -> NoteText:
    theme.apply(qapp, "light")
    made = NoteText("Note", "")
    qtbot.addWidget(made)
    return made


def test_what_stands_between_the_signs_is_bold_and_no_character_changes(text: NoteText) -> None:
    said = "Moved twice. **Ask** and __ask again__.\n# After the talk\n2 ** 3 and a **lonely sign"
    text.set_value(said)
    assert bold(text) == ["Ask", "ask again", "After the talk"]
    assert text.toPlainText() == said
    assert not text.half_typed()
    assert not text.timer.isActive()
    assert not text.document().isUndoAvailable()


def test_half_typed_is_only_what_was_typed(text: NoteText, qtbot: QtBot) -> None:
    text.set_value("plain")
    with qtbot.waitSignal(text.unsaved):
        text.insertPlainText("**bold** ")
    assert bold(text) == ["bold"]
    assert text.half_typed()
