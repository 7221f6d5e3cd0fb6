"""A combo box that a screen reader calls by its name."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QShowEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from ui.parts.spoken import tell_renamed


class NamedBox(QComboBox):
    """One of several, under its accessible name. The wheel passes by, so that scrolling changes nothing.

    On Linux Qt tells the chosen words as the name of a combo box and leaves its name to the label that is its buddy
    and lies beside it. A box without such a label brings one that nobody sees.
    """

    def __init__(self) -> None:
        super().__init__()
        self._label: QLabel | None = None
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

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

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
