"""Initials on a soft disc, so that a face has a place without a photo."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.parts.painted import picture, tone_on

TONES = ("accent", "ok", "violet", "warn")
SIZE = 28


def initials(family: str, given: str = "") -> str:
    """"JM" for Müller, Jürgen; of a single name its first letter; "?" for none."""
    letters = [name.strip()[0].upper()[:1] for name in (given, family) if name.strip()]
    return "".join(letters) or "?"


def initials_of(shown: str) -> str:
    """The initials of a name as it stands in a list, "Müller, Jürgen"."""
    family, _, given = shown.partition(",")
    return initials(family, given)


def tone_of(key: int) -> str:
    """The tone that belongs to an id for good. Ids are random, yet neighbours should differ too."""
    return TONES[(key * 2654435761 >> 16) % len(TONES)]


def paint_avatar(painter: QPainter, rect: QRectF, letters: str, tone: str, *, chosen: bool = False) -> None:
    """Fills the square ``rect`` with the disc and its letters. ``chosen``: on the ground of a selected row."""
    ink, ground = tone_on(tone, chosen=chosen)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawEllipse(rect)
    font = theme.font(1.0, theme.SEMIBOLD)
    font.setPixelSize(max(round(rect.height() * 0.4), 6))
    painter.setFont(font)
    painter.setPen(ink)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, letters)


def avatar_picture(letters: str, key: int, side: float, scale: float, *, chosen: bool = False) -> QPixmap:
    """The avatar as a picture for a row of a table."""
    tone = tone_of(key)
    size = QSizeF(side, side)
    known = ("avatar", letters, tone, chosen)
    return picture(known, size, scale, lambda p, r: paint_avatar(p, r, letters, tone, chosen=chosen))


class Avatar(QWidget):
    """The avatar of one person; the name beside it is what a screen reader says."""

    def __init__(self, letters: str = "", key: int = 0, size: int = SIZE) -> None:
        super().__init__()
        self.setFixedSize(theme.px(size), theme.px(size))
        self.letters, self.key = letters, key

    def set(self, letters: str, key: int) -> None:
        if (letters, key) != (self.letters, self.key):
            self.letters, self.key = letters, key
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_avatar(painter, QRectF(self.rect()), self.letters, tone_of(self.key))
        painter.end()
