from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app import i18n
from app.domain.languages import languages_in
from ui.parts.buttons import Button
from ui.parts.dates import read_date
from ui.parts.field import ChoiceField, DateField, Field, LineField, NumberField
from ui.parts.level_field import LevelField
from ui.parts.search import SearchField
from ui.parts.tokens import TokensField

TODAY = date(2026, 5, 4)


pytestmark = pytest.mark.usefixtures("english")


def shown(qtbot: QtBot, field: QWidget) -> list[int]:
    """Shows the field and gives a list that grows with every ``edited``."""
    qtbot.addWidget(field)
    field.show()
    told: list[int] = []
    if isinstance(field, Field):
        field.edited.connect(lambda: told.append(1))
    return told


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("", None),
        ("  ", None),
        ("03.02.2026", date(2026, 2, 3)),
        ("3.2.26", date(2026, 2, 3)),
        ("3.2.85", date(1985, 2, 3)),
        ("3. 2. 2026", date(2026, 2, 3)),
        ("3.2.", date(2026, 2, 3)),
        ("2026-02-03", date(2026, 2, 3)),
        ("3/2/2026", date(2026, 2, 3)),
        ("3 Feb 2026", date(2026, 2, 3)),
        ("February 3, 2026", date(2026, 2, 3)),
        ("3. März 2026", date(2026, 3, 3)),
        ("31 Dezember 2025", date(2025, 12, 31)),
        ("heute", TODAY),
        ("Today", TODAY),
    ],
)
def test_reads_dates_as_people_write_them(text: str, day: date | None) -> None:
    assert read_date(text, TODAY) == day


@pytest.mark.parametrize("text", ["31.2.2026", "3", "3.2", "13/13/2026", "soon", "3 Foo 2026", "2026-2", "1.1.20260"])
def test_does_not_guess_dates(text: str) -> None:
    with pytest.raises(ValueError):
        read_date(text, TODAY)


def test_every_date_shown_can_be_read_again() -> None:
    for month in range(1, 13):
        day = date(2026, month, 28)
        for language in i18n.LANGUAGES:
            with i18n.speaking(language):
                assert read_date(i18n.date_text(day)) == day


def test_line_tells_once_and_only_a_change(qtbot: QtBot) -> None:
    field = LineField("Family name")
    told = shown(qtbot, field)
    field.set_value("Müller")
    assert told == []
    field.input.setFocus()
    QTest.keyClick(field.input, Qt.Key.Key_Return)
    assert told == []
    field.input.setText("  Özdemir ")
    QTest.keyClick(field.input, Qt.Key.Key_Return)
    QTest.keyClick(field.input, Qt.Key.Key_Return)
    assert told == [1]
    assert field.value() == "Özdemir"


def test_field_is_named_and_says_its_error(qtbot: QtBot) -> None:
    field = LineField("Family name", "As in the passport")
    shown(qtbot, field)
    assert field.input.accessibleName() == "Family name"
    assert field.label.buddy() is field.input
    field.set_error("Please write a name.")
    assert field.error() == field.input.accessibleDescription() == "Please write a name."
    assert field.label.textFormat() is Qt.TextFormat.PlainText
    field.set_error("")
    assert field.error() == ""
    assert field.input.accessibleDescription() == "As in the passport"


def test_date_field_keeps_the_last_right_date(qtbot: QtBot) -> None:
    field = DateField("Start")
    told = shown(qtbot, field)
    field.set_value(date(2026, 2, 3))
    field.input.setText("31.2.2026")
    QTest.keyClick(field.input, Qt.Key.Key_Return)
    assert field.error()
    assert field.value() == date(2026, 2, 3)
    assert told == []
    field.input.setText("4.2.26")
    QTest.keyClick(field.input, Qt.Key.Key_Return)
    assert (field.value(), field.error(), told) == (date(2026, 2, 4), "", [1])
    assert field.input.text() == "4 Feb 2026"
    field.input.setText("")
    QTest.keyClick(field.input, Qt.Key.Key_Return)
    assert field.value() is None
    assert told == [1, 1]


