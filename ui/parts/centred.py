"""A dialog that grows from step to step and stays where it is: around its middle, and on the screen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QDialog


def keep_centred(dialog: QDialog) -> None:
    """Once for each dialog, however often it is shown."""
    if dialog.findChild(Centred, options=Qt.FindChildOption.FindDirectChildrenOnly) is None:
        Centred(dialog)


class Centred(QObject):
    """Watches ``dialog``, which owns it. What the user pulls larger by its edge is left as it is."""

    def __init__(self, dialog: QDialog) -> None:
        super().__init__(dialog)
        self._dialog = dialog
        dialog.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QResizeEvent) and watched is self._dialog and not event.spontaneous():
            self._move(event)
        return super().eventFilter(watched, event)

    def _move(self, event: QResizeEvent) -> None:
        dialog = self._dialog
        if not dialog.isVisible() or not event.oldSize().isValid():
            return
        grown = event.size() - event.oldSize()
        frame, room = dialog.frameGeometry(), dialog.screen().availableGeometry()
        left = frame.left() - grown.width() // 2
        top = frame.top() - grown.height() // 2
        left = max(room.left(), min(left, room.right() - frame.width()))
        top = max(room.top(), min(top, room.bottom() - frame.height()))
        dialog.move(left, top)
