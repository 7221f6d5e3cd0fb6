"""F1 in a dialog: the help of the page it belongs to, over it. A modal dialog keeps the window's own keys away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from ui.parts.page import Page

if TYPE_CHECKING:
    from ui.shell.window import Window

HELPED = "f1"  # a dialog's property: it has the key already


class HelpKeys(QObject):
    """Gives each modal dialog the key when it comes to have the focus."""

    def __init__(self, app: QApplication, window: Window) -> None:
        super().__init__(window)
        self._window = window
        app.focusChanged.connect(self._follow)

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        dialog = None if now is None else now.window()
        if not isinstance(dialog, QDialog) or not dialog.isModal() or dialog.property(HELPED):
            return
        if self._window not in around(dialog):
            return
        dialog.setProperty(HELPED, True)
        key = QShortcut(QKeySequence("F1"), dialog)
        key.activated.connect(lambda: self._show(dialog))

    def _show(self, dialog: QDialog) -> None:
        from ui.shell.help import PageHelp, Shortcuts

        if not isinstance(dialog, PageHelp | Shortcuts):
            PageHelp(self._page_of(dialog), dialog).open()

    def _page_of(self, dialog: QDialog) -> str:
        """The key of the page that asked, or of the one that is shown."""
        for one in around(dialog):
            if isinstance(one, Page):
                return one.key
        place = self._window.workplace
        return "unlock" if place is None else place.page.key


def around(widget: QWidget) -> list[QWidget]:
    """What it belongs to, across windows."""
    found = []
    while (parent := widget.parentWidget()) is not None:
        found.append(parent)
        widget = parent
    return found
