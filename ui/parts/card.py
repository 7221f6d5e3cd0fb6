"""Cards, headings and labels: what every page is laid out with."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ui import icons, theme

L = TypeVar("L", bound=QBoxLayout)


class PlainLabel(QLabel):
    """A label whose text is never read as markup. ``token`` is a text colour of the theme."""

    def __init__(
        self,
        text: str = "",
        token: str = "text",
        scale: float = 1.0,
        weight: int = theme.REGULAR,
        *,
        wrap: bool = False,
        selectable: bool = False,
    ) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme.font(scale, weight))
        self.setWordWrap(wrap)
        self.set_token(token)
        if wrap:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        if selectable:
            self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setText(text)

    def set_token(self, token: str) -> None:
        """Shows the text in another colour of the theme."""
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, theme.colour(token))
        self.setPalette(palette)


class ElidedLabel(PlainLabel):
    """One line that ends in "…" where the room ends; the whole text is its tooltip then."""

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(24), super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        room = self.contentsRect()
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        self.setToolTip(self.text() if shown != self.text() else "")
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(room, int(self.alignment() | Qt.TextFlag.TextSingleLine), shown)
        painter.end()


def title(text: str) -> PlainLabel:
    """The name of a page."""
    return PlainLabel(text, scale=1.6, weight=theme.SEMIBOLD)


def heading(text: str) -> PlainLabel:
    """The name of a card or a person."""
    return PlainLabel(text, scale=1.25, weight=theme.SEMIBOLD)


def subheading(text: str) -> PlainLabel:
    """The name of a section inside a card."""
    return PlainLabel(text, weight=theme.SEMIBOLD)


def muted(text: str, *, wrap: bool = False) -> PlainLabel:
    """Words that stand back: explanations, dates, counts."""
    return PlainLabel(text, "muted", wrap=wrap)


def figure(text: str) -> PlainLabel:
    """One large number."""
    label = PlainLabel(text, scale=2.0, weight=theme.SEMIBOLD)
    label.setFont(theme.font(2.0, theme.SEMIBOLD, tabular=True))
    return label


class IconLabel(QLabel):
    """An icon beside words; silent for screen readers, since the words say it."""

    def __init__(self, icon: str, token: str = "muted", size: int = 18) -> None:
        super().__init__()
        self.setPixmap(icons.pixmap(icon, token, size))
        self.setFixedSize(icons.icon_size(size))


class Separator(QFrame):
    """A line of one pixel, lying or standing."""

    def __init__(self, *, upright: bool = False) -> None:
        super().__init__()
        self.setAutoFillBackground(True)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, theme.colour("border"))
        self.setPalette(palette)
        if upright:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)


class Card(QFrame):
    """A sheet on the desk with ``body`` as its column; ``look="private"`` tints it for private things."""

    def __init__(self, look: str = "card", *, margin: int = 18, spacing: int = 12) -> None:
        super().__init__()
        self.setProperty("look", look)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(*[theme.px(margin)] * 4)
        self.body.setSpacing(theme.px(spacing))


class Section(QWidget):
    """A subheading with its own column ``body`` below; ``icon`` and a row for buttons at the heading's right."""

    def __init__(self, text: str, icon: str | None = None) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        self.head = QHBoxLayout()
        self.head.setSpacing(theme.px(8))
        if icon is not None:
            self.head.addWidget(IconLabel(icon))
        self.title = subheading(text)
        self.head.addWidget(self.title)
        self.head.addStretch(1)
        self.body = QVBoxLayout()
        self.body.setSpacing(theme.px(8))
        column.addLayout(self.head)
        column.addLayout(self.body)


def row(*things: QWidget | int | None, spacing: int = 8) -> QHBoxLayout:
    """A row of widgets; a number is a stretch of that weight, None is left out."""
    made = QHBoxLayout()
    return _filled(made, things, spacing)


def column(*things: QWidget | int | None, spacing: int = 8) -> QVBoxLayout:
    """A column of widgets; a number is a stretch of that weight, None is left out."""
    made = QVBoxLayout()
    return _filled(made, things, spacing)


def _filled(made: L, things: tuple[QWidget | int | None, ...], spacing: int) -> L:
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(theme.px(spacing))
    for thing in things:
        if isinstance(thing, int):
            made.addStretch(thing)
        elif thing is not None:
            made.addWidget(thing)
    return made
