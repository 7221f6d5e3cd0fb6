"""The rail at the left: the mark, the pages, and lock at its foot."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.i18n import tr
from ui import icons, theme
from ui.parts import card
from ui.shell.pages import AT_FOOT, PageFacts

WIDTH = 212
NARROW = 66
ROOM_FOR_WORDS = 800  # of the window, at normal text size; with less the rail shows its icons alone


class RailButton(QPushButton):
    """A way to a page. Checked by look only: a screen reader hears a button, and which page is shown."""

    def __init__(self, text: str, icon: str, tip: str = "") -> None:
        super().__init__(text)
        self._icon = icon
        self._tip = tip
        self.setToolTip(tip)
        self._words = text
        self.setProperty("look", "rail")
        self.setCheckable(False)
        self.setAccessibleName(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setIconSize(icons.icon_size(18, 6))
        self.show_current(False)

    def show_words(self, shown: bool) -> None:
        """With its words, or as an icon that says them in its tooltip."""
        self.setText(self._words if shown else "")
        self.setToolTip(self._tip if shown else " ".join(filter(None, (self._words, self._tip and f"({self._tip})"))))

    def show_current(self, current: bool) -> None:
        if self.property("current") is current:
            return
        self.setProperty("current", current)
        self.setIcon(icons.icon(self._icon, "accent" if current else "text", gap=6))
        self.setAccessibleDescription(tr("This page is shown.") if current else "")
        if self.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):  # else it is dressed when it is shown
            self.style().unpolish(self)
            self.style().polish(self)
        # Last, for unpolishing brings back the font of the first polish.
        self.setFont(theme.font(1.0, theme.SEMIBOLD if current else theme.REGULAR))


class Rail(QFrame):
    """Emits ``wanted`` with a page's key, and ``lock_wanted``."""

    wanted = Signal(str)
    lock_wanted = Signal()

    def __init__(self, pages: tuple[PageFacts, ...]) -> None:
        super().__init__()
        self.setProperty("look", "rail")
        self._wide = max(theme.px(WIDTH), self._room_for(pages))
        self.narrow = False
        self.setFixedWidth(self._wide)
        self.buttons: dict[str, RailButton] = {}
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(12), theme.px(14), theme.px(12), theme.px(14))
        column.setSpacing(theme.px(4))
        column.addLayout(self._mark())
        column.addSpacing(theme.px(10))
        for page in pages:
            if page.in_rail and page.key not in AT_FOOT:
                column.addWidget(self._button(page))
        column.addStretch(1)
        for page in pages:
            if page.in_rail and page.key in AT_FOOT:
                column.addWidget(self._button(page))
        lock = RailButton(tr("Lock"), "lock", "Ctrl+L" if tr("Lock") == "Lock" else "Strg+L")
        lock.clicked.connect(self.lock_wanted)
        self.buttons["lock"] = lock
        column.addWidget(lock)

    def _room_for(self, pages: tuple[PageFacts, ...]) -> int:
        metrics = QFontMetrics(theme.font(1.0, theme.SEMIBOLD))
        return max(metrics.horizontalAdvance(tr(page.title)) for page in pages) + theme.px(84)

    def _mark(self) -> QHBoxLayout:
        mark = QLabel()
        mark.setPixmap(icons.pixmap("mark", "accent", 24))
        self._name = card.PlainLabel("Tandembuch", scale=1.15, weight=theme.SEMIBOLD)
        return card.row(mark, self._name, 1)

    def fit(self, room: int) -> None:
        """Gives way to the page where the window is ``room`` wide and the text large."""
        narrow = room < theme.px(ROOM_FOR_WORDS)
        if narrow != self.narrow:
            self.narrow = narrow
            self._name.setVisible(not narrow)
            for button in self.buttons.values():
                button.show_words(not narrow)
            self.setFixedWidth(theme.px(NARROW) if narrow else self._wide)

    def _button(self, page: PageFacts) -> QWidget:
        button = RailButton(tr(page.title), page.icon)
        button.clicked.connect(lambda _=False, key=page.key: self.wanted.emit(key))
        self.buttons[page.key] = button
        return button

    def show_current(self, key: str) -> None:
        for name, button in self.buttons.items():
            button.show_current(name == key)
