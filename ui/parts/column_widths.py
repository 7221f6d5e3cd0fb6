"""How wide the columns of a table are: each its share of the room, but names first what they need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtGui import QFontMetrics

from ui import theme
from ui.parts.avatar import SIZE
from ui.parts.pills import pill_size
from ui.parts.records import Column, RecordModel

NARROWEST = 44
LEGIBLE = 0.75  # a column is squeezed no further than to this part of its width
PADDING = 12  # before what a cell holds; half of it stays free behind
PROSE = 200  # a text column that wide holds sentences, which end in dots before a name does
LONG_NAME = 1.5  # of its column's width: for a longer one no other column is squeezed
LONGEST = 3  # so many of a column's longest texts, by letters, are measured: letters differ in width

MEASURED = 200  # so many records say what width their column needs


class Widths:
    """The widths of a list's columns; what they need is measured again only when the records are other ones."""

    def __init__(self, model: RecordModel[Any]) -> None:
        self._model = model
        self._measured: tuple[Any, ...] = ()
        self._needed: dict[int, int] = {}

    def outdated(self) -> bool:
        """Whether there are other records than when they were asked for last."""
        return bool(self._measured) and self._measured[0] != self._model.readings

    def of(self, places: tuple[int, ...], room: int) -> dict[int, int]:
        """By the place of each visible column."""
        columns = self._model.columns
        now = (self._model.readings, places, theme.text_size(), columns)
        if now != self._measured:
            self._measured, self._needed = now, needed(columns, places, self._model.some(MEASURED))
        return shared(columns, places, room, self._needed)


def needed(columns: Sequence[Column[Any]], places: Sequence[int], records: Sequence[Any]) -> dict[int, int]:
    """The width in which the title and what these records hold is read whole, by the column's place."""
    cell, head = QFontMetrics(theme.font()), QFontMetrics(theme.font(1.0, theme.MEDIUM))
    found = {}
    for place in places:
        column = columns[place]
        texts = sorted({column.text(record) for record in records}, key=len)[-LONGEST:]
        padding = theme.px(PADDING)
        if column.kind == "pill":
            wide = max((round(pill_size(text).width()) for text in texts), default=0) + padding + 2
        else:
            wide = max(map(cell.horizontalAdvance, texts), default=0) + padding + padding // 2 + 1
        if column.kind == "person":
            wide += theme.px(SIZE) + padding - 2
        if column.kind == "meter" or type(column) is not Column:  # what is drawn has its own measure
            wide = max(wide, theme.px(column.width))
        found[place] = max(wide, head.horizontalAdvance(column.title) + 2 * padding, theme.px(NARROWEST))
    return found


def shared(
    columns: Sequence[Column[Any]], places: Sequence[int], room: int, need: Mapping[int, int]
) -> dict[int, int]:
    """The width of each visible column in ``room`` pixels; more than that together where the table has to scroll."""
    whole = sum(columns[place].width for place in places)
    least = {place: theme.px(max(columns[place].width * LEGIBLE, NARROWEST)) for place in places}
    names = [place for place in places if columns[place].kind == "person" or columns[place].key == "name"]
    usual = {**need, **{place: min(need[place], theme.px(columns[place].width * LONG_NAME)) for place in names}}
    if sum(least.values()) > room:  # large text: better a scroll bar than words of two letters, and then whole words
        least = {place: theme.px(max(columns[place].width, NARROWEST)) for place in places}
        least.update({place: max(least[place], usual[place]) for place in names})
        return {place: max(room * columns[place].width // whole, least[place]) for place in places}
    widths = {place: max(room * columns[place].width // whole, least[place]) for place in places}
    prose = [place for place in places if columns[place].kind == "text" and columns[place].width >= PROSE]
    short = [place for place in places if place not in prose]
    for takers, wanted in ((names, usual), (short, usual), (short, need), (prose, need)):
        spare = {place: widths[place] - max(need[place], least[place]) for place in places}
        _give(widths, takers, spare, wanted)
        if takers is not prose and wanted is usual:
            _give(widths, takers, {place: widths[place] - least[place] for place in prose}, usual)
    return widths


def _give(widths: dict[int, int], takers: Sequence[int], spare: Mapping[int, int], need: Mapping[int, int]) -> None:
    """Takes what is spare, from each its part of it, for those who lack something, each its part of that."""
    lacks = {place: need[place] - widths[place] for place in takers if need[place] > widths[place]}
    gives = {place: spare[place] for place in spare if spare[place] > 0 and place not in lacks}
    wanted, there = sum(lacks.values()), sum(gives.values())
    moved = min(wanted, there)
    if moved <= 0:
        return
    for part, sign, of in ((lacks, 1, wanted), (gives, -1, there)):
        left = moved
        for at, (place, share) in enumerate(part.items(), 1):
            step = left if at == len(part) else moved * share // of
            widths[place] += sign * step
            left -= step
