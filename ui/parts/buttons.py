"""Buttons: one filled button a page, outlined ones for the rest, quiet ones like links, and icons alone."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui import icons, theme

Look = Literal["primary", "secondary", "quiet", "danger", "icon", "inside"]
ICON_COLOURS: dict[Look, str] = {
    "primary": "on_accent",
    "secondary": "text",
    "quiet": "accent",
    "danger": "danger",
    "icon": "muted",
    "inside": "muted",  # of a line that is typed into
}


class Button(QPushButton):
    """A push button of one look; its icon follows the theme and its focus is seen on every ground."""

    def __init__(self, text: str, icon: str | None = None, look: Look = "secondary") -> None:
        super().__init__(text.replace("&", "&&"))
        self._look: Look = look
        self._icon_name = icon
        self.setProperty("look", look)
        self.setAccessibleName(text)
        self.setFont(theme.font(1.0, theme.MEDIUM))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        self._show_icon()

    def set_icon(self, icon: str) -> None:
        self._icon_name = icon
        self._show_icon()

    def set_look(self, look: Look) -> None:
        """Another look: where another button takes the part of the filled one."""
        if look == self._look:
            return
        self._look = look
        self.setProperty("look", look)
        self.style().unpolish(self)
        self.style().polish(self)
        self._show_icon()
        self.updateGeometry()

    def set_text(self, text: str) -> None:
        """Changes the words on the button and those a screen reader says."""
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._show_icon()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return presses the button that has the focus, as Space does; held down it presses once."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.click()
            event.accept()
            return
        super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click counts once, where it would do something twice; small steps are taken as fast as one likes."""
        if self._look in ("icon", "inside", "quiet"):
            super().mouseDoubleClickEvent(event)
        else:
            event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._look == "primary" and self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.colour("on_accent"), 2))
            radius = theme.px(5)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(4, 4, -4, -4), radius, radius)
            painter.end()

    def _show_icon(self) -> None:
        if self._icon_name is None:
            return
        tint = ICON_COLOURS[self._look]
        checked = tint if self._look == "primary" else "accent"
        size = 18 if self._look == "icon" else 16
        gap = 3 if self.text() else 0
        self.setIcon(icons.icon(self._icon_name, tint, size, selected_role=checked, gap=gap))
        self.setIconSize(icons.icon_size(size, gap))


def primary(text: str, icon: str | None = None) -> Button:
    """The one filled button of a page."""
    return Button(text, icon, "primary")


def secondary(text: str, icon: str | None = None) -> Button:
    """An outlined button."""
    return Button(text, icon, "secondary")


def quiet(text: str, icon: str | None = None) -> Button:
    """A button that looks like a link."""
    return Button(text, icon, "quiet")


def danger(text: str, icon: str | None = None) -> Button:
    """An outlined button for what takes something away."""
    return Button(text, icon, "danger")


def icon_button(icon: str, name: str, parent: QWidget | None = None) -> Button:
    """An icon alone; ``name`` is its tooltip and what a screen reader says."""
    made = Button("", icon, "icon")
    made.setAccessibleName(name)
    made.setToolTip(name)
    if parent is not None:
        made.setParent(parent)
    return made
