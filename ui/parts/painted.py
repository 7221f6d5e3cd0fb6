"""Small pictures that are painted once and used in many rows: pills, avatars, meters."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from ui import theme

Paint = Callable[[QPainter, QRectF], None]
ON_CHOSEN = ("accent", "violet", "muted")  # tones whose ground is that of a selected row, or near it


def tone_on(tone: str, *, chosen: bool) -> tuple[QColor, QColor]:
    """A tone's ink and ground; on a selected row (``chosen``) one that can be told from the row's."""
    ink, ground = theme.tone(tone)
    return ink, theme.colour("surface") if chosen and tone in ON_CHOSEN else ground


class Pictures:
    """Keeps so many pictures at most; a new theme makes every one stale."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: dict[Hashable, QPixmap] = {}
        theme.changed.connect(lambda: self._kept.clear())

    def picture(self, key: Hashable, size: QSizeF, scale: float, paint: Paint) -> QPixmap:
        """The picture of ``size`` logical pixels for a screen of ``scale``; painted at the first call for ``key``."""
        whole = (key, size.width(), size.height(), scale)
        found = self._kept.get(whole)
        if found is not None:
            return found
        made = QPixmap(max(round(size.width() * scale), 1), max(round(size.height() * scale), 1))
        made.setDevicePixelRatio(scale)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint(painter, QRectF(QPointF(0, 0), size))
        painter.end()
        if len(self._kept) >= self._most:
            self._kept.clear()
        self._kept[whole] = made
        return made

    def __len__(self) -> int:
        return len(self._kept)


_small = Pictures(4000)
picture = _small.picture
