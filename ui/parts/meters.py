"""Levels, scores and held-against-planned as small drawings, each with a text that says the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.i18n import number_text, percent_text, tr
from ui import theme
from ui.parts.painted import picture

STEP, STEP_HEIGHT, STEP_GAP = 10, 8, 3


def level_text(level: int, highest: int) -> str:
    """"2 of 4" as a screen reader says it."""
    return tr("{level} of {highest}").format(level=level, highest=highest)


def meter_size(highest: int) -> QSizeF:
    return QSizeF(highest * theme.px(STEP) + (highest - 1) * theme.px(STEP_GAP), theme.px(STEP_HEIGHT))


def paint_meter(painter: QPainter, rect: QRectF, level: int, highest: int, *, chosen: bool = False) -> None:
    """``highest`` small boxes in a row from the left of ``rect``, ``level`` of them filled.

    On the ground of a selected row (``chosen``) the empty ones are as white as the list, to be seen at all.
    """
    painter.setPen(Qt.PenStyle.NoPen)
    empty = "surface" if chosen else "border"
    for step in range(highest):
        painter.setBrush(theme.colour("accent" if step < level else empty))
        left = rect.left() + step * (theme.px(STEP) + theme.px(STEP_GAP))
        box = QRectF(left, rect.center().y() - theme.px(STEP_HEIGHT) / 2, theme.px(STEP), theme.px(STEP_HEIGHT))
        painter.drawRoundedRect(box, theme.px(2), theme.px(2))


def meter_picture(level: int, highest: int, scale: float, *, chosen: bool = False) -> QPixmap:
    """The meter as a picture for a row of a table."""
    size = meter_size(highest)
    return picture(
        ("meter", level, highest, chosen), size, scale, lambda p, r: paint_meter(p, r, level, highest, chosen=chosen)
    )


class _Drawing(QWidget):
    """A widget that paints itself and has a size and a text."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.draw(painter, QRectF(self.rect()))
        painter.end()

    def draw(self, painter: QPainter, rect: QRectF) -> None:
        raise NotImplementedError


class LevelMeter(_Drawing):
    """Steps filled up to a level."""

    def __init__(self, level: int = 0, highest: int = 4) -> None:
        super().__init__()
        self.highest = highest
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_level(level)

    def set_level(self, level: int) -> None:
        self.level = level
        self.setAccessibleName(level_text(level, self.highest))
        self.update()

    def sizeHint(self) -> QSize:
        return meter_size(self.highest).toSize()

    def draw(self, painter: QPainter, rect: QRectF) -> None:
        paint_meter(painter, rect, self.level, self.highest)


