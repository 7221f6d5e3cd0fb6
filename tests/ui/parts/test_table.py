from __future__ import annotations

import json
from array import array
from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui import tasks, theme
from ui.parts import ordering, records
from ui.parts import table as tables
from ui.parts.haystack import Haystack
from ui.parts.records import LONG
from ui.parts.table import Column, RecordModel, RecordTable

UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def fold(text: str) -> str:
    return text.casefold().translate(UMLAUTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Someone:
    id: int
    name: str
    unit: str
    level: int


PEOPLE = (
    Someone(id=1, name="Müller, Jürgen", unit="Konstruktion", level=2),
    Someone(id=2, name="Özdemir, Aylin", unit="Vertrieb", level=3),
    Someone(id=3, name="Schäfer, Anke", unit="Personal", level=1),
    Someone(id=4, name="Mueller, Ida", unit="Vertrieb", level=4),
)


def columns() -> tuple[Column[Someone], ...]:
    return (
        Column(key="name", title="Name", text=lambda p: p.name, kind="person", avatar=lambda p: p.id, width=180),
        Column(key="unit", title="Unit", text=lambda p: p.unit, kind="pill", tone=lambda _: "ok"),
        Column(key="level", title="Level", text=lambda _: "", kind="meter", level=lambda p: p.level),
        Column(key="id", title="No.", text=lambda p: str(p.id), kind="number", align="right", hidden=True,
               sort_key=lambda p: -p.id),
    )  # fmt: skip


@pytest.fixture
def model(qapp: QApplication) -> RecordModel[Someone]:
    theme.apply(qapp, "light")
    made = RecordModel(columns(), lambda p: fold(f"{p.name} {p.unit}"), fold=fold)
    made.set_records(PEOPLE)
    return made


@pytest.fixture
def table(model: RecordModel[Someone], qtbot: QtBot) -> RecordTable[Someone]:
    made = RecordTable(model, "People")
    qtbot.addWidget(made)
    made.resize(700, 300)
    made.show()
    qtbot.waitExposed(made)
    return made


def names(model: RecordModel[Someone]) -> list[int]:
    return [person.id for person in model.records()]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [1, 2, 3, 4]),
        ("müller", [1, 4]),
        ("MUELLER", [1, 4]),
        ("mueller vert", [4]),
        ("vert mueller", [4]),
        ("  schäfer ", [3]),
        ("nobody", []),
    ],
)
def test_finds_every_word_in_any_order(model: RecordModel[Someone], query: str, found: list[int]) -> None:
    assert model.find(query) == len(found)
    assert names(model) == found


def test_typing_on_and_back_gives_the_same_as_a_fresh_search(model: RecordModel[Someone]) -> None:
    queries = ["v", "ve", "ver", "vert", "vert m", "vert mu", "vert", "m", "mu an", "an", ""]
    for query in queries:
        model.find(query)
        fresh = RecordModel(columns(), lambda p: fold(f"{p.name} {p.unit}"), fold=fold)
        fresh.set_records(PEOPLE)
        fresh.find(query)
        assert names(model) == names(fresh), query


def test_sorts_and_keeps_the_search(model: RecordModel[Someone]) -> None:
    model.sort(0)
    assert names(model) == [4, 1, 2, 3]
    model.find("vertrieb")
    model.sort(2, Qt.SortOrder.DescendingOrder)
    assert names(model) == [4, 2]
    model.find("")
    assert names(model) == [4, 2, 1, 3]
    model.sort(3)
    assert names(model) == [4, 3, 2, 1]
    model.sort(-1)
    assert names(model) == [1, 2, 3, 4]


def test_a_filter_and_a_search_hold_together(model: RecordModel[Someone]) -> None:
    assert model.keep(lambda p: p.level >= 2) == 3
    assert model.find("mueller") == 2
    assert model.keep(lambda p: p.level == 4) == 1
    assert model.find("") == 1
    assert model.keep(None) == model.total() == 4


def test_says_what_a_screen_reader_needs(model: RecordModel[Someone]) -> None:
    role = Qt.ItemDataRole.AccessibleTextRole
    assert model.data(model.index(1, 1), role) == "Vertrieb"
    assert "3" in model.data(model.index(1, 2), role)
    assert "4" in model.data(model.index(1, 2), role)
    assert model.data(model.index(1, 0), Qt.ItemDataRole.DisplayRole) == "Özdemir, Aylin"
    assert model.headerData(0, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole) == "Name"


