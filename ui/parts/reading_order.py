"""Tab in the order in which a page is read.

Qt's order is that in which widgets were made. Rows that are made anew would come last of all, wherever they stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol, runtime_checkable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QGridLayout,
    QLayout,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QWidget,
)

WHOLE = (QComboBox, QAbstractSpinBox, QAbstractItemView)  # what is inside them is theirs to order


@runtime_checkable
class Ordered(Protocol):
    """A widget that is read otherwise than it is laid out."""

    def read_as(self) -> Sequence[QWidget]:
        """What lies in it, in the order in which it is read."""


def step(root: QWidget, on: bool) -> bool:
    """Takes the keyboard from where it is in ``root`` to the next thing that is read, or back; round at the ends.

    What was outside of a scrolled area's view is brought into it. False where nothing takes the keyboard.
    """
    whole = [one for child in _inside(root) for one in _read(child)]
    now = QApplication.focusWidget()
    at = whole.index(now) if now in whole else -1
    ahead = whole[at + 1 :] + whole[: max(at, 0)]
    for one in ahead if on else reversed(ahead):
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isEnabled():
            one.setFocus(Qt.FocusReason.TabFocusReason if on else Qt.FocusReason.BacktabFocusReason)
            _bring_into_view(one)
            return True
    return False


def _bring_into_view(widget: QWidget) -> None:
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(widget)
        around = around.parentWidget()


def _read(widget: QWidget) -> Iterator[QWidget]:
    if widget.isHidden() or widget.isWindow():
        return
    if widget.focusProxy() is None:
        yield widget
    if isinstance(widget, WHOLE):
        return
    for child in _inside(widget):
        yield from _read(child)


def _inside(widget: QWidget) -> list[QWidget]:
    """The children as they are read; what floats over the others comes last."""
    if isinstance(widget, Ordered):
        return list(widget.read_as())
    if isinstance(widget, QTabWidget):
        return [one for one in (widget.tabBar(), widget.currentWidget()) if one is not None]
    if isinstance(widget, QScrollArea):
        return [one for one in (widget.widget(),) if one is not None]
    if isinstance(widget, QStackedWidget):
        return [one for one in (widget.currentWidget(),) if one is not None]
    if isinstance(widget, QSplitter):
        return [one for one in map(widget.widget, range(widget.count())) if one is not None]
    layout = widget.layout()
    laid = [] if layout is None else list(_laid(layout))
    rest = [one for one in widget.children() if isinstance(one, QWidget) and one not in laid]
    return laid + rest


def _laid(layout: QLayout) -> Iterator[QWidget]:
    places = list(range(layout.count()))
    if isinstance(layout, QGridLayout):
        places.sort(key=lambda at: layout.getItemPosition(at)[:2])  # type: ignore[index]
    for at in places:
        item = layout.itemAt(at)
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _laid(inner)
