"""A word with a cross, to be taken away by a click."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from app.i18n import tr
from ui import icons, theme


class Chip(QAbstractButton):
    """A click, Enter, Space or Delete takes it away (``clicked``)."""

    def __init__(self, text: str, tone: str = "accent") -> None:
        super().__init__()
        self.tone = tone
        self.setText(text)
        self.setAccessibleName(tr("Remove {what}").format(what=text))
        self.setToolTip(self.accessibleName())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        words = QFontMetricsF(theme.font(0.95, theme.MEDIUM)).horizontalAdvance(self.text())
        return QSize(round(words) + theme.px(36), theme.px(26))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(48), theme.px(26))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink, ground = theme.tone(self.tone)
        edge = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setBrush(ground)
        painter.setPen(QPen(ink, 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(edge, edge.height() / 2, edge.height() / 2)
        painter.setFont(theme.font(0.95, theme.MEDIUM))
        painter.setPen(ink)
        room = QRectF(self.rect()).adjusted(theme.px(11), 0, -theme.px(24), 0)
        shown = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, int(room.width()) + 1)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
        side = theme.px(12)
        cross = QRectF(self.width() - side - theme.px(9), (self.height() - side) / 2, side, side)
        icons.paint(painter, cross, "x", self.tone)
        painter.end()