def test_selection_stays_with_its_record(table: RecordTable[Someone], qtbot: QtBot) -> None:
    with qtbot.waitSignal(table.chosen) as told:
        assert table.choose(3)
    assert told.args == [PEOPLE[2]]
    table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert table.current_record() == PEOPLE[2]
    changed = Someone(id=3, name="Schäfer, Anke", unit="Einkauf", level=1)
    with qtbot.waitSignal(table.chosen) as told:
        table.records.set_records([*PEOPLE[:2], changed])
    assert told.args == [changed]
    table.records.find("özdemir")
    assert table.current_record() is None
    assert table.selected_records() == []
    table.records.find("")
    assert table.current_record() == changed


def test_many_are_selected_and_copied(table: RecordTable[Someone]) -> None:
    table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    table.selectAll()
    assert [p.id for p in table.selected_records()] == [4, 1, 2, 3]
    table.records.find("vertrieb")
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert [line.split("\t")[:2] for line in lines] == [["Mueller, Ida", "Vertrieb"], ["Özdemir, Aylin", "Vertrieb"]]
    assert len(lines[0].split("\t")) == 3


def test_enter_opens_and_the_menu_key_asks(table: RecordTable[Someone], qtbot: QtBot) -> None:
    table.choose(2)
    with qtbot.waitSignal(table.opened) as opened:
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == [PEOPLE[1]]
    with qtbot.waitSignal(table.menu_wanted) as asked:
        event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), QPoint(0, 0))
        QApplication.sendEvent(table, event)
    assert asked.args is not None
    assert asked.args[0] == [PEOPLE[1]]


def test_arrow_keys_move_and_tab_leaves(table: RecordTable[Someone]) -> None:
    table.setFocus()
    table.choose(1)
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert table.current_record() == PEOPLE[1]
    assert not table.tabKeyNavigation()
    assert table.verticalHeader().isHidden()


def test_columns_are_remembered(table: RecordTable[Someone], qtbot: QtBot) -> None:
    header = table.horizontalHeader()
    header.moveSection(2, 0)
    table.show_column(1, False)
    table.show_column(3)
    table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    state = table.columns_state()
    assert "Müller" not in state
    other = RecordTable(table.records, "People")
    qtbot.addWidget(other)
    other.restore_columns(state)
    assert json.loads(other.columns_state()) == json.loads(state)
    assert other.isColumnHidden(1)
    assert other.horizontalHeader().visualIndex(2) == 0


@pytest.mark.parametrize(
    "nonsense", ["", "{}", "[]", '{"columns": [{}]}', '{"columns": [{"key":"gone","width":1,"hidden":true}]}']
)
def test_a_damaged_memory_of_columns_is_passed_over(table: RecordTable[Someone], nonsense: str) -> None:
    before = table.columns_state()
    table.restore_columns(nonsense)
    assert table.columns_state() == before


def test_the_chooser_keeps_one_column(table: RecordTable[Someone]) -> None:
    for place in (1, 2):
        table.show_column(place, False)
    enabled = {action.text(): action.isEnabled() for action in table.column_menu().actions()}
    assert enabled == {"Name": False, "Unit": True, "Level": True, "No.": True}


def test_columns_are_never_squeezed_to_nothing(table: RecordTable[Someone], qtbot: QtBot) -> None:
    table.resize(200, 300)
    qtbot.waitUntil(lambda: table.horizontalScrollBar().maximum() > 0)
    assert table.columnWidth(0) >= 180 * 0.75


def test_where_columns_scroll_in_any_case_each_has_its_whole_width(table: RecordTable[Someone], qtbot: QtBot) -> None:
    columns = table.records.columns
    visible = [place for place in range(len(columns)) if not table.isColumnHidden(place)]
    whole = [theme.px(columns[place].width) for place in visible]
    edge = table.width() - table.viewport().width()
    table.resize(round(sum(whole) * 0.9) + edge, 300)
    qtbot.waitUntil(lambda: table.columnWidth(0) < whole[0])  # a little squeezed, and all in the view
    qtbot.waitUntil(lambda: table.horizontalScrollBar().maximum() == 0)
    table.resize(round(sum(whole) * 0.6) + edge, 300)
    qtbot.waitUntil(lambda: [table.columnWidth(place) for place in visible] == whole)
    qtbot.waitUntil(lambda: table.horizontalScrollBar().maximum() > 0)


