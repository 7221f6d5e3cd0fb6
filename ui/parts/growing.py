"""Windows that become larger, without leaving the screen."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QWidget

from ui.parts.dialog import Dialog

WIDGETSIZE_MAX = 16_777_215  # pixels: how Qt says that a widget may be of any size


def grown(now: QRect, wanted: QSize, room: QRect) -> QRect:
    """``now`` in the wanted size about the same middle, no larger than ``room`` and inside it."""
    size = wanted.boundedTo(room.size())
    left = min(max(now.center().x() - size.width() // 2, room.left()), room.right() + 1 - size.width())
    top = min(max(now.center().y() - size.height() // 2, room.top()), room.bottom() + 1 - size.height())
    return QRect(left, top, size.width(), size.height())


def grow(window: QWidget, wanted: QSize) -> None:
    """Gives a shown window another size; its frame stays on the screen."""
    frame = window.frameGeometry()
    extra = frame.size() - window.size()
    into = grown(frame, wanted + extra, window.screen().availableGeometry())
    window.resize(into.size() - extra)
    window.move(into.topLeft())


def fit_height(window: QWidget) -> None:
    """Gives a shown window the height that what it holds needs at its width; its width stays."""
    layout = window.content() if isinstance(window, Dialog) else window.layout()
    if layout is None:
        return
    layout.activate()
    needed = layout.totalHeightForWidth(window.width()) if layout.hasHeightForWidth() else layout.sizeHint().height()
    window.resize(window.width(), min(needed, window.screen().availableGeometry().height()))


def keep_on_screen(window: QWidget, frame: int = 40) -> None:
    """Before it is shown: no larger than the screen, where large text makes its measures so; ``frame`` as in fits."""
    if window.testAttribute(Qt.WidgetAttribute.WA_Resized):
        room = window.screen().availableGeometry().size()
        window.resize(window.size().boundedTo(QSize(room.width(), room.height() - frame)))


def fits(wanted: QSize, room: QRect, frame: int = 40) -> bool:
    """Whether a window of that size has air around it in ``room``; ``frame`` is what its title takes, guessed."""
    return wanted.width() < room.width() and wanted.height() + frame <= room.height()
