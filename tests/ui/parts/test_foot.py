from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui import theme
from ui.parts import buttons
from ui.parts.card import ElidedLabel
from ui.parts.foot import Foot


@pytest.fixture(autouse=True)
def large(qapp: QApplication) -> Iterator[None]:
    theme.apply(qapp, "light", 150)
    yield
    theme.apply(qapp, "light")


def test_buttons_without_room_go_below_the_words_and_none_is_cut(qtbot: QtBot, qapp: QApplication) -> None:
    words = ElidedLabel("34 tandems selected")
    spare, *more = (buttons.secondary(text) for text in ("Open", "Record …", "Set state", "Dissolve", "Remove"))
    foot = Foot(words, *more, spare=spare)
    qtbot.addWidget(foot)
    foot.resize(1600, 60)
    foot.show()
    qapp.processEvents()
    assert len({button.mapTo(foot, button.rect().center()).y() for button in more}) == 1
    assert spare.isVisible()
    assert words.width() > 300
    foot.resize(500, 200)
    qapp.processEvents()
    assert spare.isHidden()
    assert all(button.mapTo(foot, button.rect().topLeft()).y() >= words.geometry().bottom() for button in more)
    assert all(button.width() >= button.sizeHint().width() for button in more)
    assert more[0].mapTo(foot, more[0].rect().topLeft()).x() == 0
    more[0].set_text("Other words that are much longer than those before")
    qapp.processEvents()
    assert more[0].width() >= more[0].sizeHint().width()