def test_columns_fit_the_width(table: RecordTable[Someone], qtbot: QtBot) -> None:
    assert table.horizontalScrollBar().maximum() == 0
    table.resize(420, 300)
    qtbot.waitUntil(lambda: table.horizontalScrollBar().maximum() == 0)


@pytest.mark.parametrize("size", [80, 100, 200])
def test_every_kind_of_cell_is_painted(table: RecordTable[Someone], qapp: QApplication, size: int) -> None:
    theme.apply(qapp, "dark", size)
    table.show_column(3)
    table.choose(2)
    image = table.grab().toImage()
    seen = {image.pixelColor(x, y).name() for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)}
    theme.apply(qapp, "light")
    assert {theme.PALETTES["dark"][t] for t in ("accent", "accent_soft", "surface", "ok_soft", "border")} <= seen


def test_two_rows_by_shift(table: RecordTable[Someone]) -> None:
    table.choose(1)
    QTest.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert [p.id for p in table.selected_records()] == [1, 2]
    table.selectionModel().select(
        table.records.index(0, 0), QItemSelectionModel.SelectionFlag.Deselect | QItemSelectionModel.SelectionFlag.Rows
    )
    assert [p.id for p in table.selected_records()] == [2]


@pytest.mark.parametrize("word", ["a", "ü", "ab", "ba", "aba", "vert", "x", "zz", "b\u00e4"])
def test_a_long_list_is_searched_as_a_short_one(word: str) -> None:
    texts = ["", "a", "aba", "abab vert", "bä", "ver t", "über", "ba", "x" * 40, "zvert", "a" * 9] * 3
    among = array("i", reversed(range(len(texts))))
    assert list(Haystack(texts).narrowed(among, word)) == [at for at in among if word in texts[at]]


@pytest.mark.parametrize("word", ["vert", "abab vert", "konstruktionsb\u00fcro nord", "aaaaaaaaa"])
def test_a_word_is_found_letter_by_letter(word: str) -> None:
    """What was found for its beginning is looked at alone."""
    texts = ["", "aba", "abab vert", "ver t", "konstruktionsb\u00fcro", "im konstruktionsb\u00fcro nord", "a" * 9]
    haystack, among = Haystack(texts * 3), array("i", range(len(texts) * 3))
    for end in (*range(1, len(word) + 1), *range(len(word), 0, -1), len(word)):
        wanted = [at for at in among if word[:end] in texts[at % len(texts)]]
        assert list(haystack.narrowed(among, word[:end])) == wanted


def test_the_long_way_is_taken_and_keeps_the_order() -> None:
    many = [Someone(id=n, name=f"Person {n % 97}", unit="Vertrieb" if n % 3 else "Personal", level=n % 5)
            for n in range(LONG + 500)]  # fmt: skip
    model = RecordModel(columns(), lambda p: fold(f"{p.name} {p.unit}"), fold=fold)
    model.set_records(many)
    model.sort(2, Qt.SortOrder.DescendingOrder)
    model.find("vert 96")
    expected = [p for p in many if p.unit == "Vertrieb" and p.name.endswith(" 96")]
    assert model.records() == sorted(expected, key=lambda p: -p.level)


