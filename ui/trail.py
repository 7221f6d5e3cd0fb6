"""The places somebody went to, one after the other: the way back, and forward again."""

from __future__ import annotations

from collections.abc import Callable

from ui.place import Place

MOST = 100


class Trail:
    """Lives as long as the vault is open; a lock leaves nothing of it. Places are kept without their part."""

    def __init__(self) -> None:
        self._places: list[Place] = []
        self._at = -1

    @property
    def places(self) -> tuple[Place, ...]:
        return tuple(self._places)

    def visit(self, place: Place) -> None:
        """Somebody went there; what lay ahead is forgotten, and of very many the first."""
        bare = Place(place.page, place.record)
        if 0 <= self._at < len(self._places) and self._places[self._at] == bare:
            return
        self._places[self._at + 1 :] = [bare]
        del self._places[:-MOST]
        self._at = len(self._places) - 1

    def step(self, by: int, stands: Callable[[Place], bool]) -> Place | None:
        """One back (-1) or forward (1), past what does not stand any more and what is shown; None at the end."""
        at = self._at + by
        here = self._places[self._at] if 0 <= self._at < len(self._places) else None
        while 0 <= at < len(self._places):
            if self._places[at] != here and stands(self._places[at]):
                self._at = at
                return self._places[at]
            at += by
        return None
