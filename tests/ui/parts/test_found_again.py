"""Letters typed and taken away again: what is found is what a search made anew finds, whatever happened between."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ui.parts import records
from ui.parts.records import Column, RecordModel
from ui.parts.table import RecordTable

WORDS = ("jena", "jens", "suhl", "senf", "a", "en", "")


@dataclass(frozen=True)
class Line:
    id: int
    text: str


def keeps(letter: str) -> Callable[[Line], bool]:
    return lambda line: letter in line.text


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("most", [1, 64])
@pytest.mark.parametrize("seed", range(8))
def test_a_search_taken_back_finds_what_is_there_now(seed: int, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "MOST_FOUND", most)
    chance = random.Random(seed)
    lines = {one: Line(one, " ".join(chance.sample(WORDS, 3))) for one in range(60)}
    model: RecordModel[Line] = RecordModel([Column(key="text", title="Text", text=lambda line: line.text)],
                                           lambda line: line.text)  # fmt: skip
    model.set_records(list(lines.values()))
    query, rule = "", None
    for _ in range(120):
        match chance.randrange(6):
            case 0 | 1:
                query += chance.choice("jensuhlf a")
            case 2:
                query = query[:-1]
            case 3:
                one = chance.randrange(70)
                lines[one] = Line(one, " ".join(chance.sample(WORDS, 3)))
                model.change_records([lines[one]])
            case 4:
                rule = chance.choice([None, keeps("n")])
                model.keep(rule)
            case 5:
                model.sort(chance.choice([-1, 0]), chance.choice(list(Qt.SortOrder)))
        found = model.find(query)
        wanted = [line for line in lines.values()
                  if (rule is None or rule(line)) and all(word in line.text for word in query.split())]  # fmt: skip
        assert found == len(wanted)
        assert {line.id: line for line in model.records()} == {line.id: line for line in wanted}


def test_taking_letters_away_looks_nowhere_again(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    model: RecordModel[Line] = RecordModel([Column(key="text", title="Text", text=lambda line: line.text)],
                                           lambda line: line.text, parent=qapp)  # fmt: skip
    model.set_records([Line(1, "jena"), Line(2, "jens"), Line(3, "suhl")])
    assert [model.find(text) for text in ("j", "je", "jen", "jena")] == [2, 2, 2, 1]
    monkeypatch.setattr(model, "_found", lambda *_: pytest.fail("searched again"))
    assert [model.find(text) for text in ("jen", "je", "j", "")] == [2, 2, 2, 3]
    model.setParent(None)


@pytest.mark.parametrize("long", [0, 10**6])
def test_all_that_are_chosen_stay_chosen_through_sorting_and_searching(
    long: int, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "LONG", long)
    model: RecordModel[Line] = RecordModel([Column(key="text", title="Text", text=lambda line: line.text)],
                                           lambda line: line.text, parent=qapp)  # fmt: skip
    table: RecordTable[Line] = RecordTable(model, "Lines")
    model.set_records([Line(one, f"{'jena' if one % 3 else 'suhl'} {one % 7}") for one in range(40)])
    table.selectAll()
    model.sort(0, Qt.SortOrder.DescendingOrder)
    assert table.selected_records() == model.records()
    model.find("jena")
    assert table.selected_records() == model.records()
    assert len(model.records()) == 26
    model.find("")
    assert len(table.selected_records()) == 40
    model.change_records([], [3])
    assert table.selected_records() == model.records()
    assert len(model.records()) == 39
    table.choose(5)
    assert table.selected_records() == [Line(5, "jena 5")]
    table.deleteLater()
    model.setParent(None)