def test_a_huge_list_is_sorted_and_filtered_off_the_main_thread(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, qapp: QApplication
) -> None:
    theme.apply(qapp, "light")
    monkeypatch.setattr(records, "HUGE", 10)
    monkeypatch.setattr(ordering, "RUN", 7)
    many = [Someone(id=n, name=f"Person {n % 13:02}", unit="Vertrieb" if n % 3 else "Personal", level=n % 5)
            for n in range(60)]  # fmt: skip
    model = RecordModel(columns(), lambda p: fold(f"{p.name} {p.unit}"), fold=fold)
    model.set_records(many)
    for down in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
        with qtbot.waitSignal(model.arranged):
            model.sort(2, down)
        expected = sorted(many, key=lambda p: p.level, reverse=down is Qt.SortOrder.DescendingOrder)
        assert model.records() == expected
    with qtbot.waitSignal(model.arranged):
        model.keep(lambda p: p.unit == "Personal")
        model.find("person 01")  # typed while the filter is worked out
    wanted = [p for p in expected if p.unit == "Personal" and p.name == "Person 01"]
    assert model.records() == wanted
    begun = []
    run = tasks.run

    def counted(*args: Any, **more: Any) -> tasks.Task:
        begun.append(run(*args, **more))
        return begun[-1]

    with monkeypatch.context() as patch:
        patch.setattr(tasks, "run", counted)
        with qtbot.waitSignal(model.arranged):
            model.sort(1)
            model.sort(1)  # as Qt does where the program sorts
            model.keep(None)  # before the order is there
        assert model.records() == sorted((p for p in many if p.name == "Person 01"), key=lambda p: p.unit)
    assert len(begun) == 2, "one for the order, one for the order without the filter"
    qtbot.waitUntil(lambda: not tasks.running())
    with qtbot.waitSignal(model.arranged):
        model.keep(lambda p: p.unit == "Personal")
    model.sort(0)
    model.set_records(many[:5])  # what was being sorted is of another list: it must not come back
    qtbot.waitUntil(lambda: not tasks.running())
    assert model.records() == [p for p in many[:5] if p.unit == "Personal" and p.name == "Person 01"]


def test_all_selected_is_kept_over_a_search(table: RecordTable[Someone]) -> None:
    table.selectAll()
    table.records.find("vert")
    assert [p.id for p in table.selected_records()] == [2, 4]
    table.records.find("")
    assert [p.id for p in table.selected_records()] == [1, 2, 3, 4]
    assert table.current_record() is not None


def some(number: int) -> Someone:
    unit = ("Vertrieb", "Personal", "Einkauf")[number % 3]
    return Someone(id=number, name=f"Person {number % 13:02}", unit=unit, level=number % 5)


def a_table(qtbot: QtBot, many: list[Someone]) -> RecordTable[Someone]:
    model = RecordModel(columns(), lambda p: fold(f"{p.name} {p.unit}"), fold=fold)
    model.set_records(many)
    made = RecordTable(model, "People")
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize("seed", range(12))
def test_a_crowd_is_kept_as_a_few_are(
    qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """Two tables of the same list, of which one takes every selection for a crowd, go through the same acts."""
    theme.apply(qapp, "light")
    chance, many = Random(seed), [some(number) for number in range(40)]
    two = (a_table(qtbot, many), a_table(qtbot, many))

    def select(table: RecordTable[Someone], rows: list[int]) -> None:
        flags = QItemSelectionModel.SelectionFlag
        table.clearSelection()
        for row in rows:
            if row < table.records.rowCount():
                table.selectionModel().select(table.records.index(row, 0), flags.Select | flags.Rows)

    def acts() -> Callable[[RecordTable[Someone]], object]:
        word, column = chance.choice(["", "vert", "person 0", "eink", "nobody"]), chance.randrange(3)
        rows, unit = chance.sample(range(40), 9), chance.choice(["Vertrieb", "Personal"])
        who, new = chance.choice(many), some(chance.randrange(40, 99))
        left = chance.sample(many, 3)
        return chance.choice(
            [
                lambda table: table.selectAll(),
                lambda table: select(table, rows),
                lambda table: table.choose(who.id),
                lambda table: table.records.find(word),
                lambda table: table.sortByColumn(column, Qt.SortOrder.DescendingOrder),
                lambda table: table.records.keep(lambda one: one.unit == unit),
                lambda table: table.records.keep(None),
                lambda table: table.records.change_records([replace(who, level=4), new]),
                lambda table: table.records.change_records([], [who.id]),
                lambda table: table.records.change_records(left),
                lambda table: table.records.set_records([one for one in many if one not in left]),
                lambda table: table.records.set_records(many),
            ]
        )

    for _ in range(60):
        act, told = acts(), []
        for table, long in zip(two, (-1, 10**6), strict=True):
            monkeypatch.setattr(tables, "LONG", long)
            act(table)
            told.append((table.selected_records(), table.current_record(), table.records.records()))
        assert told[0] == told[1]
