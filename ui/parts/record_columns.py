"""A column of a list: functions of its record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from ui.parts.meters import level_text

R = TypeVar("R")
Kind = Literal["text", "person", "pill", "meter", "date", "number"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Generic[R]):
    """One column. ``text`` is what is shown, copied and read aloud; ``width`` counts in pixels at 100 %.

    kind "person" puts an avatar before the text (``avatar`` gives its id), "pill" sets it on a ground of ``tone``,
    "meter" draws ``level`` of ``highest`` steps; a meter's text may be empty, "2 of 4" is read then.
    ``beneath`` is a second, smaller line under a person's name, told as the description of the cell.
    ``sort_key`` is compared within one column only; without it the folded text is.
    """

    key: str
    title: str
    text: Callable[[R], str]
    kind: Kind = "text"
    tone: Callable[[R], str] | None = None
    level: Callable[[R], int] | None = None
    highest: int = 4
    avatar: Callable[[R], int] | None = None
    beneath: Callable[[R], str] | None = None
    sort_key: Callable[[R], Any] | None = None
    width: int = 110
    hidden: bool = False
    muted: bool = False
    align: Literal["left", "right"] = "left"

    def said(self, record: R) -> str:
        """What a screen reader says and what a copy holds."""
        shown = self.text(record)
        if self.kind == "meter" and self.level is not None and not shown:
            return level_text(self.level(record), self.highest)
        return shown
