"""Icons are drawn for the screens there are; a screen of another scale that comes later gets its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication, QScreen

from ui import icons

if TYPE_CHECKING:
    from ui.shell.window import Window


class Sharpness(QObject):
    """Dresses the pages of ``window`` anew when a screen, or a screen's scale, is new."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._known = set(icons.screen_scales())
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.screenAdded.connect(self._added)
        for screen in application.screens():
            screen.geometryChanged.connect(self.look)  # a new scale is a new size in our pixels

    def _added(self, screen: QScreen) -> None:
        screen.geometryChanged.connect(self.look)
        self.look()

    def look(self) -> None:
        now = set(icons.screen_scales())
        if not now <= self._known:
            self._known |= now
            icons.forget()
            self._window.look_anew()
