"""The way of a programme or a tandem as stations in a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.i18n import tr
from ui import icons, theme

State = Literal["done", "current", "ahead"]
SOFT_HYPHEN = "\u00ad"
NAMES, NOTES = 0.92, 0.86  # of the normal text size
SMALLEST = 0.75  # of that again, where the longest word has no room; narrower still and it ends in dots


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """A stop: its name, a date or note below it (may be empty), and whether it lies behind.

    A soft hyphen in the name is where it may be broken in two lines.
    """

    name: str
    note: str = ""
    state: State = "ahead"


class Track(QWidget):
    """Stations from left to right: a tick where it is done, a ring where it is now, an empty one ahead."""

    def __init__(self, stations: Sequence[Station] = ()) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._lines = 1
        self.set_stations(stations)

    def set_stations(self, stations: Sequence[Station]) -> None:
        self.stations = tuple(stations)
        words = {"done": tr("done"), "current": tr("now"), "ahead": tr("ahead")}
        said = [
            ", ".join(filter(None, (s.name.replace(SOFT_HYPHEN, ""), s.note, words[s.state]))) for s in self.stations
        ]
        self.setAccessibleName("; ".join(said))
        self.setToolTip("\n".join(said))
        self._settle()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(90) * max(len(self.stations), 1), theme.px(66 + 18 * (self._lines - 1)))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(44) * max(len(self.stations), 1), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self.stations:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        slot = self.width() / len(self.stations)
        shares = self.shares()
        middle, disc = theme.px(13), theme.px(20)
        for place, station in enumerate(self.stations):
            centre = QPointF(slot * (place + 0.5), middle)
            if place:
                passed = station.state != "ahead"
                line = QRectF(centre.x() - slot + disc / 2 + 3, middle - 1, slot - disc - 6, 2)
                painter.fillRect(line, theme.colour("accent" if passed else "border"))
            self._paint_stop(painter, centre, disc, station)
            self._paint_words(painter, QRectF(slot * place, middle + disc / 2, slot, self.height()), station, shares)
        painter.end()

    def _paint_stop(self, painter: QPainter, centre: QPointF, disc: float, station: Station) -> None:
        around = QRectF(centre.x() - disc / 2, centre.y() - disc / 2, disc, disc)
        if station.state == "done":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent"))
            painter.drawEllipse(around)
            inset = disc * 0.2
            icons.paint(painter, around.adjusted(inset, inset, -inset, -inset), "check", "on_accent")
            return
        now = station.state == "current"
        painter.setPen(QPen(theme.colour("accent" if now else "input_border"), 2))
        painter.setBrush(theme.colour("accent_soft" if now else "surface"))
        painter.drawEllipse(around.adjusted(1, 1, -1, -1))
        if now:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent"))
            painter.drawEllipse(centre, disc * 0.2, disc * 0.2)

    def _room(self) -> float:
        """The width a name may take."""
        return self.width() / len(self.stations) - 4

    def _name_font(self, station: Station, share: float = 1.0) -> QFont:
        return theme.font(NAMES * share, theme.SEMIBOLD if station.state == "current" else theme.MEDIUM)

    def _note_font(self, share: float = 1.0) -> QFont:
        return theme.font(NOTES * share, tabular=True)

    def _name_lines(self, station: Station) -> list[str]:
        """The name in one line, or in two where it is too long for its slot and says where it may be broken."""
        whole = station.name.replace(SOFT_HYPHEN, "")
        first, broken, rest = station.name.partition(SOFT_HYPHEN)
        if not broken or QFontMetricsF(self._name_font(station)).horizontalAdvance(whole) <= self._room():
            return [whole]
        return [f"{first}-", rest.replace(SOFT_HYPHEN, "")]

    def shares(self) -> tuple[float, float]:
        """How small all names, and all notes, are written so that the longest has room: 1 where all have it."""
        names = [
            QFontMetricsF(self._name_font(one)).horizontalAdvance(line)
            for one in self.stations for line in self._name_lines(one)
        ]  # fmt: skip
        notes = [QFontMetricsF(self._note_font()).horizontalAdvance(one.note) for one in self.stations]
        room = self._room()
        return self._share(max(names), room), self._share(max(notes), room)

    @staticmethod
    def _share(longest: float, room: float) -> float:
        return 1.0 if longest <= room else max(SMALLEST, room / longest - 0.01)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle()

    def _settle(self) -> None:
        """As high as its names are at this width."""
        lines = max((len(self._name_lines(one)) for one in self.stations), default=1)
        if lines != self._lines:
            self._lines = lines
            self.updateGeometry()

    def _paint_words(self, painter: QPainter, room: QRectF, station: Station, shares: tuple[float, float]) -> None:
        now = station.state == "current"
        line = theme.px(18)
        top = room.top() + theme.px(6)
        named = "muted" if station.state == "ahead" else "text"
        for text, token, font in (
            *((part, named, self._name_font(station, shares[0])) for part in self._name_lines(station)),
            (station.note, "muted", self._note_font(shares[1])),
        ):  # fmt: skip
            painter.setFont(font)
            painter.setPen(theme.colour("accent" if now and token == "text" else token))
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(room.width()) - 4)
            painter.drawText(QRectF(room.left(), top, room.width(), line), Qt.AlignmentFlag.AlignCenter, shown)
            top += line
