"""Status pills: a word on a soft ground. The word always says the state; the colour only helps."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme
from ui.parts.painted import picture, tone_on


def pill_size(text: str) -> QSizeF:
    """Width and height of the pill with this word, in logical pixels."""
    words = QFontMetricsF(theme.font(0.92, theme.MEDIUM)).horizontalAdvance(text)
    return QSizeF(round(words) + 2 * theme.px(10), theme.px(21))


def paint_pill(painter: QPainter, rect: QRectF, text: str, tone: str, *, chosen: bool = False) -> None:
    """Fills ``rect`` with the pill; a text that is too long is elided. ``chosen``: on the ground of a selected row."""
    ink, ground = tone_on(tone, chosen=chosen)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    font = theme.font(0.92, theme.MEDIUM)
    painter.setFont(font)
    painter.setPen(ink)
    room = rect.width() - 2 * theme.px(10) + 1
    shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, room)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, shown)


def pill_picture(text: str, tone: str, widest: float, scale: float, *, chosen: bool = False) -> QPixmap:
    """The pill as a picture for a row of a table, no wider than ``widest``."""
    size = pill_size(text)
    size.setWidth(max(min(size.width(), widest), size.height()))
    return picture(
        ("pill", text, tone, chosen), size, scale, lambda p, r: paint_pill(p, r, text, tone, chosen=chosen)
    )


class Pill(QWidget):
    """One pill; ``set(text, tone)`` changes it. Tones: accent, ok, warn, violet, muted, danger."""

    def __init__(self, text: str = "", tone: str = "muted") -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.set(text, tone)

    def set(self, text: str, tone: str) -> None:
        self.text, self.tone = text, tone
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return pill_size(self.text).toSize()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_pill(painter, QRectF(self.rect()), self.text, self.tone)
        painter.end()
