"""What a person typed stays until the vault has it, and never gets under another record."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from window_fixtures import type_over

from ui.parts.bound import bind, finish, settle
from ui.parts.editors import TextField
from ui.parts.field import ChoiceField, DateField, Field, LineField, NumberField
from ui.parts.level_field import LevelField
from ui.parts.tokens import TokensField

WHY = "There is no room."


pytestmark = pytest.mark.usefixtures("english")


class Vault:
    """Keeps one value; refuses while it is ``full``."""

    def __init__(self) -> None:
        self.kept: Any = None
        self.tried: list[Any] = []
        self.full = False

    def save(self, value: Any) -> str:
        self.tried.append(value)
        if self.full:
            return WHY
        self.kept = value
        return ""


def bound(qtbot: QtBot, field: Field, value: object) -> Vault:
    vault = Vault()
    qtbot.addWidget(field)
    field.show()
    field.activateWindow()
    qtbot.waitUntil(field.isActiveWindow)
    settle(field, value, other=True)
    vault.kept = value
    bind(field, vault.save)
    return vault


LINES = [
    (lambda: LineField("Place"), "Room 1", "Room 2", "Room 2"),
    (lambda: DateField("Start"), date(2026, 2, 3), "4.2.2026", date(2026, 2, 4)),
    (lambda: NumberField("Minutes"), 30, "45", 45),
]


@pytest.mark.parametrize(("make", "before", "typed", "meant"), LINES)
def test_a_refused_value_stays_until_it_is_saved(
    qtbot: QtBot, make: Any, before: object, typed: str, meant: object
) -> None:
    field = make()
    vault = bound(qtbot, field, before)
    vault.full = True
    type_over(field.input, typed)
    QTest.keyClick(field.input, Qt.Key.Key_Return)
    shown = field.input.text()
    assert (field.error(), field.value(), field.half_typed()) == (WHY, meant, True)
    field.input.clearFocus()
    settle(field, before)  # something else has changed, the page reads again
    assert (field.input.text(), field.error(), vault.kept) == (shown, WHY, before)
    assert vault.tried == [meant]  # leaving the field asks nothing again
    finish(field)
    assert vault.tried == [meant, meant]
    assert field.error() == WHY
    vault.full = False
    finish(field)
    assert (vault.kept, field.error(), field.half_typed()) == (meant, "", False)
    finish(field)
    assert len(vault.tried) == 3


@pytest.mark.parametrize(("make", "before", "typed", "meant"), LINES)
def test_a_refused_value_is_corrected_or_goes_with_its_record(
    qtbot: QtBot, make: Any, before: object, typed: str, meant: object
) -> None:
    field = make()
    vault = bound(qtbot, field, before)
    vault.full = True
    type_over(field.input, typed)
    QTest.keyClick(field.input, Qt.Key.Key_Return)
    settle(field, before, other=True)
    assert (field.value(), field.error(), field.half_typed()) == (before, "", False)
    type_over(field.input, typed)
    QTest.keyClick(field.input, Qt.Key.Key_Return)
    vault.full = False
    field.input.undo()
    settle(field, before, other=True)
    QTest.keyClick(field.input, Qt.Key.Key_Return)
    assert vault.tried == [meant, meant]
    assert vault.kept == before


@pytest.mark.parametrize(
    ("make", "typed", "others"), [(lambda: DateField("Start"), "31.2.2026", date(2026, 5, 1)),
                                  (lambda: NumberField("Minutes", 0, 99), "1000", 5)],
)  # fmt: skip
def test_what_cannot_be_read_never_gets_under_another_record(
    qtbot: QtBot, make: Any, typed: str, others: object
) -> None:
    field = make()
    vault = bound(qtbot, field, None)
    type_over(field.input, typed)
    assert field.input.hasFocus()
    finish(field)  # as a page does before it shows another record
    assert field.error()
    settle(field, None)
    assert field.input.text() == typed
    settle(field, others, other=True)
    assert (field.value(), field.error(), field.half_typed()) == (others, "", False)
    QTest.keyClick(field.input, Qt.Key.Key_Return)
    field.input.clearFocus()
    assert vault.tried == []


def test_a_refused_choice_goes_back_and_says_why(qtbot: QtBot) -> None:
    choice = ChoiceField("Role", [(1, "Mentor"), (2, "Mentee")])
    vault = bound(qtbot, choice, 2)
    vault.full = True
    QTest.keyClick(choice.input, Qt.Key.Key_Up)
    assert (choice.value(), choice.error(), vault.tried) == (2, WHY, [1])
    level = LevelField("Level now", may_be_empty=True)
    vault = bound(qtbot, level, 3)
    vault.full = True
    QTest.keyClick(level.buttons()[3], Qt.Key.Key_Backspace)
    assert (level.value(), level.error(), vault.tried) == (3, WHY, [None])
    vault.full = False
    QTest.keyClick(level.buttons()[3], Qt.Key.Key_1)
    assert (level.value(), level.error(), vault.kept) == (1, "", 1)


def test_a_half_typed_tag_is_saved_and_a_refused_one_stays(qtbot: QtBot) -> None:
    tags = TokensField("Tags")
    vault = bound(qtbot, tags, ("one",))
    QTest.keyClicks(tags.input, "two")
    settle(tags, ("one",))
    assert tags.input.text() == "two"
    finish(tags)
    assert (vault.kept, tags.half_typed()) == (("one", "two"), False)
    vault.full = True
    QTest.keyClicks(tags.input, "three")
    finish(tags)
    assert (tags.value(), tags.error(), vault.kept) == (("one", "two", "three"), WHY, ("one", "two"))
    settle(tags, ("one", "two"))
    vault.full = False
    finish(tags)
    assert (vault.kept, tags.half_typed()) == (("one", "two", "three"), False)
    QTest.keyClicks(tags.input, "four")
    settle(tags, (), other=True)
    assert (tags.value(), tags.input.text()) == ((), "")


def test_what_the_vault_made_of_a_value_is_shown_at_once(qtbot: QtBot) -> None:
    field = LineField("Place")
    bound(qtbot, field, "")
    field.edited.disconnect()
    bind(field, lambda text: settle(field, text.upper()))  # the page reads again while it is being saved
    type_over(field.input, "room")
    QTest.keyClick(field.input, Qt.Key.Key_Return)
    assert (field.input.text(), field.half_typed()) == ("ROOM", False)


def test_an_editor_keeps_what_was_refused_and_tells_it_again(qtbot: QtBot) -> None:
    editor = TextField()
    qtbot.addWidget(editor)
    editor.show()
    told: list[object] = []
    editor.committed.connect(told.append)
    editor.show_value("Huber")
    editor.setText("")
    editor.commit()
    editor.refuse()
    editor.show_value("Huber")
    assert editor.text() == ""
    editor.commit()
    assert told == [""]
    editor.finish()
    assert told == ["", ""]
    editor.refuse()
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert editor.text() == told[-1] == "Huber"
    editor.setText("half")
    editor.show_value("Meier", other=True)
    assert editor.text() == "Meier"
