"""How a pair looks in the heat map: a shade and a number for its score, patterns and signs for all that is more."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from app.i18n import tr
from ui import icons, theme

FULL = 1000
SMALL, FLAT = 20, 15  # pixels at 100 %: a cell narrower or lower than this has no room for its number
# How far the accent is mixed in at the full score, so that the number stays readable (4.5:1) in the text's colour.
DEEPEST = {"light": 0.72, "dark": 0.5}


class Mark(StrEnum):
    """What the draft says about a pair."""

    NONE = ""
    PROPOSED = "proposed"
    LOCKED = "locked"
    BANNED = "banned"


def mark_text(mark: Mark) -> str:
    return {
        Mark.NONE: "",
        Mark.PROPOSED: tr("in the plan"),
        Mark.LOCKED: tr("kept"),
        Mark.BANNED: tr("ruled out by hand"),
    }[mark]


def shade(score: int) -> QColor:
    """The ground of a score of 0 to 1000."""
    share = DEEPEST[theme.scheme_name()] * min(max(score, 0), FULL) / FULL
    low, high = theme.colour("surface"), theme.colour("accent")
    mixed = (
        round(one + (other - one) * share)
        for one, other in zip(low.getRgb()[:3], high.getRgb()[:3], strict=True)  # type: ignore[index]
    )
    return QColor(*mixed)


def tens(score: int) -> int:
    """A score of 1000 to the nearest ten: all that a cell shows of it."""
    return (score + 5) // 10 * 10


def number(score: int) -> str:
    """A score of 1000 as it stands in a cell: of 100."""
    return str(tens(score) // 10)


def paint_cell(painter: QPainter, rect: QRectF, score: int, mark: Mark, *, blocked: bool, warned: bool) -> None:
    """One cell; the painter's font is the number's. A small one shows no number, and a filled one is in the plan."""
    inner = rect.adjusted(0, 0, -1, -1) if rect.width() > theme.px(SMALL) // 2 else rect
    small = rect.width() < theme.px(SMALL) or rect.height() < theme.px(FLAT)
    if blocked:
        painter.fillRect(inner, theme.colour("bg"))
        painter.fillRect(inner, QBrush(theme.colour("input_border"), Qt.BrushStyle.BDiagPattern))
    else:
        painter.fillRect(inner, shade(score))
        painter.setPen(theme.colour("text"))
        if not small:
            painter.drawText(inner, int(Qt.AlignmentFlag.AlignCenter), number(score))
    if small and mark in (Mark.PROPOSED, Mark.LOCKED, Mark.BANNED):
        painter.fillRect(inner, theme.colour("danger" if mark is Mark.BANNED else "text"))
        return
    if warned and not blocked:
        side = min(theme.px(8), inner.width() / 2, inner.height() / 2)
        corner = inner.topRight()
        triangle = QPolygonF([corner, corner - QPointF(side, 0), corner + QPointF(0, side)])
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("warn"))
        painter.drawPolygon(triangle)
    if mark in (Mark.PROPOSED, Mark.LOCKED):
        painter.setPen(QPen(theme.colour("text"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(inner.adjusted(1, 1, -1, -1))
    if mark is Mark.LOCKED:
        side = theme.px(8)
        foot = inner.bottomLeft()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("text"))
        painter.drawPolygon(QPolygonF([foot, foot + QPointF(side, 0), foot - QPointF(0, side)]))
    elif mark is Mark.BANNED:
        size = theme.px(12)
        at = QRectF(inner.center().x() - size / 2, inner.center().y() - size / 2, size, size)
        painter.fillRect(at.adjusted(-1, -1, 1, 1), theme.colour("bg"))
        icons.paint(painter, at, "ban", "text")


class Sample(QWidget):
    """One cell for the legend; the words beside it say what it is."""

    def __init__(self, score: int = 0, mark: Mark = Mark.NONE, *, blocked: bool = False, warned: bool = False) -> None:
        super().__init__()
        self._cell = (score, mark, blocked, warned)
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        return QSize(theme.px(28), theme.px(22))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(theme.font(0.86, tabular=True))
        score, mark, blocked, warned = self._cell
        box = QRectF(self.rect()).adjusted(0, 0, 0, 0)
        paint_cell(painter, box, score, mark, blocked=blocked, warned=warned)
        painter.setPen(theme.colour("border"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box.adjusted(0, 0, -1.5, -1.5))
        painter.end()
