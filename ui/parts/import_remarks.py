"""Lines of text in an import that give way to the table where the screen is small."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout

from ui.parts.card import PlainLabel
from ui.parts.scroll import Scroll, Sheet, told_as_widget


class _Remarks(Scroll):
    """Some lines of text, as high as they are; where there is no room for all of them, they scroll."""

    def __init__(self, text: PlainLabel) -> None:
        super().__init__()
        self._text = text
        sheet = Sheet()
        lines = QVBoxLayout(sheet)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(text, 0, Qt.AlignmentFlag.AlignTop)
        self.setWidget(sheet)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._text.heightForWidth(max(self.viewport().width(), 1)))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._text.fontMetrics().lineSpacing())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()


Remarks = told_as_widget(_Remarks)
