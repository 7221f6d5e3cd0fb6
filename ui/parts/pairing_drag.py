"""A mentor's name on its way to a mentee in the heat map: the pull at an edge scrolls on while it is held there."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QRect, QTimer, Signal

from ui import theme

ZONE, EVERY = 28, 30  # pixels from an edge at 100 %; milliseconds from pull to pull


def pull(at: QPoint, cells: QRect) -> QPoint:
    """How far to scroll where the pointer is at ``at`` and the cells that are seen lie in ``cells``.

    At the right and below also from outside; at the left and above, where the names stand, only close to the line:
    the name is fetched from there.
    """
    return QPoint(_one(at.x(), cells.left(), cells.right()), _one(at.y(), cells.top(), cells.bottom()))


def _one(at: int, first: int, last: int) -> int:
    zone = theme.px(ZONE)
    if last - first < 3 * zone:
        zone = max((last - first) // 3, 1)
    if at > last - zone:
        return min(at - (last - zone), 2 * zone) // 2
    if abs(at - first) < zone:
        return -(zone - abs(at - first)) // 2
    return 0


class MentorDrag(QObject):
    """``row``: whose name is dragged, None for none. ``pulled``: scroll by so much, and look anew where it is."""

    pulled = Signal(QPoint)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.row: int | None = None
        self.at = QPoint()  # on the screen
        self._pull = QPoint()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(lambda: self.pulled.emit(self._pull))

    def begin(self, row: int | None) -> None:
        self.row = row

    def move(self, screen: QPoint, at: QPoint, cells: QRect) -> None:
        """The pointer is at ``at`` of the map, ``screen`` of the screen."""
        self.at, self._pull = screen, pull(at, cells)
        if self._pull.isNull():
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()

    def end(self) -> int | None:
        """Lets go; gives whose name it was."""
        row, self.row = self.row, None
        self._timer.stop()
        return row
