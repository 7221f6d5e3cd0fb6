"""The documents one below the other, each with a picture of its first page."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from app.i18n import tr
from ui import icons, theme
from ui.parts.document_sheets import SHEETS, Sheet
from ui.parts.spoken import CurrentTold, follow_selection

PICTURE = QSize(62, 84)  # of paper that stands or lies
WIDTH = 284
AROUND = 42  # beside the picture and the words: the edges, the gap between them and the bar


def picture_room() -> QSize:
    """Of a picture in the gallery. With large text it does not grow: the words and the preview have the room."""
    return PICTURE if theme.crowded() else QSize(theme.px(PICTURE.width()), theme.px(PICTURE.height()))


def in_two_lines(title: str, metrics: QFontMetrics) -> int:
    """The least width at which the title takes no more than two lines."""
    words = title.replace("-", "- ").split()
    parts = ((" ".join(words[:at]).replace("- ", "-"), " ".join(words[at:])) for at in range(1, len(words) + 1))
    return min(max(metrics.horizontalAdvance(part) for part in both) for both in parts)


def _in_the_middle(icon: str, room: QSize) -> QPixmap:
    """What stands for a picture until there is one: the words beside it keep their place then."""
    drawn = icons.pixmap(icon, "muted", 28)
    scale = drawn.devicePixelRatio()
    made = QPixmap(room * scale)
    made.setDevicePixelRatio(scale)
    made.fill(Qt.GlobalColor.transparent)
    beside = (room - drawn.deviceIndependentSize().toSize()) / 2
    painter = QPainter(made)
    painter.drawPixmap(beside.width(), beside.height(), drawn)
    painter.end()
    return made


class DocumentGallery(QListWidget):
    """As wide as its titles need in two lines each."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Documents"))
        CurrentTold(self)
        follow_selection(self)
        room = picture_room()
        metrics = QFontMetrics(theme.font())
        needed = room.width() + theme.px(AROUND) + max(in_two_lines(tr(sheet.title), metrics) for sheet in SHEETS)
        wide = needed if theme.crowded() else max(needed, theme.px(WIDTH))
        self.setFixedWidth(wide)
        self.setIconSize(room)
        self.setSpacing(theme.px(2))
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        line = QSize(wide - theme.px(30), max(room.height() + theme.px(12), 2 * metrics.lineSpacing() + theme.px(12)))
        for sheet in SHEETS:
            item = QListWidgetItem(QIcon(_in_the_middle(sheet.icon, room)), tr(sheet.title))
            item.setData(Qt.ItemDataRole.UserRole, sheet.key)
            item.setSizeHint(line)
            self.addItem(item)
        self.setCurrentRow(0)

    def show_picture(self, sheet: Sheet, page: QPixmap) -> QIcon:
        """Shows the first page of a document beside its title; gives what is shown."""
        picture = QIcon(page)
        picture.addPixmap(page, QIcon.Mode.Selected)  # paper, not tinted
        item = self.item(SHEETS.index(sheet))
        if item is not None:
            item.setIcon(picture)
        return picture
