"""Where in the window somebody is or wants to go."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where to go: a page by its key, and there a record or a part of the page."""

    page: str
    record: int | None = None
    part: str = ""
