"""Nine boxes that read as one: typed through, pasted, corrected, and never copied."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from window_fixtures import clipboard

from ui.parts.code_field import CodeField

CODE = "7K2M-9QX4-0BHT-ZZ8W-5S6B-1JN3-VDRA-4EYC-PG20"


@pytest.fixture
def field(qtbot: QtBot) -> CodeField:
    made = CodeField()
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.setFocus()
    return made


def type_at_the_keyboard(field: CodeField, signs: str) -> None:
    """As a person or a scanner: whichever box has the keyboard gets the sign."""
    for sign in signs:
        box = next(box for box in field.boxes if box.hasFocus())
        QTest.keyClicks(box, sign)


@pytest.mark.parametrize("typed", [CODE, CODE.lower(), CODE.replace("-", ""), CODE.replace("0", "o").replace("1", "l")])
def test_typed_through_it_is_the_code(field: CodeField, typed: str) -> None:
    type_at_the_keyboard(field, typed)
    assert field.text() == CODE
    assert field.complete()


@pytest.mark.parametrize("pasted", [CODE, f"  {CODE.replace('-', ' ')}\n"])
def test_pasted_into_the_first_box_it_fills_all(field: CodeField, pasted: str) -> None:
    clipboard().setText(pasted)
    field.boxes[0].paste()
    assert field.text() == CODE


def test_backspace_goes_back_over_the_groups(field: CodeField) -> None:
    type_at_the_keyboard(field, "7K2M9")
    for _ in range(2):
        box = next(box for box in field.boxes if box.hasFocus())
        QTest.keyClick(box, Qt.Key.Key_Backspace)
    assert field.boxes[0].hasFocus()
    assert field.groups()[:2] == ("7K2M", "")


def test_one_sign_is_corrected_without_moving_the_others(field: CodeField) -> None:
    type_at_the_keyboard(field, CODE)
    box = field.boxes[3]
    box.setFocus()
    box.setCursorPosition(2)
    QTest.keyClick(box, Qt.Key.Key_Backspace)
    QTest.keyClicks(box, "X")
    assert field.groups()[3] == "ZX8W"
    assert field.text() == CODE.replace("ZZ8W", "ZX8W")


def test_wrong_groups_are_framed_until_they_are_typed_anew(field: CodeField) -> None:
    type_at_the_keyboard(field, CODE)
    field.mark_wrong([2, 9])
    assert field.boxes[1].hasFocus()
    assert field.boxes[8].accessibleDescription()
    QTest.keyClick(field.boxes[1], Qt.Key.Key_Backspace)
    assert not field.boxes[1].property("faulty")
    assert field.boxes[8].property("faulty")
    assert not field.complete()


def test_nothing_gets_into_a_clipboard(field: CodeField) -> None:
    clipboard().setText("before")
    type_at_the_keyboard(field, CODE)
    box = field.boxes[0]
    box.selectAll()
    QTest.keyClick(box, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    QTest.mouseDClick(box, Qt.MouseButton.LeftButton)
    QTest.keyClick(box, Qt.Key.Key_Insert, Qt.KeyboardModifier.ControlModifier)
    assert clipboard().text() == "before"
    assert field.text() == CODE
