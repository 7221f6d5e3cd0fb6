"""The catalogue of topics in the settings: one grid for the new topic and for those there are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.places import places
from app.services import topics
from app.settings import Settings
from app.store import topics as topic_store
from app.store.vault import Vault
from ui import tasks
from ui.desk import Desk
from ui.parts.topic_list import TopicList

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def desk(vault: Vault, home: Path) -> Iterator[Desk]:
    yield Desk(vault, places(home), Settings(language="en"))
    tasks.wait_for_all()


@pytest.fixture
def made(desk: Desk, qtbot: QtBot) -> TopicList:
    desk.do(topics.add_starter)
    made = TopicList(desk)
    qtbot.addWidget(made)
    made.resize(820, 900)
    made.refresh()
    made.show()
    qtbot.waitExposed(made)
    return made


def lines(made: TopicList) -> list[QLineEdit]:
    return [one for one in made.findChildren(QLineEdit) if one.isVisible()]


def test_a_new_topic_is_written_where_the_others_stand(made: TopicList) -> None:
    places = {(one.x(), one.width()) for one in lines(made)}
    assert places == {(made.german.x(), made.german.width()), (made.english.x(), made.english.width())}
    assert len({width for _, width in places}) == 1


def test_lines_come_and_go_with_their_topics(made: TopicList, desk: Desk, qtbot: QtBot) -> None:
    before = len(topic_store.all_topics(desk.vault))
    assert len(lines(made)) == 2 * before + 2
    made.german.setText("Gärtnern")
    made.german.setFocus()
    QTest.keyClick(made.german, Qt.Key.Key_Return)
    made.refresh()
    qtbot.waitUntil(lambda: len(lines(made)) == 2 * before + 4)
    assert "Gärtnern" in {one.text() for one in lines(made)}
    desk.undo()
    made.refresh()
    qtbot.waitUntil(lambda: len(lines(made)) == 2 * before + 2)
