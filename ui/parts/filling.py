"""What a model of a list knows of its records, made in any thread; very many of them at once."""

from __future__ import annotations

from array import array
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from ui.parts.haystack import Haystack

R = TypeVar("R")


def unsearched(_record: object) -> str:
    """Of a list that nobody searches: thousands of texts folded for nothing hold up the window."""
    return ""


@dataclass(frozen=True, slots=True)
class Crowd(Generic[R]):
    """Very many records of a model at once, without asking each for its id."""

    places: array[int]
    among: list[R]
    era: int  # while the model's is the same, the places are


@dataclass(slots=True)
class Filling(Generic[R]):
    """All that a model has to know of its records. Made in any thread, shown by the main one."""

    records: list[R] = field(default_factory=list)
    hay: list[str] = field(default_factory=list)
    haystack: Haystack | None = None
    place_of: dict[Hashable, int] = field(default_factory=dict)
    keys: dict[int, list[Any]] = field(default_factory=dict)  # of the columns that were sorted by so far
    order: array[int] = field(default_factory=lambda: array("i"))
    kept: array[int] = field(default_factory=lambda: array("i"))  # what the filter lets through, in that order
    sorted_by: tuple[int, bool] | None = None
    rule: Any = None
