"""Icons are drawn for the screens there are; a screen of another scale that comes later gets its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QApplication

from ui import icons

if TYPE_CHECKING:
    from ui.shell.window import Window
    from ui.shell.workplace import Workplace


class Sharpness(QObject):
    """Dresses the pages of ``window`` anew when a screen, or a screen's scale, is new.

    Not at once, when somebody types, a dialog is open or work goes on, but when they next go to another page.
    """

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._known = set(icons.screen_scales())
        self._blurred: Workplace | None = None
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
        if now <= self._known:
            return
        self._known |= now
        icons.forget()
        place = self._window.workplace
        if place is not None and place is not self._blurred:
            self._blurred = place
            place.shown.connect(self._soon)

    def _soon(self) -> None:
        QTimer.singleShot(0, self, self._anew)  # whoever asked for the page is done with it first

    def _anew(self) -> None:
        place = self._window.workplace
        occupied = QApplication.activeModalWidget() or QApplication.activePopupWidget()
        if place is None or place is not self._blurred or place.at_work or occupied is not None:
            return
        self._blurred = None
        self._window.look_anew()
