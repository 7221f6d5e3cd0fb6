"""What takes long on the pairing page with thousands of people is done beside the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from pairing_samples import fill
from pairing_scene import opened, settled
from pytestqt.qtbot import QtBot
from threads_noted import Threads

from app.places import places
from app.settings import Settings
from app.store.vault import Vault
from ui import tasks
from ui.desk import Desk
from ui.parts.pairing_switch import COMPARED
from ui.parts.records import LONG, Column, RecordModel

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def desk(vault: Vault, home: Path) -> Desk:
    fill(vault)
    return Desk(vault, places(home), Settings())


@pytest.mark.parametrize(("most", "beside"), [(3, True), (4, False)])
def test_all_tandems_taken_back_are_paired_beside_the_window_where_they_are_many(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, most: int, *, beside: bool
) -> None:
    """The plan before, with nobody left to be paired, was small."""
    page = opened(desk, qtbot)
    page.accept_all()
    settled(qtbot, page)
    assert page.outcome is not None
    assert not page.outcome.plan.pairs
    monkeypatch.setattr("ui.parts.pairing_work.READ_AT_ONCE", most)
    threads = Threads(monkeypatch, "ui.parts.pairing_work.read_basis")
    desk.undo()
    settled(qtbot, page)
    assert threads.beside is beside
    assert len(page.outcome.plan.pairs) == 2
    qtbot.waitUntil(lambda: not tasks.running())


def test_circles_and_the_rows_of_a_comparison_are_made_beside_the_window(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    circles = Threads(monkeypatch, "app.pairing.lines.cycles_above")
    rows = Threads(monkeypatch, "ui.parts.pairing_rivals.fares")
    page = opened(desk, qtbot)
    page.show_view(COMPARED)
    qtbot.waitUntil(lambda: not page.work.comparing and not tasks.running())
    assert circles.beside
    assert rows.beside


def test_a_list_that_nobody_searches_makes_no_index() -> None:
    columns: list[Column[int]] = [Column(key="number", title="Number", text=str)]
    count = LONG + 1
    bare: RecordModel[int] = RecordModel(columns, record_id=int)
    searched: RecordModel[int] = RecordModel(columns, str, record_id=int)
    bare.set_records(range(count))
    assert bare.rowCount() == count
    assert bare.filling(range(count)).haystack is None
    assert searched.filling(range(count)).haystack is not None
