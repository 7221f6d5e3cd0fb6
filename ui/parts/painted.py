"""Small pictures that are painted once and used in many rows: pills, avatars, meters."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPixmap

from ui import theme

MOST_KEPT = 4000
_kept: dict[Hashable, QPixmap] = {}


def picture(key: Hashable, size: QSizeF, scale: float, paint: Callable[[QPainter, QRectF], None]) -> QPixmap:
    """The picture of ``size`` logical pixels for a screen of ``scale``; painted at the first call for ``key``."""
    whole = (key, size.width(), size.height(), scale)
    found = _kept.get(whole)
    if found is not None:
        return found
    made = QPixmap(max(round(size.width() * scale), 1), max(round(size.height() * scale), 1))
    made.setDevicePixelRatio(scale)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint(painter, QRectF(QPointF(0, 0), size))
    painter.end()
    if len(_kept) >= MOST_KEPT:
        _kept.clear()
    _kept[whole] = made
    return made


def forget() -> None:
    """A new theme makes every picture stale."""
    _kept.clear()


theme.changed.connect(forget)
