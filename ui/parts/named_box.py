"""A combo box that a screen reader calls by its name."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QPaintEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLabel, QStyle, QStyleOptionComboBox, QStylePainter, QWidget

from ui import theme
from ui.parts.spoken import tell_renamed

SLACK = 2  # pixels: the room of a box as wide as it wants to be is that much less than its words, by rounding
TWICE = 24  # of the style's room for the arrow, which Qt takes off twice: as padding and as the arrow's own width
AROUND = 14  # of an entry of the open list, at its left and right: its own padding, that of the list, its border


class NamedBox(QComboBox):
    """One of several, under its accessible name. The wheel passes by, so that scrolling changes nothing.

    Words that have no room end in dots, where Qt would cut them off, or lose their middle where ``elide`` says so;
    the whole text is the tooltip then.
    On Linux Qt tells the chosen words as the name of a combo box and leaves its name to the label that is its buddy
    and lies beside it. A box without such a label brings one that nobody sees.
    """

    def __init__(self) -> None:
        super().__init__()
        self._label: QLabel | None = None
        self._too_long = ""  # the words whose end is not seen
        self.elide = Qt.TextElideMode.ElideRight
        self.currentIndexChanged.connect(lambda _: tell_renamed(self))

    def setAccessibleName(self, name: str) -> None:  # noqa: N802
        super().setAccessibleName(name)
        if self._label is not None:
            self._label.setText(name)
        else:
            self._be_labelled()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.ParentChange:
            self._be_labelled()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._be_labelled()

    def setCurrentIndex(self, place: int) -> None:  # noqa: N802
        super().setCurrentIndex(place)
        tell_renamed(self)

    def showPopup(self) -> None:  # noqa: N802
        """The list is as wide as its longest words, within the screen."""
        view = self.view()
        needed = view.sizeHintForColumn(0) + 2 * theme.px(AROUND)
        if view.verticalScrollBar().isVisibleTo(view) or self.count() > self.maxVisibleItems():
            needed += view.verticalScrollBar().sizeHint().width()
        view.setMinimumWidth(min(max(needed, self.width()), self.screen().availableGeometry().width() // 2))
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.isEditable():
            super().paintEvent(event)
            return
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = shown = self.shown_text()
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        option.rect.setRight(option.rect.right() + theme.px(TWICE))
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()
        if self.toolTip() == self._too_long:  # else somebody has more to say about it
            self._too_long = "" if shown == self.currentText() else self.currentText()
            self.setToolTip(self._too_long)

    def text_room(self) -> QRect:
        """Where the words stand."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        option.rect.setRight(option.rect.right() + theme.px(TWICE))
        field = QStyle.SubControl.SC_ComboBoxEditField
        return self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, field, self)

    def shown_text(self) -> str:
        """The chosen words as they are seen."""
        room = self.text_room().width() + SLACK
        icon = 0 if self.itemIcon(self.currentIndex()).isNull() else self.iconSize().width() + 4
        return self.fontMetrics().elidedText(self.currentText(), self.elide, room - icon)

    def _be_labelled(self) -> None:
        beside = self.parentWidget()
        if beside is None or not self.accessibleName() or self._labelled_by_another(beside):
            return
        if self._label is None:
            self._label = QLabel(self.accessibleName())
        if self._label.parentWidget() is not beside:
            self._label.setParent(beside)
            self._label.hide()
            self._label.setBuddy(self)

    def _labelled_by_another(self, beside: QWidget) -> bool:
        return any(
            label is not self._label and label.buddy() is self and label.text()
            for label in beside.children()
            if isinstance(label, QLabel)
        )