def test_date_field_opens_a_calendar_by_keys(qtbot: QtBot) -> None:
    field = DateField("Start")
    told = shown(qtbot, field)
    field.set_value(date(2026, 2, 3))
    QTest.keyClick(field.input, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    from ui.parts.calendar import Calendar

    calendar = field.findChild(Calendar)
    assert calendar is not None
    calendar.picked.emit(date(2026, 2, 9))
    calendar.close()
    assert field.value() == date(2026, 2, 9)
    assert told == [1]


def test_choice_keeps_its_value_when_choices_change(qtbot: QtBot) -> None:
    field = ChoiceField("Role", [(1, "Mentor"), (2, "Mentee")])
    told = shown(qtbot, field)
    field.set_value(2)
    field.set_choices([(3, "Both"), (2, "Mentee")])
    assert field.value() == 2
    assert told == []
    QTest.keyClick(field.input, Qt.Key.Key_Up)
    assert field.value() == 3
    assert told == [1]
    with pytest.raises(ValueError):
        field.set_value(1)


def test_level_by_arrow_keys_and_digits(qtbot: QtBot) -> None:
    field = LevelField("Level", 0, 4, ("none", "basics", "some", "good", "expert"), may_be_empty=True)
    told = shown(qtbot, field)
    field.set_value(2)
    assert told == []
    buttons = field.buttons()
    QTest.keyClick(buttons[2], Qt.Key.Key_Right)
    assert field.value() == 3
    QTest.keyClick(buttons[3], Qt.Key.Key_1)
    assert field.value() == 1
    QTest.keyClick(buttons[1], Qt.Key.Key_9)
    assert field.value() == 1
    QTest.keyClick(buttons[1], Qt.Key.Key_Backspace)
    assert field.value() is None
    assert told == [1, 1, 1]
    assert buttons[3].accessibleName() == "Level: 3 good"


def test_number_within_bounds(qtbot: QtBot) -> None:
    field = NumberField("Planned", 1, 12, may_be_empty=False)
    told = shown(qtbot, field)
    field.set_value(6)
    for wrong in ("0", "13", "six", ""):
        field.input.setText(wrong)
        QTest.keyClick(field.input, Qt.Key.Key_Return)
        assert field.error(), wrong
        assert field.value() == 6
    field.set_value(12)
    QTest.keyClick(field.input, Qt.Key.Key_Up)
    assert field.value() == 12
    QTest.keyClick(field.input, Qt.Key.Key_Down)
    assert field.value() == 11
    assert told == [1]


def test_tokens_are_added_and_taken_away(qtbot: QtBot) -> None:
    field = TokensField("Languages", ["Deutsch", "English"])
    told = shown(qtbot, field)
    field.set_value(["Polski"])
    for text in ("deutsch", " Deutsch ", "Türkçe"):
        field.input.setText(text)
        QTest.keyClick(field.input, Qt.Key.Key_Return)
    assert field.value() == ("Polski", "Deutsch", "Türkçe")
    QTest.keyClick(field.input, Qt.Key.Key_Backspace)
    assert field.value() == ("Polski", "Deutsch")
    assert told == [1, 1, 1]


def test_a_text_of_several_values_is_cut(qtbot: QtBot) -> None:
    field = TokensField("Languages", ["Deutsch", "Rock und Pop"], cut=languages_in)
    told = shown(qtbot, field)
    for text in ("deutsch und Englisch/Türkçe", "Rock und Pop"):
        field.input.setText(text)
        QTest.keyClick(field.input, Qt.Key.Key_Return)
    assert field.value() == ("Deutsch", "Englisch", "Türkçe", "Rock und Pop")
    assert told == [1, 1]


def test_tokens_only_from_the_list(qtbot: QtBot) -> None:
    field = TokensField("Languages", ["Deutsch"], only_these=True)
    told = shown(qtbot, field)
    field.input.setText("Klingon")
    QTest.keyClick(field.input, Qt.Key.Key_Return)
    assert field.error()
    assert (field.value(), told) == ((), [])


def test_search_tells_each_key_and_escape_clears(qtbot: QtBot) -> None:
    field = SearchField("Name or topic …")
    shown(qtbot, field)
    field.resize(600, field.height())
    told: list[str] = []
    field.searched.connect(told.append)
    QTest.keyClicks(field, "ab")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert told == ["a", "ab", ""]
    assert "Ctrl+F" in field.placeholderText()
    i18n.set_language("de")
    assert "(Strg+F)" in SearchField("Name").placeholderText()
    assert isinstance(field, QLineEdit)


def test_a_narrow_search_field_leaves_out_its_keys_rather_than_half_of_them(qtbot: QtBot) -> None:
    field = SearchField("Name or number")
    qtbot.addWidget(field)
    field.resize(500, 40)
    field.show()
    assert field.placeholderText().endswith("(Ctrl+F)")
    full = field.fontMetrics().horizontalAdvance(field.placeholderText())
    field.resize(full, 40)
    assert field.placeholderText() == "Name or number"
    field.resize(500, 40)
    assert field.placeholderText().endswith("(Ctrl+F)")


def test_a_text_longer_than_its_field_is_read_from_its_beginning(qtbot: QtBot) -> None:
    field = LineField("How often")
    qtbot.addWidget(field)
    field.resize(120, 80)
    field.show()
    field.set_value("Every four weeks, for 60 to 90 minutes, in turn at each other's place")
    assert field.input.cursorPosition() == 0


def test_a_chip_that_goes_while_it_is_clicked_takes_nothing_away(qtbot: QtBot) -> None:
    field = TokensField("Interests")
    qtbot.addWidget(field)
    field.show()
    field.set_value(("Chess", "Football"))
    chip = field.findChildren(Button)[0]
    QTest.mousePress(chip, Qt.MouseButton.LeftButton)
    field.set_value(("Music",))  # what was half-typed elsewhere is saved as the keyboard leaves it
    QTest.mouseRelease(chip, Qt.MouseButton.LeftButton)
    assert field.value() == ("Music",)
