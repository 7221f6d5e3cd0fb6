"""Levels picked by a click or the arrow keys, drawn as the meter of the tables."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QSlider

from app.i18n import tr
from ui import theme
from ui.parts.banner import announce
from ui.parts.labels import PRIORITIES
from ui.parts.meters import STEP, STEP_GAP, meter_size, paint_meter


class LevelPicker(QSlider):
    """A level of 1 to 4. A slider to a screen reader, four steps to the eye."""

    committed = Signal(int)

    def __init__(self, name: str, level: int = 1) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setRange(1, 4)
        self.setPageStep(1)
        self.setValue(level)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.valueChanged.connect(self._told)

    def sizeHint(self) -> QSize:
        return QSize(round(meter_size(4).width()) + theme.px(10), theme.px(24))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        step = (event.position().x() - theme.px(5)) / (theme.px(STEP) + theme.px(STEP_GAP))
        self.setValue(min(max(int(step) + 1, 1), 4))
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = QRectF(self.rect())
        paint_meter(painter, room.adjusted(theme.px(5), 0, 0, 0), self.value(), 4)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawRoundedRect(room.adjusted(1, 1, -1, -1), theme.px(5), theme.px(5))
        painter.end()

    def _told(self, level: int) -> None:
        self.update()
        self.committed.emit(level)


_MARKS = {1: "\u2013", 2: "!!", 3: "!!!"}  # a single ! would be read as a warning


class PriorityButton(QPushButton):
    """How much somebody wants to learn something: nothing said, !! or !!!; each click goes one on."""

    committed = Signal(int)

    def __init__(self, topic: str, priority: int = 1) -> None:
        super().__init__()
        self._topic = topic
        self.priority = priority
        self.setProperty("look", "icon")
        self.setFixedSize(theme.px(26), theme.px(24))
        self.setStyleSheet("QPushButton, QPushButton:focus { padding: 0; min-width: 0; min-height: 0; }")
        self.setFont(theme.font(1.0, theme.SEMIBOLD))
        self._show()
        self.clicked.connect(self._turn)

    def _show(self) -> None:
        self.setText(_MARKS[self.priority])
        words = tr("{topic}: priority {priority}").format(topic=self._topic, priority=tr(PRIORITIES[self.priority]))
        self.setAccessibleName(words)
        self.setToolTip(tr("{priority} (a click changes it)").format(priority=words))
        token = {1: "muted", 2: "text", 3: "accent"}[self.priority]
        palette = self.palette()
        palette.setColor(self.foregroundRole(), theme.colour(token))
        self.setPalette(palette)

    def _turn(self) -> None:
        self.priority = self.priority % 3 + 1
        self._show()
        announce(self, self.accessibleName())
        self.committed.emit(self.priority)
