"""Large text in a window of 1280 x 800: the words of the rail give way, a head's buttons go below its words."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import pytest
from PySide6.QtWidgets import QApplication, QBoxLayout
from pytestqt.qtbot import QtBot

from app.places import places
from app.settings import Settings
from app.store.vault import Vault
from ui import theme
from ui.desk import Desk
from ui.parts import buttons
from ui.parts.page import Page
from ui.shell.pages import pages_of
from ui.shell.rail import Rail

pytestmark = pytest.mark.usefixtures("english")


class Headed(Page):
    key: ClassVar[str] = "people"
    title: ClassVar[str] = "People"
    icon: ClassVar[str] = "users"

    def build(self) -> None:
        _, _, actions = self.head(subtitle="80 people")
        self.many = [buttons.secondary("Import"), buttons.secondary("Export"), buttons.primary("Add person")]
        for button in self.many:
            actions.addWidget(button)


@pytest.mark.parametrize(("size", "narrow"), [(100, False), (150, False), (200, True)])
def test_the_rail_shows_icons_alone_where_its_words_would_take_the_page(
    qtbot: QtBot, qapp: QApplication, size: int, narrow: bool
) -> None:
    theme.apply(qapp, "light", size)
    rail = Rail(pages_of("programme"))
    qtbot.addWidget(rail)
    wide = rail.width()
    rail.fit(1280)
    button = rail.buttons["people"]
    assert rail.narrow is narrow
    assert (rail.width() < wide / 2) is narrow
    assert button.text() == ("" if narrow else "People")
    assert button.accessibleName() == "People"
    assert button.toolTip() == ("People" if narrow else "")
    assert rail.buttons["lock"].toolTip() == ("Lock (Ctrl+L)" if narrow else "Ctrl+L")
    rail.fit(4000)
    assert button.text() == "People"
    assert rail.width() == wide


def test_buttons_that_have_no_room_go_below_the_words(
    vault: Vault, home: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    theme.apply(qapp, "light", 200)
    page = Headed(Desk(vault, places(home), Settings(language="en")))
    qtbot.addWidget(page)
    page.show()
    assert page._head is not None
    page.resize(2000, 600)
    assert page._head.direction() == QBoxLayout.Direction.LeftToRight
    page.resize(700, 600)
    assert page._head.direction() == QBoxLayout.Direction.TopToBottom
    qapp.processEvents()
    assert all(button.width() >= button.sizeHint().width() for button in page.many)
