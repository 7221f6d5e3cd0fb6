"""The focus, handed from a page to the same page built anew."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget


def place_of_focus(page: QWidget) -> tuple[type[QWidget], int] | None:
    """Which of the page's widgets has the focus: its class and its number among those of the class."""
    focus = QApplication.focusWidget()
    if focus is None or focus is page or not page.isAncestorOf(focus):
        return None
    return type(focus), page.findChildren(type(focus)).index(focus)


def focus_again(page: QWidget, place: tuple[type[QWidget], int] | None) -> None:
    """Gives the focus to the same widget of a page that was built anew."""
    if place is not None:
        alike = page.findChildren(place[0])
        if place[1] < len(alike):
            alike[place[1]].setFocus()