class LevelBar(_Drawing):
    """The way from where somebody started to where they stand now, and a tick where they want to be."""

    def __init__(self, now: int, target: int | None, highest: int = 4, start: int = 0) -> None:
        super().__init__()
        self.setMinimumWidth(theme.px(60))
        self.setFixedHeight(theme.px(16))
        self.set_levels(now, target, highest, start)

    def set_levels(self, now: int, target: int | None, highest: int = 4, start: int = 0) -> None:
        self.now, self.target, self.highest, self.start = now, target, max(highest, 1), start
        said = tr("now {level} of {highest}").format(level=now, highest=highest)
        if start:
            said = tr("start {level}").format(level=start) + ", " + said
        if target is not None:
            said += ", " + tr("target {level}").format(level=target)
        self.setAccessibleName(said)
        self.update()

    def shares(self) -> tuple[tuple[str, tuple[float, float]], ...]:
        """From where to where in shares of the bar: quietly what was there at the start, then what was gained."""
        start, now = (min(level / self.highest, 1.0) for level in (self.start, self.now))
        return ("input_border", (0.0, start)), ("accent", (start, max(now, start)))

    def draw(self, painter: QPainter, rect: QRectF) -> None:
        thick = theme.px(6)
        groove = QRectF(rect.left(), rect.center().y() - thick / 2, rect.width(), thick)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("border"))
        painter.drawRoundedRect(groove, thick / 2, thick / 2)
        for token, (left, right) in self.shares():
            if right > left:
                part = QRectF(groove)
                part.setLeft(groove.left() + groove.width() * left)
                part.setRight(groove.left() + groove.width() * right)
                painter.setBrush(theme.colour(token))
                painter.drawRoundedRect(part, thick / 2, thick / 2)
        if self.target is not None:
            wide = theme.px(3)
            at = min(rect.width() * self.target / self.highest, rect.width() - wide / 2) - wide / 2
            tick = QRectF(rect.left() + max(at, 0), groove.center().y() - theme.px(7), wide, theme.px(14))
            painter.setBrush(theme.colour("text"))
            painter.drawRoundedRect(tick, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A piece of a score bar: its name, its share of the whole bar (0 to 1), its tone."""

    label: str
    share: float
    tone: str


def paint_score(painter: QPainter, rect: QRectF, parts: Sequence[Part]) -> None:
    """The parts side by side on an empty bar that fills ``rect``; a gap of 1 px tells them apart in grey too."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("border"))
    radius = min(rect.height() / 2, theme.px(4))
    painter.drawRoundedRect(rect, radius, radius)
    left = rect.left()
    for part in parts:
        wide = rect.width() * max(part.share, 0)
        if wide >= 1:
            painter.setBrush(theme.colour(part.tone))
            painter.drawRoundedRect(QRectF(left, rect.top(), max(wide - 1, 1), rect.height()), 2, 2)
        left += wide


class ScoreBar(_Drawing):
    """A score split by criterion; the tooltip and the screen reader name every part."""

    def __init__(self, parts: Sequence[Part] = ()) -> None:
        super().__init__()
        self.setMinimumWidth(theme.px(80))
        self.setFixedHeight(theme.px(8))
        self.set_parts(parts)

    def set_parts(self, parts: Sequence[Part]) -> None:
        self.parts = tuple(parts)
        said = ", ".join(f"{part.label} {percent_text(part.share)}" for part in self.parts)
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.update()

    def draw(self, painter: QPainter, rect: QRectF) -> None:
        paint_score(painter, rect, self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One column of the chart: a short label, what was held and what was planned."""

    label: str
    held: float
    planned: float


class HeldChart(_Drawing):
    """Held against planned: a filled column in front of an outlined one, numbers on top, labels below."""

    def __init__(self, bars: Sequence[Bar] = ()) -> None:
        super().__init__()
        self.setMinimumHeight(theme.px(120))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.set_bars(bars)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(240), theme.px(150))

    def set_bars(self, bars: Sequence[Bar]) -> None:
        self.bars = tuple(bars)
        said = [
            tr("{label}: {held} of {planned} held").format(
                label=bar.label, held=number_text(bar.held), planned=number_text(bar.planned)
            )
            for bar in self.bars
        ]
        self.setAccessibleName("; ".join(said))
        self.update()

    def draw(self, painter: QPainter, rect: QRectF) -> None:
        if not self.bars:
            return
        highest = max(max(bar.held, bar.planned) for bar in self.bars) or 1
        line = theme.px(18)
        ground = rect.adjusted(0, line, 0, -line - theme.px(2))
        slot = ground.width() / len(self.bars)
        for place, bar in enumerate(self.bars):
            self._draw_bar(painter, ground, QRectF(rect.left() + place * slot, rect.top(), slot, rect.height()),
                           bar, highest)  # fmt: skip
        painter.fillRect(QRectF(rect.left(), ground.bottom(), rect.width(), 1), theme.colour("input_border"))

    def _draw_bar(self, painter: QPainter, ground: QRectF, slot: QRectF, bar: Bar, highest: float) -> None:
        wide = min(slot.width() * 0.56, theme.px(36))
        left = slot.center().x() - wide / 2
        tops = []
        for value, token in ((bar.planned, "border"), (bar.held, "accent")):
            tall = ground.height() * value / highest
            tops.append(ground.bottom() - tall)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(token))
            if tall >= 1:
                painter.drawRoundedRect(QRectF(left, tops[-1], wide, tall), theme.px(3), theme.px(3))
        line = theme.px(18)
        centre = Qt.AlignmentFlag.AlignCenter
        painter.setFont(theme.font(0.86, theme.MEDIUM, tabular=True))
        painter.setPen(theme.colour("text"))
        said = f"{number_text(bar.held)} / {number_text(bar.planned)}"
        painter.drawText(QRectF(slot.left(), min(tops) - line, slot.width(), line), centre, said)
        painter.setFont(theme.font(0.86))
        painter.setPen(theme.colour("muted"))
        below = QRectF(slot.left(), ground.bottom() + theme.px(3), slot.width(), line)
        shown = painter.fontMetrics().elidedText(bar.label, Qt.TextElideMode.ElideRight, int(slot.width()) - 2)
        painter.drawText(below, centre, shown)
