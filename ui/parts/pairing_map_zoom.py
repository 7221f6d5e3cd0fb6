"""How large the cells of the heat map are: as usual, all of them in the view, or a size that was chosen."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize

from ui import theme

NARROW, WIDE, LOW, TALL = 27, 64, 24, 30  # a cell with its number, in pixels at 100 %: from, to
LEAST = 3  # pixels, of a cell of the whole map
SIZES = (6, 8, 11, 15, 20, NARROW, 36, 48, WIDE)


@dataclass(frozen=True, slots=True)
class Zoom:
    """``size``: the width of a cell at 100 %; None with ``whole``: what fits, else the usual, which fills the view."""

    size: int | None = None
    whole: bool = False

    def least(self) -> tuple[int, int]:
        """The width and height that a cell has at least."""
        if self.size is not None:
            return theme.px(self.size), max(theme.px(self.size) * LOW // NARROW, 1)
        return (LEAST, LEAST) if self.whole else (theme.px(NARROW), theme.px(LOW))

    def step(self, room: QSize, columns: int, rows: int) -> tuple[float, float]:
        """Width and height of a cell, whole pixels, where so many share ``room``."""
        least = self.least()
        if self.size is not None:
            return float(least[0]), float(least[1])
        wide, tall = room.width() // max(columns, 1), room.height() // max(rows, 1)
        return float(min(max(wide, least[0]), theme.px(WIDE))), float(min(max(tall, least[1]), theme.px(TALL)))

    def larger(self, now: float) -> Zoom:
        """The next size above cells of ``now`` pixels."""
        return Zoom(next((size for size in SIZES if theme.px(size) > now), SIZES[-1]))

    def smaller(self, now: float) -> Zoom:
        return Zoom(next((size for size in reversed(SIZES) if theme.px(size) < now), SIZES[0]))
