"""Lucide icons and our own mark, tinted by the theme and sharp at every screen scale."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.resources import resource
from ui import theme

_icons: dict[tuple[str, str, str, int, int], QIcon] = {}
_pixmaps: dict[tuple[str, str, int, float, int], QPixmap] = {}


def icon(
    name: str, role: str = "text", size: int = 18, *, selected_role: str | None = None, gap: int = 0
) -> QIcon:
    """The icon ``name`` in the colour of a theme token; ``size`` in pixels at 100 % text size.

    It greys out with its control. ``selected_role`` colours it where the control is checked or the row selected.
    ``gap`` is empty room at its right: Qt sets a button's text too close to its icon.
    """
    chosen = selected_role or role
    key = (name, theme.colour(role).name(), theme.colour(chosen).name(), theme.px(size), theme.px(gap))
    if key not in _icons:
        _icons[key] = _drawn_icon(name, role, chosen, theme.px(size), theme.px(gap))
    return _icons[key]


def icon_size(size: int = 18, gap: int = 0) -> QSize:
    """What a button's ``setIconSize`` wants for an icon of this size."""
    return QSize(theme.px(size) + theme.px(gap), theme.px(size))


def pixmap(name: str, role: str = "text", size: int = 18, scale: float | None = None) -> QPixmap:
    """The icon as a picture for a label or a painter; ``scale`` is the screen's device pixel ratio."""
    return _tinted(name, theme.colour(role), theme.px(size), scale or max(2.0, *screen_scales()))


def paint(painter: QPainter, rect: QRectF, name: str, role: str = "text") -> None:
    """Draws the icon into ``rect`` (logical pixels), sharp on the painter's own device."""
    _renderer(name, theme.colour(role).name()).render(painter, rect)


def forget() -> None:
    """Empties the caches; a new theme calls it."""
    _icons.clear()
    _pixmaps.clear()


def screen_scales() -> list[float]:
    """The device pixel ratios of the screens there are now: for these an icon is drawn."""
    return sorted({1.0, *(screen.devicePixelRatio() for screen in QGuiApplication.screens())})


def _drawn_icon(name: str, role: str, selected: str, size: int, gap: int) -> QIcon:
    made, scales = QIcon(), screen_scales()
    tints = (
        (QIcon.Mode.Normal, QIcon.State.Off, role),
        (QIcon.Mode.Active, QIcon.State.Off, role),
        (QIcon.Mode.Selected, QIcon.State.Off, selected),
        (QIcon.Mode.Disabled, QIcon.State.Off, "disabled"),
        (QIcon.Mode.Normal, QIcon.State.On, selected),
    )
    for mode, state, token in tints:
        for scale in scales:
            made.addPixmap(_tinted(name, theme.colour(token), size, scale, gap), mode, state)
    return made


def _tinted(name: str, tint: QColor, size: int, scale: float, gap: int = 0) -> QPixmap:
    key = (name, tint.name(), size, scale, gap)
    if key not in _pixmaps:
        side = max(round(size * scale), 1)
        drawn = QPixmap(side + round(gap * scale), side)
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        _renderer(name, tint.name()).render(painter, QRectF(0, 0, side, side))
        painter.end()
        drawn.setDevicePixelRatio(scale)
        _pixmaps[key] = drawn
    return _pixmaps[key]


@cache
def _renderer(name: str, tint: str) -> QSvgRenderer:
    drawing = _drawing(name).replace("currentColor", tint).replace("#2f5fd0", tint)
    return QSvgRenderer(QByteArray(drawing.encode()))


@cache
def _drawing(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text("utf-8")


theme.changed.connect(forget)
