"""A dialog of ours."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QLayout, QVBoxLayout, QWidget

from ui.parts import reading_order
from ui.parts.scroll import Scroll

FRAME = 40  # pixels: what the window's title takes, guessed


class Dialog(QDialog):
    """Tab goes through it as it is read, whatever was made first or shown later.

    Where large text makes it higher than the screen, what it holds scrolls: no button ends up below the edge.
    """

    _sheet: QWidget | None = None  # what scrolls

    def focusNextPrevChild(self, on: bool) -> bool:  # noqa: N802
        return reading_order.step(self, on)

    def content(self) -> QLayout | None:
        """The layout of what it holds, whether that scrolls or not."""
        return self.layout() if self._sheet is None else self._sheet.layout()

    def showEvent(self, event: QShowEvent) -> None:
        self._stay_on_screen()
        super().showEvent(event)

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest and self.isVisible():
            self._stay_on_screen()
        return done

    def _stay_on_screen(self) -> None:
        layout = self.layout()
        if layout is None or self._sheet is not None:
            return
        room = self.screen().availableGeometry().height() - FRAME
        least = layout.totalMinimumSize().height()
        if layout.hasHeightForWidth():
            least = max(least, layout.totalMinimumHeightForWidth(self.width()))
        if least > room:
            self._scroll(layout, room)

    def _scroll(self, layout: QLayout, room: int) -> None:
        focus, width = self.focusWidget(), max(self.width(), layout.totalMinimumSize().width())
        widest = self.screen().availableGeometry().width()
        self._sheet = QWidget()
        self._sheet.setObjectName("scrolled")
        self._sheet.setLayout(layout)  # which takes its widgets along
        area = Scroll()
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self._sheet)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(area)
        self.setMinimumHeight(0)
        self.resize(min(width + area.verticalScrollBar().sizeHint().width(), widest), room)
        if focus is not None:
            focus.setFocus()
