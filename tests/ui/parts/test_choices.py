"""Boxes of choices: no choice is cut in the box, no row in the list that opens."""

from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from app import i18n
from app.domain.people import Salutation
from app.domain.programmes import Role
from ui import theme
from ui.parts.editors import ChoiceField
from ui.parts.labels import role_text, salutation_text
from ui.parts.person_enrolment import EnrolmentFields
from ui.parts.person_fields import PersonFields

PANEL = 268  # the fields beside the list of people in a window of 1280

pytestmark = pytest.mark.usefixtures("english")


@pytest.mark.parametrize("size", [100, 150])
@pytest.mark.parametrize("count", [2, 9, 30])
def test_the_list_that_opens_shows_its_rows_whole(qtbot: QtBot, qapp: QApplication, size: int, count: int) -> None:
    theme.apply(qapp, theme.Scheme.LIGHT, size)
    box = ChoiceField([(number, f"Choice {number}") for number in range(count)])
    qtbot.addWidget(box)
    box.show()
    box.showPopup()
    view, shown = box.view(), min(count, box.maxVisibleItems())
    qtbot.waitUntil(view.isVisible)
    last = view.visualRect(box.model().index(shown - 1, 0))
    assert view.viewport().height() == last.bottom() + 1
    box.hidePopup()


def room_for_words(box: QComboBox) -> int:
    """The widest of the choices in pixels, as the box would draw it."""
    return max(box.fontMetrics().horizontalAdvance(box.itemText(place)) for place in range(box.count()))


@pytest.mark.parametrize("size", [100, 150])
@pytest.mark.parametrize("language", ["de", "en"])
def test_role_and_form_of_address_are_read_whole(qtbot: QtBot, qapp: QApplication, language: str, size: int) -> None:
    i18n.set_language(language)
    theme.apply(qapp, theme.Scheme.LIGHT, size)
    fields, enrolment = PersonFields(lambda *_: None), EnrolmentFields(lambda *_: None)
    role, salutation = enrolment.role, cast("ChoiceField", fields.fields["salutation"].editor)
    for widget in (fields, enrolment):
        qtbot.addWidget(widget)
        widget.resize(theme.px(PANEL), theme.px(600))
        widget.show()
    enrolment._role.show()
    QApplication.processEvents()
    assert fields.width() == theme.px(PANEL)  # and they have room there beside their neighbour
    for box, words in ((role, role_text(Role.BOTH)), (salutation, salutation_text(Salutation.NONE))):
        assert box.findText(words) >= 0
        assert box.width() - theme.px(38) >= room_for_words(box)
