"""Names have the width they need before any other column has more than it needs."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui import theme
from ui.parts.column_widths import LEGIBLE, LONG_NAME, needed, shared
from ui.parts.table import Column, RecordModel, RecordTable

LONG, SHORT = "Brandstetter-Wiśniewska, Ida", "Li, Bo"


@dataclass(frozen=True)
class Somebody:
    id: int
    name: str
    why: str = ""


def columns() -> tuple[Column[Somebody], ...]:
    return (
        Column(key="name", title="Name", text=lambda one: one.name, kind="person", width=180),
        Column(key="state", title="State", text=lambda _: "Agreed", kind="pill", tone=lambda _: "ok", width=140),
        Column(key="why", title="Why", text=lambda one: one.why, width=280),
    )  # fmt: skip


def widths(room: int, *people: Somebody) -> tuple[dict[int, int], dict[int, int]]:
    need = needed(columns(), (0, 1, 2), people)
    return shared(columns(), (0, 1, 2), room, need), need


@pytest.fixture(autouse=True)
def usual(qapp: QApplication) -> None:
    theme.apply(qapp, "light")


def test_a_long_name_takes_what_the_others_do_not_need() -> None:
    given, need = widths(600, Somebody(1, LONG, "short"))
    assert given[0] == need[0] > 180
    assert all(given[place] >= need[place] for place in given)
    assert sum(given.values()) <= 600


def test_sentences_end_in_dots_before_a_name_does() -> None:
    given, need = widths(600, Somebody(1, LONG, "a reason that takes many words, many more than there is room for"))
    assert given[0] == need[0]
    assert 280 * LEGIBLE <= given[2] < need[2]
    assert given[1] >= need[1]


def test_one_very_long_name_squeezes_no_other_column() -> None:
    given, need = widths(600, Somebody(1, LONG * 3, "a reason that takes many words, many more than there is room for"))
    assert need[0] > 180 * LONG_NAME >= given[0] > 180
    assert given[2] >= 280 * LEGIBLE


def test_short_names_leave_the_columns_their_shares() -> None:
    given, _ = widths(600, Somebody(1, SHORT, "short"))
    assert given == {0: 180, 1: 140, 2: 280}


def test_in_a_table_that_scrolls_names_are_whole() -> None:
    given, need = widths(400, Somebody(1, LONG, "short"))
    assert given == {0: min(need[0], round(180 * LONG_NAME)), 1: 140, 2: 280}


def test_other_records_share_the_room_anew(qtbot: QtBot) -> None:
    model: RecordModel[Somebody] = RecordModel(columns(), lambda one: one.name)
    table = RecordTable(model, "People")
    qtbot.addWidget(table)
    table.resize(600, 300)
    table.show()
    qtbot.waitExposed(table)
    model.set_records([Somebody(1, SHORT)])
    before = table.columnWidth(0)
    model.change_records([Somebody(1, LONG)])
    assert table.columnWidth(0) > before
    model.find("nobody")
    assert table.columnWidth(0) > before  # what is searched for moves no column
    model.find("")
    model.change_records([Somebody(1, SHORT)])
    assert table.columnWidth(0) == before
